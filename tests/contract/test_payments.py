"""The contract of Payments. A new provider inherits PaymentsContract and says how its shoppers pay."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from stripe import StripeClient, V1Services

from functions.adapters.stripe_payments import StripePayments, _worked_out
from functions.local.standin import Shopper, Standin, running_standin
from functions.ports import Payments, SessionLinks
from functions.shop.errors import PaymentRefused, PaymentsUnavailable
from functions.shop.facts import SessionFacts
from functions.shop.order import Order
from functions.shop.placing import place
from functions.shop.settings import Settings
from functions.shop.settling import decide
from functions.shop.tax import Service
from tests.shop.sample import ADA, NOW, cart, placed, quote
from tests.small_shop import SETTINGS

SHOP = "http://127.0.0.1:8000"
LINKS = SessionLinks(paid=f"{SHOP}/order/ORDER-1?t=paid", back=f"{SHOP}/order/ORDER-1?t=back")
KEY = "sk_test_of_the_contract"
CARD, DECLINED, DEBIT = "4242424242424242", "4000000000000002", "AT611904300234573201"
SHOPPER = Shopper(
    "ada@example.org",
    "Ada Byrne",
    {
        "line1": "4 Quay Street",
        "line2": None,
        "city": "Westport",
        "state": "Mayo",
        "postal_code": "F28 X000",
        "country": "IE",
    },
)


def bought(order_id: str, *, country: str = "", **skus: int) -> Order:
    """A pending order for these SKUs."""
    order = placed(order_id, cart(**skus))
    priced = quote(cart(**skus), country=country)
    return replace(order, country=priced.country, shipping=priced.shipping, total=priced.total)


class Till:
    """What happens at the provider's end: shoppers pay, days pass."""

    def __init__(self, standin: Standin) -> None:
        self.standin = standin

    def pay(self, facts: SessionFacts, number: str = CARD) -> None:
        """A shopper types in a card or account."""
        self.standin.pay(facts.session, number, SHOPPER)

    def arrives(self, facts: SessionFacts) -> None:
        """A delayed payment comes in."""
        self.standin.settle(facts.session, success=True)

    def bounces(self, facts: SessionFacts) -> None:
        """A delayed payment does not come in."""
        self.standin.settle(facts.session, success=False)

    def refunds(self) -> list[tuple[str, int]]:
        """Id and amount of every refund that was made."""
        events = [each for each in self.standin.events() if each["type"] == "refund.created"]
        return [(each["data"]["object"]["id"], each["data"]["object"]["amount"]) for each in events]


class PaymentsContract:
    """What every payment provider does."""

    @pytest.fixture
    def payments(self) -> Payments:
        """The provider as this shop sees it."""
        raise NotImplementedError

    @pytest.fixture
    def till(self) -> Till:
        """The provider from the shopper's side."""
        raise NotImplementedError

    def test_an_order_gets_a_payment_page(self, payments: Payments) -> None:
        facts = payments.open_session(placed(), SETTINGS, LINKS)
        assert facts.session
        assert facts.url.startswith("http")
        assert facts == SessionFacts(
            session=facts.session, order="ORDER-1", status="open", payment_status="unpaid", amount=3350, currency="EUR",
            url=facts.url, payment="", email="", address=None, failed=False,
        )  # fmt: skip

    def test_asking_again_gives_the_same_page(self, payments: Payments) -> None:
        first = payments.open_session(placed(), SETTINGS, LINKS)
        assert payments.open_session(placed(), SETTINGS, LINKS) == first
        assert payments.session(first.session) == first

    def test_asking_again_after_the_shop_was_changed_gives_the_same_page(self, payments: Payments) -> None:
        first = payments.open_session(placed(), SETTINGS, LINKS)
        elsewhere = replace(LINKS, paid=f"{SHOP}/order/ORDER-1?t=other")
        assert payments.open_session(placed(), replace(SETTINGS, language="de"), elsewhere) == first

    def test_ten_clicks_at_once_give_one_page(self, payments: Payments) -> None:
        with ThreadPoolExecutor(10) as threads:
            opened = list(threads.map(lambda _: open_patiently(payments), range(10)))
        assert len({facts.session for facts in opened}) == 1

    def test_two_orders_get_two_pages(self, payments: Payments) -> None:
        first = payments.open_session(placed("ORDER-1"), SETTINGS, LINKS)
        second = payments.open_session(placed("ORDER-2"), SETTINGS, LINKS)
        assert first.session != second.session
        assert (first.order, second.order) == ("ORDER-1", "ORDER-2")

    def test_a_paid_session_says_how_much_came_from_whom_and_where_it_goes(
        self, payments: Payments, till: Till
    ) -> None:
        opened = payments.open_session(placed(), SETTINGS, LINKS)
        till.pay(opened)
        facts = payments.session(opened.session)
        assert facts.payment
        assert facts == SessionFacts(
            session=opened.session, order="ORDER-1", status="complete", payment_status="paid", amount=3350,
            currency="EUR", url="", payment=facts.payment, email="ada@example.org", address=ADA, failed=False,
        )  # fmt: skip

    def test_a_declined_card_leaves_the_page_open(self, payments: Payments, till: Till) -> None:
        opened = payments.open_session(placed(), SETTINGS, LINKS)
        till.pay(opened, DECLINED)
        facts = payments.session(opened.session)
        assert (facts.status, facts.payment_status, facts.failed) == ("open", "unpaid", False)

    def test_a_delayed_payment_is_promised_first_and_then_comes(self, payments: Payments, till: Till) -> None:
        opened = payments.open_session(placed(), SETTINGS, LINKS)
        till.pay(opened, DEBIT)
        promised = payments.session(opened.session)
        assert (promised.status, promised.payment_status, promised.failed) == ("complete", "unpaid", False)
        assert (promised.amount, promised.email, promised.address) == (3350, "ada@example.org", ADA)
        till.arrives(opened)
        paid = payments.session(opened.session)
        assert (paid.status, paid.payment_status, paid.failed, paid.amount) == ("complete", "paid", False, 3350)

    def test_a_delayed_payment_that_does_not_come_has_failed(self, payments: Payments, till: Till) -> None:
        opened = payments.open_session(placed(), SETTINGS, LINKS)
        till.pay(opened, DEBIT)
        till.bounces(opened)
        facts = payments.session(opened.session)
        assert (facts.status, facts.payment_status, facts.failed) == ("complete", "unpaid", True)

    def test_a_free_order_is_complete_without_a_payment(self, payments: Payments, till: Till) -> None:
        opened = payments.open_session(bought("ORDER-1", country="GB", FREE=1), SETTINGS, LINKS)
        assert (opened.status, opened.amount, opened.complete) == ("open", 0, False)
        till.pay(opened)
        facts = payments.session(opened.session)
        assert (facts.status, facts.payment_status, facts.amount) == ("complete", "no_payment_required", 0)
        assert (facts.payment, facts.complete, facts.email) == ("", True, "ada@example.org")

    def test_an_open_page_can_be_closed(self, payments: Payments, till: Till) -> None:
        opened = payments.open_session(placed(), SETTINGS, LINKS)
        closed = payments.expire_session(opened.session)
        assert (closed.session, closed.status, closed.payment_status, closed.url) == (
            opened.session, "expired", "unpaid", "",
        )  # fmt: skip
        till.pay(opened)
        assert payments.session(opened.session) == closed

    def test_closing_twice_is_closing_once(self, payments: Payments) -> None:
        opened = payments.open_session(placed(), SETTINGS, LINKS)
        assert payments.expire_session(opened.session) == payments.expire_session(opened.session)

    def test_closing_a_page_that_was_just_paid_says_that_it_is_paid(self, payments: Payments, till: Till) -> None:
        opened = payments.open_session(placed(), SETTINGS, LINKS)
        till.pay(opened)
        facts = payments.expire_session(opened.session)
        assert (facts.status, facts.payment_status, facts.amount) == ("complete", "paid", 3350)

    def test_closing_a_page_with_a_promised_payment_leaves_the_promise(self, payments: Payments, till: Till) -> None:
        opened = payments.open_session(placed(), SETTINGS, LINKS)
        till.pay(opened, DEBIT)
        facts = payments.expire_session(opened.session)
        assert (facts.status, facts.payment_status, facts.failed) == ("complete", "unpaid", False)

    def test_a_session_that_does_not_exist_is_refused(self, payments: Payments) -> None:
        with pytest.raises(PaymentRefused):
            payments.session("cs_test_nothing")
        with pytest.raises(PaymentRefused):
            payments.expire_session("cs_test_nothing")

    def test_sessions_are_found_by_when_they_were_made(self, payments: Payments) -> None:
        opened = payments.open_session(placed(), SETTINGS, LINKS)
        assert list(payments.sessions_since(NOW)) == [opened]
        assert list(payments.sessions_since(NOW + 3600)) == []

    def test_a_session_is_found_though_the_providers_clock_is_five_minutes_slow(self, payments: Payments) -> None:
        opened = payments.open_session(placed(), SETTINGS, LINKS)
        assert list(payments.sessions_since(NOW + 300)) == [opened]

    def test_a_paid_session_is_listed_with_its_payment(self, payments: Payments, till: Till) -> None:
        opened = payments.open_session(placed(), SETTINGS, LINKS)
        till.pay(opened)
        assert list(payments.sessions_since(NOW)) == [payments.session(opened.session)]

    @pytest.mark.slow
    def test_more_sessions_than_fit_a_page_are_all_listed(self, payments: Payments) -> None:
        made = {payments.open_session(placed(f"ORDER-{number}"), SETTINGS, LINKS).session for number in range(102)}
        assert {facts.session for facts in payments.sessions_since(NOW)} == made

    def test_a_refund_is_made_once_for_a_key(self, payments: Payments, till: Till) -> None:
        payment = paid(payments, till)
        made = payments.refund(payment, 1000, "ORDER-1:refund:1").id
        assert payments.refund(payment, 1000, "ORDER-1:refund:1").id == made
        assert till.refunds() == [(made, 1000)]

    def test_a_refund_is_not_made_again_twenty_five_hours_later(self, payments: Payments, till: Till) -> None:
        payment = paid(payments, till)
        made = payments.refund(payment, 1000, "ORDER-1:refund:1").id
        till.standin.advance_clock(25 * 3600)
        assert payments.refund(payment, 1000, "ORDER-1:refund:1").id == made
        assert till.refunds() == [(made, 1000)]

    def test_two_keys_are_two_refunds_up_to_what_was_paid(self, payments: Payments, till: Till) -> None:
        payment = paid(payments, till)
        first = payments.refund(payment, 1000, "ORDER-1:refund:1").id
        second = payments.refund(payment, 2350, "ORDER-1:refund:2").id
        assert sorted(till.refunds()) == sorted([(first, 1000), (second, 2350)])
        with pytest.raises(PaymentRefused):
            payments.refund(payment, 1, "ORDER-1:refund:3")
        assert len(till.refunds()) == 2

    def test_eight_processes_that_make_the_same_refund_make_one(self, payments: Payments, till: Till) -> None:
        payment = paid(payments, till)
        with ThreadPoolExecutor(8) as threads:
            made = set(threads.map(lambda _: refund_patiently(payments, payment), range(8)))
        assert len(made) == 1
        assert till.refunds() == [(made.pop(), 3350)]

    def test_a_refund_of_an_unknown_payment_is_refused(self, payments: Payments) -> None:
        with pytest.raises(PaymentRefused):
            payments.refund("pi_nothing", 100, "ORDER-1:refund:1")

    def test_facts_and_decisions_fit_together(self, payments: Payments, till: Till) -> None:
        opened = payments.open_session(placed(), SETTINGS, LINKS)
        till.pay(opened)
        order = decide(placed(), payments.session(opened.session), NOW).order
        assert (order.state, order.held, order.payments[0].amount) == ("paid", "", 3350)


class TestStripePayments(PaymentsContract):
    """Stripe against the stand-in."""

    @pytest.fixture
    def standin(self) -> Iterator[Standin]:
        """The payment stand-in, whose clock stands still."""
        with running_standin(clock=lambda: NOW) as standin:
            yield standin

    @pytest.fixture
    def payments(self, standin: Standin) -> StripePayments:
        """Stripe as this shop sees it."""
        return StripePayments(KEY, shop=SHOP, api_base=standin.url)

    @pytest.fixture
    def till(self, standin: Standin) -> Till:
        """Stripe from the shopper's side."""
        return Till(standin)

    @pytest.fixture
    def stripe(self, standin: Standin) -> V1Services:
        """What Stripe answers to anybody with this key, by its own library."""
        return StripeClient(KEY, base_addresses={"api": standin.url}).v1

    # Tax

    def test_tax_on_top_of_prices_is_a_line_of_its_own(self, payments: StripePayments, stripe: V1Services) -> None:
        settings = replace(SETTINGS, tax=replace(SETTINGS.tax, inclusive=False))
        order = place("ORDER-1", quote(cart(CARD=2, PRINT_A4=1), settings=settings), "release-1", NOW).order
        opened = payments.open_session(order, settings, LINKS)
        lines = stripe.checkout.sessions.line_items.list(opened.session).data
        assert [(line.description, line.amount_total) for line in lines] == [
            ("Postcard", 500), ("Print", 2400), ("VAT", 771),
        ]  # fmt: skip
        assert (opened.amount, order.total, opened.tax, opened.tax_on_top) == (4121, 4121, 0, 0)

    @pytest.mark.parametrize(("inclusive", "behaviour"), [(True, "inclusive"), (False, "exclusive")])
    def test_where_stripe_works_the_tax_out_it_is_told_what_prices_contain(
        self, payments: StripePayments, stripe: V1Services, standin: Standin, inclusive: bool, behaviour: str
    ) -> None:
        codes = {"standard": "txcd_99999999"}
        tax = replace(SETTINGS.tax, service=Service.STRIPE, inclusive=inclusive, codes=codes)
        opened = payments.open_session(placed(), replace(SETTINGS, tax=tax), LINKS)
        [session] = standin.sessions()
        assert session["automatic_tax"]["enabled"] is True
        lines = stripe.checkout.sessions.line_items.list(opened.session, {"expand": ["data.price.product"]}).data
        prices: list[Any] = [line.price for line in lines]
        assert [(price.tax_behavior, price.product.tax_code) for price in prices] == [(behaviour, "txcd_99999999")] * 2
        assert (opened.amount, opened.tax, opened.tax_on_top) == (3350, 0, 0)

    @pytest.mark.parametrize(("total", "on_top"), [(3885, 535), (3350, 0)])
    def test_what_stripe_puts_on_top_is_told_apart_from_what_it_finds_within(self, total: int, on_top: int) -> None:
        session: dict[str, Any] = {
            "automatic_tax": {"enabled": True},
            "amount_subtotal": 2900,
            "amount_total": total,
            "shipping_cost": {"amount_subtotal": 550},
            "total_details": {"amount_discount": 100, "amount_tax": 535},
        }
        assert _worked_out(session) == {"tax": 535, "tax_on_top": on_top}
        assert _worked_out(session | {"automatic_tax": {"enabled": False}}) == {}

    # What Stripe is asked for

    def test_the_session_says_all_that_the_rules_want(self, payments: StripePayments, standin: Standin) -> None:
        payments.open_session(placed(), SETTINGS, LINKS)
        [session] = standin.sessions()
        wanted: dict[str, Any] = {
            "mode": "payment",
            "ui_mode": "hosted_page",
            "amount_subtotal": 2900,
            "amount_total": 3350,
            "currency": "eur",
            "client_reference_id": "ORDER-1",
            "metadata": {"shop": SHOP, "order_id": "ORDER-1", "digest": placed().digest},
            "success_url": f"{SHOP}/order/ORDER-1?t=paid",
            "cancel_url": f"{SHOP}/order/ORDER-1?t=back",
            "expires_at": NOW + 2100,
            "locale": "en",
            "adaptive_pricing": {"enabled": False},
            "allow_promotion_codes": None,
            "allowed_payment_method_types": None,
            "phone_number_collection": {"enabled": False},
            "shipping_address_collection": {"allowed_countries": ["IE"]},
        }
        assert {name: session[name] for name in wanted} == wanted

    def test_lines_and_the_chosen_shipping_have_amounts_with_tax(
        self, payments: StripePayments, stripe: V1Services
    ) -> None:
        opened = payments.open_session(placed(), SETTINGS, LINKS)
        lines = stripe.checkout.sessions.line_items.list(opened.session).data
        [rate] = stripe.shipping_rates.list().data
        assert [(line.description, line.quantity, line.amount_total) for line in lines] == [
            ("Postcard", 2, 500), ("Print", 1, 2400),
        ]  # fmt: skip
        assert [line.price and line.price.tax_behavior for line in lines] == ["inclusive", "inclusive"]
        assert (
            rate.to_dict()
            | {
                "display_name": "Standard",
                "fixed_amount": {"amount": 450, "currency": "eur"},
                "tax_behavior": "inclusive",
                "delivery_estimate": None,
            }
            == rate.to_dict()
        )

    @pytest.mark.parametrize(
        ("arrives", "least", "most"),
        [
            (("2027-01-18", "2027-01-20"), 3, 5),
            (("2027-01-15", "2027-01-16"), 1, 1),
            (("2027-01-15", "2027-01-15"), 1, 1),
        ],
    )
    def test_the_promised_days_are_told_as_days_from_the_order(
        self, payments: StripePayments, stripe: V1Services, arrives: tuple[str, str], least: int, most: int
    ) -> None:
        payments.open_session(replace(placed(), arrives_from=arrives[0], arrives_to=arrives[1]), SETTINGS, LINKS)
        [rate] = stripe.shipping_rates.list().data
        assert rate.to_dict()["delivery_estimate"] == {
            "minimum": {"unit": "day", "value": least},
            "maximum": {"unit": "day", "value": most},
        }

    def test_the_payment_names_the_order_too(self, payments: StripePayments, stripe: V1Services, till: Till) -> None:
        opened = payments.open_session(placed(), SETTINGS, LINKS)
        till.pay(opened)
        intent = stripe.payment_intents.retrieve(payments.session(opened.session).payment)
        assert intent.metadata.to_dict() == {"shop": SHOP, "order_id": "ORDER-1", "digest": placed().digest}
        assert intent.description == "Order ORDER-1"

    def test_the_refund_names_shop_and_key(self, payments: StripePayments, stripe: V1Services, till: Till) -> None:
        made = payments.refund(paid(payments, till), 1000, "ORDER-1:refund:1").id
        metadata = stripe.refunds.retrieve(made).metadata
        assert metadata is not None
        assert metadata.to_dict() == {"shop": SHOP, "key": "ORDER-1:refund:1"}

    @pytest.mark.parametrize(
        ("language", "locale"),
        [("en", "en"), ("en-GB", "en-GB"), ("en-IE", "en"), ("de-AT", "de"), ("pt-BR", "pt-BR"), ("ga", "auto")],
    )
    def test_the_page_speaks_the_shops_language_as_far_as_stripe_does(
        self, payments: StripePayments, standin: Standin, language: str, locale: str
    ) -> None:
        payments.open_session(placed(), replace(SETTINGS, language=language), LINKS)
        assert standin.sessions()[0]["locale"] == locale

    def test_a_country_that_stripe_does_not_ship_to_is_refused(self, payments: StripePayments) -> None:
        with pytest.raises(PaymentRefused, match="InvalidRequestError"):
            payments.open_session(replace(placed(), country="SY"), SETTINGS, LINKS)

    def test_an_order_that_is_too_old_for_a_page_is_refused(self, payments: StripePayments) -> None:
        with pytest.raises(PaymentRefused, match="expires_at"):
            payments.open_session(placed(now=NOW - 600), SETTINGS, LINKS)

    def test_amounts_in_yen_have_no_decimals(self, payments: StripePayments, till: Till) -> None:
        opened = payments.open_session(replace(placed(), currency="JPY"), SETTINGS, LINKS)
        till.pay(opened)
        facts = payments.session(opened.session)
        assert (facts.amount, facts.currency) == (3350, "JPY")

    # Several shops in one account

    def test_sessions_of_another_shop_are_not_listed(self, payments: StripePayments, standin: Standin) -> None:
        other = StripePayments(KEY, shop="http://127.0.0.1:9000", api_base=standin.url)
        theirs = other.open_session(placed("THEIRS"), SETTINGS, LINKS)
        ours = payments.open_session(placed("OURS"), SETTINGS, LINKS)
        assert list(payments.sessions_since(NOW)) == [ours]
        assert list(other.sessions_since(NOW)) == [theirs]

    def test_sessions_that_no_shop_made_do_no_harm(self, payments: StripePayments, stripe: V1Services) -> None:
        made = stripe.checkout.sessions.create(
            {
                "mode": "payment",
                "success_url": SHOP,
                "line_items": [
                    {
                        "quantity": 1,
                        "price_data": {"currency": "eur", "unit_amount": 500, "product_data": {"name": "By hand"}},
                    }
                ],
            }
        )
        assert list(payments.sessions_since(NOW)) == []
        assert payments.session(made.id).order == ""

    # Faults

    @pytest.mark.slow
    def test_an_answer_that_was_lost_on_the_way_is_asked_for_again_with_the_same_key(
        self, payments: StripePayments, standin: Standin
    ) -> None:
        standin.fail_calls("close_after", times=1, match="POST /v1/checkout/sessions")
        facts = payments.open_session(placed(), SETTINGS, LINKS)
        assert [session["id"] for session in standin.sessions()] == [facts.session]

    @pytest.mark.slow
    def test_three_broken_connections_are_unavailable(self, payments: StripePayments, standin: Standin) -> None:
        standin.fail_calls("close_before", times=3)
        with pytest.raises(PaymentsUnavailable, match=r"^Stripe cannot be used at the moment: APIConnectionError\.$"):
            payments.session("cs_test_any")

    def test_too_many_requests_are_unavailable_at_once(self, payments: StripePayments, standin: Standin) -> None:
        standin.fail_calls("rate_limit", times=1)
        with pytest.raises(PaymentsUnavailable, match="RateLimitError"):
            payments.open_session(placed(), SETTINGS, LINKS)
        assert standin.sessions() == []

    @pytest.mark.slow
    def test_a_fault_of_stripes_own_is_unavailable(self, payments: StripePayments, standin: Standin) -> None:
        standin.fail_calls("error", times=3)
        with pytest.raises(PaymentsUnavailable, match="APIError"):
            payments.session("cs_test_any")

    def test_a_hanging_stripe_is_given_up_after_one_time_out(self, standin: Standin) -> None:
        hasty = StripePayments(KEY, shop=SHOP, api_base=standin.url, timeout=1.5)
        standin.fail_calls("hang", times=1, seconds=3)
        started = time.monotonic()
        with pytest.raises(PaymentsUnavailable):
            hasty.session("cs_test_any")
        assert 0.4 < time.monotonic() - started < 2

    @pytest.mark.slow
    def test_a_stripe_that_is_not_there_is_unavailable(self) -> None:
        with running_standin() as closed:
            gone = StripePayments(KEY, shop=SHOP, api_base=closed.url)
        with pytest.raises(PaymentsUnavailable):
            gone.session("cs_test_any")

    def test_a_wrong_key_is_refused_and_not_repeated_in_the_message(self, standin: Standin) -> None:
        stranger = StripePayments("sk_live_0123456789", shop=SHOP, api_base=standin.url)
        with pytest.raises(PaymentRefused, match="AuthenticationError") as refusal:
            stranger.open_session(placed(), SETTINGS, LINKS)
        assert "0123456789" not in str(refusal.value)
        assert refusal.value.__cause__ is None


def paid(payments: Payments, till: Till) -> str:
    """The payment of an order for 33.50 EUR."""
    opened = payments.open_session(placed(), SETTINGS, LINKS)
    till.pay(opened)
    return payments.session(opened.session).payment


def open_patiently(payments: Payments, settings: Settings = SETTINGS) -> SessionFacts:
    """A page for the order; Stripe may say that the same request is under way, and then it is asked again."""
    for _ in range(20):
        try:
            return payments.open_session(placed(), settings, LINKS)
        except PaymentsUnavailable:
            time.sleep(0.05)
    raise AssertionError("no payment page in 20 tries")


def refund_patiently(payments: Payments, payment: str) -> str:
    """A full refund, asked for until it is there."""
    for _ in range(20):
        try:
            return payments.refund(payment, 3350, "ORDER-1:refund:1").id
        except PaymentsUnavailable:
            time.sleep(0.05)
    raise AssertionError("no refund in 20 tries")
