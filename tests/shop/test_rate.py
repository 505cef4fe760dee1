"""Rates: what each kind of them costs, and which parcels it takes."""

from dataclasses import replace

import pytest

from functions.shop.money import MoneyFormat
from functions.shop.parcel import (
    Counts,
    Measure,
    Parcel,
    length_text,
    measure_text,
    parcel_of,
    stack,
    stacked,
    weight_text,
)
from functions.shop.rate import Band, Limits, Pickup, Refusal, ShippingRate, price_of, refusal
from functions.shop.working_days import Days
from tests.shop.sample import cart, quote
from tests.small_shop import POSTCARD, PRINT_A4

FLAT = ShippingRate("flat", "Post", 450, Days(1, 3))
BANDS = (Band(400, 1000), Band(700, 2000), Band(1500))
PACKED = Parcel(weight=1000, count=4, before_discounts=6000, after_discounts=5400, length=450, girth=780)


def by(measure: Measure, *bands: Band) -> ShippingRate:
    """A rate by one measure."""
    return replace(FLAT, price=0, by=measure, bands=bands)


def test_a_flat_rate_is_the_same_for_every_parcel() -> None:
    assert [price_of(FLAT, Parcel()), price_of(FLAT, PACKED)] == [450, 450]


def test_a_price_for_each_piece_is_added() -> None:
    assert price_of(replace(FLAT, per_item=120), PACKED) == 450 + 480
    assert price_of(replace(FLAT, price=0, per_item=120), replace(PACKED, count=1)) == 120


@pytest.mark.parametrize(
    ("weight", "price"), [(0, 400), (999, 400), (1000, 400), (1001, 700), (2000, 700), (2001, 1500), (99_000, 1500)]
)
def test_a_band_goes_up_to_and_includes_its_end(weight: int, price: int) -> None:
    assert price_of(by(Measure.WEIGHT, *BANDS), replace(PACKED, weight=weight)) == price


@pytest.mark.parametrize(
    ("rate", "price"),
    [
        (by(Measure.COUNT, Band(400, 3), Band(700, 4)), 700),
        (by(Measure.SUBTOTAL, Band(900, 5400), Band(0)), 900),
        (replace(by(Measure.SUBTOTAL, Band(900, 5400), Band(0)), free_over_counts=Counts.BEFORE_DISCOUNTS), 0),
        (by(Measure.LENGTH, Band(400, 449), Band(700, 450)), 700),
        (by(Measure.GIRTH, Band(400, 780), Band(700)), 400),
    ],
)
def test_bands_count_by_any_measure(rate: ShippingRate, price: int) -> None:
    assert price_of(rate, PACKED) == price


@pytest.mark.parametrize(
    ("counts", "free_over", "price"),
    [
        (Counts.AFTER_DISCOUNTS, 5400, 0), (Counts.AFTER_DISCOUNTS, 5401, 450),
        (Counts.BEFORE_DISCOUNTS, 6000, 0), (Counts.BEFORE_DISCOUNTS, 6001, 450),
    ],
)  # fmt: skip
def test_free_over_says_whether_it_counts_discounts(counts: Counts, free_over: int, price: int) -> None:
    assert price_of(replace(FLAT, free_over=free_over, free_over_counts=counts), PACKED) == price


def test_a_surcharge_is_paid_beside_a_price_and_beside_nothing_but_not_for_what_is_collected() -> None:
    bulky = replace(PACKED, surcharge=1500)
    assert price_of(FLAT, bulky) == 1950
    assert price_of(replace(FLAT, free_over=100), bulky) == 1500
    assert price_of(replace(FLAT, price=0, pickup=Pickup("The harbour", "Sat 10–14")), bulky) == 0


@pytest.mark.parametrize(
    ("rate", "refused"),
    [
        (FLAT, None),
        (by(Measure.WEIGHT, Band(400, 1000)), None),
        (by(Measure.WEIGHT, Band(400, 999)), Refusal(Measure.WEIGHT, 1000, 999)),
        (by(Measure.WEIGHT, Band(400, 999), Band(900)), None),
        (by(Measure.COUNT, Band(400, 3)), Refusal(Measure.COUNT, 4, 3)),
        (replace(FLAT, limits=Limits(weight=999)), Refusal(Measure.WEIGHT, 1000, 999)),
        (replace(FLAT, limits=Limits(length=450, girth=780)), None),
        (replace(FLAT, limits=Limits(length=449)), Refusal(Measure.LENGTH, 450, 449)),
        (replace(FLAT, limits=Limits(girth=779)), Refusal(Measure.GIRTH, 780, 779)),
    ],
)
def test_a_rate_takes_nothing_beyond_its_last_band_and_its_limits(rate: ShippingRate, refused: Refusal | None) -> None:
    assert refusal(rate, PACKED) == refused


def test_the_least_of_a_rate_is_what_pages_can_promise() -> None:
    assert (FLAT.least, by(Measure.WEIGHT, *BANDS).least) == (450, 400)


def test_things_are_packed_flat_on_top_of_each_other() -> None:
    frame, mug = (620, 450, 40), (120, 100, 100)
    assert stacked([(frame, 1)]) == (620, 980)
    assert stacked([(frame, 2), (mug, 1)]) == (620, 2 * (450 + 180))
    assert stacked([(mug, 8)]) == (800, 440)
    assert stacked([((), 3)]) == (0, 0)
    assert stack([(mug, 8), ((), 1)]) == (800, 120, 100)
    assert stack([((), 1)]) == ()


def test_a_parcel_holds_all_that_is_not_a_file_and_its_packing() -> None:
    framed = replace(PRINT_A4, size=(320, 240, 40), surcharge=200)
    file = replace(POSTCARD, sku="FILE", digital=True, tracked=False, weight=0)
    made = quote(cart(PRINT_A4=2, CARD=3, FILE=1), variants=(framed, POSTCARD, file))
    variants = {variant.sku: variant for variant in (framed, POSTCARD, file)}
    assert parcel_of(made.lines, variants, packing=120, discount=800) == Parcel(
        weight=120 + 360 + 30, count=5, before_discounts=5800, after_discounts=5000,
        length=320, girth=2 * (240 + 80), surcharge=400,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("grams", "text"), [(0, "0 g"), (999, "999 g"), (1000, "1 kg"), (2400, "2.4 kg"), (12_005, "12.005 kg")]
)
def test_weights_are_written_as_people_do(grams: int, text: str) -> None:
    assert weight_text(grams) == text
    assert weight_text(grams, ",") == text.replace(".", ",")


@pytest.mark.parametrize(("millimetres", "text"), [(5, "0.5 cm"), (450, "45 cm"), (455, "45.5 cm"), (1200, "120 cm")])
def test_lengths_are_written_as_people_do(millimetres: int, text: str) -> None:
    assert length_text(millimetres) == text
    assert length_text(millimetres, ",") == text.replace(".", ",")


def test_a_shop_writes_measures_as_it_writes_prices() -> None:
    german = MoneyFormat("EUR", 2, decimal=",", group=".", suffix="\N{NO-BREAK SPACE}€")
    told = [measure_text(2400, measure, german) for measure in (Measure.WEIGHT, Measure.SUBTOTAL, Measure.COUNT)]
    assert told == ["2,4 kg", "24,00\N{NO-BREAK SPACE}€", "2400"]
    assert measure_text(455, Measure.LENGTH, german) == "45,5 cm"
