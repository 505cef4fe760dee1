"""Promotions: the owner's rules by which something costs less, is sent free, or comes with a gift."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from functions.shop.cart import CartLine

_LEFT_OUT = frozenset("-‐‑‒–—_.")


class Kind(StrEnum):
    """What a promotion gives."""

    PERCENT = "percent"
    AMOUNT = "amount"
    FIXED_PRICE = "fixed_price"
    FREE_SHIPPING = "free_shipping"
    BUY_GET = "buy_get"
    GIFT = "gift"
    TIERS = "tiers"
    BUNDLE = "bundle"


@dataclass(frozen=True, slots=True)
class Selection:
    """Some of the goods: those of these SKUs, products and collections (slugs); all goods when none is named.

    Without `reduced` it leaves out what is on sale. `names` are what shoppers call them.
    """

    skus: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    reduced: bool = True
    names: tuple[str, ...] = ()

    @property
    def is_all(self) -> bool:
        """Whether no goods are named."""
        return not (self.skus or self.products or self.collections)


ALL = Selection()
"""All goods."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """What must hold for a promotion to apply; None and empty mean that anything will do.

    `starts` and `ends` are times in the shop's time zone (`2026-12-01T00:00`), the second one being the first moment at
    which it is over. Goods (minor units, before any discount) and pieces are those that the promotion applies to.
    `countries` are ISO 3166-1 codes. `uses` counts orders of all customers, `uses_per_customer` those of one.
    """

    starts: str = ""
    ends: str = ""
    min_goods: int = 0
    max_goods: int | None = None
    min_pieces: int = 0
    max_pieces: int | None = None
    countries: tuple[str, ...] = ()
    first_order: bool = False
    uses: int | None = None
    uses_per_customer: int | None = None

    @property
    def is_limited(self) -> bool:
        """Whether its uses are counted."""
        return self.uses is not None or self.uses_per_customer is not None

    @property
    def is_personal(self) -> bool:
        """Whether it matters who buys."""
        return self.first_order or self.uses_per_customer is not None


ALWAYS = Conditions()
"""No condition at all."""


@dataclass(frozen=True, slots=True)
class Tier:
    """From so many pieces on, each costs `price` (minor units), or so much less (hundredths of a percent)."""

    pieces: int
    percent: int = 0
    price: int | None = None


@dataclass(frozen=True, slots=True)
class BundlePart:
    """So many pieces of some goods within a bundle."""

    goods: Selection
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class Promotion:
    """One rule. `id` stays in orders for ever; with a `code` it is a coupon, and applies when that was entered.

    `percent` is in hundredths (15 % is 1500). `amount` is in minor units: what is taken off, what each piece costs, or
    what a bundle of `parts` costs. Of every `buy + get` pieces `get` are reduced by `percent`; with a `reward`, so many
    of that for every `buy` pieces. `tiers` count each SKU by itself, or all pieces `together`. `rates` are the ids of
    the shipping rates that are free; none means all.
    """

    id: str
    name: str
    kind: Kind
    code: str = ""
    goods: Selection = ALL
    conditions: Conditions = ALWAYS
    combines: bool = True
    percent: int = 0
    amount: int = 0
    rates: tuple[str, ...] = ()
    buy: int = 0
    get: int = 0
    reward: Selection | None = None
    gift: CartLine | None = None
    tiers: tuple[Tier, ...] = ()
    together: bool = False
    parts: tuple[BundlePart, ...] = ()


def code_key(text: str) -> str:
    """A code as it is compared: capitals, spaces and hyphens make no difference."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in plain if not sign.isspace() and sign not in _LEFT_OUT)
