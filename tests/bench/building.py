"""How long builds take and how much memory they need, beside plain Pelican on the same texts."""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench.catalogue import ROOT, write_blog, write_shop

SIZES = (100, 1_000, 10_000)
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Run:
    """One process: wall and processor time in seconds, peak memory in MiB of it or the largest of its workers."""

    seconds: float
    processor: float
    mebibytes: float


def measure() -> Iterator[tuple[str, str]]:
    """Rows of what was measured and its figure."""
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            yield from _shop(Path(folder), size)
    yield from _against_pelican(1_000)


def _shop(folder: Path, size: int) -> Iterator[tuple[str, str]]:
    write_shop(folder, size)
    cold = run("-m", "plugins.build", str(folder / "conf.py"))
    product = folder / "content" / "products" / f"thing-{size // 2:05d}.md"
    product.write_text(product.read_text().replace("24.00", "25.00"))
    again = run("-m", "plugins.build", str(folder / "conf.py"))
    yield f"build of {size:,} products, cold", f"{cold.seconds:.2f} s, {cold.mebibytes:.0f} MiB"
    share = again.seconds / cold.seconds
    yield f"build of {size:,} products after one edit", f"{again.seconds:.2f} s, {share:.2f} of cold"


def _against_pelican(size: int) -> Iterator[tuple[str, str]]:
    with tempfile.TemporaryDirectory() as shop, tempfile.TemporaryDirectory() as blog:
        write_shop(Path(shop), size)
        write_blog(Path(blog), size)
        rounds = [(_cold(Path(shop), "plugins.build"), _cold(Path(blog), "pelican", "-q", "-s")) for _ in range(ROUNDS)]
    # The best of each: what else runs on the machine only ever adds time.
    ours, plain = (_best(list(runs)) for runs in zip(*rounds, strict=True))
    name = f"{size:,} products cold, against plain Pelican with as many articles"
    yield f"{name}, wall time", f"{ours.seconds:.2f} s, {ours.seconds / plain.seconds:.2f} of {plain.seconds:.2f} s"
    share = ours.processor / plain.processor
    yield f"{name}, processor time", f"{ours.processor:.2f} s, {share:.2f} of {plain.processor:.2f} s"


def _best(runs: list[Run]) -> Run:
    figures = ([run.seconds for run in runs], [run.processor for run in runs], [run.mebibytes for run in runs])
    return Run(*(min(figure) for figure in figures))


def _cold(folder: Path, module: str, *options: str) -> Run:
    """A build of a folder from which everything built before was taken away."""
    for name in ("output", "build"):
        shutil.rmtree(folder / name, ignore_errors=True)
    return run("-m", module, *options, str(folder / "conf.py"))


def run(*arguments: str) -> Run:
    """Run Python in the repository and wait. Raises when it fails."""
    started = time.perf_counter()
    process = os.posix_spawn(sys.executable, [sys.executable, *arguments], os.environ | {"PYTHONPATH": str(ROOT)})
    _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - started
    if status:
        raise RuntimeError(f"{' '.join(arguments)} failed with {status}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
