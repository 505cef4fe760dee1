"""`pouch coupon`: a code for customers, by a mail that they can refuse."""

import click

from cli.desk import Desk, OwnerCommand, Refused, json_option, pass_desk, yes_option
from cli.tables import print_json
from cli.words import count, customer
from functions.service.offering import Answer, Offered, answers, coupon_in_force, offer
from functions.shop.errors import UnknownCoupon
from functions.shop.promotion import Promotion
from plugins.content.suggestion import did_you_mean

_SAID = {
    Answer.DUE: "gets it",
    Answer.KNOWN: "has got it for this order already",
    Answer.TWICE: "gets it once, for another one of these orders",
    Answer.SILENCED: "wants no such mails",
    Answer.UNPAID: "has never paid this order",
    Answer.NAMELESS: "has no e-mail address",
    Answer.USED: "has used it as often as allowed",
}


@click.command(cls=OwnerCommand)
@click.argument("code")
@click.argument("numbers", metavar="NUMBER...", nargs=-1, required=True)
@yes_option
@json_option
@pass_desk
def coupon(desk: Desk, code: str, numbers: tuple[str, ...], yes: bool, as_json: bool) -> None:
    """Mail the code of a coupon to the customers of some orders.

    CODE is one of promotions.yaml that is in force. Nobody gets the same code twice for an order, and nobody who wants
    no such mails.
    """
    shop, found = desk.app, _coupon(desk, code)
    orders = tuple({order.id: order for order in map(desk.find, numbers)}.values())
    offered = list(answers(found, orders, shop.store))
    due = [one for one in offered if one.answer is Answer.DUE]
    if due:
        desk.confirm(f"Mail {found.code} ({found.name}) to {count(len(due), 'customer')}?", yes=yes)
    for one in due:
        offer(found, one, store=shop.store, payments=shop.payments, clock=desk.clock, codes=shop.codes)
    _say(offered, as_json=as_json)


def _coupon(desk: Desk, code: str) -> Promotion:
    try:
        return coupon_in_force(code, settings=desk.settings, store=desk.app.store, now=desk.clock())
    except UnknownCoupon as error:
        known = [one.code for one in desk.settings.promotions if one.code]
        hint = did_you_mean(code, known)
        raise Refused(f"{error} {hint[0].upper()}{hint[1:]}") from error


def _say(offered: list[Offered], *, as_json: bool) -> None:
    if as_json:
        print_json([{"number": one.order.id, "answer": one.answer.value} for one in offered])
        return
    for one in offered:
        click.echo(f"{one.order.id}: {customer(one.order)} {_SAID[one.answer]}.")
