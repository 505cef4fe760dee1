"""Money that came in for an order, money that goes back, and money that somebody disputes."""

from dataclasses import dataclass

FAILED = frozenset({"failed", "canceled"})
SETTLED = frozenset({"won", "lost", "warning_closed", "prevented"})
"""Words of Stripe's for a dispute that has ended: https://docs.stripe.com/api/disputes/object."""


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
    """Money to give back. It is written down as an intent first; `stripe_id` is empty until Stripe has made it (R7).

    `status` is Stripe's word for how it stands. One that failed gave nothing back. `told` says that another mail of the
    order tells its customer about it.
    """

    key: str
    payment: str
    amount: int
    reason: str
    at: int
    stripe_id: str = ""
    status: str = ""
    told: bool = False

    @property
    def counts(self) -> bool:
        """Whether money is going back or went back by it."""
        return self.status not in FAILED

    @property
    def made(self) -> bool:
        """Whether Stripe has been told."""
        return bool(self.stripe_id)


@dataclass(frozen=True, slots=True)
class Dispute:
    """Money that a buyer's bank claims back. `status` and `reason` are Stripe's words."""

    id: str
    payment: str
    amount: int
    status: str
    reason: str
    at: int

    @property
    def open(self) -> bool:
        """Whether it is not decided yet."""
        return self.status not in SETTLED

    @property
    def lost(self) -> bool:
        """Whether the money is gone."""
        return self.status == "lost"


@dataclass(frozen=True, slots=True)
class FraudWarning:
    """A card issuer's early word that a payment may be fraud."""

    id: str
    payment: str
    kind: str
    at: int
