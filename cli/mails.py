"""`pouch warn`, `email` and `resend`: what customers are told, and where."""

import click

from cli.days import DAY
from cli.desk import Desk, OwnerCommand, Refused, json_option, pass_desk, yes_option
from cli.show import say
from cli.words import customer, standing
from functions.language import words_in
from functions.shop.acts import CorrectEmail, Resend, Warn
from functions.shop.delay import delay_text
from functions.shop.email import parse_email
from functions.shop.message import Kind
from functions.shop.shipment import to_ship
from functions.shop.state import SOLD

_AGAIN = {"confirmation": Kind.CONFIRMATION, "link": Kind.LINK, "gift-card": Kind.GIFT_CARD, "download": Kind.DOWNLOAD}


@click.command(cls=OwnerCommand)
@click.argument("number")
@click.option(
    "--by",
    "leaves_by",
    type=DAY,
    metavar="DAY",
    default="",
    help="The day by which it leaves now, or arrives if it has left.",
)
@click.option("--text", default="", help="What to add to the apology; a draft in your shop's language unless said.")
@yes_option
@json_option
@pass_desk
def warn(desk: Desk, number: str, leaves_by: str, text: str, yes: bool, as_json: bool) -> None:
    """Tell a customer that it takes longer than was promised."""
    order = desk.find(number)
    if not order.email:
        raise Refused(f"Order {order.id} has no e-mail address, so nobody can be told.")
    if order.state not in SOLD:
        raise Refused(f"Order {order.id} is {standing(order)}, so nobody waits for it. Write to {order.email} instead.")
    settings, left = desk.settings, bool(order.shipments) and not to_ship(order)
    draft = delay_text(_to_come(leaves_by, desk), settings.days, left=left)
    written = text.strip() or str(words_in(settings.language).tell(draft))
    desk.confirm(
        f"We are sorry, says the mail to {customer(order)}, it takes longer. Then:\n\n  {written}\n\nSend it?", yes=yes
    )
    order = desk.act(order, Warn(written, len(order.remarks)))
    if written not in order.remarks:
        raise Refused(f"Somebody else wrote to {customer(order)} at this moment. Look: pouch show {order.id}")
    say(order, f"{customer(order)} gets a mail about the delay.", as_json=as_json)


@click.command(cls=OwnerCommand)
@click.argument("number")
@click.argument("address")
@yes_option
@json_option
@pass_desk
def email(desk: Desk, number: str, address: str, yes: bool, as_json: bool) -> None:
    """Correct the e-mail address of an order.

    The confirmation is sent there, and links that were mailed before end.
    """
    order, correct = desk.find(number), parse_email(address)
    desk.confirm(f"Send all mails of order {order.id} to {correct} instead of {order.email or 'nobody'}?", yes=yes)
    order = desk.act(order, CorrectEmail(correct))
    say(order, f"Mails of order {order.id} go to {correct} from now on.", as_json=as_json)


@click.command(cls=OwnerCommand)
@click.argument("number")
@click.argument("kind", type=click.Choice(list(_AGAIN)), default="confirmation")
@json_option
@pass_desk
def resend(desk: Desk, number: str, kind: str, as_json: bool) -> None:
    """Send a mail of an order once more.

    Its confirmation, a new link to it, its gift cards, or its files.
    """
    order = desk.act(desk.find(number), Resend(_AGAIN[kind]))
    say(order, f"The mail ({kind}) goes to {order.email} once more.", as_json=as_json)


def _to_come(day: str, desk: Desk) -> str:
    if day and day < desk.today:
        raise click.UsageError(f"{day} is over. Write a day that is still to come.")
    return day
