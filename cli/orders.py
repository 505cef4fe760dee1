"""`pouch orders`: which orders there are, and which of them wait for the owner."""

from collections.abc import Iterator
from itertools import islice

import click
from rich.table import Table

from cli.desk import Desk, OwnerCommand, json_option, pass_desk
from cli.tables import print_json, row, screen, table
from cli.words import customer, moment_day, money, promised, shorten, standing
from functions.service.finding import late_orders, orders_in, search
from functions.shop.lateness import Due, due
from functions.shop.listing import List
from functions.shop.order import Order
from functions.shop.order_facts import order_brief

_LISTS = {
    "to_ship": List.TO_SHIP,
    "on_the_way": List.ON_THE_WAY,
    "held": List.HELD,
    "returns": List.RETURNS,
    "bounced": List.BOUNCED,
}
_NONE = {
    "to_ship": "Nothing waits to be shipped.",
    "late": "Nothing is late.",
    "held": "Nothing is held.",
    "on_the_way": "Nothing is on its way.",
    "returns": "Nobody waits for an answer about a return.",
    "bounced": "No mail came back.",
    "": "There are no orders yet.",
}
_STYLES = {Due.LATE_TO_LEAVE: "red", Due.LATE_TO_ARRIVE: "red", Due.SOON: "yellow", Due.ARRIVING: "yellow"}
_WIDE, _SHORT_NAME, _LONG_NAME = 100, 16, 40  # columns of a terminal, and of a name in it


@click.command(cls=OwnerCommand)
@click.option("--to-ship", "which", flag_value="to_ship", help="What waits to be shipped, the most urgent first.")
@click.option("--late", "which", flag_value="late", help="What must leave or arrive today, or should have by now.")
@click.option("--on-the-way", "which", flag_value="on_the_way", help="What is shipped and has not arrived.")
@click.option("--held", "which", flag_value="held", help="What must not leave before you have looked at it.")
@click.option("--returns", "which", flag_value="returns", help="Returns that wait for your answer.")
@click.option("--bounced", "which", flag_value="bounced", help="Whose mail came back, so that the address is wrong.")
@click.option("--search", "text", metavar="TEXT", default="", help="By number, name, e-mail, tracking or invoice.")
@click.option("--limit", type=click.IntRange(1, 1000), default=25, show_default=True, help="How many at once.")
@click.option("--page", type=click.IntRange(1), default=1, help="Which page of them.")
@json_option
@pass_desk
def orders(desk: Desk, which: str | None, text: str, limit: int, page: int, as_json: bool) -> None:
    """List orders, the newest first."""
    if which and text:
        raise click.UsageError("Use one of the lists or --search, not both.")
    found = list(islice(_found(desk, which or "", text), (page - 1) * limit, page * limit + 1))
    shown, more = found[:limit], len(found) > limit
    if as_json:
        print_json({"orders": [order_brief(order) | {"due": due(order, desk.today)} for order in shown], "more": more})
    elif shown:
        screen().print(_table(shown, desk))
        if more:
            click.echo(f"\nThere are more: add --page {page + 1}.")
    else:
        click.echo(_nothing(which or "", text, page))


def _found(desk: Desk, which: str, text: str) -> Iterator[Order]:
    store = desk.app.store
    if text:
        return search(text, store)
    if which == "late":
        return late_orders(store, desk.today)
    if which:
        return orders_in(_LISTS[which], store)
    return orders_in(List.ALL, store, newest_first=True)


def _table(found: list[Order], desk: Desk) -> Table:
    whole = ("Order", "Placed", "Customer", "Stands")
    made = table("Order", "Placed", "Customer", "Total", "Stands", "By", right=("Total",), keep=whole)
    longest = _LONG_NAME if screen().width >= _WIDE else _SHORT_NAME
    for order in found:
        row(
            made,
            order.id,
            moment_day(order.created_at, desk.settings, desk.today),
            shorten(customer(order), longest),
            money(order.total, order, desk.settings),
            standing(order),
            promised(order, desk.today),
            style=_style(order, desk.today),
        )
    return made


def _style(order: Order, today: str) -> str:
    state = due(order, today)
    if not order.paid_like:
        return "dim"
    return "magenta" if order.held else _STYLES[state] if state else ""


def _nothing(which: str, text: str, page: int) -> str:
    if page > 1:
        return "There are no more."
    if text:
        return (
            f"No order has {text} as its number, name, e-mail, tracking number or invoice. Write whole words of names."
        )
    return _NONE[which]
