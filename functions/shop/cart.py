"""A cart: which SKUs, how many of each. No prices; those come with a quote.

It lives in a cookie that script may read. The text is `1:PETREL-A4*2.MUG-ISOBARS*1` (version, then lines);
50 lines of the longest SKU stay under 2 KB.
"""

import re
from dataclasses import dataclass

from functions.shop.errors import InvalidCart
from functions.shop.sentence import Sentence

MAX_LINES = 50
MAX_QUANTITY = 99
SKU = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?", re.ASCII)
_LINE = re.compile(rf"({SKU.pattern})\*([1-9][0-9]?)", re.ASCII)
_QUANTITY = re.compile(r"[0-9]{1,9}", re.ASCII)


@dataclass(frozen=True, slots=True)
class CartLine:
    """So many of one SKU."""

    sku: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Cart:
    """Lines in the order they were added; a SKU stands in at most one of them."""

    lines: tuple[CartLine, ...] = ()

    @property
    def count(self) -> int:
        """How many pieces, all lines together."""
        return sum(line.quantity for line in self.lines)

    def quantity(self, sku: str) -> int:
        """How many of this SKU; 0 when it is not in the cart."""
        return next((line.quantity for line in self.lines if line.sku == sku), 0)

    def with_quantity(self, sku: str, quantity: int, limit: int = MAX_QUANTITY) -> "Cart":
        """This cart with exactly so many of one SKU; 0 takes the line out.

        Raises InvalidCart outside 0 to `limit`, and when a 51st line would be needed (R6).
        """
        if not 0 <= quantity <= limit:
            raise _beyond(limit, quantity)
        if quantity == 0:
            return Cart(tuple(line for line in self.lines if line.sku != sku))
        changed = CartLine(sku, quantity)
        if self.quantity(sku):
            return Cart(tuple(changed if line.sku == sku else line for line in self.lines))
        if len(self.lines) >= MAX_LINES:
            full = Sentence("A cart holds {most} different things. Please order these first.", most=MAX_LINES)
            raise InvalidCart(full)
        return Cart((*self.lines, changed))

    def adding(self, sku: str, quantity: int, limit: int = MAX_QUANTITY) -> "Cart":
        """This cart with so many more of one SKU, the total capped at `limit`."""
        if not 1 <= quantity <= limit:
            raise _beyond(limit, quantity)
        return self.with_quantity(sku, min(self.quantity(sku) + quantity, limit), limit)

    def without(self, other: "Cart") -> "Cart":
        """What is left of this cart once `other` has been bought."""
        left = ((line.sku, line.quantity - other.quantity(line.sku)) for line in self.lines)
        return Cart(tuple(CartLine(sku, quantity) for sku, quantity in left if quantity > 0))


def parse_sku(text: str) -> str:
    """The SKU in a posted text. Raises InvalidCart when it cannot be one."""
    if not SKU.fullmatch(text):
        raise InvalidCart(Sentence("That is not something this shop sells."))
    return text


def parse_quantity(text: str) -> int:
    """A quantity as posted by a form: digits only. Raises InvalidCart for anything else, fractions included."""
    if not _QUANTITY.fullmatch(text.strip()):
        raise InvalidCart(Sentence("A quantity is a whole number, such as 1 or 2."))
    return int(text)


def encode_cart(cart: Cart) -> str:
    """The cookie's text; empty for an empty cart."""
    return "1:" + ".".join(f"{line.sku}*{line.quantity}" for line in cart.lines) if cart.lines else ""


def decode_cart(text: str) -> Cart:
    """The cart in a cookie's text. What is odd in it is left out, never an error: a cookie is only a note to self."""
    version, _, body = text.partition(":")
    if version != "1":
        return Cart()
    found = (_LINE.fullmatch(part) for part in body.split(".")[:MAX_LINES])
    quantities = {match[1]: int(match[2]) for match in found if match}
    return Cart(tuple(CartLine(sku, quantity) for sku, quantity in quantities.items()))


def _beyond(limit: int, quantity: int) -> InvalidCart:
    return InvalidCart(
        Sentence("You can order 1 to {limit} of this at a time, not {quantity}.", limit=limit, quantity=quantity)
    )
