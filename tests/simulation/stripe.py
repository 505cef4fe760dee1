"""Stripe as the port of payments shows it: sessions, payments, refunds, disputes, and news that comes as it likes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from functions.ports import PaymentEvent, SessionLinks
from functions.shop.errors import PaymentRefused, PaymentsUnavailable, UnknownSession
from functions.shop.facts import Bill, PaymentFacts, RefundFacts, SessionFacts, Sold
from functions.shop.order import Order
from functions.shop.payment import FAILED, Dispute, FraudWarning
from functions.shop.settings import Address, Settings
from tests.simulation.world import World

T = TypeVar("T")
KEY_AGE = 24 * 3600  # seconds after which Stripe forgets an idempotency key
SHORTEST = 30 * 60  # seconds that a session must be open for at least
LAG = 60  # seconds in which a new session may be missing in a list
ADA = Address("Ada Byrne", "4 Quay Street", "", "Westport", "Mayo", "F28 X000", "IE")


@dataclass
class Session:
    """A payment page."""

    id: str
    order: str
    amount: int
    currency: str
    made_at: int
    expires_at: int
    digest: str
    lines: tuple[Sold, ...]
    status: str = "open"
    payment_status: str = "unpaid"
    payment: str = ""
    email: str = ""
    failed: bool = False


@dataclass
class Paid:
    """A payment that came in, and what happened to it since."""

    id: str
    amount: int
    refunds: list[RefundFacts] = field(default_factory=list)
    disputes: list[Dispute] = field(default_factory=list)
    warnings: list[FraudWarning] = field(default_factory=list)

    @property
    def left(self) -> int:
        """What has not gone back."""
        return self.amount - sum(one.amount for one in self.refunds if one.status not in FAILED)


@dataclass
class Stripe:
    """Stripe's side. It changes by what shoppers, banks and people in the dashboard do, and by calls of the port."""

    world: World
    sessions: dict[str, Session] = field(default_factory=dict)
    payments: dict[str, Paid] = field(default_factory=dict)
    news: list[PaymentEvent] = field(default_factory=list)
    _keys: dict[str, tuple[int, str]] = field(default_factory=dict)

    # What shoppers, banks and time do

    def pay(self, session: Session, email: str, *, delayed: bool) -> None:
        """Somebody pays on an open page."""
        free = session.amount == 0
        session.status, session.email = "complete", email
        session.payment_status = "no_payment_required" if free else "unpaid" if delayed else "paid"
        if not free:
            session.payment = f"pi_{session.id}"
        if session.payment_status == "paid":
            self.payments[session.payment] = Paid(session.payment, session.amount)
        self._tell_of(session)

    def bank_decides(self, session: Session, *, comes: bool) -> None:
        """A delayed payment comes, or does not."""
        if comes:
            session.payment_status = "paid"
            self.payments[session.payment] = Paid(session.payment, session.amount)
        else:
            session.failed = True
        self._tell_of(session)

    def time_passes(self) -> None:
        """Pages that nobody paid on close."""
        for session in self.sessions.values():
            if session.status == "open" and self.world.now >= session.expires_at:
                session.status = "expired"
                self._tell_of(session)

    def refund_by_hand(self, paid: Paid, amount: int) -> None:
        """Somebody gives money back in the dashboard."""
        self._refund(paid, amount, "", "succeeded")

    def bank_answers(self, paid: Paid, refund: RefundFacts, *, takes: bool) -> None:
        """A bank takes a refund that was on its way, or sends it back."""
        changed = replace(refund, status="succeeded" if takes else "failed")
        paid.refunds[paid.refunds.index(refund)] = changed
        self._tell_of_payment(paid)

    def dispute(self, paid: Paid) -> None:
        """A bank claims a payment back."""
        paid.disputes.append(
            Dispute(f"du_{paid.id}", paid.id, paid.amount, "needs_response", "fraudulent", self.world.now)
        )
        self._tell_of_payment(paid)

    def warn(self, paid: Paid) -> None:
        """A card's issuer warns of fraud."""
        paid.warnings.append(FraudWarning(f"issfr_{paid.id}_{len(paid.warnings)}", paid.id, "stolen", self.world.now))
        self._tell_of_payment(paid)

    def decide(self, paid: Paid, *, won: bool) -> None:
        """A dispute ends."""
        paid.disputes[0] = replace(paid.disputes[0], status="won" if won else "lost")
        self._tell_of_payment(paid)

    # What the port does

    def open_session(self, order: Order) -> SessionFacts:
        """One page for an order as long as its key is remembered."""
        key = f"{order.id}:session"
        made_at, known = self._keys.get(key, (0, ""))
        if known and self.world.now < made_at + KEY_AGE:
            return self.facts(self.sessions[known])
        if order.expires_at < self.world.now + SHORTEST:
            raise PaymentRefused("expires_at is too soon")
        session = self._new_session(order)
        self._keys[key] = (self.world.now, session.id)
        return self.facts(session)

    def expire(self, session_id: str) -> SessionFacts:
        """Close a page that is open; otherwise nothing happens."""
        session = self._known(session_id)
        if session.status == "open":
            session.status = "expired"
            self._tell_of(session)
        return self.facts(session)

    def refund(self, payment: str, amount: int, key: str) -> RefundFacts:
        """One refund for a key, found again by what it was noted with."""
        if (paid := self.payments.get(payment)) is None:
            raise PaymentRefused("no such payment")
        made = [one for one in paid.refunds if one.status not in FAILED]
        if found := [one for one in made if one.key == key]:
            return found[0]
        if amount > paid.left or any(one.open or one.lost for one in paid.disputes):
            raise PaymentRefused("more than is left")
        return self._refund(paid, amount, key, self.world.random.choice(["succeeded", "pending"]))

    def history(self, payment: str) -> PaymentFacts:
        """What happened to a payment."""
        paid = self.payments.get(payment)
        if paid is None:
            return PaymentFacts(payment)
        return PaymentFacts(payment, tuple(paid.refunds), tuple(paid.disputes), tuple(paid.warnings))

    def facts(self, session: Session) -> SessionFacts:
        """What is true of a session."""
        paid = self.payments.get(session.payment)
        return SessionFacts(
            session=session.id,
            order=session.order,
            status=session.status,
            payment_status=session.payment_status,
            amount=session.amount,
            currency=session.currency,
            url=f"https://pay.example/{session.id}",
            payment=session.payment,
            email=session.email,
            address=ADA if session.email else None,
            failed=session.failed,
            troubled=bool(paid and (paid.refunds or paid.disputes)),
        )

    def known(self, session_id: str) -> SessionFacts:
        """The facts of a session by its id."""
        return self.facts(self._known(session_id))

    def _known(self, session_id: str) -> Session:
        if session_id not in self.sessions:
            raise UnknownSession(f"no session {session_id}")
        return self.sessions[session_id]

    def _new_session(self, order: Order) -> Session:
        lines = tuple(Sold(line.sku, line.title, line.quantity, line.unit_price) for line in order.lines)
        name = f"cs_{len(self.sessions) + 1}"
        session = Session(
            name, order.id, order.due, order.currency, self.world.now, order.expires_at, order.digest, lines
        )
        self.sessions[name] = session
        return session

    def _refund(self, paid: Paid, amount: int, key: str, status: str) -> RefundFacts:
        made = RefundFacts(f"re_{paid.id}_{len(paid.refunds)}", paid.id, amount, status, key, self.world.now)
        paid.refunds.append(made)
        self._tell_of_payment(paid)
        return made

    def _tell_of(self, session: Session) -> None:
        self.news.append(PaymentEvent(f"evt_{len(self.news)}", session.id, session.order))

    def _tell_of_payment(self, paid: Paid) -> None:
        self.news.append(PaymentEvent(f"evt_{len(self.news)}", "", "", paid.id))


@dataclass
class SimulatedPayments:
    """ports.Payments over the simulated Stripe; every call may fail before or after what it does."""

    world: World
    stripe: Stripe
    done: Callable[[str], None] = lambda _: None
    """Told of every call that has something done."""

    def open_session(self, order: Order, settings: Settings, links: SessionLinks) -> SessionFacts:
        facts = self._call(f"Stripe: open a page for {order.id}", lambda: self.stripe.open_session(order), reads=False)
        if self.world.chance(self.world.odds.slow):
            self.world.tell(f"Stripe: the page for {order.id} comes too late")
            self.world.trouble("Stripe")
            raise PaymentsUnavailable("Stripe does not answer in time")
        return facts

    def session(self, session_id: str) -> SessionFacts:
        return self._call(f"Stripe: look at {session_id}", lambda: self.stripe.known(session_id))

    def expire_session(self, session_id: str) -> SessionFacts:
        return self._call(f"Stripe: close {session_id}", lambda: self.stripe.expire(session_id), reads=False)

    def sessions_since(self, moment: int) -> Sequence[SessionFacts]:
        return self._call("Stripe: list sessions", lambda: self._listed(moment))

    def refund(self, payment: str, amount: int, key: str) -> RefundFacts:
        return self._call(
            f"Stripe: refund {amount} of {payment} ({key})",
            lambda: self.stripe.refund(payment, amount, key),
            reads=False,
        )

    def payment(self, payment: str) -> PaymentFacts:
        return self._call(f"Stripe: history of {payment}", lambda: self.stripe.history(payment))

    def bill(self, session_id: str) -> Bill:
        session = self.stripe.sessions[session_id]
        bill = Bill(session.lines, "", 0, session.digest, session.made_at)
        return self._call(f"Stripe: bill of {session_id}", lambda: bill)

    def troubled_since(self, moment: int) -> Sequence[str]:
        def found() -> Sequence[str]:
            return [one.id for one in self.stripe.payments.values() if one.refunds or one.disputes or one.warnings]

        return self._call("Stripe: list refunds and disputes", found)

    def _listed(self, moment: int) -> Sequence[SessionFacts]:
        """A list may lag behind: what was made seconds ago can be missing."""
        lags = self.world.odds.before > 0 and self.world.chance(0.5)
        newest = self.world.now - LAG if lags else self.world.now
        return [
            self.stripe.facts(session)
            for session in self.stripe.sessions.values()
            if moment <= session.made_at <= newest
        ]

    def _call(self, label: str, effect: Callable[[], T], *, reads: bool = True) -> T:
        if not reads:
            self.done(label)
        return self.world.call(label, effect, lambda: PaymentsUnavailable("Stripe does not answer"), reads=reads)
