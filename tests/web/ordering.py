"""Orders that are paid, and what the owner does with them."""

from werkzeug.test import Client

from functions.app import App, clock
from functions.service.acting import perform
from functions.shop.acts import Act
from functions.shop.order import Order
from tests.web.forms import add, check_out
from tests.web.paying import pay, send_webhook

EMAIL = "sam@example.com"  # who pays (tests/web/paying.py)


def buy(app: App, browser: Client, **quantities: int) -> Order:
    """Buy these SKUs (write `_` for `-`), two postcards and a print unless said otherwise, and pay."""
    for sku, quantity in (quantities or {"CARD": 2, "PRINT_A4": 1}).items():
        add(browser, sku.replace("_", "-"), quantity)
    assert check_out(browser).status_code == 303
    paying = browser.get_cookie("paying")
    assert paying
    pay(now(app, paying.value).pay_url)
    assert send_webhook(Client(app), now(app, paying.value)).status_code == 204
    return now(app, paying.value)


def do(app: App, order: Order, *acts: Act) -> Order:
    """Do things to an order, as the desk does."""
    for act in acts:
        order = perform(order.id, act, store=app.store, payments=app.payments, clock=clock, codes=app.codes)
    return order


def now(app: App, order: Order | str) -> Order:
    """The order as it is written down."""
    found = app.store.order(order if isinstance(order, str) else order.id)
    assert found
    return found


def link(app: App, order: Order, more: str = "") -> str:
    """The mailed address of an order's page."""
    return f"/order/{order.id}{more}?t={app.tokens.for_order(order.id, order.epoch)}"
