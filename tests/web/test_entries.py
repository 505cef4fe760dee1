"""What AWS loads: each group of functions over its real adapters, called with the events of an HTTP API or a queue."""

import base64
import io
import json
import logging
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import boto3
import pytest
from pypdf import PdfReader
from werkzeug.test import Client

from functions.app import App
from functions.local.standin import Standin
from functions.previews import Previews
from functions.shop.errors import BadSetting
from functions.shop.state import State
from tests.small_shop import POSTCARD, SETTINGS, VARIANTS, write_release
from tests.web.aws_shop import GROUPS, aws_shop, entry, http_event, publish
from tests.web.ordering import buy
from tests.web.paying import event_body, pay, signature
from tests.web.test_checkout import ordered, the_order_now

pytestmark = pytest.mark.slow


@pytest.fixture
def environ(aws: str, tmp_path: Path, standin: Standin) -> dict[str, str]:
    """The settings of a shop on AWS."""
    write_release(tmp_path / "build")
    return aws_shop(tmp_path / "build", standin.url)


@pytest.fixture
def app(environ: dict[str, str]) -> App:
    """The same shop, as its owner sees it."""
    return App(environ)


def text(answer: dict[str, Any]) -> str:
    """The page in an answer."""
    return str(answer["body"])


def wait_until(holds: Callable[[], bool]) -> None:
    """For five seconds at most."""
    patience = time.monotonic() + 5
    while not holds():
        assert time.monotonic() < patience
        time.sleep(0.02)


OWN = {
    "cart": "/cart",
    "checkout": "/checkout",
    "order": "/order-link",
    "invoice": "/order/7K3M-9QXD-4FTR/invoice.pdf",
    "stripe": "/stripe/events",
}


@pytest.mark.parametrize("group", OWN)
def test_a_group_answers_its_own_paths_and_no_others(
    environ: dict[str, str], monkeypatch: pytest.MonkeyPatch, group: str
) -> None:
    handler = entry(group, environ, monkeypatch).handler
    status = handler(http_event("GET", OWN[group]), None)["statusCode"]
    assert status == {"checkout": 303, "invoice": 404, "stripe": 405}.get(group, 200)
    foreign = [path for name, path in OWN.items() if name != group] if group != "stripe" else ["/stripe/other"]
    for path in [*foreign, "/nowhere"]:
        answer = handler(http_event("GET", path), None)
        assert (answer["statusCode"], "There is nothing at this address" in text(answer)) == (404, True), path


def test_a_cart_shows_the_prices_of_the_release_in_the_bucket(
    environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    handler = entry("cart", environ, monkeypatch).handler
    added = handler(http_event("POST", "/cart", {"action": "add", "sku": "CARD", "quantity": "2"}), None)
    assert added["statusCode"] == 303
    cookies = dict(cookie.partition(";")[0].split("=", 1) for cookie in added["cookies"])
    shown = handler(http_event("GET", "/cart", cookies=cookies), None)
    assert "€5.00" in text(shown)


def test_an_invoice_comes_in_base64(environ: dict[str, str], app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    order = buy(app, Client(app), CARD=2)
    key = app.tokens.for_order(order.id, order.epoch)
    handler = entry("invoice", environ, monkeypatch).handler
    answer = handler(http_event("GET", f"/order/{order.id}/invoice.pdf", cookies={f"order-{order.id}": key}), None)
    assert (answer["statusCode"], answer["isBase64Encoded"]) == (200, True)
    assert "Postcard" in PdfReader(io.BytesIO(base64.b64decode(answer["body"]))).pages[0].extract_text()


def test_a_webhook_settles_an_order_in_the_table(
    environ: dict[str, str], app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = ordered(app, Client(app))
    pay(order.pay_url)
    body = event_body(order.session, order.id)
    event = http_event("POST", "/stripe/events", headers={"stripe-signature": signature(body)})
    handler = entry("stripe", environ, monkeypatch).handler
    answer = handler(event | {"body": base64.b64encode(body).decode()}, None)
    assert (answer["statusCode"], the_order_now(app, order).state) == (204, State.PAID)


def test_the_bridge_settles_an_order_too(environ: dict[str, str], app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    order = ordered(app, Client(app))
    pay(order.pay_url)
    detail = json.loads(event_body(order.session, order.id))
    records = [{"messageId": "1", "body": json.dumps({"detail": detail})}]
    assert entry("bridge", environ, monkeypatch).handler({"Records": records}, None) == {"batchItemFailures": []}
    assert the_order_now(app, order).state is State.PAID


def test_news_of_mails_that_is_of_no_concern_is_taken(environ: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    records = [{"messageId": "1", "body": json.dumps({"detail": {"eventType": "Open", "mail": {"tags": {}}}})}]
    handler = entry("mail_events", environ, monkeypatch).handler
    assert handler({"Records": records}, None) == {"batchItemFailures": []}


def test_the_reconciler_settles_what_no_webhook_told_and_says_what_it_did(
    environ: dict[str, str], app: App, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    order = ordered(app, Client(app))
    pay(order.pay_url)
    wait_until(lambda: app.payments.session(order.session).complete)
    handler = entry("reconcile", environ, monkeypatch).handler
    logging.getLogger().addHandler(caplog.handler)  # the entry writes JSON lines and nothing else
    with caplog.at_level(logging.INFO):
        first, second = handler({}, None), handler({}, None)
    assert set(first) == {
        "settled",
        "refunded",
        "mailed",
        "failures",
        "rebuilt",
        "troubled",
        "forgotten",
        "held",
        "unsent",
        "told",
        "warned",
        "differences",
    }
    assert first["failures"] == second["failures"] == 0
    assert first["mailed"] + second["mailed"] == 1  # a mail that is due this very second may wait for the next run
    assert the_order_now(app, order).state is State.PAID
    beats = [one for one in caplog.records if one.getMessage() == "Everything that was due is done"]
    assert [one.__dict__["fields"]["mailed"] for one in beats] == [first["mailed"], second["mailed"]]


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_starts_before_anything_is_published(
    environ: dict[str, str], monkeypatch: pytest.MonkeyPatch, group: str
) -> None:
    bucket = boto3.client("s3")
    bucket.delete_object(Bucket=environ["SHOP_BUCKET"], Key="main/release.json")
    handler = entry(group, environ, monkeypatch).handler
    if group in OWN:
        answer = handler(http_event("GET", "/nowhere"), None)
        assert answer["statusCode"] == 503


def test_a_group_does_not_start_without_its_secrets(environ: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadSetting, match=r"^The parameter /none/SHOP_SECRET_KEYS is not there"):
        entry("cart", environ | {"SHOP_SECRETS": "/none/"}, monkeypatch)


@pytest.fixture
def previews(environ: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """The settings of a sandbox in which a branch is published that sells postcards at 9.99."""
    write_release(tmp_path / "branch", (replace(POSTCARD, price=999), *VARIANTS[1:]), replace(SETTINGS, name="Branch"))
    publish(tmp_path / "branch", environ["SHOP_BUCKET"], "a-branch")
    return environ | {"SHOP_PREVIEWS": "yes"}


@pytest.mark.parametrize(
    ("cookie", "price"),
    [
        ({"preview": "a-branch"}, "€9.99"),
        ({"preview": "main"}, "€2.50"),
        ({"preview": "never-published"}, "€2.50"),
        ({"preview": "../main"}, "€2.50"),
        ({"preview": "a" * 41}, "€2.50"),
        ({"preview": ""}, "€2.50"),
        ({}, "€2.50"),
    ],
)
def test_a_cookie_says_which_site_a_browser_looks_at(
    previews: dict[str, str], monkeypatch: pytest.MonkeyPatch, cookie: dict[str, str], price: str
) -> None:
    handler = entry("cart", previews, monkeypatch).handler
    added = handler(http_event("POST", "/cart", {"action": "add", "sku": "CARD"}, cookies=cookie), None)
    cookies = dict(each.partition(";")[0].split("=", 1) for each in added["cookies"])
    assert price in text(handler(http_event("GET", "/cart", cookies=cookies | cookie), None))


def test_in_a_live_shop_the_cookie_means_nothing(previews: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    handler = entry("cart", previews | {"SHOP_PREVIEWS": "no"}, monkeypatch).handler
    assert "<title>Your cart · Small Shop</title>" in text(
        handler(http_event("GET", "/cart", cookies={"preview": "a-branch"}), None)
    )


def test_a_bounded_number_of_sites_is_kept_at_hand(previews: dict[str, str], tmp_path: Path) -> None:
    names = [f"branch-{number}" for number in range(10)]
    for name in names:
        publish(tmp_path / "branch", previews["SHOP_BUCKET"], name)
    app = App(previews)
    front = Previews(app, app.of_site, lambda one: one.only("cart"))
    for name in names:
        browser = Client(front)
        browser.set_cookie("preview", name)
        assert "Branch" in browser.get("/cart").text
    assert len(front._sites) == 8
