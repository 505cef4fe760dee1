"""Every way in which a call can fail raises the class of the library that a shop expects."""

import http.client
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
import stripe

from functions.local.standin import Settings, Standin, running_standin
from tests.standin.conftest import client_of, wanted

pytestmark = pytest.mark.slow


Create = Callable[..., stripe.checkout.Session]


def ask(standin: Standin, method: str, path: str, body: str = "", **headers: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection(urlsplit(standin.url).netloc, timeout=5)
    try:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body or None, sent)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def test_a_live_key_is_refused(standin: Standin) -> None:
    with pytest.raises(stripe.AuthenticationError):
        client_of(standin, key="sk_live_1").v1.balance.retrieve()


def test_a_missing_key_is_refused(standin: Standin) -> None:
    status, body = ask(standin, "GET", "/v1/balance")
    assert status == 401
    assert '"type": "invalid_request_error"' in body


def test_a_wrong_key_is_refused_when_there_is_a_right_one() -> None:
    with running_standin(Settings(secret_key="sk_test_right")) as standin:
        with pytest.raises(stripe.AuthenticationError):
            client_of(standin, key="sk_test_wrong").v1.balance.retrieve()
        assert client_of(standin, key="sk_test_right").v1.balance.retrieve().livemode is False


def test_errors_carry_the_name_of_their_request(client: stripe.StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.refunds.retrieve("re_none")
    assert str(caught.value.request_id).startswith("req_")


def test_an_address_that_is_not_imitated_is_not_found(client: stripe.StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.customers.create({"email": "sam@example.com"})
    assert (caught.value.http_status, caught.value.code) == (404, "url_invalid")


def test_another_api_version_is_refused(standin: Standin) -> None:
    client = stripe.StripeClient(
        "sk_test_1", base_addresses={"api": standin.url}, stripe_version="2020-08-27", max_network_retries=0
    )
    with pytest.raises(stripe.InvalidRequestError, match="2020-08-27"):
        client.v1.balance.retrieve()


def test_json_is_refused_where_a_form_is_expected(standin: Standin) -> None:
    headers = {"Authorization": "Bearer sk_test_1", "Content_Type": "application/json"}
    status, body = ask(standin, "POST", "/v1/coupons", '{"percent_off": 10}', **headers)
    assert status == 400
    assert "application/x-www-form-urlencoded" in body


def test_too_many_calls_are_not_tried_again_by_the_library(standin: Standin, create: Create) -> None:
    session = create()
    standin.fail_calls("rate_limit")
    with pytest.raises(stripe.RateLimitError):
        client_of(standin, retries=2).v1.checkout.sessions.retrieve(session.id)
    assert client_of(standin).v1.checkout.sessions.retrieve(session.id).id == session.id


def test_an_error_inside_stripe_raises_and_does_nothing(standin: Standin, create: Create) -> None:
    standin.fail_calls("error", match="POST /v1/checkout/sessions")
    with pytest.raises(stripe.APIError) as caught:
        create()
    assert caught.value.http_status == 500
    assert standin.sessions() == []


def test_an_error_after_the_effect_has_had_its_effect(standin: Standin, create: Create) -> None:
    standin.fail_calls("error_after")
    with pytest.raises(stripe.APIError):
        create()
    assert len(standin.sessions()) == 1


def test_a_connection_can_close_before_the_effect(standin: Standin, create: Create) -> None:
    standin.fail_calls("close_before")
    with pytest.raises(stripe.APIConnectionError):
        create()
    assert standin.sessions() == []


def test_a_connection_can_close_after_the_effect(standin: Standin, create: Create) -> None:
    standin.fail_calls("close_after")
    with pytest.raises(stripe.APIConnectionError):
        create()
    assert len(standin.sessions()) == 1


def test_a_closed_connection_is_tried_again_without_a_second_effect(standin: Standin) -> None:
    standin.fail_calls("close_after")
    session = client_of(standin, retries=1).v1.checkout.sessions.create(wanted(), {"idempotency_key": "o1/session/1"})
    assert [kept["id"] for kept in standin.sessions()] == [session.id]


def test_a_hanging_call_outlasts_the_patience_of_its_client(standin: Standin) -> None:
    patient = stripe.StripeClient(
        "sk_test_1",
        base_addresses={"api": standin.url},
        http_client=stripe.RequestsClient(timeout=1),
        max_network_retries=0,
    )
    standin.fail_calls("hang", seconds=2)
    with pytest.raises(stripe.APIConnectionError):
        patient.v1.balance.retrieve()
    assert patient.v1.balance.retrieve().object == "balance"


def test_faults_meet_only_the_calls_they_are_meant_for(standin: Standin, create: Create) -> None:
    standin.fail_calls("error", match="POST /v1/refunds")
    session = create()
    standin.pay(session.id)
    client = client_of(standin)
    payment = client.v1.checkout.sessions.retrieve(session.id).payment_intent
    with pytest.raises(stripe.APIError):
        client.v1.refunds.create({"payment_intent": str(payment)})
    assert client.v1.refunds.create({"payment_intent": str(payment)}).amount == 8340
