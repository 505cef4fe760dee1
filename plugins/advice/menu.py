"""The menu at the top of every page, and what it has too much of."""

from collections.abc import Iterable, Iterator, Sequence

from plugins.advice.advice import Advice, Written
from plugins.content import CollectionSource, Menu, PageSource

ENTRIES = 7
"""More than a person takes in at a glance; the theme shows no more either."""


def crowded(collections: Iterable[CollectionSource], pages: Iterable[PageSource]) -> Iterator[Advice]:
    """The entries that do not fit into the menu, in which collections come first."""
    entries: Sequence[Written] = [
        *(collection for collection in collections if collection.in_menu),
        *(page for page in pages if page.menu is Menu.HEADER),
    ]
    for place, entry in enumerate(entries[ENTRIES:], ENTRIES + 1):
        other = "menu: no" if isinstance(entry, CollectionSource) else "menu: footer"
        sentence = f"is entry {place} of the menu, which nobody reads beyond {ENTRIES}; write {other}"
        yield Advice(entry.path, ("title",), sentence)
