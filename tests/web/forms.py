"""What a person does in a browser without JavaScript: read the page, fill in its form, press a button."""

import html
import re
from typing import TYPE_CHECKING

from werkzeug.test import Client, TestResponse

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

_TEXT_AREA = re.compile(r'<textarea name="([^"]+)"[^>]*>\n?([^<]*)</textarea>')
SELF = {"Origin": "http://127.0.0.1:8000"}


def from_address(app: "WSGIApplication", address: str, **headers: str) -> Client:
    """A browser whose connection comes from an address, perhaps through a CDN that adds headers (`X_REAL_IP="…"`)."""
    said = {f"HTTP_{name}": value for name, value in headers.items()}
    return Client(lambda environ, start: app(environ | {"REMOTE_ADDR": address} | said, start))


def add(browser: Client, sku: str, quantity: int = 1) -> TestResponse:
    """Put something into the cart as the product page's form does."""
    data = {"action": "add", "sku": sku, "quantity": str(quantity)}
    return browser.post("/cart", data=data, headers=SELF)


def check_out(browser: Client, form: dict[str, str] | None = None) -> TestResponse:
    """Press the pay button of the cart page as it is now, or of a page that was opened before."""
    return browser.post("/checkout", data=form or cart_form(browser), headers=SELF)


def cart_form(browser: Client) -> dict[str, str]:
    """The fields of the cart page's form with their values, the pay button pressed."""
    page = browser.get("/cart").get_data(as_text=True)
    fields = {html.unescape(name): html.unescape(value) for name, value in _hidden_and_numbers(page)}
    fields |= dict(re.findall(r'name="(shipping)" value="([^"]*)" checked', page))
    selected = re.search(r'<option value="([A-Z]{2})" selected', page)
    fields |= {"country": selected[1]} if selected else {}
    fields |= {name: html.unescape(text) for name, text in _TEXT_AREA.findall(page)}
    return fields | {"action": "checkout"}


def cart_text(browser: Client) -> str:
    """The cart cookie's text."""
    cookie = browser.get_cookie("cart")
    return cookie.value if cookie else ""


def visible(answer: TestResponse) -> str:
    """The text of a page without its tags, white space folded."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True))).split())


def hidden(answer: TestResponse) -> dict[str, str]:
    """The hidden fields of a page's forms."""
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', answer.get_data(as_text=True))
    return {name: html.unescape(value) for name, value in found}


def send(browser: Client, path: str, **fields: str) -> TestResponse:
    """Open the page at a path, and send its form with these fields."""
    return browser.post(path, data=hidden(browser.get(path)) | fields, headers=SELF)


def _hidden_and_numbers(page: str) -> list[tuple[str, str]]:
    found = []
    for tag in re.findall(r"<input[^>]+>", page):
        kind, name, value = (_attribute(tag, key) for key in ("type", "name", "value"))
        if kind in {"hidden", "number"}:
            found.append((name, value))
    return found


def _attribute(tag: str, name: str) -> str:
    match = re.search(rf'\b{name}="([^"]*)"', tag)
    return match[1] if match else ""
