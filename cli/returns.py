"""`pouch return`: what customers send back, from the question to the money."""

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
from functions.shop.returns import Return, ReturnState

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
    help="How much goes back for them, such as 12.50; 0 for nothing. What they cost, unless you say.",
)
@click.option("--no-restock", is_flag=True, help="The pieces cannot be sold again.")
@yes_option
@json_option
@pass_desk
def receive(desk: Desk, number: str, return_id: str, text: str, no_restock: bool, yes: bool, as_json: bool) -> None:
    """Note that the pieces have come, and give the money for them back."""
    order = desk.find(number)
    one = _one(order, return_id, ReturnState.ASKED, ReturnState.APPROVED, ReturnState.RECEIVED)
    if one.state is ReturnState.RECEIVED:
        raise Refused(f"These pieces came {moment(one.received_at, desk.settings)} already. Nothing was changed.")
    amount = asked_amount(text, order) if text else worth_of(order, portion_of(len(order.lines), one.items), desk)
    if amount:
        check_amount(amount, order, desk)
    asked = give_back_question(order, amount, desk) if amount else "Give nothing back for them?"
    desk.confirm(f"{contents(order, one.items)} came back. {asked}", yes=yes)
    order = desk.act_and_pay(order, ReceiveReturn(one.id, amount, not no_restock))
    stocked = "cannot be sold again" if no_restock else "can be sold again"
    say(
        order,
        f"{shown(amount, order, desk)} goes back to {customer(order)}; the pieces {stocked}.",
        as_json=as_json,
    )


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
