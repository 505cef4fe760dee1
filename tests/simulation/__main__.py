"""`make simulate SEEDS=2000 [FIRST=0]`: many histories, on all processors, and the story of the first one that breaks a
rule.
"""

import logging
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor

from tests.simulation.history import History
from tests.simulation.rules import Violation
from tests.simulation.story import story

TOGETHER = 50  # histories that a process plays before it tells of them


def main() -> int:
    """Run the seeds, say how many histories a second. 1 when a rule was broken."""
    first, seeds = int(os.environ.get("FIRST", "0")), int(os.environ.get("SEEDS", "2000"))
    began = time.perf_counter()
    with ProcessPoolExecutor(initializer=_silence) as pool:
        for done, broken in enumerate(pool.map(played, range(first, first + seeds), chunksize=TOGETHER), 1):
            _show(done, seeds)
            if broken:
                pool.shutdown(wait=False, cancel_futures=True)
                print(f"\n{broken}")  # noqa: T201 — this is what the command is for
                return 1
    took = time.perf_counter() - began
    print(f"{seeds} histories, no rule broken, {seeds / took:.0f} a second")  # noqa: T201
    return 0


def played(seed: int) -> str:
    """The story of the rule that a history breaks; empty when it keeps all."""
    history = History(seed)
    try:
        history.run()
    except Violation as broken:
        return story(history, str(broken))
    return ""


def _silence() -> None:
    logging.getLogger("pouch").addHandler(logging.NullHandler())  # stories tell what happens, logs would repeat it


def _show(done: int, seeds: int) -> None:
    """Somebody who waits at a terminal sees how far it is."""
    if sys.stderr.isatty() and done % TOGETHER == 0:
        print(f"\r{done:,} of {seeds:,}", end="\n" if done == seeds else "", file=sys.stderr, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
