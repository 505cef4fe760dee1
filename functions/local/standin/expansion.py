"""`expand`: puts whole objects where an answer has only their names."""

from typing import Any

from . import errors
from .account import Account
from .store import Json

_DEEPEST = 4
_HANDFUL = 10
_KINDS = {
    "charge": "charge",
    "coupon": "coupon",
    "latest_charge": "charge",
    "payment_intent": "payment_intent",
    "payment_method": "payment_method",
    "product": "product",
    "shipping_rate": "shipping_rate",
}
_ALWAYS_NONE = frozenset(
    {"balance_transaction", "customer", "invoice", "payment_link", "promotion_code", "review", "setup_intent",
     "subscription", "tax_code"}
)  # fmt: skip


def expanded(account: Account, answer: Json, paths: list[str]) -> Json:
    """The answer with each path, such as `data.payment_intent.latest_charge`, filled in. Raises ApiError."""
    for path in paths:
        steps = path.split(".")
        if len(steps) > _DEEPEST + (steps[0] == "data"):
            raise errors.invalid(f"{path} is deeper than {_DEEPEST} steps.", param="expand")
        _walk(account, answer, steps, path)
    return answer


def _walk(account: Account, place: Any, steps: list[str], path: str) -> None:
    if isinstance(place, list):
        for item in place:
            _walk(account, item, steps, path)
        return
    if not steps or place is None:
        return
    if not isinstance(place, dict):
        raise _not_expandable(path)
    step, *rest = steps
    _include(account, place, step)
    if step not in place or (isinstance(place[step], str) and step not in _KINDS):
        raise _not_expandable(path)
    if isinstance(place[step], str):
        place[step] = account.store.get(_KINDS[step], place[step]) or place[step]
    elif not isinstance(place[step], dict | list) and step not in _KINDS | dict.fromkeys(_ALWAYS_NONE):
        raise _not_expandable(path)
    _walk(account, place[step] if not isinstance(place[step], str) else None, rest, path)


def _include(account: Account, place: Json, step: str) -> None:
    """Lists that an object has only when asked for."""
    kind = place.get("object")
    if (kind, step) == ("checkout.session", "line_items"):
        items = account.store.notes(place["id"])["lines"]
        place[step] = _first(items, f"/v1/checkout/sessions/{place['id']}/line_items")
    if (kind, step) == ("charge", "refunds"):
        found = [refund for refund in account.store.newest("refund") if refund["charge"] == place["id"]]
        place[step] = _first(found, f"/v1/charges/{place['id']}/refunds")


def _first(data: list[Json], url: str) -> Json:
    """The first handful, as at Stripe: whoever needs all must ask for the list itself."""
    return {"object": "list", "data": data[:_HANDFUL], "has_more": len(data) > _HANDFUL, "url": url}


def _not_expandable(path: str) -> errors.ApiError:
    return errors.invalid(f"This property cannot be expanded: {path}.", param="expand")
