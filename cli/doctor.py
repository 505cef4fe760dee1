"""`pouch doctor`: what is wrong with the shop's set-up, and what to do."""

import os
import textwrap
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from itertools import groupby

import click
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
    _print_hanging("", said)
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
    for one, following in zip(findings, [*findings[1:], None], strict=True):
        sign, style = SIGNS[one.severity]
        _print_hanging(f"  {sign} ", one.text, sign_style=style)
        if one.fix and (following is None or following.fix != one.fix):
            _print_hanging("    → ", one.fix, style="dim")


def _print_hanging(sign: str, text: str, *, style: str = "", sign_style: str = "") -> None:
    """A sign, and beside it a text in as many lines as it needs. Records and commands are never broken in a word."""
    shown = screen()
    width = max(shown.width - len(sign), 20)
    first, *others = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
    lines = [Text.assemble((sign, sign_style or style), (first, style))]
    lines += [Text(f"{' ' * len(sign)}{line}", style) for line in others]
    for line in lines:
        shown.print(line, soft_wrap=True)


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
