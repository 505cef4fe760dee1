"""A bill: what goods and their sending come to with tax, and what of it balances pay."""

from collections.abc import Sequence
from dataclasses import dataclass

from functions.shop.destination import Destination
from functions.shop.errors import InvalidVatId
from functions.shop.goods import Goods
from functions.shop.ledger import Balance, Spending, spendings
from functions.shop.money import step
from functions.shop.problem import Problem, Trouble
from functions.shop.sending import Sending
from functions.shop.settings import Settings
from functions.shop.shipping import ShippingChoice
from functions.shop.tax import TaxLine, taxes
from functions.shop.vat_id import checked_vat_id


@dataclass(frozen=True, slots=True)
class Bill:
    """What is to be paid. `vat_id` is a business buyer's checked number; `mistyped` is why what was entered is none."""

    taxes: tuple[TaxLine, ...]
    total: int
    spent: tuple[Spending, ...]
    vat_id: str
    mistyped: tuple[Problem, ...]


def bill_of(
    goods: Goods,
    sending: Sending,
    destination: Destination,
    settings: Settings,
    *,
    vat_id: str,
    balances: Sequence[Balance],
) -> Bill:
    """What goods that are sent so come to; `balances` pay what they can, the first one first."""
    number, mistyped = _checked(vat_id)
    place = place_of_supply(sending.chosen, destination, settings)
    taxed = _taxes(goods, sending, place, settings, number)
    total = _total(goods, sending, taxed)
    spent = spendings(balances, total, settings.currency, cards=goods.cards)
    return Bill(taxed, total, spent, number, mistyped)


def place_of_supply(chosen: ShippingChoice | None, destination: Destination, settings: Settings) -> Destination:
    """Whose tax is due: where a parcel goes, or where the shop is, for what is collected and for files.

    Directive 2006/112/EC, articles 31 and 33.
    """
    collected = chosen and chosen.pickup
    return settings.place if collected or not destination.country else destination


def _checked(vat_id: str) -> tuple[str, tuple[Problem, ...]]:
    """A business buyer's number; none, and why, when it cannot be right."""
    try:
        return checked_vat_id(vat_id) if vat_id else "", ()
    except InvalidVatId as error:
        return "", (Problem(Trouble.VAT_ID, error.sentence),)


def _taxes(goods: Goods, sending: Sending, place: Destination, settings: Settings, vat_id: str) -> tuple[TaxLine, ...]:
    """Gift cards are left out: what is bought with them is taxed (directive 2006/112/EC, article 30b(2))."""
    taxed = [(line.tax, line.cost) for line in goods.lines if not line.gift_card]
    return taxes(taxed, sending.price, place, settings.tax, vat_id=vat_id, step=step(settings.currency))


def _total(goods: Goods, sending: Sending, taxed: Sequence[TaxLine]) -> int:
    """What it comes to; while no tax is reckoned, what goods and sending cost."""
    if taxed:
        return goods.cards + sum(line.net + line.tax for line in taxed)
    return goods.subtotal - goods.discount + sending.price
