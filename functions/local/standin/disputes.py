"""Disputes and early fraud warnings: what a buyer's bank and a card's issuer say after a payment."""

from . import errors, events, listing
from .account import Account
from .identifiers import new_id
from .store import Json

DISPUTE = "dispute"
WARNING = "radar.early_fraud_warning"
_ENDS = frozenset({"won", "lost", "under_review"})
_DAYS_TO_ANSWER = 7 * 86_400


def open_dispute(account: Account, payment_intent: str, reason: str = "fraudulent") -> Json:
    """A bank claims the whole charge of a payment back. Raises ApiError when there is none, or a dispute already."""
    with account.store.transaction():
        charge = _charge(account, payment_intent)
        if charge["disputed"]:
            raise errors.refused(f"The charge {charge['id']} is disputed already.")
        dispute = account.store.add(DISPUTE, _dispute(account, charge, reason))
        account.change(charge, disputed=True)
        events.record(account, "charge.dispute.created", dispute)
        events.record(account, "charge.dispute.funds_withdrawn", dispute)
        return dispute


def move_dispute(account: Account, name: str, status: str) -> Json:
    """The dispute goes on: under_review once it was answered, then won or lost."""
    if status not in _ENDS:
        raise errors.invalid(f"A dispute can become {', '.join(sorted(_ENDS))}, not {status}.", param="status")
    with account.store.transaction():
        changed = account.change(account.require(DISPUTE, name, "dispute"), status=status)
        ended = status != "under_review"
        events.record(account, "charge.dispute.closed" if ended else "charge.dispute.updated", changed)
        return changed


def warn(account: Account, payment_intent: str) -> Json:
    """A card's issuer says that a payment may be fraud."""
    with account.store.transaction():
        charge = _charge(account, payment_intent)
        warning: Json = {
            "id": new_id("issfr"),
            "object": WARNING,
            "actionable": not charge["refunded"] and not charge["disputed"],
            "charge": charge["id"],
            "created": account.clock.now(),
            "fraud_type": "made_with_stolen_card",
            "livemode": False,
            "payment_intent": charge["payment_intent"],
        }
        account.store.add(WARNING, warning)
        events.record(account, f"{WARNING}.created", warning)
        return warning


def retrieve_dispute(account: Account, _params: Json, name: str) -> Json:
    return account.require(DISPUTE, name, "dispute")


def disputes(account: Account, params: Json) -> Json:
    return listing.page(account, DISPUTE, "/v1/disputes", params, lambda one: _about(one, params))


def retrieve_warning(account: Account, _params: Json, name: str) -> Json:
    return account.require(WARNING, name, "early_fraud_warning")


def warnings(account: Account, params: Json) -> Json:
    return listing.page(account, WARNING, "/v1/radar/early_fraud_warnings", params, lambda one: _about(one, params))


def _about(body: Json, params: Json) -> bool:
    return all(params.get(name) in (None, body[name]) for name in ("charge", "payment_intent"))


def _charge(account: Account, payment_intent: str) -> Json:
    payment = account.require("payment_intent", payment_intent, "payment_intent")
    charge = account.store.get("charge", payment["latest_charge"] or "")
    if not charge or charge["status"] != "succeeded":
        raise errors.refused(f"The payment {payment_intent} has no charge that succeeded.")
    return charge


def _dispute(account: Account, charge: Json, reason: str) -> Json:
    now = account.clock.now()
    return {
        "id": new_id("du"),
        "object": DISPUTE,
        "amount": charge["amount"],
        "balance_transactions": [],
        "charge": charge["id"],
        "created": now,
        "currency": charge["currency"],
        "enhanced_eligibility_types": [],
        "evidence": {},
        "evidence_details": {
            "due_by": now + _DAYS_TO_ANSWER,
            "enhanced_eligibility": {},
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
        },
        "is_charge_refundable": False,
        "livemode": False,
        "metadata": {},
        "payment_intent": charge["payment_intent"],
        "reason": reason,
        "status": "needs_response",
    }
