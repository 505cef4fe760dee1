"""What promotions say about the rest of the shop: goods that they apply to, and gifts."""

from collections.abc import Collection, Iterator

from plugins.content.fault import Fault
from plugins.content.fields import Reference
from plugins.content.reading import Reading
from plugins.content.references import Products
from plugins.content.status import Status
from plugins.content.suggestion import did_you_mean


def promotion_faults(
    promotions: Reading[object], products: Products, sellers: Products, collections: Collection[str]
) -> Iterator[Fault]:
    """SKUs, products and collections that are not sold, and gifts that cannot be given."""
    named = promotions.references
    for collection in named.collections:
        if collection.name not in collections:
            yield _unknown(promotions, collection, "collection", collections)
    for kind, references, known in (("product", named.products, products), ("SKU", named.skus, sellers)):
        for reference in references:
            yield from _not_sold(promotions, reference, kind, known)
    for gift in named.gifts:
        yield from _not_sold(promotions, gift, "SKU", sellers)
        if gift.name in sellers and _is_uncounted(gift.name, sellers[gift.name]):
            sentence = (
                "has no stock, and a gift is taken from the stock; write stock: where it is sold, or name another"
            )
            yield promotions.fault(gift, f"{gift.name!r} {sentence}")


def _not_sold(promotions: Reading[object], named: Reference, kind: str, known: Products) -> Iterator[Fault]:
    if named.name not in known:
        yield _unknown(promotions, named, kind, known)
    elif known[named.name].references.status is Status.DRAFT:
        draft = known[named.name].slug
        yield promotions.fault(named, f"{named.name!r} is not sold while {draft!r} is a draft; publish it, or hide it")


def _is_uncounted(sku: str, product: Reading[object]) -> bool:
    return any(one.name == sku for one in product.references.uncounted)


def _unknown(promotions: Reading[object], named: Reference, kind: str, known: Collection[str]) -> Fault:
    return promotions.fault(named, f"there is no {kind} {named.name!r}; {did_you_mean(named.name, known)}")
