"""`pouch track`: the carrier or the tracking number of a parcel was typed wrongly."""

import click

from cli.desk import Desk, OwnerCommand, Refused, json_option, pass_desk, yes_option
from cli.show import say
from cli.words import customer, unfollowed
from functions.shop.acts import CorrectTracking
from functions.shop.fulfilment import misled
from functions.shop.order import Order
from functions.shop.shipment import Shipment


@click.command(cls=OwnerCommand)
@click.argument("number")
@click.option("--tracking", default="", help="The parcel's right number at the carrier.")
@click.option("--carrier", default="", help="Who carries it, if that was wrong.")
@click.option("--parcel", default="", help="Which one, when several have left.")
@click.option("--no-tell", "silently", is_flag=True, help="Send its customer no mail.")
@yes_option
@json_option
@pass_desk
def track(
    desk: Desk, number: str, tracking: str, carrier: str, parcel: str, silently: bool, yes: bool, as_json: bool
) -> None:
    """Correct the tracking number or the carrier of a parcel.

    What was said before is kept with the order, and its customer gets a mail with the right link.
    """
    if not (tracking.strip() or carrier.strip()):
        raise click.UsageError("Say what is right: --tracking JD014600003SE, or --carrier DHL")
    order = desk.find(number)
    before = _meant(order, parcel.strip())
    act = CorrectTracking(
        before.id, carrier.strip() or before.carrier, tracking.strip() or before.tracking, tell=not silently
    )
    if (before.carrier, before.tracking) == (act.carrier, act.tracking):
        say(order, f"Parcel {before.id} of order {order.id} has {_way(before)} already.", as_json=as_json)
        return
    told = not silently and misled(order, before, desk.clock())
    if told:
        desk.confirm(f"Tell {customer(order)} that it is {_way(act)}, not {_way(before)}?", yes=yes)
    order = desk.act(order, act)
    said = [f"Parcel {before.id} of order {order.id} has {_way(act)} now, not {_way(before)}."]
    said.append(f"{customer(order)} gets a mail with it." if told else _untold(order, before, silently=silently))
    say(order, "\n".join([*said, *unfollowed(act.carrier, act.tracking)]), as_json=as_json)


def _meant(order: Order, parcel: str) -> Shipment:
    """The parcel that was named, or the only one. Raises Refused, or UsageError when it is not clear which."""
    if not order.shipments:
        raise Refused(f"Nothing of order {order.id} has left. Its number is said when it does: pouch ship {order.id}")
    found = [one for one in order.shipments if parcel in {"", one.id}]
    parcels = ", ".join(f"--parcel {one.id} ({_way(one)})" for one in order.shipments)
    if not found:
        raise Refused(f"Order {order.id} has no parcel {parcel}. Write one of these: {parcels}")
    if len(found) > 1:
        raise click.UsageError(f"Order {order.id} has several parcels. Say which one: {parcels}")
    return found[0]


def _way(parcel: Shipment | CorrectTracking) -> str:
    """`DHL JD01`, or the carrier alone."""
    return f"{parcel.carrier} {parcel.tracking}".strip()


def _untold(order: Order, parcel: Shipment, *, silently: bool) -> str:
    """Why nobody gets another mail."""
    if silently:
        return "Nobody is told."
    if not order.email:
        return "The order has no e-mail address, so nobody is told."
    if parcel.delivered_at:
        return "It has arrived, so nobody is told."
    return "The mail about this parcel is still to be sent, and will say so."
