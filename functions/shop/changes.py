"""Changes: what a shopper saw of a cart, and what is different now, each difference named with old and new (R5)."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from typing import Any

from functions.shop.day import days_text
from functions.shop.line import LineItem
from functions.shop.money import format_amount
from functions.shop.problem import Trouble
from functions.shop.quote import Quote
from functions.shop.sentence import Sentence, msgid
from functions.shop.settings import Settings
from functions.shop.shipping import ShippingChoice

_GONE = msgid("{name} has been removed: no longer sold.")
_LEFT = msgid("{name} is no longer in your cart.")
_ADDED = msgid("{name} is new in your cart.")
_NO_GIFT, _GIFT = msgid("The gift {name} is no longer included."), msgid("A gift is included now: {name}.")
_PRICE = msgid("{name}: the price is now {new}, it was {old}.")
_PIECES = msgid("{name}: the quantity is now {new}, it was {old}.")
_LATER, _WITH_THE_REST = msgid("{name} comes at another time: {promise}."), msgid("{name} now comes with the rest.")
_DISCOUNT = msgid("The discount “{name}” is now {new}, it was {old}.")
_NO_DISCOUNT = msgid("The discount “{name}” no longer applies; it was {old}.")
_NEW_DISCOUNT = msgid("There is a new discount, “{name}”: {new}.")
_PLACE = msgid("It now goes to {new} instead of {old}.")
_WAY = msgid("Delivery is now by “{new}”, it was by “{old}”.")
_DELIVERY = msgid("Delivery is now {new}, it was {old}.")
_ARRIVES, _READY = (
    msgid("It now arrives {new} instead of {old}."),
    msgid("It is now ready from {new} instead of {old}."),
)
_NO_DAY = msgid("No day of arrival can be promised any more; it was {old}.")
_TAX = msgid("The tax is now {new}, it was {old}.")
_SPENT = msgid("{name} now pays {new}, it was {old}.")
_TOTAL = msgid("The total is now {new}, it was {old}.")


@dataclass(frozen=True, slots=True)
class SeenLine:
    """A line as it was shown: how many, what one of it costs (minor units), and how it comes if not with the rest."""

    sku: str
    name: str
    quantity: int
    price: int
    gift: bool = False
    later: str = ""


@dataclass(frozen=True, slots=True)
class SeenWay:
    """The way to send it as it was shown; the days (ISO 8601) are empty where none were promised."""

    name: str
    price: int
    pickup: bool
    arrives_from: str
    arrives_to: str


@dataclass(frozen=True, slots=True)
class Summary:
    """All of a quote that a shopper goes by. `discounts` and `spent` are names with amounts in minor units."""

    lines: tuple[SeenLine, ...]
    discounts: tuple[tuple[str, int], ...]
    country: str
    way: SeenWay | None
    tax: int
    spent: tuple[tuple[str, int], ...]
    total: int


def summary_of(quote: Quote, settings: Settings) -> Summary:
    """What a shopper goes by who sees this quote."""
    return Summary(
        lines=tuple(_line(line, settings) for line in quote.lines),
        discounts=tuple((one.name, one.amount) for one in quote.discounts if one.amount),
        country=quote.country,
        way=_way(quote.shipping) if quote.shipping else None,
        tax=quote.tax,
        spent=tuple((one.label, one.amount) for one in quote.spent),
        total=quote.total,
    )


def packed(summary: Summary) -> list[Any]:
    """The summary as short JSON values."""
    return list(astuple(summary))


def unpacked(data: list[Any]) -> Summary:
    """The summary that `packed` was given."""
    lines, discounts, country, way, tax, spent, total = data
    return Summary(
        lines=tuple(SeenLine(*line) for line in lines),
        discounts=tuple((name, amount) for name, amount in discounts),
        country=country,
        way=SeenWay(*way) if way else None,
        tax=tax,
        spent=tuple((label, amount) for label, amount in spent),
        total=total,
    )


def changes(seen: Summary, quote: Quote, settings: Settings) -> tuple[Sentence, ...]:
    """Everything that is different now, the lines first and the total last; nothing when all is as it was shown."""
    now = summary_of(quote, settings)
    said = (
        *goods_changes(seen, quote, settings),
        *_line_changes(seen, quote, settings),
        *_sums(seen.discounts, now.discounts, (_NEW_DISCOUNT, _NO_DISCOUNT, _DISCOUNT), settings),
        *_sent(seen, now, settings),
    )
    return (*said, *_sum_changes(seen, now, settings, explained=bool(said)))


def goods_changes(seen: Summary, quote: Quote, settings: Settings) -> tuple[Sentence, ...]:
    """What the shop alone can have changed, whatever the shopper did meanwhile: what is sold, and at which price."""
    lost = [Sentence(_GONE, name=name) for name in gone(seen, quote).values()]
    prices = {line.sku: line.price for line in seen.lines if not line.gift}
    dearer = (
        line for line in quote.lines if not line.gift and prices.get(line.sku, line.unit_price) != line.unit_price
    )
    return (*lost, *(_amounts(_PRICE, line.name, prices[line.sku], line.unit_price, settings) for line in dearer))


def gone(seen: Summary, quote: Quote) -> dict[str, str]:
    """The names of lines that were shown and are no longer sold, by SKU."""
    names = {line.sku: line.name for line in seen.lines}
    lost = (problem.sku for problem in quote.problems if problem.trouble is Trouble.GONE)
    return {sku: names[sku] for sku in lost if sku in names}


def _line(line: LineItem, settings: Settings) -> SeenLine:
    later = str(_later(line, settings))
    return SeenLine(line.sku, line.name, line.quantity, line.unit_price, line.gift, later)


def _way(chosen: ShippingChoice) -> SeenWay:
    days = (chosen.promise.arrives_from, chosen.promise.arrives_to) if chosen.promise else ("", "")
    return SeenWay(chosen.name, chosen.price, bool(chosen.pickup), *days)


def _line_changes(seen: Summary, quote: Quote, settings: Settings) -> Iterator[Sentence]:
    """Lines that came or went but for those no longer sold, and what is different about the others."""
    lost = gone(seen, quote)
    before = {(line.sku, line.gift): line for line in seen.lines if line.sku not in lost}
    after = {(line.sku, line.gift): line for line in quote.lines}
    for at, old in before.items():
        if at not in after:
            yield Sentence(_NO_GIFT if old.gift else _LEFT, name=old.name)
    for at, line in after.items():
        if at in before:
            yield from _line_differences(before[at], line, settings)
        else:
            yield Sentence(_GIFT if line.gift else _ADDED, name=line.name)


def _line_differences(old: SeenLine, line: LineItem, settings: Settings) -> Iterator[Sentence]:
    if line.quantity != old.quantity:
        yield Sentence(_PIECES, name=line.name, new=line.quantity, old=old.quantity)
    if (later := _later(line, settings)) != old.later:
        yield Sentence(_LATER if later else _WITH_THE_REST, name=line.name, promise=later)


def _later(line: LineItem, settings: Settings) -> str:
    """How a line comes that does not come with the rest."""
    return line.promise(settings.days) if line.late else ""


def _sent(seen: Summary, now: Summary, settings: Settings) -> Iterator[Sentence]:
    if seen.country != now.country and seen.country and now.country:
        new, old = (settings.countries.get(code, code) for code in (now.country, seen.country))
        yield Sentence(_PLACE, new=new, old=old)
    if seen.way and now.way:
        yield from _way_changes(seen.way, now.way, settings)


def _way_changes(old: SeenWay, new: SeenWay, settings: Settings) -> Iterator[Sentence]:
    if new.name != old.name:
        yield Sentence(_WAY, new=new.name, old=old.name)
    if new.price != old.price:
        yield _amounts(_DELIVERY, "", old.price, new.price, settings)
    days, before = _days(new, settings), _days(old, settings)
    if before and days != before:
        moved = _READY if new.pickup else _ARRIVES
        yield Sentence(moved, new=days, old=before) if days else Sentence(_NO_DAY, old=before)


def _days(way: SeenWay, settings: Settings) -> str:
    """The days as the page shows them: of what is fetched only the last, on which it is ready for certain."""
    first = way.arrives_to if way.pickup else way.arrives_from
    return days_text(first, way.arrives_to, settings.days) if way.arrives_to else ""


def _sum_changes(seen: Summary, now: Summary, settings: Settings, *, explained: bool) -> Iterator[Sentence]:
    """Tax, balances and total. Tax that is contained in prices moves with them, and is named when nothing else is."""
    if now.tax != seen.tax and not (explained and settings.tax.inclusive):
        yield _amounts(_TAX, "", seen.tax, now.tax, settings)
    yield from _sums(seen.spent, now.spent, (_SPENT, _SPENT, _SPENT), settings)
    if now.total != seen.total:
        yield _amounts(_TOTAL, "", seen.total, now.total, settings)


def _sums(
    seen: Iterable[tuple[str, int]], now: Iterable[tuple[str, int]], texts: tuple[str, str, str], settings: Settings
) -> Iterator[Sentence]:
    """Named amounts that came, went, or are others now, in one of three texts."""
    before, after = _by_name(seen), _by_name(now)
    came, went, other = texts
    for name in {**before, **after}:
        old, new = before[name], after[name]
        if old != new:
            yield _amounts(
                came if name not in before else went if name not in after else other, name, old, new, settings
            )


def _by_name(sums: Iterable[tuple[str, int]]) -> Counter[str]:
    found = Counter[str]()
    for name, amount in sums:
        found[name] += amount
    return found


def _amounts(text: str, name: str, old: int, new: int, settings: Settings) -> Sentence:
    return Sentence(text, name=name, old=format_amount(old, settings.money), new=format_amount(new, settings.money))
