"""The owner's commands find the shop that is served, on whichever port."""

from pathlib import Path

import pytest

from cli.desk import Refused, this_shop
from cli.local_settings import note_port
from functions.shop.errors import BadSetting


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


def test_orders_that_are_elsewhere_never_meet_the_secrets_of_this_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else test payments and unsent mails of a laptop would be believed to be those of the live shop."""
    for name in ("SHOP_URL", "SHOP_SECRETS", "SHOP_SECRET_KEYS", "STRIPE_SECRET_KEY", "MAIL_FOLDER", "POUCH_SHOP"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SHOP_VAR", str(tmp_path))
    monkeypatch.setenv("SHOP_TABLE", "orders-of-the-live-shop")
    shop = this_shop()
    for name in ("SHOP_URL", "SHOP_SECRET_KEYS", "STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRETS"):
        with pytest.raises(BadSetting, match=f"^{name} is not set"):
            shop.setting(name)
    monkeypatch.setenv("SHOP_URL", "https://shop.example")
    assert this_shop().url == "https://shop.example"


def test_a_shop_that_there_is_not_is_named_with_those_that_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POUCH_SHOP", "liev")
    with pytest.raises(Refused, match=r"^POUCH_SHOP is 'liev'\. Write live or sandbox; unset it for the shop on this"):
        this_shop()
