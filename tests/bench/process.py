"""A process that is measured: how long it takes, and how much memory it and its children need at the same time."""

import os
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench.catalogue import ROOT

SAMPLE_SECONDS = 0.02
_PSS = re.compile(r"^Pss: +(\d+) kB$", re.MULTILINE)
_OURS = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}  # owners have it not
ENVIRONMENT = _OURS | {"PYTHONPATH": str(ROOT)}


@dataclass(frozen=True, slots=True)
class Memory:
    """In MiB: what all processes had together at the worst moment, shared pages counted once; the largest one alone."""

    tree: float
    largest: float


def seconds(command: list[str], folder: Path) -> float:
    """How long a command takes in a folder. Raises CalledProcessError when it fails."""
    started = time.perf_counter()
    subprocess.run(command, cwd=folder, env=ENVIRONMENT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def memory(command: list[str], folder: Path) -> Memory:
    """How much memory a command needs in a folder; sampling slows it down, so its time is not taken."""
    process = subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stdout=subprocess.DEVNULL)
    return memory_until(process.pid, lambda: process.poll() is not None)


def memory_until(pid: int, over: Callable[[], bool]) -> Memory:
    """The most memory that a process and its children have until something is over."""
    tree = largest = 0.0
    while not over():
        family = list(_family(pid))
        tree = max(tree, sum(_pss(member) for member in family))
        largest = max(largest, *(_peak(member) for member in family))
        time.sleep(SAMPLE_SECONDS)
    return Memory(tree, largest)


def _family(pid: int) -> Iterator[int]:
    """A process and all that descend from it."""
    yield pid
    parents = _parents()
    known = {pid}
    while found := {child for child, parent in parents.items() if parent in known} - known:
        yield from found
        known |= found


def _parents() -> dict[int, int]:
    """The parent of every process on this machine."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        found[int(path.parent.name)] = int(fields[1])
    return found


def _pss(pid: int) -> float:
    """Resident memory in MiB; a page that several processes share counts in parts."""
    try:
        found = _PSS.search(Path(f"/proc/{pid}/smaps_rollup").read_text())
    except OSError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0


def _peak(pid: int) -> float:
    """The most resident memory that a process ever had, in MiB."""
    try:
        found = re.search(r"^VmHWM:\s+(\d+) kB$", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
    except OSError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0
