"""`pouch reconcile`: do now what the shop does by itself every few minutes."""

from dataclasses import asdict

import click

from cli.desk import AGAIN, Desk, OwnerCommand, json_option, pass_desk
from cli.tables import print_json
from cli.words import count
from functions.service.reconcile import Report


@click.command(cls=OwnerCommand)
@json_option
@pass_desk
def reconcile(desk: Desk, as_json: bool) -> None:
    """Do now what the shop does every few minutes.

    Ask Stripe about open orders, make refunds, write to whoever waits, and send all mails and notices that are due. It
    is safe to run at any time.
    """
    report = desk.app.reconcile(desk.clock)
    if as_json:
        print_json(asdict(report))
    else:
        click.echo(_said(report))
    for failure in report.failures:
        click.echo(f"Not done: {failure}", err=True)
    if report.unsent:
        waits = f"{count(report.unsent, 'mail')} could not be sent and will be tried again"
        click.echo(f"Not done: {waits}. The shop's log says why.", err=True)
    if report.failures or report.unsent:
        raise SystemExit(AGAIN)


def _said(report: Report) -> str:
    """What was done, and nothing of what was not."""
    done = (
        ("asked about {}", report.settled, "open order"),
        ("found {} that was missing here", report.rebuilt, "paid order"),
        ("heard of {} with refunds or disputes", report.troubled, "payment"),
        ("gave back for {}", report.refunded, "order"),
        ("wrote to {} that something is back", report.told, "shopper"),
        ("wrote to you what gets late", report.warned, ""),
        ("sent {}", report.mailed, "mail"),
        ("forgot people in {}", report.forgotten, "old order"),
        ("found {} in the books (pouch audit says which)", report.differences, "difference"),
    )
    said = ", ".join(words.format(count(number, noun)) for words, number, noun in done if number)
    return f"{said[:1].upper()}{said[1:]}." if said else "There was nothing to do."
