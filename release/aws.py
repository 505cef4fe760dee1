"""AWS for what publishes: boto3 with time-outs, in the region that AWS_REGION says, and couriers with boto3's keys."""

import os
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import boto3
from botocore.config import Config
from botocore.exceptions import NoRegionError
from botocore.httpsession import get_cert_path
from botocore.session import get_session

from functions.adapters.aws.answers import Silent
from functions.adapters.aws.channel import Channel
from functions.adapters.aws.credentials import Keys
from functions.adapters.lines import Lines
from release.courier import ATTEMPTS, READ, Courier
from release.s3_bucket import S3Bucket

CONNECT = 5  # seconds
_AMAZON = (".amazonaws.com", ".amazonaws.com.cn")


def client(service: str) -> Any:
    """A client of a service. Raises botocore's NoRegionError when nobody says where."""
    return _client(session(), service)


def buckets(*names: str) -> list[S3Bucket]:
    """Buckets of S3, with the same keys. Raises NoRegionError."""
    here = session()
    s3 = _client(here, "s3")
    return [S3Bucket(name, s3, courier(name, here, s3.meta.endpoint_url)) for name in names]


def courier(
    bucket: str, session: boto3.Session, endpoint: str, *, connect: float = CONNECT, read: float = READ,
    attempts: int = ATTEMPTS,
) -> Courier:  # fmt: skip
    """A courier to a bucket, where boto3 has S3. Raises NoRegionError."""
    if not session.region_name:
        raise NoRegionError
    address, folder = address_of(endpoint, bucket)
    lines = Lines(address, certificates=certificates(), connect=connect, proxy=proxy_of(address))
    channel = Channel("s3", lines, region=session.region_name, credentials=SessionKeys(session))
    return Courier(channel, folder, attempts=attempts, read=read)


def session() -> boto3.Session:
    """A session of boto3's, in the shop's region."""
    # One of its own: boto3's common one keeps the keys that it saw first, also when somebody logs in anew.
    return boto3.Session(region_name=region())


def region() -> str | None:
    """Where the shop is. By itself boto3 reads AWS_DEFAULT_REGION and its files, but not this name."""
    return os.environ.get("AWS_REGION") or None


class SessionKeys:
    """The keys of a session of boto3, which fetches new ones before they end."""

    def __init__(self, session: boto3.Session) -> None:
        self._found = session.get_credentials()

    def keys(self) -> Keys:
        """The keys of this moment. Raises Silent without any, and errors of botocore's when none can be fetched."""
        if self._found is None:
            raise Silent("NoCredentials")
        keys = self._found.get_frozen_credentials()
        return Keys(keys.access_key, keys.secret_key, keys.token or "")


def _client(session: boto3.Session, service: str) -> Any:
    retries = {"mode": "standard", "total_max_attempts": ATTEMPTS}
    config = Config(connect_timeout=CONNECT, read_timeout=READ, retries=retries)
    return session.client(service, config=config)


def address_of(endpoint: str, bucket: str) -> tuple[str, str]:
    """Where a bucket is, and the folder of its files there. At Amazon's it has a name of its own, unless a dot in it
    would make it another one than a certificate says; elsewhere it is a folder.
    """
    found = urlsplit(endpoint)
    if found.netloc.endswith(_AMAZON) and "." not in bucket:
        return f"{found.scheme}://{bucket}.{found.netloc}", "/"
    return endpoint.rstrip("/"), f"/{bucket}/"


def certificates() -> str:
    """The file with those to believe, which is that of boto3."""
    own = get_session().get_config_variable("ca_bundle") or os.environ.get("REQUESTS_CA_BUNDLE")
    return str(get_cert_path(own or True))


def proxy_of(address: str) -> str:
    """What requests to an address have to go through; empty when nothing."""
    host = urlsplit(address).hostname or ""
    return "" if proxy_bypass(host) else getproxies().get("https", "")
