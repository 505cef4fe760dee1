"""`pouch return`: what customers send back, from the question to the money."""

from dataclasses import replace

import click

from cli.desk import Desk, OwnerGroup, Refused, json_option, pass_desk, yes_option
from cli.money import asked_amount, check_amount, give_back_question, shown, worth_of
from cli.show import say
from cli.tables import print_json, row, screen, table
from cli.words import contents, count, customer, moment
from functions.service.finding import orders_in
from functions.shop.acts import ApproveReturn, ReceiveReturn, RejectReturn
from functions.shop.listing import List
from functions.shop.order import Order
from functions.shop.order_facts import order_facts
from functions.shop.plain_text import in_one_line
from functions.shop.portion import portion_of
from functions.shop.returning import never_left
from functions.shop.returns import Return, ReturnState
from functions.shop.shipment import counted, listed
from functions.shop.withdrawn import ends_withdrawal, knows_cheapest, standard_part

_id_option = click.option("--id", "return_id", default="", help="Which return, when an order has several.")


@click.group("return", cls=OwnerGroup)
def returns() -> None:
    """Answer returns, and note what has come back."""


@returns.command("list")
@json_option
@pass_desk
def list_(desk: Desk, as_json: bool) -> None:
    """List the returns that wait for your answer."""
    found = [(order, one) for order in orders_in(List.RETURNS, desk.app.store) for one in _in(order, ReturnState.ASKED)]
    if as_json:
        print_json([{"number": order.id} | each for order, one in found for each in _facts(order, one)])
        return
    if not found:
        click.echo("Nobody waits for an answer about a return.")
        return
    made = table("Order", "Asked", "Customer", "What", "Why", keep=("Order", "Asked"))
    for order, one in found:
        asked = moment(one.asked_at, desk.settings)
        row(made, order.id, asked, customer(order), contents(order, one.items), in_one_line(one.reason))
    screen().print(made)


@returns.command()
@click.argument("number")
@_id_option
@click.option("--answer", default="", help="How to send the pieces; your customer reads it.")
@json_option
@pass_desk
def approve(desk: Desk, number: str, return_id: str, answer: str, as_json: bool) -> None:
    """Agree to a return; its customer is told how to send the pieces."""
    order = desk.find(number)
    one = _one(order, return_id, ReturnState.ASKED, ReturnState.APPROVED)
    order = desk.act(order, ApproveReturn(one.id, answer))
    said = f"Agreed: {contents(order, one.items)} may come back. When they are here: pouch return receive {order.id}"
    say(order, said, as_json=as_json)


@returns.command()
@click.argument("number")
@_id_option
@click.option("--answer", required=True, help="Why not; your customer reads it.")
@json_option
@pass_desk
def reject(desk: Desk, number: str, return_id: str, answer: str, as_json: bool) -> None:
    """Do not agree to a return; its customer is told why."""
    order = desk.find(number)
    one = _one(order, return_id, ReturnState.ASKED, ReturnState.REJECTED)
    order = desk.act(order, RejectReturn(one.id, answer))
    say(order, f"Not agreed. {customer(order)} is told why.", as_json=as_json)


@returns.command()
@click.argument("number")
@_id_option
@click.option(
    "--amount",
    "text",
    metavar="AMOUNT",
    default="",
    help="How much goes back in all, such as 12.50; 0 for nothing. What they cost, unless you say.",
)
@click.option(
    "--shipping/--no-shipping",
    default=None,
    help="Whether delivery goes back with them. It does when all of the order was withdrawn from, unless you say.",
)
@click.option("--no-restock", is_flag=True, help="The pieces cannot be sold again.")
@yes_option
@json_option
@pass_desk
def receive(
    desk: Desk,
    number: str,
    return_id: str,
    text: str,
    shipping: bool | None,
    no_restock: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Note that the pieces have come, and give the money for them back.

    With the last pieces of an order that was withdrawn from, what was paid for delivery goes back as well, up to the
    price of the cheapest way.
    """
    if text and shipping is not None:
        raise click.UsageError("Say an amount or whether delivery goes back, not both: an amount is all of it.")
    order = desk.find(number)
    one = _one(order, return_id, ReturnState.ASKED, ReturnState.APPROVED, ReturnState.RECEIVED)
    if one.state is ReturnState.RECEIVED:
        raise Refused(f"These pieces came {moment(one.received_at, desk.settings)} already. Nothing was changed.")
    goods = asked_amount(text, order) if text else worth_of(order, portion_of(len(order.lines), one.items), desk)
    delivery = 0 if text else _delivery(order, one, desk, shipping=shipping)
    amount = goods + delivery
    if amount:
        check_amount(amount, order, desk)
    said = _of_delivery(order, one, delivery, desk)
    asked = give_back_question(order, amount, desk) if amount else "Give nothing back for them?"
    desk.confirm(f"{_what_came(order, one)} {said}{asked}", yes=yes)
    order = desk.act_and_pay(order, ReceiveReturn(one.id, amount, not no_restock, bool(delivery)))
    stocked = "cannot be sold again" if no_restock else "can be sold again"
    for_delivery = f", {shown(delivery, order, desk)} of it for delivery" if delivery else ""
    say(
        order,
        f"{shown(amount, order, desk)} goes back to {customer(order)}{for_delivery}; the pieces {stocked}.",
        as_json=as_json,
    )


def _what_came(order: Order, one: Return) -> str:
    """What of a return came back, and what never left."""
    here = never_left(order, one)
    came = listed(counted(one.items) - counted(here))
    said = [f"{contents(order, came)} came back."] if came else []
    return " ".join([*said, *([f"{contents(order, here)} never left and can be sold again."] if here else [])])


def _delivery(order: Order, one: Return, desk: Desk, *, shipping: bool | None) -> int:
    """What goes back for delivery with a return, in minor units; unless it is said, as the law has it."""
    gone = any(portion.shipping for portion in order.portions)
    if not (ends_withdrawal(order, one) and not gone if shipping is None else shipping):
        return 0
    pieces = portion_of(len(order.lines), one.items)
    both = worth_of(order, replace(pieces, shipping=True), desk)
    return standard_part(order, both - worth_of(order, pieces, desk))


def _of_delivery(order: Order, one: Return, delivery: int, desk: Desk) -> str:
    """What is to be known of delivery before it goes back."""
    if not delivery:
        return ""
    why = "All of the order was withdrawn from, so" if ends_withdrawal(order, one) else "As you say,"
    part = "" if knows_cheapest(order) else " (all that was paid: the order does not tell what the cheapest way cost)"
    return f"{why} {shown(delivery, order, desk)} for delivery goes back as well{part}; --no-shipping keeps it. "


def _one(order: Order, return_id: str, *states: ReturnState) -> Return:
    """The return that is meant: the one that is named, or the only one that waits for this step."""
    if return_id:
        found = [one for one in order.returns if one.id.casefold().startswith(return_id.casefold())]
    else:
        found = _in(order, states[0]) or _in(order, *states)
    if len(found) == 1:
        return found[0]
    if not found:
        raise Refused(f"Order {order.id} has no such return. All about it: pouch show {order.id}")
    ids = ", ".join(one.id for one in found)
    raise Refused(f"Order {order.id} has {count(len(found), 'return')}. Say which one with --id: {ids}")


def _in(order: Order, *states: ReturnState) -> list[Return]:
    return [one for one in order.returns if one.state in states]


def _facts(order: Order, one: Return) -> list[dict[str, object]]:
    return [each for each in order_facts(order)["returns"] if each["id"] == one.id]
