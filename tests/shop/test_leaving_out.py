"""Pieces that are left out never leave, are on sale again once, and the order ends without them (R10, R17)."""

from dataclasses import replace

import pytest

from functions.shop.acts import Act, Actor, Cancel, Deliver, GiveBack, Ship, Withdraw
from functions.shop.decision import Decision, StockChange, gone
from functions.shop.errors import IllegalTransition
from functions.shop.lateness import Due, due
from functions.shop.listing import List, listings
from functions.shop.order import Order
from functions.shop.portion import Portion
from functions.shop.progress import Stage, steps
from functions.shop.record import from_json, to_json
from functions.shop.retention import finished_since
from functions.shop.returns import Outcome, ReturnState
from functions.shop.shipment import Pieces, to_ship
from functions.shop.state import State
from functions.shop.status import FulfilmentStatus, fulfilment_status
from tests.shop.living import LATER, POSTCARDS, PRINT, decided, done, mails, paid
from tests.shop.withdrawn import STATEMENT, withdrawn

CARDS = Ship("DHL", "1", (Pieces(POSTCARDS, 2),))
NO_PRINT = GiveBack(2400, "The last one broke.", 0, Portion((0, 1), unsent=(0, 1)))


def test_an_order_whose_other_pieces_have_left_is_shipped_without_what_is_left_out() -> None:
    begun = replace(done(paid(), CARDS), dispatch_by="2027-01-18")
    assert due(begun, "2027-02-01") is Due.LATE_TO_LEAVE
    left_out = decided(begun, NO_PRINT)
    assert left_out.stock == (StockChange("PRINT-A4", 1, 0),)
    order = left_out.order
    assert (order.state, to_ship(order), mails(order)[-1]) == (State.SHIPPED, (), "shipped:1")
    assert [(refund.amount, refund.reason) for refund in order.refunds] == [(2400, "The last one broke.")]
    assert (fulfilment_status(order), due(order, "2027-02-01")) == (FulfilmentStatus.SHIPPED, None)
    assert List.TO_SHIP not in {one.list for one in listings(order)}
    assert [step.stage for step in steps(order)][3:] == [Stage.SHIPPED, Stage.DELIVERED]
    assert (finished_since(order), dict(gone(order))) == (LATER, {"CARD": 2, "PRINT-A4": 0})


def test_an_order_whose_other_pieces_have_arrived_is_delivered() -> None:
    assert done(paid(), CARDS, Deliver(), NO_PRINT).state is State.DELIVERED


def test_what_is_left_out_before_anything_has_left_leaves_the_rest_to_ship() -> None:
    order = done(paid(), NO_PRINT)
    assert (order.state, to_ship(order)) == (State.PAID, (Pieces(POSTCARDS, 2),))
    assert done(order, Ship("DHL", "1")).state is State.SHIPPED
    with pytest.raises(IllegalTransition, match=r"^Order ORDER-1 has 0 of .* left to ship, not 1\.$"):
        done(order, Ship("DHL", "1", (Pieces(PRINT, 1),)))


def test_the_same_act_twice_leaves_out_once() -> None:
    order = done(paid(), NO_PRINT)
    assert decided(order, NO_PRINT) == Decision(order)


def test_what_was_paid_back_before_is_left_out_without_money_once() -> None:
    paid_back = done(paid(), CARDS, GiveBack(2400, "Broken.", 0, Portion((0, 1))))
    assert paid_back.state is State.PARTIALLY_SHIPPED
    act = GiveBack(0, "Broken.", 1, Portion((0, 0), unsent=(0, 1)))
    left_out = decided(paid_back, act)
    assert (left_out.order.state, left_out.stock) == (State.SHIPPED, (StockChange("PRINT-A4", 1, 0),))
    assert left_out.order.refunds == paid_back.refunds
    assert decided(left_out.order, act) == Decision(left_out.order)


def test_a_back_ordered_piece_took_nothing_from_the_stock_and_brings_nothing_back() -> None:
    cards, late = paid().lines[POSTCARDS], replace(paid().lines[PRINT], backordered=True)
    assert decided(replace(paid(), lines=(cards, late)), NO_PRINT).stock == ()


def test_cancelling_the_rest_gives_back_the_rest_of_the_money_and_of_the_stock() -> None:
    cancelled = decided(done(paid(), NO_PRINT), Cancel(Actor.OWNER))
    assert cancelled.stock == (StockChange("CARD", 2, 0),)
    assert [refund.amount for refund in cancelled.order.refunds] == [2400, 950]
    assert dict(gone(cancelled.order)) == {}


@pytest.mark.parametrize(
    ("order", "act", "said"),
    [
        (done(paid(), Ship("DHL", "1")), NO_PRINT, "Not so many pieces of order ORDER-1 are still to be sent."),
        (paid(), replace(NO_PRINT, portion=Portion((0, 2), unsent=(0, 2))), "Not so many pieces of order ORDER-1"),
        (
            paid(),
            replace(NO_PRINT, portion=Portion((2, 1), unsent=(2, 1))),
            "Nothing of order ORDER-1 would be left to send. Cancel it, and all of its money goes back: pouch cancel",
        ),
        (withdrawn(Outcome.PARTLY_SENT), NO_PRINT, "The customer of order ORDER-1 has withdrawn from it, so what has"),
    ],
)
def test_what_cannot_be_left_out_is_refused(order: Order, act: Act, said: str) -> None:
    """What has left, more than there is, all of an order, and what its customer has withdrawn from."""
    with pytest.raises(IllegalTransition, match=f"^{said}"):
        done(order, act)


def test_all_that_is_sent_by_post_can_be_left_out_of_an_order_with_files() -> None:
    cards, file = paid().lines[POSTCARDS], replace(paid().lines[PRINT], digital=True)
    order = done(replace(paid(), lines=(cards, file)), GiveBack(500, "Sold out.", 0, Portion((2, 0), unsent=(2, 0))))
    assert (order.state, to_ship(order)) == (State.PAID, ())
    assert fulfilment_status(order) is FulfilmentStatus.NOTHING_TO_SHIP
    assert [step.stage for step in steps(order)] == [Stage.ORDERED, Stage.PAID]


def test_a_withdrawal_is_not_about_what_was_left_out() -> None:
    order = done(paid(), NO_PRINT, Ship("DHL", "1"), Deliver(), STATEMENT)
    assert [(one.items, one.state) for one in order.returns] == [((Pieces(POSTCARDS, 2),), ReturnState.APPROVED)]
    assert done(order, Withdraw("W2", "Ada Byrne", "ada@example.org")).returns == order.returns


def test_it_is_kept_with_the_order() -> None:
    order = done(paid(), NO_PRINT)
    assert from_json(Order, to_json(order)) == order
