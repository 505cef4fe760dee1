"""Coverage: what is sold but cannot be sent."""

import time
from dataclasses import replace

import pytest

from functions.shop.area import Area
from functions.shop.coverage import Gap, Piece, counted, gaps
from functions.shop.parcel import Measure
from functions.shop.rate import Band, Limits, Refusal, ShippingRate
from functions.shop.shipping import Shipping, ShippingZone
from functions.shop.working_days import Days

OPEN = ShippingRate("open", "Post", 450, Days(1, 3))
TO_TWO_KILOS = ShippingRate(
    "light", "Letter", 0, Days(1, 3), by=Measure.WEIGHT, bands=(Band(400, 500), Band(900, 2000))
)
CARD = Piece("CARD", 10, (150, 105, 2), 250, 20)
FRAME = Piece("FRAME", 2300, (620, 450, 40), 9900, 3)


def zone(*rates: ShippingRate, limits: Limits = Limits()) -> ShippingZone:  # noqa: B008 (it cannot change)
    """A zone with these rates."""
    return ShippingZone("Islands", ("IE",), rates, limits=limits)


def found(where: ShippingZone, *pieces: Piece, packing: int = 100) -> list[Gap]:
    """The gaps of a shop with one zone."""
    return list(gaps(Shipping(Days(0, 0), (where,), packing), pieces))


def test_a_rate_without_an_end_takes_everything() -> None:
    assert found(zone(OPEN), CARD, FRAME) == []
    assert found(zone(TO_TWO_KILOS, OPEN), CARD, FRAME) == []


def test_one_thing_that_is_too_heavy_is_a_gap() -> None:
    where = zone(TO_TWO_KILOS)
    assert found(where, CARD, FRAME) == [Gap(where, TO_TWO_KILOS, Refusal(Measure.WEIGHT, 2400, 2000), "FRAME", 1)]


def test_a_line_at_the_limit_of_its_quantity_must_have_a_rate_and_the_first_that_has_none_is_named() -> None:
    where, mug = zone(TO_TWO_KILOS), Piece("MUG", 400, (), 1600, 6)
    assert found(where, mug) == [Gap(where, TO_TWO_KILOS, Refusal(Measure.WEIGHT, 2100, 2000), "MUG", 5)]
    assert found(where, replace(mug, most=4)) == []


def test_what_a_zone_says_it_does_not_take_is_no_gap() -> None:
    assert found(zone(TO_TWO_KILOS, limits=Limits(weight=2000)), CARD, FRAME) == []


def test_a_limit_beyond_every_rate_is_a_gap_whatever_is_sold() -> None:
    where = zone(TO_TWO_KILOS, limits=Limits(weight=3000))
    assert found(where, CARD) == [Gap(where, TO_TWO_KILOS, Refusal(Measure.WEIGHT, 3000, 2000))]


def test_the_rate_that_goes_furthest_is_named() -> None:
    further = replace(OPEN, id="further", limits=Limits(weight=2200))
    where = zone(TO_TWO_KILOS, further)
    assert found(where, FRAME) == [Gap(where, further, Refusal(Measure.WEIGHT, 2400, 2200), "FRAME", 1)]


def test_each_measure_can_leave_a_gap() -> None:
    long = zone(replace(OPEN, limits=Limits(length=600)))
    assert [gap.refusal for gap in found(long, FRAME)] == [Refusal(Measure.LENGTH, 620, 600)]
    wide = zone(replace(OPEN, limits=Limits(girth=1000)))
    assert [gap.refusal for gap in found(wide, FRAME)] == [Refusal(Measure.GIRTH, 1060, 1000)]
    few = zone(replace(OPEN, by=Measure.COUNT, bands=(Band(400, 12),)))
    assert [gap.refusal for gap in found(few, CARD)] == [Refusal(Measure.COUNT, 13, 12)]
    cheap = zone(replace(OPEN, by=Measure.SUBTOTAL, bands=(Band(400, 20000),)))
    assert [gap.refusal for gap in found(cheap, CARD, FRAME)] == [Refusal(Measure.SUBTOTAL, 29700, 20000)]


def test_a_product_that_is_not_sent_there_needs_no_rate_there() -> None:
    assert found(zone(TO_TWO_KILOS), CARD, replace(FRAME, ships_to=("GB",))) == []
    assert len(found(zone(TO_TWO_KILOS), CARD, replace(FRAME, ships_to=("GB", "IE")))) == 1


def test_a_local_rate_proves_nothing_for_the_rest_of_its_zone() -> None:
    local = replace(OPEN, within=Area("IE", postcodes=("F26",)))
    assert [gap.sku for gap in found(zone(TO_TWO_KILOS, local), FRAME)] == ["FRAME"]


@pytest.mark.parametrize(
    ("rate", "measures"),
    [
        (OPEN, set()), (TO_TWO_KILOS, {Measure.WEIGHT}), (replace(OPEN, limits=Limits(girth=1)), {Measure.GIRTH}),
        (replace(OPEN, by=Measure.LENGTH, bands=(Band(100),)), {Measure.LENGTH}),
    ],
)  # fmt: skip
def test_what_rates_count_must_be_known_of_products(rate: ShippingRate, measures: set[Measure]) -> None:
    assert counted(Shipping(Days(0, 0), (zone(rate),))) == measures


def test_ten_thousand_pieces_and_forty_zones_are_proved_in_a_second() -> None:
    pieces = [Piece(f"P-{at}", 10 + at % 1800, (), 100 + at, 99) for at in range(10_000)]
    zones = tuple(replace(zone(TO_TWO_KILOS, limits=Limits(weight=2000)), name=str(at)) for at in range(40))
    start = time.perf_counter()
    assert list(gaps(Shipping(Days(0, 0), zones), pieces)) == []
    assert time.perf_counter() - start < 1
