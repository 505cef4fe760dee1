"""Changes: every way in which a cart can be another one than was shown, each in its own sentence with old and new."""

import json
from dataclasses import replace
from typing import Any

import pytest

from functions.shop.cart import CartLine
from functions.shop.changes import Summary, changes, gone, goods_changes, packed, summary_of, unpacked
from functions.shop.code import BalanceKind
from functions.shop.discount import Discount
from functions.shop.ledger import Spending
from functions.shop.promise import Promise
from functions.shop.promotion import Kind, Promotion
from functions.shop.quote import Quote
from functions.shop.rate import Pickup
from functions.shop.tax import TaxLine
from tests.shop.sample import cart, quote
from tests.small_shop import POSTCARD, PRINT_A4, SETTINGS, VARIANTS

SHOWN = quote(cart(CARD=2, PRINT_A4=1))
DAYS = Promise("2026-11-30", "2026-12-01", "2026-12-03", 0)
LATER = Promise("2026-12-01", "2026-12-02", "2026-12-04", 0)
GIFT = Promotion("gift", "A card from us", Kind.GIFT, gift=CartLine("CARD", 1))


def summary(shown: Quote) -> Summary:
    return summary_of(shown, SETTINGS)


def said(before: Quote, after: Quote) -> list[str]:
    return [str(one) for one in changes(summary(before), after, SETTINGS)]


def sent(**fields: Any) -> Quote:
    """The quote with another way to send it; its sums are as they were."""
    assert SHOWN.shipping
    return replace(SHOWN, shipping=replace(SHOWN.shipping, **fields))


def reduced(*discounts: tuple[str, int]) -> Quote:
    """The quote with discounts of these names; its total is as it was."""
    return replace(SHOWN, discounts=tuple(Discount(name, name, "", amount, (amount, 0)) for name, amount in discounts))


def test_what_is_as_it_was_shown_says_nothing() -> None:
    assert said(SHOWN, quote(cart(CARD=2, PRINT_A4=1))) == []


def test_another_price_is_named_and_then_the_total() -> None:
    dearer = tuple(replace(one, price=2600) if one == PRINT_A4 else one for one in VARIANTS)
    assert said(SHOWN, quote(cart(CARD=2, PRINT_A4=1), variants=dearer)) == [
        "Print, A4, Oak: the price is now €26.00, it was €24.00.",
        "The total is now €35.50, it was €33.50.",
    ]


def test_another_quantity_is_named() -> None:
    assert said(SHOWN, quote(cart(CARD=1, PRINT_A4=1))) == [
        "Postcard: the quantity is now 1, it was 2.",
        "The total is now €31.00, it was €33.50.",
    ]


def test_what_is_no_longer_sold_is_named_though_the_quote_knows_it_no_more() -> None:
    left = quote(cart(CARD=2, PRINT_A4=1), variants=(PRINT_A4,))
    assert gone(summary(SHOWN), left) == {"CARD": "Postcard"}
    assert said(SHOWN, left) == [
        "Postcard has been removed: no longer sold.",
        "The total is now €28.50, it was €33.50.",
    ]


def test_lines_that_came_and_went_are_named() -> None:
    assert said(SHOWN, quote(cart(CARD=2, LAST=1))) == [
        "Print, A4, Oak is no longer in your cart.",
        "The last one is new in your cart.",
        "The total is now €19.50, it was €33.50.",
    ]


def test_a_gift_that_is_gone_or_new_is_named_and_never_as_a_line() -> None:
    giving = quote(cart(CARD=2, PRINT_A4=1), settings=replace(SETTINGS, promotions=(GIFT,)))
    assert said(giving, SHOWN) == ["The gift Postcard is no longer included."]
    assert said(SHOWN, giving) == ["A gift is included now: Postcard."]


def test_a_line_that_comes_later_or_with_the_rest_after_all_is_named() -> None:
    slow = tuple(replace(one, backorder="2–3 weeks") if one == POSTCARD else one for one in VARIANTS)
    bought = cart(CARD=2, PRINT_A4=1)
    late = quote(bought, variants=slow, available={"CARD": 1, "PRINT-A4": 9})
    assert said(SHOWN, late) == ["Postcard comes at another time: Back-order: sent in 2–3 weeks."]
    assert said(late, SHOWN) == ["Postcard now comes with the rest."]


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (reduced(("Spring", 500)), reduced(), "The discount “Spring” no longer applies; it was €5.00."),
        (reduced(("Spring", 500)), reduced(("Spring", 300)), "The discount “Spring” is now €3.00, it was €5.00."),
        (reduced(), reduced(("Spring", 500)), "There is a new discount, “Spring”: €5.00."),
        (sent(price=450), sent(price=590), "Delivery is now €5.90, it was €4.50."),
        (sent(name="Standard"), sent(name="Express"), "Delivery is now by “Express”, it was by “Standard”."),
        (
            sent(promise=DAYS),
            sent(promise=LATER),
            "It now arrives Wed 2 – Fri 4 Dec instead of Tue 1 – Thu 3 Dec.",
        ),
        (sent(promise=DAYS), sent(), "No day of arrival can be promised any more; it was Tue 1 – Thu 3 Dec."),
        (
            sent(promise=DAYS, pickup=Pickup("Here", "Now")),
            sent(promise=LATER, pickup=Pickup("Here", "Now")),
            "It is now ready from Fri 4 Dec instead of Thu 3 Dec.",
        ),
        (
            replace(SHOWN, spent=(Spending("a", BalanceKind.GIFT_CARD, 1000, "GIFT-…9HFT"),)),
            replace(SHOWN, spent=(Spending("a", BalanceKind.GIFT_CARD, 800, "GIFT-…9HFT"),)),
            "GIFT-…9HFT now pays €8.00, it was €10.00.",
        ),
        (
            replace(SHOWN, taxes=(TaxLine("VAT", 2300, 2724, 626),)),
            replace(SHOWN, taxes=(TaxLine("VAT", 2100, 2769, 581),)),
            "The tax is now €5.81, it was €6.26.",
        ),
        (replace(SHOWN, total=3350), replace(SHOWN, total=3351), "The total is now €33.51, it was €33.50."),
    ],
)  # fmt: skip
def test_everything_else_that_changes_is_named_by_itself(before: Quote, after: Quote, sentence: str) -> None:
    assert said(before, after) == [sentence]


def test_another_destination_is_named_with_all_that_comes_of_it() -> None:
    assert said(SHOWN, quote(cart(CARD=2, PRINT_A4=1), country="DE")) == [
        "It now goes to Germany instead of Ireland.",
        "Delivery is now €8.90, it was €4.50.",
        "The total is now €37.90, it was €33.50.",
    ]


def test_tax_on_top_is_named_beside_other_changes() -> None:
    settings = replace(SETTINGS, tax=replace(SETTINGS.tax, inclusive=False))
    before, after = (quote(cart(CARD=pieces), settings=settings) for pieces in (2, 4))
    assert [str(one) for one in changes(summary(before), after, settings)] == [
        "Postcard: the quantity is now 4, it was 2.",
        "The tax is now €3.34, it was €2.19.",
        "The total is now €17.84, it was €11.69.",
    ]


def test_of_a_cart_that_the_shopper_changed_only_goods_and_prices_are_named() -> None:
    dearer = tuple(replace(one, price=300) if one == POSTCARD else one for one in VARIANTS)
    after = quote(cart(CARD=5, LAST=1), variants=dearer, country="DE")
    assert list(goods_changes(summary(SHOWN), after, SETTINGS)) == ["Postcard: the price is now €3.00, it was €2.50."]


def test_a_summary_comes_back_the_same_from_its_json() -> None:
    full = summary(
        replace(
            sent(promise=DAYS),
            discounts=reduced(("Spring", 5)).discounts,
            spent=(Spending("a", BalanceKind.GIFT_CARD, 1, "G"),),
        )
    )
    assert unpacked(json.loads(json.dumps(packed(full)))) == full
    assert unpacked(json.loads(json.dumps(packed(summary(quote(cart())))))) == summary(quote(cart()))
