"""The sellable things, as the functions need them, and the shards in which a release keeps them."""

import hashlib
from dataclasses import dataclass

from functions.shop.cart import MAX_QUANTITY

LOW = 3  # pieces and fewer are worth telling


@dataclass(frozen=True, slots=True)
class Variant:
    """One sellable thing. `price` is in minor units with tax, `weight` in grams.

    `options` are the chosen values in the product's order, such as `("A4", "Oak frame")`. `tracked` says that stock is
    counted; an untracked variant is made to order and never sold out. `path` and `image` are addresses on this site.
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

    @property
    def label(self) -> str:
        """The options in one line, such as `A4, Oak frame`; empty when there is nothing to choose."""
        return ", ".join(self.options)

    @property
    def name(self) -> str:
        """Title and options in one line, for a payment page or a plain mail."""
        return f"{self.title}, {self.label}" if self.options else self.title


def availability(variant: Variant, left: int) -> str:
    """`in`, `low` or `out`, for a variant of which `left` pieces can be sold."""
    if not variant.tracked or left > LOW:
        return "in"
    return "low" if left > 0 else "out"


def shard_of(sku: str, shards: int) -> int:
    """Which of so many shards holds this SKU. Follows from its hash alone, so no index is needed."""
    return int.from_bytes(hashlib.sha256(sku.encode()).digest()[:4]) % shards
