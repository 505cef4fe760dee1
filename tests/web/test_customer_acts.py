"""What customers do to their orders: cancel, change the address, send back, write; each once, and when it can be."""

import re

import pytest
from werkzeug.test import Client, TestResponse

from functions.app import App
from functions.shop.acts import Deliver, Pack, Ship
from functions.shop.order import Order
from functions.shop.settings import Address
from functions.shop.shipment import Pieces
from functions.shop.state import State
from functions.web.tokens import Purpose
from tests.web.forms import SELF, hidden, send, visible
from tests.web.ordering import buy, do, link, now

pytestmark = pytest.mark.slow


HOME = {
    "name": "Ada Byrne",
    "line1": "4 Quay Street",
    "line2": "",
    "city": "Westport",
    "region": "",
    "postcode": "F28 X000",
}
PURPOSES = {
    "cancel": Purpose.CANCEL,
    "address": Purpose.ADDRESS,
    "return": Purpose.RETURN,
    "help": Purpose.QUESTION,
}
FORMS: dict[str, dict[str, str]] = {
    "cancel": {},
    "address": HOME,
    "return": {"quantity.0": "1"},
    "help": {"text": "Hello"},
}
"""What each would do something with, but for its token."""


@pytest.fixture
def order(app: App, browser: Client) -> Order:
    """Two postcards and a print, paid in this browser."""
    return buy(app, browser)


def test_the_page_says_what_cancelling_brings_back(browser: Client, order: Order) -> None:
    """The whole amount, the way it was paid."""
    text = visible(browser.get(f"/order/{order.id}/cancel"))
    assert "Nothing of it is sent. You get back €33.50, the way you paid." in text


def test_cancelling_gives_back_money_and_stock_once(app: App, browser: Client, order: Order) -> None:
    """The button is pressed twice."""
    page = hidden(browser.get(f"/order/{order.id}/cancel"))
    for _ in range(2):
        answer = browser.post(f"/order/{order.id}/cancel", data=page, headers=SELF)
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/order/{order.id}")
    cancelled = now(app, order)
    assert cancelled.state is State.CANCELLED
    assert [(one.amount, one.status) for one in cancelled.refunds] == [(3350, "succeeded")]
    assert app.store.stock(["PRINT-A4"])["PRINT-A4"].available == 3


def test_what_was_packed_meanwhile_is_not_cancelled_and_the_page_says_why(
    app: App, browser: Client, order: Order
) -> None:
    """The owner packs while the page is open."""
    page = hidden(browser.get(f"/order/{order.id}/cancel"))
    packed = do(app, order, Pack())
    answer = browser.post(f"/order/{order.id}/cancel", data=page, headers=SELF)
    assert answer.status_code == 409
    assert f"Order {order.id} is packed already and can no longer be cancelled here." in visible(answer)
    assert "+353 20 912 3456" in visible(answer)
    assert now(app, order) == packed


def test_an_address_is_changed_and_the_country_stays(app: App, browser: Client, order: Order) -> None:
    """Whatever the form says of the country."""
    answer = send(browser, f"/order/{order.id}/address", **HOME, country="DE")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/order/{order.id}#where")
    assert now(app, order).address == Address("Ada Byrne", "4 Quay Street", "", "Westport", "", "F28 X000", "IE")


def test_what_is_wrong_stands_beside_its_field_and_all_that_was_typed_is_kept(
    app: App, browser: Client, order: Order
) -> None:
    """A missing street, and a name that is too long."""
    answer = send(browser, f"/order/{order.id}/address", **HOME | {"line1": " \t", "name": "x" * 101})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert re.search(r'name="line1"[^>]* aria-invalid="true" aria-describedby="wrong-line1"', text)
    assert '<p class="problem" id="wrong-line1">Please fill this in.</p>' in text
    assert '<p class="problem" id="wrong-name">Please write less here.</p>' in text
    assert 'value="F28 X000"' in text
    assert f'value="{"x" * 101}"' in text
    assert now(app, order) == order


def test_line_breaks_and_unseen_signs_are_no_part_of_an_address(app: App, browser: Client, order: Order) -> None:
    """They would be a second header in a mail, and a second line on a label."""
    send(browser, f"/order/{order.id}/address", **HOME | {"name": "Ada\r\nBcc: x@y.example\0\u2028 Byrne"})
    address = now(app, order).address
    assert address
    assert address.name == "Ada Bcc: x@y.example Byrne"


def test_what_is_packed_stays_where_it_goes(app: App, browser: Client, order: Order) -> None:
    """The form that was open already changes nothing."""
    page = hidden(browser.get(f"/order/{order.id}/address"))
    packed = do(app, order, Pack())
    assert browser.post(f"/order/{order.id}/address", data=page | HOME, headers=SELF).status_code == 409
    assert "can no longer be changed here" in visible(browser.get(f"/order/{order.id}/address"))
    assert now(app, order) == packed


def test_a_return_is_asked_for_once_however_often_the_button_is_pressed(
    app: App, browser: Client, order: Order
) -> None:
    """One of the two postcards."""
    do(app, order, Ship("DHL", "1"), Deliver())
    page = hidden(browser.get(f"/order/{order.id}/return"))
    form = page | {"quantity.0": "1", "quantity.1": "0", "reason": "damaged", "text": "A corner\r\nis bent."}
    for _ in range(2):
        answer = browser.post(f"/order/{order.id}/return", data=form, headers=SELF)
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/order/{order.id}#returns")
    [asked] = now(app, order).returns
    assert asked.items == (Pieces(0, 1),)
    assert asked.reason == "It is damaged or faulty: A corner\nis bent."


@pytest.mark.parametrize("quantity", ["0", "", "-1", "1e9", "x", "٣", "1000"])
def test_a_return_of_nothing_is_asked_about_again(app: App, browser: Client, order: Order, quantity: str) -> None:
    """What was typed is kept."""
    shipped = do(app, order, Ship("DHL", "1"))
    answer = send(browser, f"/order/{order.id}/return", **{"quantity.0": quantity, "text": "Please"})
    assert answer.status_code == 400
    assert "Nothing is chosen yet. Please write 1 or more beside each thing that you want to send back." in visible(
        answer
    )
    assert "Please</textarea>" in answer.text
    assert (
        len(re.findall(r'name="quantity\.\d"[^>]* aria-invalid="true" aria-describedby="wrong-items"', answer.text))
        == 2
    )
    assert answer.text.index('id="wrong-items"') < answer.text.index('name="quantity.0"')
    assert now(app, order) == shipped


def test_the_only_piece_that_can_come_back_is_chosen_already(app: App, browser: Client, order: Order) -> None:
    """Of several nobody guesses which one is meant."""
    do(app, order, Ship("DHL", "1"))
    assert re.findall(r'name="quantity\.\d" value="(\d)"', browser.get(f"/order/{order.id}/return").text) == ["0", "0"]
    single = buy(app, browser, CARD=1)
    do(app, single, Ship("DHL", "1"))
    assert (
        send(browser, f"/order/{single.id}/return", **_numbers(browser.get(f"/order/{single.id}/return"))).status_code
        == 303
    )
    assert now(app, single).returns[0].items == (Pieces(0, 1),)


def _numbers(page: TestResponse) -> dict[str, str]:
    """The quantities of a form as they stand."""
    return dict(re.findall(r'name="(quantity\.\d)" value="(\d)"', page.text))


def test_more_than_was_bought_cannot_be_sent_back(app: App, browser: Client, order: Order) -> None:
    """Nor what has not left."""
    shipped = do(app, order, Ship("DHL", "1", (Pieces(0, 2),)))
    for wanted in ({"quantity.0": "3"}, {"quantity.1": "1"}):
        answer = send(browser, f"/order/{order.id}/return", **wanted)
        assert answer.status_code == 409
        assert "has no such pieces that can be sent back now" in visible(answer)
    assert now(app, order) == shipped


def test_nobody_has_to_say_why(app: App, browser: Client, order: Order) -> None:
    """No reason is no reason."""
    do(app, order, Ship("DHL", "1"))
    send(browser, f"/order/{order.id}/return", **{"quantity.0": "2", "reason": ""})
    assert now(app, order).returns[0].reason == ""


def test_a_message_is_kept_with_its_order(app: App, browser: Client, order: Order) -> None:
    """And shown as it was written, as text."""
    answer = send(browser, f"/order/{order.id}/help", text=" Where is it?\r\n<b>Please</b> ")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/order/{order.id}#messages")
    assert [one.text for one in now(app, order).questions] == ["Where is it?\n<b>Please</b>"]
    assert "Where is it?\n&lt;b&gt;Please&lt;/b&gt;" in browser.get(f"/order/{order.id}").text


def test_five_messages_an_hour_are_enough(app: App, browser: Client, order: Order) -> None:
    """The sixth is kept in its field, and the page tells the phone number."""
    for number in range(5):
        assert send(browser, f"/order/{order.id}/help", text=f"Question {number}").status_code == 303
    answer = send(browser, f"/order/{order.id}/help", text="Question 5")
    assert answer.status_code == 429
    assert "Question 5</textarea>" in answer.text
    assert "+353 20 912 3456" in visible(answer)
    assert len(now(app, order).questions) == 5


@pytest.mark.parametrize("text", ["", " \r\n\0 ", "x" * 2001])
def test_no_message_and_a_very_long_one_are_asked_about(app: App, browser: Client, order: Order, text: str) -> None:
    """With the field marked."""
    answer = send(browser, f"/order/{order.id}/help", text=text)
    assert answer.status_code == 400
    assert 'id="wrong-text"' in answer.text
    assert now(app, order) == order


@pytest.mark.parametrize(
    ("act", "says"),
    [("address", "Saved: it goes to this address now."), ("help", "Sent: your message has reached us.")],
)
def test_the_page_says_once_that_it_was_done(app: App, browser: Client, order: Order, act: str, says: str) -> None:
    """Where the answer leads to; not when it is loaded again, nor on another order's page, nor by an address."""
    other = buy(app, browser)
    answer = send(browser, f"/order/{order.id}/{act}", **FORMS[act])
    place = answer.headers["Location"].partition("#")[2]
    assert says not in visible(browser.get(f"/order/{other.id}?done={PURPOSES[act]}"))
    text = browser.get(f"/order/{order.id}").text
    assert re.search(rf'id="{place}">[^<]*</h2>\s*<p class="notice" role="status">{says}</p>', text)
    assert says not in visible(browser.get(f"/order/{order.id}"))


@pytest.mark.parametrize("value", ["<b>x</b>", "question", "{order}.<b>x</b>", "{order}.cancel", "{order}."])
def test_nothing_of_what_a_cookie_says_stands_on_the_page(browser: Client, order: Order, value: str) -> None:
    before = visible(browser.get(f"/order/{order.id}"))
    browser.set_cookie("done", value.format(order=order.id))
    assert visible(browser.get(f"/order/{order.id}")) == before


@pytest.mark.parametrize("act", PURPOSES)
def test_an_act_needs_the_key_of_its_order_and_a_token_for_itself(app: App, browser: Client, act: str) -> None:
    """Neither without a token, nor with one of another purpose or another order (R25, R27)."""
    other, order = buy(app, browser), buy(app, Client(app))
    browser.get(link(app, order))
    tokens, path = app.tokens, f"/order/{order.id}/{act}"
    wrong = ["", "x", tokens.for_order(order.id), tokens.for_form(PURPOSES[act], "f1", other)]
    wrong += [tokens.for_form(kind, "f1", order) for kind in Purpose if kind is not PURPOSES[act]]
    for token in wrong:
        assert browser.post(path, data=FORMS[act] | {"form": token}, headers=SELF).status_code == 409, token
    good = FORMS[act] | {"form": tokens.for_form(PURPOSES[act], "f1", order)}
    assert Client(app).post(path, data=good, headers=SELF).status_code == 404
    assert browser.post(path, data=good, headers={"Origin": "https://evil.example"}).status_code == 403
    assert now(app, order) == order
