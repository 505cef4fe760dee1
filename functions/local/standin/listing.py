"""Lists in Stripe's form: newest first, filtered, cut into pages by the name of the last object seen."""

from collections.abc import Callable
from operator import ge, gt, le, lt

from . import errors
from .account import Account
from .store import Json

_MOST = 100
_USUAL = 10
_COMPARE = {"gt": gt, "gte": ge, "lt": lt, "lte": le}


def page(account: Account, kind: str, url: str, params: Json, wanted: Callable[[Json], bool] = lambda _: True) -> Json:
    """One page of the objects of a kind. Raises ApiError for a limit out of range or an unknown cursor."""
    found = [body for body in account.store.newest(kind) if wanted(body) and _created(body, params)]
    return cut(found, url, params, lambda cursor: account.require(kind, cursor, "starting_after"))


def cut(found: list[Json], url: str, params: Json, require: Callable[[str], object]) -> Json:
    """One page of `found`; `require` refuses a cursor that names nothing at all."""
    for name in ("starting_after", "ending_before"):
        if name in params:
            require(params[name])
    names = [body["id"] for body in found]
    limit = _limit(params)
    if "ending_before" in params:
        end = _place(names, params["ending_before"])
        start = max(0, end - limit)
        return _answer(found[start:end], url, more=start > 0)
    start = _place(names, params["starting_after"]) + 1 if "starting_after" in params else 0
    return _answer(found[start : start + limit], url, more=len(found) > start + limit)


def _place(names: list[str], cursor: str) -> int:
    return names.index(cursor) if cursor in names else len(names)


def _limit(params: Json) -> int:
    limit: int = params.get("limit", _USUAL)
    if not 1 <= limit <= _MOST:
        raise errors.invalid(f"limit is {limit}; it must be from 1 to {_MOST}.", param="limit")
    return limit


def _created(body: Json, params: Json) -> bool:
    wanted = params.get("created")
    if wanted is None:
        return True
    if isinstance(wanted, int):
        return bool(body["created"] == wanted)
    return all(_COMPARE[name](body["created"], edge) for name, edge in wanted.items())


def _answer(data: list[Json], url: str, *, more: bool) -> Json:
    return {"object": "list", "data": data, "has_more": more, "url": url}
