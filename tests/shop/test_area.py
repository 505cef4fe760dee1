"""Areas: parts of countries by postcodes and regions, what must be known to tell them apart, and where two clash."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.shop.area import Area, Ask, clash, missing
from functions.shop.destination import Destination, normal_postcode, normal_region

CANARIES = Area("ES", postcodes=("35", "38"))
MAINLAND = Area("ES", except_postcodes=("35", "38"))
ALASKA = Area("US", regions=("AK",))
DONOSTIA = Area("ES", postcodes=("20000-20190",))


@pytest.mark.parametrize(
    ("text", "postcode"),
    [
        ("sw1a 1aa", "SW1A1AA"), ("9500-123", "9500123"), (" 35001 ", "35001"), ("F26 X0X0", "F26X0X0"),
        ("", ""), ("Ünïcode", ""), ("12345678901", ""), ("<b>", ""),
    ],
)  # fmt: skip
def test_a_postcode_has_one_normal_form(text: str, postcode: str) -> None:
    assert normal_postcode(text) == postcode


@pytest.mark.parametrize(
    ("text", "region"), [("ak", "AK"), (" CN", "CN"), ("-", "-"), ("Mayo", ""), ("", ""), ("é", "")]
)
def test_a_region_is_a_short_code_or_none_of_those_that_are_named(text: str, region: str) -> None:
    assert normal_region(text) == region


@pytest.mark.parametrize(
    ("area", "postcode", "is_there"),
    [
        (CANARIES, "35001", True), (CANARIES, "38", True), (CANARIES, "28001", False), (CANARIES, "", False),
        (MAINLAND, "28001", True), (MAINLAND, "35001", False), (Area("ES"), "35001", True), (Area("ES"), "", True),
        (Area("ES", postcodes=("35",), except_postcodes=("35500-35599",)), "35499", True),
        (Area("ES", postcodes=("35",), except_postcodes=("35500-35599",)), "35500", False),
        (Area("ES", postcodes=("35",), except_postcodes=("35500-35599",)), "35599", False),
        (Area("ES", postcodes=("35",), except_postcodes=("35500-35599",)), "35600", True),
        (DONOSTIA, "20000", True), (DONOSTIA, "20190", True), (DONOSTIA, "20191", False), (DONOSTIA, "200AA", False),
        (DONOSTIA, "2001", False), (Area("PT", postcodes=("35",)), "35001", False),
    ],
)  # fmt: skip
def test_an_area_covers_the_postcodes_it_names_less_those_it_leaves_out(
    area: Area, postcode: str, is_there: bool
) -> None:
    assert area.covers(Destination("ES", postcode)) is is_there


@pytest.mark.parametrize(
    ("span", "inside", "outside"),
    [
        ("BT", ["BT11AA", "BT939ZZ"], ["B11AA", "BA11AA"]),
        ("KA27", ["KA278AA"], ["KA27XX", "KA28AA"]),
        ("IV1", ["IV11AA"], ["IV121AA", "IV21AA"]),
        ("EC1", ["EC1A1BB", "EC11AA"], ["EC2A1BB", "EC101AA"]),
        ("PA20-PA49", ["PA201AA", "PA499ZZ"], ["PA21AA", "PA31AA", "PA501AA"]),
    ],
)
def test_in_great_britain_a_district_is_not_the_beginning_of_another(
    span: str, inside: list[str], outside: list[str]
) -> None:
    area = Area("GB", postcodes=(span,))
    assert [area.covers(Destination("GB", code)) for code in inside] == [True] * len(inside)
    assert [area.covers(Destination("GB", code)) for code in outside] == [False] * len(outside)


def test_an_area_by_regions_covers_only_those() -> None:
    assert [ALASKA.covers(Destination("US", "", region)) for region in ("AK", "HI", "-", "")] == [
        True,
        False,
        False,
        False,
    ]
    rest = Area("US", except_regions=("AK",))
    assert [rest.covers(Destination("US", "", region)) for region in ("AK", "HI", "-")] == [False, True, True]


@pytest.mark.parametrize(
    ("areas", "destination", "ask"),
    [
        ([Area("ES")], Destination("ES"), Ask.NOTHING),
        ([Area("ES"), CANARIES], Destination("ES"), Ask.POSTCODE),
        ([Area("ES"), CANARIES], Destination("ES", "3"), Ask.POSTCODE),
        ([Area("ES"), CANARIES], Destination("ES", "35"), Ask.NOTHING),
        ([Area("ES"), CANARIES], Destination("PT"), Ask.NOTHING),
        ([MAINLAND], Destination("ES"), Ask.POSTCODE),
        ([Area("GB"), Area("GB", postcodes=("BT",))], Destination("GB", "BT1"), Ask.POSTCODE),
        ([Area("GB"), Area("GB", postcodes=("BT",))], Destination("GB", "KA278"), Ask.POSTCODE),
        ([Area("GB"), Area("GB", postcodes=("BT",))], Destination("GB", "M11AA"), Ask.NOTHING),
        ([Area("US"), ALASKA], Destination("US"), Ask.REGION),
        ([Area("US"), ALASKA], Destination("US", "", "-"), Ask.NOTHING),
    ],
)
def test_what_must_be_asked_follows_from_the_rules(areas: list[Area], destination: Destination, ask: Ask) -> None:
    assert missing(areas, destination) is ask


@pytest.mark.parametrize(
    ("one", "other", "claimed"),
    [
        (Area("ES", postcodes=("35",)), Area("ES", postcodes=("38",)), ""),
        (Area("ES", postcodes=("35",)), Area("ES", postcodes=("35",)), "35"),
        (Area("ES", postcodes=("35",)), Area("ES", postcodes=("35500-35599",)), "35500-35599"),
        (Area("ES", postcodes=("35",), except_postcodes=("35500-35599",)), Area("ES", postcodes=("35500-35599",)), ""),
        (Area("ES", postcodes=("20000-20190",)), Area("ES", postcodes=("20190-20300",)), "20190-20300"),
        (Area("ES", postcodes=("20000-20190",)), Area("ES", postcodes=("20191-20300",)), ""),
        (Area("ES", postcodes=("35",)), Area("PT", postcodes=("35",)), ""),
        (Area("GB", postcodes=("KA2",)), Area("GB", postcodes=("KA27",)), ""),
        (Area("GB", postcodes=("KA",)), Area("GB", postcodes=("KA27",)), "KA27"),
        (Area("US", regions=("AK", "HI")), Area("US", regions=("HI",)), "HI"),
        (Area("US", regions=("AK",)), Area("US", regions=("HI",)), ""),
    ],
)
def test_two_parts_of_a_country_must_not_claim_the_same(one: Area, other: Area, claimed: str) -> None:
    assert (clash(one, other), clash(other, one)) == (claimed, claimed)


DIGITS = st.text("0123456789", min_size=1, max_size=3)
RANGES = st.tuples(st.integers(0, 999), st.integers(0, 999)).map(lambda ends: f"{min(ends):03}-{max(ends):03}")


@given(one=DIGITS | RANGES, other=DIGITS | RANGES, code=st.integers(0, 9999))
def test_what_lies_in_both_of_two_areas_is_a_clash(one: str, other: str, code: int) -> None:
    first, second, there = Area("ES", postcodes=(one,)), Area("ES", postcodes=(other,)), Destination("ES", f"{code:04}")
    if first.covers(there) and second.covers(there):
        assert clash(first, second)
