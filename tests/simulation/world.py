"""The world of a simulation: one seed owns every choice, and processes take turns at every call to a port.

A process is a greenlet that runs the shop's real code. Whenever that code calls a port, the world may let others go
first, fail the call before or after its effect, or end the process on the spot.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any, TypeVar

from greenlet import getcurrent, greenlet

from functions.shop.errors import ShopError

T = TypeVar("T")
START = 1_800_000_000  # 15 January 2027, 8:00 UTC


class Crash(BaseException):
    """A process ends on the spot: nothing after this line runs, and no `except` of the shop's sees it."""


@dataclass
class Odds:
    """How often what goes wrong, as chances of one call."""

    crash: float = 0.015
    before: float = 0.02
    after: float = 0.05
    pause: float = 0.3
    slow: float = 0.1  # that Stripe takes too long to make a payment page, which takes it longest


CALM = Odds(0, 0, 0, slow=0)


@dataclass
class Process:
    """Something that runs: a request, a delivery of news, a run of the reconciler."""

    name: str
    runs: greenlet
    ended: Callable[[BaseException | None], None]


@dataclass
class World:
    """Time, chance, the processes that are under way, and the story of what happened."""

    random: Random
    odds: Odds = field(default_factory=Odds)
    now: int = START
    processes: list[Process] = field(default_factory=list)
    story: list[tuple[int, str, str]] = field(default_factory=list)
    check: Callable[[], None] = lambda: None
    answered: Callable[[Any], None] = lambda _: None
    crashes: int = 0
    running: str = ""
    _main: greenlet = field(default_factory=getcurrent)
    _looks: dict[greenlet, str] = field(default_factory=dict)
    _troubles: defaultdict[greenlet, set[str]] = field(default_factory=lambda: defaultdict(set))

    def clock(self) -> int:
        """Unix seconds."""
        return self.now

    def tell(self, text: str) -> None:
        """Add to the story."""
        self.story.append((self.now, self.running, text))

    @contextmanager
    def looking(self, at: str) -> Iterator[None]:
        """What runs meanwhile in this process only looks at something, such as `GET /cart`."""
        self._looks[getcurrent()] = at
        try:
            yield
        finally:
            self._looks.pop(getcurrent(), None)

    @property
    def look(self) -> str:
        """What the process that runs only looks at; empty when it does more."""
        return self._looks.get(getcurrent(), "")

    def trouble(self, of: str) -> None:
        """A call of this process has failed, of the store, Stripe, mail …"""
        self._troubles[getcurrent()].add(of)

    @property
    def troubles(self) -> set[str]:
        """What has failed in the process that runs."""
        return self._troubles[getcurrent()]

    def chance(self, odds: float) -> bool:
        """Whether something of this chance happens."""
        return odds > 0 and self.random.random() < odds

    def start(
        self, name: str, act: Callable[[], object], ended: Callable[[BaseException | None], None] = lambda _: None
    ) -> None:
        """A new process, which gets its first turn later."""
        self.processes.append(Process(name, greenlet(act, self._main), ended))

    def turn(self) -> None:
        """One process goes on to its next call of a port, or to its end."""
        self._go_on(self.random.choice(self.processes))

    def time_out(self) -> None:
        """Every process that is under way is ended from outside."""
        for process in [*self.processes]:
            self._go_on(process, end=True)

    def _go_on(self, process: Process, *, end: bool = False) -> None:
        self.running = process.name
        error: BaseException | None = None
        try:
            process.runs.throw(Crash) if end else process.runs.switch()
        except Crash as crash:
            self.crashes += 1
            error = crash
        except ShopError as refused:
            error = refused
        if process.runs.dead:
            self.tell("ends" if error is None else f"ends: {type(error).__name__}")
            self.processes.remove(process)
            process.ended(error)
        self.running = ""

    def finish(self) -> None:
        """Let every process come to its end."""
        while self.processes:
            self.turn()

    def call(self, label: str, effect: Callable[[], T], failure: Callable[[], Exception], *, reads: bool = False) -> T:
        """A call to a port, which `failure` makes fail.

        A call that only `reads` is simpler. It breaks no rule, so none is looked at; an answer that is lost is as good
        as no answer, and a process that ends there as one that ended after its last write; others go on before it less
        often, for what matters is who comes between reading and writing.
        """
        if not reads or self.chance(self.odds.pause):
            self._pause()
        if not reads:
            self._may_crash(label)
        if self.chance(self.odds.before):
            self.tell(f"{label}: fails")
            self.trouble(label.partition(":")[0])
            raise failure()
        try:
            result = effect()
        except ShopError:
            self.trouble(label.partition(":")[0])
            raise
        self.tell(label)
        return result if reads else self._done(label, result, failure)

    def _done(self, label: str, result: T, failure: Callable[[], Exception]) -> T:
        """What was done is done, whatever comes of it now."""
        self.check()
        self._may_crash(f"{label}, done")
        if self.chance(self.odds.after):
            self.tell(f"{label}: done, and its answer is lost")
            self.trouble(label.partition(":")[0])
            raise failure()
        return result

    def _pause(self) -> None:
        """Others may go on before this call."""
        if getcurrent() is not self._main:
            self._main.switch()

    def _may_crash(self, label: str) -> None:
        if getcurrent() is not self._main and self.chance(self.odds.crash):
            self.tell(f"{label}: crash")
            raise Crash
