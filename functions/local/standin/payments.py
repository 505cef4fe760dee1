"""What a shopper does to a Checkout Session: pays, is declined, proves who they are; and what banks do later."""

from dataclasses import dataclass
from enum import StrEnum

from . import coupons, errors, events, listing, sessions
from . import payment_objects as shapes
from .account import Account
from .store import Json
from .test_cards import BY_NUMBER, Outcome, TestMeans


class Attempt(StrEnum):
    """How an attempt to pay ended."""

    COMPLETE = "complete"
    DECLINED = "declined"
    AUTHENTICATE = "authenticate"
    CLOSED = "closed"


@dataclass(frozen=True)
class Shopper:
    """What was typed into the payment page. `address` has Stripe's names: line1, line2, city, postal_code, …"""

    email: str
    name: str
    address: Json
    phone: str | None = None


@dataclass(frozen=True)
class Result:
    """`message` is why a payment was declined."""

    attempt: Attempt
    session: Json
    message: str = ""


def pay(
    account: Account, name: str, shopper: Shopper, means: TestMeans | None, shipping_rate: str | None = None
) -> Result:
    """Tries to pay for an open session; without `means` when nothing is due. A closed session stays as it is."""
    with account.store.transaction():
        session = account.require(sessions.KIND, name, "session")
        if session["status"] != "open":
            return Result(Attempt.CLOSED, session)
        if shipping_rate is not None:
            session = sessions.choose_shipping(account, session, shipping_rate)
        account.store.note(name, shopper=vars(shopper))
        if session["amount_total"] == 0:
            return Result(Attempt.COMPLETE, _complete(account, session, "no_payment_required"))
        if means is None:
            raise errors.invalid("This session costs something: choose a means of payment.", param="means")
        return _attempt(account, session, shopper, means)


def _attempt(account: Account, session: Json, shopper: Shopper, means: TestMeans) -> Result:
    payment = _payment(account, session, shopper)
    session = account.change(session, payment_intent=payment["id"])
    kind = "card" if means.brand != "debit" else sessions.DEBITS[session["currency"]]
    method = shapes.payment_method(account, kind, means, _billing(shopper))
    account.store.add("payment_method", method)
    if means.outcome is Outcome.DECLINED:
        _fail(account, payment, method, means)
        return Result(Attempt.DECLINED, session, means.message)
    if means.outcome is Outcome.AUTHENTICATE:
        _ask_to_authenticate(account, session, payment, method)
        return Result(Attempt.AUTHENTICATE, session)
    if means.outcome is Outcome.PAID:
        _succeed(account, payment, method)
        return Result(Attempt.COMPLETE, _complete(account, session, "paid"))
    _process(account, payment, method, means)
    return Result(Attempt.COMPLETE, _complete(account, session, "unpaid"))


def _payment(account: Account, session: Json, shopper: Shopper) -> Json:
    """The session's payment intent, made at the first attempt as Stripe does."""
    shipping = None
    if session["shipping_address_collection"]:
        shipping = {"address": shopper.address, "name": shopper.name, "phone": shopper.phone}
        shipping |= {"carrier": None, "tracking_number": None}
    if session["payment_intent"]:
        payment = account.require("payment_intent", session["payment_intent"])
        return account.change(payment, amount=session["amount_total"], shipping=shipping, next_action=None)
    data = account.store.notes(session["id"])["payment"]
    payment = shapes.payment_intent(account, session, data) | {"shipping": shipping}
    account.store.add("payment_intent", payment, notes={"session": session["id"]})
    events.record(account, "payment_intent.created", payment)
    return payment


def _billing(shopper: Shopper) -> Json:
    return {
        "address": shopper.address,
        "email": shopper.email,
        "name": shopper.name,
        "phone": shopper.phone,
        "tax_id": None,
    }


def _complete(account: Account, session: Json, payment_status: str) -> Json:
    """The session as it stands once the shopper is done with it, whether or not the money has come."""
    notes = account.store.notes(session["id"])
    shopper = notes["shopper"]
    shipping = {"address": shopper["address"], "name": shopper["name"]}
    collected = {
        "business_name": None,
        "individual_name": None,
        "shipping_details": shipping if session["shipping_address_collection"] else None,
    }
    account.store.set_due(session["id"], None)
    complete = account.change(
        session,
        status="complete",
        payment_status=payment_status,
        url=None,
        collected_information=collected,
        customer_details=sessions.customer_details(**shopper),
    )
    if notes["coupon"]:
        coupons.redeem(account, notes["coupon"]["id"])
    events.record(account, "checkout.session.completed", complete)
    return complete


def _succeed(account: Account, payment: Json, method: Json) -> Json:
    charge = account.store.add("charge", shapes.charge(account, payment, method, "succeeded"))
    return _succeeded(account, payment, method["id"], charge)


def _succeeded(account: Account, payment: Json, method: str, charge: Json) -> Json:
    paid = account.change(
        payment,
        status="succeeded",
        amount_received=payment["amount"],
        latest_charge=charge["id"],
        payment_method=method,
        last_payment_error=None,
        next_action=None,
        processing=None,
    )
    events.record(account, "charge.succeeded", charge)
    events.record(account, "payment_intent.succeeded", paid)
    return paid


def _fail(account: Account, payment: Json, method: Json, means: TestMeans) -> None:
    charge = shapes.charge(account, payment, method, "failed")
    charge |= {"failure_code": means.code, "failure_message": means.message}
    account.store.add("charge", charge)
    events.record(account, "charge.failed", charge)
    _failed(account, payment, charge["id"], shapes.payment_error(means, charge["id"], method))


def _failed(account: Account, payment: Json, charge: str | None, error: Json) -> None:
    failed = account.change(
        payment,
        status="requires_payment_method",
        payment_method=None,
        latest_charge=charge,
        last_payment_error=error,
        next_action=None,
        processing=None,
    )
    events.record(account, "payment_intent.payment_failed", failed)


def _ask_to_authenticate(account: Account, session: Json, payment: Json, method: Json) -> None:
    url = f"{account.base_url}/pay/{session['id']}/authenticate"
    action = {"type": "redirect_to_url", "redirect_to_url": {"url": url, "return_url": session["url"]}}
    waiting = account.change(payment, status="requires_action", payment_method=method["id"], next_action=action)
    events.record(account, "payment_intent.requires_action", waiting)


def authenticate(account: Account, name: str, *, authorised: bool) -> Result:
    """The shopper's answer to 3-D Secure. A session that does not ask for one is closed to it."""
    with account.store.transaction():
        session = account.require(sessions.KIND, name, "session")
        payment = account.store.get("payment_intent", session["payment_intent"] or "")
        if session["status"] != "open" or payment is None or payment["status"] != "requires_action":
            return Result(Attempt.CLOSED, session)
        method = account.require("payment_method", payment["payment_method"])
        if authorised:
            _succeed(account, payment, method)
            return Result(Attempt.COMPLETE, _complete(account, session, "paid"))
        message = "Your bank could not confirm that it was you. Nothing was charged."
        error = {"type": "card_error", "code": "payment_intent_authentication_failure"}
        _failed(account, payment, None, error | {"message": message, "payment_method": method})
        return Result(Attempt.DECLINED, session, message)


def _process(account: Account, payment: Json, method: Json, means: TestMeans) -> None:
    charge = account.store.add("charge", shapes.charge(account, payment, method, "pending"))
    processing = account.change(payment, status="processing", payment_method=method["id"], latest_charge=charge["id"])
    account.store.note(payment["id"], means=means.number)
    account.store.set_due(payment["id"], account.clock.now() + account.settle_after)
    events.record(account, "payment_intent.processing", processing)
    events.record(account, "charge.pending", charge)


def settle(account: Account, payment_id: str, *, success: bool | None = None) -> Json:
    """The end of a delayed payment: as its account number says, or as told. Raises ApiError when none waits."""
    with account.store.transaction():
        payment = account.require("payment_intent", payment_id)
        if payment["status"] != "processing":
            raise errors.refused(f"The payment {payment_id} is {payment['status']}, not processing.")
        account.store.set_due(payment_id, None)
        notes = account.store.notes(payment_id)
        means = BY_NUMBER[notes["means"]]
        if success is None:
            success = means.outcome is Outcome.SETTLES
        return _arrive(account, payment, notes) if success else _bounce(account, payment, notes)


def _arrive(account: Account, payment: Json, notes: Json) -> Json:
    charge = account.require("charge", payment["latest_charge"])
    facts = {"status": "succeeded", "paid": True, "captured": True, "amount_captured": charge["amount"]}
    _succeeded(account, payment, payment["payment_method"], account.change(charge, **facts))
    session = account.change(account.require(sessions.KIND, notes["session"]), payment_status="paid")
    events.record(account, "checkout.session.async_payment_succeeded", session)
    return session


def _bounce(account: Account, payment: Json, notes: Json) -> Json:
    means = BY_NUMBER["AT861904300235473202"]
    charge = account.require("charge", payment["latest_charge"])
    facts = {"status": "failed", "failure_code": means.code, "failure_message": means.message}
    events.record(account, "charge.failed", account.change(charge, **facts))
    method = account.require("payment_method", payment["payment_method"])
    _failed(account, payment, charge["id"], shapes.payment_error(means, charge["id"], method))
    session = account.require(sessions.KIND, notes["session"])
    events.record(account, "checkout.session.async_payment_failed", session)
    return session


def retrieve_intent(account: Account, params: Json, name: str) -> Json:
    payment = account.require("payment_intent", name, "intent")
    if params.get("client_secret", payment["client_secret"]) != payment["client_secret"]:
        raise errors.invalid("The client secret belongs to another payment intent.", param="client_secret")
    return payment


def intents(account: Account, params: Json) -> Json:
    _no_customers(params)
    return listing.page(account, "payment_intent", "/v1/payment_intents", params)


def retrieve_charge(account: Account, _params: Json, name: str) -> Json:
    return account.require("charge", name, "charge")


def charges(account: Account, params: Json) -> Json:
    _no_customers(params)
    wanted = params.get("payment_intent")
    return listing.page(
        account, "charge", "/v1/charges", params, lambda charge: wanted in (None, charge["payment_intent"])
    )


def _no_customers(params: Json) -> None:
    for param in ("customer", "customer_account", "transfer_group"):
        if param in params:
            raise errors.no_such(param, params[param], param)


def retrieve_method(account: Account, _params: Json, name: str) -> Json:
    return account.require("payment_method", name, "payment_method")
