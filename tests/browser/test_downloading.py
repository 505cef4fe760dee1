"""A large file in a real browser: the button leads away from the shop, which the policy of its page must allow."""

import hashlib
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import boto3
import pytest
from playwright.sync_api import Browser
from werkzeug.serving import make_server

from functions.adapters.s3_catalogue import HANDED_THROUGH
from functions.app import App
from functions.service.settlement import save
from functions.shop.decision import Decision
from functions.shop.settling import decide
from tests.living_shop import free_port
from tests.shop.sample import facts, placed
from tests.small_shop import write_release
from tests.web.aws_shop import aws_shop

FILM = b"f" * (HANDED_THROUGH + 1)
NAME = "Film – Süd.mp4"


@pytest.fixture
def app(aws: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    """A shop on AWS that sells a film, at an address of its own. S3 is at another one."""
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")  # the one with which the emulator checks addresses
    kept, port = hashlib.sha256(FILM).hexdigest(), free_port()
    write_release(tmp_path / "build", files={NAME: kept})
    settings = aws_shop(tmp_path / "build", "http://127.0.0.1:1") | {"SHOP_URL": f"http://127.0.0.1:{port}"}
    boto3.client("s3").put_object(Bucket=settings["SHOP_BUCKET"], Key=f"main/files/{kept}", Body=FILM)
    app = App(settings)
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield app
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("javascript", [True, False])
def test_the_button_saves_the_whole_file_under_its_name(chromium: Browser, app: App, *, javascript: bool) -> None:
    """And the page with the button stays."""
    order = replace(placed(), session="cs_1", created_at=app.cart_page.clock(), version=0)
    order = replace(order, lines=(order.lines[0], replace(order.lines[1], digital=True, file=NAME)))
    bought = save(Decision(decide(order, facts(), order.created_at).order), app.store)
    page = chromium.new_page(java_script_enabled=javascript, accept_downloads=True)
    page.goto(f"{app.url}/download/{app.tokens.for_download(bought, 1)}")
    with page.expect_download(timeout=10_000) as downloading:
        page.click("main button")
    download = downloading.value
    assert download.suggested_filename == NAME
    assert Path(download.path()).read_bytes() == FILM
    assert page.url.startswith(f"{app.url}/download/")
    page.close()
