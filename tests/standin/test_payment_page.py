"""The payment page, with plain form posts: what a shopper does and what becomes of the session."""

from collections.abc import Callable
from typing import Any

import pytest
import stripe

from functions.local.standin import Standin
from tests.standin.browsing import get, send
from tests.standin.conftest import Clock, line, shipping

Session = stripe.checkout.Session
Create = Callable[..., Session]
DECLINED = "4000000000000002"
SECURE = "4000002500003155"
ARRIVES = "AT611904300234573201"
BOUNCES = "AT861904300235473202"


def types(standin: Standin) -> list[str]:
    return [event["type"] for event in standin.events()][::-1]


def state(client: stripe.StripeClient, session: Session) -> tuple[Any, Any]:
    found = client.v1.checkout.sessions.retrieve(session.id)
    return found.status, found.payment_status


def test_the_page_shows_what_is_bought_and_what_it_costs(create: Create) -> None:
    page = get(str(create().url))
    assert page.status == 200
    for text in ("Tern &amp; Gale", "Gannets", "3 × €3.50", "€78.50", "€83.40", "no money moves"):
        assert text in page.text
    assert "http://127.0.0.1:8000/cart" in page.links


def test_one_click_pays(create: Create, client: stripe.StripeClient, standin: Standin) -> None:
    session = create()
    page = get(str(session.url))
    done = send(page, str(session.url), pay="1")
    assert done.status == 303
    assert done.location == f"http://127.0.0.1:8000/order/o1?session={session.id}"
    assert state(client, session) == ("complete", "paid")
    assert types(standin) == [
        "payment_intent.created",
        "charge.succeeded",
        "payment_intent.succeeded",
        "checkout.session.completed",
    ]


def test_what_is_typed_is_what_the_shop_reads(create: Create, client: stripe.StripeClient) -> None:
    session = create(phone_number_collection={"enabled": True})
    page = get(str(session.url))
    send(
        page,
        str(session.url),
        email="ada@example.org",
        name="Ada <b>L</b>",
        line1="Ring 1",
        line2="Top 4",
        city="Graz",
        postal_code="8010",
        country="AT",
        phone="+43 1 234",
        number="5555-5555-5555-4444",
    )
    found: Any = client.v1.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent.latest_charge"]})
    assert found.customer_details.email == "ada@example.org"
    assert found.customer_details.phone == "+43 1 234"
    details = found.collected_information.shipping_details
    assert (details.name, details.address.line2, details.address.country) == ("Ada <b>L</b>", "Top 4", "AT")
    assert found.payment_intent.shipping.address.city == "Graz"
    assert found.payment_intent.latest_charge.payment_method_details.card.brand == "mastercard"


def test_the_chosen_shipping_option_counts(create: Create, client: stripe.StripeClient) -> None:
    session = create()
    express = str(session.shipping_options[1].shipping_rate)
    send(get(str(session.url)), str(session.url), shipping_rate=express)
    found: Any = client.v1.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent"]})
    assert (found.amount_total, found.shipping_cost.amount_total) == (9140, 1290)
    assert found.shipping_cost.shipping_rate == express
    assert found.payment_intent.amount == 9140


def test_a_declined_card_charges_nothing_and_another_can_be_tried(
    create: Create, client: stripe.StripeClient, standin: Standin
) -> None:
    session = create()
    page = send(get(str(session.url)), str(session.url), number="4000 0000 0000 0002", name="Ada")
    assert page.status == 402
    assert "Your card was declined." in page.text
    assert page.fields["name"] == "Ada"
    assert state(client, session) == ("open", "unpaid")
    assert types(standin) == ["payment_intent.created", "charge.failed", "payment_intent.payment_failed"]
    [payment] = client.v1.payment_intents.list().data
    assert payment.status == "requires_payment_method"
    assert payment.last_payment_error is not None
    assert payment.last_payment_error.decline_code == "generic_decline"
    assert send(page, str(session.url)).status == 303
    assert state(client, session) == ("complete", "paid")
    assert [found.id for found in client.v1.payment_intents.list().data] == [payment.id]
    assert [charge.status for charge in client.v1.charges.list().data] == ["succeeded", "failed"]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("4000000000009995", "insufficient funds"),
        ("4000000000000069", "has expired"),
        ("4000000000000127", "security code is incorrect"),
    ],
)
def test_a_decline_says_why(create: Create, number: str, text: str) -> None:
    session = create()
    page = send(get(str(session.url)), str(session.url), use=number)
    assert page.status == 402
    assert text in page.text.replace("&#39;", "'")


def test_every_listed_test_card_has_a_button_that_uses_it(create: Create) -> None:
    page = get(str(create().url))
    used = [value for name, value in page.buttons if name == "use"]
    assert used[:3] == ["4242424242424242", DECLINED, SECURE]
    assert used[-2:] == [ARRIVES, BOUNCES]
    assert page.buttons[0] == ("pay", "1")


def test_three_d_secure_is_an_extra_step(create: Create, client: stripe.StripeClient, standin: Standin) -> None:
    session = create()
    step = send(get(str(session.url)), str(session.url), use=SECURE)
    assert (step.status, step.location) == (303, f"{session.url}/authenticate")
    assert state(client, session) == ("open", "unpaid")
    page = get(step.location)
    assert "€83.40" in page.text
    done = send(page, step.location, outcome="authorise")
    assert (done.status, done.location.partition("?")[0]) == (303, "http://127.0.0.1:8000/order/o1")
    assert state(client, session) == ("complete", "paid")
    assert "payment_intent.requires_action" in types(standin)


def test_a_failed_authentication_charges_nothing(create: Create, client: stripe.StripeClient) -> None:
    session = create()
    step = send(get(str(session.url)), str(session.url), use=SECURE)
    page = send(get(step.location), step.location, outcome="fail")
    assert page.status == 402
    assert "Nothing was charged" in page.text
    assert state(client, session) == ("open", "unpaid")
    assert client.v1.charges.list().data == []
    assert send(page, str(session.url)).status == 303


def test_authentication_without_a_reason_leads_back_to_the_page(create: Create) -> None:
    session = create()
    page = get(f"{session.url}/authenticate")
    assert (page.status, page.location) == (303, session.url)


def test_a_bank_debit_completes_the_session_before_the_money_comes(
    create: Create, client: stripe.StripeClient, standin: Standin, clock: Clock
) -> None:
    session = create()
    done = send(get(str(session.url)), str(session.url), method="debit", account=ARRIVES)
    assert done.status == 303
    assert state(client, session) == ("complete", "unpaid")
    [payment] = client.v1.payment_intents.list().data
    assert payment.status == "processing"
    clock.now += 19
    assert state(client, session) == ("complete", "unpaid")
    clock.now += 1
    assert state(client, session) == ("complete", "paid")
    assert types(standin)[-3:] == [
        "charge.succeeded",
        "payment_intent.succeeded",
        "checkout.session.async_payment_succeeded",
    ]


def test_a_bank_debit_can_bounce(create: Create, client: stripe.StripeClient, standin: Standin, clock: Clock) -> None:
    session = create()
    send(get(str(session.url)), str(session.url), use=BOUNCES)
    clock.now += 20
    assert state(client, session) == ("complete", "unpaid")
    assert types(standin)[-3:] == [
        "charge.failed",
        "payment_intent.payment_failed",
        "checkout.session.async_payment_failed",
    ]
    [charge] = client.v1.charges.list().data
    assert (charge.status, charge.paid) == ("failed", False)


@pytest.mark.parametrize(("success", "status"), [(True, "paid"), (False, "unpaid")])
def test_a_bank_debit_can_be_settled_either_way(
    create: Create, client: stripe.StripeClient, standin: Standin, *, success: bool, status: str
) -> None:
    session = create()
    send(get(str(session.url)), str(session.url), use=ARRIVES)
    standin.settle(session.id, success=success)
    assert state(client, session) == ("complete", status)


def test_a_bank_debit_is_offered_only_where_there_is_one(create: Create) -> None:
    francs = create(line_items=[line("Card", 500, 1, "chf")], shipping_options=[shipping("Post", 100, "chf")])
    assert francs.payment_method_types == ["card"]
    assert "account" not in get(str(francs.url)).fields
    cards_only = create(allowed_payment_method_types=["card"])
    assert "account" not in get(str(cards_only.url)).fields


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"email": "sam"}, "Enter an e-mail address"),
        ({"name": " "}, "Enter a name."),
        ({"line1": ""}, "Enter the street"),
        ({"city": ""}, "Enter the town"),
        ({"postal_code": ""}, "Enter the postcode."),
        ({"country": "FR"}, "Choose one of the countries"),
        ({"shipping_rate": "shr_other"}, "Choose how it is sent."),
        ({"number": "4111 1111 1111 1111"}, "use one of the test cards"),
        ({"number": ARRIVES}, "use one of the test cards"),
        ({"method": "debit", "account": "4242424242424242"}, "use one of the test accounts"),
        ({"expiry": "13/30"}, "Enter month and year"),
        ({"expiry": "12/26"}, "in the past"),
        ({"cvc": "12"}, "Enter the 3 digits"),
    ],
)
def test_a_faulty_entry_is_pointed_out_and_nothing_happens(
    create: Create,
    client: stripe.StripeClient,
    standin: Standin,
    changes: dict[str, str],
    message: str,
) -> None:
    session = create()
    page = send(get(str(session.url)), str(session.url), **changes)
    assert page.status == 422
    assert message in page.text
    assert 'aria-invalid="true"' in page.text or "shipping_rate" in changes
    assert state(client, session) == ("open", "unpaid")
    assert standin.events() == []


def test_what_was_typed_is_shown_again_and_never_as_markup(create: Create) -> None:
    session = create()
    attack = '"><script>alert(1)</script>'
    page = send(get(str(session.url)), str(session.url), name=attack, email="")
    assert page.fields["name"] == attack
    assert "<script" not in page.text


def test_a_known_email_cannot_be_changed(create: Create, client: stripe.StripeClient) -> None:
    session = create(customer_email="ada@example.org")
    page = get(str(session.url))
    assert page.fields["email"] == "ada@example.org"
    send(page, str(session.url), email="eve@example.org")
    found = client.v1.checkout.sessions.retrieve(session.id)
    assert found.customer_details is not None
    assert found.customer_details.email == "ada@example.org"


def test_without_delivery_no_address_is_asked_for(create: Create, client: stripe.StripeClient) -> None:
    session = create(shipping_address_collection=None, shipping_options=None)
    page = get(str(session.url))
    assert "line1" not in page.fields
    assert send(page, str(session.url)).status == 303
    found = client.v1.checkout.sessions.retrieve(session.id)
    assert found.collected_information is not None
    assert found.collected_information.shipping_details is None


def test_a_free_order_asks_for_no_card(create: Create, client: stripe.StripeClient) -> None:
    session = create(line_items=[line("Sticker", 0, 1)], shipping_options=None)
    page = get(str(session.url))
    assert "number" not in page.fields
    assert "Complete the order" in page.text
    assert send(page, str(session.url)).status == 303
    assert state(client, session) == ("complete", "no_payment_required")


def test_cancelling_is_a_link_and_changes_nothing(create: Create, client: stripe.StripeClient) -> None:
    session = create()
    assert get(str(session.url)).links[0] == "http://127.0.0.1:8000/cart"
    assert state(client, session) == ("open", "unpaid")


def test_paying_twice_charges_once(create: Create, client: stripe.StripeClient) -> None:
    session = create()
    page = get(str(session.url))
    send(page, str(session.url))
    again = send(page, str(session.url))
    assert again.status == 409
    assert "This payment is complete" in again.text
    assert f"http://127.0.0.1:8000/order/o1?session={session.id}" in again.links
    assert len(client.v1.charges.list().data) == 1


def test_an_expired_page_takes_no_money(create: Create, client: stripe.StripeClient, clock: Clock) -> None:
    session = create(expires_at=1_800_001_800)
    page = get(str(session.url))
    clock.now += 1800
    late = send(page, str(session.url))
    assert late.status == 410
    assert "has expired" in late.text
    assert "http://127.0.0.1:8000/cart" in late.links
    assert state(client, session) == ("expired", "unpaid")
    assert client.v1.charges.list().data == []


def test_three_d_secure_after_expiry_takes_no_money(create: Create, client: stripe.StripeClient, clock: Clock) -> None:
    session = create(expires_at=1_800_001_800)
    step = send(get(str(session.url)), str(session.url), use=SECURE)
    page = get(step.location)
    clock.now += 1800
    assert send(page, step.location, outcome="authorise").status == 410
    assert client.v1.charges.list().data == []


def test_an_address_with_no_session_is_a_clear_page(standin: Standin) -> None:
    for path in ("/pay/cs_test_none", "/pay/cs_test_none/authenticate", "/nowhere"):
        page = get(f"{standin.url}{path}")
        assert page.status == 404
        assert "There is no such payment page" in page.text


def test_pictures_are_shown_only_from_this_machine(create: Create) -> None:
    near, far = line("Print", 1000, 1), line("Card", 1000, 1)
    near["price_data"]["product_data"]["images"] = ["http://127.0.0.1:8000/p.jpg"]
    far["price_data"]["product_data"]["images"] = ["https://example.com/c.jpg"]
    text = get(str(create(line_items=[near, far]).url)).text
    assert "http://127.0.0.1:8000/p.jpg" in text
    assert "example.com/c.jpg" not in text


def test_the_page_allows_no_script(create: Create) -> None:
    page = get(str(create().url))
    assert "<script" not in page.text
    assert " on" + "click" not in page.text
