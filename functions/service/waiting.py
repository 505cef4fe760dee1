"""Waiting: somebody wants to be told when a thing that is sold out can be had again."""

from contextlib import suppress
from datetime import UTC, datetime

from functions.ports import Clock, Release, Store
from functions.service.stocking import on_sale
from functions.shop.catalogue import Availability, Variant
from functions.shop.email import customer_key, parse_email
from functions.shop.errors import Conflict, InvalidCart, StillOnSale
from functions.shop.message import Kind, Message
from functions.shop.notice import Notice
from functions.shop.sentence import Sentence

MOST_TOLD = 100  # of each SKU at a time; whoever is left is told the next time


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


def tell_who_waits(*, release: Release, store: Store, clock: Clock) -> int:
    """Owe a mail to everybody who waits for what can be had again, forget that they waited, and say how many they are.

    The mail is written down first: a crash between the two costs one extra copy at most, and only past midnight.
    """
    offers = on_sale(store.awaited(), release=release, store=store, now=clock())
    back = [offer.variant for offer in offers.values() if offer.availability is not Availability.OUT]
    return sum(_told(variant, store, clock()) for variant in back)


def _told(variant: Variant, store: Store, now: int) -> int:
    waiting = store.waiting_for_stock(variant.sku, MOST_TOLD)
    for email in waiting:
        with suppress(Conflict):  # written down already, by another run or by one that ended here
            store.save_notice(_notice(variant, email, now))
        store.forget_waiting(email, variant.sku)
    return len(waiting)


def _notice(variant: Variant, email: str, now: int) -> Notice:
    day = datetime.fromtimestamp(now, UTC).date().isoformat()
    name = f"stock:{variant.sku}:{day}:{customer_key(email)}"
    return Notice(name, 1, Message(Kind.BACK_IN_STOCK, email, now), {"name": variant.name, "path": variant.path})
