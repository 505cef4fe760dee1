"""An order: an immutable record of what was bought and of all that has happened to it since."""

from dataclasses import dataclass, replace

from functions.shop.area import Area
from functions.shop.cart import Cart, CartLine
from functions.shop.destination import Destination
from functions.shop.discount import Claim, Discount
from functions.shop.errors import IllegalTransition
from functions.shop.ledger import Card, Credit, Earning, Spending
from functions.shop.line import LineItem
from functions.shop.message import TO_OWNER, Kind, Message
from functions.shop.note import NO_NOTES, Notes
from functions.shop.payment import Dispute, FraudWarning, Payment, Refund
from functions.shop.portion import Portion
from functions.shop.returns import Question, Return, Withdrawal
from functions.shop.settings import Address
from functions.shop.shipment import Shipment
from functions.shop.shipping import ShippingChoice
from functions.shop.state import OPEN, PAID_LIKE, TRANSITIONS, State
from functions.shop.tax import TaxLine

SCHEMA = 1


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

    What happens to it later is in lists that only grow: `payments`, `refunds`, `disputes`, `shipments`, `returns`. How
    it stands in each respect follows from them (functions/shop/status.py). `invoice` is its number once it is paid,
    and `billed` the address on it, which stays when the parcel is sent elsewhere; `remarks` are what the owner wrote to
    the customer about a delay, `portions` the pieces that money went back for, and `credits` what of that money went
    back to balances.
    `from_place` says where it was ordered as limits count places, by a hash; only while it waits at its payment page.
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
    invoice: int = 0
    packed_at: int = 0
    cancelled_at: int = 0
    shipments: tuple[Shipment, ...] = ()
    returns: tuple[Return, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()
    questions: tuple[Question, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    warnings: tuple[FraudWarning, ...] = ()
    remarks: tuple[str, ...] = ()
    erased_at: int = 0
    portions: tuple[Portion, ...] = ()
    billed: Address | None = None
    notes: Notes = NO_NOTES
    credits: tuple[Credit, ...] = ()
    from_place: str = ""

    @property
    def buyer(self) -> Address | None:
        """Who the invoice is for."""
        return self.billed or self.address

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


def owing(order: Order, kind: Kind, now: int, *, about: str = "", to: str = "") -> Order:
    """The order with one more mail due, to its customer unless said otherwise; one only for each thing it is about. Who
    was forgotten gets none.
    """
    message = Message(kind, to or order.email, now, key=f"{kind.value}:{about}" if about else "")
    if kind in TO_OWNER:
        message = replace(message, to="")
    elif order.erased_at and not message.to:
        return order
    if any(known.name == message.name for known in order.messages):
        return order
    return replace(order, messages=(*order.messages, message))


def stopped(order: Order, why: str) -> Order:
    """The order held. What held it before stays said as well."""
    return order if why in order.held else replace(order, held=f"{order.held} {why}".strip())


def moved(order: Order, state: State) -> Order:
    """The order in the next state. Raises IllegalTransition where the table has no such step (R16)."""
    if state not in TRANSITIONS[order.state]:
        raise IllegalTransition(f"Order {order.id} is {order.state} and cannot become {state}.")
    return replace(order, state=state, from_place="")
