"""AWS by boto3, for what publishes: with time-outs, and in the region that AWS_REGION says."""

import os
from typing import Any

import boto3
from botocore.config import Config

CONNECT, READ, ATTEMPTS = 5, 20, 5  # seconds, seconds, tries of a call
AT_ONCE = 16  # calls


def client(service: str) -> Any:
    """A client of a service. Raises botocore's NoRegionError when nobody says where."""
    retries = {"mode": "standard", "total_max_attempts": ATTEMPTS}
    config = Config(connect_timeout=CONNECT, read_timeout=READ, retries=retries, max_pool_connections=AT_ONCE)
    # A session of its own: boto3's common one keeps the keys that it saw first, also when somebody logs in anew.
    return boto3.Session(region_name=region()).client(service, config=config)


def region() -> str | None:
    """Where the shop is. By itself boto3 reads AWS_DEFAULT_REGION and its files, but not this name."""
    return os.environ.get("AWS_REGION") or None
