"""What may stand in promotions.yaml, and how its values are read."""

import re
from datetime import date, timedelta

from functions.shop.promotion import code_key
from plugins.content.country import country
from plugins.content.day import day
from plugins.content.fault import Report
from plugins.content.fields import Record, items, needed, optional, perhaps, record
from plugins.content.points import PointsFields
from plugins.content.shape import accepts, text_like
from plugins.content.values import amount as minor_units
from plugins.content.values import line, number, sku, yes_or_no
from plugins.content.yaml_nodes import Node, Text

MOST = 999_999
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CODE = re.compile(r"\w+(?:[ -]\w+)*")
_SHORTEST, _LONGEST = 3, 32
_PERCENT = re.compile(r"(\d{1,3})(?:\.(\d{1,2}))? ?%?", re.ASCII)
_WHOLE = 100_00
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T]((?:[01]\d|2[0-3]):[0-5]\d))?", re.ASCII)


@accepts(text_like(_ID.pattern, "autumn-prints") | {"type": "string"})
def promotion_id(node: Node, report: Report) -> str | None:
    """A reader of a promotion's id, which stays in orders for ever."""
    written = line(node, report)
    if written is None or _ID.fullmatch(written):
        return written
    return report.wrong(node, f"{written!r} is no id; use small letters, digits and hyphens, like autumn-prints")


@accepts(text_like(_CODE.pattern, "AUTUMN-10") | {"minLength": _SHORTEST})
def code(node: Node, report: Report) -> str | None:
    """A reader of what shoppers type, such as `AUTUMN-10`; it is compared without capitals, spaces and hyphens."""
    written = line(node, report)
    if written is None:
        return None
    if not _CODE.fullmatch(written) or "_" in written:
        sentence = "use letters and digits, with spaces or hyphens between them, like AUTUMN-10"
        return report.wrong(node, f"{written!r} is no code; {sentence}")
    if not _SHORTEST <= (length := len(code_key(written))) <= _LONGEST:
        return report.wrong(node, f"{written!r} has {length} letters and digits; write {_SHORTEST} to {_LONGEST}")
    return written


@accepts(text_like(_PERCENT.pattern, "15", "12.5") | {"exclusiveMinimum": 0, "maximum": 100})
def percent_off(node: Node, report: Report) -> int | None:
    """A reader of percentages above 0 such as `15` or `12.5`, in hundredths of a percent."""
    written = line(node, report)
    if written is None:
        return None
    match = _PERCENT.fullmatch(written)
    found = int(match[1]) * 100 + int((match[2] or "").ljust(2, "0")) if match else 0
    if not 0 < found <= _WHOLE:
        return report.wrong(node, f"{written!r} is no percentage above 0 and up to 100; write it like 15 or 12.5")
    return found


@accepts(text_like(_MOMENT.pattern, "2026-12-01", "2026-12-01 18:00") | {"type": "string"})
def moment(node: Node, report: Report) -> str | None:
    """A reader of `2026-12-01` or `2026-12-01 18:00` in the shop's time zone, with a `T` before the time."""
    written = line(node, report)
    if written is None:
        return None
    match = _MOMENT.fullmatch(written)
    if match is None:
        return report.wrong(node, f"{written!r} is no day; write it like 2026-12-01, or 2026-12-01 18:00")
    found = day(Text("", match[1], node.start_mark), report)
    return f"{found}T{match[2]}" if found and match[2] else found


def starts_at(written: str) -> str:
    """The first moment: a day begins at midnight."""
    return written if "T" in written or not written else f"{written}T00:00"


def ends_at(written: str) -> str:
    """The first moment after it: a day ends when the next one begins."""
    if "T" in written or not written:
        return written
    return f"{date.fromisoformat(written) + timedelta(days=1)}T00:00"


class GoodsFields(Record):
    """Some of the goods."""

    skus = optional(items(sku, "[PETREL-A4, PETREL-A3]"), ())
    products = optional(items(line, "[storm-petrel, spring-tide]"), ())
    collections = optional(items(line, "[sea-birds]"), ())


GOODS = tuple(GoodsFields.fields)


class BuyGetFields(GoodsFields):
    """So many pieces reduced for so many that are bought."""

    buy = needed(number(1, 99), "write buy: and how many have to be bought, like 2")
    get = needed(number(1, 99), "write get: and how many come with them, like 1")
    percent = optional(percent_off, _WHOLE)


class GiftFields(Record):
    """What comes along for nothing."""

    sku = needed(sku, "write sku: and that of the gift")
    quantity = optional(number(1, 99), 1)


class TierFields(Record):
    """A price or a percentage from so many pieces on."""

    from_ = needed(number(2, 999), "write from: and from how many pieces on it holds, like 6")
    percent = perhaps(percent_off)
    price = perhaps(minor_units)


class BundlePartFields(GoodsFields):
    """So many of some goods."""

    quantity = optional(number(1, 99), 1)


class BundlePriceFields(Record):
    """Several things together for one price."""

    price = needed(minor_units, "write price: and what all of it costs together, like 40.00")
    parts = needed(
        items(record(BundlePartFields), "a list, each with quantity: and skus:, products: or collections:"),
        "write parts: and list what belongs to it",
    )


class PromotionFields(GoodsFields):
    """One promotion."""

    id = needed(promotion_id, "write id: and a short name that no other promotion has, like autumn-prints")
    name = needed(line, "write name: as shoppers shall read it")
    code = optional(code, "")
    percent = perhaps(percent_off)
    amount = perhaps(minor_units)
    fixed_price = perhaps(minor_units)
    free_shipping = optional(yes_or_no, blank=False)
    buy_get = perhaps(record(BuyGetFields))
    gift = perhaps(record(GiftFields))
    tiers = optional(items(record(TierFields), "a list, each with from: and price: or percent:"), ())
    bundle = perhaps(record(BundlePriceFields))
    rates = optional(items(line, "[ie-standard]"), ())
    together = optional(yes_or_no, blank=False)
    not_reduced = optional(yes_or_no, blank=False)
    from_ = optional(moment, "")
    until = optional(moment, "")
    min_goods = optional(minor_units, 0)
    max_goods = perhaps(minor_units)
    min_pieces = optional(number(1, MOST), 0)
    max_pieces = perhaps(number(1, MOST))
    countries = optional(items(country, "[IE, GB]"), ())
    first_order = optional(yes_or_no, blank=False)
    uses = perhaps(number(1, MOST))
    uses_per_customer = perhaps(number(1, MOST))
    combine = optional(yes_or_no, blank=True)


class PromotionsFields(Record):
    """Everything that may stand in promotions.yaml."""

    promotions = optional(
        items(record(PromotionFields), "a list, each with id:, name: and what it gives, like percent: 10"), ()
    )
    points = perhaps(record(PointsFields))
