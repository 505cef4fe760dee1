"""The owner's commands find the shop that is served, on whichever port."""

from pathlib import Path

import pytest

from cli.desk import this_shop
from cli.local_settings import note_port


def test_commands_speak_to_the_shop_that_was_served_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PORT", "STRIPE_SECRET_KEY", "STRIPE_API_BASE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SHOP_VAR", str(tmp_path))
    assert this_shop().url == "http://127.0.0.1:8000"
    note_port(8123, tmp_path)
    shop = this_shop()
    assert (shop.url, shop.setting("STRIPE_API_BASE")) == ("http://127.0.0.1:8123", "http://127.0.0.1:8124")
    monkeypatch.setenv("PORT", "8010")
    assert this_shop().url == "http://127.0.0.1:8010"
