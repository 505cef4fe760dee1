"""Shelves: collections, menus and the ways by which a shopper finds a product."""

from collections.abc import Iterable, Iterator

from plugins.advice.advice import Advice
from plugins.advice.menu import crowded
from plugins.advice.plain import letters
from plugins.content import CollectionSource, Content, ProductSource, Status

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
    yield from crowded(content.collections, content.pages)


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
