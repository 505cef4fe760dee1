"""Bundles: several things sold as one, which take from the stock of their parts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from functions.shop.catalogue import Part, Variant, pieces
from functions.shop.parcel import stack
from plugins.content.fault import Fault
from plugins.content.fields import Record, Reference, needed, optional
from plugins.content.reading import Reading
from plugins.content.status import Status
from plugins.content.suggestion import did_you_mean
from plugins.content.values import number, sku

MOST = 99


class PartFields(Record):
    """One thing in a bundle."""

    sku = needed(sku, "write sku: and that of something else in the shop")
    quantity = optional(number(1, MOST), 1)


def parts_of(fields: Iterable[PartFields]) -> tuple[Part, ...]:
    """The parts of fields that have no fault."""
    return tuple([Part(part.sku, part.quantity) for part in fields])


def counted(bundle: Variant, parts: tuple[Part, ...], sold: Mapping[str, Variant]) -> Variant:
    """The bundle with what it takes from the stock, and how many of it the declared stock allows; it weighs
    and measures what its parts do, unless its owner says otherwise, and cannot leave before the last of them is out.

    What is made to order is always there, so it is not among the parts; a bundle of nothing else is made to order too.
    """
    taken = tuple(part for part in parts if sold[part.sku].tracked)
    stock = {part.sku: sold[part.sku].declared for part in taken}
    weight = bundle.weight or sum(sold[part.sku].weight * part.quantity for part in parts)
    size = bundle.size or stack((sold[part.sku].size, part.quantity) for part in parts)
    surcharge = bundle.surcharge or sum(sold[part.sku].surcharge * part.quantity for part in parts)
    day = max(bundle.release_date, *(sold[part.sku].release_date for part in parts))  # none is "", the earliest of all
    return replace(
        bundle,
        parts=taken,
        tracked=bool(taken),
        declared=pieces(taken, stock),
        weight=weight,
        size=size,
        surcharge=surcharge,
        release_date=day,
    )


def bundle_faults(products: Iterable[Reading[object]], sellers: Mapping[str, Reading[object]]) -> Iterator[Fault]:
    """Parts that are not sold, or are bundles themselves; `sellers` are the products by the SKUs they sell."""
    for product in products:
        seen: set[str] = set()
        for part in product.references.parts:
            if sentence := _wrong_with(part, sellers, seen):
                yield product.fault(part, sentence)
            seen.add(part.name)


def _wrong_with(part: Reference, sellers: Mapping[str, Reading[object]], seen: set[str]) -> str:
    seller = sellers.get(part.name)
    if seller is None:
        return f"there is no SKU {part.name!r}; {did_you_mean(part.name, sellers)}"
    if seller.references.parts:
        return f"{part.name!r} is a bundle itself; list what is in it instead"
    if seller.references.status is Status.DRAFT:
        return f"{part.name!r} belongs to {seller.slug!r}, a draft, which is not sold; publish that, or take this out"
    return f"{part.name!r} stands twice in this list; raise the quantity of the first" if part.name in seen else ""
