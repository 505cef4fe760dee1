"""What a function loads: only what it uses, so that a cold start stays short."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.living_shop import settings
from tests.small_shop import write_release

pytestmark = pytest.mark.slow


ROOT = Path(__file__).parents[2]
SDKS = {"reportlab", "stripe", "boto3", "requests", "smtplib", "pelican", "PIL", "babel"}


@pytest.mark.parametrize(
    ("part", "path", "loaded"),
    [
        ("cart", "/cart", set()),
        ("stock", "/stock?sku=CARD", set()),
        ("checkout", "/checkout", set()),
        ("order", "/order/7K3M-9QXD-4FTR", set()),
        ("invoice", "/order/7K3M-9QXD-4FTR/invoice.pdf", {"reportlab", "PIL"}),
    ],
)
def test_a_part_loads_no_sdk_that_it_does_not_use(tmp_path: Path, part: str, path: str, loaded: set[str]) -> None:
    write_release(tmp_path / "build")
    environ = settings("http://127.0.0.1:8000", "http://127.0.0.1:1", tmp_path, tmp_path / "build")
    program = (
        "import sys\nfrom functions.app import App\nfrom werkzeug.test import Client\n"
        f"assert Client(App({environ!r}).{part}()).get({path!r}).status_code < 405\n"
        f"print(*sorted({SDKS!r} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True)
    assert set(done.stdout.split()) == loaded
