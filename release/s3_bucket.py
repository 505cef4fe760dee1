"""A bucket of S3, versioned, in which the tag of a file is the MD5 of its content (SSE-S3, written in one piece)."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError, PartialCredentialsError

from functions.adapters.aws.answers import AwsFailed, Refused, Silent
from release.courier import Courier
from release.ports import Bucket, BucketFailed, Changed, Found, Label, Present, Version

_MISSING = "NoSuchKey"
_CONDITION = frozenset({"PreconditionFailed", "ConditionalRequestConflict"})
_ELSEWHERE = frozenset({"PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException"})


class S3Bucket(Bucket):
    """ports.Bucket. A courier carries what is in files; a client of boto3 does what is asked for rarely."""

    def __init__(self, name: str, s3: Any, courier: Courier) -> None:
        self.name, self._s3, self._courier = name, s3, courier

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
                found = self._courier.ask("GET", key)
            except Refused as error:
                if error.code == _MISSING:
                    return None
                raise
            return Found(found.body, _plain(found.headers["etag"]))

    def put(self, key: str, content: bytes, label: Label, expected: str | None = None) -> str:
        """Write it."""
        with self._failing():
            try:
                made = self._courier.ask("PUT", key, _headers(label, expected), content)
            except Refused as error:
                if error.code in _CONDITION or (expected and error.code == _MISSING):
                    raise Changed(f"{key} is not what it was.") from error
                raise
            return _plain(made.headers["etag"])

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
            return self._courier.ask("GET", version.key, query=f"versionId={quote(version.id, safe='')}").body

    def delete(self, version: Version) -> None:
        """For ever."""
        with self._failing():
            self._s3.delete_object(Bucket=self.name, Key=version.key, VersionId=version.id)

    @contextmanager
    def _failing(self) -> Iterator[None]:
        try:
            yield
        except (ClientError, Refused) as error:
            raise BucketFailed(_advice(self.name, _code(error))) from error
        except (BotoCoreError, AwsFailed) as error:
            raise BucketFailed(_silence(error)) from error


def _headers(label: Label, expected: str | None) -> dict[str, str]:
    condition = {} if expected is None else {"if-match": f'"{expected}"'} if expected else {"if-none-match": "*"}
    notes = {f"x-amz-meta-{name}": value for name, value in label.notes.items()}
    return {"content-type": label.type, "cache-control": label.cache, **notes, **condition}


def _silence(error: BotoCoreError | AwsFailed) -> str:
    """What to do when S3 was not asked, or has not answered."""
    code = error.code if isinstance(error, Silent) else type(error).__name__
    if isinstance(error, NoCredentialsError | PartialCredentialsError) or code == "NoCredentials":
        return "AWS does not know who you are. Log in: docs/going-live.md, step 1."
    return f"S3 does not answer ({code}). Nothing is lost; try again."


def _advice(bucket: str, code: str) -> str:
    if code in {"AccessDenied", "403", "InvalidAccessKeyId", "ExpiredToken"}:
        return f"AWS does not let you use the bucket {bucket} ({code}). Sign in again, with the right account."
    if code == "NoSuchBucket":
        return f"There is no bucket {bucket}. Is it the right account and region?"
    if code in _ELSEWHERE:
        return f"The bucket {bucket} is in another region. Say in which: export AWS_REGION=eu-central-1"
    return f"S3 answers {code} for the bucket {bucket}. Nothing is lost; try again in a minute."


def _code(error: ClientError | Refused) -> str:
    return error.code if isinstance(error, Refused) else str(error.response.get("Error", {}).get("Code", ""))


def _plain(tag: str) -> str:
    return tag.strip('"')
