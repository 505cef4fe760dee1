"""Addresses on the site: each file's name is its address, and no two may share one."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from functions.shop.site import OF_FUNCTIONS
from plugins.content.fault import START, Fault, Report, file_name_fault

RESERVED = OF_FUNCTIONS | frozenset(
    "products desk theme static images _mail _local 404 all search journal feed merchant llms parts".split()
)  # what the site itself needs
RESERVED_FILE = re.compile(r"404\.html|robots\.txt|llms\.txt|(?:feed|merchant|sitemap(?:-\d+)?)\.xml")
"""A file at the top of the site that it needs itself."""
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")


def report_slug(path: Path, report: Report) -> None:
    """Report a file name that cannot be an address."""
    if not SLUG.fullmatch(path.stem):
        better = _NOT_IN_SLUG.sub("-", path.stem.casefold()).strip("-") or "storm-petrel"
        sentence = f"{path.name!r} cannot be an address; use small letters, digits and hyphens, like {better}.md"
        report.of("file name").wrong(START, sentence)


def addresses(products: Iterable[Path], posts: Iterable[Path], others: Iterable[Path]) -> dict[str, str]:
    """The files of products, of posts, and of collections and pages, by the address that each has."""
    found = {f"/products/{path.stem}/": path.as_posix() for path in products}
    found |= {f"/journal/{path.stem}/": path.as_posix() for path in posts}
    return found | {f"/{path.stem}/": path.as_posix() for path in others}


def address_faults(paths: Iterable[Path]) -> Iterator[Fault]:
    """Collections and pages that want the site's own address, or each other's."""
    taken: dict[str, Path] = {}
    for path in paths:
        slug = path.stem
        if slug in RESERVED:
            yield file_name_fault(path, f"/{slug}/ is needed by the shop itself; give the file another name")
        elif slug in taken:
            other = taken[slug].as_posix()
            yield file_name_fault(path, f"/{slug}/ is already the address of {other}; rename one of the two")
        taken.setdefault(slug, path)
