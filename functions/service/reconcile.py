"""Reconcile: what makes good whatever a crash, a lost webhook or a mail server left undone. Safe to run at any time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from functions.ports import Clock, Mail, PaymentEvent, Payments, Release, Store
from functions.service.late_watch import watch
from functions.service.news import heed
from functions.service.outbox import Posted, WriteLetter, deliver, deliver_notice
from functions.service.rebuilding import rebuild
from functions.service.retention import first_today, forget_old
from functions.service.settlement import known, lost_session, make_refunds, record, release, settle
from functions.service.stocking import declare_new
from functions.service.waiting import tell_who_waits
from functions.shop.code import Codes
from functions.shop.errors import PaymentRefused, PaymentsUnavailable, ShopError, UnknownSession
from functions.shop.facts import SessionFacts
from functions.shop.listing import NOTICES, List, moment_key
from functions.shop.order import Order
from functions.shop.placing import HOLD

T = TypeVar("T")
MEMORY = 4 * 86_400  # seconds of which Stripe is asked: it repeats its news for three days (R18)
MOST_HELD = 100  # that are counted, for more are no other news
PATIENCE = 5 * 60  # seconds for which a new order is left to its shopper and to the webhook


@dataclass(frozen=True, slots=True)
class Report:
    """How many orders were looked at, and what could not be dealt with, each with the reason.

    `rebuilt` were missing here although Stripe was paid for them, `troubled` have refunds, disputes or warnings at
    Stripe. `mailed` are mails that were sent, `unsent` those that no mail server took; `told` are people whose thing
    can be had again; `warned` says that the owner's notice of what gets late was written; `held` wait for the owner
    (counted up to MOST_HELD).
    """

    settled: int
    refunded: int
    mailed: int
    failures: tuple[str, ...]
    rebuilt: int = 0
    troubled: int = 0
    forgotten: int = 0
    unsent: int = 0
    told: int = 0
    warned: bool = False
    held: int = 0


def reconcile(
    *,
    store: Store,
    payments: Payments,
    mail: Mail,
    clock: Clock,
    codes: Codes,
    write: WriteLetter,
    time_zone: str = "UTC",
    release: Release | None = None,
) -> Report:
    """Settle open orders and what Stripe has that they do not, make refunds and send mails that are due, and tell the
    owner what gets late. With a `release`, its counts of stock are taken over if it is new, whoever waits for something
    that can be had again is told, and once a day people are forgotten whom the shop need not know any more. One bad
    order stops no other.
    """
    failures: list[str] = []

    def each(order_ids: Sequence[str], act: Callable[[str], object]) -> int:
        return sum(_done(order_id, partial(act, order_id), failures) for order_id in order_ids)

    def bring_up(order_id: str) -> Order:
        return _bring_up(order_id, store, payments, clock, codes)

    def refund(order_id: str) -> Order:
        return make_refunds(known(order_id, store), store=store, payments=payments, clock=clock)

    posted: list[Posted] = []

    def send(order_id: str) -> None:
        posted.append(deliver(order_id, store=store, mail=mail, clock=clock, write=write))

    def send_notice(notice_id: str) -> None:
        posted.append(deliver_notice(notice_id, store=store, mail=mail, clock=clock, write=write))

    def catch_up(session: SessionFacts) -> bool:
        return _catch_up(session, store, payments, clock, codes)

    def trouble(payment: str) -> object:
        event = PaymentEvent("", "", "", payment)
        return heed(event, store=store, payments=payments, clock=clock, codes=codes)

    soon, now = moment_key(clock() + HOLD - PATIENCE), moment_key(clock())
    settled = each(store.listed(List.OPEN, until=soon, limit=1000).ids, bring_up)
    found = _listed(lambda: payments.sessions_since(clock() - MEMORY), failures)
    rebuilt = sum(_done(session.order, partial(catch_up, session), failures) for session in found)
    troubled = each(_listed(lambda: payments.troubled_since(clock() - MEMORY), failures), trouble)
    refunds = each(store.listed(List.REFUNDS).ids, refund)
    warned = watch(store=store, clock=clock, time_zone=time_zone)
    told = _stocked(release, store, clock, failures) if release else 0
    each(store.listed(List.MAIL, until=now).ids, send)
    each(store.listed(NOTICES, until=now).ids, send_notice)
    forgotten = 0
    if release and first_today(store, clock()):
        keep = release.settings.keep
        forgotten = forget_old(store=store, payments=payments, clock=clock, codes=codes, keep=keep)
    return Report(
        settled=settled,
        refunded=refunds,
        mailed=sum(one.sent for one in posted),
        failures=tuple(failures),
        rebuilt=rebuilt,
        troubled=troubled,
        forgotten=forgotten,
        unsent=sum(one.unsent for one in posted),
        told=told,
        warned=warned,
        held=len(store.listed(List.HELD, limit=MOST_HELD).ids),
    )


def _stocked(release: Release, store: Store, clock: Clock, failures: list[str]) -> int:
    """Take over the counts of a new release, and tell who waits for what can be had; how many were told."""
    told: list[int] = []
    _done("the counts of stock", partial(declare_new, release, store, clock()), failures)
    _done("who waits", lambda: told.append(tell_who_waits(release=release, store=store, clock=clock)), failures)
    return sum(told)


def _done(name: str, act: Callable[[], object], failures: list[str]) -> bool:
    """Whether something came of it. Whatever is wrong with one order must not stop the others."""
    try:
        return act() is not False
    except Exception as error:
        failures.append(f"{name}: {error if isinstance(error, ShopError) else type(error).__name__}")
        return False


def _listed(ask: Callable[[], Sequence[T]], failures: list[str]) -> Sequence[T]:
    """What Stripe lists; nothing when it does not answer, so that the rest is still done."""
    try:
        return ask()
    except (PaymentsUnavailable, PaymentRefused) as error:
        failures.append(str(error))
        return ()


def _catch_up(session: SessionFacts, store: Store, payments: Payments, clock: Clock, codes: Codes) -> bool:
    """Settle an order that Stripe knows to be paid and that does not know it, or make it anew. True for the latter."""
    if not session.complete:
        return False
    order = store.order(session.order)
    if order is None:
        return rebuild(session, store=store, payments=payments, clock=clock)
    if all(payment.session != session.session for payment in order.payments):
        record(order, session, store=store, payments=payments, clock=clock, codes=codes)
    return False


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
