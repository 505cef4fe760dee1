"""What of an order can be refunded by its lines: so many pieces and its shipping, and what those are worth.

Everything that is given back together has one worth, and what is given back later is worth what it adds to that. So any
portions that end with everything add up to what was paid, in whatever order they come.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from functions.shop.bill import place_of_supply
from functions.shop.line import LineItem
from functions.shop.money import split, step
from functions.shop.order import Order
from functions.shop.portion import Portion
from functions.shop.reversal import refundable
from functions.shop.settings import Settings
from functions.shop.tax import TaxLine, paid_by_rate, rounded, taxes


@dataclass(frozen=True, slots=True)
class Worth:
    """What a portion is worth (minor units), and the same rate by rate; an order without `taxes` has none here."""

    amount: int
    taxes: tuple[TaxLine, ...] = ()


@dataclass(frozen=True, slots=True)
class _Share:
    """What was `paid` for goods and shipping that are taxed alike, what each line and shipping weigh in that, and which
    of the order's taxes it is part of.
    """

    paid: int
    lines: tuple[int, ...]
    shipping: int
    tax: int


def everything(order: Order) -> Portion:
    """All of an order."""
    return Portion(tuple(line.quantity for line in order.lines), shipping=True)


def worth(order: Order, portion: Portion, settings: Settings, *, before: Sequence[Portion] = ()) -> Worth:
    """What a portion of a paid order is worth, when those `before` have been given back.

    Gifts and gift cards are worth nothing: the ones cost nothing, the others are spent and not returned. `settings` are
    the shop's; if its taxes have changed since the order, all goods bear the order's taxes in proportion. Nothing is
    worth more than is left of the order, so what was given back without a line is not given back twice. Raises
    ValueError for pieces that were not bought, or are given back a second time.
    """
    least, lines = step(order.currency), order.taxes or (TaxLine("", 0, _goods_paid(order), 0),)
    shares = list(_shares(order, lines, settings))
    then = _paid(shares, lines, order, _together(before, order))
    now = _paid(shares, lines, order, _together((*before, portion), order))
    parts = [_between(*one, least) for one in zip(lines, then, now, strict=True)]
    found = Worth(sum(now) - sum(then), tuple(part for part in parts if part.net or part.tax) if order.taxes else ())
    return _at_most(found, max(0, refundable(order)), least)


def _goods_paid(order: Order) -> int:
    """What was paid for all but gift cards."""
    return order.total - sum(_card(line) for line in order.lines)


def _card(line: LineItem) -> int:
    return line.cost if line.gift_card else 0


def _together(portions: Sequence[Portion], order: Order) -> Portion:
    """Several portions as one."""
    for portion in portions:
        if len(portion.pieces) != len(order.lines) or min(portion.pieces) < 0:
            raise ValueError(f"{portion.pieces} are no pieces of the {len(order.lines)} lines of {order.id}")
    counts = [sum(portion.pieces[at] for portion in portions) for at in range(len(order.lines))]
    for line, count in zip(order.lines, counts, strict=True):
        if count > line.quantity:
            raise ValueError(f"{count} of {line.sku} cannot be given back; {line.quantity} were bought in {order.id}")
    if sum(portion.shipping for portion in portions) > 1:
        raise ValueError(f"Shipping of {order.id} cannot be given back twice")
    return Portion(tuple(counts), any(portion.shipping for portion in portions))


def _shares(order: Order, lines: Sequence[TaxLine], settings: Settings) -> Iterator[_Share]:
    """The order by rates; as far as nobody knows them any more, each of its taxes as a share of all."""
    weights = tuple(line.cost - _card(line) for line in order.lines)
    goods = [(line.tax, line.cost) for line in order.lines if not line.gift_card]
    sending, least = order.shipping.price if order.shipping else 0, step(order.currency)
    place, tax = place_of_supply(order.shipping, order.destination, settings), settings.tax
    known = taxes(goods, sending, place, tax, vat_id=order.vat_id, step=least)
    if not known or known != order.taxes:
        yield from (_Share(line.net + line.tax, weights, sending, at) for at, line in enumerate(lines))
        return
    rates = [tax.rated_at(place).rate(line.tax) for line in order.lines]
    paid = paid_by_rate(goods, sending, place, tax, vat_id=order.vat_id, step=least)
    for at, (rate, (price, amount)) in enumerate(paid.items()):
        own = tuple(weight if one == rate else 0 for weight, one in zip(weights, rates, strict=True))
        yield _Share(amount, own, price - sum(own), at if lines[1:] else 0)


def _paid(shares: Sequence[_Share], lines: Sequence[TaxLine], order: Order, portion: Portion) -> list[int]:
    """What was paid for a portion, by the order's taxes."""
    found = [0] * len(lines)
    for share in shares:
        found[share.tax] += _part(share, order, portion)
    return found


def _part(share: _Share, order: Order, portion: Portion) -> int:
    """A portion's part of what was paid, rounded down; all of it for the whole."""
    least, whole = step(order.currency), sum(share.lines) + share.shipping
    has = share.shipping if portion.shipping else 0
    for line, weight, count in zip(order.lines, share.lines, portion.pieces, strict=True):
        has += weight * count // (line.quantity * least) * least
    return share.paid * has // (whole * least) * least if whole else 0


def _between(line: TaxLine, then: int, now: int, least: int) -> TaxLine:
    """What is added to one of the order's taxes. Its tax follows from the amount, so that it never falls."""
    tax = _tax_in(line, now, least) - _tax_in(line, then, least)
    return replace(line, net=now - then - tax, tax=tax)


def _tax_in(line: TaxLine, amount: int, least: int) -> int:
    whole = line.net + line.tax
    return rounded(line.tax * amount, whole, least) if whole else 0


def _at_most(found: Worth, most: int, least: int) -> Worth:
    """No more than is left, and its taxes in proportion."""
    if found.amount <= most:
        return found
    amounts = split(most, [line.net + line.tax for line in found.taxes], least)
    parts = zip(found.taxes, amounts, strict=True)
    return Worth(most, tuple(_between(line, 0, amount, least) for line, amount in parts if amount))
