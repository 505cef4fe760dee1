"""`pouch reconcile`: do now what the shop does by itself every few minutes."""

from dataclasses import asdict

import click

from cli.desk import AGAIN, Desk, OwnerCommand, json_option, pass_desk
from cli.tables import print_json
from cli.words import count
from functions.service.reconcile import reconcile as bring_up


@click.command(cls=OwnerCommand)
@json_option
@pass_desk
def reconcile(desk: Desk, as_json: bool) -> None:
    """Do now what the shop does every few minutes.

    Ask Stripe about open orders, make refunds and send mails that are due. It is safe to run at any time.
    """
    shop = desk.app
    report = bring_up(
        store=shop.store,
        payments=shop.payments,
        mail=shop.mail,
        clock=desk.clock,
        codes=shop.codes,
        write=shop.letters.write,
    )
    if as_json:
        print_json(asdict(report))
    else:
        done = (count(report.settled, "open order"), count(report.refunded, "order"), count(report.mailed, "order"))
        click.echo("Looked at {}, made the refunds of {}, sent the mails of {}.".format(*done))
    for failure in report.failures:
        click.echo(f"Not done: {failure}", err=True)
    if report.failures:
        raise SystemExit(AGAIN)
