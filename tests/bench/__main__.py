"""Measure everything, print it, and write it into docs/bench.md; with `--quick` a little of it, and write nothing."""

import os
import platform
import sys
from datetime import UTC, datetime

from rich.console import Console

from tests.bench import building, growth, keeping, publishing, selling, serving, starting, weighing
from tests.bench.catalogue import ROOT

HEAD = """# Measured

Written by `make bench`. Machines are noisy, so what counts is the ratio of two figures of one run.
Run on {day} with Python {python} on {cores} cores.
Two things weigh on our builds more than on Hugo's. A Python that was built as a shared library, as some version
managers do, takes a fifth longer. And for five minutes after tens of thousands of files were deleted, ext4 makes new
ones slowly.

| what | figure |
| --- | --- |
"""


def main() -> None:
    """Print a row as soon as it is known; write the page when all are."""
    console, rows, quick = Console(highlight=False), [], "--quick" in sys.argv
    for section in (weighing, starting, selling, growth, keeping, building, publishing, serving):
        for name, figure in section.measure(quick=quick):
            console.print(f"{name:<72} {figure}", soft_wrap=True)
            rows.append(f"| {name} | {figure} |\n")
    if quick:
        return
    head = HEAD.format(
        day=datetime.now(UTC).date(), python=platform.python_version(), cores=len(os.sched_getaffinity(0))
    )
    (ROOT / "docs" / "bench.md").write_text(head + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
