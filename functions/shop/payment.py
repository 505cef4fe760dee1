"""Money that came in for an order, and money that goes back."""

from dataclasses import dataclass


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
