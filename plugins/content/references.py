"""What one file says about another: collections, related and shown products, and SKUs that must differ."""

from collections.abc import Collection, Iterator, Mapping

from plugins.content.bundle import bundle_faults
from plugins.content.embeds import embed_faults
from plugins.content.fault import Fault
from plugins.content.fields import Reference
from plugins.content.reading import Reading
from plugins.content.status import Status
from plugins.content.suggestion import did_you_mean

Readings = Collection[Reading[object]]
Statuses = Mapping[str, Status | None]
"""The status of every product by its slug; None for one whose file could not be understood."""


def product_faults(products: Readings, collections: Collection[str]) -> Iterator[Fault]:
    """What products say wrongly about collections and about each other."""
    statuses = _statuses(products)
    for product in products:
        yield from _collections(product, collections)
        yield from _related(product, statuses)
    yield from _skus(products)
    yield from bundle_faults(products, sellers_of(products))


def showcase_faults(showcases: Readings, products: Readings) -> Iterator[Fault]:
    """Products that the home page or a collection shows, but that do not exist, or that shoppers do not see."""
    statuses = _statuses(products)
    for showcase in showcases:
        yield from _shown(showcase, statuses)


def embedded_faults(texts: Readings, products: Readings) -> Iterator[Fault]:
    """Products that stand within a text, but that do not exist, or that shoppers do not see."""
    if any(text.references.embeds for text in texts):
        sellers = sellers_of(products)
        for text in texts:
            yield from embed_faults(text, sellers)


def _shown(showcase: Reading[object], statuses: Statuses) -> Iterator[Fault]:
    seen: set[str] = set()
    for shown in showcase.references.products:
        status = statuses.get(shown.name)
        if shown.name not in statuses:
            yield _unknown(showcase, shown, "product", statuses)
        elif status and status is not Status.PUBLISHED:
            yield showcase.fault(shown, f"{shown.name!r} has the status {status}; name a published product")
        elif shown.name in seen:
            yield showcase.fault(shown, f"{shown.name!r} stands twice in this list; delete one")
        seen.add(shown.name)


def sellers_of(products: Readings) -> Mapping[str, Reading[object]]:
    """Every product by the SKUs that it sells."""
    return {sku.name: product for product in products for sku in product.references.skus}


def _statuses(products: Readings) -> Statuses:
    return {product.slug: product.references.status for product in products}


def _collections(product: Reading[object], collections: Collection[str]) -> Iterator[Fault]:
    seen: set[tuple[str, str]] = set()
    for shelf in product.references.collections:
        if shelf.name not in collections:
            yield _unknown(product, shelf, "collection", collections)
        elif shelf[:2] in seen:
            yield product.fault(shelf, f"{shelf.name!r} stands twice in this list; delete one")
        seen.add(shelf[:2])


def _related(product: Reading[object], statuses: Statuses) -> Iterator[Fault]:
    seen: set[str] = set()
    for related in product.references.products:
        if related.name == product.slug:
            yield product.fault(related, f"{related.name!r} is this product itself; name another")
        elif related.name not in statuses:
            yield _unknown(product, related, "product", statuses)
        elif related.name in seen:
            yield product.fault(related, f"{related.name!r} stands twice in this list; delete one")
        seen.add(related.name)


def _skus(products: Readings) -> Iterator[Fault]:
    """SKUs that two variants share; capitals make no difference."""
    seen: dict[str, tuple[Reading[object], Reference]] = {}
    for product in products:
        for sku in product.references.skus:
            if (first := seen.get(sku.name.casefold())) is not None:
                where = f"{first[0].path.as_posix()}, line {first[1].at.line}"
                yield product.fault(sku, f"{sku.name!r} is already the SKU in {where}; choose another")
            else:
                seen[sku.name.casefold()] = product, sku


def _unknown(reading: Reading[object], reference: Reference, kind: str, known: Collection[str]) -> Fault:
    return reading.fault(reference, f"there is no {kind} {reference.name!r}; {did_you_mean(reference.name, known)}")
