"""Several at a time: the same is done with many things by some threads, and whoever stops it waits for none of them."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from threading import Event, Thread

NEWS = 0.1  # seconds between two words on how far it is
PATIENCE = 2  # seconds that are waited for what is at work still, when it is stopped
_stopped: ContextVar[Event | None] = ContextVar("stopped", default=None)


class Stopped(Exception):
    """What this belongs to was stopped, by an error elsewhere or by whoever began it."""


@dataclass
class _Work:
    """What is left to be done, and what is done. A thread takes from it again and again: to hand each thing to a thread
    would cost our processor half as much as the call that is made for it.
    """

    do: Callable[[str], None]
    rest: Iterator[str]  # each thing comes to one thread
    done: list[str] = field(default_factory=list)
    errors: list[BaseException] = field(default_factory=list)
    stopped: Event = field(default_factory=Event)

    def go_on(self) -> None:
        """Until nothing is left, or somebody stops it."""
        for thing in self.rest:
            if self.stopped.is_set():
                return
            self.do(thing)
            self.done.append(thing)

    def take_part(self) -> None:
        """The same in a thread of its own; an error stops the others."""
        _stopped.set(self.stopped)
        try:
            self.go_on()
        except BaseException as error:  # whoever waits for the threads raises it
            self.errors.append(error)
            self.stopped.set()


def each(do: Callable[[str], None], things: Sequence[str], at_once: int, tell: Callable[[int], None]) -> None:
    """Do it with every thing, and tell now and then with how many it is done. The first error ends it, and so does
    Ctrl-C: nothing is begun any more, and what does not end within PATIENCE is left alone and ends with the process.
    """
    work = _Work(do, iter(things))
    if at_once == 1 or len(things) < 2:  # noqa: PLR2004 (one alone needs no thread)
        work.go_on()
        if work.done:
            tell(len(work.done))
        return
    threads = list[Thread]()
    try:
        threads.extend(_begun(work.take_part) for _ in range(min(at_once, len(things))))
        _follow(work, threads, tell)
    finally:
        work.stopped.set()
        _wait_for(threads)
    if work.errors:
        raise work.errors[0]


def briefly(do: Callable[[], None]) -> None:
    """Do it, but wait for it no longer than PATIENCE."""
    _wait_for([_begun(do)])


def pause(seconds: float) -> None:
    """Let some seconds pass. Raises Stopped, at once, in a thread of `each` that is stopped."""
    if (_stopped.get() or Event()).wait(seconds):
        raise Stopped


def _begun(do: Callable[[], None]) -> Thread:
    thread = Thread(target=do, daemon=True)  # so that the process can end while it waits for a server
    thread.start()
    return thread


def _follow(work: _Work, threads: Sequence[Thread], tell: Callable[[int], None]) -> None:
    """Wait until all is done, or the first error."""
    for thread in threads:
        while thread.is_alive() and not work.stopped.is_set():
            thread.join(NEWS)
            tell(len(work.done))
    if not work.errors:
        tell(len(work.done))


def _wait_for(threads: Sequence[Thread]) -> None:
    until = time.monotonic() + PATIENCE
    for thread in threads:
        thread.join(max(0, until - time.monotonic()))
