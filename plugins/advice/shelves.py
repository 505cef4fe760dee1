"""Shelves: collections, menus and the ways by which a shopper finds a product."""

from collections.abc import Iterable, Iterator, Sequence

from plugins.advice.advice import Advice, Written
from plugins.advice.plain import letters
from plugins.content import CollectionSource, Content, Menu, ProductSource, Status

MENU_ENTRIES = 7
"""More entries than a person takes in at a glance."""
_STORY = 60


def shelves(content: Content) -> Iterator[Advice]:
    """What is doubtful in collections and menus."""
    yield from _unseen(content.products, content.collections)
    filled = {slug for product in _shown(content.products) for slug in product.collections}
    for collection in content.collections:
        if collection.slug not in filled and not collection.products:
            sentence = "no product is in it, so the page is empty; write its name as collection: in a product"
            yield Advice(collection.path, ("title",), sentence)
        if letters(collection.body, _STORY) < _STORY:
            yield Advice(collection.path, ("text",), "is short; say in a few sentences what belongs here, and why")
    yield from _menu(content)


def _shown(products: Iterable[ProductSource]) -> Iterator[ProductSource]:
    return (product for product in products if product.status is Status.PUBLISHED)


def _unseen(products: Iterable[ProductSource], collections: Iterable[CollectionSource]) -> Iterator[Advice]:
    """Published products to which no entry of the menu leads."""
    open_to_all = {collection.slug for collection in collections if collection.in_menu}
    picked = {slug for collection in collections if collection.in_menu for slug in collection.products}
    for product in _shown(products):
        if open_to_all.isdisjoint(product.collections) and product.slug not in picked:
            field = "collection" if len(product.collections) == 1 else "collections"
            sentence = "no collection of the menu shows it; add one that has menu: yes"
            yield Advice(product.path, (field,), sentence)


def _menu(content: Content) -> Iterator[Advice]:
    entries: Sequence[Written] = [
        *(collection for collection in content.collections if collection.in_menu),
        *(page for page in content.pages if page.menu is Menu.HEADER),
    ]
    for place, entry in enumerate(entries[MENU_ENTRIES:], MENU_ENTRIES + 1):
        other = "menu: no" if isinstance(entry, CollectionSource) else "menu: footer"
        sentence = f"is entry {place} of the menu, which nobody reads beyond {MENU_ENTRIES}; write {other}"
        yield Advice(entry.path, ("title",), sentence)
