"""Carting: pricing what is in a shopper's cart, now."""

from collections.abc import Collection
from dataclasses import replace

from functions.ports import Catalogue, Release, Store
from functions.service.balances import balances
from functions.service.stocking import available, on_sale
from functions.shop.cart import MAX_LINES, Cart
from functions.shop.catalogue import Availability
from functions.shop.code import is_meant
from functions.shop.destination import UNKNOWN, Destination
from functions.shop.email import customer_key
from functions.shop.errors import InvalidCart
from functions.shop.goods import gift_skus
from functions.shop.order import Order
from functions.shop.quote import Quote, make_quote
from functions.shop.sentence import Sentence
from functions.shop.shopper import Shopper


def quote_cart(
    cart: Cart,
    *,
    release: Release,
    store: Store,
    now: int,
    destination: Destination = UNKNOWN,
    shipping_id: str = "",
    codes: Collection[str] = (),
    vat_id: str = "",
    email: str = "",
    own: Order | None = None,
) -> Quote:
    """The cart's quote at the prices of `release` and the stock of this moment; `now` is in Unix seconds.

    `codes` and `vat_id` are texts as they were typed, `email` is empty until it is known. `own` is the shopper's own
    unpaid order: what it holds is available to this shopper.
    """
    settings = release.settings
    variants = release.variants({*(line.sku for line in cart.lines), *gift_skus(settings)})
    found, worthless = balances([code for code in codes if is_meant(code)], store=store, currency=settings.currency)
    quote = make_quote(
        cart,
        variants=variants,
        available=available(variants.values(), store, own),
        settings=settings,
        destination=destination,
        shipping_id=shipping_id,
        shopper=_shopper([code for code in codes if not is_meant(code)], vat_id, email, release, store),
        balances=found,
        now=now,
    )
    return replace(quote, rejected=(*quote.rejected, *worthless))


def _shopper(coupons: Collection[str], vat_id: str, email: str, release: Release, store: Store) -> Shopper:
    """Who buys, as far as the shop's promotions ask for it."""
    customer = customer_key(email) if email else ""
    limited = [one.id for one in release.settings.promotions if one.conditions.is_limited]
    used = store.uses(limited, customer) if limited else {}
    return Shopper(
        codes=tuple(coupons),
        vat_id=vat_id,
        customer=customer,
        is_first=bool(customer) and not store.is_customer(customer),
        uses={name: one.all for name, one in used.items()},
        own_uses={name: one.own for name, one in used.items()},
    )


def add(cart: Cart, sku: str, quantity: int, catalogue: Catalogue) -> Cart:
    """The cart with so many more of something that is on sale, within its limit. Raises InvalidCart (R6)."""
    variant = catalogue.current().variants([sku]).get(sku)
    if variant is None:
        raise InvalidCart(Sentence("{sku} is not on sale here.", sku=sku))
    return cart.adding(sku, quantity, variant.limit)


def add_all(
    cart: Cart, skus: Collection[str], *, release: Release, store: Store, now: int
) -> tuple[Cart, tuple[Sentence, ...]]:
    """The cart with one of each of these, and a sentence for each that could not be added.

    What is in the cart already stays as it is, so that doing it twice adds nothing.
    """
    offers, left_out = on_sale(skus, release=release, store=store, now=now), []
    for sku in skus:
        offer = offers.get(sku)
        if cart.quantity(sku):
            continue
        if offer is None:
            left_out.append(Sentence("Something on the list ({sku}) is no longer sold.", sku=sku))
        elif offer.availability is Availability.OUT:
            left_out.append(Sentence("{name} is sold out.", name=offer.variant.name))
        elif len(cart.lines) >= MAX_LINES:
            left_out.append(Sentence("There was no room in the cart for {name}.", name=offer.variant.name))
        else:
            cart = cart.with_quantity(sku, 1)
    return cart, tuple(left_out)
