"""How long a function takes from nothing to its first answer, beside the bare import of what others import."""

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.catalogue import ROOT
from tests.living_shop import settings
from tests.small_shop import write_release

BARE = "import stripe, boto3"
PATHS = {"cart": "/cart", "checkout": "/checkout", "order": "/order/AAAA-BBBB-CCCC", "stock": "/stock?sku=CARD"}
ROUNDS = 7


def measure(*, quick: bool) -> Iterator[tuple[str, str]]:
    """Rows of what was measured and its figure."""
    with tempfile.TemporaryDirectory() as folder:
        build = Path(folder) / "build"
        write_release(build)
        environ = settings("http://127.0.0.1:8000", "http://127.0.0.1:8001", Path(folder), build)
        bare = _milliseconds(BARE)
        yield f"bare `{BARE}`", f"{bare:.0f} ms"
        for part, path in PATHS.items():
            yield _row(f"import and first request of {part}", _milliseconds(_first_request(environ, part, path)), bare)
        yield _row("import and first request of stripe events", _milliseconds(_webhook(environ)), bare)


def _row(name: str, figure: float, bare: float) -> tuple[str, str]:
    return name, f"{figure:.0f} ms, {figure / bare:.2f} of bare"


def _first_request(environ: dict[str, str], part: str, path: str) -> str:
    return (
        f"from functions.app import App\nfrom werkzeug.test import Client\n"
        f"assert Client(App({environ!r}).{part}()).get({path!r}).status_code < 500"
    )


def _webhook(environ: dict[str, str]) -> str:
    return (
        f"from functions.app import App\nfrom werkzeug.test import Client\n"
        f"assert Client(App({environ!r}).stripe()).post('/stripe/events').status_code == 400"
    )


def _milliseconds(program: str) -> float:
    """The median of a few fresh interpreters, each timing itself."""
    timed = f"import time; started = time.perf_counter()\n{program}\nprint((time.perf_counter() - started) * 1000)"
    return statistics.median(float(_output(timed)) for _ in range(ROUNDS))


def _output(program: str) -> str:
    command = [sys.executable, "-c", program]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
