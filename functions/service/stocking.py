"""Stocking: what product files say is on hand becomes the store's count, and what that leaves to be sold."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from functions.ports import Release, Store
from functions.shop.catalogue import Availability, Variant, availability, pieces
from functions.shop.decision import held
from functions.shop.order import Order

RUNS = 3  # of the reconciler, in which the counts of a new release are handed over
REMEMBERED = 400 * 86_400  # seconds for which it is known that a release was seen


@dataclass(frozen=True, slots=True)
class OnSale:
    """A variant at this moment: whether it can be had, and how many pieces there are where they are counted."""

    variant: Variant
    availability: Availability
    left: int


def declare(variants: Iterable[Variant], store: Store) -> None:
    """Hand the counts of all tracked variants to the store, which takes over those that changed since last time.

    A bundle has no count of its own: it is as many as its parts allow.
    """
    counted = (variant for variant in variants if variant.tracked and not variant.parts)
    store.declare_stock({variant.sku: variant.declared for variant in counted})


def declare_new(release: Release, store: Store, now: int) -> None:
    """Hand over the counts of a release that is new to this store.

    That is done in the first RUNS that see it, for one of them may be stopped midway, and changes nothing the second
    time. A release that comes back later, by a roll-back, declares nothing: its counts are old, sales since are not.
    """
    if store.hit(f"declared:{release.id}", now + REMEMBERED, now) <= RUNS:
        declare(release.every_variant(), store)


def on_sale(skus: Collection[str], *, release: Release, store: Store, now: int) -> Mapping[str, OnSale]:
    """These SKUs as they can be had now, in the order asked for; what is not sold here is left out."""
    variants = release.variants(skus)
    stock, today = available(variants.values(), store), day(release, now)
    left = {sku: pieces(variant.takes, stock) for sku, variant in variants.items()}
    return {
        sku: OnSale(variant, availability(variant, left[sku], today), left[sku]) for sku, variant in variants.items()
    }


def available(variants: Iterable[Variant], store: Store, own: Order | None = None) -> dict[str, int]:
    """Pieces that are free of everything that these variants take from the stock.

    `own` is the shopper's own unpaid order: what it holds is free for this shopper.
    """
    skus = {part.sku for variant in variants for part in variant.takes}
    mine = held(own) if own and own.open else {}
    return {sku: stock.available + mine.get(sku, 0) for sku, stock in store.stock(skus).items()}


def day(release: Release, now: int) -> str:
    """The day (ISO 8601) on which `now`, in Unix seconds, falls where the shop is."""
    return datetime.fromtimestamp(now, ZoneInfo(release.settings.time_zone)).date().isoformat()
