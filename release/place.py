"""Where a shop is published: two buckets and a CDN, as the stack at AWS names them, or as the environment does."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    LoginError,
    NoCredentialsError,
    NoRegionError,
    PartialCredentialsError,
    SSOError,
)

from functions.shop.errors import ShopError
from release.aws import buckets, client
from release.cloudfront_edge import CloudFrontEdge
from release.kind import SANDBOX
from release.ports import Bucket, Edge
from release.told_stack import Stack, read_stack

OWN = {
    "PagesBucket": "POUCH_PAGES_BUCKET",
    "ReleaseBucket": "POUCH_RELEASE_BUCKET",
    "Distribution": "POUCH_DISTRIBUTION",
}
"""The settings that stand in for a stack's outputs."""
_NOBODY = (NoCredentialsError, PartialCredentialsError, LoginError, SSOError)
_DENIED = frozenset({"AccessDenied", "AccessDeniedException"})
_UNKNOWN = frozenset({"ExpiredToken", "InvalidClientTokenId", "SignatureDoesNotMatch", "UnrecognizedClientException"})
_LOG_IN = "Log in: docs/going-live.md, step 1."


class NoPlace(ShopError):
    """It cannot be told where the shop is published. The message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Place:
    """The buckets of pages and of releases, the CDN, and the shop's address, which is empty when nobody has said."""

    pages: Bucket
    private: Bucket
    edge: Edge
    url: str = ""


def open_place(environ: Mapping[str, str], stack: str) -> Place:
    """The place that the environment names, or else a stack. Raises NoPlace."""
    named = _named(environ) or _outputs(stack)
    with asking(stack):
        pages, private = buckets(named["PagesBucket"], named["ReleaseBucket"])
        edge = CloudFrontEdge(named["Distribution"], client("cloudfront"))
    return Place(pages, private, edge, named.get("Url", ""))


def _named(environ: Mapping[str, str]) -> dict[str, str]:
    """What the environment names: all of it, or nothing."""
    found = {output: environ.get(setting, "") for output, setting in OWN.items()}
    missing = [OWN[output] for output, name in found.items() if not name]
    if missing and len(missing) < len(OWN):
        raise NoPlace(f"{' and '.join(missing)} must be set too, or none of {', '.join(OWN.values())}.")
    return {} if missing else found


def _outputs(stack: str) -> Mapping[str, str]:
    """What a stack says of itself."""
    with asking(stack):
        found = stack_there(stack)
    missing = [name for name in OWN if name not in found.outputs]
    if missing:
        raise NoPlace(f"The stack {stack} is not complete yet: it names no {missing[0]}. Finish it: {_deploy(stack)}")
    return found.outputs


def stack_there(stack: str) -> Stack:
    """The stack. Raises NoPlace when there is none; use it within `asking`."""
    cloudformation = client("cloudformation")
    found = read_stack(cloudformation, stack)
    if found is None:
        raise NoPlace(_nowhere(stack, cloudformation.meta.region_name))
    return found


@contextmanager
def asking(stack: str) -> Iterator[None]:
    """What AWS refuses within this block is said in a sentence that helps, as NoPlace."""
    try:
        yield
    except NoRegionError as error:
        raise NoPlace("AWS_REGION is not set. Write where your shop is: export AWS_REGION=eu-central-1") from error
    except _NOBODY as error:
        raise NoPlace(f"AWS does not know who you are. {_LOG_IN}") from error
    except ClientError as error:
        raise NoPlace(_refusal(stack, error)) from error
    except BotoCoreError as error:
        raise NoPlace(f"AWS does not answer ({type(error).__name__}). Try again in a minute.") from error


def _nowhere(stack: str, region: str) -> str:
    return (
        f"There is no shop {stack} in {region} yet. Make it: {_deploy(stack)}. If it is in another region, say so: "
        "export AWS_REGION=eu-central-1"
    )


def _refusal(stack: str, error: ClientError) -> str:
    code = error.response["Error"]["Code"]
    if code in _UNKNOWN:
        return f"AWS does not know you any more ({code}). {_LOG_IN}"
    if code in _DENIED:
        return f"Whoever you are logged in as may not look at the stack {stack}. Log in as the shop's owner."
    return f"AWS cannot say where the shop {stack} is ({code}). Try again in a minute."


def _deploy(stack: str) -> str:
    return "pouch deploy --sandbox" if stack == SANDBOX.stack else "pouch deploy"
