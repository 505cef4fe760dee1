"""Progress: a bar for what takes longer than a moment."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from plugins.pictures import Report

console = Console(highlight=False)


@contextmanager
def picture_progress() -> Iterator[Report]:
    """A bar for pictures that must be made. It shows up with the first one done, so not when nothing is to do."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("Making pictures (once)", total=None, visible=False)
        yield lambda done, total: progress.update(task, completed=done, total=total, visible=True)
