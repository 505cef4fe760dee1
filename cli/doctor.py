"""`pouch doctor`: what is wrong with the shop's set-up, and what to do."""

import os
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from itertools import groupby

import click
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cli.desk import OwnerCommand, json_option
from cli.tables import print_json, screen
from cli.words import count
from release.doctor.everything import every_look
from release.doctor.finding import Finding, Severity, exit_code
from release.doctor.look import PATIENCE, look_at
from release.doctor.network import Names, Web
from release.doctor.setup import find_setup

SIGNS = {
    Severity.OK: ("✓", "green"),
    Severity.NOTE: ("·", "cyan"),
    Severity.WARNING: ("!", "yellow"),
    Severity.FAULT: ("✗", "bold red"),
    Severity.UNKNOWN: ("?", "magenta"),
}

WORST_FIRST = (Severity.FAULT, Severity.WARNING, Severity.UNKNOWN, Severity.NOTE)


@dataclass(frozen=True)
class Surgery:
    """What the doctor works with."""

    web: Web = field(default_factory=lambda: Web(Names(os.environ.get("DNS_SERVER", ""))))
    patience: float = PATIENCE


pass_surgery = click.make_pass_decorator(Surgery, ensure=True)


@click.command(cls=OwnerCommand)
@click.option("--sandbox", is_flag=True, help="Look at the second shop, the one with test payments.")
@click.option("--all", "everything", is_flag=True, help="Show what is well, too.")
@json_option
@pass_surgery
def doctor(surgery: Surgery, sandbox: bool, everything: bool, as_json: bool) -> None:
    """Look at the whole set-up and say what is wrong with it and what to do. Nothing is changed.

    It ends with 1 when something is wrong, and with 3 when nothing is but not all could be looked at.
    """
    setup, said = find_setup(os.environ, sandbox=sandbox, web=surgery.web, clock=time.time)
    findings = look_at(every_look(setup), surgery.patience)
    if as_json:
        print_json({"setup": said, "findings": [asdict(one) for one in findings]})
    else:
        _print(said, findings, everything=everything)
    raise SystemExit(exit_code(findings))


def _print(said: str, findings: list[Finding], *, everything: bool) -> None:
    shown = screen()
    shown.print(Text(said))
    for subject, group in groupby(findings, key=lambda one: one.subject):
        shown.print()
        shown.print(Text(subject, style="bold"))
        _print_group(_in_order(group, everything=everything))
    shown.print()
    shown.print(Text(summary(findings)))


def _in_order(findings: Iterable[Finding], *, everything: bool) -> list[Finding]:
    """The worst first. What is well is one line, unless all is to be shown."""
    found = list(findings)
    well = [one for one in found if one.severity is Severity.OK]
    rest = sorted((one for one in found if one not in well), key=lambda one: WORST_FIRST.index(one.severity))
    if everything or len(well) < 2:  # noqa: PLR2004
        return [*rest, *well]
    return [*rest, Finding("", well[0].subject, Severity.OK, f"{count(len(well), 'thing')} well")]


def _print_group(findings: list[Finding]) -> None:
    """What several have to be mended by is said once, below them."""
    shown = screen()
    for one, following in zip(findings, [*findings[1:], None], strict=True):
        sign, style = SIGNS[one.severity]
        shown.print(Padding(_hanging(f"{sign} ", one.text, style), (0, 0, 0, 2), expand=False))
        if one.fix and (following is None or following.fix != one.fix):
            shown.print(Padding(_hanging("→ ", one.fix, "dim"), (0, 0, 0, 4), expand=False))


def _hanging(sign: str, text: str, style: str) -> Table:
    """A sign, and beside it a text in as many lines as it needs. Commands and records are never cut."""
    made = Table.grid(padding=0)
    made.add_column(no_wrap=True)
    made.add_column(overflow="fold")
    made.add_row(Text(sign, style=style), Text(text, style=style if style == "dim" else ""))
    return made


def summary(findings: Iterable[Finding]) -> str:
    """All of it in one line."""
    found = [one.severity for one in findings]
    words = (
        (Severity.FAULT, "fault"),
        (Severity.WARNING, "warning"),
        (Severity.NOTE, "note"),
    )
    parts = [count(found.count(severity), word) for severity, word in words if severity in found]
    parts += [f"{found.count(Severity.UNKNOWN)} not known"] if Severity.UNKNOWN in found else []
    return (
        f"{', '.join(parts)}; {found.count(Severity.OK)} well."
        if parts
        else f"All is well: {count(len(found), 'thing')} looked at."
    )
