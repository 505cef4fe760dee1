"""Returns: asked, answered, received, and paid back once."""

import pytest

from functions.shop.acts import Act, ApproveReturn, AskReturn, Deliver, ReceiveReturn, RejectReturn, Ship
from functions.shop.decision import Decision, StockChange
from functions.shop.errors import IllegalTransition
from functions.shop.order import Order
from functions.shop.payment import Refund
from functions.shop.returning import returnable
from functions.shop.returns import Return, ReturnState
from functions.shop.shipment import Pieces
from functions.shop.status import ReturnStatus, return_status
from tests.shop.living import LATER, POSTCARDS, PRINT, decided, done, mails, paid

DAY = 86_400
ONE_CARD = AskReturn("R1", (Pieces(POSTCARDS, 1),), "Too small.", days=14)


def delivered() -> Order:
    """The sample order once it has arrived."""
    return done(paid(), Ship("DHL", "1"), Deliver())


def test_a_return_goes_from_asking_to_money() -> None:
    asked = done(delivered(), ONE_CARD)
    assert asked.returns == (Return("R1", (Pieces(POSTCARDS, 1),), "Too small.", LATER),)
    assert return_status(asked) is ReturnStatus.ASKED
    agreed = done(asked, ApproveReturn("R1", "Use the label in the parcel."), now=LATER + 1)
    assert (agreed.returns[0].state, agreed.returns[0].answer) == (ReturnState.APPROVED, "Use the label in the parcel.")
    assert return_status(agreed) is ReturnStatus.UNDER_WAY
    there = decided(agreed, ReceiveReturn("R1", 250), now=LATER + 2)
    assert there.stock == (StockChange("CARD", 1, 0),)
    assert there.order.refunds == (Refund("ORDER-1:back-0", "pi_1", 250, "Return R1", LATER + 2, told=True),)
    assert return_status(there.order) is ReturnStatus.RETURNED
    assert mails(there.order)[-5:] == [
        "delivered:1", "return_asked:R1", "owner:return:R1", "return_approved:R1", "return_received:R1",
    ]  # fmt: skip


def test_every_step_is_taken_once() -> None:
    asked = done(delivered(), ONE_CARD)
    assert done(asked, ONE_CARD) == asked
    agreed = done(asked, ApproveReturn("R1", "Use the label."))
    assert done(agreed, ApproveReturn("R1", "Use the label.")) == done(agreed, ApproveReturn("R1")) == agreed
    there = done(agreed, ReceiveReturn("R1", 250))
    assert decided(there, ReceiveReturn("R1", 250)) == Decision(there)


@pytest.mark.parametrize(
    ("first", "then", "told"),
    [
        (ApproveReturn("R1", "Use the label."), ApproveReturn("R1", "By post."), "with the answer “Use the label.”"),
        (ApproveReturn("R1"), ApproveReturn("R1", "By post."), "without an answer"),
        (RejectReturn("R1", "It was worn."), RejectReturn("R1", "Too late."), "with the answer “It was worn.”"),
    ],
)
def test_a_second_answer_is_refused_for_its_customer_would_never_read_it(first: Act, then: Act, told: str) -> None:
    answered = done(delivered(), ONE_CARD, first)
    state = answered.returns[0].state
    with pytest.raises(IllegalTransition, match=rf"^Return R1 of order ORDER-1 is {state} already, {told}\. Nothing"):
        done(answered, then)


def test_damaged_pieces_do_not_go_back_on_sale_and_an_amount_of_nothing_gives_nothing_back() -> None:
    asked = done(delivered(), ONE_CARD)
    assert decided(asked, ReceiveReturn("R1", 250, restock=False)).stock == ()
    assert done(asked, ReceiveReturn("R1", 0)).refunds == ()


def test_a_refused_return_says_why_and_its_pieces_may_be_asked_for_again() -> None:
    refused = done(delivered(), ONE_CARD, RejectReturn("R1", "It was worn."))
    assert (refused.returns[0].state, refused.returns[0].answer) == (ReturnState.REJECTED, "It was worn.")
    assert mails(refused)[-1] == "return_rejected:R1"
    assert done(refused, AskReturn("R2", (Pieces(POSTCARDS, 2),), "Please.", 14)).returns[1].id == "R2"
    with pytest.raises(IllegalTransition, match=r"^Return R1 of order ORDER-1 is rejected already\.$"):
        done(refused, ReceiveReturn("R1", 250))


def test_only_what_has_left_and_is_not_on_its_way_back_can_be_returned() -> None:
    assert returnable(paid(), 14, LATER) == ()
    begun = done(paid(), Ship("DHL", "1", (Pieces(POSTCARDS, 2),)))
    assert returnable(begun, 14, LATER) == (Pieces(POSTCARDS, 2),)
    assert returnable(done(begun, ONE_CARD), 14, LATER) == (Pieces(POSTCARDS, 1),)
    for items in ((Pieces(PRINT, 1),), (Pieces(POSTCARDS, 3),), (Pieces(POSTCARDS, 0),), ()):
        with pytest.raises(IllegalTransition, match="has no such pieces that can be sent back now"):
            done(begun, AskReturn("R9", items, "", 14))


def test_the_days_count_from_the_last_parcels_arrival() -> None:
    order = delivered()
    assert returnable(order, 14, LATER + 14 * DAY) == (Pieces(POSTCARDS, 2), Pieces(PRINT, 1))
    assert returnable(order, 14, LATER + 14 * DAY + 1) == ()
    on_its_way = done(paid(), Ship("DHL", "1"))
    assert returnable(on_its_way, 14, LATER + 99 * DAY) == (Pieces(POSTCARDS, 2), Pieces(PRINT, 1))


def test_a_return_that_is_not_there_can_be_neither_approved_nor_received() -> None:
    for act in (ApproveReturn("R7"), RejectReturn("R7", ""), ReceiveReturn("R7", 1)):
        with pytest.raises(IllegalTransition, match=r"^Order ORDER-1 has no return R7\.$"):
            done(delivered(), act)


def test_more_than_is_left_is_not_given_back_for_a_return() -> None:
    asked = done(delivered(), ONE_CARD)
    with pytest.raises(IllegalTransition, match=r"^3351 cannot be given back; 3350 is left of order ORDER-1\.$"):
        done(asked, ReceiveReturn("R1", 3351))
