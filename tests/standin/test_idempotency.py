"""One key, one effect, one answer, for a day (rule R7 leans on this)."""

import threading
import time
from typing import Any

import pytest
import stripe

from functions.local.standin import Standin
from tests.standin.conftest import Clock, client_of, wanted

pytestmark = pytest.mark.slow


KEY: Any = {"idempotency_key": "o1/session/1"}


def test_the_same_key_gives_the_stored_answer(client: stripe.StripeClient, standin: Standin) -> None:
    first = client.v1.checkout.sessions.create(wanted(), KEY)
    second = client.v1.checkout.sessions.create(wanted(), KEY)
    assert second.to_dict() == first.to_dict()
    assert len(standin.sessions()) == 1
    assert second.last_response is not None
    assert second.last_response.headers["Idempotent-Replayed"] == "true"
    assert first.last_response is not None
    assert "Idempotent-Replayed" not in first.last_response.headers


def test_a_replayed_answer_is_the_old_one_even_when_the_object_has_changed(
    client: stripe.StripeClient, standin: Standin
) -> None:
    session = client.v1.checkout.sessions.create(wanted(), KEY)
    standin.pay(session.id)
    assert client.v1.checkout.sessions.create(wanted(), KEY).status == "open"


def test_other_parameters_under_the_same_key_are_an_error(client: stripe.StripeClient, standin: Standin) -> None:
    client.v1.checkout.sessions.create(wanted(), KEY)
    with pytest.raises(stripe.IdempotencyError) as caught:
        client.v1.checkout.sessions.create(wanted(locale="de"), KEY)
    assert caught.value.http_status == 400
    assert len(standin.sessions()) == 1


def test_another_address_under_the_same_key_is_an_error(client: stripe.StripeClient) -> None:
    session = client.v1.checkout.sessions.create(wanted(), KEY)
    with pytest.raises(stripe.IdempotencyError):
        client.v1.checkout.sessions.expire(session.id, options=KEY)


def test_after_a_day_the_key_is_new_again(client: stripe.StripeClient, standin: Standin, clock: Clock) -> None:
    client.v1.checkout.sessions.create(wanted(), KEY)
    clock.now += 24 * 3600 - 1
    client.v1.checkout.sessions.create(wanted(), KEY)
    assert len(standin.sessions()) == 1
    clock.now += 1
    client.v1.checkout.sessions.create(wanted(), KEY)
    assert len(standin.sessions()) == 2


def test_what_validation_refused_is_not_kept(client: stripe.StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.checkout.sessions.create(wanted(mode="gift"), KEY)
    assert client.v1.checkout.sessions.create(wanted(), KEY).status == "open"


def test_what_the_state_of_things_refused_is_kept(client: stripe.StripeClient, standin: Standin) -> None:
    session = client.v1.checkout.sessions.create(wanted())
    standin.pay(session.id)
    for _ in range(2):
        with pytest.raises(stripe.InvalidRequestError) as caught:
            client.v1.checkout.sessions.expire(session.id, options=KEY)
    assert caught.value.headers is not None
    assert caught.value.headers["Idempotent-Replayed"] == "true"


@pytest.mark.parametrize("kind", ["error", "error_after"])
def test_a_stored_error_is_replayed(client: stripe.StripeClient, standin: Standin, kind: str) -> None:
    standin.fail_calls(kind)
    for _ in range(2):
        with pytest.raises(stripe.APIError) as caught:
            client.v1.checkout.sessions.create(wanted(), KEY)
        assert caught.value.http_status == 500
    assert len(standin.sessions()) == (1 if kind == "error_after" else 0)


def test_a_rate_limit_is_not_kept(client: stripe.StripeClient, standin: Standin) -> None:
    standin.fail_calls("rate_limit")
    with pytest.raises(stripe.RateLimitError):
        client.v1.checkout.sessions.create(wanted(), KEY)
    assert client.v1.checkout.sessions.create(wanted(), KEY).status == "open"


def test_a_key_in_use_is_a_conflict(client: stripe.StripeClient, standin: Standin) -> None:
    standin.fail_calls("hang", seconds=0.4)
    slow = threading.Thread(target=client.v1.checkout.sessions.create, args=(wanted(), KEY))
    slow.start()
    while standin.state()["faults"]:
        time.sleep(0.01)
    with pytest.raises(stripe.APIError) as caught:
        client.v1.checkout.sessions.create(wanted(), KEY)
    slow.join()
    assert caught.value.http_status == 409
    assert '"code": "idempotency_key_in_use"' in str(caught.value.http_body)
    assert len(standin.sessions()) == 1


def test_ten_clients_with_one_key_make_one_session(standin: Standin) -> None:
    found: list[str] = []

    def make() -> None:
        session = client_of(standin, retries=8).v1.checkout.sessions.create(wanted(), KEY)
        found.append(session.id)

    threads = [threading.Thread(target=make) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 10
    assert len(set(found)) == 1
    assert len(standin.sessions()) == 1


def test_a_key_of_more_than_255_characters_is_refused(client: stripe.StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.checkout.sessions.create(wanted(), {"idempotency_key": "k" * 256})
