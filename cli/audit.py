"""`pouch audit`: do the books agree?"""

from dataclasses import asdict

import click

from cli.desk import REFUSED, Desk, OwnerCommand, json_option, pass_desk
from cli.tables import print_json, row, screen, table
from cli.words import count
from functions.service.audit import Finding
from functions.service.audit import audit as findings


@click.command(cls=OwnerCommand)
@click.option(
    "--stripe", "with_stripe", is_flag=True, help="Compare with Stripe as well: a request for each paid order."
)
@json_option
@pass_desk
def audit(desk: Desk, with_stripe: bool, as_json: bool) -> None:
    """Compare orders, stock, uses and balances with each other.

    Nothing is changed. It ends with 1 when something does not agree.
    """
    found = list(findings(store=desk.app.store, payments=desk.app.payments if with_stripe else None))
    if as_json:
        print_json([asdict(one) for one in found])
    else:
        _print(found)
    if found:
        raise SystemExit(REFUSED)


def _print(found: list[Finding]) -> None:
    if not found:
        click.echo("Everything agrees.")
        return
    made = table("Rule", "About", "What does not agree (amounts in minor units)", keep=("Rule", "About"))
    for one in found:
        row(made, one.rule, one.about, one.text)
    screen().print(made)
    click.echo(f"\n{count(len(found), 'finding')}. Look at each with pouch show; pouch reconcile mends what it can.")
