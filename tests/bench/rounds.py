"""Rounds of several things by turns, so that a busy moment of the machine meets all of them alike."""

import atexit
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.bench.catalogue import ROOT


def best(things: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """The best figure of each: what else runs on the machine only ever adds time. What the one before wrote is on the
    disk when the next begins.
    """
    figures: dict[str, list[float]] = {name: [] for name in things}
    for _ in range(rounds):
        for name, measure in things.items():
            os.sync()
            figures[name].append(measure())
    return {name: min(found) for name, found in figures.items()}


def workplace() -> Path:
    """A folder for a race, deleted when all races are over (see `put_aside`). It is on the repository's disk, as a shop
    is, for /tmp may be faster or slower.
    """
    (ROOT / "build").mkdir(exist_ok=True)
    folder = tempfile.mkdtemp(dir=ROOT / "build", prefix="bench-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def put_aside(path: Path) -> None:
    """Take away what was built without deleting it; it goes with the workplace, when all has been measured.

    ext4 lets an inode rest for minutes once its file was deleted and looks past all of those for a new one, so that
    20,000 files are made ten times slower when 20,000 were deleted just before. That would be measured, not a build.
    """
    if path.exists():
        aside = path.parent / "aside"
        aside.mkdir(exist_ok=True)
        path.rename(aside / str(time.time_ns()))
