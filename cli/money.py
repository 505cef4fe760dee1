"""`pouch refund` and `cancel`: money goes back."""

from collections import Counter
from contextlib import suppress
from dataclasses import replace

import click

from cli.desk import Desk, OwnerCommand, Refused, json_option, pass_desk, yes_option
from cli.pieces import PIECES
from cli.show import say
from cli.words import contents, customer, money
from functions.shop.acts import Actor, Cancel, GiveBack
from functions.shop.cancelling import can_cancel
from functions.shop.errors import IllegalTransition, InvalidAmount
from functions.shop.money import amount_text, parse_amount
from functions.shop.order import Order
from functions.shop.payment import FAILED
from functions.shop.picking import picked
from functions.shop.portion import Portion, portion_of
from functions.shop.refundable import worth
from functions.shop.refunds import intended_refunds
from functions.shop.reversal import refundable, reversal
from functions.shop.shipment import counted, listed, to_ship
from functions.shop.state import LEAVING
from functions.shop.status import given_back

JUST_NOW = 15 * 60  # seconds in which a second refund may be the first one, typed again


@click.command(cls=OwnerCommand)
@click.argument("number")
@click.option("--amount", "text", metavar="AMOUNT", default="", help="How much goes back, such as 12.50.")
@click.option("--lines", type=PIECES, default={}, metavar="PIECES", help="What it is for: CARD:2,PRINT-A4.")
@click.option("--shipping", is_flag=True, help="What was paid for delivery goes back as well.")
@click.option(
    "--not-sent/--still-sent",
    default=None,
    help="Whether these pieces are not sent any more, and are on sale again. You are asked when they have not left.",
)
@click.option("--reason", default="", help="Why; only you read it.")
@click.option("--again", is_flag=True, help="Give back once more although something went back just now.")
@yes_option
@json_option
@pass_desk
def refund(
    desk: Desk,
    number: str,
    text: str,
    lines: dict[str, int],
    shipping: bool,
    not_sent: bool | None,
    reason: str,
    again: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Give some of the money of an order back: an amount, or what some of its pieces or its delivery cost.

    It is written down before it is made, and Stripe is asked before it is made again, so that a command that was cut
    off can be typed again: it goes on with what was written down and gives nothing back twice.

    Pieces that you cannot send, such as the last one that broke, are taken out with --not-sent.
    """
    order = desk.find(number)
    if intended_refunds(order):
        _finish(order, desk, as_json=as_json)
        return
    if text and (lines or shipping):
        raise click.UsageError("Say an amount or what it is for, not both: money for pieces is what they cost.")
    if not_sent and not lines:
        raise click.UsageError("Say which pieces are not sent any more: --lines CARD:2 --not-sent")
    if not_sent is None:
        not_sent = not yes and _asked_to_leave_out(order, lines, desk)
    portion = _portion(order, lines, shipping=shipping, not_sent=not_sent) if lines or shipping else None
    amount = asked_amount(text, order) if text or not portion else worth_of(order, portion, desk)
    if portion and not amount and not not_sent:
        raise Refused(_worthless(order, portion))
    if amount or not not_sent:
        check_amount(amount, order, desk)
        _must_be_meant(order, desk, yes=yes, again=again)
    desk.confirm(_question(order, portion, amount, desk), yes=yes)
    order = given(order, GiveBack(amount, reason or "Given back by the shop.", order.reversals, portion), desk)
    say(order, _refunded(order, portion, amount, desk), as_json=as_json)


@click.command(cls=OwnerCommand)
@click.argument("number")
@click.option("--reason", default="", help="Why; it is kept with the refund.")
@yes_option
@json_option
@pass_desk
def cancel(desk: Desk, number: str, reason: str, yes: bool, as_json: bool) -> None:
    """Cancel an order of which nothing has left.

    All that was paid goes back, and its goods are for sale again.
    """
    order = desk.find(number)
    if can_cancel(order, Actor.OWNER):
        back = refundable(order)
        asked = give_back_question(order, back, desk) if back else "Nothing was paid."
        desk.confirm(f"Cancel order {order.id}? {asked}", yes=yes)
    order = desk.act_and_pay(order, Cancel(Actor.OWNER, reason))
    say(order, f"Order {order.id} of {customer(order)} is cancelled.", as_json=as_json)


def given(order: Order, act: GiveBack, desk: Desk) -> Order:
    """The order with money given back. Should somebody else have given some back meanwhile, nothing more goes."""
    after = desk.act_and_pay(order, act)
    if given_back(after) < given_back(order) + act.amount or (act.portion and act.portion not in after.portions):
        raise Refused(
            f"Somebody else gave money of order {order.id} back at this moment, so nothing more went. "
            f"Look at it before you try again: pouch show {order.id}"
        )
    return after


def worth_of(order: Order, portion: Portion, desk: Desk) -> int:
    """What a portion is worth now, in minor units, once those that went back before are taken off."""
    try:
        return worth(order, portion, desk.settings, before=order.portions).amount
    except ValueError as error:
        raise Refused(_gone_already(order, portion, desk)) from error


def _gone_already(order: Order, portion: Portion, desk: Desk) -> str:
    """That this was given back before, and what to do when it did not arrive."""
    shipping = portion.shipping and any(one.shipping for one in order.portions)
    what = "delivery" if shipping else "these pieces"
    said = f"Money for {what} of order {order.id} has gone back already."
    if shipping and any(portion.pieces):
        return f"{said} Leave out --shipping."
    if not any(refund.status in FAILED for refund in order.refunds):
        return said
    amount = amount_text(worth(order, portion, desk.settings).amount, order.currency)
    return f"{said} If that is the refund which failed, name the amount: pouch refund {order.id} --amount {amount}"


def _worthless(order: Order, portion: Portion) -> str:
    """Why a portion is worth nothing."""
    if refundable(order) <= 0:
        return f"All of order {order.id} has gone back already."
    what = "These pieces" if any(portion.pieces) else "Delivery"
    return (
        f"{what} of order {order.id} cost nothing, so nothing would go back. "
        f"To give something back all the same, name the amount: pouch refund {order.id} --amount …"
    )


def _portion(order: Order, lines: dict[str, int], *, shipping: bool, not_sent: bool) -> Portion:
    bought = Counter({at: line.quantity for at, line in enumerate(order.lines) if not line.gift})
    if not not_sent:
        return portion_of(len(order.lines), picked(order, lines, bought), shipping=shipping)
    unsent = picked(order, lines, counted(to_ship(order)))
    for portion in order.portions:
        bought.subtract(dict(enumerate(portion.pieces)))
    paid = portion_of(len(order.lines), listed(counted(unsent) & bought), shipping=shipping)
    return replace(paid, unsent=portion_of(len(order.lines), unsent).pieces)


def _asked_to_leave_out(order: Order, lines: dict[str, int], desk: Desk) -> bool:
    """Whether the owner, asked, says that these pieces are not sent any more. Of what has left nobody is asked."""
    if not lines or not desk.terminal or order.state not in LEAVING:
        return False
    with suppress(IllegalTransition):
        unsent = picked(order, lines, counted(to_ship(order)))
        asked = f"{contents(order, unsent)} has not left. Is it not sent any more, and on sale again?"
        return click.confirm(asked, err=True)
    return False


def _question(order: Order, portion: Portion | None, amount: int, desk: Desk) -> str:
    asked = give_back_question(order, amount, desk) if amount else "No money goes back for it. Is that right?"
    return f"{before(order, desk)}{_left_out(order, portion)}{asked}"


def _refunded(order: Order, portion: Portion | None, amount: int, desk: Desk) -> str:
    said = f"{shown(amount, order, desk)} goes back to {customer(order)}."
    if portion and any(portion.unsent):
        return f"{_left_out(order, portion)}{said if amount else 'No money goes back.'}"
    here = counted(to_ship(order)) & Counter(dict(enumerate(portion.pieces))) if portion else Counter[int]()
    if order.state not in LEAVING or not here:
        return said
    pieces = ",".join(f"{order.lines[item.line].sku}:{item.quantity}" for item in listed(here))
    return f"{said}\nStill to be sent. To leave it out: pouch refund {order.id} --lines {pieces} --not-sent"


def _left_out(order: Order, portion: Portion | None) -> str:
    """What is not sent any more, as the beginning of a text; empty for nothing."""
    unsent = listed(Counter(dict(enumerate(portion.unsent)))) if portion else ()
    return f"{contents(order, unsent)} is not sent any more, and on sale again. " if unsent else ""


def asked_amount(text: str, order: Order) -> int:
    """The amount that was typed, in minor units. Raises UsageError."""
    if not text:
        raise click.UsageError("Say how much goes back: --amount 12.50, or what for: --lines CARD:2")
    try:
        return parse_amount(text, order.currency)
    except InvalidAmount as error:
        raise click.UsageError(f"{error}.") from error


def check_amount(amount: int, order: Order, desk: Desk) -> None:
    """Refuse what is more than is left, in amounts that people read."""
    if amount and amount > refundable(order):
        left = f"{shown(max(0, refundable(order)), order, desk)} is left of order {order.id}"
        raise Refused(f"{shown(amount, order, desk)} is more than can be given back: {left}.")
    if not amount:
        raise Refused("Nothing would be given back. Write an amount above 0.")


def give_back_question(order: Order, amount: int, desk: Desk) -> str:
    """What is asked before money goes back: how much, to whom, and by which ways."""
    parts = reversal(order, amount)
    if not any(parts.balances):
        return f"Give back {shown(amount, order, desk)} to {customer(order)}'s card?"
    ways = [f"{shown(parts.payment, order, desk)} to the card"] if parts.payment else []
    to_balances = zip(order.spent, parts.balances, strict=True)
    ways += [f"{shown(back, order, desk)} to {one.label}" for one, back in to_balances if back]
    return f"Give back {shown(amount, order, desk)} to {customer(order)}: {', '.join(ways)}?"


def shown(amount: int, order: Order, desk: Desk) -> str:
    """An amount of an order for people."""
    return money(amount, order, desk.settings)


def before(order: Order, desk: Desk) -> str:
    """What is to be known before more goes back: that some did just now. Empty when none did."""
    refunds = [one.at for one in order.refunds if one.counts]
    entries = [entry for one in order.spent for entry in desk.app.store.entries(one.account) if entry.amount > 0]
    latest = max([*refunds, *(entry.at for entry in entries if entry.order == order.id)], default=0)
    seconds = desk.clock() - latest
    if seconds > JUST_NOW:
        return ""
    when = f"{seconds // 60} minutes ago" if seconds >= 2 * 60 else "just now"
    return f"Some money of order {order.id} went back {when} already. "


def _must_be_meant(order: Order, desk: Desk, *, yes: bool, again: bool) -> None:
    """A script that runs twice must not give back twice; a person is asked."""
    if yes and not again and (said := before(order, desk)):
        raise Refused(f"{said}If this is meant to be another one, add --again.")


def _finish(order: Order, desk: Desk, *, as_json: bool) -> None:
    """Make what was written down before, and nothing new."""
    amount = sum(one.amount for one in intended_refunds(order))
    order = desk.pay_back(order)
    sentence = (
        f"{shown(amount, order, desk)} was written down before and is given back now, nothing else. "
        "If you mean another amount, type the command again."
    )
    say(order, sentence, as_json=as_json)
