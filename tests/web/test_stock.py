"""`/stock`: what a page that was built a while ago asks, answered so that a cache at the edge can keep it."""

import time
from pathlib import Path

import pytest
from werkzeug.test import Client

from functions.adapters.file_catalogue import every_variant
from functions.app import App
from functions.service.stocking import declare
from functions.shop.catalogue import Part, Variant
from tests.small_shop import LAST_ONE, POSTCARD, PRINT_A4, TO_ORDER, write_release
from tests.web.forms import SELF, add, check_out

SET = Variant("SET", "set", "Set", 3000, "/products/set/", parts=(Part("CARD", 4), Part("PRINT-A4", 2)))
SOON = Variant("SOON", "soon", "Soon", 1000, "/products/soon/", declared=0, backorder="2–3 weeks")
NEXT_YEAR = Variant("NEXT", "next", "Next year", 1000, "/products/next/", declared=9, release_date="2999-01-01")


@pytest.fixture
def app(app: App, tmp_path: Path) -> App:
    """The small shop with a bundle, a back-order and a pre-order."""
    write_release(tmp_path / "build", (POSTCARD, PRINT_A4, LAST_ONE, TO_ORDER, SET, SOON, NEXT_YEAR))
    declare(every_variant(tmp_path / "build"), app.store)
    return app


def test_each_sku_has_a_word_and_a_number_where_few_are_left(browser: Client) -> None:
    before = int(time.time())
    answer = browser.get("/stock?sku=CARD&sku=LAST&sku=NEXT&sku=PRINT-A4&sku=SOON&sku=TO-ORDER")
    assert answer.json
    assert before <= answer.json["at"] <= time.time()
    assert answer.json["stock"] == {
        "CARD": {"availability": "in"},
        "LAST": {"availability": "low", "left": 1},
        "NEXT": {"availability": "preorder"},
        "PRINT-A4": {"availability": "low", "left": 3},
        "SOON": {"availability": "backorder"},
        "TO-ORDER": {"availability": "in"},
    }


def test_what_somebody_is_paying_for_is_not_left(browser: Client) -> None:
    add(browser, "LAST")
    check_out(browser)
    answer = browser.get("/stock?sku=LAST")
    assert answer.json
    assert answer.json["stock"] == {"LAST": {"availability": "out"}}


def test_a_bundle_can_be_sold_as_often_as_its_parts_allow(app: App, browser: Client) -> None:
    one = browser.get("/stock?sku=SET").json
    assert one
    assert one["stock"] == {"SET": {"availability": "low", "left": 1}}
    app.store.declare_stock({"PRINT-A4": 1})
    none = browser.get("/stock?sku=SET").json
    assert none
    assert none["stock"] == {"SET": {"availability": "out"}}


def test_a_bundle_has_no_count_of_its_own(app: App) -> None:
    assert app.store.stock(["SET"]) == {}


def test_what_is_not_sold_here_is_left_out(browser: Client) -> None:
    answer = browser.get("/stock?sku=CARD&sku=NEVER")
    assert answer.json
    assert answer.json["stock"] == {"CARD": {"availability": "in"}}
    nothing = browser.get("/stock")
    assert nothing.json
    assert nothing.json["stock"] == {}


def test_an_answer_is_kept_for_seconds(browser: Client) -> None:
    answer = browser.get("/stock?sku=CARD")
    assert answer.headers["Cache-Control"] == "public, max-age=5, s-maxage=5, stale-while-revalidate=30"
    assert answer.mimetype == "application/json"
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    "query", ["sku=LAST&sku=CARD", "sku=CARD&sku=LAST&sku=CARD", "sku=CARD&x=1&sku=LAST", "sku=CARD&sku=%4CAST"]
)
def test_the_same_question_in_other_words_leads_to_the_one_address(browser: Client, query: str) -> None:
    answer = browser.get(f"/stock?{query}")
    assert (answer.status_code, answer.headers["Location"]) == (308, "/stock?sku=CARD&sku=LAST")


@pytest.mark.parametrize("query", ["sku=", "sku=%00", "sku=<b>", "&".join(f"sku=S-{n}" for n in range(51))])
def test_an_odd_question_is_refused(browser: Client, query: str) -> None:
    answer = browser.get(f"/stock?{query}")
    assert answer.status_code == 400
    assert "Ask for up to 50 SKUs, as in /stock?sku=MUG-1&amp;sku=MUG-2." in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_fifty_skus_are_answered_at_once(browser: Client) -> None:
    skus = sorted(["CARD", *(f"S-{number}" for number in range(49))])
    answer = browser.get("/stock?" + "&".join(f"sku={sku}" for sku in skus))
    assert answer.json
    assert answer.json["stock"] == {"CARD": {"availability": "in"}}


def test_stock_is_only_asked_for(browser: Client) -> None:
    assert browser.post("/stock", data={"sku": "CARD"}, headers=SELF).status_code == 405
