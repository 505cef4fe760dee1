"""S3 and CloudFront that fail midway, over HTTP: a few faults are got over, more are said in words, and what was begun
goes on with the next publication.
"""

import io
from collections.abc import Callable
from typing import Any

import boto3
import pytest
from botocore.awsrequest import AWSResponse
from botocore.config import Config

from functions.adapters.aws.channel import Channel
from functions.adapters.aws.credentials import Credentials
from functions.adapters.lines import Lines
from release.cloudfront_edge import CloudFrontEdge
from release.courier import Courier
from release.ports import BucketFailed, Edge, Label
from release.publish import Publisher
from release.s3_bucket import S3Bucket
from tests.contract.serving import at_work
from tests.contract.test_bucket import new_bucket
from tests.release.gate import Gate
from tests.release.memory_bucket import MemoryEdge
from tests.release.publishing import NEW, OLD
from tests.release.small_releases import address

pytestmark = pytest.mark.slow


THROTTLING = b"<ErrorResponse><Error><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>"


class Raw(io.BytesIO):
    """The body of an answer as botocore reads it."""

    def stream(self, **_: Any) -> Any:
        yield self.read()


def throttled(service: str) -> Any:
    """A client whose requests all fail with a 503."""
    made = boto3.client(service, config=Config(retries={"mode": "standard", "total_max_attempts": 1}))

    def answer(request: Any, **_: Any) -> AWSResponse:
        return AWSResponse(request.url, 503, {}, Raw(THROTTLING))

    made.meta.events.register(f"before-send.{service}", answer)
    return made


def publisher(pages: S3Bucket, private: S3Bucket, edge: Edge, holder: str) -> Publisher:
    return Publisher(pages, private, edge, lambda: 1_000, holder, lambda _: None)


def through(
    gate: Gate, name: str = "pages", *, attempts: int = 5, wait: Callable[[float], None] = lambda _: None
) -> S3Bucket:
    """A bucket that is reached by way of a gate."""
    channel = Channel("s3", Lines(gate.url), region="eu-central-1", credentials=Credentials())
    return S3Bucket(name, boto3.client("s3"), Courier(channel, f"/{name}/", attempts=attempts, read=5, wait=wait))


def text(pages: S3Bucket) -> str:
    found = pages.get(f"main{address('tern')}index.html")
    return found.content.decode() if found else ""


@pytest.mark.parametrize("fault", ["back", "cut"])
def test_a_few_faults_are_got_over(aws: str, fault: Any) -> None:
    """Nobody hears of a 503, or of a line that ends before the answer."""
    pages, private = new_bucket(), new_bucket()
    with at_work(Gate(aws, lambda number: fault if number % 9 == 4 else "through")) as gate:
        failing = through(gate, pages.name)
        assert publisher(failing, private, MemoryEdge(), "a").publish(OLD.manifest, OLD).is_new
    assert "tern 24" in text(pages)


def test_between_two_tries_it_waits_longer_and_longer_by_chance(aws: str) -> None:
    """All who were sent away at the same time must not come back at the same time."""
    waits = list[list[float]]()
    with at_work(Gate(aws, lambda _: "back")) as gate:
        for _ in range(20):
            waits.append([])
            with pytest.raises(BucketFailed, match=r"^S3 answers SlowDown for the bucket pages\. Nothing is lost"):
                through(gate, wait=waits[-1].append).put("k", b"", Label())
        assert next(gate.numbers) == 100
    assert all(0 <= wait < 2**number for each in waits for number, wait in enumerate(each))
    assert [max(each[number] for each in waits) > 2**number / 2 for number in range(4)] == [True] * 4
    assert len({tuple(each) for each in waits}) == 20


def test_a_try_that_took_too_long_for_s3_is_tried_again(aws: str) -> None:
    """S3 says so with a 400, which is otherwise for good."""
    slow, wrong = b"<Error><Code>RequestTimeout</Code></Error>", b"<Error><Code>InvalidArgument</Code></Error>"
    for body, tries in ((slow, 5), (wrong, 1)):
        with at_work(Gate(aws, lambda _: "back", 400, body)) as gate:
            with pytest.raises(BucketFailed):
                through(gate).put("k", b"", Label())
            assert next(gate.numbers) == tries


def test_when_s3_is_down_midway_it_is_said_and_the_next_publication_goes_on(aws: str) -> None:
    pages, private = new_bucket(), new_bucket()
    publisher(pages, private, MemoryEdge(), "a").publish(OLD.manifest, OLD)
    with at_work(Gate(aws, lambda number: "back" if number >= 5 else "through")) as gate:
        failing = through(gate, pages.name, attempts=1)
        with pytest.raises(
            BucketFailed, match=r"^S3 answers SlowDown for the bucket pages-\w+\. Nothing is lost; try again"
        ):
            publisher(failing, private, MemoryEdge(), "b").publish(NEW.manifest, NEW)
    assert "tern 24" in text(pages)
    publisher(pages, private, MemoryEdge(), "c").publish(NEW.manifest, NEW)
    assert "tern 22" in text(pages)


def test_when_nobody_is_there_it_is_said(aws: str) -> None:
    with at_work(Gate(aws, lambda _: "cut")) as gate:
        with pytest.raises(BucketFailed, match=r"^S3 does not answer \(Interrupted\)\. Nothing is lost; try again\.$"):
            through(gate).get("k")
        closed = through(gate)
    with pytest.raises(BucketFailed, match=r"^S3 does not answer \(NotReached\)\. Nothing is lost; try again\.$"):
        closed.put("k", b"", Label())


def test_when_cloudfront_throttles_the_release_is_live_and_the_next_one_tells_it(aws: str) -> None:
    pages, private = new_bucket(), new_bucket()
    deaf = CloudFrontEdge("E1", throttled("cloudfront"))
    outcome = publisher(pages, private, deaf, "a").publish(OLD.manifest, OLD)
    assert (outcome.is_new, outcome.purged) == (True, False)
    edge = MemoryEdge()
    publisher(pages, private, edge, "b").publish(OLD.manifest, OLD)
    assert "/products/tern/" in edge.told[0]


@pytest.mark.parametrize(
    ("status", "code", "said"),
    [
        (403, "AccessDenied", r"^AWS does not let you use the bucket pages \(AccessDenied\)\. Sign in again"),
        (400, "ExpiredToken", r"^AWS does not let you use the bucket pages \(ExpiredToken\)\. Sign in again"),
        (404, "NoSuchBucket", r"^There is no bucket pages\. Is it the right account and region\?$"),
        (301, "PermanentRedirect", r"^The bucket pages is in another region\. Say in which: export AWS_REGION="),
    ],
)
def test_who_may_not_or_has_the_wrong_bucket_is_told_so(aws: str, status: int, code: str, said: str) -> None:
    """At once: to ask again would not help."""
    with at_work(Gate(aws, lambda _: "back", status, f"<Error><Code>{code}</Code></Error>".encode())) as gate:
        with pytest.raises(BucketFailed, match=said):
            through(gate).put("k", b"", Label())
        assert next(gate.numbers) == 1
