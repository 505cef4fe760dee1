"""Limiting: how often somebody may try something, and how much may wait to be paid from one place."""

from collections.abc import Iterable
from dataclasses import dataclass

from functions.ports import Store
from functions.shop.decision import held
from functions.shop.listing import place_list

HOUR = 3600


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries within so many seconds, from the first one on. `key` tells it from other limits."""

    key: str
    most: int
    seconds: int = HOUR


def unpaid_pieces(place: str, store: Store, own: str = "") -> int:
    """How many pieces the unpaid orders from a place keep from others; `own` is the number of one that is left out."""
    orders = store.orders(set(store.listed(place_list(place)).ids) - {own})
    return sum(sum(held(order).values()) for order in orders.values() if order.open)


def exceeded(tries: Iterable[tuple[Limit, str]], store: Store, now: int) -> Limit | None:
    """Count one more try against each of these limits; the first one that it is too much for, or None.

    Who tries is a text that says nothing about a person (R26). Once a limit is exceeded, those after it are not
    counted.
    """
    counted = ((limit, store.hit(f"{limit.key}:{who}", now + limit.seconds, now)) for limit, who in tries)
    return next((limit for limit, count in counted if count > limit.most), None)
