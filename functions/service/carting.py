"""Carting: pricing what is in a shopper's cart, now."""

from functions.ports import Catalogue, Release, Store
from functions.service.stocking import available, day
from functions.shop.cart import Cart
from functions.shop.errors import InvalidCart
from functions.shop.order import Order
from functions.shop.quote import Quote, make_quote


def quote_cart(
    cart: Cart,
    *,
    release: Release,
    store: Store,
    now: int,
    country: str = "",
    shipping_id: str = "",
    own: Order | None = None,
) -> Quote:
    """The cart's quote at the prices of `release` and the stock of this moment; `now` is in Unix seconds.

    `own` is the shopper's own unpaid order: what it holds is available to this shopper.
    """
    variants = release.variants([line.sku for line in cart.lines])
    return make_quote(
        cart,
        variants=variants,
        available=available(variants.values(), store, own),
        settings=release.settings,
        country=country,
        shipping_id=shipping_id,
        today=day(release, now),
    )


def add(cart: Cart, sku: str, quantity: int, catalogue: Catalogue) -> Cart:
    """The cart with so many more of something that is on sale, within its limit. Raises InvalidCart (R6)."""
    variant = catalogue.current().variants([sku]).get(sku)
    if variant is None:
        raise InvalidCart(f"{sku} is not on sale here.")
    return cart.adding(sku, quantity, variant.limit)
