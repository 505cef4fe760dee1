"""A wishlist: SKUs in the order in which they were wished for. It lives in an address, `/wishlist?s=MUG-1.MUG-2`."""

from dataclasses import dataclass

from functions.shop.cart import SKU
from functions.shop.errors import InvalidWishlist
from functions.shop.sentence import Sentence

MOST_WISHES = 50


@dataclass(frozen=True, slots=True)
class Wishlist:
    """Each SKU stands in it once."""

    skus: tuple[str, ...] = ()

    def adding(self, sku: str) -> "Wishlist":
        """This list with one more SKU at its end. Raises InvalidWishlist when it is full."""
        if sku in self.skus:
            return self
        if len(self.skus) >= MOST_WISHES:
            full = Sentence("A wishlist holds {most} things. Please take something out first.", most=MOST_WISHES)
            raise InvalidWishlist(full)
        return Wishlist((*self.skus, sku))

    def without(self, sku: str) -> "Wishlist":
        """This list less one SKU."""
        return Wishlist(tuple(wish for wish in self.skus if wish != sku))

    def joined(self, other: "Wishlist") -> "Wishlist":
        """This list and what else is in another one, as far as there is room."""
        return Wishlist(tuple(dict.fromkeys((*self.skus, *other.skus)))[:MOST_WISHES])


def encode_wishlist(wishlist: Wishlist) -> str:
    """The text in address and cookie; empty for an empty list."""
    return ".".join(wishlist.skus)


def decode_wishlist(text: str) -> Wishlist:
    """The list in such a text. What is odd in it is left out, never an error: anybody can write an address."""
    found = dict.fromkeys(part for part in text.split(".") if SKU.fullmatch(part))
    return Wishlist(tuple(found)[:MOST_WISHES])
