"""Signals for who builds a shop with more than front matter: look at what is made, or put something else in its place.

    from plugins import signals

    def with_slogan(product, source):
        return replace(product, summary=product.summary + " Drawn by hand.")

    signals.product_made.connect(with_slogan)

A receiver gives back what shall go on in place of what it was given, or None to leave it as it is. Several are asked
one after the other, in the order of their modules' and their own names, so that a build always comes out the same.
Products and pages are made in several processes at a time: a receiver there must not count on what it remembers from
another product, and what it gives may depend on its arguments alone (docs/theming.md).
"""

from inspect import getfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from blinker import ANY, NamedSignal, signal

from plugins.fingerprint import file_state

if TYPE_CHECKING:
    from plugins.content import ProductSource
    from plugins.shop_parts import ShopParts
    from plugins.views import Product

T = TypeVar("T")

content_read = signal("pouch_content_read")
"""(parts): the shop, its collections and pages were read (ShopParts); products come after. In the main process."""

product_made = signal("pouch_product_made")
"""(product, source): a product as its page, its card and machines will show it. In any process."""

page_made = signal("pouch_page_made")
"""(html, address): a whole page, about to be written. In any process."""

release_written = signal("pouch_release_written")
"""(release_id, build): a release is in force in the folder `build`. In the main process; nothing can be replaced."""


def read(parts: "ShopParts") -> "ShopParts":
    """Ask what listens for content that was read."""
    return _passed(content_read, parts)


def made(product: "Product", source: "ProductSource") -> "Product":
    """Ask what listens for products."""
    return _passed(product_made, product, source=source)


def about_to_write(html: bytes, address: str) -> bytes:
    """Ask what listens for pages, which is given text; `html` is that in UTF-8."""
    if not page_made.receivers:
        return html
    return _passed(page_made, html.decode(), address=address).encode()


def released(release_id: str, build: Path) -> None:
    """Tell what listens for releases."""
    _passed(release_written, release_id, build=build)


def listeners() -> list[str]:
    """Who listens, and the state of the file where it is written, in a steady order."""
    every = (content_read, product_made, page_made)  # who is only told of a release changes nothing
    found = {(named.name, receiver) for named in every for receiver in named.receivers_for(ANY)}
    return sorted(f"{name} {receiver.__qualname__} {file_state(getfile(receiver))}" for name, receiver in found)


def _passed(named: NamedSignal, value: T, **about: Any) -> T:
    if not named.receivers:  # as nearly always, and there are many pages
        return value
    for receiver in sorted(named.receivers_for(ANY), key=lambda found: (found.__module__, found.__qualname__)):
        answer = receiver(value, **about)
        value = value if answer is None else answer
    return value
