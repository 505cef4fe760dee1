"""`pouch export`: all orders for a spreadsheet or another program."""

import csv
import json
from collections.abc import Iterator
from typing import TextIO

import click

from cli.days import DAY
from cli.desk import Desk, OwnerCommand, pass_desk
from functions.service.finding import orders_in
from functions.shop.day import local_time
from functions.shop.listing import List
from functions.shop.order import Order
from functions.shop.order_facts import order_facts
from functions.shop.sheet import LINE_COLUMNS, ORDER_COLUMNS, line_rows, order_row


@click.command(cls=OwnerCommand)
@click.option("--lines", is_flag=True, help="A row for each line item instead of one for each order.")
@click.option("--json", "as_json", is_flag=True, help="An order a line as JSON, instead of CSV.")
@click.option(
    "--since", type=DAY, metavar="DAY", default="", help="Only orders placed on this day or later, such as 2026-11-01."
)
@click.option("--until", type=DAY, metavar="DAY", default="", help="Only orders placed on this day or before.")
@click.option("--bom", is_flag=True, help="Begin with the mark by which old versions of Excel know UTF-8.")
@click.option(
    "--output", type=click.File("w", encoding="utf-8", atomic=True), default="-", help="A file; the screen unless said."
)
@pass_desk
def export(desk: Desk, lines: bool, as_json: bool, since: str, until: str, bom: bool, output: TextIO) -> None:
    """Write all orders for a spreadsheet or a program.

    The oldest come first. CSV unless --json is given.
    """
    if as_json and (lines or bom):
        raise click.UsageError("--lines and --bom are for CSV; leave out --json.")
    if until and until < since:
        raise click.UsageError(f"No day is after {since} and before {until}. Write: --since {until} --until {since}")
    found = _between(desk, since, until)
    if as_json:
        output.writelines(json.dumps(order_facts(order), ensure_ascii=False) + "\n" for order in found)
        return
    output.write("\ufeff" if bom else "")
    sheet = csv.writer(output)
    sheet.writerow(LINE_COLUMNS if lines else ORDER_COLUMNS)
    zone = desk.settings.time_zone
    for order in found:
        sheet.writerows(line_rows(order, zone) if lines else [order_row(order, zone)])


def _between(desk: Desk, first: str, last: str) -> Iterator[Order]:
    """Orders placed on these days, by the clock of the shop, read one by one."""
    for order in orders_in(List.ALL, desk.app.store):
        placed = local_time(order.created_at, desk.settings.time_zone)[:10]
        if placed >= first and (not last or placed <= last):
            yield order
