"""Packing, shipping in several parcels, and delivering; and what may not leave (R16, R17)."""

from dataclasses import replace

import pytest

from functions.shop.acts import Actor, Cancel, Deliver, Hold, LetGo, Pack, Ship
from functions.shop.errors import IllegalTransition
from functions.shop.message import Kind
from functions.shop.shipment import Pieces, Shipment, to_ship
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
