"""`make check-content`: what is wrong in the content, what could be better, and what a shopper would still ask."""

import os
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console

from cli.check_table import print_handsome, print_plain
from plugins.advice.checkup import Checkup, checkup
from plugins.advice.report import as_annotations, as_json

console = Console(highlight=False)


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="For people, for programs, or as annotations of a pull request on GitHub.",
)
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option(
    "--content",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path("content"),
    show_default=True,
    help="The folder to look at.",
)
def check(files: tuple[Path, ...], form: str, strict: bool, content: Path) -> None:
    """Say what is wrong in content/, what could be better, and what a shopper would still ask.

    With FILES, only what concerns these is shown. The exit code is 1 when something is wrong.
    """
    found = checkup(Path(os.path.relpath(content)), Path("theme/templates"), datetime.now(UTC))
    shown = found.only(Path(os.path.relpath(file)) for file in files) if files else found
    _print(shown, form)
    if len(shown.faults) < len(found.faults) and form == "text":
        click.echo("Other files have faults, so nothing more can be said yet. Leave out the file names to see them.")
    raise SystemExit(1 if found.faults or (strict and shown.warnings) else 0)


def _print(found: Checkup, form: str) -> None:
    if form == "json":
        click.echo(as_json(found))
    elif form == "github":
        click.echo(as_annotations(found), nl=bool(found.findings))
    elif console.is_terminal and not console.is_dumb_terminal:
        print_handsome(found, console)
    else:
        print_plain(found)
