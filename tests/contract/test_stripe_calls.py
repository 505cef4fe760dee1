"""Calls of Stripe are what its own library would make of them, for all that a shop asks."""

import json
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

import pytest
import stripe
from hypothesis import given
from hypothesis import strategies as st
from stripe._api_requestor import _APIRequestor
from stripe._encode import _api_encode
from stripe._requestor_options import RequestorOptions

from functions.adapters.lines import Heard
from functions.adapters.stripe_calls import RETRIES, StripeFailed, form, headers, read

NAMES = st.text("abcdefghij_", min_size=1, max_size=8)
TEXTS = st.text(max_size=12) | st.integers(-5, 10**9)
ASKED = st.dictionaries(
    NAMES,
    st.recursive(
        TEXTS | st.none() | st.booleans(),
        lambda inner: st.dictionaries(NAMES, inner) | st.lists(TEXTS | st.dictionaries(NAMES, inner)),
        max_leaves=12,
    ),
)


def library() -> _APIRequestor:
    """What makes and reads requests in Stripe's library."""
    return _APIRequestor(
        RequestorOptions(api_key="sk_test_1", stripe_version=stripe.api_version), stripe.RequestsClient()
    )


def failed(heard: Heard) -> StripeFailed:
    """What an answer is read as, that is an error."""
    with pytest.raises(StripeFailed) as failure:
        read(heard)
    return failure.value


@given(ASKED)
def test_a_form_is_encoded_as_by_the_library(asked: dict[str, Any]) -> None:
    """Names, nesting and values; nothing is said of what is None."""
    assert parse_qsl(form(asked), keep_blank_values=True) == [(key, str(value)) for key, value in _api_encode(asked)]


def test_a_form_names_what_is_within_in_brackets() -> None:
    """As Stripe's pages show it."""
    asked = {"line_items": [{"quantity": 2, "price_data": {"currency": "eur"}}], "expand": ["data"], "on": True}
    assert form(asked) == (
        "line_items%5B0%5D%5Bquantity%5D=2&line_items%5B0%5D%5Bprice_data%5D%5Bcurrency%5D=eur&expand%5B0%5D=data&on=true"
    )


@pytest.mark.parametrize("key", ["", "7K3M-9QXD-4FTR:session"])
def test_who_asks_and_in_which_version_is_said_as_by_the_library(key: str) -> None:
    """So a new version in the lock is met in one place."""
    said: dict[str, Any] = {"api_key": "sk_test_1", "stripe_version": stripe.api_version, "idempotency_key": key}
    theirs = library().request_headers("post" if key else "get", "V1", said)  # type: ignore[arg-type]
    ours = {name: value for name, value in headers("sk_test_1", key).items() if name != "User-Agent"}
    assert {name: theirs[name] for name in ours} == ours
    assert ("Idempotency-Key" in theirs) is bool(key)


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 409, 418, 429, 500, 503])
@pytest.mark.parametrize("error", [{}, {"code": "rate_limit"}, {"type": "idempotency_error"}, {"code": "other"}])
def test_an_error_is_of_the_kind_that_the_library_calls_it(status: int, error: dict[str, str]) -> None:
    """By its status, its type and its code."""
    theirs = library().specific_v1_api_error("", status, {}, {}, error)  # type: ignore[no-untyped-call]
    assert failed(Heard(status, {}, json.dumps({"error": error}).encode())).kind == type(theirs).__name__


@pytest.mark.parametrize("status", [400, 404, 409, 429, 500, 503])
@pytest.mark.parametrize("told", [{}, {"stripe-should-retry": "true"}, {"stripe-should-retry": "false"}])
def test_the_same_is_asked_again_as_by_the_library(status: int, told: dict[str, str]) -> None:
    """When Stripe says so, and else after a fault of its own or when somebody is at the same thing."""
    theirs = stripe.HTTPClient()._should_retry((b"", status, told), None, 0, RETRIES)
    assert failed(Heard(status, told, b"{}")).again is theirs


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"\xff"])
@pytest.mark.parametrize("status", [HTTPStatus.OK, HTTPStatus.BAD_GATEWAY])
def test_an_answer_that_is_not_stripes_is_a_fault(status: int, body: bytes) -> None:
    """Of something on the way, whatever status it has."""
    assert failed(Heard(status, {}, body)).kind == "APIError"


def test_an_error_says_what_its_finder_needs_and_no_words_of_stripes() -> None:
    """Kind, code, parameter and the number of the request (R26)."""
    told = b'{"error": {"message": "Sam Moor", "code": "resource_missing", "param": "session", "type": "x"}}'
    failure = failed(Heard(404, {"request-id": "req_1"}, told))
    assert str(failure) == "InvalidRequestError, resource_missing, session, req_1"
