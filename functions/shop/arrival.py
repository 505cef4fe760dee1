"""Arrival: when each way of sending a cart comes to its shopper."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from functions.shop.destination import Destination
from functions.shop.line import LineItem
from functions.shop.promise import PromiseRule, longest, promise
from functions.shop.settings import Settings
from functions.shop.shipping import ShippingChoice, ranked
from functions.shop.working_days import Days


def promised(
    offered: Sequence[ShippingChoice],
    lines: Sequence[LineItem],
    destination: Destination,
    settings: Settings,
    now: int,
) -> tuple[ShippingChoice, ...]:
    """The ways to send these lines, each with what is promised to whoever orders now (Unix seconds).

    What is in stock counts, and the rest is sent as its lines say. Pre-orders alone are promised from the last of their
    releases on, back-orders alone not at all.
    """
    if not _promised(lines):
        return tuple(offered)
    rules = (rule_of(choice, lines, destination, settings) for choice in offered)
    return ranked(
        [
            replace(choice, promise=promise(rule, now) if rule else None)
            for choice, rule in zip(offered, rules, strict=True)
        ]
    )


def keeps(before: Iterable[LineItem], after: Iterable[LineItem]) -> bool:
    """Whether what was promised for some lines holds when more of them are back-ordered."""
    left, had = _promised(after), _promised(before)
    return bool(left) and left[0].late == had[0].late


def rule_for(
    choice: ShippingChoice, handling: Days, country: str, settings: Settings, release_date: str = ""
) -> PromiseRule | None:
    """What a promise depends on for one way of sending something to a country; None where no holidays are known.

    What is collected waits at home, and is ready on the day on which it is packed.
    """
    known = settings.holidays
    if known is None:
        return None
    return PromiseRule(
        time_zone=settings.time_zone,
        dispatch=settings.dispatch,
        handling=handling,
        transit=choice.days,
        carrier_days=settings.dispatch.packing_days if choice.pickup else choice.carrier_days,
        until=known.until,
        home=known.of(known.home),
        abroad=known.of(country) if not choice.pickup else frozenset(),
        closures=settings.closures,
        release_date=release_date,
    )


def rule_of(
    choice: ShippingChoice, lines: Iterable[LineItem], destination: Destination, settings: Settings
) -> PromiseRule | None:
    """What the promise for some lines depends on; None when nothing is promised for them, or no holidays are known."""
    sent = _promised(lines)
    if not sent:
        return None
    usual = settings.shipping.handling
    handling = longest((line.handling or usual for line in sent), usual)
    return rule_for(choice, handling, destination.country, settings, max(line.release_date for line in sent))


def _promised(lines: Iterable[LineItem]) -> list[LineItem]:
    """The lines that a promise is for: those in stock, or else the pre-orders. Gifts go with them, and never alone."""
    sent = [line for line in lines if not line.digital]
    goods = [line for line in sent if not line.gift] or sent
    known = [line for line in goods if not line.backordered]
    first = [line for line in known if not line.late] or known
    return [*first, *(line for line in sent if line.gift and line not in goods)] if first else []
