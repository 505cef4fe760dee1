"""The link to an order once more: for who knows its number and address, with one answer for everybody."""

from dataclasses import replace

import pytest
from werkzeug.test import Client

from functions.app import App
from functions.shop.message import Kind
from functions.shop.order import Order
from functions.web.tokens import LINK_AGE
from tests.web.forms import send, visible
from tests.web.ordering import EMAIL, buy, link, now

pytestmark = pytest.mark.slow


@pytest.fixture
def order(app: App) -> Order:
    """Somebody's order."""
    return buy(app, Client(app))


def links(app: App, order: Order) -> int:
    """How many mails with its link the order owes or has sent."""
    return [message.kind for message in now(app, order).messages].count(Kind.LINK)


def test_number_and_address_bring_the_link(app: App, browser: Client, order: Order) -> None:
    """To the address that it was ordered with."""
    answer = send(browser, "/order-link", number=order.id.lower(), email=f" {EMAIL.upper()}")
    assert answer.status_code == 200
    assert links(app, order) == 1
    assert [one.to for one in now(app, order).messages if one.kind is Kind.LINK] == [EMAIL]


def test_the_answer_is_the_same_for_everybody(app: App, browser: Client, order: Order) -> None:
    """Whether or not there is such an order (R27)."""
    asked = [(order.id, EMAIL), (order.id, "eve@example.org"), ("7K3M-9QXD-4FTR", EMAIL), ("?", EMAIL)]
    answers = [send(browser, "/order-link", number=number, email=email) for number, email in asked]
    assert len({answer.get_data() for answer in answers}) == 1
    assert links(app, order) == 1


def test_what_is_missing_is_asked_for(browser: Client) -> None:
    """Beside its field."""
    answer = send(browser, "/order-link", number="", email="x")
    assert answer.status_code == 400
    assert 'id="wrong-number"' in answer.text
    assert "That is no e-mail address." in visible(answer)


def test_five_tries_an_hour_for_one_order(app: App, browser: Client, order: Order) -> None:
    """Guessing an address is too slow to be worth it."""
    for number in range(5):
        assert send(browser, "/order-link", number=order.id, email=f"eve{number}@example.org").status_code == 200
    assert send(browser, "/order-link", number=order.id, email=EMAIL).status_code == 429
    assert links(app, order) == 0


def test_a_link_that_is_sent_again_works_for_as_long_again(app: App, browser: Client, order: Order) -> None:
    """Though the order is older than links live."""
    app.store.save(replace(order, version=order.version + 1, created_at=order.created_at - LINK_AGE - 3600))
    assert browser.get(link(app, order)).status_code == 404
    send(browser, "/order-link", number=order.id, email=EMAIL)
    assert browser.get(link(app, order)).status_code == 303
