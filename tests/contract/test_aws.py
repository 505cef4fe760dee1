"""AWS by its HTTP interfaces: signatures, keys, and a channel that is open from one call to the next."""

import json
import os
import resource
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import boto3
import pytest
from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials as BotoCredentials

from functions.adapters.aws.answers import Refused, Silent
from functions.adapters.aws.channel import Channel, connect
from functions.adapters.aws.credentials import Credentials, Keys
from functions.adapters.aws.signing import Call, signed, signed_query
from functions.adapters.lines import Lines
from functions.shop.errors import BadSetting
from tests.contract.serving import LocalServer, at_work

KEYS = {"AWS_ACCESS_KEY_ID": "nobody", "AWS_SECRET_ACCESS_KEY": "nothing"}
CALLS = [
    ("dynamodb", Call("POST", "/", {"X-Amz-Target": "DynamoDB_20120810.GetItem"}, '{"a": "ü"}'.encode())),
    ("ses", Call("POST", "/v2/email/outbound-emails", {"content-type": "application/json"}, b"{}")),
    ("lambda", Call("POST", "/2015-03-31/functions/due/invocations", {}, b"{}", query="Qualifier=live")),
    ("s3", Call("GET", "/main/catalogue/0a1b", {"if-none-match": '"0123"'})),
    ("s3", Call("GET", "/main/a%20b.json", {})),
    ("s3", Call("GET", "/main/a.json", {}, query="versionId=a%2Fb.c_")),
    ("s3", Call("PUT", "/main/a.html", {"cache-control": "public, max-age=0", "x-amz-meta-location": "/new/"}, b"a")),
]


@pytest.mark.parametrize("token", ["", "a/token+of=a session"])
@pytest.mark.parametrize(("service", "call"), CALLS)
def test_a_signature_is_the_one_that_botocore_makes(service: str, call: Call, token: str) -> None:
    keys, region, moment = Keys("A", "s", token), "eu-central-1", 1_800_000_000
    ours = signed(call, host="aws.example", service=service, region=region, keys=keys, moment=moment)
    asked = AWSRequest(call.method, f"https://aws.example{call.address}", dict(call.headers), call.body)
    asked.context["timestamp"] = f"{datetime.fromtimestamp(moment, UTC):%Y%m%dT%H%M%SZ}"
    asked.headers["X-Amz-Date"] = asked.context["timestamp"]
    asked.headers["X-Amz-Content-SHA256"] = ours["x-amz-content-sha256"]
    if token:
        asked.headers["X-Amz-Security-Token"] = token
    theirs = (S3SigV4Auth if service == "s3" else SigV4Auth)(BotoCredentials("A", "s", token), service, region)
    asked.headers["host"] = "aws.example"
    text = theirs.string_to_sign(asked, theirs.canonical_request(asked))
    assert ours["authorization"].rpartition("=")[2] == theirs.signature(text, asked)


@pytest.mark.parametrize("token", ["", "a/token+of=a session"])
def test_a_signed_address_is_the_one_that_botocore_makes(token: str) -> None:
    """With what a browser is told about the file; the moment is the one that botocore took."""
    told = "attachment; filename*=UTF-8''Karte%20S%C3%BCd.pdf"
    config = Config(signature_version="s3v4", s3={"addressing_style": "virtual"})
    s3 = boto3.client(
        "s3", region_name="eu-central-1", config=config, endpoint_url="https://s3.eu-central-1.amazonaws.com",
        aws_access_key_id="A", aws_secret_access_key="s", aws_session_token=token or None,
    )  # fmt: skip
    asked = {"Bucket": "maps", "Key": "main/files/a b", "ResponseContentDisposition": told}
    theirs = urlsplit(s3.generate_presigned_url("get_object", asked, ExpiresIn=300))
    stamp = parse_qs(theirs.query)["X-Amz-Date"][0]
    ours = signed_query(
        theirs.path, {"response-content-disposition": told}, host=theirs.netloc, service="s3", region="eu-central-1",
        keys=Keys("A", "s", token), moment=int(datetime.fromisoformat(stamp).timestamp()), lasts=300,
    )  # fmt: skip
    assert theirs.netloc == "maps.s3.eu-central-1.amazonaws.com"
    assert parse_qs(ours) == parse_qs(theirs.query)


class Aws(LocalServer):
    """Takes calls, and counts the connections on which they come. It answers with `status` and `told`."""

    def __init__(self) -> None:
        super().__init__(Clerk)
        self.lines: set[object] = set()
        self.status, self.told, self.ends = 200, "{}", False


class Clerk(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server: Aws

    def do_POST(self) -> None:
        """Whatever it is."""
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.lines.add(self.client_address)
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(self.server.told)))
        self.end_headers()
        self.wfile.write(self.server.told.encode())
        self.close_connection = self.server.ends  # without a word, as a server does that waited long

    do_GET = do_POST  # noqa: N815 (the name is the server's)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def aws_office() -> Iterator[Aws]:
    """Some service of AWS."""
    with at_work(Aws()) as office:
        yield office


@pytest.fixture
def channel(aws_office: Aws) -> Channel:
    """A channel to it."""
    return Channel("s3", Lines(aws_office.url), region="eu-central-1", credentials=Credentials(KEYS))


CALL = Call("POST", "/", {}, b"{}")


def test_calls_one_after_the_other_go_over_one_connection(channel: Channel, aws_office: Aws) -> None:
    for _ in range(5):
        channel.send(CALL)
    assert len(aws_office.lines) == 1


def test_a_connection_that_ended_while_nobody_called_is_made_anew(channel: Channel, aws_office: Aws) -> None:
    aws_office.ends = True
    for _ in range(3):
        assert channel.send(CALL).status == 200
        time.sleep(0.05)
    assert len(aws_office.lines) == 3


@pytest.mark.skipif(resource.getrlimit(resource.RLIMIT_NOFILE)[0] < 2_000, reason="so many files may not be open here")
def test_a_connection_is_used_again_where_many_files_are_open(channel: Channel, aws_office: Aws) -> None:
    """Numbers of files above 1,023 are too much for select(2)."""
    with ExitStack() as held:
        for _ in range(1_100):
            held.enter_context(Path(os.devnull).open("rb"))
        assert [channel.send(CALL).status for _ in range(2)] == [200, 200]
    assert len(aws_office.lines) == 1


def test_threads_do_not_hear_each_others_answers(channel: Channel, aws_office: Aws) -> None:
    answers: list[int] = []
    threads = [threading.Thread(target=lambda: answers.append(channel.send(CALL).status)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=5)
    assert answers == [200] * 8


@pytest.mark.parametrize(
    ("status", "told", "code", "passes"),
    [
        (400, '{"__type": "com.amazonaws#AccessDeniedException"}', "AccessDeniedException", False),
        (400, '{"__type": "aws#Throttled:http://x.example/"}', "Throttled", False),
        (403, "<Error><Code>AccessDenied</Code></Error>", "AccessDenied", False),
        (404, "", "Not Found", False),
        (599, "", "599", True),
        (429, "[]", "Too Many Requests", True),
        (503, "<Error/>", "Service Unavailable", True),
    ],
)
def test_an_error_is_named_in_whichever_way_it_comes(
    channel: Channel, aws_office: Aws, status: int, told: str, code: str, passes: bool
) -> None:
    aws_office.status, aws_office.told = status, told
    with pytest.raises(Refused) as caught:
        channel.send(CALL)
    assert (caught.value.code, caught.value.status, caught.value.passes) == (code, status, passes)


def test_where_nobody_is_nobody_answers() -> None:
    with at_work(Aws()) as closed:
        channel = Channel("s3", Lines(closed.url), region="eu-central-1", credentials=Credentials(KEYS))
    with pytest.raises(Silent, match=r"^NotReached$"):
        channel.send(CALL)


def test_keys_of_the_environment_have_a_token_when_they_are_lent() -> None:
    assert Credentials(KEYS).keys() == Keys("nobody", "nothing")
    assert Credentials(KEYS | {"AWS_SESSION_TOKEN": "lent"}).keys() == Keys("nobody", "nothing", "lent")


@contextmanager
def container(office: Aws, *, minutes: int) -> Iterator[Credentials]:
    """Credentials of a function that was started from a snapshot, good for so many minutes."""
    ends = datetime.fromtimestamp(time.time() + 60 * minutes, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    told = {"AccessKeyId": "A", "SecretAccessKey": "s", "Token": "t", "Expiration": ends}
    office.told = json.dumps(told)
    settings = {"AWS_CONTAINER_CREDENTIALS_FULL_URI": office.url, "AWS_CONTAINER_AUTHORIZATION_TOKEN": "open"}
    yield Credentials(settings)


@pytest.mark.parametrize(("minutes", "asked"), [(60, 1), (4, 2)])
def test_keys_of_a_function_from_a_snapshot_are_fetched_again_before_they_end(
    aws_office: Aws, minutes: int, asked: int
) -> None:
    with container(aws_office, minutes=minutes) as credentials:
        keys = [credentials.keys() for _ in range(2)]
    assert [(one.access, one.secret, one.token) for one in keys] == [("A", "s", "t")] * 2
    assert len(aws_office.lines) == asked


@pytest.mark.parametrize("told", ["", "[1]", "{}"])
def test_keys_that_cannot_be_read_are_none(aws_office: Aws, told: str) -> None:
    aws_office.told = told
    with pytest.raises(Silent, match=r"^NoCredentials$"):
        Credentials({"AWS_CONTAINER_CREDENTIALS_FULL_URI": aws_office.url}).keys()


def test_a_person_has_keys_and_region_in_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    for name in ("config", "credentials"):
        monkeypatch.setenv(
            f"AWS_{'SHARED_CREDENTIALS' if name == 'credentials' else 'CONFIG'}_FILE", str(tmp_path / name)
        )
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    with pytest.raises(BadSetting, match=r"^AWS_REGION is not set\. Write the region of your shop"):
        connect("dynamodb", "dynamodb.{region}")
    with pytest.raises(Silent, match=r"^NoCredentials$"):
        Credentials({}).keys()
    (tmp_path / "config").write_text("[default]\nregion = eu-west-1\n")
    (tmp_path / "credentials").write_text("[default]\naws_access_key_id = me\naws_secret_access_key = mine\n")
    assert (Credentials({}).keys().access, Credentials({}).keys().secret) == ("me", "mine")
    assert connect("dynamodb", "dynamodb.{region}").host == "dynamodb.eu-west-1.amazonaws.com"
