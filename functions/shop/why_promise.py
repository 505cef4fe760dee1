"""Why a cart comes when it does: the steps from now to its arrival."""

from collections.abc import Iterator

from functions.shop.arrival import rule_of
from functions.shop.day import local_time
from functions.shop.promise import Promise, PromiseRule, packed_first
from functions.shop.quote import Quote
from functions.shop.settings import Settings


def promise_explained(quote: Quote, settings: Settings, now: int) -> Iterator[str]:
    """From now (Unix seconds) over packing and leaving to arriving, and which days did not count."""
    if quote.shipping is None:
        return
    rule = rule_of(quote.shipping, quote.lines, quote.destination, settings)
    if rule is None or quote.shipping.promise is None:
        yield "No days are promised"
        return
    yield from _steps(rule, quote.shipping.promise, settings, now)


def _steps(rule: PromiseRule, promise: Promise, settings: Settings, now: int) -> Iterator[str]:
    clock, packed = local_time(now, rule.time_zone), packed_first(rule, now)
    days = ", ".join(settings.days.weekdays[day] for day in rule.dispatch.packing_days)
    cut_off = f"what comes before {rule.dispatch.cut_off} counts that day"
    yield f"Ordered: {clock.replace('T', ' ')} by the shop's clock; {cut_off}"
    yield f"Packed: from {packed} on, {rule.handling} days of {days}"
    yield f"Leaves: {promise.dispatch_by} at the latest"
    carried = ", ".join(settings.days.weekdays[day] for day in rule.carrier_days)
    yield f"Arrives: {promise.arrives_from} to {promise.arrives_to}, after {rule.transit} days of {carried}"
    if skipped := sorted(_skipped(rule, clock[:10], promise.arrives_to)):
        yield f"Left out: {', '.join(skipped)}"


def _skipped(rule: PromiseRule, first: str, last: str) -> Iterator[str]:
    """Holidays and closures that begin or lie between two days."""
    shut = {closure.first for closure in rule.closures if closure.first == closure.last}
    for day in rule.home | rule.abroad | shut:
        if first <= day <= last:
            yield f"{day} (a holiday)"
    for closure in rule.closures:
        if closure.first < closure.last and closure.first <= last and closure.last >= first:
            yield f"{closure.first} to {closure.last} (closed)"
