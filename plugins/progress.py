"""Progress: one line of what a build is doing, for builds that take longer than a moment."""

import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

from rich.console import Console

if TYPE_CHECKING:
    from rich.progress import Progress

T = TypeVar("T")
PATIENCE = 1.0  # seconds until somebody who waits wants to see something
PAUSE = 0.1  # seconds between two looks at it
console = Console(highlight=False, emoji=False)


class BuildProgress(AbstractContextManager["BuildProgress"]):
    """Shows from the first second on which step a build is at, and how far."""

    def __init__(self) -> None:
        self._next = time.monotonic() + PATIENCE
        self._bar: Progress | None = None
        self._is_watched = console.is_terminal  # asked once, for it takes as long as some of the steps

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()

    def say(self, text: str) -> None:
        """Print what the owner should know, a line as one line; nothing when there is nothing."""
        if text and self._bar:
            console.print(text, markup=False, soft_wrap=True)
        elif text:
            print(text, flush=True)  # noqa: T201 (the same, much sooner)

    def over(self, step: str, results: Iterable[T], total: int) -> Iterator[T]:
        """The results as they come; each counts as one of `total` in this step."""
        if not self._is_watched:
            yield from results
            return
        self.at(step, 0, total)
        for done, result in enumerate(results, 1):
            yield result
            self.at(step, done, total)

    def at(self, step: str, done: int, total: int) -> None:
        """Say how far a step is."""
        if not self._is_watched or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + PAUSE
        self._bar = self._bar or _bar()
        self._bar.update(self._bar.task_ids[0], description=step, completed=done, total=total, refresh=True)


def _bar() -> "Progress":
    """A bar that is shown, without a thread of its own: none may be running when processes are forked."""
    from rich.progress import (  # noqa: PLC0415 (quick builds show none)
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=console, transient=True, auto_refresh=False)
    bar.add_task("", total=None)
    bar.start()
    return bar
