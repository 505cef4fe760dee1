"""Withdrawing: a customer's statement reaches the shop, whether it fits an order or not, and gets a receipt."""

from contextlib import suppress

from functions.ports import Clock, Payments, Store
from functions.service.acting import perform
from functions.shop.acts import Withdraw
from functions.shop.code import Codes
from functions.shop.errors import Conflict
from functions.shop.message import Kind, Message
from functions.shop.notice import Notice
from functions.shop.order import Order


def withdraw(order: Order, act: Withdraw, *, store: Store, payments: Payments, clock: Clock, codes: Codes) -> int:
    """Withdraw from an order; the moment (Unix seconds) at which that was first said."""
    after = perform(order.id, act, store=store, payments=payments, clock=clock, codes=codes)
    return next(one.at for one in after.withdrawals if one.id == act.id)


def withdraw_unmatched(number: str, act: Withdraw, *, store: Store, now: int) -> int:
    """Take a statement that fits no order: a dated receipt to who sent it, and the statement to the owner, each once.

    Gives the moment (Unix seconds) at which it was first said.
    """
    facts = {"name": act.name, "number": number, "email": act.email, "text": act.text, "at": str(now)}
    receipt = Message(Kind.WITHDRAWAL, act.email, now, key=f"withdrawal:{act.id}")
    news = Message(Kind.OWNER, "", now, key=f"owner:withdrawal:{act.id}")
    for message in (receipt, news):
        with suppress(Conflict):  # it was written when the same form was sent before
            store.save_notice(Notice(message.name, 1, message, facts))
    kept = store.notice(receipt.name)
    return int(kept.facts["at"]) if kept else now
