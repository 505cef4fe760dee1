"""Buckets: nobody but the CDN and the functions may read them, and old versions are kept."""

import json
from dataclasses import dataclass
from functools import partial
from typing import Any

import boto3
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError

from release.doctor.finding import Verdict, fault, ok
from release.doctor.look import Check, Look
from release.doctor.setup import CONNECT, READ, SITE, SetUp

SUBJECT = "Buckets"
BUCKETS = {
    "pages": ("PagesBucket", "pages", f"{SITE}/index.html"),
    "releases": ("ReleaseBucket", "releases", f"{SITE}/release.json"),
}
_BLOCKS = ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")
_NONE = {"NoSuchBucketPolicy", "NoSuchPublicAccessBlockConfiguration"}


@dataclass(frozen=True, slots=True)
class Walls:
    """A bucket: what of public access is not blocked, whom its policy lets in, whether old versions are kept."""

    bucket: str
    unblocked: tuple[str, ...] = ()
    public: bool = False
    versioned: bool = True


@dataclass(frozen=True, slots=True)
class Knock:
    """What somebody unknown gets who asks the bucket itself, as an HTTP status."""

    bucket: str
    status: int


def looks(setup: SetUp) -> list[Look[Any]]:
    """The same of both buckets."""
    if not setup.stack:
        return []
    return [look for name, told in BUCKETS.items() for look in _of(setup, name, *told)]


def _of(setup: SetUp, name: str, output: str, what: str, key: str) -> list[Look[Any]]:
    return [
        Look(SUBJECT, lambda: _walls(setup.aws("s3"), setup.output(output)), (
            Check(f"buckets.{name}.closed", f"Whether the bucket of {what} is closed", partial(closed, what=what)),
            Check(f"buckets.{name}.versions", f"Whether the bucket of {what} keeps old "
                                              "versions", partial(versions, what=what)),
        )),
        Look(SUBJECT, lambda: _knock(setup.output(output), key, setup.aws("s3").meta.region_name), (
            Check(f"buckets.{name}.refuses", f"Whether the bucket of {what} is shut", partial(refuses, what=what)),
        )),
    ]  # fmt: skip


def _walls(s3: Any, bucket: str) -> Walls:
    blocks = _or_none(partial(s3.get_public_access_block, Bucket=bucket)).get("PublicAccessBlockConfiguration", {})
    policy = json.loads(_or_none(partial(s3.get_bucket_policy, Bucket=bucket)).get("Policy", "{}"))
    status = s3.get_bucket_versioning(Bucket=bucket).get("Status", "")
    return Walls(
        bucket, tuple(name for name in _BLOCKS if not blocks.get(name)), is_public(policy), status == "Enabled"
    )


def _or_none(ask: Any) -> dict[str, Any]:
    try:
        found: dict[str, Any] = ask()
    except ClientError as error:
        if error.response["Error"]["Code"] in _NONE:
            return {}
        raise
    return found


def is_public(policy: dict[str, Any]) -> bool:
    """Whether a policy lets everybody in, without a condition."""
    statements = policy.get("Statement", [])
    statements = statements if isinstance(statements, list) else [statements]
    return any(
        one["Effect"] == "Allow" and _is_anybody(one.get("Principal")) and not one.get("Condition")
        for one in statements
    )


def _is_anybody(principal: Any) -> bool:
    return "*" in (principal.values() if isinstance(principal, dict) else [principal]) or (
        isinstance(principal, dict) and any("*" in each for each in principal.values() if isinstance(each, list))
    )


def _knock(bucket: str, key: str, region: str) -> Knock:
    config = Config(
        signature_version=UNSIGNED, connect_timeout=CONNECT, read_timeout=READ, retries={"total_max_attempts": 1}
    )
    stranger = boto3.Session(region_name=region).client("s3", config=config)
    try:
        return Knock(bucket, int(stranger.head_object(Bucket=bucket, Key=key)["ResponseMetadata"]["HTTPStatusCode"]))
    except ClientError as error:
        return Knock(bucket, int(error.response["ResponseMetadata"]["HTTPStatusCode"]))


def closed(found: Walls, *, what: str) -> Verdict:
    """Whether nothing in its settings opens it."""
    if found.public:
        return fault(
            f"The policy of the bucket of {what} lets everybody in.",
            f"In AWS's console, S3, {found.bucket}, Permissions: take that out of the policy, then pouch deploy.",
        )
    if found.unblocked:
        return fault(f"The bucket of {what} does not block public access ({', '.join(found.unblocked)}).",
                     f"In AWS's console, S3, {found.bucket}, Permissions, Block public access: "
                     "choose all.")  # fmt: skip
    return ok(f"The bucket of {what} is closed.")


def versions(found: Walls, *, what: str) -> Verdict:
    """Whether one can go back."""
    if found.versioned:
        return ok(f"The bucket of {what} keeps old versions.")
    return fault(f"The bucket of {what} keeps no old versions, so pouch rollback finds nothing.",
                 f"In AWS's console, S3, {found.bucket}, Properties, Bucket versioning: enable it.")  # fmt: skip


def refuses(found: Knock, *, what: str) -> Verdict:
    """Whether a stranger is turned away."""
    if found.status in {401, 403}:
        return ok(f"Whoever asks the bucket of {what} itself is refused.")
    if found.status < 400 or found.status == 404:  # noqa: PLR2004
        return fault(f"Whoever asks the bucket of {what} itself is let in (it answers {found.status}).",
                     f"In AWS's console, S3, {found.bucket}, Permissions: choose Block public access, and look at "
                     "the policy.")  # fmt: skip
    return fault(f"Whoever asks the bucket of {what} itself gets the answer {found.status}.", "pouch deploy")
