"""Events: what happened to which object, with the object as it was at that moment."""

import fnmatch

from stripe import api_version

from . import errors, listing
from .account import Account
from .identifiers import new_id
from .store import Json


def record(account: Account, kind: str, subject: Json) -> Json:
    """Writes an event such as `charge.refunded` and hands it to the webhook outbox."""
    cause = {"id": account.cause.request_id, "idempotency_key": account.cause.idempotency_key}
    event: Json = {
        "id": new_id("evt"),
        "object": "event",
        "api_version": api_version,
        "created": account.clock.now(),
        "data": {"object": subject},
        "livemode": False,
        "pending_webhooks": 0,
        "request": cause,
        "type": kind,
    }
    account.store.add("event", event)
    account.outbox.schedule(event)
    return event


def retrieve(account: Account, _params: Json, name: str) -> Json:
    return account.require("event", name)


def page(account: Account, params: Json) -> Json:
    if "type" in params and "types" in params:
        raise errors.invalid("Give type or types, not both.", param="type")
    patterns = params.get("types") or [params.get("type", "*")]
    delivered = params.get("delivery_success")

    def wanted(event: Json) -> bool:
        of_type = any(fnmatch.fnmatchcase(event["type"], pattern) for pattern in patterns)
        return of_type and (delivered is None or delivered == (event["pending_webhooks"] == 0))

    return listing.page(account, "event", "/v1/events", params, wanted)
