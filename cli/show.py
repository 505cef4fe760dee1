"""`pouch show`: everything about one order, and what can be done with it."""

import click
from rich.console import Console
from rich.text import Text

from cli.desk import Desk, OwnerCommand, json_option, pass_desk
from cli.sections import sections
from cli.tables import print_json, screen
from cli.words import customer, moment, notes, short_day, standing
from functions.shop.carrier import tracking_url
from functions.shop.order import Order
from functions.shop.order_facts import order_facts
from functions.shop.plain_text import in_one_line
from functions.shop.settings import Settings


@click.command(cls=OwnerCommand)
@click.argument("number")
@json_option
@pass_desk
def show(desk: Desk, number: str, as_json: bool) -> None:
    """Show one order, and what can be done with it.

    The first four signs of its NUMBER are enough.
    """
    print_order(desk.find(number), desk, as_json=as_json)


def print_order(order: Order, desk: Desk, *, as_json: bool) -> None:
    """An order, for people or for programs."""
    if as_json:
        print_json(order_facts(order))
        return
    console, settings = screen(), desk.settings
    _print_head(order, settings, console)
    for title, shown in sections(order, settings):
        console.print()
        console.print(Text(title, "bold"))
        console.print(shown)
        if title == "Parcels":
            _print_links(order, console)


def say(order: Order, done: str, *, as_json: bool) -> None:
    """What a command did: a sentence for people, the whole order for programs."""
    if as_json:
        print_json(order_facts(order))
    else:
        click.echo(done)


def _print_head(order: Order, settings: Settings, console: Console) -> None:
    invoice = f"   invoice {order.invoice}" if order.invoice else ""
    console.print(Text(f"Order {order.id}", "bold") + Text(f"   {standing(order)}{invoice}"))
    if order.held:
        console.print(Text(f"Held: {in_one_line(order.held)}", "magenta"))
    console.print(Text(_times(order, settings)))
    console.print()
    console.print(Text(customer(order) + (f" <{in_one_line(order.email)}>" if order.email else "")))
    if to := _address(order):
        console.print(Text(to))
    if order.vat_id:
        console.print(Text(f"VAT number {in_one_line(order.vat_id)}"))
    for said in notes(order):
        console.print(Text(said, "yellow"))


def _times(order: Order, settings: Settings) -> str:
    said = [f"Placed {moment(order.created_at, settings)}"]
    if order.paid_at:
        said.append(f"paid {moment(order.paid_at, settings)}")
    if order.packed_at:
        said.append(f"packed {moment(order.packed_at, settings)}")
    if order.dispatch_by:
        said.append(f"promised to leave by {short_day(order.dispatch_by)} and arrive by {short_day(order.arrives_to)}")
    if order.erased_at:
        said.append(f"customer forgotten {moment(order.erased_at, settings)}")
    return ", ".join(said)


def _address(order: Order) -> str:
    to = order.address
    if to is None:
        return ""
    parts = (to.line1, to.line2, f"{to.postcode} {to.city}", to.region, to.country)
    return ", ".join(text for part in parts if (text := in_one_line(part)))


def _print_links(order: Order, console: Console) -> None:
    """Where parcels can be followed, unbroken, so that a terminal can open it."""
    for parcel in order.shipments:
        if url := tracking_url(parcel.carrier, parcel.tracking):
            console.print(Text(f"{parcel.id}  {url}"), soft_wrap=True)
