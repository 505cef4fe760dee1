"""Reconcile: what makes good whatever a crash, a lost webhook or a mail server left undone. Safe to run at any time."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import TypeVar

from functions.ports import TOGETHER, Clock, Mail, PaymentEvent, Payments, Release, Store
from functions.service.late_watch import watch
from functions.service.news import heed
from functions.service.outbox import Posted, WriteLetter, deliver, deliver_notice
from functions.service.rebuilding import rebuild
from functions.service.retention import first_today, forget_old
from functions.service.settlement import known, lost_session, make_refunds, record, release, settle
from functions.service.stocking import declare_new
from functions.service.waiting import tell_who_waits
from functions.shop.code import Codes
from functions.shop.errors import PaymentRefused, PaymentsUnavailable, ShopError, StoreUnavailable, UnknownSession
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
    (counted up to MOST_HELD); `differences` are what the audit of this day found, in the run that made it.
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
    differences: int = 0


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
    time_left: Callable[[], float] = lambda: math.inf,
) -> Report:
    """Settle open orders and what Stripe has that they do not, make refunds and send mails that are due, and tell the
    owner what gets late. With a `release`, its counts of stock are taken over if it is new, whoever waits for something
    that can be had again is told, and once a day people are forgotten whom the shop need not know any more, and the
    books are compared, as far as there is `time_left` (seconds). One bad order stops no other.
    """
    work = _Work(store, payments, mail, clock, codes, write)
    settled, rebuilt, troubled = work.open_orders(), work.paid_sessions(), work.troubled_payments()
    refunded = work.refunds()
    warned = watch(store=store, clock=clock, time_zone=time_zone)
    told = work.stock(release) if release else 0
    posted = work.mails()
    forgotten = work.old_orders(release) if release else 0
    differences = work.books(time_left) if release else 0
    return Report(
        settled=settled,
        refunded=refunded,
        mailed=sum(one.sent for one in posted),
        failures=tuple(work.failures),
        rebuilt=rebuilt,
        troubled=troubled,
        forgotten=forgotten,
        unsent=sum(one.unsent for one in posted),
        told=told,
        warned=warned,
        differences=differences,
        held=len(store.listed(List.HELD, limit=MOST_HELD).ids),
    )


@dataclass(frozen=True, slots=True)
class _Work:
    """The parts of one run: each does what it can, says how much that was, and notes what it could not do."""

    store: Store
    payments: Payments
    mail: Mail
    clock: Clock
    codes: Codes
    write: WriteLetter
    failures: list[str] = field(default_factory=list)

    def open_orders(self) -> int:
        """Settle those that wait for their money; the newest are left to their shoppers."""
        soon = moment_key(self.clock() + HOLD - PATIENCE)
        ids = self.store.listed(List.OPEN, until=soon, limit=1000).ids
        return self._each(ids, lambda one: _bring_up(one, self.store, self.payments, self.clock, self.codes))

    def paid_sessions(self) -> int:
        """Settle what Stripe knows to be paid; how many orders were made anew for that."""
        found = self._listed(lambda: self.payments.sessions_since(self.clock() - MEMORY))
        following = (session for session in found if session.complete or session.status == "open")
        return sum(map(self._caught_up, iter(lambda: tuple(islice(following, TOGETHER)), ())))

    def _caught_up(self, sessions: Sequence[SessionFacts]) -> int:
        """The same for some sessions, whose orders are read together."""
        orders: Mapping[str, Order] = {}
        try:
            orders = self.store.orders({session.order for session in sessions})
        except StoreUnavailable as error:
            self.failures.append(f"{len(sessions)} sessions of Stripe: {error}")
            return 0
        except Exception:  # noqa: S110 (one of them cannot be read: each is read by itself, and that one is told of)
            pass

        def catch_up(session: SessionFacts) -> bool:
            order = orders.get(session.order) or self.store.order(session.order)
            return _catch_up(session, order, self.store, self.payments, self.clock, self.codes)

        return sum(self._done(session.order, partial(catch_up, session)) for session in sessions)

    def troubled_payments(self) -> int:
        """Take over refunds, disputes and warnings."""

        def hear(payment: str) -> object:
            event = PaymentEvent("", "", "", payment)
            return heed(event, store=self.store, payments=self.payments, clock=self.clock, codes=self.codes)

        return self._each(self._listed(lambda: self.payments.troubled_since(self.clock() - MEMORY)), hear)

    def refunds(self) -> int:
        """Make those that are written down and were not made."""

        def refund(order_id: str) -> Order:
            order = known(order_id, self.store)
            return make_refunds(order, store=self.store, payments=self.payments, clock=self.clock)

        return self._each(self.store.listed(List.REFUNDS).ids, refund)

    def stock(self, release: Release) -> int:
        """Take over the counts of a new release, and tell who waits for what can be had; how many were told."""
        store, clock, told = self.store, self.clock, list[int]()
        self._done("the counts of stock", partial(declare_new, release, store, clock()))
        self._done("who waits", lambda: told.append(tell_who_waits(release=release, store=store, clock=clock)))
        return sum(told)

    def mails(self) -> Sequence[Posted]:
        """Send what is due, of orders and notices."""
        posted: list[Posted] = []

        def send(owed: str, by: Callable[..., Posted]) -> None:
            posted.append(by(owed, store=self.store, mail=self.mail, clock=self.clock, write=self.write))

        now = moment_key(self.clock())
        self._each(self.store.listed(List.MAIL, until=now).ids, partial(send, by=deliver))
        self._each(self.store.listed(NOTICES, until=now).ids, partial(send, by=deliver_notice))
        return posted

    def old_orders(self, release: Release) -> int:
        """Forget, once a day, the people of orders that are over for long."""
        store, payments, clock = self.store, self.payments, self.clock
        if not first_today(store, clock()):
            return 0
        return forget_old(store=store, payments=payments, clock=clock, codes=self.codes, keep=release.settings.keep)

    def books(self, time_left: Callable[[], float]) -> int:
        """Compare the books once a day; how much does not agree. It is loaded in that one run only."""
        found = list[int]()

        def compare() -> None:
            from functions.service.daily_audit import audit_today  # noqa: PLC0415 (a function that starts needs it not)

            found.append(audit_today(store=self.store, clock=self.clock, time_left=time_left))

        self._done("the audit", compare)
        return sum(found)

    def _each(self, ids: Sequence[str], act: Callable[[str], object]) -> int:
        return sum(self._done(one, partial(act, one)) for one in ids)

    def _done(self, name: str, act: Callable[[], object]) -> bool:
        """Whether something came of it. Whatever is wrong with one order must not stop the others."""
        try:
            return act() is not False
        except Exception as error:
            self.failures.append(f"{name}: {error if isinstance(error, ShopError) else type(error).__name__}")
            return False

    def _listed(self, ask: Callable[[], Sequence[T]]) -> Sequence[T]:
        """What Stripe lists; nothing when it does not answer, so that the rest is still done."""
        try:
            return ask()
        except (PaymentsUnavailable, PaymentRefused) as error:
            self.failures.append(str(error))
            return ()


def _catch_up(
    session: SessionFacts, order: Order | None, store: Store, payments: Payments, clock: Clock, codes: Codes
) -> bool:
    """Settle an order that Stripe knows to be paid and that does not know it, or make it anew; close a page that is
    open though its order has ended. True when an order was made anew.
    """
    if order is None:
        return session.complete and rebuild(session, store=store, payments=payments, clock=clock)
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
