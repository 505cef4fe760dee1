"""A process of its own that buys: `python -m tests.contract.buyer <opener> <address> <name> <times>`.

It places orders `<name>-0`, `<name>-1` … of one SKU each, pays every second one, and prints how many it could place.
"""

import sys
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module

from functions.ports import Store
from functions.shop.errors import OutOfStock
from functions.shop.order import decide
from functions.shop.order import place as placing
from tests.shop.sample import NOW, cart, facts, quote


def opened(opener: str, address: str) -> Store:
    """The store at an address, opened by a function named `module:function`."""
    module, _, function = opener.partition(":")
    open_store: Callable[[str], Store] = getattr(import_module(module), function)
    return open_store(address)


def buy(store: Store, order_id: str, *, paying: bool) -> bool:
    """Place an order for one postcard, and pay it if asked to; False when there is none left."""
    decision = placing(order_id, quote(cart(CARD=1)), "release-1", NOW)
    try:
        store.save(decision.order, decision.stock)
    except OutOfStock:
        return False
    if paying:
        settled = decide(decision.order, facts(order_id, session=f"cs_{order_id}"), NOW)
        store.save(replace(settled.order, version=2), settled.stock)
    return True


if __name__ == "__main__":
    shop = opened(sys.argv[1], sys.argv[2])
    won = sum(buy(shop, f"{sys.argv[3]}-{number}", paying=number % 2 == 1) for number in range(int(sys.argv[4])))
    print(won)  # noqa: T201
