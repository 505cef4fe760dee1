"""Stocking: what product files say is on hand becomes the store's count."""

from collections.abc import Iterable

from functions.ports import Store
from functions.shop.catalogue import Variant


def declare(variants: Iterable[Variant], store: Store) -> None:
    """Hand the counts of all tracked variants to the store, which takes over those that changed since last time."""
    store.declare_stock({variant.sku: variant.declared for variant in variants if variant.tracked})
