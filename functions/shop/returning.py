"""Returning: a customer sends pieces back, the owner agrees, gets them and gives the money back."""

from collections.abc import Mapping
from dataclasses import replace

from functions.shop.acts import Actor, ApproveReturn, AskReturn, ReceiveReturn, RejectReturn
from functions.shop.cancelling import can_cancel, used
from functions.shop.decision import Decision, back_on_sale, stock_changed
from functions.shop.errors import IllegalTransition
from functions.shop.fulfilment import concluded
from functions.shop.message import Kind
from functions.shop.order import Order, owing
from functions.shop.portion import portion_of
from functions.shop.returns import Return, ReturnState, claimed
from functions.shop.reversal import give_back, next_key
from functions.shop.sentence import Sentence
from functions.shop.shipment import Pieces, counted, listed, shipped, to_ship
from functions.shop.withdrawn import freed

DAY = 86_400


def returnable(order: Order, days: int, now: int) -> tuple[Pieces, ...]:
    """What a customer may ask to send back now: what has left and is within `days` of its arrival, if that is known."""
    arrived = [parcel.delivered_at for parcel in order.shipments]
    if arrived and all(arrived) and now > max(arrived) + days * DAY:
        return ()
    return listed(shipped(order) - claimed(order))


def ask(order: Order, act: AskReturn, now: int) -> Order:
    """The customer asks. Raises IllegalTransition for pieces that cannot come back, or come too late."""
    if any(one.id == act.id for one in order.returns):
        return order
    left, wanted = counted(returnable(order, act.days, now)), counted(act.items)
    if not wanted or any(not 0 < quantity <= left[line] for line, quantity in wanted.items()):
        raise IllegalTransition(Sentence("Order {id} has no such pieces that can be sent back now.", id=order.id))
    asked = Return(act.id, listed(wanted), act.reason, now)
    noted = owing(replace(order, returns=(*order.returns, asked)), Kind.RETURN_ASKED, now, about=act.id)
    return owing(noted, Kind.OWNER, now, about=f"return:{act.id}")


def approve(order: Order, act: ApproveReturn, now: int) -> Order:
    """The owner agrees. Agreeing twice changes nothing; raises IllegalTransition for another answer than the first."""
    asked = _known(order, act.id, {ReturnState.ASKED, ReturnState.APPROVED})
    if asked.state is ReturnState.APPROVED:
        return _answered(order, asked, act.answer)
    agreed = replace(asked, state=ReturnState.APPROVED, answer=act.answer, answered_at=now)
    return owing(_with(order, agreed), Kind.RETURN_APPROVED, now, about=act.id)


def reject(order: Order, act: RejectReturn, now: int) -> Order:
    """The owner does not agree, and says why. Once, like agreeing."""
    asked = _known(order, act.id, {ReturnState.ASKED, ReturnState.REJECTED})
    if asked.state is ReturnState.REJECTED:
        return _answered(order, asked, act.answer)
    refused = replace(asked, state=ReturnState.REJECTED, answer=act.answer, answered_at=now)
    return owing(_with(order, refused), Kind.RETURN_REJECTED, now, about=act.id)


def receive(order: Order, act: ReceiveReturn, balances: Mapping[str, int], now: int) -> Decision:
    """The pieces have come: they can be sold again, if they are good, and `amount` goes back. Once only.

    What had not left when its customer withdrew never does, and can be sold again.
    """
    coming = _known(order, act.id, {ReturnState.ASKED, ReturnState.APPROVED, ReturnState.RECEIVED})
    if coming.state is ReturnState.RECEIVED:
        return Decision(order)
    _must_have_left(order, balances)
    there = replace(coming, state=ReturnState.RECEIVED, received_at=now, amount=act.amount, restocked=act.restock)
    there = replace(there, money=next_key(order) if act.amount else "", unsent=never_left(order, coming))
    noted = owing(_ended(_with(order, there)), Kind.RETURN_RECEIVED, now, about=act.id)
    stock = stock_changed(back_on_sale(order, there))
    if not act.amount:
        return Decision(noted, stock)
    back = give_back(
        noted,
        act.amount,
        balances,
        reason=f"Return {act.id}",
        number=order.reversals,
        now=now,
        told=True,
        portion=portion_of(len(order.lines), coming.items, shipping=act.shipping),
    )
    return replace(back, stock=stock)


def never_left(order: Order, coming: Return) -> tuple[Pieces, ...]:
    """Of the pieces of a return, those that are still here: its customer withdrew from them before they were sent."""
    withdrawn = any(one.id == coming.id for one in order.withdrawals)
    return listed(counted(coming.items) & counted(to_ship(order))) if withdrawn else ()


def _must_have_left(order: Order, balances: Mapping[str, int]) -> None:
    """Nothing comes back of an order of which nothing has left, and all that was paid for that goes back."""
    if not order.shipments and can_cancel(order, Actor.OWNER) and not used(order, balances):
        raise IllegalTransition(
            f"Nothing of order {order.id} has left, so nothing can come back. If that is so, cancel it: pouch cancel "
            f"{order.id}. If it has left, say so before: pouch let-go {order.id}, then pouch ship {order.id}."
        )


def _ended(order: Order) -> Order:
    """The order, no longer held for a withdrawal once nothing of it is left to send."""
    return order if to_ship(order) else concluded(freed(order))


def _known(order: Order, return_id: str, states: set[ReturnState]) -> Return:
    found = next((one for one in order.returns if one.id == return_id), None)
    if found is None:
        raise IllegalTransition(f"Order {order.id} has no return {return_id}.")
    if found.state not in states:
        raise IllegalTransition(f"Return {return_id} of order {order.id} is {found.state} already.")
    return found


def _answered(order: Order, known: Return, answer: str) -> Order:
    """The order as it is, unless an answer is given that its customer would never read."""
    if answer in {"", known.answer}:
        return order
    told = f"with the answer “{known.answer}”" if known.answer else "without an answer"
    raise IllegalTransition(
        f"Return {known.id} of order {order.id} is {known.state} already, {told}. "
        "Nothing was changed; write to the customer if there is more to say."
    )


def _with(order: Order, changed: Return) -> Order:
    return replace(order, returns=tuple(changed if one.id == changed.id else one for one in order.returns))
