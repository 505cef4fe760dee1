"""Nothing that a person sends, and no text of an error, comes into the log: planted everywhere, on all routes (R26)."""

import io
import json
import logging
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from werkzeug.test import Client

from functions.app import App
from functions.log import FIELDS, write_json
from functions.web.part import Part
from tests.web.forms import SELF
from tests.web.ordering import buy
from tests.web.test_reading import PARTS

pytestmark = pytest.mark.slow


_NAMES = {"invoice": "invoice.pdf"}  # by which the path chooses, where it is another one
CANARIES = (
    "ada.canary@example.org",
    "Ada Canary-Byrne",
    "4 Canary Street",
    "4242 4242 4242 4242",
    "4242424242424242",
    "GIFT-8K2M-9QXD-4FTR-2ABC",
    "eyJjYW5hcnkiOjF9.c2lnbmF0dXJl",
    "sk_live_canary0000000000",
)
FIELDS_OF_FORMS = (
    "sku quantity quantity.CARD country shipping postcode region code without vat_id email gift_note delivery_note "
    "checkout action remove terms form name line1 line2 city text reason number order change s t"
).split()


class Broken(Exception):
    """What a fault in our own code may say."""


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Every line that would be written in production, of all loggers and levels."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    stream = io.StringIO()
    write_json(stream)
    root.setLevel(logging.DEBUG)
    yield stream
    root.handlers[:] = before
    root.setLevel(level)


def routes(app: App) -> list[tuple[str, str]]:
    """Every method and path that is answered."""
    found = [route for name in PARTS for route in getattr(app, name)().routes]
    return [(method, path) for method, path in (route.split(" ", 1) for route in found)]


def send(browser: Client, method: str, path: str, canary: str) -> int:
    """A request with the canary in every field, header and cookie."""
    form = dict.fromkeys(FIELDS_OF_FORMS, canary)
    headers = SELF | {"User-Agent": canary, "Referer": canary, "X-Forwarded-For": canary, "Stripe-Signature": canary}
    for name in ("entered", "notes", "seen", "wishlist", "destination", "paying"):
        browser.set_cookie(name, canary)
    where = {"query_string": form} if method == "GET" else {"data": form}
    return browser.open(path, method=method, headers=headers, **where).status_code  # type: ignore[arg-type]


def assert_silent(written: io.StringIO) -> list[dict[str, object]]:
    """No canary, as it is or coded for addresses; and no field but those that are listed."""
    text = written.getvalue()
    assert [one for one in CANARIES if one in text or quote(one) in text or json.dumps(one)[1:-1] in text] == []
    assert "canary" not in text.lower()
    lines = [json.loads(line) for line in text.splitlines()]
    assert {name for line in lines for name in line} <= {"time", "level", "event", *FIELDS}
    return lines


@pytest.mark.parametrize("canary", CANARIES)
def test_no_field_of_a_request_is_logged(app: App, browser: Client, written: io.StringIO, canary: str) -> None:
    """Whatever is sent, and whatever becomes of it."""
    order = buy(app, browser)
    written.seek(0)
    written.truncate()
    asked = routes(app)
    for method, path in asked:
        send(browser, method, path.replace("<order_id>", order.id), canary)
        send(browser, method, path.replace("<order_id>", quote(canary)), canary)
    browser.open("/nowhere/" + quote(canary), method="GET")
    lines = assert_silent(written)
    answers = [line for line in lines if line["event"] == "A request was answered"]
    assert len(answers) == 2 * len(asked) + 1
    assert {line["route"] for line in answers if "route" in line} == {path for _, path in asked}


@pytest.mark.parametrize("canary", CANARIES)
def test_no_word_of_an_error_is_logged(
    app: App, browser: Client, written: io.StringIO, canary: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault anywhere in a view quotes the person whose request it was; the log tells class and place alone."""

    def fail(*_: object, **__: object) -> object:
        raise Broken(f"{canary} broke it") from ValueError(canary)

    asked = routes(app)
    for name in PARTS:
        part: Part = getattr(app, name)()
        for rule in part._rules:
            rule.endpoint = fail
        monkeypatch.setitem(app._parts, _NAMES.get(name, name.replace("_", "-")), part)
    statuses = {send(browser, method, path.replace("<order_id>", "7K3M-9QXD-4FTR"), canary) for method, path in asked}
    assert statuses == {500}
    failed = [line for line in assert_silent(written) if line["event"] == "A request failed"]
    assert len(failed) == len(asked)
    assert {(line["error"], line["cause"]) for line in failed} == {("Broken", "ValueError")}
