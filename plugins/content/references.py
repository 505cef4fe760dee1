"""What one file says about another: collections, related and shown products, and SKUs that must differ."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from plugins.content.bundle import bundle_faults
from plugins.content.embeds import embed_faults
from plugins.content.fault import Fault
from plugins.content.fields import Reference
from plugins.content.reading import Reading
from plugins.content.status import Status
from plugins.content.suggestion import did_you_mean

Readings = Collection[Reading[object]]
Products = Mapping[str, Reading[object]]
"""Every product by its slug, or by the SKUs that it sells."""


def by_slug(products: Readings) -> Products:
    """Every product by its slug."""
    return {product.slug: product for product in products}


def sellers_of(products: Readings) -> Products:
    """Every product by the SKUs that it sells."""
    return {sku.name: product for product in products for sku in product.references.skus}


def product_faults(products: Products, sellers: Products, collections: Collection[str]) -> Iterator[Fault]:
    """What products say wrongly about collections and about each other."""
    for slug, product in products.items():
        yield from _collections(product, collections)
        yield from _related(slug, product, products)
    yield from _skus(products.values())
    yield from bundle_faults(products.values(), sellers)


def showcase_faults(showcases: Readings, products: Products) -> Iterator[Fault]:
    """Products that the home page or a collection shows, but that do not exist, or that shoppers do not see."""
    for showcase in showcases:
        yield from _shown(showcase, products)


def embedded_faults(texts: Readings, sellers: Products) -> Iterator[Fault]:
    """Products that stand within a text, but that do not exist, or that shoppers do not see."""
    for text in texts:
        yield from embed_faults(text, sellers)


def _shown(showcase: Reading[object], products: Products) -> Iterator[Fault]:
    seen: set[str] = set()
    for shown in showcase.references.products:
        if shown.name not in products:
            yield _unknown(showcase, shown, "product", products)
        elif (status := products[shown.name].references.status) and status is not Status.PUBLISHED:
            yield showcase.fault(shown, f"{shown.name!r} has the status {status}; name a published product")
        elif shown.name in seen:
            yield showcase.fault(shown, f"{shown.name!r} stands twice in this list; delete one")
        seen.add(shown.name)


def _collections(product: Reading[object], collections: Collection[str]) -> Iterator[Fault]:
    seen: set[tuple[str, str]] = set()
    for shelf in product.references.collections:
        if shelf.name not in collections:
            yield _unknown(product, shelf, "collection", collections)
        elif shelf[:2] in seen:
            yield product.fault(shelf, f"{shelf.name!r} stands twice in this list; delete one")
        seen.add(shelf[:2])


def _related(slug: str, product: Reading[object], products: Products) -> Iterator[Fault]:
    seen: set[str] = set()
    for related in product.references.products:
        if related.name == slug:
            yield product.fault(related, f"{related.name!r} is this product itself; name another")
        elif related.name not in products:
            yield _unknown(product, related, "product", products)
        elif related.name in seen:
            yield product.fault(related, f"{related.name!r} stands twice in this list; delete one")
        seen.add(related.name)


def _skus(products: Iterable[Reading[object]]) -> Iterator[Fault]:
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
