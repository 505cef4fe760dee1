"""The shop's functions over real adapters and the payment stand-in, called through WSGI."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.test import Client

from functions.adapters.file_catalogue import every_variant
from functions.app import App
from functions.local.standin import Standin, running_standin
from functions.service.stocking import declare
from tests.living_shop import settings
from tests.small_shop import write_release

URL = "http://127.0.0.1:8000"


@pytest.fixture
def standin() -> Iterator[Standin]:
    """A payment stand-in that delivers no webhooks by itself, so that tests decide when news arrives."""
    with running_standin() as running:
        yield running


@pytest.fixture
def app(tmp_path: Path, standin: Standin) -> App:
    """All functions, on a database and a release of their own."""
    write_release(tmp_path / "build")
    made = App(settings(URL, standin.url, tmp_path, tmp_path / "build"))
    declare(every_variant(tmp_path / "build"), made.store)
    return made


@pytest.fixture
def browser(app: App) -> Client:
    """A browser without JavaScript: keeps cookies, sends forms."""
    return Client(app, use_cookies=True)
