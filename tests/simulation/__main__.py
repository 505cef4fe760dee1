"""`make simulate SEEDS=2000 [FIRST=0]`: many histories, and the story of the first one that breaks a rule."""

import logging
import os
import sys
import time

from tests.simulation.history import History
from tests.simulation.rules import Violation
from tests.simulation.story import story


def main() -> int:
    """Run the seeds, say how many histories a second. 1 when a rule was broken."""
    logging.getLogger("pouch").addHandler(logging.NullHandler())  # stories tell what happens, logs would repeat it
    first, seeds = int(os.environ.get("FIRST", "0")), int(os.environ.get("SEEDS", "2000"))
    began = time.perf_counter()
    for seed in range(first, first + seeds):
        history = History(seed)
        try:
            history.run()
        except Violation as broken:
            print(story(history, str(broken)))  # noqa: T201 — this is what the command is for
            return 1
    took = time.perf_counter() - began
    print(f"{seeds} histories, no rule broken, {seeds / took:.0f} a second")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
