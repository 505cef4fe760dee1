"""The doctor's eyes on the world: real DNS, real TLS and real HTTP, on this machine."""

import shutil
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import dns.exception
import pytest

from release.doctor.clocks import ahead
from release.doctor.mail import Identity, Records, _policies, _records
from release.doctor.network import Handshake, Heard, Names, Web
from tests.contract.serving import at_work
from tests.release.doctor.name_server import name_server

ZONE = {
    ("shop.example", "A"): ["127.0.0.1"],
    ("other.example", "A"): ["127.0.0.1"],
    ("www.shop.example", "CNAME"): ["D1.cloudfront.net."],
    ("aa._domainkey.shop.example", "CNAME"): ["aa.dkim.amazonses.com."],
    ("mail.shop.example", "MX"): ["10 feedback-smtp.eu-central-1.amazonses.com."],
    ("mail.shop.example", "TXT"): ['"v=spf1 include:amazonses.com" " ~all"'],
    ("_dmarc.shop.example", "TXT"): ['"v=DMARC1; p=reject"'],
}


@pytest.fixture
def names() -> Iterator[Names]:
    """The world's names, of which this machine tells."""
    with name_server(ZONE) as server:
        yield Names(server.address)


def test_records_are_read_from_the_name_server_that_is_named(names: Names) -> None:
    """Texts in several parts are one, and what is not there is nothing."""
    assert names.texts("mail.shop.example") == ("v=spf1 include:amazonses.com ~all",)
    assert names.exchangers("mail.shop.example") == ("feedback-smtp.eu-central-1.amazonses.com",)
    assert names.alias("www.shop.example") == "d1.cloudfront.net"
    assert names.addresses("shop.example") == ("127.0.0.1",)
    assert (names.texts("shop.example"), names.alias("nowhere.example"), names.addresses("nowhere.example")) == (
        (),
        "",
        (),
    )


def test_addresses_need_no_name_server(names: Names) -> None:
    """A shop on a laptop has none."""
    assert (names.addresses("127.0.0.1"), names.addresses("localhost")) == (("127.0.0.1",), ("127.0.0.1",))


def test_a_silent_name_server_is_not_waited_for_long() -> None:
    """Resolvers often wait half a minute."""
    with name_server(ZONE, silent=True) as server, pytest.raises(dns.exception.Timeout):
        Names(server.address, timeout=0.1).texts("shop.example")


def test_what_names_say_of_mail_is_gathered(names: Names) -> None:
    """A token whose name leads nowhere is an empty alias."""
    identity = Identity("shop.example", tokens=("aa", "bb"), envelope="mail.shop.example")
    assert _records(names, identity) == Records(
        identity,
        ("aa.dkim.amazonses.com", ""),
        ("v=spf1 include:amazonses.com ~all",),
        ("feedback-smtp.eu-central-1.amazonses.com",),
        ("v=DMARC1; p=reject",),
    )


def test_a_domain_without_a_policy_has_that_of_the_domain_above(names: Names) -> None:
    """As mail providers look for it."""
    assert _policies(names, "news.shop.example") == ("v=DMARC1; p=reject",)
    assert _policies(names, "other.example") == ()


class Shop(BaseHTTPRequestHandler):
    """Answers where it was asked."""

    def do_GET(self) -> None:
        self.send_response(301 if self.path == "/a" else 200)
        self.send_header("X-Path", self.path)
        self.send_header("X-Host", self.headers["Host"])
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def shop(certificate: Path | None = None) -> Iterator[int]:
    """A web server for as long as the block lasts, over TLS with a certificate; gives its port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Shop)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    with at_work(server):
        yield server.server_address[1]


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of shop.example for 90 days, with its key."""
    made = tmp_path_factory.mktemp("tls") / "shop.pem"
    subprocess.run(
        [shutil.which("openssl") or "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
         "ec_paramgen_curve:P-256", "-nodes", "-days", "90",
         "-subj", "/CN=shop.example", "-addext", "subjectAltName=DNS:shop.example",
         "-keyout", made, "-out", f"{made}.crt"],
        check=True, capture_output=True,
    )  # fmt: skip
    made.write_text(made.read_text() + Path(f"{made}.crt").read_text())
    return made


def test_pages_are_asked_for_by_name_and_redirects_told_as_they_are(names: Names) -> None:
    """The name leads where the name server says."""
    with shop() as port:
        web = Web(names)
        heard = web.get(f"http://shop.example:{port}/stock?sku=A")
        moved = web.get(f"http://shop.example:{port}/a")
    assert (heard.status, heard.headers["x-path"], heard.headers["x-host"]) == (
        200,
        "/stock?sku=A",
        f"shop.example:{port}",
    )
    assert moved.status == 301


def test_a_page_is_read_over_tls(names: Names, certificate: Path) -> None:
    """With a certificate that is believed."""
    with shop(certificate) as port:
        heard = Web(names, trust=partial(ssl.create_default_context, cafile=str(certificate))).get(
            f"https://shop.example:{port}/"
        )
    assert isinstance(heard, Heard)
    assert heard.status == 200


def test_a_handshake_tells_how_long_a_certificate_is_valid(names: Names, certificate: Path) -> None:
    """Days that have ended do not count."""
    with shop(certificate) as port:
        shown = Web(names, trust=partial(ssl.create_default_context, cafile=str(certificate))).handshake(
            "shop.example", port
        )
    assert shown == Handshake(89)


def test_a_handshake_tells_why_a_certificate_is_not_believed(names: Names, certificate: Path) -> None:
    """It is of another name, or of nobody who is trusted."""
    with shop(certificate) as port:
        believing = Web(names, trust=partial(ssl.create_default_context, cafile=str(certificate)))
        assert believing.handshake("other.example", port).problem.startswith("Hostname mismatch")
        assert Web(names).handshake("shop.example", port) == Handshake(problem="self-signed certificate")
    with shop() as port:
        assert Web(names).handshake("shop.example", port).problem.startswith("no secure line")


def test_a_name_without_an_address_is_an_error(names: Names) -> None:
    """Nobody can be asked there."""
    with pytest.raises(OSError, match=r"nowhere\.example has no address"):
        Web(names).get("http://nowhere.example/")


def test_clocks_are_compared_in_seconds() -> None:
    """A Date header that cannot be read tells nothing."""
    assert ahead("Thu, 01 Jan 1970 00:01:40 GMT", 130.4) == 30
    assert ahead("", 0) is None
