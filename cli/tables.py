"""Tables for a terminal, as wide as it is; into a file or a pipe they go without colours."""

import json
from collections.abc import Sequence
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text


def screen() -> Console:
    """Where a command writes now."""
    return Console(highlight=False, emoji=False, markup=False)


def errors() -> Console:
    """Where a command says what is not its answer: progress, and what went wrong."""
    return Console(highlight=False, emoji=False, markup=False, stderr=True)


def table(*columns: str, right: Sequence[str] = (), keep: Sequence[str] = (), title: bool = True) -> Table:
    """A table without lines. Columns in `right` hold figures, those in `keep` are never broken or cut."""
    made = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold", show_header=title)
    for name in columns:
        made.add_column(
            name, justify="right" if name in right else "left", no_wrap=name in {*right, *keep}, overflow="fold"
        )
    return made


def row(made: Table, *cells: str, style: str = "") -> None:
    """One row. Cells are texts and nothing else, whatever signs a customer has typed."""
    made.add_row(*(Text(cell) for cell in cells), style=style)


def print_json(value: Any) -> None:
    """A value for programs."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
