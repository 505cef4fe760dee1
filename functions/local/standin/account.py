"""The one Stripe account that the stand-in is: what every verb gets as its first argument."""

from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from . import errors
from .clock import Clock
from .store import Json, Store


@dataclass(frozen=True)
class Cause:
    """The API request behind an event; both None for what a shopper, the clock or the dashboard did."""

    request_id: str | None = None
    idempotency_key: str | None = None


class Outbox(Protocol):
    """Where events go to be delivered to webhook endpoints."""

    def schedule(self, event: Json) -> None: ...


@dataclass(frozen=True)
class Account:
    """`base_url` is where shoppers reach the payment page; `settle_after` is in seconds of the clock."""

    store: Store
    clock: Clock
    outbox: Outbox
    base_url: str
    shop_name: str = "Test shop"
    settle_after: int = 20
    cause: Cause = field(default_factory=Cause)

    def caused_by(self, request_id: str, idempotency_key: str | None) -> "Account":
        return replace(self, cause=Cause(request_id, idempotency_key))

    def require(self, kind: str, name: str, param: str = "id") -> Json:
        """The object of that name. Raises ApiError, 404, when there is none."""
        found = self.store.get(kind, name)
        if found is None:
            raise errors.no_such(kind, name, param)
        return found

    def change(self, body: Json, **facts: Any) -> Json:
        """The object with new values, saved."""
        return self.store.save(body | facts)
