"""The cards and bank accounts that one can pay with here. Any other number is refused.

The numbers and what they do are those of Stripe's test mode: https://docs.stripe.com/testing
"""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    PAID = "paid"
    DECLINED = "declined"
    AUTHENTICATE = "authenticate"
    SETTLES = "settles"
    BOUNCES = "bounces"


@dataclass(frozen=True)
class TestMeans:
    """A means of payment: its number, what happens, and for a declined one why."""

    __test__ = False  # not a test class, whatever pytest makes of the name

    number: str
    label: str
    outcome: Outcome
    brand: str = "visa"
    code: str = "card_declined"
    decline_code: str | None = None
    message: str = "Your card was declined."

    @property
    def shown(self) -> str:
        """In groups of four, as on a card."""
        return " ".join(self.number[at : at + 4] for at in range(0, len(self.number), 4))


CARDS = (
    TestMeans("4242424242424242", "Pays at once", Outcome.PAID),
    TestMeans("4000000000000002", "Is declined", Outcome.DECLINED, decline_code="generic_decline"),
    TestMeans("4000002500003155", "Asks for 3-D Secure", Outcome.AUTHENTICATE),
    TestMeans(
        "4000000000009995",
        "Is declined: too little money",
        Outcome.DECLINED,
        decline_code="insufficient_funds",
        message="Your card has insufficient funds.",
    ),
    TestMeans(
        "4000000000000069",
        "Is declined: card has expired",
        Outcome.DECLINED,
        code="expired_card",
        message="Your card has expired.",
    ),
    TestMeans(
        "4000000000000127",
        "Is declined: wrong security code",
        Outcome.DECLINED,
        code="incorrect_cvc",
        message="Your card's security code is incorrect.",
    ),
    TestMeans("5555555555554444", "Pays at once, Mastercard", Outcome.PAID, brand="mastercard"),
)
DEBITS = (
    TestMeans("AT611904300234573201", "Bank debit, arrives later", Outcome.SETTLES, brand="debit"),
    TestMeans(
        "AT861904300235473202",
        "Bank debit, bounces later",
        Outcome.BOUNCES,
        brand="debit",
        code="payment_intent_payment_attempt_failed",
        message="The bank account could not be debited.",
    ),
)
BY_NUMBER = {means.number: means for means in CARDS + DEBITS}


def found(number: str) -> TestMeans | None:
    """The test card or account of a number, however it is spaced."""
    return BY_NUMBER.get("".join(number.split()).replace("-", "").upper())
