"""Reductions, judged by the history of the product files: which price before is proved, and what to tell the owner."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from functions.shop.money import amount_text
from plugins import git
from plugins.content import ProductSource
from plugins.old_version import Prices, currency_in, prices_in
from plugins.price_history import Moment, Unproved, Why, reduction
from plugins.trail import Trail
from plugins.views import Reduction

NO_GIT = "is not shown, because only a history in git can prove it; keep the shop in git and commit each price"
_SENTENCES = {
    Why.NO_HISTORY: "is not shown, because this file was never committed; commit it with each price it has",
    Why.NEVER_CHANGED: "is not shown, because it has cost the same since {since}; lower the price, or delete this line",
    Why.TOO_SHORT: "is not shown, because the history begins on {day}, less than 30 days before the price fell on "
    "{since}; delete this line, and reduce prices once they have stood for 30 days",
    Why.UNREADABLE: "is not shown, because nothing readable says what it cost on {day}; delete this line",
    Why.NOT_FOR_SALE: "is not shown, because it was not for sale in the 30 days before {since}; delete this line",
    Why.NOT_LOWER: "is not shown, because it cost {lowest} in the 30 days before {since}, which is no more than now; "
    "delete this line",
}
_SHALLOW = (
    "is not shown, because this copy of the shop holds only its latest commits; run git fetch --unshallow "
    "(on GitHub: fetch-depth: 0 for actions/checkout)"
)
_OTHER = "{claimed} is not the lowest price of the 30 days before {since}; write {lowest}, which is what the page shows"


class Doubt(NamedTuple):
    """Why the page does not show a `compare_at` as it was written, in a sentence for the owner."""

    path: Path
    sku: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.path.as_posix()}: compare_at of {self.sku}: {self.sentence}"


class Verdict(NamedTuple):
    """What the history says to the price before that an owner claims."""

    path: Path
    sku: str
    claimed: int
    outcome: Reduction | Unproved


class Calendar(NamedTuple):
    """Days in the shop's time zone; none lies after `today`."""

    zone: ZoneInfo
    today: date

    def day(self, seconds: int) -> date:
        """The day of a moment, in seconds since 1970."""
        return min(datetime.fromtimestamp(seconds, self.zone).date(), self.today)

    def seconds(self, day: date) -> int:
        """The moment in which a day begins."""
        return int(datetime(day.year, day.month, day.day, tzinfo=self.zone).timestamp())


def claims(source: ProductSource) -> dict[str, int]:
    """The price before a reduction as the owner claims it, by SKU, in minor units."""
    of_all = {} if source.compare_at is None else {variant.sku: source.compare_at for variant in source.variants}
    return of_all | source.variant_compare_at


class Judge:
    """Knows all versions of the files in question, which are read in one go. `shop` is the trail of shop.yaml."""

    def __init__(
        self, found: git.Repository, looked_at: Iterable[Trail], shop: Trail, currency: str, calendar: Calendar
    ) -> None:
        self._shallow, self._currency, self._calendar = bool(found.shallow), currency, calendar
        blobs = {blob for trail in (shop, *looked_at) for _, blob in trail.versions if blob}
        self._contents = git.contents(found, sorted(blobs))
        self._comparable_from = self._last_change_of_currency(shop)

    def verdicts(self, source: ProductSource, trail: Trail) -> Iterator[Verdict]:
        """One for each SKU that claims to be reduced."""
        versions = [(self._calendar.day(time), self._prices(time, blob)) for time, blob in trail.versions]
        prices = {variant.sku: variant.price for variant in source.variants}
        for sku, claimed in claims(source).items():
            past = [_moment(day, found, sku) for day, found in versions]
            outcome = reduction(past, prices[sku], self._calendar.today, whole=bool(trail.made))
            yield Verdict(source.path, sku, claimed, outcome)

    def doubt(self, verdict: Verdict) -> Doubt | None:
        """What the owner should know; nothing when the page shows what was written."""
        outcome = verdict.outcome
        if isinstance(outcome, Reduction):
            text = _OTHER if outcome.was != verdict.claimed else ""
            lowest, since, day = outcome.was, outcome.since, ""
        else:
            is_cut_off = self._shallow and outcome.why in {Why.TOO_SHORT, Why.NEVER_CHANGED}
            text = _SHALLOW if is_cut_off else _SENTENCES[outcome.why]
            lowest, since, day = outcome.lowest, outcome.since.isoformat(), outcome.day.isoformat()
        amounts = {"claimed": self._amount(verdict.claimed), "lowest": self._amount(lowest)}
        return Doubt(verdict.path, verdict.sku, text.format(since=since, day=day, **amounts)) if text else None

    def _amount(self, minor: int) -> str:
        return amount_text(minor, self._currency)

    def _prices(self, time: int, blob: str) -> Prices | None:
        if not blob:
            return {}
        is_comparable = time >= self._comparable_from and blob in self._contents
        return prices_in(self._contents[blob], self._currency) if is_comparable else None

    def _last_change_of_currency(self, shop: Trail) -> float:
        """From when on prices are in the present currency; what was priced in another one cannot be compared."""
        currencies = [(time, currency_in(self._contents.get(blob, b""))) for time, blob in shop.versions]
        following = chain((time for time, _ in currencies[1:]), [float("inf")])
        changed = [end for (_, currency), end in zip(currencies, following, strict=False) if currency != self._currency]
        return max(changed, default=0)


def _moment(day: date, prices: Prices | None, sku: str) -> Moment:
    return Moment(day, None, known=False) if prices is None else Moment(day, prices.get(sku))
