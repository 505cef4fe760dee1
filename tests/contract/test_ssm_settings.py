"""Settings that are kept as secrets in AWS's Parameter Store."""

import json
import logging
from http.server import BaseHTTPRequestHandler
from uuid import uuid4

import boto3
import pytest

from functions.adapters import ssm_settings
from functions.app import App
from functions.shop.errors import BadSetting
from tests.contract.serving import LocalServer, at_work

KEYS = {"AWS_ACCESS_KEY_ID": "nobody", "AWS_SECRET_ACCESS_KEY": "nothing", "AWS_REGION": "eu-central-1"}
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
    monkeypatch.setattr(ssm_settings, "PAUSES", ())
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    with caplog.at_level(logging.DEBUG), pytest.raises(BadSetting, match=r"cannot be read \(NotReached\)"):
        App(ENVIRON | {"SHOP_SECRETS": path}).setting("STRIPE_SECRET_KEY")
    assert caplog.text == ""


class Busy(LocalServer):
    """A Parameter Store of which too much is asked, so many times; then it has a secret."""

    def __init__(self, times: int, code: str) -> None:
        super().__init__(Clerk)
        self.times, self.code, self.asked = times, code, 0


class Clerk(BaseHTTPRequestHandler):
    """One connection."""

    server: Busy

    def do_POST(self) -> None:
        """Whatever it is."""
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked += 1
        busy = self.server.asked <= self.server.times
        told = {"__type": self.server.code} if busy else {"Parameter": {"Value": "sk_live_kept"}}
        self.send_response(400 if busy else 200)
        self.end_headers()
        self.wfile.write(json.dumps(told).encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.mark.parametrize(
    ("times", "code", "asked"), [(3, "ThrottlingException", 4), (9, "ThrottlingException", 5), (1, "AccessDenied", 1)]
)
def test_when_many_functions_start_at_once_a_secret_is_asked_for_again(
    monkeypatch: pytest.MonkeyPatch, times: int, code: str, asked: int
) -> None:
    """Some times; and what will not pass is said at once."""
    monkeypatch.setattr(ssm_settings, "PAUSES", (0.01, 0.01, 0.01, 0.01))
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    with at_work(Busy(times, code)) as store:
        monkeypatch.setenv("AWS_ENDPOINT_URL", store.url)
        app = App(ENVIRON | {"SHOP_SECRETS": "/pouch/live/"})
        if asked > times:
            assert app.setting("STRIPE_SECRET_KEY") == "sk_live_kept"
        else:
            with pytest.raises(BadSetting, match=rf"cannot be read \({code}\)"):
                app.setting("STRIPE_SECRET_KEY")
        assert store.asked == asked


def test_nothing_of_a_secret_is_logged(path: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        App(ENVIRON | {"SHOP_SECRETS": path}).setting("STRIPE_SECRET_KEY")
    assert "sk_live" not in caplog.text
