"""Progress: one line of what a build is doing, for builds that take longer than a moment."""

import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from types import TracebackType
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

T = TypeVar("T")
PATIENCE = 1.0  # seconds until somebody who waits wants to see something
PAUSE = 0.1  # seconds between two looks at it
console = Console(highlight=False)


class BuildProgress(AbstractContextManager["BuildProgress"]):
    """Shows from the first second on which step a build is at, and how far."""

    def __init__(self) -> None:
        self._next = time.monotonic() + PATIENCE
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        # Without a thread of its own, for one must not be running when processes are forked.
        self._bar = Progress(*columns, console=console, transient=True, auto_refresh=False)
        self._task = self._bar.add_task("", total=None)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar.live.is_started:
            self._bar.stop()

    def say(self, text: str) -> None:
        """Print what the owner should know; nothing when there is nothing."""
        if text:
            self._bar.console.print(text, markup=False)

    def over(self, step: str, results: Iterable[T], total: int) -> Iterator[T]:
        """The results as they come; each counts as one of `total` in this step."""
        self.at(step, 0, total)
        for done, result in enumerate(results, 1):
            yield result
            self.at(step, done, total)

    def at(self, step: str, done: int, total: int) -> None:
        """Say how far a step is."""
        if not console.is_terminal or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + PAUSE
        self._bar.start()
        self._bar.update(self._task, description=step, completed=done, total=total, refresh=True)
