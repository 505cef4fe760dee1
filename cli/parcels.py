"""`pouch pack`, `ship`, `deliver`, `hold` and `let-go`: how orders leave the house."""

import click

from cli.desk import Desk, OwnerCommand, Refused, json_option, pass_desk
from cli.pieces import PIECES
from cli.show import say
from cli.words import contents, notes, unfollowed
from functions.shop.acts import Deliver, Hold, LetGo, Pack, Ship
from functions.shop.order import Order
from functions.shop.picking import picked
from functions.shop.shipment import counted, packable, to_ship


@click.command(cls=OwnerCommand)
@click.argument("number")
@json_option
@pass_desk
def pack(desk: Desk, number: str, as_json: bool) -> None:
    """Note that an order is packed.

    From now on its customer can change and cancel nothing.
    """
    order = desk.find(number)
    if order.paid_like and not packable(order):
        raise Refused(f"There is nothing to pack in order {order.id}: files and codes go by mail.")
    order = desk.act(order, Pack())
    say(order, "\n".join([f"Packed: {contents(order, to_ship(order))}.", *notes(order)]), as_json=as_json)


@click.command(cls=OwnerCommand)
@click.argument("number")
@click.option("--carrier", default="", help="Who carries it, such as DHL or An Post. Not asked for what is collected.")
@click.option("--tracking", default="", help="The parcel's number at the carrier, if it has one.")
@click.option(
    "--items", type=PIECES, multiple=True, metavar="SKU:N,…", help="What is in it; all that is left unless said."
)
@json_option
@pass_desk
def ship(
    desk: Desk, number: str, carrier: str, tracking: str, items: tuple[dict[str, int], ...], as_json: bool
) -> None:
    """Note that a parcel of an order has left.

    Its customer gets a mail, with a link to follow it.

    Type it once for each parcel: --items CARD:2,PRINT-A4 says what is in this one.
    """
    order = desk.find(number)
    carrier = carrier.strip() or _collected(order)
    if not carrier:
        raise click.UsageError("Say who carries it: --carrier DHL")
    pieces = picked(order, _added_up(items), counted(to_ship(order))) if items else ()
    order = desk.act(order, Ship(carrier, tracking.strip(), pieces))
    say(order, _sent(order), as_json=as_json)


@click.command(cls=OwnerCommand)
@click.argument("number")
@click.option("--parcel", default="", help="Which one; all of them unless said.")
@json_option
@pass_desk
def deliver(desk: Desk, number: str, parcel: str, as_json: bool) -> None:
    """Note that an order, or one parcel of it, has arrived."""
    order = desk.act(desk.find(number), Deliver(parcel, desk.settings.review_after))
    there = sum(bool(one.delivered_at) for one in order.shipments)
    say(order, f"Arrived: {there} of {len(order.shipments)} parcels of order {order.id}.", as_json=as_json)


@click.command(cls=OwnerCommand)
@click.argument("number")
@click.option("--reason", required=True, help="Why; only you read it.")
@json_option
@pass_desk
def hold(desk: Desk, number: str, reason: str, as_json: bool) -> None:
    """Keep an order back.

    It cannot be packed or shipped before you let it go.
    """
    order = desk.act(desk.find(number), Hold(reason.strip()))
    say(order, f"Held. When it may leave: pouch let-go {order.id}", as_json=as_json)


@click.command("let-go", cls=OwnerCommand)
@click.argument("number")
@json_option
@pass_desk
def let_go(desk: Desk, number: str, as_json: bool) -> None:
    """Let an order leave that was held."""
    held = desk.find(number)
    if not held.held:
        raise Refused(f"Order {held.id} is not held.")
    order = desk.act(held, LetGo())
    new = order.invoice != held.invoice
    billed = f"\nIt has invoice {order.invoice} now, and its customer gets the confirmation." if new else ""
    say(order, f"Order {order.id} may leave. It was held: {held.held}{billed}", as_json=as_json)


def _collected(order: Order) -> str:
    """The way of an order that its customer fetches: nobody carries it."""
    return order.shipping.name if order.shipping and order.shipping.pickup else ""


def _added_up(items: tuple[dict[str, int], ...]) -> dict[str, int]:
    """Several --items as one."""
    wanted: dict[str, int] = {}
    for each in items:
        for sku, quantity in each.items():
            wanted[sku] = wanted.get(sku, 0) + quantity
    return wanted


def _sent(order: Order) -> str:
    parcel, left = order.shipments[-1], to_ship(order)
    how = "is handed over" if _collected(order) else f"has left with {parcel.carrier}"
    said = [f"Parcel {parcel.id} of order {order.id} {how}: {contents(order, parcel.items)}."]
    if left:
        said.append(f"Still to ship: {contents(order, left)}.")
    return "\n".join([*said, *unfollowed(parcel.carrier, parcel.tracking)])
