"""The sellable things, as the functions need them, and the shards in which a release keeps them."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from functions.shop.cart import MAX_QUANTITY
from functions.shop.tax import STANDARD
from functions.shop.working_days import Days

LOW = 3  # pieces and fewer are worth telling


class Availability(StrEnum):
    """Whether something can be had now: plenty, few, none; none now but soon; or from a day to come."""

    IN = "in"
    LOW = "low"
    OUT = "out"
    BACKORDER = "backorder"
    PREORDER = "preorder"


@dataclass(frozen=True, slots=True)
class Part:
    """So many of one SKU in a bundle."""

    sku: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Variant:
    """One sellable thing. `price` is in minor units, with tax unless prices are exclusive; `weight` is in grams.

    `options` are the chosen values in the product's order, such as `("A4", "Oak frame")`. `tracked` says that stock is
    counted; an untracked variant is made to order and never sold out. `path` and `image` are addresses on this site.

    `release_date` is the day (ISO 8601) from which it is sent; before that it is a pre-order. `backorder` says how long
    it takes when none is left (`2–3 weeks`); empty means that it is sold out then. A `digital` variant is a file, by
    the name `file` where the shop gives it to download.
    `ships_to` are the only countries it is sent to; empty means all. `parts` are the counted things of which a bundle
    is made; what is made to order is not among them, and a bundle of nothing else is not `tracked` itself.
    `collections` are the slugs that its product names; `reduced` says that its owner names a price before.

    `size` is its three sides when packed, in millimetres and the longest first; empty when nobody has said. `surcharge`
    is what one piece adds to the price of sending it, in minor units. `tax` is its tax category. `handling` is how long
    it takes until it leaves, where that is not as usual. A `gift_card` becomes a code with its price as balance.
    """

    sku: str
    product: str
    title: str
    price: int
    path: str
    options: tuple[str, ...] = ()
    weight: int = 0
    tracked: bool = True
    declared: int = 0
    image: str = ""
    limit: int = MAX_QUANTITY
    gtin: str = ""
    release_date: str = ""
    backorder: str = ""
    digital: bool = False
    ships_to: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    collections: tuple[str, ...] = ()
    reduced: bool = False
    size: tuple[int, ...] = ()
    surcharge: int = 0
    tax: str = STANDARD
    gift_card: bool = False
    handling: Days | None = None
    file: str = ""

    @property
    def label(self) -> str:
        """The options in one line, such as `A4, Oak frame`; empty when there is nothing to choose."""
        return ", ".join(self.options)

    @property
    def name(self) -> str:
        """Title and options in one line, for a payment page or a plain mail."""
        return f"{self.title}, {self.label}" if self.options else self.title

    @property
    def takes(self) -> tuple[Part, ...]:
        """What one piece of it takes from the stock: its parts, or itself, or nothing when it is not counted."""
        return (self.parts or (Part(self.sku, 1),)) if self.tracked else ()


def pieces(takes: tuple[Part, ...], stock: Mapping[str, int]) -> int:
    """How many times so much can be taken from the stock, of which `stock` pieces are free; what is unknown is none."""
    return min((stock.get(part.sku, 0) // part.quantity for part in takes), default=0)


def availability(variant: Variant, left: int, today: str = "") -> Availability:
    """For a variant of which `left` pieces can be sold, on a day in the shop's time zone (ISO 8601)."""
    if variant.tracked and left <= 0:
        return Availability.BACKORDER if variant.backorder else Availability.OUT
    if today and variant.release_date > today:
        return Availability.PREORDER
    return Availability.LOW if variant.tracked and left <= LOW else Availability.IN


def shard_of(sku: str, shards: int) -> int:
    """Which of so many shards holds this SKU. Follows from its hash alone, so no index is needed."""
    return int.from_bytes(hashlib.sha256(sku.encode()).digest()[:4]) % shards
