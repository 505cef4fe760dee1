"""Readers of single values: lines, prices, numbers, weights."""

import re
from enum import StrEnum
from functools import cache
from typing import TypeVar

from functions.shop.cart import SKU
from functions.shop.errors import InvalidAmount
from functions.shop.money import exponent, parse_amount
from plugins.content.fault import Report
from plugins.content.fields import Reader
from plugins.content.money_format import shown_digits
from plugins.content.shape import TEXT, accepts, shape_of, text_like
from plugins.content.suggestion import did_you_mean
from plugins.content.yaml_nodes import NULL, Items, Node, Text, is_empty

E = TypeVar("E", bound=StrEnum)
_WHOLE = re.compile(r"\d{1,6}", re.ASCII)
_WEIGHT = re.compile(r"(\d{1,6}) ?g|(\d{1,3})(?:\.(\d{1,3}))? ?kg", re.ASCII)
_SKU_LENGTH = 32


def text(node: Node, report: Report) -> str | None:
    """What a node says, when it is a single value and not empty."""
    if type(node) is not Text:
        kind = "a list" if isinstance(node, Items) else "a set of fields"
        return report.wrong(node, f"is {kind}, but must be a text; write one text after {report.field}:")
    value: str = node.value
    if value.isspace() or (value in NULL and is_empty(node)):
        return report.wrong(node, f"is empty; write something after {report.field}:")
    return value


def line(node: Node, report: Report) -> str | None:
    """A text on one line; line breaks and runs of spaces become one space."""
    found = text(node, report)
    return " ".join(found.split()) if found else None


def prose(node: Node, report: Report) -> str | None:
    """A text that may have paragraphs."""
    found = text(node, report)
    return found.strip() if found else None


def line_up_to(length: int) -> Reader[str]:
    """A reader of lines with at most so many characters."""

    @accepts({**TEXT, "maxLength": length})
    def read(node: Node, report: Report) -> str | None:
        value = line(node, report)
        if value is not None and len(value) > length:
            return report.wrong(node, f"has {len(value)} characters; shorten it to {length}")
        return value

    return read


@accepts(text_like(r"\d{1,9}(?:\.\d{1,3})?", "24.00") | {"minimum": 0})
def amount(node: Node, report: Report) -> int | None:
    """A price such as `24.00`, in minor units of the report's currency."""
    found = text(node, report)
    if found is None:
        return None
    if not report.currency:  # shop.yaml says it wrongly and is reported for that
        return 0
    try:
        return _minor(found, report.currency)
    except InvalidAmount as error:
        return report.wrong(node, _advice(found, str(error)))


@cache
def _minor(value: str, currency: str) -> int:
    """The amount in minor units; the same few are read of many products."""
    minor = parse_amount(value, currency)
    if minor % _least_shown(currency):
        raise InvalidAmount(f"{value!r} is finer than {currency} is written; round it")
    return minor


@cache
def _least_shown(currency: str) -> int:
    """The smallest amount that people write, in minor units."""
    digits = exponent(currency) - shown_digits(currency)
    return int(10**digits)


@accepts(text_like(_WHOLE.pattern, "12") | {"type": ["string", "integer"], "minimum": 0, "maximum": 999_999})
def whole_number(node: Node, report: Report) -> int | None:
    """A number of pieces or a rank: 0, 1, 2 ..."""
    found = text(node, report)
    if found is None:
        return None
    if _WHOLE.fullmatch(found) is None:
        return report.wrong(node, f"{found!r} is no whole number from 0 to 999999; write it like 12")
    return int(found)


def number(least: int, most: int) -> Reader[int]:
    """A reader of whole numbers from `least` to `most`."""

    @accepts({**shape_of(whole_number), "minimum": least, "maximum": most})
    def read(node: Node, report: Report) -> int | None:
        found = whole_number(node, report)
        if found is None or least <= found <= most:
            return found
        return report.wrong(node, f"{found} is not possible; write a number from {least} to {most}")

    return read


@accepts({"enum": ["yes", "no"]})
def yes_or_no(node: Node, report: Report) -> bool | None:
    """A reader of `yes` and `no`."""
    found = text(node, report)
    if found is None:
        return None
    if found not in {"yes", "no"}:
        return report.wrong(node, f"{found!r} is not possible; write yes or no")
    return found == "yes"


@accepts(text_like(_WEIGHT.pattern, "180 g", "1.2 kg") | {"type": "string"})
def weight(node: Node, report: Report) -> int | None:
    """A weight such as `180 g` or `1.2 kg`, in grams."""
    found = text(node, report)
    if found is None:
        return None
    if (grams := _grams(found)) is None:
        return report.wrong(node, f"{found!r} is no weight; write it with its unit, like 180 g or 1.2 kg")
    return grams


@cache
def _grams(value: str) -> int | None:
    """The weight in grams; the same few are read of many products."""
    match = _WEIGHT.fullmatch(value.strip())
    if match is None:
        return None
    return int(match[1]) if match[1] else int(match[2]) * 1000 + int((match[3] or "").ljust(3, "0"))


@accepts(text_like(SKU.pattern, "PETREL-A4") | {"maxLength": _SKU_LENGTH})
def sku(node: Node, report: Report) -> str | None:
    """A stock keeping unit, as carts understand it."""
    found = text(node, report)
    if found is None:
        return None
    if len(found) > _SKU_LENGTH:
        return report.wrong(node, f"{found!r} has {len(found)} characters; shorten it to {_SKU_LENGTH}")
    if SKU.fullmatch(found) is None:
        return report.wrong(
            node, f"{found!r} is no SKU; use only letters and digits, with hyphens between them, like PETREL-A4"
        )
    return found


def choice(kind: type[E]) -> Reader[E]:
    """A reader of one of an enumeration's values."""

    @accepts({"enum": [word.value for word in kind]})
    def read(node: Node, report: Report) -> E | None:
        found = text(node, report)
        if found is None:
            return None
        if found not in set(kind):
            return report.wrong(node, f"{found!r} is not possible; {did_you_mean(found, kind)}")
        return kind(found)

    return read


def _advice(value: str, advice: str) -> str:
    is_negative = value.lstrip().startswith(("-", "−"))
    return f"{value!r} is below zero; write a price of 0 or more" if is_negative else advice
