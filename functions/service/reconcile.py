"""Reconcile: what makes good whatever a crash, a lost webhook or a mail server left undone. Safe to run at any time."""

from collections.abc import Callable
from dataclasses import dataclass

from functions.ports import Clock, Mail, Payments, Store
from functions.service.outbox import WriteLetter, deliver
from functions.service.settlement import known, lost_session, make_refunds, record, release, settle
from functions.shop.code import Codes
from functions.shop.errors import UnknownSession
from functions.shop.facts import SessionFacts
from functions.shop.order import Order
from functions.shop.placing import HOLD

PATIENCE = 5 * 60  # seconds for which a new order is left to its shopper and to the webhook


@dataclass(frozen=True, slots=True)
class Report:
    """How many orders were looked at, and the ones that could not be dealt with, each with the reason."""

    settled: int
    refunded: int
    mailed: int
    failures: tuple[str, ...]


def reconcile(
    *, store: Store, payments: Payments, mail: Mail, clock: Clock, codes: Codes, write: WriteLetter
) -> Report:
    """Settle open orders, make refunds that are due, send mails that are due. One bad order stops no other."""
    failures: list[str] = []

    def each(order_ids: list[str], act: Callable[[str], object]) -> int:
        return sum(_done(order_id, act, failures) for order_id in order_ids)

    def bring_up(order_id: str) -> Order:
        return _bring_up(order_id, store, payments, clock, codes)

    def refund(order_id: str) -> Order:
        return make_refunds(known(order_id, store), store=store, payments=payments)

    def send(order_id: str) -> None:
        deliver(order_id, store=store, mail=mail, clock=clock, write=write)

    settled = each(list(store.open_orders_ending_before(clock() + HOLD - PATIENCE)), bring_up)
    refunds = each(list(store.orders_with_intended_refunds()), refund)
    mailed = each(list(store.orders_with_due_messages(clock())), send)
    return Report(settled, refunds, mailed, tuple(failures))


def _done(order_id: str, act: Callable[[str], object], failures: list[str]) -> bool:
    try:
        act(order_id)
    except Exception as error:  # whatever is wrong with one order must not stop the others
        failures.append(f"{order_id}: {error}")
        return False
    return True


def _bring_up(order_id: str, store: Store, payments: Payments, clock: Clock, codes: Codes) -> Order:
    """Settle an open order; look for its session first if the answer to making it was lost."""
    order = known(order_id, store)
    session = order.session or lost_session(order, payments)
    overdue = clock() >= order.expires_at
    if session:
        return _settled(order, session, store, payments, clock, codes, overdue=overdue)
    if not overdue:
        return order  # the shopper may still press the button again
    return release(order_id, store=store, payments=payments, clock=clock, codes=codes)


def _settled(
    order: Order, session: str, store: Store, payments: Payments, clock: Clock, codes: Codes, *, overdue: bool
) -> Order:
    try:
        return settle(order.id, store=store, payments=payments, clock=clock, codes=codes, session=session)
    except UnknownSession:
        if not overdue:
            raise
        # The key or the account has changed: nobody can pay this any more, so all that it reserved goes back.
        gone = SessionFacts(session, order.id, "expired", "unpaid", order.due, order.currency)
        return record(order, gone, store=store, payments=payments, clock=clock, codes=codes)
