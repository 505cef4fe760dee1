"""Webhooks as they reach the shop: signed, retried, and as unreliable as wanted (rules R18 and R24)."""

import time
from typing import Any

import pytest
import stripe

from functions.local.standin import Settings, Standin, running_standin
from functions.local.standin.errors import ApiError
from tests.standin.conftest import SECRET, Clock, Receiver, client_of, wanted

pytestmark = pytest.mark.slow


PAID = [
    "payment_intent.created",
    "charge.succeeded",
    "payment_intent.succeeded",
    "checkout.session.completed",
]


def buy(standin: Standin, number: str = "4242424242424242") -> str:
    session = client_of(standin).v1.checkout.sessions.create(wanted())
    standin.pay(session.id, number)
    return session.id


def test_a_payment_is_told_in_signed_events(hooked: Standin, receiver: Receiver) -> None:
    session = buy(hooked)
    assert hooked.wait_until_delivered(5)
    assert sorted(receiver.types()) == sorted(PAID)
    done: Any = next(event for event in receiver.events() if event.type == "checkout.session.completed")
    assert done.api_version == stripe.api_version
    assert done.livemode is False
    assert done.data.object.id == session
    assert done.data.object.payment_status == "paid"
    assert done.data.object.collected_information.shipping_details.address.line1 == "Teststraße 12"


def test_a_signature_is_good_for_its_own_body_and_secret_only(hooked: Standin, receiver: Receiver) -> None:
    buy(hooked)
    hooked.wait_until_delivered(5)
    body, signature = receiver.bodies[0], receiver.signatures[0]
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(body + b" ", signature, SECRET)
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(body, signature, "whsec_other")


def test_an_event_shows_the_object_as_it_was(hooked: Standin, receiver: Receiver) -> None:
    hooked.hold()
    session = buy(hooked)
    payment = str(client_of(hooked).v1.checkout.sessions.retrieve(session).payment_intent)
    client_of(hooked).v1.refunds.create({"payment_intent": payment})
    hooked.release()
    charge: Any = next(event for event in receiver.events() if event.type == "charge.succeeded")
    assert charge.data.object.amount_refunded == 0


def test_events_name_the_request_that_caused_them(hooked: Standin) -> None:
    client = client_of(hooked)
    session = client.v1.checkout.sessions.create(wanted())
    client.v1.checkout.sessions.expire(session.id, options={"idempotency_key": "o1/expire"})
    event = client.v1.events.list({"type": "checkout.session.*"}).data[0]
    assert event.type == "checkout.session.expired"
    assert event.request is not None
    assert event.request.idempotency_key == "o1/expire"
    assert str(event.request.id).startswith("req_")


def test_what_is_not_accepted_is_sent_again(hooked: Standin, receiver: Receiver) -> None:
    receiver.statuses = [500, 302, 404]
    session = client_of(hooked).v1.checkout.sessions.create(wanted())
    hooked.expire(session.id)
    assert hooked.wait_until_delivered(5)
    assert receiver.types() == ["checkout.session.expired"] * 4
    assert len({event.id for event in receiver.events()}) == 1
    [delivery] = hooked.deliveries()
    assert (delivery["state"], delivery["attempts"], delivery["answer"]) == ("delivered", 4, "200")


def test_the_pauses_between_attempts_grow(hooked: Standin, receiver: Receiver) -> None:
    receiver.statuses = [500, 500]
    session = client_of(hooked).v1.checkout.sessions.create(wanted())
    began = time.monotonic()
    hooked.expire(session.id)
    hooked.wait_until_delivered(5)
    assert time.monotonic() - began >= 0.05 + 0.10


def test_after_the_last_attempt_it_is_given_up(hooked: Standin, receiver: Receiver) -> None:
    receiver.statuses = [500] * 4
    session = client_of(hooked).v1.checkout.sessions.create(wanted())
    hooked.expire(session.id)
    assert hooked.wait_until_delivered(5)
    assert len(receiver.bodies) == 4
    assert [delivery["state"] for delivery in hooked.deliveries()] == ["failed"]
    [event] = client_of(hooked).v1.events.list().data
    assert event.pending_webhooks == 0


def test_an_endpoint_that_is_not_there_does_not_disturb_the_rest(receiver: Receiver) -> None:
    settings = Settings(webhook_url="http://127.0.0.1:9/nobody", webhook_secret=SECRET)
    with running_standin(settings) as standin:
        standin.add_endpoint(receiver.url, SECRET, "we_other")
        session = client_of(standin).v1.checkout.sessions.create(wanted())
        standin.expire(session.id)
        while not receiver.bodies:
            time.sleep(0.01)
        assert receiver.types() == ["checkout.session.expired"]


def test_held_events_wait_until_they_are_released(hooked: Standin, receiver: Receiver) -> None:
    hooked.hold()
    buy(hooked)
    time.sleep(0.1)
    assert receiver.bodies == []
    assert [delivery["state"] for delivery in hooked.release()] == ["delivered"] * 4
    assert receiver.types() == PAID


def test_held_events_can_be_released_in_the_opposite_order(hooked: Standin, receiver: Receiver) -> None:
    hooked.hold()
    buy(hooked)
    hooked.release("reversed")
    assert receiver.types() == PAID[::-1]


def test_after_a_release_events_flow_again(hooked: Standin, receiver: Receiver) -> None:
    hooked.hold()
    hooked.release()
    buy(hooked)
    assert hooked.wait_until_delivered(5)
    assert len(receiver.bodies) == 4


def test_neighbours_can_change_places(hooked: Standin, receiver: Receiver) -> None:
    hooked.reorder()
    buy(hooked)
    assert hooked.wait_until_delivered(5)
    assert receiver.types() == PAID[::-1]


def test_events_can_come_several_times(hooked: Standin, receiver: Receiver) -> None:
    hooked.duplicate(3)
    buy(hooked)
    assert hooked.wait_until_delivered(5)
    assert sorted(receiver.types()) == sorted(PAID * 3)
    assert len({event.id for event in receiver.events()}) == 4


def test_events_can_come_late(hooked: Standin, receiver: Receiver) -> None:
    hooked.delay(0.3)
    buy(hooked)
    time.sleep(0.1)
    assert receiver.bodies == []
    assert hooked.wait_until_delivered(5)
    assert len(receiver.bodies) == 4


def test_events_can_get_lost_and_be_sent_again(hooked: Standin, receiver: Receiver) -> None:
    hooked.lose_next(3)
    buy(hooked)
    assert hooked.wait_until_delivered(5)
    assert receiver.types() == ["checkout.session.completed"]
    lost = next(event for event in hooked.events() if event["type"] == "charge.succeeded")
    hooked.send_again(lost["id"])
    assert hooked.wait_until_delivered(5)
    assert receiver.types() == ["checkout.session.completed", "charge.succeeded"]


def test_all_events_can_get_lost_and_good_behaviour_returns(hooked: Standin, receiver: Receiver) -> None:
    hooked.lose_all()
    buy(hooked)
    assert hooked.wait_until_delivered(5)
    assert receiver.bodies == []
    hooked.behave()
    buy(hooked)
    assert hooked.wait_until_delivered(5)
    assert len(receiver.bodies) == 4


def test_an_endpoint_made_by_the_api_gets_what_it_asked_for(standin: Standin, receiver: Receiver) -> None:
    client = client_of(standin)
    endpoint = client.v1.webhook_endpoints.create(
        {"url": receiver.url, "enabled_events": ["checkout.session.completed"]}
    )
    buy(standin)
    assert standin.wait_until_delivered(5)
    assert len(receiver.bodies) == 1
    event = stripe.Webhook.construct_event(receiver.bodies[0], receiver.signatures[0], endpoint.secret, tolerance=10**9)
    assert event.type == "checkout.session.completed"


def test_endpoints_are_read_changed_and_deleted(standin: Standin) -> None:
    endpoints = client_of(standin).v1.webhook_endpoints
    made = endpoints.create({"url": "http://localhost:8000/a", "enabled_events": ["*"]})
    assert str(made.secret).startswith("whsec_")
    assert "secret" not in endpoints.retrieve(made.id).to_dict()
    assert endpoints.update(made.id, {"disabled": True}).status == "disabled"
    assert [endpoint.id for endpoint in endpoints.list().data] == [made.id]
    assert endpoints.delete(made.id).deleted is True
    assert endpoints.list().data == []


@pytest.mark.parametrize(
    "url", ["https://example.com/hook", "http://example.com/hook", "http://127.0.0.1.example.com/", "ftp://x"]
)
def test_webhooks_go_to_this_machine_only(standin: Standin, url: str) -> None:
    with pytest.raises(stripe.InvalidRequestError, match="this machine only") as caught:
        client_of(standin).v1.webhook_endpoints.create({"url": url, "enabled_events": ["*"]})
    assert (caught.value.code, caught.value.param) == ("url_invalid", "url")
    with pytest.raises(ApiError):
        standin.add_endpoint(url, SECRET)
    assert client_of(standin).v1.webhook_endpoints.list().data == []


def test_events_are_dated_by_the_clock_that_was_handed_in(standin: Standin, receiver: Receiver, clock: Clock) -> None:
    standin.add_endpoint(receiver.url, SECRET)
    clock.now += 60
    standin.advance_clock(3600)
    buy(standin)
    assert standin.wait_until_delivered(5)
    assert {signature.split(",")[0] for signature in receiver.signatures} == {"t=1800000060"}
    assert {event["created"] for event in standin.events()} == {1_800_003_660}


def test_what_was_held_is_delivered_after_a_restart(tmp_path: Any, receiver: Receiver) -> None:
    settings = Settings(state=tmp_path / "payments.db", webhook_url=receiver.url, webhook_secret=SECRET)
    with running_standin(settings) as first:
        first.hold()
        buy(first)
    with running_standin(settings) as second:
        assert second.wait_until_delivered(5)
    assert sorted(receiver.types()) == sorted(PAID)
