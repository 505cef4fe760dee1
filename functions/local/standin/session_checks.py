"""What a new Checkout Session may not ask for: what Stripe refuses, and what the stand-in does not imitate."""

import re
from typing import Any
from urllib.parse import urlsplit

from . import errors
from .store import Json

SHORTEST_LIFE = 30 * 60
LONGEST_LIFE = 24 * 60 * 60
MOST_LINES = 100
MOST_SHIPPING_OPTIONS = 5
_LONGEST_URL = 5000
_LONGEST_REFERENCE = 200
_LONGEST_TEXT = 1200
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")

_ABSENT = (
    "consent_collection", "custom_fields", "customer", "customer_account", "customer_update", "name_collection",
    "optional_items", "payment_method_collection", "payment_method_configuration", "payment_method_data",
    "payment_method_options", "permissions", "redirect_on_completion", "return_url", "saved_payment_method_options",
    "setup_intent_data", "subscription_data",
)  # fmt: skip
_ABSENT_FROM_PAYMENT = (
    "application_fee_amount", "on_behalf_of", "setup_future_usage", "shipping", "transfer_data", "transfer_group",
)  # fmt: skip
_OFF = (
    ("adaptive_pricing", "enabled"),
    ("after_expiration", "recovery", "enabled"),
    ("allow_promotion_codes",),
    ("invoice_creation", "enabled"),
    ("managed_payments", "enabled"),
    ("tax_id_collection", "enabled"),
)


def check(params: Json, now: int) -> None:
    """Raises ApiError for the first thing that is wrong with the session as a whole."""
    _check_mode(params)
    _check_imitated(params)
    _check_urls(params)
    _check_texts(params)
    _check_expiry(params, now)
    _check_counts(params)


def _check_mode(params: Json) -> None:
    if "mode" not in params:
        raise errors.missing("mode")
    if params["mode"] != "payment":
        raise errors.not_imitated(f"mode={params['mode']}", "mode")
    if params.get("ui_mode", "hosted_page") != "hosted_page":
        raise errors.not_imitated(f"ui_mode={params['ui_mode']}", "ui_mode")
    if not params.get("line_items"):
        raise errors.missing("line_items")


def _check_imitated(params: Json) -> None:
    for name in _ABSENT:
        if name in params:
            raise errors.not_imitated(name, name)
    for name in _ABSENT_FROM_PAYMENT:
        if name in params.get("payment_intent_data", {}):
            raise errors.not_imitated(name, f"payment_intent_data[{name}]")
    if params.get("payment_intent_data", {}).get("capture_method") == "manual":
        raise errors.not_imitated("manual capture", "payment_intent_data[capture_method]")
    if params.get("customer_creation") == "always":
        raise errors.not_imitated("customers", "customer_creation")
    for path in _OFF:
        if _at(params, path):
            raise errors.not_imitated(path[0], bracketed(path))


def _at(params: Json, path: tuple[str, ...]) -> Any:
    found: Any = params
    for name in path:
        found = found.get(name, {})
    return found


def bracketed(path: tuple[str, ...]) -> str:
    return path[0] + "".join(f"[{name}]" for name in path[1:])


def _check_urls(params: Json) -> None:
    if "success_url" not in params:
        raise errors.missing("success_url")
    for name in ("success_url", "cancel_url"):
        if name in params:
            check_url(params[name], name)


def check_url(url: str, param: str) -> None:
    if not _is_address(url) or len(url) > _LONGEST_URL:
        raise errors.invalid(f"Not a valid URL: {url}", param=param, code="url_invalid")


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _check_texts(params: Json) -> None:
    email = params.get("customer_email")
    if email is not None and not _EMAIL.fullmatch(email):
        raise errors.invalid(f"Invalid email address: {email}", param="customer_email", code="email_invalid")
    if len(params.get("client_reference_id", "")) > _LONGEST_REFERENCE:
        message = f"client_reference_id has at most {_LONGEST_REFERENCE} characters."
        raise errors.invalid(message, param="client_reference_id")
    for name, text in params.get("custom_text", {}).items():
        if text and len(text["message"]) > _LONGEST_TEXT:
            message = f"The text has at most {_LONGEST_TEXT} characters."
            raise errors.invalid(message, param=f"custom_text[{name}][message]")


def _check_expiry(params: Json, now: int) -> None:
    life = params.get("expires_at", now + LONGEST_LIFE) - now
    if not SHORTEST_LIFE <= life <= LONGEST_LIFE:
        message = f"expires_at is {life} seconds from now; it must be from 30 minutes to 24 hours."
        raise errors.invalid(message, param="expires_at")


def _check_counts(params: Json) -> None:
    for name, most in (("line_items", MOST_LINES), ("shipping_options", MOST_SHIPPING_OPTIONS), ("discounts", 1)):
        count = len(params.get(name, []))
        if count > most:
            raise errors.invalid(f"{name} has {count} entries; at most {most} are allowed.", param=name)
