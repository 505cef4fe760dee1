"""A collection page by page: which pages there are, what is on them, and where they lead."""

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.shop.money import MoneyFormat
from plugins.listing import arrange
from plugins.views import Choice, Entry, Listing

pytestmark = pytest.mark.slow


EURO = MoneyFormat("EUR", 2, prefix="€")
YEN = MoneyFormat("JPY", 0, prefix="¥")


def entry(slug: str, price: int = 2000, **others: Any) -> Entry:
    """What a list knows of a product."""
    return Entry(slug, slug.title(), price, True, "", ())._replace(**others)


def sizes(slug: str, *values: str) -> Entry:
    """A product in some sizes."""
    return entry(slug, facets=tuple(("Size", value) for value in values))


def pages(*entries: Entry, money: MoneyFormat = EURO) -> dict[str, tuple[str, ...]]:
    """The slugs on each page, by its address."""
    return {listing.path: listing.entries for listing in arrange("/birds/", entries, money).listings}


def questions(*entries: Entry, money: MoneyFormat = EURO) -> dict[str, list[tuple[str, str, int]]]:
    """What the first page asks: for each question the answers with path and count."""
    [first, *_] = arrange("/birds/", entries, money).listings
    return {
        facet.title: [(choice.title, choice.path, choice.count) for choice in facet.choices] for facet in first.facets
    }


def test_products_that_are_alike_need_neither_sorting_nor_narrowing() -> None:
    arranged = arrange("/birds/", [entry("tern"), entry("gull")], EURO)
    assert arranged.listings == (Listing("/birds/", ("tern", "gull"), 2, whole=2, canonical="/birds/"),)
    assert arranged.places == ""
    assert not arranged.needs_all_cards


def test_an_empty_collection_has_one_page() -> None:
    assert pages() == {"/birds/": ()}


def test_twenty_five_products_are_two_pages() -> None:
    listings = arrange("/birds/", [entry(f"bird-{number}") for number in range(25)], EURO).listings
    assert [(one.path, len(one.entries), one.number, one.canonical) for one in listings] == [
        ("/birds/", 24, 1, "/birds/"),
        ("/birds/2/", 1, 2, "/birds/2/"),
    ]
    assert listings[1].entries == ("bird-24",)
    assert listings[0].pages == listings[1].pages == (Choice("1", "/birds/"), Choice("2", "/birds/2/"))


def test_orders_that_differ_have_pages_and_equals_keep_the_owners_order() -> None:
    found = pages(
        entry("tern", 3000, added="2026-03-01"),
        entry("gull", 1000, added="2026-05-01"),
        entry("wren", 3000, added="2026-05-01"),
    )
    assert found == {
        "/birds/": ("tern", "gull", "wren"),
        "/birds/price-up/": ("gull", "tern", "wren"),
        "/birds/price-down/": ("tern", "wren", "gull"),
        "/birds/newest/": ("gull", "wren", "tern"),
    }


def test_options_narrow_when_they_tell_products_apart() -> None:
    assert questions(sizes("tern", "A4", "A3"), sizes("gull", "A4"), sizes("wren", "A4", "A2")) == {
        "Size": [("A4", "/birds/size-a4/", 3), ("A3", "/birds/size-a3/", 1), ("A2", "/birds/size-a2/", 1)]
    }


def test_a_single_value_and_values_that_everything_has_are_no_questions() -> None:
    assert questions(sizes("tern", "A4"), entry("gull")) == {}
    assert questions(sizes("tern", "A4", "A3"), sizes("gull", "A3", "A4")) == {}


def test_availability_is_asked_when_some_is_sold_out() -> None:
    assert questions(entry("tern"), entry("gull", available=False)) == {
        "Availability": [("In stock", "/birds/in-stock/", 1)]
    }
    assert pages(entry("tern"), entry("gull", available=False))["/birds/in-stock/"] == ("tern",)


def test_price_bands_are_round_and_hold_about_as_many_each() -> None:
    prices = [1250, 1800, 2200, 2400, 3650, 4800, 5300, 9900, 14200]
    assert questions(*(entry(f"bird-{price}", price) for price in prices))["Price"] == [
        ("Under €20", "/birds/price-1/", 2),
        ("€20 to €35", "/birds/price-2/", 2),
        ("€35 to €50", "/birds/price-3/", 2),
        ("€50 and over", "/birds/price-4/", 3),
    ]
    yen = questions(*(entry(f"bird-{price}", price) for price in (800, 1500, 2600, 4100)), money=YEN)
    titles = [title for title, _, _ in yen["Price"]]
    assert titles == ["Under ¥1,500", "¥1,500 to ¥2,500", "¥2,500 to ¥4,000", "¥4,000 and over"]


def test_prices_that_are_nearly_alike_have_no_bands() -> None:
    assert questions(entry("tern", 2000), entry("gull", 2050), entry("wren", 2100)) == {}


def test_answers_that_would_share_an_address_get_a_number() -> None:
    found = questions(
        entry("tern", 1000, facets=(("Price", "up"), ("Size", "A 4"), ("#", "2"), ("!", "?"))),
        entry("gull", 2000, facets=(("Price", "down"), ("Size", "A-4"), ("#", "3"), ("!", "&"))),
    )
    paths = {title: [path for _, path, _ in answers] for title, answers in found.items()}
    assert paths == {
        "Price": ["/birds/price-up-2/", "/birds/price-down-2/"],
        "Size": ["/birds/size-a-4/", "/birds/size-a-4-2/"],
        "#": ["/birds/2-2/", "/birds/3-2/"],
        "!": ["/birds/other-2/", "/birds/other/"],
    }


def test_the_name_of_a_question_in_addresses_is_no_word_that_the_page_needs() -> None:
    [first, *_] = arrange(
        "/b/", [entry("a", facets=(("Sort", "x"),)), entry("b", facets=(("Sort", "y"),))], EURO
    ).listings
    assert [facet.name for facet in first.facets] == ["sort-2"]


def test_a_narrowed_page_says_by_what_and_leads_search_engines_to_the_collection() -> None:
    listings = arrange("/birds/", [sizes("tern", "A4"), sizes("gull", "A3")], EURO).listings
    [narrowed] = [one for one in listings if one.path == "/birds/size-a3/"]
    assert (narrowed.narrowed, narrowed.total, narrowed.whole, narrowed.canonical) == ("A3", 1, 2, "/birds/")
    assert [choice.current for choice in narrowed.facets[0].choices] == [False, True]


def test_script_is_told_where_all_cards_are_and_their_places() -> None:
    few = arrange("/birds/", [sizes("tern", "A4"), sizes("gull", "A3")], EURO)
    assert [one.every_card for one in few.listings] == ["", "/birds/", "/birds/"]
    assert few.places == "size-a4:0;size-a3:1"
    many = arrange("/birds/", [entry(f"bird-{number}", 1000 + number % 2) for number in range(25)], EURO)
    assert many.listings[0].every_card == "/birds/cards.html"
    assert many.needs_all_cards
    assert many.places == (
        "price-up:0,2,4,6,8,10,12,14,16,18,20,22,24,1,3,5,7,9,11,13,15,17,19,21,23;"
        "price-down:1,3,5,7,9,11,13,15,17,19,21,23,0,2,4,6,8,10,12,14,16,18,20,22,24"
    )


entries = st.builds(
    entry,
    st.uuids().map(str),
    st.integers(0, 50_000),
    available=st.booleans(),
    added=st.sampled_from(["", "2026-01-01", "2026-02-01"]),
    facets=st.sets(st.tuples(st.sampled_from(["Size", "Price", "2", "Größe", ""]), st.text(max_size=3))).map(tuple),
)


@given(st.lists(entries, max_size=120, unique_by=lambda one: one.slug))
def test_every_product_is_reached_from_the_first_page_and_every_count_is_right(shown: list[Entry]) -> None:
    listings = arrange("/birds/", shown, EURO).listings
    by_path = {one.path: one for one in listings}
    assert len(by_path) == len(listings)
    assert products_from(by_path, "/birds/") == [one.slug for one in shown]
    first = by_path["/birds/"]
    for choice in (*first.sorts, *(choice for facet in first.facets for choice in facet.choices)):
        found = products_from(by_path, choice.path)
        assert len(found) == len(set(found)) == choice.count == by_path[choice.path].total
    everything = products_from(by_path, "/birds/")
    assert all(sorted(products_from(by_path, sort.path)) == sorted(everything) for sort in first.sorts)


def products_from(by_path: dict[str, Listing], path: str) -> list[str]:
    """What a shopper finds who goes through the pages from this one on."""
    links = [page.path for page in by_path[path].pages] or [path]
    assert links[0] == path
    return [slug for link in links for slug in by_path[link].entries]


def one_of_many(chance: random.Random, number: int) -> Entry:
    """A product with two axes."""
    facets = (("Size", "A4"), ("Size", chance.choice(["A3", "A2"])), ("Frame", chance.choice(["Oak", "Pine", "None"])))
    return entry(f"thing-{number}", chance.randrange(400, 15000, 50), added=f"2026-0{number % 9 + 1}-01", facets=facets)
