"""No page asks anybody else for anything: every request of every kind of page goes to the shop's own address."""

from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.browser.conftest import DESKTOP, ROOT, Visitor
from tests.living_shop import LivingShop

Open = Callable[[Visitor], Page]


def kinds_of_pages() -> list[str]:
    """The address of every built page but products, of which three stand for all."""
    output = ROOT / "output"
    paths = sorted(path.parent.relative_to(output).as_posix() for path in output.rglob("index.html"))
    products = [path for path in paths if path.startswith("products/")][:3]
    others = [path for path in paths if not path.startswith("products/")]
    return [f"/{path}/".replace("/./", "/") for path in [*others, *products]]


def test_every_request_of_every_page_stays_here(open_page: Open, shop: LivingShop) -> None:
    page = open_page(Visitor(True, DESKTOP))
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    for path in [*kinds_of_pages(), "/404.html", "/cart"]:
        page.goto(path)
        page.mouse.wheel(0, 20_000)
        page.wait_for_load_state("networkidle")
    assert len(asked) > 100
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(shop.url).netloc}
