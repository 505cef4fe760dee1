"""Settings that are kept as secrets in AWS's Parameter Store."""

import logging
from uuid import uuid4

import boto3
import pytest

from functions.app import App
from functions.shop.errors import BadSetting

ENVIRON = {"SHOP_URL": "https://shop.example", "SHOP_BUILD": "nowhere"}


@pytest.fixture
def path(aws: str) -> str:
    """A path below which one secret is kept."""
    path = f"/pouch/{uuid4().hex}/"
    keep(f"{path}STRIPE_SECRET_KEY", "sk_live_kept")
    return path


def keep(name: str, value: str) -> None:
    """Keep a secret."""
    boto3.client("ssm").put_parameter(Name=name, Value=value, Type="SecureString", Overwrite=True)


def test_a_secret_is_read_once(path: str) -> None:
    app = App(ENVIRON | {"SHOP_SECRETS": path})
    assert app.setting("STRIPE_SECRET_KEY") == "sk_live_kept"
    keep(f"{path}STRIPE_SECRET_KEY", "sk_live_another")
    assert app.setting("STRIPE_SECRET_KEY") == "sk_live_kept"
    assert app.live is True


def test_the_path_may_end_without_a_slash(path: str) -> None:
    assert App(ENVIRON | {"SHOP_SECRETS": path.rstrip("/")}).setting("STRIPE_SECRET_KEY") == "sk_live_kept"


def test_what_the_environment_says_counts_more(path: str) -> None:
    app = App(ENVIRON | {"SHOP_SECRETS": path, "STRIPE_SECRET_KEY": "sk_test_here"})
    assert app.setting("STRIPE_SECRET_KEY") == "sk_test_here"


def test_only_secrets_are_looked_for_there(path: str) -> None:
    keep(f"{path}STRIPE_API_BASE", "https://evil.example")
    assert App(ENVIRON | {"SHOP_SECRETS": path}).setting("STRIPE_API_BASE", "https://a.example") == "https://a.example"


def test_one_that_is_missing_is_named_with_its_parameter(path: str) -> None:
    app = App(ENVIRON | {"SHOP_SECRETS": path})
    with pytest.raises(BadSetting, match=rf"^The parameter {path}SHOP_SECRET_KEYS is not there\. Make it a SecureStr"):
        app.tokens.for_order("ORDER-1", 1)


def test_where_parameters_cannot_be_read_the_error_says_so_and_no_secret(
    path: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    with caplog.at_level(logging.DEBUG), pytest.raises(BadSetting, match=r"cannot be read \(NotReached\)"):
        App(ENVIRON | {"SHOP_SECRETS": path}).setting("STRIPE_SECRET_KEY")
    assert caplog.text == ""


def test_nothing_of_a_secret_is_logged(path: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        App(ENVIRON | {"SHOP_SECRETS": path}).setting("STRIPE_SECRET_KEY")
    assert "sk_live" not in caplog.text
