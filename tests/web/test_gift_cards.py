"""A gift card is bought: the mail that is sent holds a code with what was paid for it, and nothing else keeps it."""

from dataclasses import replace
from pathlib import Path

import pytest
from werkzeug.test import Client

from functions.app import App
from functions.service.balances import balance_of
from functions.shop.email import customer_key
from functions.shop.message import Kind, Message
from functions.shop.order import Order
from functions.shop.points import Points
from tests.shop.balanced import GIFT_CARD
from tests.small_shop import SETTINGS, VARIANTS, write_release
from tests.web.forms import SELF, add, send, visible
from tests.web.paying import pay, send_webhook
from tests.web.test_checkout import ordered, the_order_now

pytestmark = pytest.mark.slow


@pytest.fixture
def bought(app: App, browser: Client, tmp_path: Path) -> Order:
    """An order of a gift card, paid."""
    write_release(tmp_path / "build", (*VARIANTS, GIFT_CARD))
    order = ordered(app, browser, "VOUCHER")
    pay(order.pay_url)
    assert send_webhook(Client(app), order).status_code == 204
    return the_order_now(app, order)


def test_the_confirmation_tells_the_points_and_their_code_which_pays_for_the_next_cart(
    app: App, browser: Client, tmp_path: Path
) -> None:
    write_release(tmp_path / "build", VARIANTS, replace(SETTINGS, points=Points(per=100, worth=5)))
    order = ordered(app, browser, "PRINT-A4")
    pay(order.pay_url)
    assert send_webhook(browser, order).status_code == 204
    paid = the_order_now(app, order)
    code = app.codes.points(customer_key(paid.email))
    letter = app.letters.write(paid, Message(Kind.CONFIRMATION, paid.email, 0))
    assert "This order earned you €1.20 to spend with us." in " ".join(letter.text.split())
    assert (code in letter.text, code in letter.html) == (True, True)
    add(browser, "PRINT-A4")
    assert browser.post("/cart", data={"code": code}, headers=SELF).status_code == 303
    assert "Total €28.50 of which VAT 23% €5.33" in (page := visible(browser.get("/cart")))
    assert f"Paid with POINTS-…{code[-4:]} -€1.20 To pay €27.30" in page


def test_the_mail_holds_a_code_that_is_worth_what_was_paid_and_nobody_keeps_it(app: App, bought: Order) -> None:
    code = app.codes.gift_card(bought.id, 0)
    letter = app.letters.write(bought, Message(Kind.GIFT_CARD, bought.email, 0))
    assert (letter.to, letter.subject) == (bought.email, "Your gift card from Small Shop")
    assert f"    {code}    €25.00" in letter.text
    assert code in letter.html
    assert "/order/" not in letter.text + letter.html  # it is forwarded, and the order is nobody else's
    assert balance_of(code, store=app.store, currency="EUR").amount == 2500
    assert [message.sent_at > 0 for message in bought.messages] == [True, True]
    assert code not in Path(app.setting("SHOP_DATABASE")).read_bytes().decode("latin-1")


def test_cancelling_makes_a_gift_card_void_and_gives_back_what_it_cost(
    app: App, browser: Client, bought: Order
) -> None:
    page = visible(browser.get(f"/order/{bought.id}/cancel"))
    assert "You get back €25.00, the way you paid." in page
    assert "The gift cards in it are no longer worth anything" in page
    assert send(browser, f"/order/{bought.id}/cancel").status_code == 303
    cancelled = the_order_now(app, bought)
    assert [one.amount for one in cancelled.refunds] == [2500]
    assert [card.void for card in cancelled.cards] == [True]
