"""What one file says about another: collections, related and featured products, and SKUs that must differ."""

from collections.abc import Collection, Iterator, Mapping

from plugins.content.bundle import bundle_faults
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


def featured_faults(shop: Reading[object], products: Readings) -> Iterator[Fault]:
    """Featured products that do not exist, or that shoppers do not see."""
    statuses = _statuses(products)
    for featured in shop.references.products:
        status = statuses.get(featured.name)
        if featured.name not in statuses:
            yield _unknown(shop, featured, "product", statuses)
        elif status and status is not Status.PUBLISHED:
            yield shop.fault(featured, f"{featured.name!r} has the status {status}; name a published product")


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
