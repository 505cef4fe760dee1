"""Addresses that a product had before, and from which shoppers are sent on."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from plugins.content.address import RESERVED, RESERVED_FILE, SLUG
from plugins.content.fault import Fault, Report
from plugins.content.fields import Reference
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
    yield from _below_files([(product, one) for product in products for one in product.references.aliases])


def _below_files(aliases: Sequence[tuple[Reading[object], Reference]]) -> Iterator[Fault]:
    """Aliases that would have to lie in another one, which is a file and no folder."""
    files = {_bare(one.name): one.name for _, one in aliases if _is_file(one.name)}
    for product, one in aliases if files else ():
        for folder in PurePosixPath(_bare(one.name)).parents:
            if (file := files.get(str(folder))) is not None:
                sentence = f"{one.name} cannot lie in {file}, an old address that is a file; delete one of the two"
                yield product.fault(one, sentence)


def _is_file(path: str) -> bool:
    """Whether it is written as a file, not as a folder with an index.html."""
    return path.casefold() == _bare(path) and bool(PurePosixPath(path).suffix)


def _is_needed(bare: str) -> bool:
    first, *below = bare.strip("/").split("/")
    if not below and (not first or RESERVED_FILE.fullmatch(first)):
        return True
    return first in RESERVED and not (below and first in _SHARED)


def _bare(path: str) -> str:
    """The same for all ways to write the address of one file: a folder's is its index.html too."""
    return _END.sub("", path.casefold())


_END = re.compile(r"/(?:index\.html)?$")
