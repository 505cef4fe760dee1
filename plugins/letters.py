"""The index of all products by letter: on one page for a small shop, on pages of their own for a large one."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from plugins.slug import slug
from plugins.views import Choice, Crumb

ALL = "/all/"
FEW = 300  # products that stand on one page together; a letter with more has several pages
OTHER = "0–9"  # everything that begins with no letter


class Letter(NamedTuple):
    """Products that begin alike, in their order. `name` is for addresses and anchors."""

    title: str
    name: str
    links: tuple[Crumb, ...]


class IndexPage(NamedTuple):
    """One page of the index: the `letters` on it, and links to all. `title` is the letter of a letter's own page."""

    path: str
    title: str
    letters: tuple[Letter, ...]
    choices: tuple[Choice, ...]
    number: int = 1
    pages: tuple[Choice, ...] = ()


def index_pages(products: Iterable[Crumb]) -> list[IndexPage]:
    """Every page of the index; the first one, at /all/, leads to all others."""
    letters = _letters(products)
    if sum(len(letter.links) for letter in letters) <= FEW:
        choices = tuple(Choice(one.title, f"#{one.name}", count=len(one.links)) for one in letters)
        return [IndexPage(ALL, "", tuple(letters), choices)]
    choices = tuple(Choice(one.title, f"{ALL}{one.name}/", count=len(one.links)) for one in letters)
    return [IndexPage(ALL, "", (), choices), *(page for one in letters for page in _pages(one, choices))]


def letters(pages: Sequence[IndexPage]) -> list[Choice]:
    """The letters as links from other pages than the index."""
    return [one._replace(path=ALL + one.path) if one.path[0] == "#" else one for one in pages[0].choices]


def _pages(letter: Letter, choices: tuple[Choice, ...]) -> Iterator[IndexPage]:
    first = f"{ALL}{letter.name}/"
    parts = [letter.links[at : at + FEW] for at in range(0, len(letter.links), FEW)]
    paths = [first, *(f"{first}{number}/" for number in range(2, len(parts) + 1))]
    links = tuple(Choice(str(number), path) for number, path in enumerate(paths, 1)) if len(paths) > 1 else ()
    here = tuple(Choice(one.title, one.path, one.path == first, one.count) for one in choices)
    for number, (path, part) in enumerate(zip(paths, parts, strict=True), 1):
        yield IndexPage(path, letter.title, (Letter(letter.title, letter.name, part),), here, number, links)


def _letters(products: Iterable[Crumb]) -> list[Letter]:
    """In the order of the alphabet, what begins with none of its letters last; accents do not count."""
    found: dict[str, list[Crumb]] = {}
    for place, _, _, product in sorted([(slug(one.title), one.title, one.path, one) for one in products]):
        found.setdefault(_letter(place), []).append(product)
    others = found.pop(OTHER, [])
    letters = [Letter(letter, letter.casefold(), tuple(links)) for letter, links in found.items()]
    return [*letters, *([Letter(OTHER, slug(OTHER), tuple(others))] if others else [])]


def _letter(place: str) -> str:
    first = place[:1]
    return first.upper() if first.isalpha() else OTHER
