"""Nothing leaves once its customer has withdrawn, and what never left goes back on sale once (R10, R17)."""

from dataclasses import replace

import pytest

from functions.shop.acts import Act, Actor, Cancel, Deliver, LetGo, Pack, ReceiveReturn, Ship
from functions.shop.code import account_of, label
from functions.shop.decision import StockChange, gone
from functions.shop.errors import IllegalTransition
from functions.shop.ledger import Card
from functions.shop.listing import List, listings
from functions.shop.message import Kind, Message
from functions.shop.order import Order
from functions.shop.progress import Stage, Step, steps
from functions.shop.returns import Outcome
from functions.shop.shipment import Pieces, to_ship
from functions.shop.state import State
from functions.shop.status import FulfilmentStatus, fulfilment_status
from tests.shop.balanced import CODES
from tests.shop.living import LATER, POSTCARDS, PRINT, decided, done, paid
from tests.shop.withdrawn import STATEMENT, withdrawn

HELD = "Its customer has withdrawn, so what has not left is not sent."
BACK = ReceiveReturn("W1", 2900)


def partly_sent(*before: Act) -> Order:
    """The postcards have left, and the customer withdraws from all."""
    return done(paid(), Ship("DHL", "1", (Pieces(POSTCARDS, 2),)), *before, STATEMENT)


@pytest.mark.parametrize("outcome", [Outcome.UNSENT, Outcome.PARTLY_SENT])
@pytest.mark.parametrize("act", [Pack(), Ship("DHL", "2")])
def test_what_has_not_left_is_held_when_its_customer_withdraws(outcome: Outcome, act: Act) -> None:
    order = withdrawn(outcome)
    assert order.held == HELD
    with pytest.raises(IllegalTransition, match=rf"^Order ORDER-1 is held and cannot be \w+: {HELD}$"):
        done(order, act)
    assert {List.TO_SHIP, List.HELD} & {one.list for one in listings(order)} == {List.HELD}


@pytest.mark.parametrize("outcome", [Outcome.CANCELLED, Outcome.SENT, Outcome.COMING, Outcome.NOTHING])
def test_an_order_of_which_nothing_is_here_is_not_held(outcome: Outcome) -> None:
    assert withdrawn(outcome).held == ""


def test_a_held_order_has_no_rest_that_is_still_to_come() -> None:
    parcel = partly_sent().shipments[0]
    assert steps(partly_sent())[3:] == (Step(Stage.SHIPPED, LATER, parcel, here=True), Step(Stage.DELIVERED))


def test_what_never_left_is_on_sale_once_the_rest_is_back_and_can_never_leave() -> None:
    there = decided(partly_sent(), BACK)
    assert there.stock == (StockChange("CARD", 2, 0), StockChange("PRINT-A4", 1, 0))
    order = there.order
    assert (order.state, order.held, to_ship(order)) == (State.SHIPPED, "", ())
    assert order.returns[0].unsent == (Pieces(PRINT, 1),)
    assert (fulfilment_status(order), sum(gone(order).values())) == (FulfilmentStatus.SHIPPED, 0)
    assert List.TO_SHIP not in {one.list for one in listings(order)}
    with pytest.raises(IllegalTransition, match=r"^Order ORDER-1 is shipped; only a paid order can be shipped\.$"):
        done(order, Ship("DHL", "2"))


def test_an_order_all_of_whose_parcels_had_arrived_is_delivered_then() -> None:
    assert done(partly_sent(Deliver()), BACK).state is State.DELIVERED


def test_what_never_left_is_on_sale_also_when_the_rest_is_broken() -> None:
    there = decided(partly_sent(), replace(BACK, restock=False))
    assert there.stock == (StockChange("PRINT-A4", 1, 0),)
    assert dict(gone(there.order)) == {"CARD": 2, "PRINT-A4": 0}


def test_a_back_ordered_piece_that_never_left_took_nothing_from_the_stock() -> None:
    order = partly_sent()
    late = replace(order, lines=(order.lines[POSTCARDS], replace(order.lines[PRINT], backordered=True)))
    assert decided(late, BACK).stock == (StockChange("CARD", 2, 0),)


def test_what_the_owner_lets_go_leaves_and_comes_back_like_the_rest() -> None:
    """It was on its way, and the shop did not know."""
    order = done(partly_sent(), LetGo(), Ship("DHL", "2"))
    assert order.state is State.SHIPPED
    there = decided(order, BACK)
    assert there.stock == (StockChange("CARD", 2, 0), StockChange("PRINT-A4", 1, 0))
    assert there.order.returns[0].unsent == ()


def test_a_return_of_what_was_sent_says_nothing_of_the_rest() -> None:
    """Only who withdraws gives up what has not left."""
    order = replace(partly_sent(), withdrawals=())
    assert to_ship(done(order, BACK)) == (Pieces(PRINT, 1),)


def test_nothing_comes_back_of_an_order_of_which_nothing_has_left() -> None:
    """What was paid for delivery goes back as well when it is cancelled, and the stock goes back once."""
    order = withdrawn(Outcome.UNSENT)
    with pytest.raises(IllegalTransition) as caught:
        done(order, BACK)
    assert str(caught.value) == (
        "Nothing of order ORDER-1 has left, so nothing can come back. If that is so, cancel it: pouch cancel ORDER-1. "
        "If it has left, say so before: pouch let-go ORDER-1, then pouch ship ORDER-1."
    )
    cancelled = decided(order, Cancel(Actor.OWNER))
    assert cancelled.stock == (StockChange("CARD", 2, 0), StockChange("PRINT-A4", 1, 0))
    assert [refund.amount for refund in cancelled.order.refunds] == [3350]


def test_of_an_order_that_cannot_be_cancelled_the_pieces_are_given_up_and_not_given_back_twice() -> None:
    """A gift card that it bought was used when its customer withdrew; later what was spent came back to the card."""
    code = CODES.gift_card("ORDER-1", 0)
    card = Card(account_of(code, "EUR"), 100, label(code))
    bought = replace(paid(), cards=(card,))
    bought = replace(bought, messages=(*bought.messages, Message(Kind.GIFT_CARD, "ada@example.org", LATER)))
    spent, whole = {card.account: 40}, {card.account: 100}
    order = done(bought, Pack(), STATEMENT, BACK, balances=spent)
    assert (order.state, to_ship(order), order.held) == (State.PAID, (), "")
    assert fulfilment_status(order) is FulfilmentStatus.NOTHING_TO_SHIP
    assert decided(order, Cancel(Actor.OWNER), balances=whole).stock == ()
