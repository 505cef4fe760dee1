"""The HTTP side of the API: key, address, parameters, idempotency, and answers in Stripe's form."""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

import stripe
from stripe import params as types
from stripe.params import checkout as checkout_types
from stripe.params import radar as radar_types
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from . import (
    coupons,
    disputes,
    endpoints,
    errors,
    events,
    expansion,
    faults,
    listing,
    payments,
    refunds,
    sessions,
    shipping_rates,
)
from .account import Account
from .faults import Fault, FaultKind, Faults
from .form import nested
from .idempotency import Keys, earlier, fingerprint
from .identifiers import new_id
from .parameters import accept
from .store import Answer, Json
from .sweep import sweep

_LOG = logging.getLogger(__name__)
_LARGEST_BODY = 1_000_000
_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Operation:
    """What an address does, and the library's type of what it takes."""

    params: Any
    run: Callable[..., Json]


def _balance(_account: Account, _params: Json) -> Json:
    return {"object": "balance", "available": [], "livemode": False, "pending": []}


def _account(account: Account, _params: Json) -> Json:
    return {
        "id": "acct_standin",
        "object": "account",
        "charges_enabled": True,
        "country": "IE",
        "default_currency": "eur",
        "details_submitted": True,
        "payouts_enabled": True,
        "settings": {
            "dashboard": {"display_name": account.shop_name},
            "payments": {"statement_descriptor": "TEST SHOP"},
        },
        "type": "standard",
    }


def _methods(_account: Account, params: Json) -> Json:
    """The one configuration of ways to pay: cards, and the debit whose money comes later, as the payment page has."""

    def way(*, on: bool) -> Json:
        value = "on" if on else "off"
        return {
            "available": True,
            "display_preference": {"overridable": None, "preference": value, "value": value},
        }

    ways = {"card": way(on=True), "sepa_debit": way(on=True), "us_bank_account": way(on=False)}
    body = {
        "id": "pmc_standin",
        "object": "payment_method_configuration",
        "active": True,
        "application": None,
        "is_default": True,
        "livemode": False,
        "name": "Default",
        "parent": None,
        **ways,
    }
    return listing.cut([body], "/v1/payment_method_configurations", params, lambda _: None)


_SESSION = "/v1/checkout/sessions/<name>"
OPERATIONS = {
    ("POST", "/v1/checkout/sessions"): Operation(checkout_types.SessionCreateParams, sessions.create),
    ("GET", "/v1/checkout/sessions"): Operation(checkout_types.SessionListParams, sessions.page),
    ("GET", _SESSION): Operation(checkout_types.SessionRetrieveParams, sessions.retrieve),
    ("POST", _SESSION): Operation(checkout_types.SessionUpdateParams, sessions.update),
    ("GET", f"{_SESSION}/line_items"): Operation(checkout_types.SessionLineItemListParams, sessions.line_items),
    ("POST", f"{_SESSION}/expire"): Operation(checkout_types.SessionExpireParams, sessions.expire),
    ("GET", "/v1/payment_intents"): Operation(types.PaymentIntentListParams, payments.intents),
    ("GET", "/v1/payment_intents/<name>"): Operation(types.PaymentIntentRetrieveParams, payments.retrieve_intent),
    ("GET", "/v1/payment_methods/<name>"): Operation(types.PaymentMethodRetrieveParams, payments.retrieve_method),
    ("GET", "/v1/charges"): Operation(types.ChargeListParams, payments.charges),
    ("GET", "/v1/charges/<name>"): Operation(types.ChargeRetrieveParams, payments.retrieve_charge),
    ("POST", "/v1/refunds"): Operation(types.RefundCreateParams, refunds.create),
    ("GET", "/v1/refunds"): Operation(types.RefundListParams, refunds.page),
    ("GET", "/v1/refunds/<name>"): Operation(types.RefundRetrieveParams, refunds.retrieve),
    ("POST", "/v1/refunds/<name>"): Operation(types.RefundUpdateParams, refunds.update),
    ("GET", "/v1/disputes"): Operation(types.DisputeListParams, disputes.disputes),
    ("GET", "/v1/disputes/<name>"): Operation(types.DisputeRetrieveParams, disputes.retrieve_dispute),
    ("GET", "/v1/radar/early_fraud_warnings"): Operation(radar_types.EarlyFraudWarningListParams, disputes.warnings),
    ("GET", "/v1/radar/early_fraud_warnings/<name>"): Operation(
        radar_types.EarlyFraudWarningRetrieveParams, disputes.retrieve_warning
    ),
    ("POST", "/v1/coupons"): Operation(types.CouponCreateParams, coupons.create),
    ("GET", "/v1/coupons"): Operation(types.CouponListParams, coupons.page),
    ("GET", "/v1/coupons/<name>"): Operation(types.CouponRetrieveParams, coupons.retrieve),
    ("POST", "/v1/coupons/<name>"): Operation(types.CouponUpdateParams, coupons.update),
    ("DELETE", "/v1/coupons/<name>"): Operation(types.CouponDeleteParams, coupons.delete),
    ("GET", "/v1/shipping_rates"): Operation(types.ShippingRateListParams, shipping_rates.page),
    ("GET", "/v1/shipping_rates/<name>"): Operation(types.ShippingRateRetrieveParams, shipping_rates.retrieve),
    ("GET", "/v1/events"): Operation(types.EventListParams, events.page),
    ("GET", "/v1/events/<name>"): Operation(types.EventRetrieveParams, events.retrieve),
    ("POST", "/v1/webhook_endpoints"): Operation(types.WebhookEndpointCreateParams, endpoints.create),
    ("GET", "/v1/webhook_endpoints"): Operation(types.WebhookEndpointListParams, endpoints.page),
    ("GET", "/v1/webhook_endpoints/<name>"): Operation(types.WebhookEndpointRetrieveParams, endpoints.retrieve),
    ("POST", "/v1/webhook_endpoints/<name>"): Operation(types.WebhookEndpointUpdateParams, endpoints.update),
    ("DELETE", "/v1/webhook_endpoints/<name>"): Operation(types.WebhookEndpointDeleteParams, endpoints.delete),
    ("GET", "/v1/balance"): Operation(types.BalanceRetrieveParams, _balance),
    ("GET", "/v1/payment_method_configurations"): Operation(types.PaymentMethodConfigurationListParams, _methods),
    ("GET", "/v1/account"): Operation(types.AccountRetrieveCurrentParams, _account),
}
_ADDRESSES = Map(
    [Rule(path, methods=[method], endpoint=operation) for (method, path), operation in OPERATIONS.items()],
    strict_slashes=False,
)


@dataclass(frozen=True)
class Call:
    """One request, taken apart."""

    method: str
    path: str
    operation: Operation
    arguments: dict[str, str]
    pairs: list[tuple[str, str]]
    key: str | None
    request_id: str


class Api:
    """Answers everything under `/v1`. With `secret_key` it takes only that one, else any test key."""

    def __init__(self, account: Account, faults: Faults, secret_key: str | None = None) -> None:
        self._account = account
        self._faults = faults
        self._secret_key = secret_key
        self._keys = Keys()

    def answer(self, request: Request) -> Response:
        request_id = new_id("req")
        try:
            return self._take(request, request_id)
        except errors.ApiError as problem:
            return _response(problem.status, problem.body(), request_id, problem.headers())
        except ConnectionError:
            raise
        except Exception:
            _LOG.exception("the payment stand-in failed on %s %s", request.method, request.path)
            return _response(HTTPStatus.INTERNAL_SERVER_ERROR, errors.broken().body(), request_id, {})

    def _take(self, request: Request, request_id: str) -> Response:
        self._authenticate(request)
        _check_version(request)
        fault = self._faults.take(f"{request.method} {request.path}")
        call = _call(request, request_id)
        sweep(self._account)
        if call.key is None or call.method != "POST":
            faults.before_all(fault)
            return self._run(call, fault)
        with self._keys.claim(call.key):
            faults.before_all(fault)
            return self._run_once(call, call.key, fault)

    def _authenticate(self, request: Request) -> None:
        sent = request.authorization
        key = (sent.token or sent.username or "") if sent else ""
        if not key:
            raise errors.unauthorised("No API key was sent; send 'Authorization: Bearer sk_test_…'.")
        if not key.startswith(("sk_test_", "rk_test_")):
            raise errors.unauthorised("The payment stand-in takes test keys only; they begin with sk_test_.")
        if self._secret_key not in (None, key):
            raise errors.unauthorised("Invalid API key.")

    def _run(self, call: Call, fault: Fault | None) -> Response:
        params = _params(call)
        with self._account.store.transaction():
            faults.before_effect(fault)
            result = self._effect(call, params)
        return self._finished(call, HTTPStatus.OK, result, fault)

    def _run_once(self, call: Call, key: str, fault: Fault | None) -> Response:
        asked = fingerprint(call.method, call.path, call.pairs)
        with self._account.store.transaction():
            answer = earlier(self._account, key, asked)
            if answer is not None:
                return _replayed(answer, call)
            params = _params(call)
            status, body = self._outcome(call, params, fault)
            now = self._account.clock.now()
            kept = Answer(asked, status, json.dumps(body), call.request_id, now)
            self._account.store.keep_answer(key, kept)
        return self._finished(call, status, body, fault)

    def _outcome(self, call: Call, params: Json, fault: Fault | None) -> tuple[int, Json]:
        """What is kept for the key. Raises ApiError for what is not."""
        try:
            faults.before_effect(fault)
            body = self._effect(call, params)
        except errors.ApiError as problem:
            if not problem.stored:
                raise
            return problem.status, problem.body()
        if fault is not None and fault.kind is FaultKind.ERROR_AFTER:
            return HTTPStatus.INTERNAL_SERVER_ERROR, errors.broken().body()
        return HTTPStatus.OK, body

    def _effect(self, call: Call, params: Json) -> Json:
        account = self._account.caused_by(call.request_id, call.key)
        result = call.operation.run(account, params, **call.arguments)
        return expansion.expanded(account, result, params.get("expand", []))

    def _finished(self, call: Call, status: int, body: Json, fault: Fault | None) -> Response:
        faults.after_effect(fault)
        if fault is not None and fault.kind is FaultKind.ERROR_AFTER:
            problem = errors.broken()
            return _response(problem.status, problem.body(), call.request_id, problem.headers())
        return _response(status, body, call.request_id, _headers(call, status))


def _check_version(request: Request) -> None:
    version = request.headers.get("Stripe-Version", stripe.api_version)
    if version != stripe.api_version:
        raise errors.invalid(f"The stand-in speaks the API version {stripe.api_version}, not {version}.")


def _call(request: Request, request_id: str) -> Call:
    try:
        operation, arguments = _ADDRESSES.bind_to_environ(request.environ).match()
    except HTTPException:
        raise errors.no_such_address(request.method, request.path) from None
    key = request.headers.get("Idempotency-Key") or None
    return Call(request.method, request.path, operation, dict(arguments), _pairs(request), key, request_id)


def _pairs(request: Request) -> list[tuple[str, str]]:
    """The parameters: in the body of a POST, else in the query, never both."""
    body = request.get_data(cache=False, parse_form_data=False) if (request.content_length or 0) else b""
    if len(body) > _LARGEST_BODY:
        raise errors.invalid("The request is too large.")
    if body and request.mimetype != _FORM:
        raise errors.invalid(f"Send parameters as {_FORM}, not as {request.mimetype or 'nothing'}.")
    query = request.query_string.decode("ascii", "replace")
    return parse_qsl(f"{query}&{body.decode('ascii', 'replace')}", keep_blank_values=True)


def _params(call: Call) -> Json:
    return accept(call.operation.params, nested(call.pairs))


def _replayed(answer: Answer, call: Call) -> Response:
    headers = _headers(call, answer.status)
    headers |= {"Idempotent-Replayed": "true", "Original-Request": answer.request_id}
    return _response(answer.status, json.loads(answer.body), call.request_id, headers)


def _headers(call: Call, status: int) -> dict[str, str]:
    headers = {"Idempotency-Key": call.key} if call.key else {}
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        headers["Stripe-Should-Retry"] = "false"
    return headers


def _response(status: int, body: Json, request_id: str, headers: dict[str, str]) -> Response:
    response = Response(json.dumps(body, indent=2), status, mimetype="application/json")
    response.headers["Request-Id"] = request_id
    response.headers["Stripe-Version"] = stripe.api_version
    response.headers["Cache-Control"] = "no-cache, no-store"
    response.headers.update(headers)
    return response
