"""Every page of the demo shop as it is served: those that `make html` built, and those that functions make."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.test import Client

from tests.living_shop import LivingShop, living_shop
from tests.web.forms import SELF, add, cart_form, check_out, send
from tests.web.over_http import browser_at
from tests.web.paying import DECLINED, pay

ROOT = Path(__file__).parents[2]
OUTPUT = ROOT / "output"


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """HTML by address; a function's pages by what has happened."""
    assert (ROOT / "build" / "release.json").exists(), "Build the demo shop first: make html"
    built = {f"/{path.relative_to(OUTPUT).as_posix()}": path for path in OUTPUT.rglob("*.html")}
    assert "/index.html" in built
    found = {name: path.read_text(encoding="utf-8") for name, path in built.items() if _is_page(path)}
    with living_shop(tmp_path_factory.mktemp("var"), build=ROOT / "build", output=OUTPUT) as shop:
        return found | dict(_made(shop))


def _is_page(path: Path) -> bool:
    """Whether it is a whole page; some files are pieces that scripts fetch."""
    return path.read_bytes().lstrip()[:15].lower() == b"<!doctype html>"


def _made(shop: LivingShop) -> Iterator[tuple[str, str]]:
    """What functions answer, from an empty cart to a paid order, and when something is not right."""
    browser = browser_at(shop.url)
    yield "/cart, empty", _text(browser, "/cart")
    yield "/order, none", _text(browser, "/order/AAAA-BBBB-CCCC")
    yield "/checkout, of nothing", browser.post("/checkout", headers=SELF).get_data(as_text=True)
    add(browser, "PETREL-A4", 2)
    yield "/cart, with two prints", _text(browser, "/cart")
    yield "/cart, with notes", _with_notes(browser)
    declined, paid = _ordered(browser), ""
    yield "/cart, while a payment is open", _text(browser, "/cart")
    yield "/order, not paid yet", _text(browser, declined)
    order = shop.app.store.order(declined.rsplit("/", 1)[1])
    assert order
    pay(order.pay_url, DECLINED)
    yield "/order, declined", _text(browser, declined)
    pay(order.pay_url)
    paid = _text(browser, declined)
    assert "Thank you" in paid
    yield "/order, paid", paid
    for name in ("cancel", "address", "return", "help", "invoice"):
        yield f"/order/{name}", _text(browser, f"{declined}/{name}")
    yield "/order/address, of nothing", _sent(browser, f"{declined}/address", name="")
    statement = {"name": "Sam", "number": order.id, "email": "sam@example.com"}
    yield "/withdraw", _text(browser, "/withdraw")
    yield "/withdraw, of nothing", _sent(browser, "/withdraw", name="")
    yield "/withdraw, to be confirmed", _sent(browser, "/withdraw", **statement)
    yield "/order-link", _text(browser, "/order-link")
    yield "/order-link, sent", _sent(browser, "/order-link", **statement)


def _with_notes(browser: Client) -> str:
    """The cart when a checkout was refused because of another quantity: with notes, and what has changed."""
    notes = {"gift_note": "Happy birthday!\nAda", "delivery_note": "The blue door", "quantity.PETREL-A4": "3"}
    answer = check_out(browser, cart_form(browser) | notes)
    assert answer.status_code == 409
    return answer.get_data(as_text=True)


def _ordered(browser: Client) -> str:
    """The address of an order that waits for its payment."""
    assert check_out(browser).status_code == 303
    cookie = browser.get_cookie("paying")
    assert cookie
    return f"/order/{cookie.value}"


def _sent(browser: Client, path: str, **fields: str) -> str:
    """The answer to a form."""
    return send(browser, path, **fields).get_data(as_text=True)


def _text(browser: Client, path: str) -> str:
    return browser.get(path).get_data(as_text=True)
