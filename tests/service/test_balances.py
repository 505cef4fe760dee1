"""Gift cards and points from the cart to the payment page, to the mail, and back again."""

import pytest

from functions.service.acting import perform
from functions.service.balances import balance_of, balances
from functions.service.checkout import Terms
from functions.service.settlement import release, settle
from functions.shop.acts import GiveBack
from functions.shop.code import account_of, label
from functions.shop.coupon import CodeProblem
from functions.shop.discount import Claim
from functions.shop.email import customer_key
from functions.shop.errors import CheckoutRefused, InvalidCode
from functions.shop.ledger import Balance, Spending, spendings
from functions.shop.order import Order
from functions.shop.sentence import Sentence
from functions.shop.state import State
from tests.service.conftest import CODES, Till

BUYER = "sam.shopper@example.com"
GIFT = CODES.gift_card("GIFT-ORDER", 0)
POINTS = CODES.points(customer_key(BUYER))
PAID_WITH = "4242424242424242"


def paid(till: Till, order: Order) -> Order:
    """The order once its shopper has paid."""
    till.standin.pay(order.session, PAID_WITH)
    return settle(order.id, store=till.store, payments=till.payments, clock=till.clock, codes=CODES)


def given_back(till: Till, order: Order, amount: int, number: int) -> Order:
    """The order once its owner has given so much back."""
    act = GiveBack(amount, "Broken.", number)
    return perform(order.id, act, store=till.store, payments=till.payments, clock=till.clock, codes=CODES)


def gift_card(till: Till) -> Balance:
    """Somebody's gift card of 25.00 EUR, bought and paid."""
    paid(till, till.order("GIFT-ORDER", "VOUCHER"))
    return balance_of(GIFT, store=till.store, currency="EUR")


def spending(balance: Balance, total: int = 1450) -> tuple[Spending, ...]:
    """An order that spends as much as it can."""
    return spendings([balance], total, "EUR")


def left(till: Till) -> int | None:
    return till.store.balance(account_of(GIFT, "EUR"))


def test_a_gift_card_that_was_paid_is_worth_what_it_cost_and_its_code_is_mailed_once(till: Till) -> None:
    order = till.order("GIFT-ORDER", "VOUCHER", 2)
    assert left(till) is None
    first = paid(till, order)
    for _ in range(3):
        assert settle(order.id, store=till.store, payments=till.payments, clock=till.clock, codes=CODES) == first
    assert [till.store.balance(card.account) for card in first.cards] == [2500, 2500]
    assert len(till.store.entries(first.cards[0].account)) == 1
    assert [message.kind.value for message in first.messages] == ["confirmation", "gift_card"]


def test_a_gift_card_pays_part_of_an_order_and_stripe_is_asked_for_the_rest(till: Till) -> None:
    card = gift_card(till)
    spent = spendings([Balance(card.account, card.kind, 400, card.label)], 1450, "EUR")
    order = till.order(spent=spent)
    assert [session["amount_total"] for session in till.standin.sessions() if session["id"] == order.session] == [1050]
    assert left(till) == 2100
    after = paid(till, order)
    assert (after.state, after.held, left(till)) == (State.PAID, "", 2100)


def test_a_gift_card_lowers_shipping_when_it_is_worth_more_than_the_goods(till: Till) -> None:
    card = gift_card(till)
    spent = spendings([Balance(card.account, card.kind, 1400, card.label)], 1450, "EUR")
    order = till.order(spent=spent)
    assert (order.due, left(till)) == (50, 1100)
    assert paid(till, order).held == ""


def test_a_gift_card_that_pays_all_of_it_needs_no_payment(till: Till) -> None:
    order = till.order(spent=spending(gift_card(till)))
    till.standin.pay(order.session)
    after = settle(order.id, store=till.store, payments=till.payments, clock=till.clock, codes=CODES)
    assert (order.due, after.state, after.held, left(till)) == (0, State.PAID, "", 1050)


def test_an_order_that_is_given_up_gives_its_gift_card_back(till: Till) -> None:
    order = till.order(spent=spending(gift_card(till)))
    assert left(till) == 1050
    for _ in range(2):
        release(order.id, store=till.store, payments=till.payments, clock=till.clock, codes=CODES)
    assert (till.now().state, left(till)) == (State.EXPIRED, 2500)


def test_a_balance_that_was_spent_meanwhile_is_said_and_nothing_is_reserved(till: Till) -> None:
    spent = spending(gift_card(till), total=2500)
    till.order("FIRST", "VOUCHER", spent=spent)
    with pytest.raises(CheckoutRefused, match=f"The balance of {label(GIFT)} has just been spent elsewhere"):
        till.order(spent=spent)
    assert (till.store.order("ORDR-0001-AAAA"), till.stock(), left(till)) == (None, (1, 0), 0)


def test_a_coupon_that_was_used_up_meanwhile_is_said_and_a_second_click_gets_its_own_order(till: Till) -> None:
    terms = Terms(claims=(Claim("welcome", 1, None),))
    first = till.order("FIRST", "CARD", 4, terms)
    assert till.order("FIRST", "CARD", 4, terms).session == first.session
    with pytest.raises(CheckoutRefused, match="used for the last time"):
        till.order(terms=terms)
    assert till.stock() == (1, 0)


def test_points_are_earned_on_one_code_for_one_customer_and_go_back_with_the_money(till: Till) -> None:
    first = paid(till, till.order("FIRST", terms=Terms(points=50)))
    paid(till, till.order("SECOND", "CARD", 4, Terms(points=40)))
    assert balance_of(POINTS, store=till.store, currency="EUR").amount == 90
    for _ in range(2):
        after = given_back(till, first, 725, 0)
    assert [(each.amount, bool(each.stripe_id)) for each in after.refunds] == [(725, True)]
    assert balance_of(POINTS, store=till.store, currency="EUR").amount == 65


def test_a_refund_goes_back_to_the_card_and_the_gift_card_as_they_paid(till: Till) -> None:
    card = gift_card(till)
    spent = spendings([Balance(card.account, card.kind, 725, card.label)], 1450, "EUR")
    order = paid(till, till.order(spent=spent))
    for number, amount in enumerate((333, 1117)):
        order = given_back(till, order, amount, number)
    assert sum(each.amount for each in order.refunds) == 725
    assert left(till) == 2500


def test_a_code_that_holds_a_slip_is_unknown_or_used_up_is_told_apart(till: Till) -> None:
    stranger = CODES.gift_card("NOBODYS", 0)
    paid(till, till.order(terms=Terms()))
    card = gift_card(till)
    till.order("FIRST", "VOUCHER", spent=spending(card, total=2500))
    slip = GIFT[:-1] + ("2" if GIFT[-1] != "2" else "3")
    assert balances([slip, stranger, GIFT], store=till.store, currency="EUR") == (
        (),
        (
            CodeProblem(
                slip,
                Sentence("There is a slip in this code. Please compare it with your mail; it has no 0, 1, I, L or O."),
            ),
            CodeProblem(
                stranger,
                Sentence(
                    "There is no balance behind {label}. Please compare the code with your mail.", label=label(stranger)
                ),
            ),
            CodeProblem(GIFT, Sentence("{label} is used up. Please remove it.", label=label(GIFT))),
        ),
    )


def test_a_code_that_is_typed_twice_counts_once_and_a_fifth_one_waits(till: Till) -> None:
    bought = paid(till, till.order("CARDS", "VOUCHER", 5))
    codes = [CODES.gift_card("CARDS", number) for number in range(5)]
    found, problems = balances([codes[0], codes[0].lower(), *codes], store=till.store, currency="EUR")
    assert [balance.account for balance in found] == [card.account for card in bought.cards[:4]]
    assert [problem.message for problem in problems] == [
        f"An order takes 4 such codes at most. Please use {label(codes[4])} for your next one."
    ]
    with pytest.raises(InvalidCode):
        balance_of(codes[0], store=till.store, currency="USD")
