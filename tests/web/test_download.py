"""`/download`: who has paid for a file gets it, some times; nobody else does (R25, R27)."""

import hashlib
import re
import urllib.request
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import boto3
import pytest
from werkzeug.test import Client

from functions.adapters.s3_catalogue import HANDED_THROUGH
from functions.app import App
from functions.service.settlement import save
from functions.shop.decision import Decision
from functions.shop.download import downloadable
from functions.shop.message import Kind
from functions.shop.order import Order, owing
from functions.shop.settling import decide, let_go
from functions.shop.state import State
from tests.shop.sample import facts, placed
from tests.small_shop import write_release
from tests.web.aws_shop import aws_shop
from tests.web.forms import SELF, visible
from tests.web.ordering import link as order_link

pytestmark = pytest.mark.slow


MAP = b"%PDF-1.7 a map"
NAME = "Karte \u2013 S\u00fcd.pdf"


@pytest.fixture
def app(app: App, tmp_path: Path) -> App:
    """The small shop, which sells a map as a file."""
    kept = hashlib.sha256(MAP).hexdigest()
    write_release(tmp_path / "build", files={NAME: kept})
    (tmp_path / "build" / "files").mkdir()
    (tmp_path / "build" / "files" / kept).write_bytes(MAP)
    return app


def unpaid() -> Order:
    """Two postcards, and a map as a file."""
    order = replace(placed(), session="cs_1")
    return replace(order, lines=(order.lines[0], replace(order.lines[1], digital=True, file=NAME)))


def paid(app: App) -> Order:
    """The order, paid now, as it is stored."""
    now = app.cart_page.clock()
    bought = decide(replace(unpaid(), created_at=now, version=0), facts(), now)
    return save(Decision(bought.order), app.store)


def link(app: App, order: Order, line: int = 1) -> str:
    return f"/download/{app.tokens.for_download(order, line)}"


def test_a_look_shows_a_button_and_the_button_downloads(app: App, browser: Client) -> None:
    order = paid(app)
    page = browser.get(link(app, order))
    assert (page.status_code, "Your file Karte – Süd.pdf is ready." in visible(page)) == (200, True)
    answer = browser.post(link(app, order), headers=SELF, buffered=True)
    assert (answer.status_code, answer.data) == (200, MAP)
    assert answer.headers["Content-Disposition"] == (
        "attachment; filename=\"Karte  Sud.pdf\"; filename*=UTF-8''Karte%20%E2%80%93%20S%C3%BCd.pdf"
    )
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_file_can_be_downloaded_ten_times_and_looks_do_not_count(app: App, browser: Client) -> None:
    order = paid(app)
    for _ in range(12):
        browser.get(link(app, order))
        browser.head(link(app, order))
    answers = [browser.post(link(app, order), headers=SELF, buffered=True).status_code for _ in range(11)]
    assert answers == [200] * 10 + [429]


PAYMENTS = "http://127.0.0.1:1"
FILM = b"f" * (HANDED_THROUGH + 1)


@pytest.fixture
def on_aws(aws: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> App:
    """The small shop on AWS, which sells a film there."""
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")  # the one with which the emulator checks addresses
    kept = hashlib.sha256(FILM).hexdigest()
    write_release(tmp_path / "film", files={NAME: kept})
    settings = aws_shop(tmp_path / "film", PAYMENTS)
    boto3.client("s3").put_object(Bucket=settings["SHOP_BUCKET"], Key=f"main/files/{kept}", Body=FILM)
    return App(settings)


def test_a_large_file_is_had_from_amazon_by_an_address_that_ends(on_aws: App) -> None:
    """The button leads there, and the policy of its page lets it; tries are counted as ever, and nobody keeps it."""
    order, browser = paid(on_aws), Client(on_aws)
    page = browser.get(link(on_aws, order))
    answer = browser.post(link(on_aws, order), headers=SELF)
    assert (page.status_code, answer.status_code) == (200, 303)
    place = urlsplit(answer.headers["Location"])
    forms = page.headers["Content-Security-Policy"].rpartition("form-action ")[2].split()
    assert forms == ["'self'", PAYMENTS, f"{place.scheme}://{place.netloc}"]
    assert (answer.headers["Cache-Control"], answer.headers["Referrer-Policy"]) == ("no-store", "no-referrer")
    with urllib.request.urlopen(answer.headers["Location"], timeout=10) as film:
        assert film.read() == FILM
    assert parse_qs(place.query)["response-content-disposition"] == [
        "attachment; filename*=UTF-8''Karte%20%E2%80%93%20S%C3%BCd.pdf"
    ]
    answers = [browser.post(link(on_aws, order), headers=SELF).status_code for _ in range(10)]
    assert answers == [303] * 9 + [429]


def test_nobody_else_is_told_where_a_large_file_is(on_aws: App) -> None:
    order = paid(on_aws)
    changed = save(Decision(replace(order, epoch=1)), on_aws.store)
    for address in (link(on_aws, order), link(on_aws, changed, line=0)):
        answer = Client(on_aws).post(address, headers=SELF)
        assert (answer.status_code, "Location" in answer.headers) == (404, False)


def test_nobody_else_gets_it(app: App, browser: Client) -> None:
    order = paid(app)
    changed = save(Decision(replace(order, epoch=1)), app.store)
    old, thing = link(app, order), link(app, changed, line=0)
    forged = f"/download/{app.tokens.for_order(order.id, 1)}"
    for address, status in ((old, 404), (thing, 404), (link(app, changed, line=7), 404), (forged, 400)):
        assert browser.get(address).status_code == status
        assert browser.post(address, headers=SELF).status_code == status
    foreign = browser.post(link(app, changed), headers={"Origin": "https://evil.example"})
    assert foreign.status_code == 403


def test_a_link_ends_with_the_link_to_the_order(app: App, browser: Client) -> None:
    order = paid(app)
    old = save(Decision(replace(order, created_at=order.created_at - 181 * 86_400)), app.store)
    assert browser.get(link(app, old)).status_code == 404


def test_a_file_that_is_gone_is_not_there(app: App, browser: Client, tmp_path: Path) -> None:
    order = paid(app)
    [kept] = (tmp_path / "build" / "files").iterdir()
    kept.unlink()
    assert browser.post(link(app, order), headers=SELF).status_code == 404


def opened(app: App, browser: Client, order: Order) -> str:
    """The order's page, opened by its mailed link."""
    browser.get(order_link(app, order))
    page = browser.get(f"/order/{order.id}")
    assert page.status_code == 200
    return page.text


def test_the_page_of_a_paid_order_leads_to_its_files(app: App, browser: Client) -> None:
    """With the addresses that the mail has, and none for the postcards."""
    order = paid(app)
    text = opened(app, browser, order)
    assert re.findall(r'href="(/download/[^"]+)"', text) == [link(app, order)]
    assert re.search(r'<h2 id="files">Your file</h2>\s*<ul class="deeds">\s*<li><a [^>]*>Download Print', text)
    assert browser.post(link(app, order), headers=SELF, buffered=True).data == MAP


@pytest.mark.parametrize("changed", [{"held": "A dispute."}, {"state": State.CANCELLED}, {"state": State.PENDING}])
def test_the_page_of_any_other_order_leads_to_none(app: App, browser: Client, changed: dict[str, object]) -> None:
    """It is held, has ended, or nobody has paid yet."""
    order = replace(paid(app), **changed, session="")  # type: ignore[arg-type]
    assert "/download/" not in opened(app, browser, save(Decision(order), app.store))


def test_a_link_that_has_ended_stands_on_no_page(app: App, browser: Client) -> None:
    """The order's page still opens, for its link was sent again."""
    order = owing(paid(app), Kind.LINK, app.cart_page.clock())
    old = save(Decision(replace(order, created_at=order.created_at - 181 * 86_400)), app.store)
    assert "/download/" not in opened(app, browser, old)


def test_who_may_not_see_the_order_sees_no_files(app: App) -> None:
    order = paid(app)
    answer = Client(app).get(f"/order/{order.id}")
    assert (answer.status_code, "/download/" in answer.text) == (404, False)


def test_only_a_paid_order_that_is_not_held_has_files_and_a_mail_that_says_where() -> None:
    bought = decide(unpaid(), facts(), 1).order
    assert (downloadable(unpaid()), downloadable(bought)) == ((), (1,))
    assert [message.kind for message in bought.messages] == [Kind.CONFIRMATION, Kind.DOWNLOAD]
    held = decide(unpaid(), facts(amount=1), 1).order
    assert (downloadable(held), [message.kind for message in held.messages]) == ((), [Kind.CONFIRMATION, Kind.HELD])
    assert [message.kind for message in let_go(held, 2).order.messages][2:] == [Kind.DOWNLOAD]
    assert downloadable(replace(bought, state=State.CANCELLED)) == ()
