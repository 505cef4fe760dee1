"""Payment intents, charges and payment methods as the API shows them."""

from .account import Account
from .identifiers import new_id, new_secret
from .metadata import cleaned
from .store import Json
from .test_cards import TestMeans

_EXPIRY_YEAR = 2034


def payment_intent(account: Account, session: Json, data: Json) -> Json:
    """`data` is the session's `payment_intent_data`."""
    name = new_id("pi")
    return {
        "id": name,
        "object": "payment_intent",
        "amount": session["amount_total"],
        "amount_capturable": 0,
        "amount_details": {"tip": {}},
        "amount_received": 0,
        "application": None,
        "application_fee_amount": None,
        "automatic_payment_methods": None,
        "canceled_at": None,
        "cancellation_reason": None,
        "capture_method": data.get("capture_method", "automatic_async"),
        "client_secret": new_secret(f"{name}_secret"),
        "confirmation_method": "automatic",
        "created": account.clock.now(),
        "currency": session["currency"],
        "customer": None,
        "customer_account": None,
        "description": data.get("description"),
        "excluded_payment_method_types": None,
        "last_payment_error": None,
        "latest_charge": None,
        "livemode": False,
        "metadata": cleaned(data.get("metadata"), "payment_intent_data[metadata]"),
        "next_action": None,
        "on_behalf_of": None,
        "payment_method": None,
        "payment_method_configuration_details": None,
        "payment_method_options": {},
        "payment_method_types": session["payment_method_types"],
        "presentment_details": None,
        "processing": None,
        "receipt_email": data.get("receipt_email"),
        "review": None,
        "setup_future_usage": None,
        "shipping": None,
        "source": None,
        "statement_descriptor": data.get("statement_descriptor"),
        "statement_descriptor_suffix": data.get("statement_descriptor_suffix"),
        "status": "requires_payment_method",
        "transfer_data": None,
        "transfer_group": None,
    }


def payment_method(account: Account, kind: str, means: TestMeans, billing: Json) -> Json:
    return {
        "id": new_id("pm"),
        "object": "payment_method",
        "allow_redisplay": "unspecified",
        "billing_details": billing,
        "created": account.clock.now(),
        "customer": None,
        "customer_account": None,
        "livemode": False,
        "metadata": {},
        "type": kind,
        kind: details(kind, means),
    }


def details(kind: str, means: TestMeans) -> Json:
    """What is shown of the card or account: never its whole number."""
    last4 = means.number[-4:]
    if kind != "card":
        return {"country": means.number[:2], "fingerprint": None, "last4": last4}
    return {
        "brand": means.brand,
        "checks": {"address_line1_check": None, "address_postal_code_check": "pass", "cvc_check": "pass"},
        "country": "US",
        "exp_month": 12,
        "exp_year": _EXPIRY_YEAR,
        "fingerprint": None,
        "funding": "credit",
        "last4": last4,
        "network": means.brand,
        "wallet": None,
    }


def charge(account: Account, payment: Json, method: Json, status: str) -> Json:
    """`status` is succeeded, pending or failed."""
    done = status == "succeeded"
    prefix = "ch" if method["type"] == "card" else "py"
    return {
        "id": new_id(prefix),
        "object": "charge",
        "amount": payment["amount"],
        "amount_captured": payment["amount"] if done else 0,
        "amount_refunded": 0,
        "application": None,
        "application_fee": None,
        "application_fee_amount": None,
        "balance_transaction": None,
        "billing_details": method["billing_details"],
        "calculated_statement_descriptor": payment["statement_descriptor"],
        "captured": done,
        "created": account.clock.now(),
        "currency": payment["currency"],
        "customer": None,
        "description": payment["description"],
        "disputed": False,
        "failure_balance_transaction": None,
        "failure_code": None,
        "failure_message": None,
        "fraud_details": {},
        "livemode": False,
        "metadata": payment["metadata"],
        "on_behalf_of": None,
        "outcome": _outcome(status),
        "paid": done,
        "payment_intent": payment["id"],
        "payment_method": method["id"],
        "payment_method_details": {"type": method["type"], method["type"]: method[method["type"]]},
        "presentment_details": None,
        "radar_options": {},
        "receipt_email": payment["receipt_email"],
        "receipt_number": None,
        "receipt_url": None,
        "refunded": False,
        "review": None,
        "shipping": payment["shipping"],
        "source": None,
        "source_transfer": None,
        "statement_descriptor": payment["statement_descriptor"],
        "statement_descriptor_suffix": payment["statement_descriptor_suffix"],
        "status": status,
        "transfer_data": None,
        "transfer_group": None,
    }


def _outcome(status: str) -> Json:
    failed = status == "failed"
    return {
        "advice_code": None,
        "network_advice_code": None,
        "network_decline_code": None,
        "network_status": "declined_by_network" if failed else "approved_by_network",
        "reason": "generic_decline" if failed else None,
        "risk_level": "normal",
        "risk_score": 12,
        "seller_message": "The bank declined the payment." if failed else "Payment complete.",
        "type": "issuer_declined" if failed else "authorized",
    }


def payment_error(means: TestMeans, charge_id: str | None, method: Json, **other: str) -> Json:
    """`last_payment_error`: why the last attempt failed."""
    kind = "card_error" if method["type"] == "card" else "invalid_request_error"
    error: Json = {"type": kind, "code": means.code, "message": means.message, "payment_method": method}
    if charge_id:
        error["charge"] = charge_id
    if means.decline_code:
        error["decline_code"] = means.decline_code
    return error | other
