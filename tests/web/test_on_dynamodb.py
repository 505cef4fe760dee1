"""The functions with their orders in DynamoDB: the same purchase, the same last piece."""

from collections.abc import Callable
from pathlib import Path

import pytest
from werkzeug.test import Client

from functions.adapters.dynamodb.store import DynamoStore
from functions.adapters.file_catalogue import every_variant
from functions.app import App
from functions.local.standin import Standin
from functions.service.stocking import declare
from functions.shop.state import State
from tests.emulator import new_table
from tests.living_shop import settings
from tests.small_shop import write_release
from tests.web.conftest import URL
from tests.web.forms import SELF, visible
from tests.web.paying import pay, send_webhook
from tests.web.test_checkout import mails, ordered, stock, the_order_now
from tests.web.test_races import reconciled
from tests.web.test_stock_races import shopper, together


@pytest.fixture
def app(aws: str, tmp_path: Path, standin: Standin) -> App:
    """All functions, on a table and a release of their own."""
    write_release(tmp_path / "build")
    app = App(settings(URL, standin.url, tmp_path, tmp_path / "build") | {"SHOP_TABLE": new_table()})
    declare(every_variant(tmp_path / "build"), app.store)
    return app


def test_the_setting_chooses_the_store(app: App) -> None:
    assert isinstance(app.store, DynamoStore)
    assert not Path(app.setting("SHOP_DATABASE")).exists()


def test_a_purchase_is_settled_once_and_confirmed_by_one_mail(app: App, browser: Client) -> None:
    order = ordered(app, browser, quantity=2)
    assert stock(app, "PRINT-A4") == (3, 2)
    assert pay(order.pay_url) == 303
    assert "Thank you" in visible(browser.get(f"/order/{order.id}"))
    assert send_webhook(browser, order).status_code == 204
    reconciled(app)
    assert the_order_now(app, order).state is State.PAID
    assert stock(app, "PRINT-A4") == (1, 0)
    assert len(mails(app)) == 1


def test_who_goes_back_gives_everything_back(app: App, browser: Client) -> None:
    order = ordered(app, browser, quantity=2)
    assert browser.post(f"/order/{order.id}/release", headers=SELF).headers["Location"] == "/cart"
    assert the_order_now(app, order).state is State.EXPIRED
    assert stock(app, "PRINT-A4") == (3, 0)


@pytest.mark.slow
@pytest.mark.parametrize("_round", range(3))
def test_of_nine_who_press_the_button_for_the_last_piece_one_has_it(app: App, _round: int) -> None:
    presses: list[Callable[[], object]] = [shopper(app, LAST=1) for _ in range(9)]
    orders = [order for order in together(presses) if order]
    assert len(orders) == 1
    assert stock(app, "LAST") == (1, 1)
