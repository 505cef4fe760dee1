"""Addresses that a product had before, and from which shoppers are sent on."""

import re
from collections.abc import Iterable, Iterator

from plugins.content.address import RESERVED, SLUG
from plugins.content.fault import Fault, Report
from plugins.content.reading import Reading
from plugins.content.shape import accepts, text_like
from plugins.content.values import text
from plugins.content.yaml_nodes import Node

_PATH = re.compile(r"(?:/(?!\.{1,2}(?:/|$))[A-Za-z0-9._~-]+)+/?", re.ASCII)


_SHARED = {"products", "journal"}  # below these, an old address may lie beside those of today


@accepts(text_like(rf"{SLUG.pattern}|{_PATH.pattern}", "old-print", "/shop/old-print.html") | {"type": "string"})
def alias(node: Node, report: Report) -> str | None:
    """A reader of an old file name (`old-print`) or an old path (`/shop/old-print.html`), as a path on this site."""
    found = text(node, report)
    if found is None or _PATH.fullmatch(found):
        return found
    if SLUG.fullmatch(found):
        return f"/products/{found}/"
    sentence = "is no address; write an old file name, like old-print, or a path, like /shop/old-print"
    return report.wrong(node, f"{found!r} {sentence}")


def alias_faults(products: Iterable[Reading[object]], addresses: dict[str, str]) -> Iterator[Fault]:
    """Aliases that are already an address of the site's, or another alias; `addresses` are files by their address."""
    taken = {_bare(address): file for address, file in addresses.items()}
    for product in products:
        for reference in product.references.aliases:
            path, (first, *below) = reference.name, reference.name.strip("/").split("/")
            if (file := taken.get(_bare(path))) is not None:
                yield product.fault(reference, f"{path} is already the address of {file}; delete this line")
            elif first in RESERVED and not (below and first in _SHARED):
                yield product.fault(reference, f"{path} is needed by the shop itself; delete this line")
            taken.setdefault(_bare(path), product.path.as_posix())


def _bare(path: str) -> str:
    return path.rstrip("/").casefold()
