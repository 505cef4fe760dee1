"""The sellable things of a product, as carts and pages know them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from functions.shop.catalogue import Variant
from functions.shop.ledger import MOST_CARDS
from plugins.content.bundle import parts_of
from plugins.content.choices import options_of
from plugins.content.contents import Contents, contents
from plugins.content.gtin import NONE
from plugins.content.variant import VariantFields

if TYPE_CHECKING:
    from plugins.content.product import ProductFields


def variants(fields: ProductFields, slug: str, limit: int) -> Iterator[Variant]:
    """Every variant; a product without a choice is one itself."""
    parts, path = parts_of(fields.bundle), f"/products/{slug}/"
    for one in sold(fields):
        yield Variant(
            sku=one.sku,
            product=slug,
            title=fields.title,
            price=one.price,
            path=path,
            options=options_of(one, fields.options) if isinstance(one, VariantFields) else (),
            weight=one.weight or fields.weight,
            tracked=one.stock is not None,
            declared=one.stock or 0,
            limit=min(limit, MOST_CARDS) if fields.gift_card else limit,
            gtin="" if one.gtin == NONE else one.gtin,
            release_date=fields.release_date,
            backorder=fields.backorder,
            digital=bool(fields.digital) or fields.gift_card,
            file=fields.digital if isinstance(fields.digital, str) else "",
            ships_to=fields.ships_to,
            tax=fields.tax,
            handling=fields.handling,
            parts=parts,
            collections=fields.shelves,
            reduced=one.compare_at is not None or fields.compare_at is not None,
            size=one.packed_size or fields.packed_size,
            surcharge=_surcharge(one, fields),
            gift_card=fields.gift_card,
        )


def _surcharge(one: ProductFields | VariantFields, fields: ProductFields) -> int:
    said = fields.shipping_surcharge if one.shipping_surcharge is None else one.shipping_surcharge
    return said or 0


def images(fields: ProductFields) -> dict[str, int]:
    """Which of the product's pictures shows a variant, by SKU."""
    shown = [variant for variant in fields.variants if variant.image]
    places = {image.file: at for at, image in reversed([*enumerate(fields.images)])} if shown else {}
    return {variant.sku: places[variant.image] for variant in shown}


def contents_of(fields: ProductFields) -> dict[str, Contents]:
    """How much is in each, by SKU."""
    return {
        one.sku: contents(inside, fields.unit_price)
        for one in sold(fields)
        if (inside := one.contents or fields.contents)
    }


def compare_at(fields: ProductFields) -> dict[str, int]:
    """What each cost before, as its owner claims it, by SKU."""
    return {
        one.sku: before
        for one in sold(fields)
        if (before := fields.compare_at if one.compare_at is None else one.compare_at) is not None
    }


def without_gtin(fields: ProductFields) -> frozenset[str]:
    """The SKUs of what has no GTIN, as its owner says."""
    return frozenset([one.sku for one in sold(fields) if one.gtin == NONE])


def made_to_order(fields: ProductFields) -> list[ProductFields | VariantFields]:
    """Where what has no stock of its own stands; a bundle has that of its parts."""
    return [] if fields.bundle else [one for one in sold(fields) if "stock" not in one.entries]


def sold(fields: ProductFields) -> tuple[ProductFields | VariantFields, ...]:
    """Where the SKUs and prices stand: in the variants, or at the top."""
    return fields.variants or (fields,)
