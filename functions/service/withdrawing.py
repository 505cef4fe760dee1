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
from functions.shop.returns import Withdrawal


def withdraw(
    order: Order, act: Withdraw, *, store: Store, payments: Payments, clock: Clock, codes: Codes
) -> Withdrawal:
    """Withdraw from an order; the statement as it was first made, with what came of it."""
    after = perform(order.id, act, store=store, payments=payments, clock=clock, codes=codes)
    return next(one for one in after.withdrawals if one.id == act.id)


def withdraw_unmatched(number: str, act: Withdraw, *, store: Store, now: int) -> Withdrawal:
    """Take a statement that fits no order: a dated receipt to who sent it, and the statement to the owner, each once.

    Gives the statement as it was first made.
    """
    facts = {"name": act.name, "number": number, "email": act.email, "text": act.text, "at": str(now)}
    receipt = Message(Kind.WITHDRAWAL, act.email, now, key=f"withdrawal:{act.id}")
    news = Message(Kind.OWNER, "", now, key=f"owner:withdrawal:{act.id}")
    for message in (receipt, news):
        with suppress(Conflict):  # it was written when the same form was sent before
            store.save_notice(Notice(message.name, 1, message, facts))
    kept = store.notice(receipt.name)
    return Withdrawal(act.id, act.name, act.email, act.text, int(kept.facts["at"]) if kept else now)
