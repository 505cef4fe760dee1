"""Several at a time: the same is done with many things by some threads."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from threading import Event

NEWS = 0.1  # seconds between two words on how far it is


@dataclass
class _Work:
    """What is left to be done, and what is done. A thread takes from it again and again: to hand each thing to a thread
    would cost our processor half as much as the call that is made for it.
    """

    do: Callable[[str], None]
    rest: Iterator[str]  # each thing comes to one thread
    done: list[str] = field(default_factory=list)
    stopped: Event = field(default_factory=Event)

    def go_on(self) -> None:
        """Until nothing is left, or somebody stops it."""
        for thing in self.rest:
            if self.stopped.is_set():
                return
            self.do(thing)
            self.done.append(thing)


def each(do: Callable[[str], None], things: Sequence[str], at_once: int, tell: Callable[[int], None]) -> None:
    """Do it with every thing, and tell now and then with how many it is done. The first error ends it."""
    work = _Work(do, iter(things))
    if at_once == 1 or len(things) < 2:  # noqa: PLR2004 (one alone needs no thread)
        work.go_on()
        if work.done:
            tell(len(work.done))
        return
    with ThreadPoolExecutor(at_once) as threads:
        at_work = {threads.submit(work.go_on) for _ in range(min(at_once, len(things)))}
        try:
            while at_work:
                ended, at_work = wait(at_work, timeout=NEWS, return_when=FIRST_EXCEPTION)
                for one in ended:
                    one.result()
                tell(len(work.done))
        finally:
            work.stopped.set()
