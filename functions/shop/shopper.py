"""A shopper: what is known of who looks at a cart, as far as prices depend on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Shopper:
    """Who buys. `codes` and `vat_id` are texts as they were entered.

    `customer` is a `customer_key`, empty until the e-mail address is known; `is_first` says whether an order would be
    this customer's first. `uses` are the orders so far in which a promotion was used, by its id, and `own_uses` those
    of this customer.
    """

    codes: tuple[str, ...] = ()
    vat_id: str = ""
    customer: str = ""
    is_first: bool = False
    uses: Mapping[str, int] = field(default_factory=dict)
    own_uses: Mapping[str, int] = field(default_factory=dict)


ANYBODY = Shopper()
"""Somebody who has entered nothing."""
