"""Problems: why a cart cannot be checked out as it is, each in a sentence that says what to do."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from functions.shop.cart import Cart
from functions.shop.catalogue import Variant, pieces
from functions.shop.day import day_after, day_text
from functions.shop.ledger import MOST_CARDS
from functions.shop.line import LineItem, shared
from functions.shop.money import format_amount, minimum_charge
from functions.shop.sentence import Sentence, listed
from functions.shop.settings import Settings

FEW_COUNTRIES = 4  # destinations that are still worth naming one by one


class Trouble(StrEnum):
    """Why a cart cannot be checked out as it is."""

    EMPTY = "empty"
    GONE = "gone"
    SOLD_OUT = "sold_out"
    TOO_FEW = "too_few"
    TOO_MANY = "too_many"
    RESTRICTED = "restricted"
    NO_DELIVERY = "no_delivery"
    ASKS = "asks"
    TOO_LARGE = "too_large"
    CLOSED = "closed"
    BELOW_MINIMUM = "below_minimum"
    VAT_ID = "vat_id"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing the shopper must change, in a sentence that says what; `sku` names the line where it is about one."""

    trouble: Trouble
    message: Sentence
    sku: str = ""


def line_problems(
    cart: Cart,
    lines: Sequence[LineItem],
    *,
    variants: Mapping[str, Variant],
    stock: Mapping[str, int],
    settings: Settings,
    country: str,
) -> Iterator[Problem]:
    """What is wrong with single lines, in the cart's order and one problem a line."""
    by_sku, left = {line.sku: line for line in lines}, shared(lines, stock)
    for wanted in cart.lines:
        line = by_sku.get(wanted.sku)
        if line is None:
            yield _gone(wanted.sku)
        elif problem := (
            _missing(line, left[line.sku], lines, stock)
            or _restricted(line, variants[line.sku], settings, country)
            or _too_many(line)
        ):
            yield problem


def cart_problems(
    lines: Sequence[LineItem], *, total: int, undelivered: tuple[Problem, ...], settings: Settings, today: str
) -> tuple[Problem, ...]:
    """What is wrong with the cart as a whole: what is to be mended first. `undelivered` is why it cannot be sent."""
    least = minimum_charge(settings.currency)
    if not lines:
        return (Problem(Trouble.EMPTY, Sentence("Your cart is empty.")),)
    if closed := _closed(settings, today):
        return (closed,)
    if undelivered:
        return undelivered
    if crowd := _too_many_cards(lines):
        return (crowd,)
    if 0 < total < least:
        amount = format_amount(least, settings.money)
        more = Sentence("The least we can charge is {amount}. Please add something.", amount=amount)
        return (Problem(Trouble.BELOW_MINIMUM, more),)
    return ()


def _gone(sku: str) -> Problem:
    gone = Sentence("Something in your cart ({sku}) is no longer sold. It does not count towards the total.", sku=sku)
    return Problem(Trouble.GONE, gone, sku)


def _missing(line: LineItem, left: int, lines: Sequence[LineItem], stock: Mapping[str, int]) -> Problem | None:
    """Too little in stock: altogether, or beside what the other lines take of the same things."""
    if not line.tracked or line.backordered or line.quantity <= left:
        return None
    alone = pieces(line.each, stock)
    if alone <= 0:
        out = Sentence("{name} is sold out. Please remove it.", name=line.name)
        return Problem(Trouble.SOLD_OUT, out, line.sku)
    if left == alone:
        fewer = Sentence("Only {left} of {name} left. Please order {left} or fewer.", left=left, name=line.name)
        return Problem(Trouble.TOO_FEW, fewer, line.sku)
    beside = listed([other.name for other in lines if other is not line and _share(line, other)])
    return _taken(line, left, beside)


def _taken(line: LineItem, left: int, beside: str) -> Problem:
    """What other lines of the cart leave of a thing is too little."""
    if left <= 0:
        taken = Sentence(
            "{name} is sold out beside {others} in your cart. Please remove one of them.",
            name=line.name,
            others=beside,
        )
        return Problem(Trouble.SOLD_OUT, taken, line.sku)
    fewer = Sentence(
        "Only {left} of {name} left beside {others} in your cart. Please order {left} or fewer.",
        left=left,
        name=line.name,
        others=beside,
    )
    return Problem(Trouble.TOO_FEW, fewer, line.sku)


def _share(line: LineItem, other: LineItem) -> bool:
    """Whether two lines take from the same stock."""
    return bool({part.sku for part in line.takes} & {part.sku for part in other.takes})


def _restricted(line: LineItem, variant: Variant, settings: Settings, country: str) -> Problem | None:
    """A thing that is not sent where the shopper wants it. A file goes everywhere."""
    if line.digital or not country or not variant.ships_to or country in variant.ships_to:
        return None
    names = [settings.countries.get(code, code) for code in variant.ships_to if code in settings.shipping.countries]
    return Problem(Trouble.RESTRICTED, _elsewhere(line.name, settings.countries[country], names), line.sku)


def _elsewhere(name: str, country: str, names: Sequence[str]) -> Sentence:
    """That a thing goes to other countries only, or to none."""
    if not names:
        return Sentence("{name} cannot be sent to {country}. Please remove it.", name=name, country=country)
    if len(names) > FEW_COUNTRIES:
        return Sentence(
            "{name} cannot be sent to {country}. Please remove it or choose another destination.",
            name=name,
            country=country,
        )
    return Sentence(
        "{name} cannot be sent to {country}, only to {countries}. Please remove it or choose another destination.",
        name=name,
        country=country,
        countries=listed(names),
    )


def _too_many(line: LineItem) -> Problem | None:
    if line.quantity <= line.limit:
        return None
    most = Sentence("You can order up to {limit} of {name} at a time.", limit=line.limit, name=line.name)
    return Problem(Trouble.TOO_MANY, most, line.sku)


def _too_many_cards(lines: Sequence[LineItem]) -> Problem | None:
    """Why so many gift cards cannot be in one order: all of them are written in one transaction."""
    cards = sum(line.quantity for line in lines if line.gift_card)
    if cards <= MOST_CARDS:
        return None
    most = Sentence(
        "You can order up to {most} gift cards at a time. Please take out {missing}.",
        most=MOST_CARDS,
        missing=cards - MOST_CARDS,
    )
    return Problem(Trouble.TOO_MANY, most)


def _closed(settings: Settings, today: str) -> Problem | None:
    """Why nothing can be ordered today, and when it can again: after the last of the days that follow each other."""
    again, message = today, ""
    while closure := next((c for c in settings.closures if not c.orders and c.first <= again <= c.last), None):
        again, message = day_after(closure.last), message or closure.message
    if not message:
        return None
    why = message if message.endswith((".", "!", "?")) else f"{message}."
    open_again = day_text(again, settings.days)
    until = Sentence("{message} You can order again from {day}; your cart is kept.", message=why, day=open_again)
    return Problem(Trouble.CLOSED, until)
