"""A gift card is bought: the mail that is sent holds a code with what was paid for it, and nothing else keeps it."""

from pathlib import Path

import pytest
from werkzeug.test import Client

from functions.app import App
from functions.service.balances import balance_of
from functions.shop.message import Kind, Message
from functions.shop.order import Order
from tests.shop.balanced import GIFT_CARD
from tests.small_shop import VARIANTS, write_release
from tests.web.paying import pay, send_webhook
from tests.web.test_checkout import ordered, the_order_now


@pytest.fixture
def bought(app: App, browser: Client, tmp_path: Path) -> Order:
    """An order of a gift card, paid."""
    write_release(tmp_path / "build", (*VARIANTS, GIFT_CARD))
    order = ordered(app, browser, "VOUCHER")
    pay(order.pay_url)
    assert send_webhook(Client(app), order).status_code == 204
    return the_order_now(app, order)


def test_the_mail_holds_a_code_that_is_worth_what_was_paid_and_nobody_keeps_it(app: App, bought: Order) -> None:
    code = app.codes.gift_card(bought.id, 0)
    letter = app.letters.write(bought, Message(Kind.GIFT_CARD, bought.email, 0))
    assert (letter.to, letter.subject) == (bought.email, "Your gift card from Small Shop")
    assert f"    {code}    €25.00" in letter.text
    assert code in letter.html
    assert balance_of(code, store=app.store, currency="EUR").amount == 2500
    assert [message.sent_at > 0 for message in bought.messages] == [True, True]
    assert code not in Path(app.setting("SHOP_DATABASE")).read_bytes().decode("latin-1")
