"""`/notify`: who waits for something is written down once, and learns nothing about anybody else."""

import logging

import pytest
from werkzeug.test import Client, TestResponse

from functions.app import App
from tests.web.forms import SELF, add, check_out, visible


@pytest.fixture
def app(app: App) -> App:
    """The small shop, the last one sold out."""
    app.store.declare_stock({"LAST": 0})
    return app


def ask(browser: Client, sku: str = "LAST", email: str = "ada@example.org") -> TestResponse:
    """Send the form."""
    return browser.post("/notify", data={"sku": sku, "email": email}, headers=SELF)


def test_who_asks_is_led_to_what_happens_next(app: App, browser: Client) -> None:
    answer = ask(browser)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/notify?sku=LAST&asked=yes")
    assert app.store.waiting_for_stock("LAST") == ["ada@example.org"]
    page = visible(browser.get(answer.headers["Location"]))
    assert "We will write to you" in page
    assert "As soon as it is back you get one mail, and nothing else. Then we forget your address." in page
    assert "The last one" in page


def test_the_answer_is_the_same_whether_or_not_the_address_was_known(app: App, browser: Client) -> None:
    first, again, other = ask(browser), ask(Client(app), email=" ADA@Example.org "), ask(browser, email="b@example.org")
    assert {(each.status_code, each.headers["Location"], each.text) for each in (first, again, other)} == {
        (303, "/notify?sku=LAST&asked=yes", first.text)
    }
    assert app.store.waiting_for_stock("LAST") == ["ada@example.org", "b@example.org"]


def test_the_page_has_the_form_for_who_comes_without_one(browser: Client) -> None:
    page = browser.get("/notify?sku=LAST").text
    assert '<form class="await-form" method="post" action="/notify">' in page
    assert '<input type="hidden" name="sku" value="LAST">' in page


@pytest.mark.parametrize("email", ["", "ada", "ada@example", "a@b.c, d@e.f", "<script>@example.org", "x" * 300])
def test_what_is_no_address_is_shown_again_with_advice(app: App, browser: Client, email: str) -> None:
    answer = ask(browser, email=email)
    assert answer.status_code == 400
    assert "That is no e-mail address. Please write it like name@example.com." in visible(answer)
    assert "<script>@" not in answer.text
    assert app.store.waiting_for_stock("LAST") == []


@pytest.mark.parametrize("sku", ["NOPE", "", "<b>", "last", "A" * 33])
def test_nobody_can_wait_for_what_is_not_sold_here(app: App, browser: Client, sku: str) -> None:
    assert ask(browser, sku).status_code == 400
    assert app.store.waiting_for_stock(sku) == []
    assert browser.get("/notify", query_string={"sku": sku}).status_code == 404


@pytest.mark.parametrize("sku", ["CARD", "TO-ORDER"])
def test_who_asks_for_what_can_be_had_is_told_so(app: App, browser: Client, sku: str) -> None:
    answer = ask(browser, sku)
    assert answer.status_code == 409
    assert "It can be ordered" in visible(answer)
    assert app.store.waiting_for_stock(sku) == []
    assert "It can be ordered" in visible(browser.get(f"/notify?sku={sku}"))


def test_what_somebody_is_paying_for_can_be_waited_for(app: App, browser: Client) -> None:
    app.store.declare_stock({"LAST": 1})
    buyer = Client(app)
    add(buyer, "LAST")
    check_out(buyer)
    assert ask(browser).status_code == 303


def test_a_form_from_elsewhere_is_refused(app: App, browser: Client) -> None:
    data = {"sku": "LAST", "email": "ada@example.org"}
    assert browser.post("/notify", data=data, headers={"Origin": "https://evil.example"}).status_code == 403
    assert browser.get("/notify", query_string=data).status_code == 200
    assert app.store.waiting_for_stock("LAST") == []


def test_no_address_is_logged_or_handed_back(browser: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    answers = [ask(browser), ask(browser, "CARD"), ask(browser, "NOPE"), ask(browser, email="ada@example")]
    answers += [browser.get(answers[0].headers["Location"])]
    assert "ada@" not in caplog.text
    assert not [answer for answer in answers if "ada@" in answer.text or "ada@" in str(answer.headers)]


def test_the_page_is_kept_by_no_cache_and_brings_its_style_sheet(browser: Client) -> None:
    answer = browser.get("/notify?sku=LAST")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "/static/wishlist.css" in answer.text
