"""The past of the products, as far as git knows it: since when each is there, and what it cost before a reduction."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from functions.shop.settings import Settings
from plugins import git
from plugins.content import ProductSource, Status
from plugins.reductions import NO_GIT, Calendar, Doubt, Judge, claims
from plugins.trail import Trail, follow, without_moved
from plugins.views import Reduction

RECENT = 90
"""So many days back it is looked up when a product was added; what is older is not new, and needs no date."""
_SHOP = "shop/shop.yaml"


@dataclass(frozen=True, slots=True)
class Past:
    """What is known: the day (ISO 8601) on which a product was added, by slug, and proved reductions, by SKU.

    `doubts` are what the owner should know about a `compare_at` that is not shown as it was written.
    """

    added: Mapping[str, str] = field(default_factory=dict)
    reductions: Mapping[str, Reduction] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()


NOTHING = Past()


def past_key(content: Path, today: str) -> str:
    """A text that changes whenever the past of products that are as they were may be another one."""
    found = git.repository(content)
    return f"{today} {found.head} {found.shallow}" if found else today


def look_back(products: Sequence[ProductSource], content: Path, settings: Settings, today: str) -> Past:
    """Ask git about the products that need it, in a few calls for all of them; none when no product does.

    `content` is the folder in which products/ lies, `today` the day in the shop's time zone (ISO 8601). A reduction is
    looked up for each `compare_at`, and the day on which a product was added where its owner did not write it.
    """
    offered = [source for source in products if source.status is not Status.DRAFT]
    reduced = [source for source in offered if claims(source)]
    undated = [source for source in offered if not source.added]
    found = git.repository(content) if reduced or undated else None
    if found is None:
        return Past(doubts=tuple(Doubt(source.path, sku, NO_GIT) for source in reduced for sku in claims(source)))
    calendar = Calendar(ZoneInfo(settings.time_zone), date.fromisoformat(today))
    names = {_SHOP, *map(_name, products)}
    since = 0 if reduced else calendar.seconds(calendar.today - timedelta(days=RECENT))
    known = follow(git.commits(found, ("products", _SHOP), since), names)
    reductions, doubts = _reductions(reduced, found, known, settings.currency, calendar) if reduced else ({}, ())
    return Past(dict(_added(undated, found, known, calendar)), reductions, doubts)


def _name(source: ProductSource) -> str:
    """The file as git names it, seen from the content's folder."""
    return f"products/{source.path.name}"


def _reductions(
    reduced: Sequence[ProductSource],
    found: git.Repository,
    known: Mapping[str, Trail],
    currency: str,
    calendar: Calendar,
) -> tuple[dict[str, Reduction], tuple[Doubt, ...]]:
    trails = without_moved(found, {_name(source): known.get(_name(source), Trail()) for source in reduced})
    judge = Judge(found, trails.values(), known.get(_SHOP, Trail()), currency, calendar)
    verdicts = [each for source in reduced for each in judge.verdicts(source, trails[_name(source)])]
    proved = {each.sku: each.outcome for each in verdicts if isinstance(each.outcome, Reduction)}
    doubts = (judge.doubt(verdict) for verdict in verdicts)
    return proved, tuple(doubt for doubt in doubts if doubt)


def _added(
    undated: Iterable[ProductSource], found: git.Repository, known: Mapping[str, Trail], calendar: Calendar
) -> Iterator[tuple[str, str]]:
    slugs = {_name(source): source.slug for source in undated}
    earliest = calendar.today - timedelta(days=RECENT)
    recent = {
        name: trail
        for name, trail in known.items()
        if name in slugs and trail.made and calendar.day(trail.versions[0][0]) >= earliest
    }
    for name, trail in without_moved(found, recent).items():
        if trail.made:
            yield slugs[name], calendar.day(trail.versions[0][0]).isoformat()
