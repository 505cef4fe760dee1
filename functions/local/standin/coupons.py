"""Coupons: an amount or a share off, as a session's one discount."""

from decimal import Decimal

from . import errors, listing, money_checks
from .account import Account
from .identifiers import new_id
from .metadata import cleaned, merged
from .store import Json

_LONGEST_NAME = 40
_ALL = Decimal(100)


def create(account: Account, params: Json) -> Json:
    _check(params)
    name = params.get("id") or new_id("coupon").removeprefix("coupon_")[:8]
    if account.store.get("coupon", name):
        raise errors.refused(f"The coupon {name} exists already.", param="id", code="resource_already_exists")
    return account.store.add("coupon", _coupon(account, name, params))


def _check(params: Json) -> None:
    if ("amount_off" in params) == ("percent_off" in params):
        raise errors.invalid("Give either amount_off or percent_off.", param="percent_off")
    if len(params.get("name", "")) > _LONGEST_NAME:
        raise errors.invalid(f"A coupon's name has at most {_LONGEST_NAME} characters.", param="name")
    for name in ("currency_options", "applies_to"):
        if name in params:
            raise errors.not_imitated(name, name)
    if params.get("duration") == "repeating":
        raise errors.not_imitated("repeating coupons", "duration")
    if "amount_off" in params:
        _check_amount(params)
    elif not 0 < params["percent_off"] <= _ALL:
        raise errors.invalid("percent_off must be above 0 and at most 100.", param="percent_off")


def _check_amount(params: Json) -> None:
    if "currency" not in params:
        raise errors.missing("currency")
    money_checks.currency(params["currency"], "currency")
    money_checks.amount(params["amount_off"], params["currency"], "amount_off", least=1)


def _coupon(account: Account, name: str, params: Json) -> Json:
    percent = params.get("percent_off")
    return {
        "id": name,
        "object": "coupon",
        "amount_off": params.get("amount_off"),
        "created": account.clock.now(),
        "currency": params.get("currency"),
        "duration": params.get("duration", "once"),
        "duration_in_months": None,
        "livemode": False,
        "max_redemptions": params.get("max_redemptions"),
        "metadata": cleaned(params.get("metadata")),
        "name": params.get("name"),
        "percent_off": None if percent is None else float(percent),
        "redeem_by": params.get("redeem_by"),
        "times_redeemed": 0,
        "valid": True,
    }


def retrieve(account: Account, _params: Json, name: str) -> Json:
    return _judged(account, account.require("coupon", name, "coupon"))


def page(account: Account, params: Json) -> Json:
    found = listing.page(account, "coupon", "/v1/coupons", params)
    return found | {"data": [_judged(account, coupon) for coupon in found["data"]]}


def update(account: Account, params: Json, name: str) -> Json:
    coupon = account.require("coupon", name, "coupon")
    if "currency_options" in params:
        raise errors.not_imitated("currency_options", "currency_options")
    kept = merged(coupon["metadata"], params.get("metadata"))
    return account.change(coupon, metadata=kept, name=params.get("name", coupon["name"]))


def delete(account: Account, _params: Json, name: str) -> Json:
    """Sessions that already carry the coupon keep their discount."""
    account.require("coupon", name, "coupon")
    account.store.delete(name)
    return {"id": name, "object": "coupon", "deleted": True}


def redeemable(account: Account, name: str, param: str) -> Json:
    """The coupon, if a new session may carry it. Raises ApiError."""
    coupon = _judged(account, account.require("coupon", name, param))
    if not coupon["valid"]:
        raise errors.invalid(f"The coupon {name} can no longer be used.", param=param, code="coupon_expired")
    return coupon


def redeem(account: Account, name: str) -> None:
    coupon = account.store.get("coupon", name)
    if coupon is not None:
        account.change(coupon, times_redeemed=coupon["times_redeemed"] + 1)


def _judged(account: Account, coupon: Json) -> Json:
    used_up = coupon["max_redemptions"] is not None and coupon["times_redeemed"] >= coupon["max_redemptions"]
    over = coupon["redeem_by"] is not None and account.clock.now() > coupon["redeem_by"]
    return coupon | {"valid": not (used_up or over)}
