"""Tax: rates by category and zone, and parts that add up at each rate and in sum (R4)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.shop.area import Area
from functions.shop.destination import Destination
from functions.shop.tax import Relief, Service, Tax, TaxLine, TaxZone, added_tax, included_tax, taxes

HOME = TaxZone("Ireland", {"standard": 2300, "reduced": 1350, "books": 0}, (Area("IE"),))
GERMANY = TaxZone("Germany", {"standard": 1900, "reduced": 700, "books": 700}, (Area("DE"),))
BELFAST = TaxZone("Northern Ireland", {"standard": 2000, "books": 0}, (Area("GB", postcodes=("BT",)),))
CANARIES = TaxZone("Canary Islands", {}, (Area("ES", regions=("CN",)),))
SPAIN = TaxZone("Spain", {"standard": 2100}, (Area("ES"),))
EXPORTS = TaxZone("Exports")
VAT = Tax("VAT", 2300, (HOME, GERMANY, BELFAST, CANARIES, SPAIN, EXPORTS), home="IE")
IE, DE, GB, ES, US = (Destination(code) for code in ("IE", "DE", "GB", "ES", "US"))
BERLIN_BUYER, DUBLIN_BUYER, BELFAST_BUYER, LONDON_BUYER = "DE123456788", "IE1234567T", "XI123456782", "GB123456782"


# One rate


@pytest.mark.parametrize(
    ("gross", "tax"),
    [(0, 0), (1, 0), (2, 0), (3, 1), (100, 19), (123, 23), (1230, 230), (2400, 449), (3350, 626), (9999, 1870)],
)
def test_of_a_price_with_23_percent_this_much_is_tax(gross: int, tax: int) -> None:
    assert included_tax(gross, 2300) == tax


@pytest.mark.parametrize(
    ("rate", "gross", "tax"),
    [
        (0, 1000, 0),
        (1350, 1135, 135),
        (700, 107, 7),
        (1900, 11900, 1900),
        (2000, 3, 1),
        (10_000, 1, 1),
        (550, 1055, 55),
    ],
)
def test_other_rates_work_alike_and_halves_round_up(rate: int, gross: int, tax: int) -> None:
    assert included_tax(gross, rate) == tax


@pytest.mark.parametrize(
    ("rate", "net", "tax"),
    [(0, 1000, 0), (2300, 1000, 230), (1350, 1000, 135), (725, 200, 15), (725, 199, 14), (2550, 2, 1), (10_000, 7, 7)],
)
def test_on_top_of_a_price_without_tax_comes_this_much_and_halves_round_up(rate: int, net: int, tax: int) -> None:
    assert added_tax(net, rate) == tax


@pytest.mark.parametrize(
    ("gross", "rate", "step", "tax"),
    [(124_000, 2400, 100, 24_000), (99_900, 2400, 100, 19_300), (12_340, 500, 10, 590), (1100, 1000, 1, 100)],
    ids=["ISK", "ISK with a remainder", "KWD", "JPY"],
)
def test_tax_is_rounded_to_what_the_currency_is_paid_in(gross: int, rate: int, step: int, tax: int) -> None:
    assert included_tax(gross, rate, step) == tax


# A cart


def test_a_shop_with_one_rate_has_one_line_everywhere() -> None:
    one = Tax("VAT", 2300)
    assert taxes([("standard", 2900)], 450, IE, one) == (TaxLine("VAT", 2300, 2724, 626),)
    assert taxes([("standard", 2900)], 450, US, one) == (TaxLine("VAT", 2300, 2724, 626),)


@pytest.mark.parametrize(
    ("goods", "shipping", "place", "lines"),
    [
        ([("standard", 2460)], 0, IE, [(2300, 2000, 460)]),
        ([("standard", 2460), ("standard", 123)], 0, IE, [(2300, 2100, 483)]),
        ([("reduced", 1135), ("standard", 1230)], 0, IE, [(2300, 1000, 230), (1350, 1000, 135)]),
        ([("books", 1000), ("standard", 1230)], 0, IE, [(2300, 1000, 230), (0, 1000, 0)]),
        ([("books", 1000), ("reduced", 1000)], 0, DE, [(700, 1869, 131)]),
        ([("standard", 1230)], 450, IE, [(2300, 1366, 314)]),
        ([("books", 1000)], 450, IE, [(0, 1450, 0)]),
        ([("books", 1000), ("standard", 2000)], 450, IE, [(2300, 1870, 430), (0, 1150, 0)]),
        ([("books", 1000), ("standard", 1000)], 451, IE, [(2300, 997, 229), (0, 1225, 0)]),
        ([("standard", 1000)], 0, ES, [(2100, 826, 174)]),
        ([("unheard-of", 1230)], 0, IE, [(2300, 1000, 230)]),
        ([("standard", 0), ("books", 0)], 450, IE, [(2300, 366, 84)]),
        ([("standard", 0)], 0, IE, []),
        ([], 450, IE, []),
    ],
    ids=[
        "one line",
        "lines of a rate are summed before rounding",
        "two rates",
        "a rate of nothing is a line too",
        "categories of one rate are one line",
        "shipping goes with the goods",
        "shipping of books is taxed as books",
        "shipping is shared in proportion",
        "the odd cent goes to the higher rate",
        "another zone",
        "a category that the zone does not have is taxed in full",
        "where all is free, shipping bears the highest rate",
        "nothing to pay",
        "nothing at all",
    ],
)
def test_prices_with_tax_are_taken_apart_rate_by_rate(
    goods: list[tuple[str, int]], shipping: int, place: Destination, lines: list[tuple[int, int, int]]
) -> None:
    assert [(line.rate, line.net, line.tax) for line in taxes(goods, shipping, place, VAT)] == lines


@pytest.mark.parametrize(
    ("goods", "shipping", "place", "lines"),
    [
        ([("standard", 1000)], 0, IE, [(2300, 1000, 230)]),
        ([("standard", 1000), ("books", 500)], 300, IE, [(2300, 1200, 276), (0, 600, 0)]),
        ([("standard", 1), ("standard", 1)], 0, IE, [(2300, 2, 0)]),
        ([("standard", 1000)], 0, US, [(0, 1000, 0)]),
    ],
)
def test_to_prices_without_tax_it_is_added_rate_by_rate(
    goods: list[tuple[str, int]], shipping: int, place: Destination, lines: list[tuple[int, int, int]]
) -> None:
    found = taxes(goods, shipping, place, replace(VAT, inclusive=False))
    assert [(line.rate, line.net, line.tax) for line in found] == lines


def test_in_currencies_without_cents_every_part_is_whole() -> None:
    icelandic = Tax("VSK", 2400, (TaxZone("Iceland", {"standard": 2400, "books": 1100}),), home="IS")
    assert taxes([("standard", 499_900), ("books", 250_000)], 99_000, Destination("IS"), icelandic, step=100) == (
        TaxLine("VSK", 2400, 456_400, 109_500),
        TaxLine("VSK", 1100, 255_000, 28_000),
    )


# Where no tax is due


def test_an_exported_price_stays_what_was_shown() -> None:
    assert taxes([("standard", 1230), ("books", 500)], 300, US, VAT) == (TaxLine("VAT", 0, 2030, 0, Relief.EXPORT),)


def test_an_exported_price_falls_by_the_tax_of_the_shops_country_if_the_owner_says_so() -> None:
    falling = replace(VAT, exports_keep_price=False)
    assert taxes([("standard", 1230), ("books", 500)], 0, US, falling) == (TaxLine("VAT", 0, 1500, 0, Relief.EXPORT),)
    assert taxes([("standard", 1230)], 246, US, falling) == (TaxLine("VAT", 0, 1200, 0, Relief.EXPORT),)


def test_a_region_outside_of_the_taxs_territory_comes_before_its_country() -> None:
    las_palmas = Destination("ES", "35001", "CN")
    assert taxes([("standard", 1000)], 0, las_palmas, VAT) == (TaxLine("VAT", 0, 1000, 0, Relief.EXPORT),)
    assert taxes([("standard", 1000)], 0, Destination("ES", "28001", "MD"), VAT)[0].rate == 2100


def test_a_cart_of_files_is_taxed_where_the_shop_is() -> None:
    assert taxes([("standard", 1230)], 0, Destination(), VAT) == (TaxLine("VAT", 2300, 1000, 230),)


# Businesses

B2B = replace(VAT, reverse_charge=True)


@pytest.mark.parametrize(
    ("place", "vat_id", "relief"),
    [
        (DE, BERLIN_BUYER, Relief.REVERSE_CHARGE),
        (ES, BERLIN_BUYER, Relief.REVERSE_CHARGE),
        (Destination("GB", "BT11AA"), BELFAST_BUYER, Relief.REVERSE_CHARGE),
        (Destination("GB", "BT11AA"), LONDON_BUYER, Relief.NONE),
        (DE, LONDON_BUYER, Relief.NONE),
        (DE, DUBLIN_BUYER, Relief.NONE),
        (IE, DUBLIN_BUYER, Relief.NONE),
        (IE, BERLIN_BUYER, Relief.NONE),
        (DE, "", Relief.NONE),
        (GB, LONDON_BUYER, Relief.EXPORT),
        (US, BERLIN_BUYER, Relief.EXPORT),
        (Destination(), BERLIN_BUYER, Relief.NONE),
    ],
)
def test_a_business_elsewhere_in_the_eu_pays_no_tax_to_the_shop(
    place: Destination, vat_id: str, relief: Relief
) -> None:
    assert B2B.relief(place, vat_id) is relief


@pytest.mark.parametrize("shop", [VAT, replace(B2B, home="GB"), replace(B2B, home="DE")])
def test_without_the_setting_outside_of_the_eu_or_at_home_a_business_pays_as_everybody_does(shop: Tax) -> None:
    assert shop.relief(DE, BERLIN_BUYER) is Relief.NONE


def test_the_tax_that_a_business_does_not_pay_comes_off_prices_that_contain_it() -> None:
    goods = [("standard", 1190), ("books", 107)]
    assert taxes(goods, 0, DE, B2B, vat_id=BERLIN_BUYER) == (TaxLine("VAT", 0, 1100, 0, Relief.REVERSE_CHARGE),)
    dearer = replace(B2B, inclusive=False)
    assert taxes(goods, 0, DE, dearer, vat_id=BERLIN_BUYER) == (TaxLine("VAT", 0, 1297, 0, Relief.REVERSE_CHARGE),)


def test_what_stripe_works_out_is_not_said_here() -> None:
    assert taxes([("standard", 1230)], 450, IE, replace(VAT, service=Service.STRIPE)) == ()


# Sums

AMOUNTS = st.integers(0, 10**9)
RATES = st.integers(0, 10_000)
CATEGORIES = ("standard", "reduced", "books", "zero")
STEPS = st.sampled_from([1, 10, 100])


@given(AMOUNTS, RATES, STEPS)
def test_included_tax_is_the_amount_nearest_to_the_exact_share(gross: int, rate: int, step: int) -> None:
    scale = 10_000 + rate
    assert abs(included_tax(gross, rate, step) * scale - gross * rate) * 2 <= scale * step


@given(AMOUNTS, RATES)
def test_a_higher_price_never_holds_less_tax(gross: int, rate: int) -> None:
    assert included_tax(gross + 1, rate) >= included_tax(gross, rate)


@given(
    st.lists(st.tuples(st.sampled_from(CATEGORIES), st.integers(0, 10**7)), min_size=1, max_size=50),
    st.integers(0, 10**5),
    st.lists(RATES, min_size=4, max_size=4),
    STEPS,
)
def test_with_prices_that_contain_tax_net_and_tax_add_up_to_what_was_shown(
    goods: list[tuple[str, int]], shipping: int, rates: list[int], step: int
) -> None:
    scaled = [(category, amount * step) for category, amount in goods]
    shop = Tax("VAT", rates[0], (TaxZone("Here", dict(zip(CATEGORIES, rates, strict=True))),), home="IE")
    lines = taxes(scaled, shipping * step, IE, shop, step=step)
    assert sum(line.net + line.tax for line in lines) == sum(amount for _, amount in scaled) + shipping * step
    assert all(line.tax == included_tax(line.net + line.tax, line.rate, step) for line in lines)
    assert all(line.net >= 0 and line.tax >= 0 and line.net % step == line.tax % step == 0 for line in lines)
    assert [line.rate for line in lines] == sorted({line.rate for line in lines}, reverse=True)


@given(
    st.lists(st.tuples(st.sampled_from(CATEGORIES), st.integers(0, 10**7)), min_size=1, max_size=50),
    st.integers(0, 10**5),
    st.lists(RATES, min_size=4, max_size=4),
    STEPS,
)
def test_with_prices_without_tax_all_net_adds_up_to_what_was_shown(
    goods: list[tuple[str, int]], shipping: int, rates: list[int], step: int
) -> None:
    scaled = [(category, amount * step) for category, amount in goods]
    zone = TaxZone("Here", dict(zip(CATEGORIES, rates, strict=True)))
    lines = taxes(scaled, shipping * step, IE, Tax("VAT", rates[0], (zone,), inclusive=False), step=step)
    assert sum(line.net for line in lines) == sum(amount for _, amount in scaled) + shipping * step
    assert all(line.tax == added_tax(line.net, line.rate, step) for line in lines)
    assert all(line.tax % step == 0 for line in lines)


@given(
    st.lists(st.tuples(st.sampled_from(CATEGORIES), st.integers(0, 10**7)), min_size=1, max_size=50),
    st.integers(0, 10**5),
    st.booleans(),
)
def test_who_pays_no_tax_pays_what_is_no_tax(goods: list[tuple[str, int]], shipping: int, keep: bool) -> None:
    shop = replace(VAT, exports_keep_price=keep)
    exported, at_home = taxes(goods, shipping, US, shop), taxes(goods, shipping, IE, shop)
    assert sum(line.net for line in exported) == sum(line.net + (line.tax if keep else 0) for line in at_home)
    assert all((line.rate, line.tax, line.relief) == (0, 0, Relief.EXPORT) for line in exported)
