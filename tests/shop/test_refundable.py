"""Refundable: what pieces of an order are worth; any portions of it that end with all add up to what was paid."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from random import Random

import pytest

from functions.shop.area import Area
from functions.shop.ledger import Card, Spending
from functions.shop.line import LineItem
from functions.shop.order import Order
from functions.shop.payment import Payment, Refund
from functions.shop.portion import Portion
from functions.shop.refundable import Worth, everything, worth
from functions.shop.reversal import give_back, refundable
from functions.shop.state import State
from functions.shop.tax import Relief, Tax, TaxLine, TaxZone, taxes
from tests.shop.balanced import CARD_ACCOUNT, pays
from tests.shop.portioned import portions
from tests.shop.sample import NOW, placed
from tests.small_shop import SETTINGS

HOME = TaxZone("Ireland", {"standard": 2300, "books": 0, "reduced": 1350}, (Area("IE"),))
VAT = Tax("VAT", 2300, (HOME,), home="IE")
SALES_TAX = replace(VAT, inclusive=False)
EXPORT = replace(VAT, zones=(TaxZone("Abroad", {}, (Area("IE"),)), replace(HOME, areas=())), home="FR")
CHEAPER_EXPORT = replace(EXPORT, exports_keep_price=False)
PRINTS = LineItem("PRINT", "Print", "", 3, 1000, 3000, "", discount=1000)
BOOK = LineItem("BOOK", "Book", "", 1, 999, 999, "", tax="books")
MAP = LineItem("MAP", "Map", "", 2, 333, 666, "", tax="reduced", discount=1)
GIFT = LineItem("GIFT", "Tote bag", "", 1, 500, 500, "", discount=500, gift=True)
VOUCHER = LineItem("VOUCHER", "Gift card", "", 1, 2500, 2500, "", digital=True, gift_card=True)


def sold(*lines: LineItem, tax: Tax = VAT, sending: int = 450, spent: tuple[Spending, ...] = ()) -> Order:
    """A paid order of these lines."""
    way = placed().shipping
    assert way
    goods = [(line.tax, line.cost) for line in lines if not line.gift_card]
    order = replace(placed(), state=State.PAID, lines=lines, shipping=replace(way, price=sending), spent=spent)
    rates = taxes(goods, sending, order.destination, tax)
    cards = tuple(Card(CARD_ACCOUNT, line.total, "") for line in lines if line.gift_card)
    total = sum(line.net + line.tax for line in rates) + sum(card.amount for card in cards)
    due = total - sum(one.amount for one in spent)
    payments = (Payment("pi_1", "cs_1", due, "EUR", NOW),)
    return replace(order, taxes=rates, total=total, cards=cards, payments=payments)


def value(order: Order, portion: Portion, tax: Tax = VAT, *, before: Sequence[Portion] = ()) -> Worth:
    """What a portion is worth in a shop with this tax."""
    return worth(order, portion, replace(SETTINGS, tax=tax), before=before)


def amounts(order: Order, *portions: Portion, tax: Tax = VAT) -> list[int]:
    """What each portion is worth after the ones before it."""
    return [value(order, one, tax, before=portions[:at]).amount for at, one in enumerate(portions)]


def test_a_piece_is_worth_what_was_paid_for_it() -> None:
    """Three prints at 20.00 together: two cents are left for the last one."""
    order, one = sold(PRINTS, BOOK), Portion((1, 0))
    assert amounts(order, one, one, one) == [666, 667, 667]
    assert amounts(order, Portion((0, 1))) == [999]
    assert value(order, Portion((3, 0))) == Worth(2000, (TaxLine("VAT", 2300, 1626, 374),))


def test_shipping_bears_the_taxes_of_what_it_was_sent_with() -> None:
    """4.50 in proportion to 20.00 and 9.99."""
    order = sold(PRINTS, BOOK)
    parts = (TaxLine("VAT", 2300, 244, 56), TaxLine("VAT", 0, 150, 0))
    assert value(order, Portion((0, 0), shipping=True)) == Worth(450, parts)


def test_tax_that_came_on_top_is_given_back_as_well() -> None:
    order = sold(PRINTS, BOOK, tax=SALES_TAX, sending=0)
    assert value(order, Portion((3, 0)), SALES_TAX) == Worth(2460, (TaxLine("VAT", 2300, 2000, 460),))
    assert value(order, Portion((0, 1)), SALES_TAX) == Worth(999, (TaxLine("VAT", 0, 999, 0),))


def test_where_a_price_fell_at_the_border_each_thing_is_worth_what_it_cost_there() -> None:
    order = sold(PRINTS, BOOK, tax=CHEAPER_EXPORT, sending=0)
    assert value(order, Portion((3, 0)), CHEAPER_EXPORT) == Worth(1626, (TaxLine("VAT", 0, 1626, 0, Relief.EXPORT),))
    assert amounts(order, Portion((0, 1)), tax=CHEAPER_EXPORT) == [999]


def test_gifts_and_gift_cards_are_worth_nothing() -> None:
    order = sold(PRINTS, GIFT, VOUCHER)
    assert amounts(order, Portion((0, 1, 1)), everything_but(order, (0, 1, 1))) == [0, 2450]


def test_rates_that_have_changed_since_make_all_goods_bear_what_was_paid() -> None:
    """12.25 were paid at each of two rates, shipping included; a thing at 10.00 is 10 parts in 24.50 of both."""
    order = sold(replace(BOOK, unit_price=1000, total=1000), replace(PRINTS, quantity=1, total=1000, discount=0))
    found = value(order, Portion((1, 0)), replace(VAT, zones=()))
    assert found == Worth(1000, (TaxLine("VAT", 2300, 407, 93), TaxLine("VAT", 0, 500, 0)))


def test_an_order_whose_tax_stripe_worked_out_is_given_back_with_it() -> None:
    order = replace(
        sold(PRINTS, sending=0), taxes=(), total=2460, payments=(Payment("pi_1", "cs_1", 2460, "EUR", NOW),)
    )
    assert value(order, Portion((3,))) == Worth(2460)


def test_what_was_given_back_without_a_line_is_not_given_back_twice() -> None:
    """24.50 were paid and 5.00 given back as a favour; so the last portions are worth less."""
    order = replace(sold(PRINTS), refunds=(Refund("x", "pi_1", 500, "A favour.", NOW, "re_1"),))
    assert value(order, everything(order)) == Worth(1950, (TaxLine("VAT", 2300, 1585, 365),))
    assert value(replace(order, payments=()), everything(order)) == Worth(0)


@pytest.mark.parametrize("portion", [Portion((-1,)), Portion((1, 1)), Portion(())])
def test_what_is_no_portion_of_an_order_is_refused(portion: Portion) -> None:
    with pytest.raises(ValueError, match="are no pieces of the 1 lines of ORDER-1"):
        value(sold(PRINTS), portion)


def test_nothing_is_given_back_twice() -> None:
    order = sold(PRINTS)
    with pytest.raises(ValueError, match="4 of PRINT cannot be given back; 3 were bought in ORDER-1"):
        value(order, Portion((2,)), before=[Portion((2,))])
    with pytest.raises(ValueError, match="Shipping of ORDER-1 cannot be given back twice"):
        value(order, Portion((0,), shipping=True), before=[Portion((0,), shipping=True)])


# Any portions add up


def everything_but(order: Order, pieces: Sequence[int]) -> Portion:
    """What is left of an order, shipping included, beside these pieces."""
    return Portion(tuple(line.quantity - less for line, less in zip(order.lines, pieces, strict=True)), shipping=True)


def partitions(left: Sequence[int]) -> Iterator[list[tuple[int, ...]]]:
    """Every way to give back so many of each in any number of portions, in any order."""
    if not any(left):
        yield []
    for first in product(*(range(count + 1) for count in left)):
        if any(first):
            for rest in partitions([has - less for has, less in zip(left, first, strict=True)]):
                yield [first, *rest]


def refund_all(order: Order, portions: Sequence[Portion], tax: Tax) -> None:
    """Give back an order portion by portion; whatever the portions, the sums are exact and nothing is negative."""
    paid, parts, now = refundable(order), list[TaxLine](), order
    for at, portion in enumerate(portions):
        found = value(now, portion, tax, before=portions[:at])
        assert all(part.net >= 0 and part.tax >= 0 for part in found.taxes)
        assert found.amount == sum(part.net + part.tax for part in found.taxes)
        parts += found.taxes
        if found.amount:
            now = give_back(now, found.amount, {}, reason="Returned.", number=now.reversals, now=NOW).order
    assert refundable(now) == 0
    assert sum(refund.amount for refund in now.refunds) + sum(one.returned for one in now.spent) == paid
    assert all(one.left == 0 for one in now.spent)
    for line in order.taxes:
        own = [part for part in parts if (part.rate, part.relief) == (line.rate, line.relief)]
        assert (sum(part.net for part in own), sum(part.tax for part in own)) == (line.net, line.tax)


@pytest.mark.parametrize("tax", [VAT, SALES_TAX, EXPORT, CHEAPER_EXPORT, replace(VAT, zones=())])
@pytest.mark.parametrize("lines", [(PRINTS, BOOK), (MAP, BOOK), (MAP, GIFT), (BOOK, VOUCHER), (PRINTS,)])
@pytest.mark.parametrize("sold_under", [VAT, None])
def test_all_portions_of_small_orders_add_up(tax: Tax, lines: tuple[LineItem, ...], sold_under: Tax | None) -> None:
    """Each way to give back two lines and shipping, in every order; also when the rates have changed since."""
    order = sold(*lines, tax=sold_under or tax, spent=pays(700))
    for shares in partitions([*(line.quantity for line in lines), 1]):
        refund_all(order, [Portion(one[:-1], shipping=bool(one[-1])) for one in shares], tax)


@pytest.mark.parametrize("number", range(20))
def test_random_portions_of_large_orders_add_up(number: int) -> None:
    """Fifty lines of up to nine pieces, given back in up to thirty portions."""
    luck = Random(number)  # noqa: S311
    tax = luck.choice([VAT, SALES_TAX, EXPORT, CHEAPER_EXPORT])
    order = sold(*(_line(luck, at) for at in range(50)), tax=tax, sending=luck.randint(0, 2000), spent=pays(3000))
    refund_all(order, portions(order, luck, 30), tax)


def _line(luck: Random, at: int) -> LineItem:
    quantity, price = luck.randint(1, 9), luck.randint(0, 5000)
    total, category = quantity * price, luck.choice(["standard", "books", "reduced"])
    return LineItem(f"SKU-{at}", "Thing", "", quantity, price, total, "", tax=category, discount=luck.randint(0, total))
