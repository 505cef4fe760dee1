"""JSON Schemas of everything an owner writes, from the same fields that the reader knows.

Draft 7, which is what editors understand best: https://json-schema.org/draft-07.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from plugins.content.clashes import AT_THE_TOP
from plugins.content.collection import CollectionFields
from plugins.content.fields import Field, Record
from plugins.content.page import PageFields
from plugins.content.post import PostFields
from plugins.content.product import ProductFields
from plugins.content.promotion_fields import PromotionsFields
from plugins.content.shape import Shape, shape_of
from plugins.content.shipping import ShippingFields
from plugins.content.shop import ShopFields
from plugins.content.tax import TaxFields
from plugins.editor.handbook import HANDBOOK, Words, words
from plugins.output import replace_file

_CHOICE_OR_NOT: Shape = {
    "if": {"required": ["variants"]},
    "then": {
        "required": ["options"],
        "properties": dict.fromkeys(AT_THE_TOP, False),
    },
    "else": {"required": ["sku", "price"], "not": {"required": ["options"]}},
    "oneOf": [{"required": ["collection"]}, {"required": ["collections"]}],
}
"""What the fields of a product say together: it has variants with options, or a SKU and a price of its own."""


class Kind(NamedTuple):
    """One kind of file: the name of its schema, what its files are called, its fields, and where the handbook is."""

    name: str
    files: str
    record: type[Record]
    section: str
    together: Shape | None = None


KINDS = (
    Kind("product", "content/products/*.md", ProductFields, "A product", _CHOICE_OR_NOT),
    Kind("collection", "content/collections/*.md", CollectionFields, "A collection"),
    Kind("page", "content/pages/*.md", PageFields, "A page"),
    Kind("post", "content/journal/*.md", PostFields, "The journal"),
    Kind("shop", "content/shop/shop.yaml", ShopFields, "The shop"),
    Kind("shipping", "content/shop/shipping.yaml", ShippingFields, "Delivery"),
    Kind("tax", "content/shop/tax.yaml", TaxFields, "Tax"),
    Kind("promotions", "content/shop/promotions.yaml", PromotionsFields, "Promotions"),
)


def schema(kind: Kind, handbook: str) -> dict[str, Any]:
    """The schema of one kind of file."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": kind.files,
        **_record(kind.record, words(kind.section, handbook)),
        **(kind.together or {}),
    }


def write_schemas(build: Path) -> None:
    """Write all schemas into `build/schemas/`."""
    handbook = HANDBOOK.read_text(encoding="utf-8") if HANDBOOK.is_file() else ""
    for kind in KINDS:
        content = f"{json.dumps(schema(kind, handbook), ensure_ascii=False)}\n".encode()
        path = build / "schemas" / f"{kind.name}.json"
        if not path.is_file() or path.read_bytes() != content:
            replace_file(path, content)


def _record(record: type[Record], said: Mapping[str, Words]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [name for name, field in record.fields.items() if field.is_needed],
        "properties": {name: _field(field, said) for name, field in record.fields.items()},
    }


def _field(field: Field[object], said: Mapping[str, Words]) -> dict[str, Any]:
    """One field; nothing may stand after the colon of one that can be left out."""
    shape = _plain(shape_of(field.read), said)
    hint = said[field.name].text if field.name in said else field.advice.capitalize()
    if not field.is_needed:
        shape = _or_nothing(shape)
    return {"description": hint} | shape if hint else shape


def _plain(shape: Shape, said: Mapping[str, Words]) -> dict[str, Any]:
    """A shape in JSON Schema's own words: what holds other fields says so by their record."""
    if "record" in shape:
        return _record(shape["record"], said)
    if "of" in shape:
        inner = _plain(shape["of"], said)
        rest = {name: value for name, value in shape.items() if name != "of"}
        return rest | {"items" if rest["type"] == "array" else "additionalProperties": inner}
    return dict(shape)


def _or_nothing(shape: Mapping[str, Any]) -> dict[str, Any]:
    if "enum" in shape:
        return {**shape, "enum": [*shape["enum"], None]}
    kinds = shape["type"] if isinstance(shape["type"], list) else [shape["type"]]
    return {**shape, "type": [*kinds, "null"]}
