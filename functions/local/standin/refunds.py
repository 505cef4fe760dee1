"""Refunds: all or part of a charge, never more than is left of it."""

from . import currencies, errors, events, listing, money_checks
from .account import Account
from .identifiers import new_id
from .metadata import cleaned, merged
from .store import Json


def create(account: Account, params: Json) -> Json:
    """By charge or by payment intent; the whole rest without an amount."""
    for name in ("customer", "origin", "currency", "instructions_email", "refund_application_fee"):
        if name in params:
            raise errors.not_imitated(name, name)
    metadata = cleaned(params.get("metadata"))
    charge = _charge(account, params)
    refund = _shape(account, params, charge, _amount(params, charge)) | {"metadata": metadata}
    account.store.add("refund", refund)
    _return(account, charge, refund["amount"])
    events.record(account, "refund.created", refund)
    return refund


def _charge(account: Account, params: Json) -> Json:
    if ("charge" in params) == ("payment_intent" in params):
        raise errors.invalid("Give either charge or payment_intent.", param="payment_intent")
    if "charge" in params:
        charge = account.require("charge", params["charge"], "charge")
    else:
        payment = account.require("payment_intent", params["payment_intent"], "payment_intent")
        charge = account.store.get("charge", payment["latest_charge"] or "") or {"status": "missing"}
    if charge["status"] != "succeeded":
        raise errors.refused("There is no successful charge to refund.", code="charge_not_refundable")
    return charge


def _amount(params: Json, charge: Json) -> int:
    left: int = charge["amount"] - charge["amount_refunded"]
    if left == 0:
        message = f"The charge {charge['id']} is refunded already."
        raise errors.refused(message, param="charge", code="charge_already_refunded")
    amount = int(params.get("amount", left))
    money_checks.amount(amount, charge["currency"], "amount", least=1)
    if amount > left:
        shown = [currencies.shown(value, charge["currency"]) for value in (amount, left)]
        raise errors.refused(f"The refund of {shown[0]} is more than is left: {shown[1]}.", param="amount")
    return amount


def _shape(account: Account, params: Json, charge: Json, amount: int) -> Json:
    kind = charge["payment_method_details"]["type"]
    return {
        "id": new_id("re" if kind == "card" else "pyr"),
        "object": "refund",
        "amount": amount,
        "balance_transaction": None,
        "charge": charge["id"],
        "created": account.clock.now(),
        "currency": charge["currency"],
        "destination_details": {"type": kind, kind: {}},
        "metadata": {},
        "payment_intent": charge["payment_intent"],
        "reason": params.get("reason"),
        "receipt_number": None,
        "source_transfer_reversal": None,
        "status": "succeeded",
        "transfer_reversal": None,
    }


def _return(account: Account, charge: Json, amount: int) -> None:
    refunded = charge["amount_refunded"] + amount
    whole = refunded == charge["amount"]
    changed = account.change(charge, amount_refunded=refunded, refunded=whole)
    events.record(account, "charge.refunded", changed)


def retrieve(account: Account, _params: Json, name: str) -> Json:
    return account.require("refund", name, "refund")


def page(account: Account, params: Json) -> Json:
    def wanted(refund: Json) -> bool:
        return all(params.get(name) in (None, refund[name]) for name in ("charge", "payment_intent"))

    return listing.page(account, "refund", "/v1/refunds", params, wanted)


def update(account: Account, params: Json, name: str) -> Json:
    refund = account.require("refund", name, "refund")
    changed = account.change(refund, metadata=merged(refund["metadata"], params.get("metadata")))
    events.record(account, "refund.updated", changed)
    return changed


def fail(account: Account, name: str) -> Json:
    """What a bank does days later: the refund comes back, and its amount counts as not refunded again."""
    with account.store.transaction():
        refund = account.require("refund", name, "refund")
        if refund["status"] != "succeeded":
            raise errors.refused(f"The refund {name} is {refund['status']}.")
        charge = account.require("charge", refund["charge"])
        left = charge["amount_refunded"] - refund["amount"]
        account.change(charge, amount_refunded=left, refunded=False)
        failed = account.change(refund, status="failed", failure_reason="expired_or_canceled_card")
        events.record(account, "refund.updated", failed)
        events.record(account, "refund.failed", failed)
        return failed
