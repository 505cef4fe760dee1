"""An order: an immutable record of what was bought, and the one function that moves it through its life."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from functions.shop import ledger
from functions.shop.area import Area
from functions.shop.arrival import keeps
from functions.shop.cart import Cart, CartLine
from functions.shop.destination import Destination, normal_postcode, normal_region
from functions.shop.discount import Claim, Discount
from functions.shop.errors import IllegalTransition
from functions.shop.ledger import Card, Earning, Entry, Spending
from functions.shop.line import LineItem, back_ordered
from functions.shop.message import Kind, Message
from functions.shop.note import NO_NOTES, Notes
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
    `vat_id` is a business buyer's checked number. `discounts` are the promotions it was sold under. What was promised
    are days (ISO 8601): it leaves on `dispatch_by` at the latest and arrives from `arrives_from` to `arrives_to`; empty
    where nothing was.

    `spent` are the balances that pay part of the total, `cards` the gift cards that it buys, `earned` its points, and
    `claims` the limited promotions that it uses. `reversals` counts how often some of it was given back. The address
    must lie in one of the areas of `reach`, for which its delivery was priced; none means that any will do. `notes` are
    what the shopper has to say to whoever gets it and whoever brings it.
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
    discounts: tuple[Discount, ...] = ()
    spent: tuple[Spending, ...] = ()
    cards: tuple[Card, ...] = ()
    earned: Earning | None = None
    claims: tuple[Claim, ...] = ()
    reversals: int = 0
    reach: tuple[Area, ...] = ()
    notes: Notes = NO_NOTES

    @property
    def discount(self) -> int:
        """What promotions take off the subtotal."""
        return sum(one.amount for one in self.discounts)

    @property
    def due(self) -> int:
        """What is left to be charged, once balances have paid their part."""
        return self.total - sum(one.amount for one in self.spent)

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
        return Cart(tuple(CartLine(line.sku, line.quantity) for line in self.lines if not line.gift))

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
class ClaimChange:
    """One use of a limited promotion more (1) or fewer (-1)."""

    claim: Claim
    by: int


@dataclass(frozen=True, slots=True)
class Decision:
    """What to write in one transaction: the order as it shall be, and the stock, uses and balances that move along."""

    order: Order
    stock: tuple[StockChange, ...] = ()
    claims: tuple[ClaimChange, ...] = ()
    entries: tuple[Entry, ...] = ()


def place(
    order_id: str,
    quote: Quote,
    release: str,
    now: int,
    *,
    spent: tuple[Spending, ...] = (),
    cards: tuple[Card, ...] = (),
    points: int = 0,
    claims: tuple[Claim, ...] = (),
    email: str = "",
    notes: Notes = NO_NOTES,
) -> Decision:
    """A new order for a quote, with its stock, uses and balances reserved. Nothing has been said to Stripe yet.

    `points` is what it will earn.
    """
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
        discounts=quote.discounts,
        spent=spent,
        cards=cards,
        earned=Earning(points) if points else None,
        claims=claims,
        email=email,
        notes=notes.fitting(sent=bool(quote.country), fetched=bool(quote.shipping and quote.shipping.pickup)),
        reach=quote.reach,
        dispatch_by=promise.dispatch_by if promise else "",
        arrives_from=promise.arrives_from if promise else "",
        arrives_to=promise.arrives_to if promise else "",
    )
    taken = ledger.spent(order_id, spent, now)
    return Decision(order, _stock(order, on_hand=0, reserved=1), _claims(order, 1), taken)


def decide(order: Order, facts: SessionFacts, now: int, *, points_account: str = "", restock: bool = True) -> Decision:
    """What a fact from Stripe does to an order. A fact is never refused; one that says nothing new changes nothing.

    `points_account` is where the points of this buyer go. `restock` says whether an order whose money came late may
    still take again what it gave back: its stock, its uses and what it spends. When that is gone, call again with
    False, and the money is given back (state `unfulfillable`).
    """
    if facts.order != order.id:
        return Decision(order)  # a payment counts for the order it was made for, and for no other (R2, R3)
    if facts.complete:
        return _settled(order, facts, now, points_account, restock)
    if facts.status == "expired" or facts.failed:
        return _expired(order, facts, now)
    if facts.status == "complete" and order.state is State.PENDING:
        return Decision(_moved(_informed(order, facts), State.AWAITING_PAYMENT))
    return Decision(_informed(order, facts))


def expire_unsold(order: Order, now: int) -> Decision:
    """End a pending order that Stripe never heard of: nobody can pay it, so all that it reserved goes back."""
    if order.session:
        raise IllegalTransition(f"Order {order.id} has a payment session; ask Stripe before ending it.")
    if order.state is not State.PENDING:
        raise IllegalTransition(f"Order {order.id} is {order.state}; only a pending order can end unpaid.")
    return _ended(order, now)


def credit(order: Order, now: int, *, points_account: str = "") -> Decision:
    """The balances that a paid order brings about: its gift cards, with the mail that tells the codes, and its points.

    A held order brings about none. Who lets it go calls this; doing it twice writes every entry once.
    """
    if order.held:
        return Decision(order)
    if order.earned and points_account:
        order = replace(order, earned=replace(order.earned, account=points_account))
    if order.cards and not any(message.kind is Kind.GIFT_CARD for message in order.messages):
        order = _owing(order, Message(Kind.GIFT_CARD, order.email, now))
    entries = (*ledger.sold(order.id, order.cards, now), *ledger.earned(order.id, order.earned, now))
    return Decision(order, entries=entries)


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


def _settled(order: Order, facts: SessionFacts, now: int, points_account: str, restock: bool) -> Decision:
    if any(payment.session == facts.session for payment in order.payments):
        return Decision(order)
    if order.paid_like:
        again = _with_payment(order, facts, now)
        return Decision(_with_refund(again, "The order had been paid before.", now))
    paid = _with_payment(_taxed(_bought(order, facts), facts), facts, now)
    if order.open or restock:
        return _bought_at_last(order, _confirmed(paid, facts, now), points_account, now)
    given_up = _moved(paid, State.UNFULFILLABLE)
    sorry = _with_refund(given_up, "The payment came after the order had expired and what it kept was gone.", now)
    return Decision(_owing(sorry, Message(Kind.APOLOGY, sorry.email, now)))


def _bought_at_last(before: Order, paid: Order, points_account: str, now: int) -> Decision:
    """What was reserved is kept for good; an order that had ended takes it again. Both then earn what they earn."""
    credited = credit(paid, now, points_account=points_account)
    if before.open:
        return replace(credited, stock=_stock(before, on_hand=-1, reserved=-1))
    taken = ledger.spent(before.id, before.spent, now, act="spend-late")
    stock = _stock(before, on_hand=-1, reserved=0)
    return Decision(credited.order, stock, _claims(before, 1), (*taken, *credited.entries))


def _confirmed(order: Order, facts: SessionFacts, now: int) -> Order:
    held = _mismatch(order, facts) or _astray(order)
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
    if (facts.amount, facts.currency) == (order.due, order.currency):
        return ""
    wanted, got = f"{order.due} {order.currency}", f"{facts.amount} {facts.currency}"
    return f"Stripe charged {got} (in minor units) instead of {wanted}."


def _astray(order: Order) -> str:
    """Why the order must be held: its address is not where its delivery was priced for. Empty when it is."""
    place = order.address
    if place is None or not order.reach:
        return ""
    meant = Destination(place.country, normal_postcode(place.postcode), normal_region(place.region))
    if any(area.covers(meant) for area in order.reach):
        return ""
    return (
        "The address lies outside of where its delivery was priced for. "
        "Agree with the customer on the difference or on another address, or give the money back."
    )


def _ended(order: Order, now: int) -> Decision:
    """The order when it ends unpaid, and all that it reserved on the way back."""
    back = ledger.given_back(order.id, order.spent, [one.amount for one in order.spent], now)
    return Decision(_moved(order, State.EXPIRED), _stock(order, on_hand=0, reserved=-1), _claims(order, -1), back)


def _expired(order: Order, facts: SessionFacts, now: int) -> Decision:
    """End an order whose session can bring no money. One that knows of no session yet learns here that this was it."""
    if not order.open or order.session not in {"", facts.session}:
        return Decision(order)
    return _ended(replace(order, session=facts.session), now)


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


def _claims(order: Order, by: int) -> tuple[ClaimChange, ...]:
    return tuple(ClaimChange(claim, by) for claim in order.claims)


def _stock(order: Order, *, on_hand: int, reserved: int) -> tuple[StockChange, ...]:
    return tuple(StockChange(sku, on_hand * pieces, reserved * pieces) for sku, pieces in held(order).items())
