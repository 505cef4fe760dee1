"""Stripe's webhooks: is it really Stripe, is it now, is it about this shop?

The signature check is Stripe's published scheme (https://docs.stripe.com/webhooks#verify-manually) in a few lines of
our own, because importing the library takes 0.2 s, it lets timestamps from the future pass, and it stumbles over odd
input. A test holds it against the library.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from functions.ports import Clock, PaymentEvent
from functions.shop.errors import BadSetting, EventRefused

# What ids are made of; anything else would only make trouble in an address or a database.
_ID = re.compile(r"[A-Za-z0-9_-]{1,255}", re.ASCII)
_OF_PAYMENTS = frozenset({"charge", "refund", "dispute", "radar.early_fraud_warning"})
HEEDED = (
    "checkout.session.completed",
    "checkout.session.expired",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "refund.created",
    "refund.updated",
    "refund.failed",
    "charge.refunded",
    "charge.dispute.created",
    "charge.dispute.updated",
    "charge.dispute.closed",
    "radar.early_fraud_warning.created",
)
"""What Stripe has to be asked to tell the shop. Whatever else it tells is read as well, and does no harm."""
TOLERANCE = 300  # seconds that a signature's time may be from ours, before and after
_TIMESTAMP = re.compile(r"[0-9]{1,12}", re.ASCII)


class StripeEvents:
    """Verifies events signed with one of `secrets`; there are several while one is exchanged for another.

    `live` says which mode the shop is in. `account` is the connected account that the shop belongs to, if it is one.
    `shop` is what the shop writes into its sessions' metadata; with it, sessions of other shops are of no concern.
    Raises BadSetting without a secret (R24).
    """

    def __init__(self, secrets: Sequence[str], *, live: bool, clock: Clock, account: str = "", shop: str = "") -> None:
        self._secrets = [secret.strip() for secret in secrets]
        self._live, self._clock, self._account, self._shop = live, clock, account, shop
        if not self._secrets or not all(self._secrets):
            raise BadSetting("STRIPE_WEBHOOK_SECRETS is empty. Write the signing secret that Stripe shows: whsec_…")

    def verify(self, body: bytes, signature: str) -> PaymentEvent | None:
        """The event in a body; None when it is genuine and about no order of ours. Raises EventRefused."""
        self._check_signature(body, signature)
        return self.read(_parsed(body))

    def queued(self, record: Mapping[str, Any]) -> PaymentEvent | None:
        """The event in a record of a queue that EventBridge fills. Raises EventRefused."""
        envelope = _mapping(_loaded(str(record.get("body", "")).encode()))
        return self.read(_event(envelope.get("detail")))

    def read(self, event: Mapping[str, Any]) -> PaymentEvent | None:
        """The same for an event whose sender somebody else has checked: what EventBridge hands over as its `detail`."""
        self._check_origin(event)
        thing = _mapping(_mapping(event.get("data")).get("object"))
        if thing.get("object") == "checkout.session":
            return self._about_an_order(event, thing)
        return _about_a_payment(event, thing) if str(thing.get("object")) in _OF_PAYMENTS else None

    def _check_signature(self, body: bytes, signature: str) -> None:
        fields = [part.partition("=") for part in signature.split(",")]
        stamp = next((value for name, _, value in fields if name == "t"), "")
        given = [value.encode(errors="replace") for name, _, value in fields if name == "v1"]
        if not _TIMESTAMP.fullmatch(stamp) or abs(self._clock() - int(stamp)) > TOLERANCE:
            raise EventRefused("The event's signature has no time, or one too far from now.")
        expected = [_sign(secret, int(stamp), body) for secret in self._secrets]
        if not any(hmac.compare_digest(ours, theirs) for ours in expected for theirs in given):
            raise EventRefused("The event is not signed with this shop's secret.")

    def _check_origin(self, event: Mapping[str, Any]) -> None:
        if event.get("livemode") is not self._live:
            raise EventRefused("The event is of the other mode: test money in a live shop, or the other way round.")
        if (event.get("account") or "") != self._account:
            raise EventRefused("The event is of another Stripe account.")

    def _about_an_order(self, event: Mapping[str, Any], session: Mapping[str, Any]) -> PaymentEvent | None:
        metadata = _mapping(session.get("metadata"))
        event_id, session_id = _name(event.get("id")), _name(session.get("id"))
        order_id = _name(metadata.get("order_id"))
        foreign = self._shop and metadata.get("shop") != self._shop
        if foreign or not (event_id and session_id and order_id):
            return None
        return PaymentEvent(event_id, session_id, order_id)


def _about_a_payment(event: Mapping[str, Any], thing: Mapping[str, Any]) -> PaymentEvent | None:
    """News of a refund, a dispute or a warning. Whose payment it is, nobody but the shop's own list of them knows."""
    event_id, payment = _name(event.get("id")), _name(thing.get("payment_intent"))
    return PaymentEvent(event_id, "", "", payment) if event_id and payment else None


def _name(value: object) -> str:
    """An id, if it is one."""
    return value if isinstance(value, str) and _ID.fullmatch(value) else ""


def _sign(secret: str, stamp: int, body: bytes) -> bytes:
    return hmac.new(secret.encode(), b"%d.%s" % (stamp, body), hashlib.sha256).hexdigest().encode()


def _parsed(body: bytes) -> Mapping[str, Any]:
    return _event(_loaded(body))


def _loaded(body: bytes) -> object:
    try:
        loaded: object = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise EventRefused("The event is not JSON.") from error
    return loaded


def _event(value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict) or value.get("object") != "event":
        raise EventRefused("The body is no event.")
    return value


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
