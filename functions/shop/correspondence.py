"""Correspondence: addresses, questions, mails once more, what became of mails, and being forgotten."""

from dataclasses import replace

from functions.shop.acts import Ask, ChangeAddress, CorrectEmail, Erase, Hold, NoteFate, OfferCoupon, Resend, Warn
from functions.shop.destination import Destination, normal_postcode, normal_region
from functions.shop.download import downloadable
from functions.shop.errors import IllegalTransition
from functions.shop.message import HANDS_OVER, Fate, Kind, Message, is_alarm, is_on_its_way
from functions.shop.note import NO_NOTES
from functions.shop.order import Order, owing
from functions.shop.promotion import code_key
from functions.shop.returns import Question
from functions.shop.sentence import Sentence
from functions.shop.settings import Address
from functions.shop.shipment import to_ship
from functions.shop.state import LEAVING, SOLD, State

MOST_QUESTIONS = 20
_AGAIN = frozenset({Kind.CONFIRMATION, Kind.LINK, Kind.GIFT_CARD, Kind.DOWNLOAD})
_NOTHING_TO_TELL = {
    Kind.DOWNLOAD: "has nothing to download.",
    Kind.GIFT_CARD: "has no gift cards that can be spent.",
    Kind.CONFIRMATION: "is not paid, or has ended, so there is nothing to confirm; send a link to it instead.",
}
ASTRAY = Sentence(
    "The delivery of this order was priced for another area, so it cannot go there. Please write to us about it."
)


def within_reach(order: Order, address: Address) -> bool:
    """Whether an address is where the delivery of the order was priced for."""
    meant = Destination(address.country, normal_postcode(address.postcode), normal_region(address.region))
    return not order.reach or any(area.covers(meant) for area in order.reach)


def can_change_address(order: Order) -> bool:
    """Whether it can still go somewhere else: something is sent, and it is not packed."""
    return order.state is State.PAID and not order.packed_at and bool(order.country)


def change_address(order: Order, act: ChangeAddress, now: int) -> Order:
    """It goes somewhere else, within what its delivery was priced for, as long as it is not packed."""
    if not can_change_address(order):
        said = Sentence("Order {id} is on its way; its address can no longer be changed here.", id=order.id)
        raise IllegalTransition(said)
    if not within_reach(order, act.address):
        raise IllegalTransition(ASTRAY)
    if order.address == act.address:
        return order
    return owing(replace(order, address=act.address), Kind.OWNER, now, about=f"address:{order.version + 1}")


def ask(order: Order, act: Ask, now: int) -> Order:
    """A question is kept with the order, and the owner gets it."""
    if any(one.id == act.id for one in order.questions):
        return order
    if len(order.questions) >= MOST_QUESTIONS:
        raise IllegalTransition(Sentence("You have written to us often about this order. Please call us."))
    asked = replace(order, questions=(*order.questions, Question(act.id, act.text, now)))
    return owing(asked, Kind.OWNER, now, about=f"question:{act.id}")


def hold(order: Order, act: Hold, _: int) -> Order:
    """Kept back, for one more reason."""
    if order.state not in LEAVING:
        raise IllegalTransition(f"Order {order.id} is {order.state}; only what has not left can be held.")
    return order if act.reason in order.held else replace(order, held=f"{order.held} {act.reason}".strip())


def correct_email(order: Order, act: CorrectEmail, now: int) -> Order:
    """Mails go to another address, the confirmation first; links that were mailed before stop working. Raises
    IllegalTransition where nobody is known to whom they could have gone.
    """
    _require_known(order)
    if order.email == act.email:
        return order
    moved = tuple(
        replace(one, to=act.email, fate=None, fate_at=0) if _misdirected(one, order.email) else one
        for one in order.messages
    )
    corrected = replace(order, email=act.email, epoch=order.epoch + 1, messages=moved)
    if not order.paid_at:
        return corrected
    return resend(corrected, Resend(Kind.CONFIRMATION if order.state in SOLD else Kind.LINK), now)


def resend(order: Order, act: Resend, now: int) -> Order:
    """One of its mails once more."""
    if act.kind not in _AGAIN:
        raise IllegalTransition(f"A mail such as {act.kind} cannot be sent again.")
    if not _can_tell(order, act.kind):
        raise IllegalTransition(f"Order {order.id} {_NOTHING_TO_TELL[act.kind]}")
    if not order.email:
        raise IllegalTransition(f"Order {order.id} has no e-mail address yet.")
    waiting = any(one.kind is act.kind and not one.sent_at and one.to == order.email for one in order.messages)
    number = sum(one.kind is act.kind for one in order.messages) + 1
    return order if waiting else owing(order, act.kind, now, about=str(number))


def _can_tell(order: Order, kind: Kind) -> bool:
    """Whether a mail of this kind would be true now."""
    if kind is Kind.DOWNLOAD:
        return bool(downloadable(order))
    if kind is Kind.GIFT_CARD:
        return bool(order.cards) and order.state in SOLD and not order.held
    return kind is not Kind.CONFIRMATION or order.state in SOLD


def warn(order: Order, act: Warn, now: int) -> Order:
    """The customer is told of a delay in the owner's words; once, for `number` remarks stood before. Raises
    IllegalTransition where nobody is known who could be told.
    """
    _require_known(order)
    if act.number != len(order.remarks):
        return order
    told = replace(order, remarks=(*order.remarks, act.text))
    return owing(told, Kind.LATE, now, about=str(act.number))


def offer_coupon(order: Order, act: OfferCoupon, now: int) -> Order:
    """A mail with the code of a coupon is due; the same code to the same order is one mail."""
    if not order.paid_at or not order.email:
        raise IllegalTransition(f"Order {order.id} was never paid, or has no e-mail address, so it gets no coupon.")
    return owing(order, Kind.COUPON, now, about=code_key(act.code))


def note_fate(order: Order, act: NoteFate, now: int) -> Order:
    """What became of a mail. A bounce or a complaint outweighs a delivery, and the owner is told."""
    message = next((one for one in order.messages if one.name == act.message), None)
    if message is None or message.fate in {act.fate, Fate.BOUNCED, Fate.COMPLAINED}:
        return order
    noted = replace(message, fate=act.fate, fate_at=now)
    order = replace(order, messages=tuple(noted if one.name == noted.name else one for one in order.messages))
    return order if act.fate is Fate.DELIVERED else owing(order, Kind.OWNER, now, about=f"{act.fate}:{noted.name}")


def noted_unsent(order: Order, message: Message, now: int) -> Order:
    """The owner is told of a mail that no mail server takes, once."""
    return owing(order, Kind.OWNER, now, about=f"unsent:{message.name}")


def erase(order: Order, _: Erase, now: int) -> Order:
    """Without what tax law does not ask for. What an invoice says stays: name, address, goods and amounts (R29)."""
    if why := _unfinished(order, now):
        raise IllegalTransition(f"Order {order.id} {why}")
    return replace(
        order,
        email="",
        address=(order.buyer or order.address) if order.paid_at else None,
        epoch=order.epoch + 1,
        erased_at=order.erased_at or now,
        messages=tuple(_unaddressed(one) for one in order.messages if one.sent_at or is_alarm(one)),
        claims=tuple(replace(one, customer="") for one in order.claims),
        returns=tuple(replace(one, reason="") for one in order.returns),
        withdrawals=tuple(replace(one, name="", email="", text="") for one in order.withdrawals),
        questions=(),
        remarks=(),
        notes=NO_NOTES,
    )


def _unfinished(order: Order, now: int) -> str:
    """Why nobody can be forgotten yet, and what to do; empty when all is over."""
    unsent = [one for one in order.messages if not one.sent_at]
    leaving = order.state in LEAVING
    reasons = (
        (order.open, "may still be paid. Wait until it has ended."),
        (any(one.open for one in order.returns), "has a return that is not finished. Finish that first."),
        (leaving and to_ship(order), "has something that is still to ship. Ship or cancel it first."),
        (leaving and order.held, "is held. Let it go or cancel it first."),
        (any(is_on_its_way(one, now) for one in unsent), "has a mail on its way. Try again in two minutes."),
        (
            any(one.kind in HANDS_OVER for one in unsent),
            "has a gift card or file not mailed yet. Wait, or cancel it.",
        ),
    )
    return next((why for is_so, why in reasons if is_so), "")


def _require_known(order: Order) -> None:
    if order.erased_at and not order.email:
        raise IllegalTransition(f"Whose order {order.id} was is forgotten, and stays so.")


def _misdirected(message: Message, email: str) -> bool:
    """Whether it still waits to go to an address that is wrong."""
    return message.to == email and not message.sent_at


def _unaddressed(message: Message) -> Message:
    return replace(message, to="")
