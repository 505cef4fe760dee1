"""A check-up for people: lines that an editor can follow, or in a terminal a table of products and their questions."""

from itertools import groupby

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from plugins.advice.checkup import Checkup, Finding
from plugins.advice.score import FULL, Score

_BAR, _SHOWN = 20, 25
_GOOD, _FAIR = 90, 70


def print_plain(found: Checkup) -> None:
    """One line for each finding, then one for each product: its score, its title and what a shopper would ask."""
    for finding in found.findings:
        click.echo(finding)
    if found.scores:
        click.echo()
    for score in found.scores:
        click.echo(f"{score.points:3} {score.title}{'' if not score.missing else ': '}{' '.join(score.questions)}")
    click.echo(f"\n{summary(found)}", err=True)


def print_handsome(found: Checkup, console: Console) -> None:
    """Faults; or else the table of products, the worst first, the questions below, and what else could be better."""
    for finding in found.faults:
        console.print(_line(finding), soft_wrap=True)
    if found.scores:
        console.print("\n[bold]What a shopper would still ask[/bold]\n")
        console.print(_table(found.scores[:_SHOWN]))
    if len(found.scores) > _SHOWN:
        console.print(f"  … and {len(found.scores) - _SHOWN} products that tell more than these.\n", style="dim")
    _print_questions([finding for finding in found.warnings if finding.question], found.scores[:_SHOWN], console)
    others = [finding for finding in found.warnings if not finding.question]
    if others:
        console.print("[bold]What could be better[/bold]\n")
    for finding in others:
        console.print(_line(finding), soft_wrap=True)
    console.print(f"\n{summary(found)}")


def summary(found: Checkup) -> str:
    """How it stands, in one sentence."""
    if found.faults:
        return f"{_count(found.faults, 'fault')}. Mend them first; then this check goes on to what a shopper would ask."
    average = sum(score.points for score in found.scores) / len(found.scores) if found.scores else FULL
    if not found.warnings:
        return "Nothing is wrong, and nothing is missing."
    return f"Nothing is wrong. {_count(found.warnings, 'warning')}; the products tell {average:.0f} of 100 points."


def _table(scores: tuple[Score, ...]) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 1))
    for score in scores:
        questions = f"{len(score.missing)} questions" if len(score.missing) > 1 else "1 question" * len(score.missing)
        row = Text(f"{score.points:3}", _colour(score)), _bar(score), Text(score.title), Text(questions, "dim")
        table.add_row(*row)
    return table


def _bar(score: Score) -> Text:
    filled = round(score.points * _BAR / FULL)
    return Text("━" * filled, _colour(score)) + Text("━" * (_BAR - filled), "bright_black")


def _colour(score: Score) -> str:
    if score.points >= _GOOD:
        return "green"
    return "yellow" if score.points >= _FAIR else "red"


def _print_questions(findings: list[Finding], scores: tuple[Score, ...], console: Console) -> None:
    """File by file in the order of the table: each question, and below it where and what to write."""
    order = {score.path.as_posix(): (at, score.title) for at, score in enumerate(scores)}
    known = sorted((f for f in findings if f.fault.path in order), key=lambda f: (order[f.fault.path][0], f.fault))
    for path, group in groupby(known, key=lambda finding: finding.fault.path):
        console.print(f"\n[bold]{escape(order[path][1])}[/bold]")
        for finding in group:
            console.print(f"  {escape(finding.question)}")
            console.print(Text("    ") + _line(finding), soft_wrap=True)
    if known:
        console.print()


def _line(finding: Finding) -> Text:
    fault = finding.fault
    place = Text(f"{fault.path}:{fault.line}:{fault.column}", "cyan")
    return place + Text(": ") + Text(fault.field, "bold" if finding.is_warning else "bold red") + f": {fault.sentence}"


def _count(findings: tuple[Finding, ...], word: str) -> str:
    return f"{len(findings)} {word}{'' if len(findings) == 1 else 's'}"
