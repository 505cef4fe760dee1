"""Where a shop is published: two buckets and a distribution, from the environment or from the stack's own words."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

import boto3
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError, NoRegionError

from functions.shop.errors import ShopError

LIVE, SANDBOX = "pouch-live", "pouch-sandbox"
_NAMES = {"pages": "PagesBucket", "private": "ReleaseBucket", "distribution": "Distribution", "url": "Url"}


class NoPlace(ShopError):
    """Nobody says where to publish; as text, what to do."""


@dataclass(frozen=True, slots=True)
class Place:
    """The buckets of pages and of releases, CloudFront's distribution, and the shop's address."""

    pages: str
    private: str
    distribution: str
    url: str


def place_of(stack: str, environ: Mapping[str, str] = os.environ) -> Place:
    """The place that a stack made. Raises NoPlace."""
    stack = environ.get("POUCH_STACK") or stack
    told = _outputs(stack)
    missing = [name for name in _NAMES.values() if not told.get(name)]
    if missing:
        raise NoPlace(f"The stack {stack} does not say its {missing[0]}. Bring it up to date: pouch deploy")
    return Place(**{field: told[name].rstrip("/") for field, name in _NAMES.items()})


def _outputs(stack: str) -> dict[str, str]:
    try:
        found = boto3.client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0]
    except NoRegionError as error:
        raise NoPlace("AWS_REGION is not set. Write the region of your shop, such as eu-central-1.") from error
    except NoCredentialsError as error:
        raise NoPlace("You are not signed in to AWS. How to: docs/going-live.md") from error
    except ClientError as error:
        if "does not exist" in str(error):
            raise NoPlace(f"There is no stack {stack} in this account and region. First: pouch deploy") from error
        raise NoPlace(f"AWS does not tell about the stack {stack}: {error}") from error
    except BotoCoreError as error:
        raise NoPlace(f"AWS does not answer ({type(error).__name__}). Try again in a minute.") from error
    return {one["OutputKey"]: one["OutputValue"] for one in found.get("Outputs", ())}
