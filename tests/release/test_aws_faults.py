"""S3 and CloudFront that fail midway, over HTTP: a few 503s are got over by boto3, more are said in words, and what was
begun goes on with the next publication.
"""

import io
from collections.abc import Callable
from itertools import count
from typing import Any

import boto3
import pytest
from botocore.awsrequest import AWSResponse
from botocore.config import Config

from release.cloudfront_edge import CloudFrontEdge
from release.ports import BucketFailed, Edge, Label
from release.publish import Publisher
from release.s3_bucket import S3Bucket
from tests.contract.test_bucket import new_bucket
from tests.release.memory_bucket import MemoryEdge
from tests.release.publishing import NEW, OLD
from tests.release.small_releases import address

SLOW_DOWN = b"<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>"
THROTTLING = b"<ErrorResponse><Error><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>"


class Raw(io.BytesIO):
    """The body of an answer as botocore reads it."""

    def stream(self, **_: Any) -> Any:
        yield self.read()


def client(service: str, fails: Callable[[int], bool], attempts: int, body: bytes = SLOW_DOWN) -> Any:
    """A client whose requests fail with a 503, by their numbers."""
    retries = {"mode": "standard", "total_max_attempts": attempts}
    made, numbers = boto3.client(service, config=Config(retries=retries)), count()

    def answer(request: Any, **_: Any) -> AWSResponse | None:
        return AWSResponse(request.url, 503, {}, Raw(body)) if fails(next(numbers)) else None

    made.meta.events.register(f"before-send.{service}", answer)
    return made


def publisher(pages: S3Bucket, private: S3Bucket, edge: Edge, holder: str) -> Publisher:
    return Publisher(pages, private, edge, lambda: 1_000, holder, lambda _: None)


def named(bucket: S3Bucket, s3: Any) -> S3Bucket:
    """The same bucket by another client."""
    return S3Bucket(bucket.name, s3)


def text(pages: S3Bucket) -> str:
    found = pages.get(f"main{address('tern')}index.html")
    return found.content.decode() if found else ""


def test_a_few_503s_are_got_over(aws: str) -> None:
    """Nobody hears of them."""
    pages, private = new_bucket(), new_bucket()
    failing = named(pages, client("s3", lambda number: number % 9 == 4, attempts=5))
    assert publisher(failing, private, MemoryEdge(), "a").publish(OLD.manifest, OLD).is_new
    assert "tern 24" in text(pages)


def test_when_s3_is_down_midway_it_is_said_and_the_next_publication_goes_on(aws: str) -> None:
    pages, private = new_bucket(), new_bucket()
    publisher(pages, private, MemoryEdge(), "a").publish(OLD.manifest, OLD)
    failing = named(pages, client("s3", lambda number: number >= 5, attempts=1))
    with pytest.raises(
        BucketFailed, match=r"^S3 answers SlowDown for the bucket pages-\w+\. Nothing is lost; try again"
    ):
        publisher(failing, private, MemoryEdge(), "b").publish(NEW.manifest, NEW)
    assert "tern 24" in text(pages)
    publisher(pages, private, MemoryEdge(), "c").publish(NEW.manifest, NEW)
    assert "tern 22" in text(pages)


def test_when_cloudfront_throttles_the_release_is_live_and_the_next_one_tells_it(aws: str) -> None:
    pages, private = new_bucket(), new_bucket()
    throttled = CloudFrontEdge("E1", client("cloudfront", lambda _: True, attempts=1, body=THROTTLING))
    outcome = publisher(pages, private, throttled, "a").publish(OLD.manifest, OLD)
    assert (outcome.is_new, outcome.purged) == (True, False)
    edge = MemoryEdge()
    publisher(pages, private, edge, "b").publish(OLD.manifest, OLD)
    assert "/products/tern/" in edge.told[0]


def test_who_may_not_or_has_the_wrong_bucket_is_told_so(aws: str) -> None:
    denied = b"<Error><Code>AccessDenied</Code><Message>no</Message></Error>"
    s3 = client("s3", lambda _: True, attempts=1, body=denied)
    with pytest.raises(BucketFailed, match=r"^AWS does not let you use the bucket pages \(AccessDenied\)\. Sign in"):
        S3Bucket("pages", s3).put("k", b"", Label())
