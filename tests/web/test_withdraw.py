"""The withdrawal function: two steps, with and without a link, and the same answer whatever there is."""

import re

import pytest
from werkzeug.test import Client, TestResponse

from functions.app import App, clock
from functions.shop.acts import Actor, AskReturn, Cancel, Pack, Ship
from functions.shop.listing import NOTICES
from functions.shop.message import Kind
from functions.shop.notice import Notice
from functions.shop.order import Order
from functions.shop.returns import Outcome, ReturnState
from functions.shop.shipment import Pieces
from functions.shop.state import State
from functions.web.withdraw import can_withdraw
from tests.shop.living import LATER
from tests.shop.withdrawn import before
from tests.web.forms import SELF, from_address, hidden, visible
from tests.web.ordering import EMAIL, buy, do, now

pytestmark = pytest.mark.slow


@pytest.fixture
def order(app: App, browser: Client) -> Order:
    """Two postcards and a print, paid in this browser."""
    return buy(app, browser)


def said(number: str, email: str = EMAIL, text: str = "") -> dict[str, str]:
    return {"name": "Sam Shopper", "number": number, "email": email, "text": text}


def step(browser: Client, form: dict[str, str]) -> TestResponse:
    """The first step."""
    return browser.post("/withdraw", data=form, headers=SELF)


def confirm(browser: Client, page: TestResponse) -> TestResponse:
    """The second step, from its page."""
    return browser.post("/withdraw/confirm", data=hidden(page), headers=SELF)


def notices(app: App) -> list[Notice]:
    found = (app.store.notice(one) for one in app.store.listed(NOTICES).ids)
    return [notice for notice in found if notice]


def answer_of(answer: TestResponse, *secrets: str) -> str:
    """The words of an answer, without what was typed, and without the minute."""
    text = visible(answer)
    for secret in secrets:
        text = text.replace(secret, "…")
    return re.sub(r"\d\d:\d\d", "…", text)


def test_from_the_order_page_the_form_is_filled_in(browser: Client, order: Order) -> None:
    """Name, number and address, for the browser that has the key."""
    html = browser.get(f"/withdraw?order={order.id}").get_data(as_text=True)
    for value in ("Sam Shopper", order.id, EMAIL):
        assert f'value="{value}"' in html


def test_a_stranger_sees_only_the_number_they_came_with(app: App, order: Order) -> None:
    """It is theirs already (R27)."""
    html = Client(app).get(f"/withdraw?order={order.id}").get_data(as_text=True)
    assert "Sam Shopper" not in html
    assert EMAIL not in html
    assert f'value="{order.id}"' in html


def test_the_first_step_sends_nothing(app: App, browser: Client, order: Order) -> None:
    """It shows what will be sent, and a button that says so."""
    page = step(browser, said(order.id, text="The print only."))
    assert page.status_code == 200
    for words in (f"I withdraw from the contract of order {order.id}.", "The print only.", "Confirm withdrawal"):
        assert words in visible(page)
    assert (now(app, order), notices(app)) == (order, [])


def test_the_second_step_withdraws_and_what_is_not_packed_is_cancelled(app: App, browser: Client, order: Order) -> None:
    """With the money back, once, however often it is confirmed."""
    page = step(browser, said(order.id))
    first, second = confirm(browser, page), confirm(browser, page)
    assert (first.status_code, visible(first)) == (200, visible(second))
    assert "Your withdrawal has reached us" in visible(first)
    withdrawn = now(app, order)
    assert withdrawn.state is State.CANCELLED
    assert [(one.name, one.email) for one in withdrawn.withdrawals] == [("Sam Shopper", EMAIL)]
    assert [one.amount for one in withdrawn.refunds] == [3350]
    assert [one.kind for one in withdrawn.messages].count(Kind.WITHDRAWAL) == 1


def test_what_has_left_is_to_be_sent_back_without_being_asked(app: App, browser: Client, order: Order) -> None:
    """A return that needs no approval, shown on the order's page."""
    do(app, order, Ship("DHL", "1"))
    confirm(browser, step(browser, said(order.id)))
    assert [one.state for one in now(app, order).returns] == [ReturnState.APPROVED]
    text = visible(browser.get(f"/order/{order.id}"))
    assert "You withdrew from the contract on" in text
    assert "Please send it back." in text
    assert "Withdraw from contract here" not in text


def test_the_answer_says_what_really_happens_to_whoever_has_the_key(app: App, browser: Client, order: Order) -> None:
    """Here a return waits for its answer; on the order's page it says so too."""
    do(app, order, Ship("DHL", "1"), AskReturn("r1", (Pieces(0, 2), Pieces(1, 1)), "", 14))
    assert f'href="/withdraw?order={order.id}"' in browser.get(f"/order/{order.id}").text
    says = "You had asked to send it back, and need not wait for our answer any more."
    answer = visible(confirm(browser, step(browser, said(order.id))))
    assert says in answer
    assert "What we have not packed yet is cancelled" not in answer
    assert says in visible(browser.get(f"/order/{order.id}"))


def test_an_order_that_ended_before_is_said_to_have_ended(app: App, browser: Client, order: Order) -> None:
    """It was cancelled, and its money is back; the statement is confirmed all the same."""
    do(app, order, Cancel(Actor.CUSTOMER))
    answer = visible(confirm(browser, step(browser, said(order.id))))
    assert "This order had ended before you wrote, and nothing of it is sent." in answer
    assert [one.amount for one in now(app, order).refunds] == [3350]
    text = visible(browser.get(f"/order/{order.id}"))
    assert "You withdrew from the contract on" in text
    assert "Please send it back." not in text


def test_a_packed_order_is_said_to_be_looked_at(app: App, browser: Client, order: Order) -> None:
    """Once its owner has cancelled it, the page asks for nothing to be sent back."""
    packed = do(app, order, Pack())
    says = "Your order was about to leave us, so a person looks at it now."
    assert says in visible(confirm(browser, step(browser, said(order.id))))
    assert says in visible(browser.get(f"/order/{order.id}"))
    do(app, packed, Cancel(Actor.OWNER))
    text = visible(browser.get(f"/order/{order.id}"))
    assert says not in text
    assert "Please send it back." not in text


def test_the_page_offers_it_until_all_is_coming_back_for_certain() -> None:
    """Who waits for an answer to a return may withdraw; who has got one need not."""
    refused = {one for one in Outcome if one and not can_withdraw(before(one), 14, LATER)}
    assert refused == {Outcome.ENDED, Outcome.UNPAID, Outcome.COMING, Outcome.RETURNED}


@pytest.mark.parametrize("change", [str.lower, lambda number: number.replace("-", " "), lambda number: f" {number}\t"])
def test_without_the_link_number_and_address_are_enough(
    app: App, browser: Client, order: Order, change: object
) -> None:
    """However they are typed."""
    assert callable(change)
    confirm(Client(app), step(Client(app), said(change(order.id), " SAM@Example.com ")))
    assert now(app, order).state is State.CANCELLED


def test_what_fits_no_order_is_accepted_too_with_a_receipt_and_a_mail_to_the_owner(app: App, browser: Client) -> None:
    """Once each, dated, however often it is confirmed."""
    page = step(browser, said("7K3M-9QXD-4FTR", "eve@example.org", "All of it."))
    confirm(browser, page)
    confirm(browser, page)
    found = sorted(notices(app), key=lambda one: one.message.kind)
    assert [(one.message.kind, one.message.to) for one in found] == [("owner", ""), ("withdrawal", "eve@example.org")]
    said_then = {name: text for name, text in found[1].facts.items() if name != "at"}
    assert said_then == {
        "name": "Sam Shopper",
        "number": "7K3M-9QXD-4FTR",
        "email": "eve@example.org",
        "text": "All of it.",
    }
    assert int(found[1].facts["at"]) <= clock()


def test_nobody_learns_from_the_answer_whether_there_is_such_an_order(app: App, browser: Client, order: Order) -> None:
    """A number with the wrong address, and no such number: the words are the same (R27)."""
    asked = [said(order.id), said(order.id, "eve@example.org"), said("7K3M-9QXD-4FTR"), said("?", "eve@example.org")]
    pages = [step(Client(app), one) for one in asked]
    answers = [confirm(Client(app), page) for page in pages]
    for shown in (pages, answers):
        texts = {answer_of(a, one["number"], one["email"]) for a, one in zip(shown, asked, strict=True)}
        assert len(texts) == 1, texts
    assert now(app, order).state is State.CANCELLED


def test_with_the_wrong_address_nothing_happens_to_the_order(app: App, browser: Client, order: Order) -> None:
    """The owner looks at the notice."""
    confirm(browser, step(browser, said(order.id, "eve@example.org")))
    assert now(app, order) == order
    assert len(notices(app)) == 2


def test_what_is_wrong_stands_beside_its_field(browser: Client) -> None:
    """And what was typed is kept."""
    page = step(browser, {"name": "", "number": "", "email": "nobody", "text": "Hello"})
    assert page.status_code == 400
    assert '<p class="problem" id="wrong-name">Please fill this in.</p>' in page.text
    assert "That is no e-mail address." in visible(page)
    assert "Hello</textarea>" in page.text


def test_something_can_be_changed_before_it_is_confirmed(browser: Client) -> None:
    """Back to the first step, as it was filled in."""
    page = step(browser, said("7K3M-9QXD-4FTR", text="All"))
    back = browser.post("/withdraw", data=hidden(page) | {"change": "yes"}, headers=SELF)
    assert 'value="7K3M-9QXD-4FTR"' in back.text
    assert "All</textarea>" in back.text


@pytest.mark.parametrize("token", ["", "x", "e30.x"])
def test_what_was_not_shown_cannot_be_confirmed(app: App, browser: Client, token: str) -> None:
    """The statement is signed; a forged one leads to the first step."""
    answer = browser.post("/withdraw/confirm", data={"form": token}, headers=SELF)
    assert answer.status_code == 409
    assert "This page has been open for long." in visible(answer)
    assert notices(app) == []


def test_five_tries_for_one_order_and_twenty_from_one_place(app: App, browser: Client, order: Order) -> None:
    """Then the page says how else to reach the shop, and the order stays as it is."""
    for number in range(5):
        assert confirm(browser, step(browser, said(order.id, f"eve{number}@example.org"))).status_code == 200
    answer = confirm(browser, step(browser, said(order.id)))
    assert answer.status_code == 429
    assert "owner@small.example" in visible(answer)
    assert now(app, order) == order
    browser = from_address(app, "8.8.8.8")
    tries = [confirm(browser, step(browser, said(f"N{n}", f"n{n}@example.org"))).status_code for n in range(22)]
    assert tries == [200] * 20 + [429] * 2


def test_a_confirmation_that_is_loaded_again_by_its_address_leads_to_the_form(browser: Client) -> None:
    """GET changes nothing."""
    answer = browser.get("/withdraw/confirm")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/withdraw")
