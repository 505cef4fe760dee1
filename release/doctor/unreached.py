"""Why something could not be looked at, in words without anything secret (R26), and what to do about it."""

from collections.abc import Callable
from functools import partial

import dns.exception
import stripe
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError, NoRegionError

from functions.shop.errors import ShopError

_DENIED = (
    "AccessDenied",
    "403",
    "Unauthorized",
    "ExpiredToken",
    "InvalidClientTokenId",
    "UnrecognizedClient",
    "Forbidden",
)
_AGAIN = "Look at your connection, then try again."
_SIGN_IN = "Log in at AWS as the owner of the shop's account: docs/going-live.md, step 1."


class Unseen(Exception):
    """It could not be looked at, and we know why."""

    def __init__(self, text: str, fix: str) -> None:
        super().__init__(text)
        self.text, self.fix = text, fix


def reason(error: Exception) -> Unseen:
    """Why, and what to do."""
    said = next((say for kind, say in _REASONS if isinstance(error, kind)), _other)
    return said(error)


def _known(error: Exception) -> Unseen:
    assert isinstance(error, Unseen)  # noqa: S101 (the table says so)
    return error


def _aws(error: Exception) -> Unseen:
    assert isinstance(error, ClientError)  # noqa: S101
    code = str(error.response.get("Error", {}).get("Code", ""))
    if code.startswith(_DENIED):
        return Unseen(f"AWS does not let you look ({code})", _SIGN_IN)
    return Unseen(f"AWS answers {code} to {error.operation_name}", "Try again in a minute.")


def _shop(error: Exception) -> Unseen:
    return Unseen(str(error).rstrip("."), "")


def _said(text: str, fix: str, error: Exception) -> Unseen:
    return Unseen(text.format(kind=type(error).__name__), fix)


def _other(error: Exception) -> Unseen:
    return Unseen(f"the answer cannot be read ({type(error).__name__})", "Try again; if it stays so, tell us.")


_REASONS: tuple[tuple[type[Exception], Callable[[Exception], Unseen]], ...] = (
    (Unseen, _known),
    (ShopError, _shop),
    (ClientError, _aws),
    (NoCredentialsError, partial(_said, "AWS does not know you", _SIGN_IN)),
    (NoRegionError, partial(_said, "AWS_REGION is not set", "export AWS_REGION=eu-central-1")),
    (BotoCoreError, partial(_said, "AWS does not answer ({kind})", _AGAIN)),
    (
        stripe.PermissionError,
        partial(
            _said,
            "your restricted key may not look at it",
            "In Stripe, Developers, API keys: let the key read it, or look with the secret key.",
        ),
    ),
    (
        stripe.AuthenticationError,
        partial(_said, "Stripe does not take the key", "Copy it anew from Stripe: Developers, API keys."),
    ),
    (stripe.APIConnectionError, partial(_said, "Stripe does not answer", _AGAIN)),
    (stripe.StripeError, partial(_said, "Stripe refuses to say ({kind})", "Look at https://status.stripe.com")),
    (dns.exception.DNSException, partial(_said, "the name server does not answer ({kind})", _AGAIN)),
    (OSError, partial(_said, "nobody answers ({kind})", _AGAIN)),
)
