"""The set-up that is looked at: a stack at AWS, or a shop on this machine; and whom to ask about it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import boto3
import stripe
from botocore.config import Config
from botocore.exceptions import ClientError, NoCredentialsError, NoRegionError

from functions.adapters.file_catalogue import FileCatalogue
from functions.adapters.kept_release import KeptRelease, Shelf, read_release
from functions.configuration import BUILD
from release.aws import courier, region
from release.doctor.look import Once
from release.doctor.network import Names, Web
from release.doctor.stripe_account import Account, ask_account
from release.doctor.unreached import Unseen
from release.kind import LIVE, SANDBOX, stack_of
from release.pointer import Pointer
from release.s3_bucket import S3Bucket
from release.told_stack import Stack, read_stack

CONNECT, READ = 2, 3  # seconds for one answer of AWS's; nothing is tried again
STRIPE = 4.0  # seconds for one answer of Stripe's
SITE = "main"
PUBLISH = "pouch publish"
_MISSING = "ParameterNotFound"


@dataclass(frozen=True)
class SetUp:
    """What all looks ask. Each question is asked once, by whichever look comes first.

    `stack` raises Unseen where AWS does not say what it is; it is None on a laptop. `live` is known all the same.
    """

    stack: Callable[[], Stack] | None
    live: bool
    environ: Mapping[str, str]
    web: Web
    clock: Callable[[], float]
    once: dict[str, Once[Any]] = field(default_factory=dict)

    @property
    def names(self) -> Names:
        """The domain name system."""
        return self.web.names

    def output(self, name: str) -> str:
        """An output of the stack."""
        assert self.stack  # noqa: S101 (only looks at a stack ask)
        outputs = self.stack().outputs
        if name not in outputs:
            raise Unseen(f"the stack does not say its {name}", "pouch deploy")
        return outputs[name]

    def parameter(self, name: str) -> str:
        """A parameter of the stack; empty when it is not set."""
        assert self.stack  # noqa: S101
        return self.stack().parameters.get(name, "")

    def aws(self, service: str) -> Any:
        """A client of boto3 that does not wait long."""
        return self._shared(f"aws {service}", lambda: aws(service))

    @cached_property
    def url(self) -> Callable[[], str]:
        """The shop's address."""
        return Once(lambda: (self.output("Url") if self.stack else self.environ.get("SHOP_URL", "")).rstrip("/"))

    @cached_property
    def host(self) -> Callable[[], str]:
        """The name in its address."""
        return Once(lambda: urlsplit(self.url()).hostname or "")

    def secret(self, name: str) -> str:
        """A setting that is kept secret; empty when it is not there."""
        return str(self._shared(name, lambda: self._secret(name)))

    def _secret(self, name: str) -> str:
        if not self.stack:
            return self.environ.get(name, "")
        path = self.environ.get("SHOP_SECRETS") or (LIVE if self.live else SANDBOX).secrets
        request = {"Name": f"{path.rstrip('/')}/{name}", "WithDecryption": True}
        try:
            return str(self.aws("ssm").get_parameter(**request)["Parameter"]["Value"])
        except ClientError as error:
            if error.response["Error"]["Code"] == _MISSING:
                return ""
            if name in self.environ:  # whoever may not read the shop's secrets can have some of their own
                return self.environ[name]
            raise

    def _shared(self, name: str, ask: Callable[[], Any]) -> Any:
        return self.once.setdefault(name, Once(ask))()

    @cached_property
    def at_stripe(self) -> Callable[[], stripe.StripeClient]:
        """Stripe, with the shop's key."""
        return Once(self._stripe)

    def _stripe(self) -> stripe.StripeClient:
        key = self.secret("STRIPE_SECRET_KEY").strip()
        if not key:
            raise Unseen("there is no key of Stripe's", "Set STRIPE_SECRET_KEY: docs/going-live.md, step 4.")
        return stripe.StripeClient(
            key,
            base_addresses={"api": self.stripe_address},
            max_network_retries=0,
            http_client=stripe.RequestsClient(timeout=STRIPE),
        )

    @cached_property
    def account(self) -> Callable[[], Account]:
        """The account at Stripe."""
        return Once(
            lambda: ask_account(self.at_stripe(), self.secret("STRIPE_SECRET_KEY").strip(), self.stripe_address)
        )

    @property
    def stripe_address(self) -> str:
        """Where Stripe's API is."""
        return self.environ.get("STRIPE_API_BASE") or stripe.DEFAULT_API_BASE

    def bucket(self, output: str) -> S3Bucket:
        """One of the stack's buckets."""
        name, s3 = self.output(output), self.aws("s3")
        session = boto3.Session(region_name=region())
        carrying = courier(name, session, s3.meta.endpoint_url, connect=CONNECT, read=READ, attempts=1)
        return S3Bucket(name, s3, carrying)

    @cached_property
    def pointer(self) -> Callable[[], Pointer | None]:
        """What says which release is in force; None before anything was published."""
        return Once(self._pointer)

    def _pointer(self) -> Pointer | None:
        found = self.bucket("ReleaseBucket").get(f"{SITE}/release.json")
        return Pointer.read(found.content) if found else None

    @cached_property
    def release(self) -> Callable[[], KeptRelease]:
        """The release in force."""
        return Once(self._release)

    def _release(self) -> KeptRelease:
        if not self.stack:
            return FileCatalogue(Path(self.environ.get("SHOP_BUILD") or BUILD), lambda: int(self.clock())).current()
        pointer = self.pointer()
        if not pointer or not pointer.live:
            raise Unseen("nothing is published yet", PUBLISH)
        shelf = Shelf(BucketDrawer(self.bucket("ReleaseBucket")))
        return read_release(shelf.content(pointer.live.catalogue), shelf)


class BucketDrawer:
    """Files of releases in a bucket, for a Shelf."""

    advice = f"Publish the shop: {PUBLISH}"

    def __init__(self, bucket: S3Bucket) -> None:
        self._bucket = bucket

    def read(self, name: str) -> bytes:
        """A file's content; nothing when it is missing."""
        found = self._bucket.get(f"{SITE}/catalogue/{name}")
        return found.content if found else b""

    def require(self, names: object) -> None:
        """Nothing: a release is published after all that it leads to."""


class Told(Protocol):
    """What hears which set-up is looked at."""

    def __call__(self, text: str) -> None:
        """Hear it."""
        ...


def find_setup(environ: Mapping[str, str], *, sandbox: bool, web: Web, clock: Callable[[], float]) -> tuple[SetUp, str]:
    """The set-up, and a sentence that says which it is. It takes as long as AWS takes to answer, at most 5 seconds."""
    name = stack_of(environ, sandbox=sandbox)
    live = not sandbox and name != SANDBOX.stack
    try:
        stack = read_stack(aws("cloudformation"), name)
    except Unseen as error:
        return SetUp(_raising(error), live, environ, web, clock), f"The stack {name} at AWS, of which {error.text}."
    except (NoCredentialsError, NoRegionError):
        return _here(environ, web, clock, "you are not logged in at AWS")
    except Exception as error:  # (each look says why by itself)
        return SetUp(_raising(error), live, environ, web, clock), f"The stack {name} at AWS, which cannot be reached."
    if stack is None:
        return _here(environ, web, clock, f"AWS knows no stack {name}")
    kind = "a live shop" if stack.live else "a sandbox with test payments"
    where = stack.outputs.get("Url", "no address yet")
    return SetUp(lambda: stack, stack.live, environ, web, clock), f"The stack {name} at AWS, {kind}: {where}"


def _here(environ: Mapping[str, str], web: Web, clock: Callable[[], float], why: str) -> tuple[SetUp, str]:
    said = f"The shop on this machine, because {why}. What only a published shop has is left out."
    live = environ.get("STRIPE_SECRET_KEY", "").startswith(("sk_live_", "rk_live_"))
    return SetUp(None, live, environ, web, clock), said


def _raising(error: Exception) -> Callable[[], Stack]:
    def stack() -> Stack:
        raise error

    return stack


def aws(service: str) -> Any:
    """A client of boto3 that does not wait long and tries nothing again."""
    session = boto3.Session(region_name=region())
    retries = {"total_max_attempts": 1, "mode": "standard"}
    return session.client(service, config=Config(connect_timeout=CONNECT, read_timeout=READ, retries=retries))
