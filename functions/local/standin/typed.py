"""What was typed into the payment page, and what is wrong with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from . import countries
from .payments import Shopper
from .store import Json
from .test_cards import TestMeans, found

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_EXPIRY = re.compile(r"(0[1-9]|1[0-2])\s*/\s*(\d{2})", re.ASCII)
_CVC = re.compile(r"\d{3,4}", re.ASCII)
_LONGEST = 200
_REQUIRED = {
    "name": "Enter a name.",
    "line1": "Enter the street and house number.",
    "city": "Enter the town or city.",
}
CARD_FIELDS = {"number": "4242 4242 4242 4242", "expiry": "12 / 34", "cvc": "123"}
ACCOUNT = "AT61 1904 3002 3457 3201"


@dataclass
class Typed:
    """`values` as they are shown again, `errors` by field, `means` what is paid with."""

    values: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)
    means: TestMeans | None = None

    def shopper(self) -> Shopper:
        address = {name: self.values.get(name) or None for name in ("line1", "line2", "city", "state", "country")}
        postcode = self.values.get("postal_code") or None
        phone = self.values.get("phone") or None
        return Shopper(self.values["email"], self.values["name"], address | {"postal_code": postcode}, phone)


def prefilled(session: Json) -> Typed:
    """Sensible test data, so that one click pays."""
    values = {
        "email": session["customer_email"] or "sam.shopper@example.com",
        "name": "Sam Shopper",
        "method": "card" if "card" in session["payment_method_types"] else "debit",
        "account": ACCOUNT,
        "line2": "",
        "phone": "+49 40 123456" if session["phone_number_collection"]["enabled"] else "",
    }
    return Typed(values | CARD_FIELDS | _address(session) | _shipping(session))


def _address(session: Json) -> dict[str, str]:
    allowed = allowed_countries(session)
    if not allowed:
        return {"country": "", "line1": "", "city": "", "postal_code": "", "state": ""}
    return {"country": allowed[0], **vars(countries.sample(allowed[0]))}


def _shipping(session: Json) -> dict[str, str]:
    cost = session["shipping_cost"]
    return {"shipping_rate": cost["shipping_rate"]} if cost else {}


def allowed_countries(session: Json) -> list[str]:
    """The countries it may go to; none when no address is asked for."""
    collection = session["shipping_address_collection"]
    return collection["allowed_countries"] if collection else []


def read(session: Json, form: Mapping[str, str], now: int) -> Typed:
    """The form as it was sent, checked. A test card's own button counts before what stands in the fields."""
    values = {name: form.get(name, "").strip()[:_LONGEST] for name in prefilled(session).values}
    if session["customer_email"]:
        values["email"] = session["customer_email"]
    typed = Typed(values)
    _check_person(typed, session)
    if session["amount_total"]:
        _check_means(typed, form.get("use", ""), now)
    return typed


def _check_person(typed: Typed, session: Json) -> None:
    values, errors = typed.values, typed.errors
    if not _EMAIL.fullmatch(values["email"]):
        errors["email"] = "Enter an e-mail address, such as sam@example.com."
    allowed = allowed_countries(session)
    for name in _REQUIRED if allowed else ("name",):
        if not values[name]:
            errors[name] = _REQUIRED[name]
    if allowed and values["country"] not in allowed:
        errors["country"] = "Choose one of the countries this order can go to."
    if allowed and countries.has_postcode(values["country"]) and not values["postal_code"]:
        errors["postal_code"] = "Enter the postcode."
    if session["phone_number_collection"]["enabled"] and not values["phone"]:
        errors["phone"] = "Enter a phone number."
    rates = [option["shipping_rate"] for option in session["shipping_options"]]
    if rates and values.get("shipping_rate") not in rates:
        errors["shipping_rate"] = "Choose how it is sent."


def _check_means(typed: Typed, use: str, now: int) -> None:
    values = typed.values
    if use:
        _put_in(typed, use)
    field_name = "account" if values["method"] == "debit" else "number"
    typed.means = found(values[field_name])
    if typed.means is None or (typed.means.brand == "debit") != (field_name == "account"):
        kind = "accounts" if field_name == "account" else "cards"
        typed.errors[field_name] = f"No money moves here: use one of the test {kind} that are listed."
    if field_name == "number":
        _check_card(typed, now)


def _put_in(typed: Typed, number: str) -> None:
    means = found(number)
    if means is None:
        return
    if means.brand == "debit":
        typed.values |= {"method": "debit", "account": means.shown}
    else:
        typed.values |= CARD_FIELDS | {"method": "card", "number": means.shown}


def _check_card(typed: Typed, now: int) -> None:
    expiry = _EXPIRY.fullmatch(typed.values["expiry"])
    if expiry is None:
        typed.errors["expiry"] = "Enter month and year, such as 12 / 34."
    elif _past(int(expiry[1]), 2000 + int(expiry[2]), now):
        typed.errors["expiry"] = "This date is in the past."
    if not _CVC.fullmatch(typed.values["cvc"]):
        typed.errors["cvc"] = "Enter the 3 digits, such as 123."


def _past(month: int, year: int, now: int) -> bool:
    today = datetime.fromtimestamp(now, UTC)
    return (year, month) < (today.year, today.month)
