"""The past of the products, as far as git knows it: since when each is there, and what it cost before a reduction."""

from collections.abc import Mapping, Sequence
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

RECENT = timedelta(days=90)
"""So far back it is looked up when a product was added; what is older is not new, and needs no date."""
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


def past_key(content: Path, settings: Settings, today: str) -> str:
    """A text that changes whenever the past of products that are as they were may be another one."""
    found = git.repository(content)
    days = f"{today} {settings.time_zone}"
    return f"{days} {found.head} {found.shallow}" if found else days


def look_back(products: Sequence[ProductSource], content: Path, settings: Settings, today: str) -> Past:
    """Ask git about the products that need it, in a few calls for all of them; none when no product does.

    `content` is the folder in which products/ lies, `today` the day in the shop's time zone (ISO 8601). A reduction is
    looked up for each `compare_at`, and the day on which a product was added where its owner did not write it.
    """
    offered = [source for source in products if source.status is not Status.DRAFT]
    added = ages(content, settings, today) if any(not source.added for source in offered) else {}
    return Past(added, *proofs([source for source in offered if claims(source)], content, settings, today))


def ages(content: Path, settings: Settings, today: str) -> dict[str, str]:
    """The day on which each product was added, by slug, as far as that was in the last days."""
    calendar = _calendar(settings, today)
    found = git.repository(content)
    commits = git.commits(found, ("products",), calendar.seconds(calendar.today - RECENT)) if found else []
    trails = without_moved(found, follow(commits)) if found else {}
    days = {name: calendar.day(trail.versions[0][0]) for name, trail in trails.items() if trail.made}
    return {Path(name).stem: day.isoformat() for name, day in days.items() if day >= calendar.today - RECENT}


def proofs(
    reduced: Sequence[ProductSource], content: Path, settings: Settings, today: str
) -> tuple[dict[str, Reduction], tuple[Doubt, ...]]:
    """What the history proves about products with a `compare_at`: reductions by SKU, and doubts for the owner."""
    found = git.repository(content) if reduced else None
    if found is None:
        return {}, tuple(Doubt(source.path, sku, NO_GIT) for source in reduced for sku in claims(source))
    known = follow(git.commits(found, ("products", _SHOP)), {_SHOP, *map(_name, reduced)})
    shop = known.pop(_SHOP, Trail())
    trails = without_moved(found, known)
    judge = Judge(found, trails.values(), shop, settings.currency, _calendar(settings, today))
    verdicts = [each for source in reduced for each in judge.verdicts(source, trails.get(_name(source), Trail()))]
    proved = {each.sku: each.outcome for each in verdicts if isinstance(each.outcome, Reduction)}
    doubts = (judge.doubt(verdict) for verdict in verdicts)
    return proved, tuple(doubt for doubt in doubts if doubt)


def _calendar(settings: Settings, today: str) -> Calendar:
    return Calendar(ZoneInfo(settings.time_zone), date.fromisoformat(today))


def _name(source: ProductSource) -> str:
    """The file as git names it, seen from the content's folder."""
    return f"products/{source.path.name}"
