"""How long it takes in a running `make serve` from saving a product to its new page on disk."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.bench import hugo, shop
from tests.bench.process import ENVIRONMENT, seconds
from tests.bench.rounds import best, workplace
from tests.living_shop import free_port

OPENING_SECONDS, EDIT_SECONDS = 300, 60
LOOK_SECONDS = 0.002
LIMIT = 0.05


def measure(*, quick: bool) -> Iterator[tuple[str, str]]:
    """Rows of what was measured and its figure."""
    size, rounds = (1_000, 2) if quick else (10_000, 5)
    folder = workplace()
    ours, theirs = folder / "shop", folder / "hugo"
    shop.write_shop(ours, size)
    with _serving(ours):
        hugo.write_site(theirs, size, ours / "output")
        things = {
            "edit": lambda: _edit(ours, size // 2),
            "hugo": lambda: _hugo(theirs),
        }
        found = best(things, rounds)
    ratio = f"{found['edit'] / found['hugo']:.3f} of Hugo's full build (goal {LIMIT})"
    yield (
        f"{size:,} products, one edited, in a running `make serve`, until the page shows it; the search index follows",
        f"{found['edit']:.2f} s; {ratio}",
    )


@contextmanager
def _serving(folder: Path) -> Iterator[None]:
    """`make serve` on a free port until the block ends; it has noticed an edit when the block begins."""
    port = _port()
    command = [sys.executable, "-m", "cli", "serve", "--port", str(port)]
    process = subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stdout=subprocess.DEVNULL)
    try:
        _wait(lambda: process.poll() is not None or _answers(port), OPENING_SECONDS)
        if process.poll() is not None:
            raise RuntimeError(f"make serve ended with {process.returncode}")
        _wait(lambda: _notices(folder), OPENING_SECONDS)
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def _port() -> int:
    """A free port; the next one is free as well, for the payment stand-in."""
    while True:
        port = free_port()
        with suppress(OSError), socket.socket() as next_one:
            next_one.bind(("127.0.0.1", port + 1))
            return port


def _notices(folder: Path) -> bool:
    """Whether a saved file is built again: the shop is served a moment before it is watched."""
    with suppress(TimeoutError):
        _edit(folder, 0, limit=20)
        return True
    return False


def _edit(folder: Path, number: int, limit: float = EDIT_SECONDS) -> float:
    """Seconds from saving another price to the page that shows it."""
    page = shop.product_page(folder, number)
    started = time.perf_counter()
    price = shop.edit_price(folder, number)
    _wait(lambda: price in page.read_text(encoding="utf-8"), limit)
    return time.perf_counter() - started


def _hugo(folder: Path) -> float:
    hugo.forget(folder)
    return seconds(hugo.command(folder), folder)


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _wait(happened: Callable[[], bool], limit: float) -> None:
    """Look again and again. Raises TimeoutError after so many seconds."""
    end = time.monotonic() + limit
    while not happened():
        if time.monotonic() > end:
            raise TimeoutError(f"nothing happened in {limit} s")
        time.sleep(LOOK_SECONDS)
