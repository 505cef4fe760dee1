"""What is wrong between the fields of one product, each of which is right by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from functions.shop.tax import STANDARD
from plugins.content.choices import report_choices
from plugins.content.suggestion import did_you_mean, nearest

if TYPE_CHECKING:
    from collections.abc import Collection

    from plugins.content.facts import Facts
    from plugins.content.product import ProductFields
    from plugins.content.variant import VariantFields

    Sold: TypeAlias = ProductFields | VariantFields

AT_THE_TOP = ("sku", "price", "stock", "gtin")
_OF_A_BUNDLE = {
    "variants": "cannot be chosen in a bundle; delete them, or make a product of each bundle",
    "stock": "is not a bundle's own: it is as many as its parts allow; delete this line",
    "backorder": "is not a bundle's own: it is as many as its parts allow; delete this line",
}
_OF_A_FILE = {
    "weight": "weighs down a file, which nobody packs; delete this line",
    "dimensions": "measures a file, which nobody packs; delete this line",
    "packed_size": "measures a file, which nobody packs; delete this line",
    "handling": "is for packing a file, which comes at once; delete this line",
    "shipping_surcharge": "is for sending a file, which costs nothing; delete this line",
}
_OF_A_GIFT_CARD = {
    "weight": "weighs down a gift card, which is a code; delete this line",
    "dimensions": "measures a gift card, which is a code; delete this line",
    "digital": "need not be said of a gift card; delete this line",
    "bundle": "makes a bundle of a gift card; sell the two apart",
    "compare_at": "is no price of a gift card, which is worth what it costs; delete this line",
    "contents": "measures a gift card, which is a code; delete this line",
    "backorder": "makes a gift card wait, which is sent at once; delete this line",
    "release_date": "makes a gift card wait, which is sent at once; delete this line",
}


def report_clashes(fields: ProductFields, facts: Facts) -> None:
    """Report every field that cannot stand beside another one, or misses another one."""
    report_choices(fields)
    _report_single(fields)
    _report_shelves(fields)
    written = {*fields.entries}.union(*[variant.entries for variant in fields.variants])
    if "compare_at" in written:
        _report_compare_at(fields)
    _report_bundle(fields)
    _report_digital(fields)
    _report_gift_card(fields)
    _report_backorder(fields)
    if "ships_to" in fields.entries:
        _report_ships_to(fields, facts)
    if "tax" in fields.entries:
        _report_tax(fields, facts)
    if "contents" in written or "unit_price" in written:
        _report_contents(fields)
    if "image" in written:
        _report_images(fields, facts.pictures.looks)


def _report_single(fields: ProductFields) -> None:
    if "variants" not in fields.entries:
        for name, advice in (("sku", "MUG-ISOBARS"), ("price", "24.00")):
            if name not in fields.entries:
                fields.wrong(name, f"is missing; write {name}: {advice}, or list variants that each have one")
        return
    if fields.entries.keys().isdisjoint(AT_THE_TOP):
        return
    for name in AT_THE_TOP:
        if name in fields.entries:
            sentence = f"cannot stand here as well as in the variants; give each variant its {name}"
            fields.wrong_name(name, f"{sentence}, and delete this line")


def _report_shelves(fields: ProductFields) -> None:
    if "collection" in fields.entries and "collections" in fields.entries:
        fields.wrong_name("collections", "stands beside collection; keep one of the two")
    elif "collection" not in fields.entries and "collections" not in fields.entries:
        fields.wrong("collection", "is missing; write collection: and the name of a file in content/collections/")


def _report_compare_at(fields: ProductFields) -> None:
    sold: list[Sold] = [variant for variant in fields.variants if variant.compare_at is None]
    prices = [one.price for one in (fields, *sold) if one.has("price")]
    _report_not_above(fields, max(prices, default=None))
    for variant in fields.variants:
        _report_not_above(variant, variant.price if variant.has("price") else None)


def _report_not_above(one: Sold, price: int | None) -> None:
    if one.compare_at is not None and price is not None and one.compare_at <= price:
        one.wrong("compare_at", "is not above the price; write the price it had before, or delete this line")


def _report_bundle(fields: ProductFields) -> None:
    if "bundle" in fields.entries:
        for name, sentence in _OF_A_BUNDLE.items():
            if name in fields.entries:
                fields.wrong_name(name, sentence)


def _report_digital(fields: ProductFields) -> None:
    if fields.digital:
        for one in (fields, *fields.variants):
            for name in _OF_A_FILE.keys() & one.entries.keys():
                one.wrong_name(name, _OF_A_FILE[name])


def _report_gift_card(fields: ProductFields) -> None:
    if fields.gift_card:
        everything: list[Sold] = [fields, *fields.variants]
        for one in everything:
            for name in sorted(_OF_A_GIFT_CARD.keys() & one.entries.keys()):
                one.wrong_name(name, _OF_A_GIFT_CARD[name])
            if "price" in one.entries and one.price == 0 and one.report.currency:
                one.wrong("price", "is nothing, but a gift card is worth what it costs; write an amount, like 25.00")


def _report_backorder(fields: ProductFields) -> None:
    if "backorder" not in fields.entries or "bundle" in fields.entries:
        return
    if not any("stock" in one.entries for one in (fields, *fields.variants)):
        fields.wrong_name("backorder", "says nothing while no stock is counted; write stock: too, or delete this line")


def _report_ships_to(fields: ProductFields, facts: Facts) -> None:
    seen: set[str] = set()
    for named in fields.references("ships_to"):
        code, report = named.name, fields.report.of(named.field)
        if facts.destinations and code not in facts.destinations:
            sentence = f"the shop does not deliver to {code}; add it to a zone in shipping.yaml, or take it out"
            report.wrong(named, sentence)
        elif code in seen:
            report.wrong(named, f"{code} stands twice in this list; delete one")
        seen.add(code)


def _report_tax(fields: ProductFields, facts: Facts) -> None:
    """Report a tax category that the shop does not have, or not everywhere."""
    if facts.tax is None or not fields.has("tax"):
        return
    zones = [zone for zone in facts.tax.zones if zone.rates]
    known = {STANDARD, *facts.tax.codes}.union(*[zone.rates for zone in zones])
    if fields.tax not in known:
        fields.wrong("tax", f"there is no tax category {fields.tax!r} in tax.yaml; {did_you_mean(fields.tax, known)}")
    elif without := next((zone.name for zone in zones if fields.tax not in zone.rates), ""):
        fields.wrong("tax", f"the zone {without!r} has no rate for {fields.tax!r}; add it there in tax.yaml")


def _report_contents(fields: ProductFields) -> None:
    everything: list[Sold] = [fields, *fields.variants]
    filled = [one for one in everything if "contents" in one.entries]
    if "unit_price" in fields.entries and not filled:
        fields.wrong_name("unit_price", "needs contents: too; write it and how much is in one, like 250 g")
    for one in filled:
        if one.contents and fields.unit_price and one.contents.unit != fields.unit_price.unit:
            sentence = f"is in {one.contents.unit}, but unit_price in {fields.unit_price.unit}; let both be of one kind"
            one.wrong("contents", sentence)


def _report_images(fields: ProductFields, pictures: Collection[str]) -> None:
    """Report variants that are shown in none of the product's images; not those in one that is misspelt there, which
    is reported where it stands.
    """
    shown = [variant for variant in fields.variants if variant.has("image")]
    files = [image.file for image in fields.images] if shown and fields.has("images") else []
    meant = [file if file in pictures else nearest(file, pictures) or file for file in files]
    for variant in shown:
        if files and variant.image not in {*files, *meant}:
            sentence = f"{variant.image!r} is not among this product's images; {did_you_mean(variant.image, meant)}"
            variant.wrong("image", sentence)
