"""What a whole cart is promised: on Tuesday, 24 November 2026 at 11:50 in Dublin, packed by 14:00."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from functions.shop.calendar import Holidays
from functions.shop.cart import CartLine
from functions.shop.placing import place
from functions.shop.promise import Dispatch, Promise
from functions.shop.promotion import Kind
from functions.shop.quote import Quote
from functions.shop.quote import waiting as quote_waiting
from functions.shop.rate import Pickup, ShippingRate
from functions.shop.settings import Closure, Settings
from functions.shop.settling import decide, waiting
from functions.shop.shipping import Shipping, ShippingZone
from functions.shop.working_days import Days
from tests.shop.promoted import promotion
from tests.shop.sample import cart, facts, quote
from tests.small_shop import PRINT_A4, SETTINGS, VARIANTS

NOW = int(datetime(2026, 11, 24, 11, 50, tzinfo=ZoneInfo("Europe/Dublin")).timestamp())
CUT_OFF = NOW + 2 * 3600 + 10 * 60
HOLIDAYS = Holidays({"IE": {"2026": "1225 1226"}, "DE": {"2026": "1201"}}, "2028-12-31", "IE")
SHOP = replace(SETTINGS, dispatch=Dispatch("14:00"), holidays=HOLIDAYS)
PREORDER = replace(PRINT_A4, sku="PRE", release_date="2027-01-11")
LATER_STILL = replace(PRINT_A4, sku="PRE-2", release_date="2027-02-01")
SOLD_OUT = replace(PRINT_A4, sku="BACK", backorder="2-3 weeks")
SLOW = replace(PRINT_A4, sku="SLOW", handling=Days(5, 6))
GOODS = (*VARIANTS, PREORDER, LATER_STILL, SOLD_OUT, SLOW)


def made(
    *, now: int = NOW, country: str = "", left: dict[str, int] | None = None, settings: Settings = SHOP, **bought: int
) -> Quote:
    plenty = {variant.sku: 1000 for variant in GOODS if variant.tracked} | {"BACK": 0} | (left or {})
    return quote(cart(**bought), variants=GOODS, available=plenty, country=country, settings=settings, now=now)


def dates(found: Quote) -> list[tuple[str, str] | None]:
    """Between which days each way arrives."""
    return [(one.promise.arrives_from, one.promise.arrives_to) if one.promise else None for one in found.choices]


def test_every_way_to_send_a_cart_is_promised() -> None:
    assert [choice.promise for choice in made(CARD=1).choices] == [
        Promise("2026-11-26", "2026-11-26", "2026-12-01", CUT_OFF),
        Promise("2026-11-26", "2026-11-26", "2026-11-27", CUT_OFF),
    ]


@pytest.mark.parametrize(
    ("bought", "expected"),
    [
        ({"CARD": 1, "SLOW": 1}, ("2026-12-02", "2026-12-07")),
        ({"CARD": 1, "PRE": 1}, ("2026-11-26", "2026-12-01")),
        ({"PRE": 1}, ("2027-01-13", "2027-01-18")),
        ({"PRE": 1, "PRE_2": 1}, ("2027-02-03", "2027-02-08")),
        ({"PRE": 1, "BACK": 1}, ("2027-01-13", "2027-01-18")),
        ({"CARD": 1, "BACK": 1}, ("2026-11-26", "2026-12-01")),
        ({"BACK": 1}, None),
    ],
)
def test_what_is_in_stock_counts_or_else_the_last_release(
    bought: dict[str, int], expected: tuple[str, str] | None
) -> None:
    assert dates(made(**bought))[0] == expected  # type: ignore[arg-type]


def test_a_gift_travels_with_the_goods_it_came_with() -> None:
    """It never gets days of its own, but those of the others may wait until it is packed."""
    thanks = promotion(Kind.GIFT, "thanks", gift=CartLine("SLOW", 1))
    shop = replace(SHOP, promotions=(thanks,))
    assert dates(made(settings=shop, BACK=1))[0] is None
    assert dates(made(settings=shop, PRE=1))[0] == ("2027-01-19", "2027-01-22")
    assert dates(made(settings=shop, CARD=1))[0] == ("2026-12-02", "2026-12-07")


def test_holidays_where_it_goes_make_it_later() -> None:
    assert dates(made(CARD=1, country="DE")) == [("2026-11-30", "2026-12-08")]


def test_what_is_collected_is_ready_when_it_is_packed() -> None:
    rates = (
        ShippingRate("post", "Post", 450, Days(1, 3)),
        ShippingRate("harbour", "Collect", 0, Days(0, 0), pickup=Pickup("3 Quay Lane", "Mon–Fri")),
    )
    shop = replace(SHOP, shipping=Shipping(Days(1, 2), (ShippingZone("Ireland", ("IE",), rates),)))
    shop = replace(shop, dispatch=Dispatch("14:00", (0, 5)))
    post, harbour = made(CARD=1, settings=shop).choices
    assert (post.promise, harbour.promise) == (
        Promise("2026-12-07", "2026-12-01", "2026-12-10", CUT_OFF + 4 * 86400),
        Promise("2026-12-05", "2026-11-30", "2026-12-05", CUT_OFF + 4 * 86400),
    )


def test_the_fastest_way_is_the_one_that_arrives_first() -> None:
    rates = (
        ShippingRate("round", "Our round", 100, Days(0, 0), carrier_days=(2,)),
        ShippingRate("post", "Post", 450, Days(1, 2)),
    )
    shop = replace(SHOP, shipping=Shipping(Days(1, 2), (ShippingZone("Ireland", ("IE",), rates),)))
    later = made(CARD=1, settings=shop).choices
    assert [(one.id, one.cheapest, one.fastest) for one in later] == [("round", True, False), ("post", False, True)]
    unknown = made(CARD=1, settings=replace(shop, holidays=None)).choices
    assert [(one.id, one.cheapest, one.fastest) for one in unknown] == [("round", True, True), ("post", False, False)]


def test_nothing_is_promised_while_the_shop_takes_no_orders_or_knows_no_holidays() -> None:
    shut = replace(SHOP, closures=(Closure("2026-11-24", "2026-11-25", "Away", orders=False),))
    assert dates(made(CARD=1, settings=shut)) == [None, None]
    assert dates(made(CARD=1, settings=replace(SHOP, holidays=None))) == [None, None]
    assert dates(made(CARD=1, now=0)) == [None, None]


def test_the_digest_tells_the_days_and_not_how_long_they_hold() -> None:
    first = made(CARD=1)
    assert made(CARD=1, now=CUT_OFF - 1).digest == first.digest
    assert made(CARD=1, now=CUT_OFF).digest != first.digest


def test_an_order_keeps_the_days_it_was_placed_with_as_data() -> None:
    order = place("ORDER-1", made(CARD=1), "release-1", NOW).order
    assert (order.dispatch_by, order.arrives_from, order.arrives_to) == ("2026-11-26", "2026-11-26", "2026-12-01")
    assert order.shipping
    assert order.shipping.promise is None
    undated = place("ORDER-2", made(BACK=1), "release-1", NOW).order
    assert (undated.dispatch_by, undated.arrives_from, undated.arrives_to) == ("", "", "")


@pytest.mark.parametrize(
    ("bought", "arrives"),
    [({"BACK": 1}, ""), ({"CARD": 1, "BACK": 1}, "2026-12-01"), ({"PRE": 1, "BACK": 1}, "")],
)
def test_a_promise_falls_with_the_last_line_it_was_for(bought: dict[str, int], arrives: str) -> None:
    found = made(left={"BACK": 5}, **bought)  # type: ignore[arg-type]
    assert found.shipping
    assert found.shipping.promise
    assert found.shipping.promise.arrives_to == "2026-12-01"
    assert waiting(place("ORDER-1", found, "release-1", NOW).order, "BACK").arrives_to == arrives
    later = quote_waiting(found, "BACK")
    assert place("ORDER-1", later, "release-1", NOW).order.arrives_to == arrives
    assert later.digest != found.digest


@pytest.mark.parametrize(
    ("paid_on", "arrives"), [("2026-11-24", "2026-12-01"), ("2026-11-26", "2026-12-01"), ("2026-11-27", "")]
)
def test_money_that_comes_after_the_day_of_leaving_finds_no_promise(paid_on: str, arrives: str) -> None:
    order = place("ORDER-1", made(CARD=1), "release-1", NOW).order
    paid_at = int(datetime.fromisoformat(f"{paid_on}T23:59:59+00:00").timestamp())
    assert decide(order, facts(amount=order.total), paid_at).order.arrives_to == arrives
