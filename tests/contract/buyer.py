"""A process of its own that buys: `python -m tests.contract.buyer <opener> <address> <name> <times>`.

It places orders `<name>-0`, `<name>-1` … of one SKU each, pays every second one, and prints how many it could place.
When the name ends in `-BALANCE`, a gift card pays 1.00 of each, and each uses a coupon that may be used often enough.
"""

import sys
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module

from functions.ports import Store
from functions.shop.discount import Claim
from functions.shop.errors import NotEnough, OutOfStock
from functions.shop.ledger import Entry, EntryKind
from functions.shop.placing import place as placing
from functions.shop.settling import decide
from tests.shop.balanced import CARD_ACCOUNT, pays
from tests.shop.sample import NOW, cart, facts, placed, quote

OPENING = Claim("opening", 40, None)


def opened(opener: str, address: str) -> Store:
    """The store at an address, opened by a function named `module:function`."""
    module, _, function = opener.partition(":")
    open_store: Callable[[str], Store] = getattr(import_module(module), function)
    return open_store(address)


def top_up(store: Store, amount: int) -> None:
    """Put so much on the gift card, by an order of its own."""
    sold = Entry("TOP-UP:card:0", CARD_ACCOUNT, amount, EntryKind.SOLD, "TOP-UP", NOW)
    store.save(placed("TOP-UP"), entries=(sold,))


def buy(store: Store, order_id: str, *, paying: bool) -> bool:
    """Place an order for one postcard, and pay it if asked to; False when there is none left."""
    extras = {"spent": pays(100), "claims": (OPENING,)} if "-BALANCE-" in order_id else {}
    decision = placing(order_id, quote(cart(CARD=1)), "release-1", NOW, **extras)  # type: ignore[arg-type]
    try:
        store.save(decision.order, decision.stock, claims=decision.claims, entries=decision.entries)
    except (OutOfStock, NotEnough):
        return False
    if paying:
        settled = decide(decision.order, facts(order_id, session=f"cs_{order_id}"), NOW)
        store.save(replace(settled.order, version=2), settled.stock)
    return True


if __name__ == "__main__":
    shop = opened(sys.argv[1], sys.argv[2])
    won = sum(buy(shop, f"{sys.argv[3]}-{number}", paying=number % 2 == 1) for number in range(int(sys.argv[4])))
    print(won)  # noqa: T201
