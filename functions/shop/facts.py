"""Facts: what Stripe says, asked a moment ago. An order believes nothing else, and refuses none of it."""

from dataclasses import dataclass

from functions.shop.payment import Dispute, FraudWarning
from functions.shop.settings import Address


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """What Stripe says about one Checkout Session, asked a moment ago; the only news an order believes.

    `status` is `open`, `complete` or `expired`; `payment_status` is `paid`, `unpaid` or `no_payment_required`;
    `failed` says that a delayed payment was tried and did not come. Where Stripe works the tax out, `tax` is all of it
    and `tax_on_top` what of it was not in the amounts that Stripe was given; both are in `amount`. `troubled` says that
    there are refunds or disputes of its payment, to be asked for.
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
    troubled: bool = False

    @property
    def complete(self) -> bool:
        """Whether the money is there, or none was needed."""
        return self.status == "complete" and self.payment_status in {"paid", "no_payment_required"}


@dataclass(frozen=True, slots=True)
class RefundFacts:
    """What Stripe says about one refund. `key` is ours; one that somebody made in the dashboard has none."""

    id: str
    payment: str
    amount: int
    status: str
    key: str
    at: int


@dataclass(frozen=True, slots=True)
class PaymentFacts:
    """All that has happened to one payment since it came in."""

    payment: str
    refunds: tuple[RefundFacts, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    warnings: tuple[FraudWarning, ...] = ()


@dataclass(frozen=True, slots=True)
class Sold:
    """One line of a payment page; `unit_price` in minor units. `sku` is empty for what is no goods, such as tax."""

    sku: str
    title: str
    quantity: int
    unit_price: int


@dataclass(frozen=True, slots=True)
class Bill:
    """What a payment page asked money for, as Stripe keeps it. `digest` and `at` are of the quote and the session."""

    lines: tuple[Sold, ...]
    shipping: str
    shipping_price: int
    digest: str
    at: int
