"""Returns: days to change one's mind that are fewer than the law of the shop's country wants."""

from collections.abc import Iterator

from functions.shop.tax import EU
from plugins.advice.advice import Advice
from plugins.content import ShopSource

LEAST = 14
"""Days that a customer in the EU has at least (Directive 2011/83/EU, article 9)."""


def returns(shop: ShopSource) -> Iterator[Advice]:
    """A doubt only, for a shop may sell nothing that can be sent back."""
    days, country = shop.settings.returns.days, shop.settings.address.country
    if country in EU and days < LEAST:
        sentence = f"{days} are fewer than customers in {country} have by the law of the EU; write {LEAST} or more"
        yield Advice(shop.path, ("returns", "days"), sentence)
