"""Couriers with boto3's keys: where they go, whom they believe, and that keys are fetched again before they end."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from botocore.credentials import RefreshableCredentials
from botocore.exceptions import NoRegionError

from functions.adapters.aws.answers import Answer, Silent
from functions.adapters.aws.channel import Channel
from functions.adapters.aws.credentials import Credentials, Keys
from functions.adapters.aws.signing import Call
from functions.adapters.lines import LineBroken, Lines
from release.aws import SessionKeys, address_of, buckets, certificates, proxy_of
from release.courier import Courier
from release.ports import BucketFailed, Label

KEYS = Credentials({"AWS_ACCESS_KEY_ID": "nobody", "AWS_SECRET_ACCESS_KEY": "nothing"})
AMAZON = "https://s3.eu-central-1.amazonaws.com"


@pytest.mark.parametrize(
    ("endpoint", "bucket", "found"),
    [
        (AMAZON, "pages", ("https://pages.s3.eu-central-1.amazonaws.com", "/")),
        ("https://s3.cn-north-1.amazonaws.com.cn", "pages", ("https://pages.s3.cn-north-1.amazonaws.com.cn", "/")),
        (AMAZON, "pages.shop.example", (AMAZON, "/pages.shop.example/")),
        ("http://127.0.0.1:4566/", "pages", ("http://127.0.0.1:4566", "/pages/")),
    ],
)
def test_a_bucket_has_a_name_of_its_own_only_where_a_certificate_holds_for_it(
    endpoint: str, bucket: str, found: tuple[str, str]
) -> None:
    assert address_of(endpoint, bucket) == found


def test_those_who_are_believed_are_boto3s_or_ones_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("AWS_CA_BUNDLE", "REQUESTS_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    assert len(ssl.create_default_context(cafile=certificates()).get_ca_certs()) > 50
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "b.pem"))
    assert certificates() == str(tmp_path / "b.pem")
    monkeypatch.setenv("AWS_CA_BUNDLE", str(tmp_path / "a.pem"))
    assert certificates() == str(tmp_path / "a.pem")


def test_the_environment_says_which_way_leads_through_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,.eu-west-1.amazonaws.com")
    assert proxy_of(AMAZON) == "http://proxy.example:3128"
    assert proxy_of("https://pages.s3.eu-west-1.amazonaws.com") == ""
    assert proxy_of("http://127.0.0.1:4566") == ""


class Session:
    """A session of boto3, as far as it has keys."""

    def __init__(self, found: Any) -> None:
        self._found = found

    def get_credentials(self) -> Any:
        """Its keys."""
        return self._found


def test_keys_are_fetched_again_before_they_end() -> None:
    numbers = iter(range(1, 10))

    def fetched() -> dict[str, str]:
        ends = datetime.now(UTC) + timedelta(minutes=1)
        number = next(numbers)
        return {"access_key": f"A{number}", "secret_key": "s", "token": f"t{number}", "expiry_time": ends.isoformat()}

    found = SessionKeys(Session(RefreshableCredentials.create_from_metadata(fetched(), fetched, "test")))
    assert [found.keys() for _ in range(2)] == [Keys("A2", "s", "t2"), Keys("A3", "s", "t3")]


def test_without_keys_or_a_region_it_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.mktemp("home")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(name, raising=False)
    for name in ("CONFIG_FILE", "SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(f"AWS_{name}", str(home / name))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    with pytest.raises(NoRegionError):
        buckets("pages")
    with pytest.raises(Silent, match=r"^NoCredentials$"):
        SessionKeys(Session(None)).keys()
    monkeypatch.setenv("AWS_REGION", "eu-central-1")
    with pytest.raises(BucketFailed, match=r"^AWS does not know who you are\. Log in: docs/going-live\.md, step 1\.$"):
        buckets("pages")[0].put("k", b"", Label())


@contextmanager
def listener(hear: Any) -> Iterator[int]:
    """A port at which one connection is heard."""

    def heard() -> None:
        line, _ = server.accept()
        with line:
            hear(line)

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=heard, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        thread.join(timeout=10)


@pytest.mark.parametrize("scheme", ["http://", "//", ""])
def test_a_proxy_is_asked_for_the_way_and_told_who_we_are(monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    """Without a scheme as well, which is how many write it and how boto3 reads it."""
    said = list[bytes]()

    def refuse(line: socket.socket) -> None:
        while b"\r\n\r\n" not in b"".join(said):
            said.append(line.recv(4096))
        line.sendall(b"HTTP/1.1 403 Forbidden\r\n\r\n")

    with listener(refuse) as port:
        monkeypatch.setenv("HTTPS_PROXY", f"{scheme}me:mine%21@127.0.0.1:{port}")
        monkeypatch.setenv("NO_PROXY", "")
        lines = Lines("https://pages.s3.example", proxy=proxy_of("https://pages.s3.example"))
        with pytest.raises(LineBroken, match=r"^NotReached$"):
            lines.ask("GET", "/", {}, None, wait=5)
    asked = b"".join(said).decode()
    assert asked.startswith("CONNECT pages.s3.example:443 HTTP/1.")
    assert "Proxy-Authorization: Basic bWU6bWluZSE=" in asked


def test_a_long_file_may_take_as_long_as_the_line_is_slow() -> None:
    """The system may hold all of it back for a while, so the answer may be late by as much."""
    size, got = 3_000_000, list[int]()

    def read_slowly(line: socket.socket) -> None:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
        pause = threading.Event()
        while sum(got) < size:
            got.append(len(line.recv(131_072)))
            pause.wait(0.01)
        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    with listener(read_slowly) as port:
        channel = Channel("s3", Lines(f"http://127.0.0.1:{port}"), region="eu-central-1", credentials=KEYS)
        answer = Courier(channel, attempts=1, read=0.01).ask("PUT", "k", body=b"a" * size)
    assert answer.status == 200
    assert sum(got) > size


class Patient(Channel):
    """A channel on which everything is done at once; it notes how long it would have waited."""

    def __init__(self) -> None:
        super().__init__("s3", Lines("http://127.0.0.1:9"), region="eu-central-1", credentials=KEYS)
        self.waits = list[float]()

    def send(self, call: Call, *, read: float = 0) -> Answer:  # noqa: ARG002 (its size is in the time)
        self.waits.append(read)
        return Answer(200, {}, b"")


@pytest.mark.parametrize(
    ("size", "seconds"), [(0, 20), (12_000, 26), (600_000, 320), (30_000_000, 320), (100_000_000, 1_020)]
)
def test_one_try_of_a_large_file_does_not_take_a_day(size: int, seconds: int) -> None:
    """At 2 kB a second 100 MB would be waited for 14 hours, also where nobody listens."""
    channel = Patient()
    Courier(channel).ask("PUT", "k", body=bytes(size))
    assert channel.waits == [seconds]
