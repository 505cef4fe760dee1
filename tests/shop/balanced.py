"""Balances, gift cards and points to try orders on."""

from dataclasses import replace

from functions.shop.code import BalanceKind, Codes, account_of, label
from functions.shop.decision import Decision
from functions.shop.discount import Claim
from functions.shop.ledger import Balance, Spending, spendings
from functions.shop.placing import place
from functions.shop.quote import Quote
from tests.shop.sample import NOW, cart, quote
from tests.small_shop import FREE, POSTCARD, VARIANTS

CODES = Codes(["a-secret-of-a-small-shop"])
GIFT = CODES.gift_card("EARLIER", 0)
CARD_ACCOUNT = account_of(GIFT, "EUR")
POINTS_ACCOUNT = account_of(CODES.points("ada"), "EUR")
VOUCHER = replace(FREE, sku="VOUCHER", product="voucher", title="Gift card", price=2500, tracked=False, digital=True)
GIFT_CARD = replace(VOUCHER, gift_card=True)
ONCE = Claim("welcome", 1, 1, "ada")


def balance(amount: int, account: str = CARD_ACCOUNT) -> Balance:
    """So much on a gift card, or on another account."""
    kind = BalanceKind(account.partition(":")[0])
    return Balance(account, kind, amount, label(GIFT))


def pays(amount: int, account: str = CARD_ACCOUNT) -> tuple[Spending, ...]:
    """So much of the sample order's 33.50 EUR, from a balance."""
    return spendings([balance(amount, account)], 3350, "EUR")


def with_cards(pieces: int = 2) -> Quote:
    """A quote of two postcards and some gift cards of 25.00 EUR."""
    return quote(cart(CARD=2, VOUCHER=pieces), variants=(*VARIANTS, POSTCARD, GIFT_CARD))


def spending(amount: int, order_id: str = "ORDER-1", *, claims: tuple[Claim, ...] = ()) -> Decision:
    """The sample order, placed, with so much of it paid from the gift card."""
    return place(order_id, quote(cart(CARD=2, PRINT_A4=1)), "release-1", NOW, spent=pays(amount), claims=claims)
