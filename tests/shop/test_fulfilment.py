"""Packing, shipping in several parcels, and delivering; and what may not leave (R16, R17)."""

from dataclasses import replace

import pytest

from functions.shop.acts import Actor, Cancel, CorrectTracking, Deliver, Hold, LetGo, Pack, Ship
from functions.shop.errors import IllegalTransition
from functions.shop.message import Kind, leased, sent
from functions.shop.order import Order
from functions.shop.shipment import Correction, Pieces, Shipment, to_ship
from functions.shop.state import State
from functions.shop.status import FulfilmentStatus, fulfilment_status
from tests.shop.living import LATER, POSTCARDS, PRINT, done, mails, paid
from tests.shop.sample import placed

FIRST = Ship("DHL", "JD014600003SE", (Pieces(POSTCARDS, 1),))
REST = Ship("An Post", "")


def test_packing_is_noted_once() -> None:
    packed = done(paid(), Pack())
    assert (packed.packed_at, fulfilment_status(packed)) == (LATER, FulfilmentStatus.PACKED)
    assert done(packed, Pack(), now=LATER + 60) == packed


def test_a_parcel_without_a_list_of_pieces_holds_all_that_is_left() -> None:
    order = done(paid(), REST)
    everything = (Pieces(POSTCARDS, 2), Pieces(PRINT, 1))
    assert order.shipments == (Shipment("1", everything, "An Post", "", LATER),)
    assert (order.state, order.packed_at, to_ship(order)) == (State.SHIPPED, LATER, ())
    assert mails(order) == ["confirmation", "shipped:1"]


def test_several_parcels_go_one_after_the_other_and_each_is_told() -> None:
    begun = done(paid(), FIRST)
    assert (begun.state, to_ship(begun)) == (State.PARTIALLY_SHIPPED, (Pieces(POSTCARDS, 1), Pieces(PRINT, 1)))
    order = done(begun, Ship("DHL", "2", (Pieces(PRINT, 1),)))
    assert (order.state, fulfilment_status(order)) == (State.PARTIALLY_SHIPPED, FulfilmentStatus.PARTIALLY_SHIPPED)
    order = done(order, Ship("DHL", "3"))
    assert (order.state, [parcel.id for parcel in order.shipments]) == (State.SHIPPED, ["1", "2", "3"])
    assert mails(order) == ["confirmation", "shipped:1", "shipped:2", "shipped:3"]


def test_an_order_is_delivered_when_its_last_parcel_is() -> None:
    order = done(paid(), FIRST, REST, Deliver("1"))
    assert (order.state, fulfilment_status(order)) == (State.SHIPPED, FulfilmentStatus.SHIPPED)
    order = done(order, Deliver("2"), now=LATER + 60)
    assert (order.state, [parcel.delivered_at for parcel in order.shipments]) == (State.DELIVERED, [LATER, LATER + 60])
    assert mails(order)[-2:] == ["delivered:1", "delivered:2"]
    assert done(order, Deliver(), now=LATER + 99) == order


@pytest.mark.parametrize(
    ("items", "sentence"),
    [
        ((Pieces(POSTCARDS, 3),), "Order ORDER-1 has 2 of Postcard left to ship, not 3."),
        ((Pieces(POSTCARDS, 2), Pieces(POSTCARDS, 1)), "Order ORDER-1 has 2 of Postcard left to ship, not 3."),
        ((Pieces(PRINT, 0),), "Order ORDER-1 has 1 of Print, A4, Oak left to ship, not 0."),
        ((Pieces(PRINT, -1),), "Order ORDER-1 has 1 of Print, A4, Oak left to ship, not -1."),
        ((Pieces(7, 1),), "Order ORDER-1 has 0 of line 8 left to ship, not 1."),
    ],
)
def test_more_than_is_left_cannot_be_shipped(items: tuple[Pieces, ...], sentence: str) -> None:
    with pytest.raises(IllegalTransition) as caught:
        done(paid(), Ship("DHL", "1", items))
    assert str(caught.value) == sentence


def test_what_has_all_left_cannot_be_shipped_again() -> None:
    with pytest.raises(IllegalTransition, match=r"^Order ORDER-1 is shipped; only a paid order can be shipped\.$"):
        done(paid(), REST, REST)


@pytest.mark.parametrize("act", [Pack(), REST])
def test_what_is_held_does_not_leave_before_it_is_let_go(act: Pack | Ship) -> None:
    order = done(paid(), Hold("Ask Ada about the frame."))
    with pytest.raises(IllegalTransition, match=r"is held and cannot be .*: Ask Ada about the frame\.$"):
        done(order, act)
    assert done(order, LetGo(), act).packed_at == LATER


def test_holding_for_the_same_reason_twice_says_it_once() -> None:
    order = done(paid(), Hold("Ask Ada."), Hold("Ask Ada."), Hold("Frame is broken."))
    assert order.held == "Ask Ada. Frame is broken."


@pytest.mark.parametrize("act", [Pack(), REST])
def test_neither_an_unpaid_nor_a_cancelled_order_leaves(act: Pack | Ship) -> None:
    for order in (placed(), done(paid(), Cancel(Actor.OWNER))):
        with pytest.raises(IllegalTransition, match=f"Order ORDER-1 is {order.state}; only a paid order can be"):
            done(order, act)


def test_a_parcel_that_is_not_there_cannot_arrive() -> None:
    with pytest.raises(IllegalTransition, match=r"^Order ORDER-1 has no parcel on its way\.$"):
        done(paid(), Deliver())
    with pytest.raises(IllegalTransition, match=r"^Order ORDER-1 has no parcel 2\.$"):
        done(paid(), REST, Deliver("2"))


def test_files_need_no_parcel() -> None:
    order = paid()
    print_file = replace(order, lines=(order.lines[0], replace(order.lines[1], digital=True)))
    assert to_ship(print_file) == (Pieces(POSTCARDS, 2),)
    assert done(print_file, REST).state is State.SHIPPED
    only_files = replace(order, lines=tuple(replace(line, digital=True) for line in order.lines))
    assert fulfilment_status(only_files) is FulfilmentStatus.NOTHING_TO_SHIP
    with pytest.raises(IllegalTransition, match=r"^Order ORDER-1 has nothing left to ship\.$"):
        done(only_files, REST)


def test_a_parcel_that_is_noted_twice_is_one_parcel() -> None:
    first = done(paid(), Ship("DHL", "JD01", (Pieces(0, 1),)))
    with pytest.raises(IllegalTransition) as refusal:
        done(first, Ship("DHL", "JD01", (Pieces(0, 1),)))
    assert str(refusal.value) == "Parcel 1 of order ORDER-1 has the tracking number JD01 already."


def test_some_days_after_the_last_parcel_a_review_is_asked_for_if_the_shop_wants_one() -> None:
    order = done(paid(), FIRST, REST, Deliver("1", review_after=10))
    assert Kind.REVIEW not in {message.kind for message in order.messages}
    order = done(order, Deliver("2", review_after=10), Deliver("2", review_after=10))
    assert mails(order)[-2:] == ["delivered:2", "review"]
    assert order.messages[-1].due_at == LATER + 864_000
    assert mails(done(paid(), REST, Deliver()))[-1] == "delivered:1"


def mailed(order: Order) -> Order:
    """The order once all of its mails were sent."""
    return replace(order, messages=tuple(sent(message, LATER) for message in order.messages))


RIGHT = CorrectTracking("1", "DHL", "JD014600003ES")
WRONG = Correction("DHL", "JD014600003SE", LATER + 60)


def test_a_tracking_number_is_corrected_and_what_was_said_before_is_kept() -> None:
    shipped = mailed(done(paid(), FIRST, REST))
    order = done(shipped, RIGHT, now=LATER + 60)
    assert order.shipments[0] == replace(shipped.shipments[0], tracking="JD014600003ES", corrections=(WRONG,))
    assert (order.shipments[1], order.state) == (shipped.shipments[1], State.SHIPPED)
    assert mails(order) == ["confirmation", "shipped:1", "shipped:2", "tracking:1:1"]
    assert order.messages[-1].due_at == LATER + 60
    assert done(order, RIGHT, now=LATER + 99) == order


def test_each_further_correction_is_told_once_the_one_before_was_sent() -> None:
    once = done(mailed(done(paid(), FIRST)), RIGHT)
    back = CorrectTracking("1", "An Post", "RR1")
    assert mails(done(once, back)) == ["confirmation", "shipped:1", "tracking:1:1"]
    twice = done(mailed(once), back)
    assert mails(twice) == ["confirmation", "shipped:1", "tracking:1:1", "tracking:1:2"]
    assert [said.tracking for said in twice.shipments[0].corrections] == ["JD014600003SE", "JD014600003ES"]


def test_a_mail_that_has_not_been_sent_says_the_right_number_and_no_other_is_owed() -> None:
    assert mails(done(paid(), FIRST, RIGHT)) == ["confirmation", "shipped:1"]
    shipped = done(paid(), FIRST)
    sending = replace(shipped, messages=tuple(leased(message, LATER) for message in shipped.messages))
    assert mails(done(sending, RIGHT))[-1] == "tracking:1:1"


def test_nobody_is_told_of_a_correction_who_need_not_know() -> None:
    shipped = mailed(done(paid(), FIRST))
    for order, act in (
        (shipped, replace(RIGHT, tell=False)),
        (mailed(done(shipped, Deliver())), RIGHT),
        (replace(shipped, email=""), RIGHT),
    ):
        corrected = done(order, act)
        assert (corrected.shipments[0].tracking, corrected.messages) == ("JD014600003ES", order.messages)


def test_a_number_is_not_corrected_to_that_of_another_parcel() -> None:
    order = done(paid(), FIRST, Ship("DHL", "JD02"))
    with pytest.raises(IllegalTransition, match=r"^Parcel 2 of order ORDER-1 has the tracking number JD02 already\.$"):
        done(order, CorrectTracking("1", "DHL", "JD02"))
    with pytest.raises(IllegalTransition, match=r"^Order ORDER-1 has no parcel 3\.$"):
        done(order, CorrectTracking("3", "DHL", "JD03"))
    assert done(order, CorrectTracking("1", "An Post", "JD014600003SE")).shipments[0].carrier == "An Post"
