"""Addresses that a product had before, and from which shoppers are sent on."""

import re
from collections.abc import Iterable, Iterator

from plugins.content.address import RESERVED, RESERVED_FILE, SLUG
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
            path, bare = reference.name, _bare(reference.name)
            if (file := taken.get(bare)) is not None:
                yield product.fault(reference, f"{path} is already the address of {file}; delete this line")
            elif _is_needed(bare):
                yield product.fault(reference, f"{path} is needed by the shop itself; delete this line")
            taken.setdefault(bare, product.path.as_posix())


def _is_needed(bare: str) -> bool:
    first, *below = bare.strip("/").split("/")
    if not below and (not first or RESERVED_FILE.fullmatch(first)):
        return True
    return first in RESERVED and not (below and first in _SHARED)


def _bare(path: str) -> str:
    """The same for all ways to write the address of one file: a folder's is its index.html too."""
    return _END.sub("", path.casefold())


_END = re.compile(r"/(?:index\.html)?$")
