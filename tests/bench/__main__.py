"""Measure everything, print it, and write it into docs/bench.md."""

import os
import platform
from datetime import UTC, datetime

from rich.console import Console

from tests.bench import building, selling, starting, weighing
from tests.bench.catalogue import ROOT

HEAD = """# Measured

Written by `make bench`. Machines are noisy, so what counts is the ratio of two figures of one run.
Run on {day} with Python {python} on {cores} cores.

| what | figure |
| --- | --- |
"""


def main() -> None:
    """Print a row as soon as it is known; write the page when all are."""
    console, rows = Console(highlight=False), []
    for section in (weighing, starting, selling, building):
        for name, figure in section.measure():
            console.print(f"{name:<72} {figure}")
            rows.append(f"| {name} | {figure} |\n")
    head = HEAD.format(
        day=datetime.now(UTC).date(), python=platform.python_version(), cores=len(os.sched_getaffinity(0))
    )
    (ROOT / "docs" / "bench.md").write_text(head + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
