"""`pouch erase`: a customer is forgotten."""

import click

from cli.desk import Desk, OwnerCommand, Refused, json_option, pass_desk, yes_option
from cli.tables import print_json
from cli.words import count
from functions.service.erasing import erase_customer, orders_of
from functions.service.finding import find_order
from functions.shop.email import parse_email
from functions.shop.errors import IllegalTransition, UnknownOrder
from functions.shop.order import Order

STAYS = (
    "What stays, because tax law asks for it: numbers, goods, amounts, and the name and address on invoices. "
    "Stripe keeps its own records; have them erased in its dashboard, too."
)


@click.command(cls=OwnerCommand)
@click.argument("whom", metavar="EMAIL|ORDER")
@yes_option
@json_option
@pass_desk
def erase(desk: Desk, whom: str, yes: bool, as_json: bool) -> None:
    """Forget a customer, named by e-mail or by an order.

    In all of their orders, and wherever else the shop knows them.
    """
    email, orders = _meant(desk, whom)
    numbers = ", ".join(order.id for order in orders)
    asked = f"Forget {email or 'the customer'} in {count(len(orders), 'order')}{f' ({numbers})' if orders else ''}?"
    desk.confirm(f"{asked} This cannot be undone.", yes=yes)
    shop = desk.app
    try:
        erased = erase_customer(
            email, orders, store=shop.store, payments=shop.payments, clock=desk.clock, codes=shop.codes
        )
    except IllegalTransition as error:
        raise Refused(f"{error} Nobody was forgotten.") from error
    if as_json:
        print_json({"erased": [order.id for order in erased]})
    else:
        click.echo(f"Forgotten in {count(len(erased), 'order')}, and wherever else the shop knew them.\n{STAYS}")


def _meant(desk: Desk, whom: str) -> tuple[str, tuple[Order, ...]]:
    """The address that is to be forgotten, empty when the order has none any more, and its orders."""
    if "@" in whom:
        email = parse_email(whom)
        return email, orders_of(email, desk.app.store)
    try:
        order = find_order(whom, desk.app.store)
    except UnknownOrder as error:
        raise Refused(
            f"{whom!r} is neither an e-mail address nor the number of one order. Write the whole address, such as "
            "ada@example.org, or more of the number. To look for it by name: pouch orders --search NAME"
        ) from error
    return order.email, orders_of(order.email, desk.app.store) if order.email else (order,)
