"""A bucket of S3, versioned, in which the tag of a file is the MD5 of its content (SSE-S3, written in one piece)."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError, PartialCredentialsError

from release.ports import Bucket, BucketFailed, Changed, Found, Label, Present, Version

_MISSING, _CONDITION = {"NoSuchKey", "404"}, {"PreconditionFailed", "412", "ConditionalRequestConflict", "409"}


class S3Bucket(Bucket):
    """ports.Bucket."""

    def __init__(self, name: str, s3: Any) -> None:
        self.name, self._s3 = name, s3

    def files(self, prefix: str) -> Mapping[str, Present]:
        """Every file."""
        pages = self._s3.get_paginator("list_objects_v2").paginate(Bucket=self.name, Prefix=prefix)
        with self._failing():
            found = (one for page in pages for one in page.get("Contents", ()))
            return {one["Key"]: Present(_plain(one["ETag"]), int(one["LastModified"].timestamp())) for one in found}

    def get(self, key: str) -> Found | None:
        """The file."""
        with self._failing():
            try:
                found = self._s3.get_object(Bucket=self.name, Key=key)
            except ClientError as error:
                if _code(error) in _MISSING:
                    return None
                raise
            return Found(found["Body"].read(), _plain(found["ETag"]))

    def put(self, key: str, content: bytes, label: Label, expected: str | None = None) -> str:
        """Write it."""
        condition = {} if expected is None else {"IfMatch": f'"{expected}"'} if expected else {"IfNoneMatch": "*"}
        with self._failing():
            try:
                made = self._s3.put_object(
                    Bucket=self.name,
                    Key=key,
                    Body=content,
                    ContentType=label.type,
                    CacheControl=label.cache,
                    Metadata=dict(label.notes),
                    **condition,
                )
            except ClientError as error:
                if _code(error) in _CONDITION or (expected and _code(error) in _MISSING):
                    raise Changed(f"{key} is not what it was.") from error
                raise
            return _plain(made["ETag"])

    def versions(self, prefix: str) -> Iterator[Version]:
        """Every version; what says that a file was deleted is none."""
        pages = self._s3.get_paginator("list_object_versions").paginate(Bucket=self.name, Prefix=prefix)
        with self._failing():
            for page in pages:
                for one in page.get("Versions", ()):
                    at = int(one["LastModified"].timestamp())
                    yield Version(one["Key"], one["VersionId"], _plain(one["ETag"]), at)

    def version(self, version: Version) -> bytes:
        """Its content."""
        with self._failing():
            found = self._s3.get_object(Bucket=self.name, Key=version.key, VersionId=version.id)
            return bytes(found["Body"].read())

    def delete(self, version: Version) -> None:
        """For ever."""
        with self._failing():
            self._s3.delete_object(Bucket=self.name, Key=version.key, VersionId=version.id)

    @contextmanager
    def _failing(self) -> Iterator[None]:
        try:
            yield
        except ClientError as error:
            raise BucketFailed(_advice(self.name, _code(error))) from error
        except (NoCredentialsError, PartialCredentialsError) as error:
            raise BucketFailed("AWS does not know who you are. Log in: docs/going-live.md, step 1.") from error
        except BotoCoreError as error:
            raise BucketFailed(f"S3 does not answer ({type(error).__name__}). Nothing is lost; try again.") from error


def _advice(bucket: str, code: str) -> str:
    if code in {"AccessDenied", "403", "InvalidAccessKeyId", "ExpiredToken"}:
        return f"AWS does not let you use the bucket {bucket} ({code}). Sign in again, with the right account."
    if code == "NoSuchBucket":
        return f"There is no bucket {bucket}. Is it the right account and region?"
    return f"S3 answers {code} for the bucket {bucket}. Nothing is lost; try again in a minute."


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


def _plain(tag: str) -> str:
    return tag.strip('"')
