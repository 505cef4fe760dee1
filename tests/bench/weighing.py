"""How many bytes a product page costs a phone."""

import re
from collections.abc import Iterator

import brotli

from tests.bench.catalogue import ROOT

LIMIT = 14_000
PAGE = "products/storm-petrel/index.html"


def measure() -> Iterator[tuple[str, str]]:
    """Rows of what was measured and its figure; needs the demo shop built."""
    html = (ROOT / "output" / PAGE).read_text(encoding="utf-8")
    styles = re.findall(r'<link rel="stylesheet" href="([^"]+)"', html)
    scripts = sorted(path for path in (ROOT / "output" / "static").glob("*.js"))
    sizes = {
        "HTML": _compressed(html.encode()),
        "CSS": sum(_compressed((ROOT / "output" / name.lstrip("/")).read_bytes()) for name in styles),
        "JS": sum(_compressed(path.read_bytes()) for path in scripts),
    }
    for kind, size in sizes.items():
        yield f"product page, {kind}, brotli", f"{size:,} bytes"
    total = sum(sizes.values())
    yield f"product page in all, of {LIMIT:,} bytes allowed", f"{total:,} bytes, {total / LIMIT:.2f} of the limit"


def _compressed(data: bytes) -> int:
    return len(brotli.compress(data, quality=11))
