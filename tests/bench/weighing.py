"""How many bytes the pages of the demo shop cost a phone."""

from collections.abc import Iterator

from tests.bench.catalogue import ROOT
from tests.page_weight import LIMIT, weight

OUTPUT = ROOT / "output"
PAGE = OUTPUT / "products" / "storm-petrel" / "index.html"


def measure(*, quick: bool) -> Iterator[tuple[str, str]]:
    """Rows of what was measured and its figure; needs the demo shop built."""
    found = weight(PAGE.read_text(encoding="utf-8"), OUTPUT)
    yield "product page, HTML, brotli", f"{found.html:,} bytes"
    yield "product page, CSS, brotli", f"{found.css:,} bytes"
    yield "product page, JS, brotli", f"{found.js:,} bytes"
    share = found.total / LIMIT
    yield f"product page in all, of {LIMIT:,} bytes allowed", f"{found.total:,} bytes, {share:.2f} of the limit"
    products = (OUTPUT / "products").glob("*/index.html")
    heaviest = max((weight(path.read_text(encoding="utf-8"), OUTPUT).total, path.parent.name) for path in products)
    yield "the heaviest product page of the demo shop", f"{heaviest[0]:,} bytes ({heaviest[1]})"
