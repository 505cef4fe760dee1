"""Facts: what Stripe says, asked a moment ago. An order believes nothing else, and refuses none of it."""

from dataclasses import dataclass

from functions.shop.settings import Address


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
