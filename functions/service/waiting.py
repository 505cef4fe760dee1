"""Waiting: somebody wants to be told when a thing that is sold out can be had again."""

from functions.ports import Release, Store
from functions.service.stocking import on_sale
from functions.shop.catalogue import Availability
from functions.shop.email import parse_email
from functions.shop.errors import InvalidCart, StillOnSale
from functions.shop.sentence import Sentence


def ask_for_stock(sku: str, email: str, *, release: Release, store: Store, now: int) -> None:
    """Note who waits for a SKU; who waits already is told nothing else than who is new.

    Raises InvalidEmail, InvalidCart when nothing of that name is sold here, and StillOnSale when it can be had now.
    """
    email = parse_email(email)
    offer = on_sale([sku], release=release, store=store, now=now).get(sku)
    if offer is None:
        raise InvalidCart(Sentence("That is not something this shop sells."))
    if offer.availability is not Availability.OUT:
        raise StillOnSale(Sentence("{name} can be ordered now.", name=offer.variant.name))
    store.ask_for_stock(sku, email, now)
