"""An order: an immutable record of what was bought, and the one function that moves it through its life."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from functions.shop.arrival import keeps
from functions.shop.cart import Cart, CartLine
from functions.shop.destination import Destination
from functions.shop.errors import IllegalTransition
from functions.shop.line import LineItem, back_ordered
from functions.shop.message import Kind, Message
from functions.shop.quote import Quote
from functions.shop.settings import Address
from functions.shop.shipping import ShippingChoice
from functions.shop.tax import TaxLine

HOLD = (
    35 * 60
)  # seconds for which a payment page stays open and stock stays reserved; Stripe allows no less than 30 min
SCHEMA = 1


class State(StrEnum):
    """Where an order is in its life."""

    PENDING = "pending"
    AWAITING_PAYMENT = "awaiting_payment"
    PAID = "paid"
    PARTIALLY_SHIPPED = "partially_shipped"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    UNFULFILLABLE = "unfulfillable"


OPEN = frozenset({State.PENDING, State.AWAITING_PAYMENT})  # stock is reserved
PAID_LIKE = frozenset(
    {
        State.PAID,
        State.PARTIALLY_SHIPPED,
        State.SHIPPED,
        State.DELIVERED,
        State.CANCELLED,
        State.UNFULFILLABLE,
    }
)  # money came
TRANSITIONS: dict[State, frozenset[State]] = {
    State.PENDING: frozenset({State.AWAITING_PAYMENT, State.PAID, State.EXPIRED}),
    State.AWAITING_PAYMENT: frozenset({State.PAID, State.EXPIRED}),
    State.PAID: frozenset({State.PARTIALLY_SHIPPED, State.SHIPPED, State.CANCELLED}),
    State.PARTIALLY_SHIPPED: frozenset({State.SHIPPED}),
    State.SHIPPED: frozenset({State.DELIVERED}),
    State.DELIVERED: frozenset(),
    State.EXPIRED: frozenset({State.PAID, State.UNFULFILLABLE}),
    State.CANCELLED: frozenset(),
    State.UNFULFILLABLE: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that Stripe says came in: minor units. `id` is the payment intent, or the session of a free order."""

    id: str
    session: str
    amount: int
    currency: str
    at: int


@dataclass(frozen=True, slots=True)
class Refund:
    """Money to give back. It is written down as an intent first; `stripe_id` is empty until Stripe has made it (R7)."""

    key: str
    payment: str
    amount: int
    reason: str
    at: int
    stripe_id: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody bought. Amounts are minor units of `currency`, times are Unix seconds in UTC.

    `id` is the server-made checkout id, so a checkout id can lead to one order only (R3). `release` names the
    catalogue that these prices are from. `country` is empty when all of it is files; `postcode` and `region` are as far
    as the price of sending it depends on them. `version` rises by one with every
    write. `session` and `pay_url` are Stripe's, once it knows of the order. `held` says in a sentence why the order
    must not be shipped yet. `tax` is all tax in the total, `taxes` say it rate by rate (orders of old have none);
    `vat_id` is a business buyer's checked number. What was promised are days (ISO 8601):
    it leaves on `dispatch_by` at the latest and arrives from `arrives_from` to `arrives_to`; empty where nothing was.
    """

    id: str
    state: State
    version: int
    release: str
    digest: str
    created_at: int
    expires_at: int
    currency: str
    country: str
    lines: tuple[LineItem, ...]
    subtotal: int
    shipping: ShippingChoice | None
    tax: int
    total: int
    session: str = ""
    pay_url: str = ""
    email: str = ""
    address: Address | None = None
    paid_at: int = 0
    held: str = ""
    payments: tuple[Payment, ...] = ()
    refunds: tuple[Refund, ...] = ()
    messages: tuple[Message, ...] = ()
    epoch: int = 0
    postcode: str = ""
    region: str = ""
    taxes: tuple[TaxLine, ...] = ()
    vat_id: str = ""
    dispatch_by: str = ""
    arrives_from: str = ""
    arrives_to: str = ""
    schema: int = SCHEMA

    @property
    def destination(self) -> Destination:
        """Where it was said to go when it was priced."""
        return Destination(self.country, self.postcode, self.region)

    @property
    def open(self) -> bool:
        """Whether money may still come in the ordinary way, so that stock is kept for it."""
        return self.state in OPEN

    @property
    def paid_like(self) -> bool:
        """Whether money came for it (R1, R2)."""
        return self.state in PAID_LIKE

    @property
    def cart(self) -> Cart:
        """The SKUs and quantities that were ordered."""
        return Cart(tuple(CartLine(line.sku, line.quantity) for line in self.lines))

    @property
    def late(self) -> bool:
        """Whether something in it is sent later than the rest."""
        return any(line.late for line in self.lines)

    @property
    def count(self) -> int:
        """How many pieces, all lines together."""
        return sum(line.quantity for line in self.lines)


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """What Stripe says about one Checkout Session, asked a moment ago; the only news an order believes.

    `status` is `open`, `complete` or `expired`; `payment_status` is `paid`, `unpaid` or `no_payment_required`;
    `failed` says that a delayed payment was tried and did not come. Where Stripe works the tax out, `tax` is all of it
    and `tax_on_top` what of it was not in the amounts that Stripe was given; both are in `amount`.
    """

    session: str
    order: str
    status: str
    payment_status: str
    amount: int
    currency: str
    url: str = ""
    payment: str = ""
    email: str = ""
    address: Address | None = None
    failed: bool = False
    tax: int = 0
    tax_on_top: int = 0

    @property
    def complete(self) -> bool:
        """Whether the money is there, or none was needed."""
        return self.status == "complete" and self.payment_status in {"paid", "no_payment_required"}


@dataclass(frozen=True, slots=True)
class StockChange:
    """So many pieces more or fewer of one SKU: on hand, and reserved for open orders."""

    sku: str
    on_hand: int
    reserved: int


@dataclass(frozen=True, slots=True)
class Decision:
    """What to write in one transaction: the order as it shall be, and the stock that moves with it."""

    order: Order
    stock: tuple[StockChange, ...] = ()


def place(order_id: str, quote: Quote, release: str, now: int) -> Decision:
    """A new order for a quote, with its stock reserved. Nothing has been said to Stripe yet."""
    promise = quote.shipping.promise if quote.shipping else None
    order = Order(
        id=order_id,
        state=State.PENDING,
        version=1,
        release=release,
        digest=quote.digest,
        created_at=now,
        expires_at=now + HOLD,
        currency=quote.currency,
        country=quote.country,
        postcode=quote.destination.postcode,
        region=quote.destination.region,
        lines=quote.lines,
        subtotal=quote.subtotal,
        shipping=replace(quote.shipping, promise=None) if quote.shipping else None,
        tax=quote.tax,
        total=quote.total,
        taxes=quote.taxes,
        vat_id=quote.vat_id,
        dispatch_by=promise.dispatch_by if promise else "",
        arrives_from=promise.arrives_from if promise else "",
        arrives_to=promise.arrives_to if promise else "",
    )
    return Decision(order, _stock(order, on_hand=0, reserved=1))


def decide(order: Order, facts: SessionFacts, now: int, *, restock: bool = True) -> Decision:
    """What a fact from Stripe does to an order. A fact is never refused; one that says nothing new changes nothing.

    `restock` says whether an order whose money came late may still take its stock; when there is none left, call again
    with False, and the money is given back (state `unfulfillable`).
    """
    if facts.order != order.id:
        return Decision(order)  # a payment counts for the order it was made for, and for no other (R2, R3)
    if facts.complete:
        return _settled(order, facts, now, restock)
    if facts.status == "expired" or facts.failed:
        return _expired(order, facts)
    if facts.status == "complete" and order.state is State.PENDING:
        return Decision(_moved(_informed(order, facts), State.AWAITING_PAYMENT))
    return Decision(_informed(order, facts))


def expire_unsold(order: Order) -> Decision:
    """End a pending order that Stripe never heard of: nobody can pay it, so its stock goes back."""
    if order.session:
        raise IllegalTransition(f"Order {order.id} has a payment session; ask Stripe before ending it.")
    if order.state is not State.PENDING:
        raise IllegalTransition(f"Order {order.id} is {order.state}; only a pending order can end unpaid.")
    return Decision(_moved(order, State.EXPIRED), _stock(order, on_hand=0, reserved=-1))


def waiting(order: Order, sku: str) -> Order:
    """The order when `sku` has been sold meanwhile: one more line is back-ordered, if one of them can be."""
    lines = back_ordered(order.lines, sku)
    return replace(order if keeps(order.lines, lines) else _undated(order), lines=lines)


def held(order: Order) -> dict[str, int]:
    """Pieces by SKU that an order takes from the stock, all lines together: reserved while it is open, sold then."""
    pieces: Counter[str] = Counter()
    for line in order.lines:
        pieces.update({part.sku: part.quantity for part in line.takes})
    return dict(pieces)


def refunded(order: Order, key: str, stripe_id: str) -> Order:
    """The order once Stripe has made the refund that was intended under `key`."""
    done = tuple(replace(r, stripe_id=stripe_id) if r.key == key else r for r in order.refunds)
    return replace(order, refunds=done)


def intended_refunds(order: Order) -> tuple[Refund, ...]:
    """The refunds that are written down but not yet made."""
    return tuple(refund for refund in order.refunds if not refund.stripe_id)


def _settled(order: Order, facts: SessionFacts, now: int, restock: bool) -> Decision:
    if any(payment.session == facts.session for payment in order.payments):
        return Decision(order)
    if order.paid_like:
        again = _with_payment(order, facts, now)
        return Decision(_with_refund(again, "The order had been paid before.", now))
    paid = _with_payment(_taxed(_bought(order, facts), facts), facts, now)
    if order.open:
        return Decision(_confirmed(paid, facts, now), _stock(order, on_hand=-1, reserved=-1))
    if restock:
        return Decision(_confirmed(paid, facts, now), _stock(order, on_hand=-1, reserved=0))
    given_up = _moved(paid, State.UNFULFILLABLE)
    sorry = _with_refund(given_up, "The payment came after the order had expired and the goods were sold.", now)
    return Decision(_owing(sorry, Message(Kind.APOLOGY, sorry.email, now)))


def _confirmed(order: Order, facts: SessionFacts, now: int) -> Order:
    held = _mismatch(order, facts)
    paid = replace(_moved(_dated(order, now), State.PAID), paid_at=now, held=held)
    confirmed = _owing(paid, Message(Kind.CONFIRMATION, paid.email, now))
    return _owing(confirmed, Message(Kind.HELD, "", now)) if held else confirmed


def _dated(order: Order, now: int) -> Order:
    """The order with what was promised, unless it should have left on a day before the money came (by UTC)."""
    paid_on = datetime.fromtimestamp(now, UTC).date().isoformat()
    return order if paid_on <= order.dispatch_by else _undated(order)


def _undated(order: Order) -> Order:
    return replace(order, dispatch_by="", arrives_from="", arrives_to="")


def _mismatch(order: Order, facts: SessionFacts) -> str:
    """Why the order must be held (R4): Stripe charged something else than was ordered. Empty when all agrees.

    Tax that Stripe worked out is in the order's total by then.
    """
    if (facts.amount, facts.currency) == (order.total, order.currency):
        return ""
    wanted, got = f"{order.total} {order.currency}", f"{facts.amount} {facts.currency}"
    return f"Stripe charged {got} (in minor units) instead of {wanted}."


def _expired(order: Order, facts: SessionFacts) -> Decision:
    """End an order whose session can bring no money. One that knows of no session yet learns here that this was it."""
    if not order.open or order.session not in {"", facts.session}:
        return Decision(order)
    ended = replace(_moved(order, State.EXPIRED), session=facts.session)
    return Decision(ended, _stock(order, on_hand=0, reserved=-1))


def _informed(order: Order, facts: SessionFacts) -> Order:
    """The order with what Stripe knows and it did not: its session, its payment page, and who buys."""
    session = order.session or facts.session
    return replace(
        order,
        session=session,
        pay_url=order.pay_url or (facts.url if facts.session == session else ""),
        email=order.email or facts.email,
        address=order.address or facts.address,
    )


def _bought(order: Order, facts: SessionFacts) -> Order:
    """The order as its payer left it: what was typed in last, when paying, is where it goes."""
    informed = _informed(order, facts)
    return replace(informed, email=facts.email or order.email, address=facts.address or order.address)


def _taxed(order: Order, facts: SessionFacts) -> Order:
    """The order with the tax that Stripe worked out on the payment page, where it was left to Stripe."""
    if not facts.tax:
        return order
    return replace(order, tax=facts.tax, total=order.total + facts.tax_on_top)


def _with_payment(order: Order, facts: SessionFacts, now: int) -> Order:
    payment = Payment(facts.payment or facts.session, facts.session, facts.amount, facts.currency, now)
    return replace(order, payments=(*order.payments, payment))


def _with_refund(order: Order, reason: str, now: int) -> Order:
    """The intent to give the latest payment back in full; a payment of nothing needs none."""
    payment = order.payments[-1]
    if payment.amount == 0:
        return order
    refund = Refund(f"{order.id}:refund:{payment.id}", payment.id, payment.amount, reason, now)
    return replace(order, refunds=(*order.refunds, refund))


def _owing(order: Order, message: Message) -> Order:
    return replace(order, messages=(*order.messages, message))


def _moved(order: Order, state: State) -> Order:
    if state not in TRANSITIONS[order.state]:
        raise IllegalTransition(f"Order {order.id} is {order.state} and cannot become {state}.")
    return replace(order, state=state)


def _stock(order: Order, *, on_hand: int, reserved: int) -> tuple[StockChange, ...]:
    return tuple(StockChange(sku, on_hand * pieces, reserved * pieces) for sku, pieces in held(order).items())
