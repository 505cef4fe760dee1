"""A shop as AWS runs it: orders in DynamoDB, releases in S3, secrets in the Parameter Store, mails in a folder."""

import base64
import hashlib
import importlib
import json
import logging
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import uuid4

import boto3
import pytest
from werkzeug.test import EnvironBuilder

from functions.adapters.dynamodb.store import DynamoStore
from functions.adapters.file_catalogue import every_variant
from functions.service.stocking import declare
from tests.emulator import new_table
from tests.living_shop import SECRET_KEY, WEBHOOK_SECRET

URL = "http://127.0.0.1:8000"
GROUPS = ("bridge", "cart", "checkout", "invoice", "mail_events", "order", "reconcile", "stripe")


def new_bucket() -> str:
    """The name of a bucket in which nothing is yet."""
    name = f"releases-{uuid4().hex}"
    where = {"LocationConstraint": "eu-central-1"}
    boto3.client("s3").create_bucket(Bucket=name, CreateBucketConfiguration=where)
    return name


def publish(build: Path, bucket: str, site: str = "main") -> None:
    """The release that a build has left, as the functions find it."""
    s3 = boto3.client("s3")
    listed = (build / "release.json").read_bytes()
    name = hashlib.sha256(listed).hexdigest()
    kept = {path.name: path.read_bytes() for path in (build / "catalogue").iterdir()} | {name: listed}
    for each, content in kept.items():
        s3.put_object(Bucket=bucket, Key=f"{site}/catalogue/{each}", Body=content)
    pointer = json.dumps({"live": {"id": "r-1", "catalogue": name, "made": 1000, "commit": ""}})
    s3.put_object(Bucket=bucket, Key=f"{site}/release.json", Body=pointer.encode())


def aws_shop(build: Path, stripe: str) -> dict[str, str]:
    """The settings of a shop of its own, with this release and its stock."""
    bucket, table, path = new_bucket(), new_table(), f"/pouch/{uuid4().hex}/"
    publish(build, bucket)
    declare(every_variant(build), DynamoStore(table))
    secrets = {
        "STRIPE_SECRET_KEY": "sk_test_standin",
        "STRIPE_WEBHOOK_SECRETS": WEBHOOK_SECRET,
        "SHOP_SECRET_KEYS": SECRET_KEY,
    }
    for name, value in secrets.items():
        boto3.client("ssm").put_parameter(Name=f"{path}{name}", Value=value, Type="SecureString")
    return {
        "SHOP_URL": URL,
        "SHOP_BUCKET": bucket,
        "SHOP_TABLE": table,
        "SHOP_SECRETS": path,
        "STRIPE_API_BASE": stripe,
        "MAIL_SES_CONFIGURATION_SET": "orders",
        "MAIL_FROM": "Small Shop <owner@small.example>",
        "CLIENT_ADDRESS_HEADER": "CloudFront-Viewer-Address",
    }


def entry(group: str, environ: Mapping[str, str], monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module that AWS loads for a group, loaded anew with these settings."""
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr(root, "level", root.level)
    return importlib.reload(importlib.import_module(f"functions.lambda_{group}"))


def http_event(
    method: str,
    path: str,
    form: Mapping[str, str] | None = None,
    *,
    headers: Mapping[str, str] | None = None,
    cookies: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """A request as an HTTP API hands it over (payload format 2.0)."""
    builder = EnvironBuilder(path=path, method=method, data=dict(form) if form else None)
    environ = builder.get_environ()
    body = environ["wsgi.input"].read()
    sent = {"host": "127.0.0.1:8000", "content-type": environ.get("CONTENT_TYPE", ""), **(headers or {})}
    return {
        "version": "2.0",
        "rawPath": environ["PATH_INFO"],
        "rawQueryString": environ["QUERY_STRING"],
        "headers": sent,
        "cookies": [f"{name}={value}" for name, value in (cookies or {}).items()],
        "requestContext": {"http": {"method": method, "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1"}},
        "body": base64.b64encode(body).decode(),
        "isBase64Encoded": True,
    }
