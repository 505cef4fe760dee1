"""Shipping options of a session: fixed amounts, made on the spot or named."""

from . import errors, listing, money_checks
from .account import Account
from .identifiers import new_id
from .metadata import cleaned
from .store import Json

_LONGEST_NAME = 100


def offered(account: Account, params: Json, currency: str) -> list[Json]:
    """The shipping rates that a new session offers, in order; the first is chosen until the shopper says."""
    options = params.get("shipping_options", [])
    return [_rate(account, option, currency, f"shipping_options[{at}]") for at, option in enumerate(options)]


def _rate(account: Account, option: Json, currency: str, path: str) -> Json:
    if ("shipping_rate" in option) == ("shipping_rate_data" in option):
        raise errors.invalid("Give either shipping_rate or shipping_rate_data.", param=path)
    if "shipping_rate" in option:
        rate = account.require("shipping_rate", option["shipping_rate"], f"{path}[shipping_rate]")
    else:
        rate = _made(account, option["shipping_rate_data"], f"{path}[shipping_rate_data]")
    if rate["fixed_amount"]["currency"] != currency:
        raise errors.invalid(f"All amounts of a session are in one currency, here {currency}.", param=path)
    return rate


def _made(account: Account, data: Json, path: str) -> Json:
    fixed = data.get("fixed_amount")
    if fixed is None:
        raise errors.missing(f"{path}[fixed_amount]")
    if "currency_options" in fixed:
        raise errors.not_imitated("several currencies", f"{path}[fixed_amount][currency_options]")
    if len(data["display_name"]) > _LONGEST_NAME:
        raise errors.invalid(
            f"{path}[display_name] has at most {_LONGEST_NAME} characters.", param=f"{path}[display_name]"
        )
    currency = money_checks.currency(fixed["currency"], f"{path}[fixed_amount][currency]")
    money_checks.amount(fixed["amount"], currency, f"{path}[fixed_amount][amount]")
    return account.store.add("shipping_rate", _shape(account, data, path))


def _shape(account: Account, data: Json, path: str) -> Json:
    fixed = data["fixed_amount"]
    return {
        "id": new_id("shr"),
        "object": "shipping_rate",
        "active": True,
        "created": account.clock.now(),
        "delivery_estimate": _estimate(data, path),
        "display_name": data["display_name"],
        "fixed_amount": {"amount": fixed["amount"], "currency": fixed["currency"]},
        "livemode": False,
        "metadata": cleaned(data.get("metadata"), f"{path}[metadata]"),
        "tax_behavior": data.get("tax_behavior", "unspecified"),
        "tax_code": data.get("tax_code"),
        "type": "fixed_amount",
    }


def _estimate(data: Json, path: str) -> Json | None:
    estimate = data.get("delivery_estimate")
    if estimate is None:
        return None
    for edge, bound in estimate.items():
        if bound["value"] < 1:
            param = f"{path}[delivery_estimate][{edge}][value]"
            raise errors.invalid(f"{param} must be above 0.", param=param)
    return {"maximum": estimate.get("maximum"), "minimum": estimate.get("minimum")}


def retrieve(account: Account, _params: Json, name: str) -> Json:
    return account.require("shipping_rate", name)


def page(account: Account, params: Json) -> Json:
    return listing.page(account, "shipping_rate", "/v1/shipping_rates", params)
