"""The account at AWS that a shop is in: whose it is, in which region, and the bucket with the code of its functions."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from functions.shop.errors import ShopError
from release.aws import client, region


class DeployFailed(ShopError):
    """The infrastructure could not be brought up to date. The message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Account:
    """Clients of boto3, for one region."""

    number: str
    region: str
    cloudformation: Any
    s3: Any
    ssm: Any
    ses: Any

    @property
    def code_bucket(self) -> str:
        """The name of the bucket that holds packages and templates."""
        return f"pouch-code-{self.number}-{self.region}"


def this_account() -> Account:
    """The account that AWS's own settings lead to. Raises DeployFailed when they lead to none."""
    where = region() or boto3.Session().region_name
    if not where:
        raise DeployFailed("AWS_REGION is not set. Write where the shop's orders are to be kept: eu-central-1")
    try:
        number = client("sts").get_caller_identity()["Account"]
    except (BotoCoreError, ClientError) as error:
        raise DeployFailed(f"AWS does not know you ({error}). Log in: docs/going-live.md, step 1.") from error
    return Account(number, where, *map(client, ("cloudformation", "s3", "ssm", "sesv2")))


def code_of(error: ClientError) -> str:
    """AWS's own name for what went wrong."""
    return str(error.response["Error"]["Code"])


def ready_bucket(account: Account) -> None:
    """Make the bucket for code, if it is not there: closed, encrypted, keeping old versions."""
    name = account.code_bucket
    try:
        account.s3.head_bucket(Bucket=name, ExpectedBucketOwner=account.number)
    except ClientError as error:
        if code_of(error) not in {"404", "NoSuchBucket"}:
            raise DeployFailed(f"The bucket {name} cannot be used ({code_of(error)}). Is it this account's?") from error
        _make_bucket(account, name)


def _make_bucket(account: Account, name: str) -> None:
    elsewhere = {"CreateBucketConfiguration": {"LocationConstraint": account.region}}
    account.s3.create_bucket(Bucket=name, **({} if account.region == "us-east-1" else elsewhere))
    closed = dict.fromkeys(("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"), True)
    account.s3.put_public_access_block(Bucket=name, PublicAccessBlockConfiguration=closed)
    rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}
    account.s3.put_bucket_encryption(Bucket=name, ServerSideEncryptionConfiguration={"Rules": [rule]})
    account.s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    account.s3.put_bucket_tagging(Bucket=name, Tagging={"TagSet": [{"Key": "pouch", "Value": "code"}]})


def upload_code(account: Account, packages: Mapping[str, Path]) -> dict[str, str]:
    """Bring packages into the bucket that are not there yet. Gives the SHA-256 of each, by group."""
    hashes: dict[str, str] = {}
    for group, path in packages.items():
        content = path.read_bytes()
        hashes[group] = hashlib.sha256(content).hexdigest()
        _put_once(account, f"code/{hashes[group]}.zip", content)
    return hashes


def upload_template(account: Account, text: str) -> str:
    """Bring a template into the bucket, for one is too long to be sent along. Gives its address."""
    key = f"templates/{hashlib.sha256(text.encode()).hexdigest()}.json"
    _put_once(account, key, text.encode())
    return f"https://s3.{account.region}.amazonaws.com/{account.code_bucket}/{key}"


def _put_once(account: Account, key: str, content: bytes) -> None:
    """A file whose name says what is in it is put once."""
    try:
        account.s3.head_object(Bucket=account.code_bucket, Key=key)
    except ClientError as error:
        if code_of(error) not in {"404", "NoSuchKey"}:
            raise DeployFailed(f"The bucket {account.code_bucket} cannot be read ({code_of(error)}).") from error
        account.s3.put_object(Bucket=account.code_bucket, Key=key, Body=content)
