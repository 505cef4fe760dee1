"""Rebuilding: an order that Stripe was paid for and this shop does not have (R1)."""

from contextlib import suppress

from functions.ports import Clock, Payments, Store
from functions.shop.errors import Conflict
from functions.shop.facts import SessionFacts
from functions.shop.rebuilding import rebuilt


def rebuild(facts: SessionFacts, *, store: Store, payments: Payments, clock: Clock) -> bool:
    """Make the order of a paid session anew, if there is none. True when it was missing."""
    if not (facts.complete and facts.order) or store.order(facts.order):
        return False
    order = rebuilt(facts, payments.bill(facts.session), clock())
    with suppress(Conflict):  # another run was faster, or the order came after all
        store.save(order)
        return True
    return False
