"""The Bucket port: conditions, tags and old versions, in memory and on S3 (an emulator of it)."""

import hashlib
from uuid import uuid4

import boto3
import pytest

from release.aws import buckets
from release.ports import Bucket, BucketFailed, Changed, Label
from release.s3_bucket import S3Bucket
from tests.release.memory_bucket import MemoryBucket

pytestmark = pytest.mark.slow


PAGE = Label("text/html; charset=utf-8", "public, max-age=0", {"location": "/new/"})


def tag(content: bytes) -> str:
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


def tags(bucket: Bucket, prefix: str) -> dict[str, str]:
    return {key: present.tag for key, present in bucket.files(prefix).items()}


@pytest.fixture(params=["memory", "s3"])
def bucket(request: pytest.FixtureRequest) -> Bucket:
    """A bucket with nothing in it."""
    if request.param == "memory":
        return MemoryBucket()
    request.getfixturevalue("aws")
    return new_bucket()


def new_bucket() -> S3Bucket:
    """A versioned bucket of the emulator."""
    name, s3 = f"pages-{uuid4().hex}", boto3.client("s3")
    s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    return buckets(name)[0]


def test_a_file_is_read_as_it_was_written_and_its_tag_is_its_md5(bucket: Bucket) -> None:
    assert bucket.put("main/a.html", b"one", PAGE) == tag(b"one")
    found = bucket.get("main/a.html")
    assert found is not None
    assert (found.content, found.tag) == (b"one", tag(b"one"))
    assert bucket.get("main/b.html") is None


def test_tags_are_of_all_files_below_a_prefix_and_no_others(bucket: Bucket) -> None:
    for key in ("main/a.html", "main/b/c.html", "other/a.html"):
        bucket.put(key, key.encode(), PAGE)
    assert tags(bucket, "main/") == {"main/a.html": tag(b"main/a.html"), "main/b/c.html": tag(b"main/b/c.html")}


@pytest.mark.parametrize("first", [True, False])
def test_what_is_written_on_condition_is_written_only_where_it_holds(bucket: Bucket, first: bool) -> None:
    def write(content: bytes, expected: str) -> str:
        return bucket.put("k", content, PAGE, expected)

    if first:
        write(b"one", "")
        with pytest.raises(Changed):
            write(b"two", "")
        write(b"three", tag(b"one"))
        with pytest.raises(Changed):
            write(b"four", tag(b"one"))
        assert tags(bucket, "k") == {"k": tag(b"three")}
    else:
        with pytest.raises(Changed):
            write(b"one", tag(b"gone"))
        assert bucket.get("k") is None


def test_old_versions_are_kept_the_newest_first_until_each_is_deleted(bucket: Bucket) -> None:
    for content in (b"one", b"two", b"three"):
        bucket.put("k", content, PAGE)
    versions = list(bucket.versions("k"))
    assert [bucket.version(version) for version in versions] == [b"three", b"two", b"one"]
    assert [version.tag for version in versions] == [tag(b"three"), tag(b"two"), tag(b"one")]
    bucket.delete(versions[2])
    bucket.delete(versions[2])
    assert [version.tag for version in bucket.versions("k")] == [tag(b"three"), tag(b"two")]
    bucket.delete(versions[0])
    assert tags(bucket, "k") == {"k": tag(b"two")}
    bucket.delete(versions[1])
    assert (bucket.get("k"), list(bucket.versions("k"))) == (None, [])


def test_a_page_is_served_with_its_label(aws: str) -> None:
    """Type, cache rule and notes for the edge reach the one who asks."""
    bucket = new_bucket()
    bucket.put("k", b"one", PAGE)
    told = boto3.client("s3").head_object(Bucket=bucket.name, Key="k")
    assert (told["ContentType"], told["CacheControl"], told["Metadata"]) == (
        PAGE.type,
        PAGE.cache,
        {"location": "/new/"},
    )


def test_a_bucket_that_is_not_there_says_so(aws: str) -> None:
    with pytest.raises(BucketFailed, match=r"There is no bucket nobodys. Is it the right account and region\?"):
        buckets("nobodys")[0].put("k", b"", PAGE)
