"""The secrets of a shop in AWS's Parameter Store. CloudFormation cannot make such; nobody need ever see them."""

import secrets
from typing import Any

import stripe
from botocore.exceptions import ClientError

from functions.adapters.stripe_events import HEEDED
from release.account import DeployFailed, code_of

SIGNING, STRIPE_KEY, WEBHOOK = "SHOP_SECRET_KEYS", "STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRETS"
WEBHOOK_PATH = "/stripe/events"


class Unseen(Exception):
    """Whoever is logged in may not look at secrets, as a pipeline must not."""


def missing(ssm: Any, path: str) -> list[str]:
    """The secrets that are not there yet. Raises Unseen."""
    names = {f"{path}{name}": name for name in (SIGNING, STRIPE_KEY, WEBHOOK)}
    try:
        found = ssm.get_parameters(Names=list(names), WithDecryption=False)["Parameters"]
    except ClientError as error:
        if "AccessDenied" in code_of(error):
            raise Unseen from error
        raise DeployFailed(f"The Parameter Store cannot be read: {error}") from error
    return [name for full, name in names.items() if full not in {one["Name"] for one in found}]


def keep(ssm: Any, path: str, name: str, value: str) -> None:
    """Keep a secret, encrypted. One that is there already is not written over."""
    ssm.put_parameter(Name=f"{path}{name}", Value=value, Type="SecureString", Overwrite=False)


def read(ssm: Any, path: str, name: str) -> str:
    """A secret that is kept."""
    value: str = ssm.get_parameter(Name=f"{path}{name}", WithDecryption=True)["Parameter"]["Value"]
    return value


def new_signing_key() -> str:
    """What the shop signs its links with: 256 bits of chance."""
    return secrets.token_urlsafe(32)


def check_stripe_key(key: str, *, live: bool) -> str:
    """The key, if it is one for this kind of shop. Raises DeployFailed otherwise, without saying it."""
    mode = "live" if live else "test"
    if not key.startswith((f"sk_{mode}_", f"rk_{mode}_")):
        other = " It is one for real money." if "_live_" in key[:9] and not live else ""
        raise DeployFailed(f"That is no secret key of Stripe's for this shop: it begins with sk_{mode}_.{other}")
    return key


def make_endpoint(key: str, url: str, api_base: str = stripe.DEFAULT_API_BASE) -> str:
    """Tell Stripe where its news goes, at the API version that the shop speaks. Gives the secret that signs it.

    Raises DeployFailed when there is an endpoint already, for its secret is told only once.
    """
    client = stripe.StripeClient(key, base_addresses={"api": api_base}, max_network_retries=2).v1.webhook_endpoints
    try:
        if any(one.url == url for one in client.list({"limit": 100}).auto_paging_iter()):
            raise DeployFailed(
                f"Stripe has an endpoint for {url} already. Copy its signing secret from Stripe's dashboard "
                f"(Developers, Webhooks) into the parameter {WEBHOOK}, or delete it there and deploy again."
            )
        made = client.create({"url": url, "enabled_events": [*HEEDED], "api_version": stripe.api_version})  # type: ignore[list-item,typeddict-item]
    except stripe.StripeError as error:
        raise DeployFailed(f"Stripe did not take the endpoint: {error.user_message or error.code}") from error
    return str(made.secret)
