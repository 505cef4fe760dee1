"""The order: what each fact from Stripe does to it in each state, and what none may do (R1 to R4, R11, R12, R16)."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.shop.area import Area
from functions.shop.catalogue import Part, Variant
from functions.shop.decision import Decision, StockChange, held
from functions.shop.errors import IllegalTransition
from functions.shop.facts import RefundFacts, SessionFacts
from functions.shop.message import Kind, Message
from functions.shop.order import Order
from functions.shop.payment import Payment, Refund
from functions.shop.placing import place
from functions.shop.refunds import intended_refunds, refunded
from functions.shop.settings import Address
from functions.shop.settling import decide, expire_unsold, waiting
from functions.shop.state import OPEN, PAID_LIKE, TRANSITIONS, State
from functions.shop.tax import TaxLine
from tests.shop.sample import ADA, NOW, cart, facts, placed, quote
from tests.small_shop import VARIANTS

LATER = NOW + 600
RESERVED = (StockChange("CARD", 0, 2), StockChange("PRINT-A4", 0, 1))
RELEASED = (StockChange("CARD", 0, -2), StockChange("PRINT-A4", 0, -1))
SOLD = (StockChange("CARD", -2, -2), StockChange("PRINT-A4", -1, -1))
SOLD_LATE = (StockChange("CARD", -2, 0), StockChange("PRINT-A4", -1, 0))
FIRST = Payment("pi_1", "cs_1", 3350, "EUR", NOW)
PAGE = "https://pay.example/1"

NEWS = {
    "open": facts(status="open", payment_status="unpaid", url=PAGE, payment="", email="", address=None),
    "promised": facts(payment_status="unpaid"),
    "paid": facts(),
    "failed": facts(payment_status="unpaid", failed=True),
    "expired": facts(status="expired", payment_status="unpaid", payment="", email="", address=None),
    "paid again": facts(session="cs_2", payment="pi_2"),
    "other expired": facts(session="cs_2", status="expired", payment_status="unpaid", payment=""),
    "stranger paid": facts("ORDER-9", session="cs_9", payment="pi_9"),
}


def order_in(state: State) -> Order:
    """The order of 33.50 EUR in a state, with session cs_1; paid if the state is one of those."""
    known = replace(placed(), state=state, session="cs_1", pay_url=PAGE)
    if state not in PAID_LIKE:
        return known
    mails = (Message(Kind.CONFIRMATION, "ada@example.org", NOW, sent_at=NOW),)
    return replace(known, paid_at=NOW, email="ada@example.org", address=ADA, payments=(FIRST,), messages=mails)


# Placing


def test_a_new_order_is_pending_with_its_stock_reserved_for_35_minutes() -> None:
    priced = quote(cart(CARD=2, PRINT_A4=1))
    decision = place("ORDER-1", priced, "release-1", NOW)
    assert decision.stock == RESERVED
    assert priced.shipping
    sent_by = replace(priced.shipping, least=450)
    assert decision.order == Order(
        id="ORDER-1", state=State.PENDING, version=1, release="release-1", digest=priced.digest, created_at=NOW,
        expires_at=NOW + 2100, currency="EUR", country="IE", lines=priced.lines, subtotal=2900,
        shipping=sent_by, tax=626, total=3350, taxes=(TaxLine("VAT", 2300, 2724, 626),), reach=(Area("IE"),),
    )  # fmt: skip
    assert (decision.order.open, decision.order.paid_like, decision.order.count) == (True, False, 3)
    assert decision.order.cart == cart(CARD=2, PRINT_A4=1)


def test_what_is_made_to_order_moves_no_stock() -> None:
    decision = place("ORDER-1", quote(cart(TO_ORDER=1, CARD=1)), "release-1", NOW)
    assert decision.stock == (StockChange("CARD", 0, 1),)
    paid = decide(decision.order, facts(amount=10600), LATER)
    assert paid.stock == (StockChange("CARD", -1, -1),)


SET = Variant("SET", "set", "Set", 3000, "/products/set/", parts=(Part("CARD", 4), Part("PRINT-A4", 1)))
PATIENT = Variant("PATIENT", "patient", "Patient", 1000, "/products/patient/", backorder="2–3 weeks")


def test_a_bundle_moves_the_stock_of_its_parts_and_none_of_its_own_all_lines_together() -> None:
    bought = quote(cart(SET=2, CARD=3), variants=(*VARIANTS, SET))
    decision = place("ORDER-1", bought, "release-1", NOW)
    assert decision.stock == (StockChange("CARD", 0, 11), StockChange("PRINT-A4", 0, 2))
    assert decide(decision.order, facts(amount=6750), LATER).stock == (
        StockChange("CARD", -11, -11), StockChange("PRINT-A4", -2, -2),
    )  # fmt: skip
    assert expire_unsold(decision.order, LATER).stock == (StockChange("CARD", 0, -11), StockChange("PRINT-A4", 0, -2))


def test_a_back_ordered_line_moves_no_stock_at_any_time() -> None:
    bought = quote(cart(PATIENT=2, CARD=1), variants=(*VARIANTS, PATIENT), available={"PATIENT": 1, "CARD": 1})
    decision = place("ORDER-1", bought, "release-1", NOW)
    assert decision.stock == (StockChange("CARD", 0, 1),)
    assert decide(decision.order, facts(amount=2700), LATER).stock == (StockChange("CARD", -1, -1),)
    assert expire_unsold(decision.order, LATER).stock == (StockChange("CARD", 0, -1),)


def test_an_order_whose_goods_were_sold_meanwhile_waits_for_them_where_it_can() -> None:
    bought = quote(cart(PATIENT=2, CARD=1), variants=(*VARIANTS, PATIENT))
    order = place("ORDER-1", bought, "release-1", NOW).order
    assert held(order) == {"PATIENT": 2, "CARD": 1}
    assert held(waiting(order, "PATIENT")) == {"CARD": 1}
    assert waiting(order, "CARD") == order
    assert (order.late, waiting(order, "PATIENT").late) == (False, True)


# Every fact in every state: which state follows, and which stock moves

PENDING = {
    "open": (State.PENDING, ()),
    "promised": (State.AWAITING_PAYMENT, ()),
    "paid": (State.PAID, SOLD),
    "failed": (State.EXPIRED, RELEASED),
    "expired": (State.EXPIRED, RELEASED),
    "paid again": (State.PAID, SOLD),
    "other expired": (State.PENDING, ()),
    "stranger paid": (State.PENDING, ()),
}
AWAITING = PENDING | {
    "open": (State.AWAITING_PAYMENT, ()),
    "other expired": (State.AWAITING_PAYMENT, ()),
    "stranger paid": (State.AWAITING_PAYMENT, ()),
}
EXPIRED = {
    "open": (State.EXPIRED, ()),
    "promised": (State.EXPIRED, ()),
    "paid": (State.PAID, SOLD_LATE),
    "failed": (State.EXPIRED, ()),
    "expired": (State.EXPIRED, ()),
    "paid again": (State.PAID, SOLD_LATE),
    "other expired": (State.EXPIRED, ()),
    "stranger paid": (State.EXPIRED, ()),
}
TABLE = {State.PENDING: PENDING, State.AWAITING_PAYMENT: AWAITING, State.EXPIRED: EXPIRED} | {
    state: dict.fromkeys(NEWS, (state, ())) for state in PAID_LIKE
}


@pytest.mark.parametrize("news", NEWS)
@pytest.mark.parametrize("state", State)
def test_each_fact_in_each_state_leads_where_the_table_says(state: State, news: str) -> None:
    decision = decide(order_in(state), NEWS[news], LATER)
    assert (decision.order.state, decision.stock) == TABLE[state][news]


@pytest.mark.parametrize("news", NEWS)
@pytest.mark.parametrize("state", State)
def test_the_same_fact_again_changes_nothing(state: State, news: str) -> None:
    once = decide(order_in(state), NEWS[news], LATER).order
    assert decide(once, NEWS[news], LATER + 60) == Decision(once)


@pytest.mark.parametrize("restock", [True, False])
@pytest.mark.parametrize("news", sorted(set(NEWS) - {"paid", "paid again"}))
@pytest.mark.parametrize("state", State)
def test_whether_there_is_stock_left_matters_to_late_money_only(state: State, news: str, restock: bool) -> None:
    assert decide(order_in(state), NEWS[news], LATER, restock=restock) == decide(order_in(state), NEWS[news], LATER)


@pytest.mark.parametrize("news", ["open", "promised", "paid", "failed", "expired", "other expired", "stranger paid"])
@pytest.mark.parametrize("state", sorted(PAID_LIKE))
def test_a_paid_order_learns_nothing_new_from_its_own_session(state: State, news: str) -> None:
    assert decide(order_in(state), NEWS[news], LATER) == Decision(order_in(state))


def test_money_for_another_order_is_never_taken_for_this_one() -> None:
    for state in State:
        assert decide(order_in(state), NEWS["stranger paid"], LATER) == Decision(order_in(state))


# Getting to know the session


def test_an_order_takes_over_its_payment_page() -> None:
    known = decide(placed(), NEWS["open"], LATER).order
    assert known == replace(placed(), session="cs_1", pay_url=PAGE)


def test_the_page_of_another_session_is_not_taken_for_its_own() -> None:
    other = facts(session="cs_2", status="open", payment_status="unpaid", url="https://pay.example/2", email="")
    order = replace(placed(), session="cs_1")
    assert decide(order, other, LATER).order.pay_url == ""


def test_a_session_that_expired_before_the_order_knew_of_it_ends_the_order() -> None:
    decision = decide(placed(), NEWS["expired"], LATER)
    assert decision == Decision(replace(placed(), state=State.EXPIRED, session="cs_1"), RELEASED)


def test_a_payment_that_failed_before_the_order_knew_of_its_session_ends_the_order() -> None:
    decision = decide(placed(), NEWS["failed"], LATER)
    assert (decision.order.state, decision.order.session, decision.stock) == (State.EXPIRED, "cs_1", RELEASED)


# Paying


def test_a_paid_order_says_who_paid_when_and_where_it_goes_and_owes_a_confirmation() -> None:
    paid = decide(order_in(State.PENDING), NEWS["paid"], LATER).order
    assert paid == replace(
        order_in(State.PENDING), state=State.PAID, paid_at=LATER, email="ada@example.org", address=ADA,
        payments=(Payment("pi_1", "cs_1", 3350, "EUR", LATER),),
        messages=(Message(Kind.CONFIRMATION, "ada@example.org", LATER),),
    )  # fmt: skip


def test_the_goods_go_where_the_payer_said_last() -> None:
    first = facts(status="open", payment_status="unpaid", email="old@example.org", address=Address("Old", country="IE"))
    order = decide(placed(), first, NOW).order
    paid = decide(order, NEWS["paid"], LATER).order
    assert (paid.email, paid.address) == ("ada@example.org", ADA)
    assert paid.messages == (Message(Kind.CONFIRMATION, "ada@example.org", LATER),)


def test_a_promised_payment_that_comes_makes_a_paid_order() -> None:
    promised = decide(order_in(State.PENDING), NEWS["promised"], NOW)
    assert (promised.order.state, promised.stock) == (State.AWAITING_PAYMENT, ())
    assert promised.order.messages == (Message(Kind.AWAITING_PAYMENT, "ada@example.org", NOW),)
    paid = decide(promised.order, NEWS["paid"], LATER)
    assert (paid.order.state, paid.order.paid_at, paid.stock) == (State.PAID, LATER, SOLD)


def test_a_free_order_is_paid_without_a_payment_intent_and_never_refunded() -> None:
    order = replace(place("ORDER-1", quote(cart(FREE=1), country="GB"), "release-1", NOW).order, session="cs_1")
    home = replace(ADA, country="GB")
    free = facts(payment_status="no_payment_required", amount=0, payment="", address=home)
    paid = decide(order, free, LATER)
    assert paid.stock == (StockChange("FREE", -1, -1),)
    assert (paid.order.state, paid.order.held) == (State.PAID, "")
    assert paid.order.payments == (Payment("cs_1", "cs_1", 0, "EUR", LATER),)
    again = replace(free, session="cs_2")
    assert decide(paid.order, again, LATER).order.refunds == ()
    too_late = decide(replace(order, state=State.EXPIRED), free, LATER, restock=False).order
    assert (too_late.state, too_late.refunds) == (State.UNFULFILLABLE, ())


@pytest.mark.parametrize(("on_top", "total"), [(771, 4121), (0, 3350)])
def test_tax_that_stripe_worked_out_is_in_the_order_once_it_is_paid(on_top: int, total: int) -> None:
    found = replace(facts(amount=total), tax=771, tax_on_top=on_top)
    order = decide(placed(), found, NOW + 60).order
    assert (order.state, order.tax, order.total, order.held) == (State.PAID, 771, total, "")


def test_tax_of_stripes_that_does_not_make_up_the_difference_holds_the_order() -> None:
    order = decide(placed(), replace(facts(amount=4200), tax=771, tax_on_top=771), NOW + 60).order
    assert order.held == "Stripe charged 4200 EUR (in minor units) instead of 4121 EUR."


@pytest.mark.parametrize(
    ("amount", "currency", "reason"),
    [
        (3349, "EUR", "Stripe charged 3349 EUR (in minor units) instead of 3350 EUR."),
        (3351, "EUR", "Stripe charged 3351 EUR (in minor units) instead of 3350 EUR."),
        (3350, "USD", "Stripe charged 3350 USD (in minor units) instead of 3350 EUR."),
        (0, "EUR", "Stripe charged 0 EUR (in minor units) instead of 3350 EUR."),
    ],
)
@pytest.mark.parametrize("state", [State.PENDING, State.AWAITING_PAYMENT, State.EXPIRED])
def test_another_amount_than_ordered_holds_the_order_and_tells_the_owner(
    state: State, amount: int, currency: str, reason: str
) -> None:
    paid = decide(order_in(state), facts(amount=amount, currency=currency), LATER).order
    assert (paid.state, paid.held) == (State.PAID, reason)
    assert paid.messages == (
        Message(Kind.CONFIRMATION, "ada@example.org", LATER), Message(Kind.HELD, "", LATER),
    )  # fmt: skip


# Money that comes twice or too late


@pytest.mark.parametrize("state", sorted(PAID_LIKE))
def test_a_second_payment_is_given_back_in_full_and_nothing_else_changes(state: State) -> None:
    order = order_in(state)
    stranger = replace(NEWS["paid again"], email="eve@example.org", address=Address("Eve", country="IE"), amount=9999)
    decision = decide(order, stranger, LATER)
    assert decision == Decision(
        replace(
            order,
            payments=(FIRST, Payment("pi_2", "cs_2", 9999, "EUR", LATER)),
            refunds=(Refund("ORDER-1:refund:pi_2", "pi_2", 9999, "The order had been paid before.", LATER),),
        )
    )


def test_late_money_takes_the_stock_that_is_left() -> None:
    decision = decide(order_in(State.EXPIRED), NEWS["paid"], LATER)
    assert (decision.order.state, decision.order.refunds, decision.stock) == (State.PAID, (), SOLD_LATE)
    assert decision.order.messages == (Message(Kind.CONFIRMATION, "ada@example.org", LATER),)


def test_late_money_for_goods_that_are_gone_is_given_back_with_an_apology() -> None:
    reason = "The payment came after the order had expired and what it kept was gone."
    decision = decide(order_in(State.EXPIRED), NEWS["paid"], LATER, restock=False)
    assert decision == Decision(
        replace(
            order_in(State.EXPIRED),
            state=State.UNFULFILLABLE,
            email="ada@example.org",
            address=ADA,
            payments=(Payment("pi_1", "cs_1", 3350, "EUR", LATER),),
            refunds=(Refund("ORDER-1:refund:pi_1", "pi_1", 3350, reason, LATER, told=True),),
            messages=(Message(Kind.APOLOGY, "ada@example.org", LATER),),
        )
    )


def test_late_money_of_the_wrong_amount_is_given_back_as_it_came() -> None:
    order = decide(order_in(State.EXPIRED), facts(amount=3000), LATER, restock=False).order
    assert [refund.amount for refund in order.refunds] == [3000]


# Our own commands


def test_an_order_that_stripe_never_heard_of_can_end() -> None:
    assert expire_unsold(placed(), LATER) == Decision(replace(placed(), state=State.EXPIRED), RELEASED)


def test_an_order_with_a_session_does_not_end_without_asking_stripe() -> None:
    with pytest.raises(
        IllegalTransition, match=r"^Order ORDER-1 has a payment session; ask Stripe before ending it\.$"
    ):
        expire_unsold(order_in(State.PENDING), LATER)


@pytest.mark.parametrize("state", sorted(set(State) - {State.PENDING}))
def test_only_a_pending_order_can_end_unpaid(state: State) -> None:
    with pytest.raises(IllegalTransition, match=f"^Order ORDER-1 is {state}; only a pending order can end unpaid"):
        expire_unsold(replace(order_in(state), session=""), LATER)


def test_a_refund_is_intended_until_stripe_has_made_it() -> None:
    twice = decide(order_in(State.PAID), NEWS["paid again"], LATER).order
    [intended] = intended_refunds(twice)
    made = RefundFacts("re_1", "pi_2", 3350, "succeeded", intended.key, LATER)
    done = refunded(twice, intended.key, made, LATER)
    assert intended_refunds(done) == ()
    assert [refund.stripe_id for refund in done.refunds] == ["re_1"]
    assert refunded(twice, "another key", made, LATER) == twice


# The table of transitions


def test_every_state_is_open_or_paid_like_or_expired() -> None:
    assert OPEN | PAID_LIKE | {State.EXPIRED} == set(State)
    assert not OPEN & PAID_LIKE
    assert set(TRANSITIONS) == set(State)


@pytest.mark.parametrize(
    ("state", "following"),
    [
        ("pending", {"awaiting_payment", "paid", "expired"}),
        ("awaiting_payment", {"paid", "expired"}),
        ("paid", {"partially_shipped", "shipped", "cancelled"}),
        ("partially_shipped", {"shipped"}),
        ("shipped", {"delivered"}),
        ("delivered", set()),
        ("expired", {"paid", "unfulfillable"}),
        ("cancelled", set()),
        ("unfulfillable", set()),
    ],
)
def test_the_life_of_an_order_is_the_one_in_the_rules(state: str, following: set[str]) -> None:
    assert {each.value for each in TRANSITIONS[State(state)]} == following


# Any facts in any order


class Shelf:
    """A store of one order and its stock, as settlement writes them, with every rule checked at each step."""

    def __init__(self, *, spare: int) -> None:
        decision = place("ORDER-1", quote(cart(CARD=2, PRINT_A4=1)), "release-1", NOW)
        self.order = decision.order
        self.on_hand = {"CARD": 2 + spare, "PRINT-A4": 1 + spare}
        self.reserved = {"CARD": 0, "PRINT-A4": 0}
        self.start = dict(self.on_hand)
        assert self.move(decision.stock)

    def hear(self, news: SessionFacts) -> None:
        """Settle a fact, as functions/service/settlement.py does."""
        before, decision = self.order, decide(self.order, news, LATER)
        if not self.move(decision.stock):
            decision = decide(self.order, news, LATER, restock=False)
            assert self.move(decision.stock)
        self.order = decision.order
        assert self.order.state is before.state or self.order.state in TRANSITIONS[before.state]

    def somebody_else_buys(self) -> None:
        """Everything that is free goes to others."""
        for sku in self.on_hand:
            free = self.on_hand[sku] - self.reserved[sku]
            self.on_hand[sku] -= free
            self.start[sku] -= free

    def move(self, stock: Iterable[StockChange]) -> bool:
        """Take stock changes over, all or nothing (R9)."""
        on_hand, reserved = dict(self.on_hand), dict(self.reserved)
        for change in stock:
            on_hand[change.sku] += change.on_hand
            reserved[change.sku] += change.reserved
        if any(not 0 <= reserved[sku] <= on_hand[sku] for sku in on_hand):
            return False
        self.on_hand, self.reserved = on_hand, reserved
        return True

    def check(self) -> None:
        """What always holds: stock follows the state, and money that is kept is what one order costs."""
        sold = self.order.paid_like and self.order.state is not State.UNFULFILLABLE
        kept = {"CARD": 2, "PRINT-A4": 1}
        for sku, pieces in kept.items():
            assert self.reserved[sku] == (pieces if self.order.open else 0)
            assert self.on_hand[sku] == self.start[sku] - (pieces if sold else 0)
        sessions = [payment.session for payment in self.order.payments]
        assert len(sessions) == len(set(sessions))
        assert self.order.paid_like == bool(sessions)
        refunds = {refund.payment: refund.amount for refund in self.order.refunds}
        assert len(refunds) == len(self.order.refunds)
        owed = self.order.payments[1:] if sold else self.order.payments
        assert refunds == {payment.id: payment.amount for payment in owed if payment.amount}
        kinds = [message.kind for message in self.order.messages]
        assert len(kinds) == len(set(kinds))
        assert kinds.count(Kind.CONFIRMATION) == int(sold)


SESSIONS = st.sampled_from([("cs_1", "pi_1"), ("cs_2", "pi_2"), ("cs_3", "pi_3")])
FACTS = st.builds(
    lambda session, status, payment_status, failed, amount, order_id: facts(
        order_id, session=session[0], payment=session[1], status=status, payment_status=payment_status,
        failed=failed, amount=amount,
    ),
    SESSIONS,
    st.sampled_from(["open", "complete", "expired"]),
    st.sampled_from(["paid", "unpaid", "no_payment_required"]),
    st.booleans(),
    st.sampled_from([3350, 3350, 0, 1]),
    st.sampled_from(["ORDER-1", "ORDER-1", "ORDER-1", "ORDER-2"]),
)  # fmt: skip


@given(st.lists(FACTS | st.just("sold to others"), max_size=12), st.integers(0, 3))
def test_whatever_stripe_says_in_whatever_order_no_rule_breaks(story: list[SessionFacts | str], spare: int) -> None:
    shelf = Shelf(spare=spare)
    for event in story:
        if isinstance(event, str):
            shelf.somebody_else_buys()
        else:
            shelf.hear(event)
        shelf.check()


@pytest.mark.parametrize(
    ("told", "end"),
    [
        (("open", "promised", "paid", "paid"), State.PAID),
        (("open", "promised", "failed", "promised"), State.EXPIRED),
        (("open", "open", "expired", "expired"), State.EXPIRED),
        (("open", "paid", "stranger paid", "stranger paid"), State.PAID),
    ],
)
def test_late_doubled_and_reordered_news_of_one_session_come_to_the_same_end(told: tuple[str, ...], end: State) -> None:
    shelves = [Shelf(spare=0) for _ in permutations(told)]
    for shelf, story in zip(shelves, permutations(told), strict=True):
        for news in story:
            shelf.hear(NEWS[news])
        shelf.check()
    assert {(shelf.order.state, shelf.order.session) for shelf in shelves} == {(end, "cs_1")}


def test_an_address_where_delivery_was_not_priced_for_holds_the_order() -> None:
    abroad = replace(ADA, country="GB")
    paid = decide(placed(), facts(address=abroad), LATER).order
    assert paid.held.startswith("The address lies outside of where its delivery was priced for.")
    assert [(message.kind, message.to) for message in paid.messages] == [
        (Kind.CONFIRMATION, paid.email),
        (Kind.HELD, ""),
    ]
