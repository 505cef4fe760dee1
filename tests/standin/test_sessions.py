"""Checkout Sessions through the real library."""

from collections.abc import Callable
from typing import Any

import pytest
import stripe

from functions.local.standin import Settings, Standin, running_standin
from tests.standin.conftest import Clock, client_of, line, shipping, wanted

Create = Callable[..., stripe.checkout.Session]


def test_a_new_session_has_the_sums_of_its_lines_and_first_shipping_option(create: Create) -> None:
    session = create()
    assert session.object == "checkout.session"
    assert session.status == "open"
    assert session.payment_status == "unpaid"
    assert session.currency == "eur"
    assert session.amount_subtotal == 7850
    assert session.amount_total == 8340
    assert session.total_details is not None
    assert session.total_details.to_dict() == {
        "amount_discount": 0,
        "amount_shipping": 490,
        "amount_tax": 0,
    }
    assert session.shipping_cost is not None
    assert session.shipping_cost.amount_total == 490
    assert session.livemode is False
    assert session.payment_intent is None
    assert session.ui_mode == "hosted_page"


def test_a_new_session_leads_to_a_payment_page_of_its_own(create: Create, standin: Standin) -> None:
    session = create()
    assert session.id.startswith("cs_test_")
    assert session.url == f"{standin.url}/pay/{session.id}"


def test_a_session_has_every_field_that_the_library_knows(create: Create) -> None:
    included_only_when_expanded = {"line_items"}
    known = set(stripe.checkout.Session.__annotations__) - {"OBJECT_NAME"} - included_only_when_expanded
    assert set(create().to_dict()) == known


def test_a_retrieved_session_is_the_created_one(create: Create, client: stripe.StripeClient) -> None:
    session = create(client_reference_id="cart-7", locale="de", customer_email="sam@example.com")
    found = client.v1.checkout.sessions.retrieve(session.id)
    assert found.to_dict() == session.to_dict()
    assert found.client_reference_id == "cart-7"
    assert found.locale == "de"
    assert found.customer_details is not None
    assert found.customer_details.email == "sam@example.com"
    assert found.metadata is not None
    assert found.metadata.to_dict() == {"shop": "tern", "order_id": "o1"}


def test_a_session_lives_a_day_unless_told_otherwise(create: Create) -> None:
    assert create().expires_at == 1_800_086_400
    assert create(expires_at=1_800_002_100).expires_at == 1_800_002_100


@pytest.mark.parametrize("expires_at", [1_800_001_799, 1_800_086_401])
def test_a_session_lives_from_half_an_hour_to_a_day(create: Create, expires_at: int) -> None:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        create(expires_at=expires_at)
    assert caught.value.param == "expires_at"


@pytest.mark.parametrize("expires_at", [1_800_001_800, 1_800_086_400])
def test_the_ends_of_that_range_are_allowed(create: Create, expires_at: int) -> None:
    assert create(expires_at=expires_at).expires_at == expires_at


def test_an_open_session_expires_by_the_clock(
    create: Create, client: stripe.StripeClient, clock: Clock, standin: Standin
) -> None:
    session = create(expires_at=1_800_001_800)
    clock.now += 1799
    assert client.v1.checkout.sessions.retrieve(session.id).status == "open"
    clock.now += 1
    found = client.v1.checkout.sessions.retrieve(session.id)
    assert found.status == "expired"
    assert found.url is None
    assert [event["type"] for event in standin.events()] == ["checkout.session.expired"]


def test_an_open_session_can_be_expired(create: Create, client: stripe.StripeClient) -> None:
    session = create()
    assert client.v1.checkout.sessions.expire(session.id).status == "expired"
    assert client.v1.checkout.sessions.retrieve(session.id).status == "expired"


def test_a_paid_session_cannot_be_expired(create: Create, client: stripe.StripeClient, standin: Standin) -> None:
    session = create()
    standin.pay(session.id)
    with pytest.raises(stripe.InvalidRequestError, match="complete"):
        client.v1.checkout.sessions.expire(session.id)
    assert client.v1.checkout.sessions.retrieve(session.id).status == "complete"


def test_expiring_cancels_the_payment_that_was_begun(
    create: Create, client: stripe.StripeClient, standin: Standin
) -> None:
    session = create()
    standin.pay(session.id, "4000 0000 0000 0002")
    expired = client.v1.checkout.sessions.expire(session.id)
    assert isinstance(expired.payment_intent, str)
    assert client.v1.payment_intents.retrieve(expired.payment_intent).status == "canceled"


def test_a_paid_session_tells_who_pays_and_where_it_goes(
    create: Create, client: stripe.StripeClient, standin: Standin
) -> None:
    session = create()
    standin.pay(session.id)
    found = client.v1.checkout.sessions.retrieve(session.id)
    assert (found.status, found.payment_status, found.url) == ("complete", "paid", None)
    assert found.customer_details is not None
    assert found.customer_details.email == "sam.shopper@example.com"
    assert found.collected_information is not None
    assert found.collected_information.shipping_details is not None
    assert found.collected_information.shipping_details.to_dict() == {
        "name": "Sam Shopper",
        "address": {
            "line1": "Teststraße 12",
            "line2": None,
            "city": "Hamburg",
            "state": None,
            "country": "DE",
            "postal_code": "20457",
        },
    }


def test_expand_puts_in_the_payment_the_charge_and_the_lines(
    create: Create, client: stripe.StripeClient, standin: Standin
) -> None:
    session = create()
    standin.pay(session.id)
    expand = ["line_items.data.price.product", "payment_intent.latest_charge", "shipping_cost.shipping_rate"]
    found: Any = client.v1.checkout.sessions.retrieve(session.id, {"expand": expand})
    assert found.payment_intent.amount == 8340
    assert found.payment_intent.status == "succeeded"
    assert found.payment_intent.metadata.to_dict() == {"order_id": "o1"}
    assert found.payment_intent.latest_charge.amount_captured == 8340
    assert found.payment_intent.latest_charge.payment_method_details.card.last4 == "4242"
    assert [item.description for item in found.line_items.data] == ["Gannets", "Low tide"]
    assert found.line_items.data[1].price.product.metadata.sku == "LOW TIDE"
    assert found.shipping_cost.shipping_rate.display_name == "Standard"


def test_the_name_of_a_way_to_send_it_has_a_hundred_characters_at_most(create: Create) -> None:
    assert create(shipping_options=[shipping("x" * 100, 490)]).id
    with pytest.raises(stripe.InvalidRequestError, match=r"\[display_name\] has at most 100 characters"):
        create(shipping_options=[shipping("x" * 101, 490)])


def test_a_property_that_is_no_object_cannot_be_expanded(create: Create, client: stripe.StripeClient) -> None:
    session = create()
    with pytest.raises(stripe.InvalidRequestError, match="cannot be expanded: status"):
        client.v1.checkout.sessions.retrieve(session.id, {"expand": ["status"]})
    with pytest.raises(stripe.InvalidRequestError, match="cannot be expanded: colour"):
        client.v1.checkout.sessions.retrieve(session.id, {"expand": ["colour"]})


def test_expanding_gives_the_first_ten_lines_and_the_list_gives_all(
    create: Create, client: stripe.StripeClient
) -> None:
    session = create(line_items=[line(f"Card {number}", 100, 1) for number in range(12)])
    found: Any = client.v1.checkout.sessions.retrieve(session.id, {"expand": ["line_items"]})
    assert len(found.line_items.data) == 10
    assert found.line_items.has_more is True
    items = client.v1.checkout.sessions.line_items.list(session.id, {"limit": 5})
    assert [item.description for item in items.auto_paging_iter()] == [f"Card {n}" for n in range(12)]


def test_a_hundred_lines_are_the_most(create: Create) -> None:
    assert create(line_items=[line("Card", 100, 1)] * 100).amount_subtotal == 10_000
    with pytest.raises(stripe.InvalidRequestError) as caught:
        create(line_items=[line("Card", 100, 1)] * 101)
    assert caught.value.param == "line_items"


def test_five_shipping_options_are_the_most(create: Create) -> None:
    assert len(create(shipping_options=[shipping("Post", 100)] * 5).shipping_options) == 5
    with pytest.raises(stripe.InvalidRequestError) as caught:
        create(shipping_options=[shipping("Post", 100)] * 6)
    assert caught.value.param == "shipping_options"


def test_all_amounts_of_a_session_are_in_one_currency(create: Create) -> None:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        create(line_items=[line("Card", 100, 1), line("Card", 100, 1, "usd")])
    assert caught.value.param == "line_items[1][price_data][currency]"
    with pytest.raises(stripe.InvalidRequestError) as caught:
        create(shipping_options=[shipping("Post", 100, "usd")])
    assert caught.value.param == "shipping_options[0]"


@pytest.mark.parametrize(
    ("changes", "param"),
    [
        ({"mode": "subscription"}, "mode"),
        ({"ui_mode": "embedded_page"}, "ui_mode"),
        ({"allow_promotion_codes": True}, "allow_promotion_codes"),
        ({"adaptive_pricing": {"enabled": True}}, "adaptive_pricing[enabled]"),
        ({"customer": "cus_1"}, "customer"),
        ({"payment_intent_data": {"capture_method": "manual"}}, "payment_intent_data[capture_method]"),
        ({"line_items": [{"price": "price_1", "quantity": 1}]}, "line_items[0][price]"),
        ({"discounts": [{"promotion_code": "promo_1"}]}, "discounts[0][promotion_code]"),
    ],
)
def test_what_is_not_imitated_is_refused_and_not_ignored(
    create: Create, standin: Standin, changes: dict[str, Any], param: str
) -> None:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        create(**changes)
    assert caught.value.param == param
    assert standin.sessions() == []


def test_what_is_off_may_be_said(create: Create) -> None:
    session = create(allow_promotion_codes=False, adaptive_pricing={"enabled": False})
    assert session.allow_promotion_codes is False


@pytest.mark.parametrize(
    ("changes", "code", "param"),
    [
        ({"success_url": "/order"}, "url_invalid", "success_url"),
        ({"cancel_url": "javascript:alert(1)"}, "url_invalid", "cancel_url"),
        ({"customer_email": "sam"}, "email_invalid", "customer_email"),
        ({"mode": None}, "parameter_missing", "mode"),
        ({"success_url": None}, "parameter_missing", "success_url"),
        ({"line_items": None}, "parameter_missing", "line_items"),
        ({"metadata": {"k" * 41: "v"}}, None, "metadata"),
        ({"metadata": {"k": "v" * 501}}, None, "metadata[k]"),
        ({"metadata": {f"k{n}": "v" for n in range(51)}}, None, "metadata"),
        ({"line_items": [line("Card", 100, 0)]}, None, "line_items[0][quantity]"),
    ],
)
def test_a_faulty_session_is_refused(create: Create, changes: dict[str, Any], code: str | None, param: str) -> None:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        create(**changes)
    assert (caught.value.code, caught.value.param) == (code, param)


def test_metadata_can_be_changed_and_nothing_else(create: Create, client: stripe.StripeClient) -> None:
    session = create()
    metadata = {"order_id": "", "digest": "abc"}
    changed = client.v1.checkout.sessions.update(session.id, {"metadata": metadata})
    assert changed.metadata is not None
    assert changed.metadata.to_dict() == {"shop": "tern", "digest": "abc"}
    with pytest.raises(stripe.InvalidRequestError, match="not imitate"):
        client.v1.checkout.sessions.update(session.id, {"shipping_options": ""})


def test_sessions_are_listed_newest_first_and_page_by_page(client: stripe.StripeClient, create: Create) -> None:
    made = [create().id for _ in range(5)]
    page = client.v1.checkout.sessions.list({"limit": 2})
    assert [session.id for session in page.data] == [made[4], made[3]]
    assert page.has_more is True
    after = client.v1.checkout.sessions.list({"limit": 2, "starting_after": made[1]})
    assert ([session.id for session in after.data], after.has_more) == ([made[0]], False)
    before = client.v1.checkout.sessions.list({"limit": 2, "ending_before": made[1]})
    assert ([session.id for session in before.data], before.has_more) == ([made[3], made[2]], True)
    everything = client.v1.checkout.sessions.list({"limit": 2}).auto_paging_iter()
    assert [session.id for session in everything] == made[::-1]


def test_sessions_are_found_by_time_status_and_payment(
    client: stripe.StripeClient, create: Create, standin: Standin, clock: Clock
) -> None:
    old = create()
    clock.now += 100
    new = create()
    standin.pay(new.id)
    sessions = client.v1.checkout.sessions

    def found(params: Any) -> list[str]:
        return [session.id for session in sessions.list(params).data]

    payment = sessions.retrieve(new.id).payment_intent
    assert found({"created": {"gte": 1_800_000_100}}) == [new.id]
    assert found({"created": {"gt": 1_799_999_999, "lt": 1_800_000_100}}) == [old.id]
    assert found({"created": 1_800_000_000}) == [old.id]
    assert found({"status": "open"}) == [old.id]
    assert found({"payment_intent": payment}) == [new.id]
    assert found({"customer_details": {"email": "sam.shopper@example.com"}}) == [new.id]


def test_an_unknown_session_or_cursor_is_not_found(client: stripe.StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.checkout.sessions.retrieve("cs_test_none")
    assert (caught.value.http_status, caught.value.code) == (404, "resource_missing")
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.checkout.sessions.list({"starting_after": "cs_test_none"})
    assert caught.value.param == "starting_after"


@pytest.mark.parametrize("limit", [0, 101])
def test_a_page_has_one_to_a_hundred_entries(client: stripe.StripeClient, limit: int) -> None:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.checkout.sessions.list({"limit": limit})
    assert caught.value.param == "limit"


def test_everything_is_still_there_after_a_restart(tmp_path: Any, clock: Clock) -> None:
    settings = Settings(state=tmp_path / "var" / "payments.db")
    with running_standin(settings, clock) as first:
        session = client_of(first).v1.checkout.sessions.create(wanted())
        first.pay(session.id)
    with running_standin(settings, clock) as second:
        found = client_of(second).v1.checkout.sessions.retrieve(session.id)
        assert found.payment_status == "paid"
        assert len(second.events()) == 4
