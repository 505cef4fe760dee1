"""An area: a country, or a part of it by its regions or postcodes."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from functions.shop.destination import Destination

DIGITS = "0123456789"
# Postcodes here are a district (`BT1`, `KA27`, `EC1A`), whose length differs, then a digit and two letters.
DISTRICTS = frozenset({"GB", "GG", "IM", "JE"})
_AFTER_DISTRICT = 3
_DISTRICT_AND_MORE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}", re.ASCII)


class Ask(StrEnum):
    """What must be known of a destination beside its country."""

    NOTHING = ""
    POSTCODE = "postcode"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class Area:
    """A country (ISO 3166), or only those of its regions and postcodes that are named, less the ones left out.

    A postcode is written in its normal form and stands for all that begin with it (`BT`, `35`); a range has two of one
    length (`20000-20190`). In Great Britain `KA2` is that district alone, and not `KA27`.
    """

    country: str
    regions: tuple[str, ...] = ()
    postcodes: tuple[str, ...] = ()
    except_regions: tuple[str, ...] = ()
    except_postcodes: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether it is the country, and not a part of it."""
        return not (self.regions or self.postcodes)

    def covers(self, destination: Destination) -> bool:
        """Whether a destination lies in it."""
        if destination.country != self.country:
            return False
        left_out = _named(destination, self.except_regions, self.except_postcodes)
        return not left_out and (self.whole or _named(destination, self.regions, self.postcodes))


def missing(areas: Iterable[Area], destination: Destination) -> Ask:
    """What must still be said of a destination to tell in which of its country's areas it lies."""
    here = [area for area in areas if area.country == destination.country]
    spans = [span for area in here for span in (*area.postcodes, *area.except_postcodes)]
    if spans and not _is_whole(destination, spans):
        return Ask.POSTCODE
    told_apart = any(area.regions or area.except_regions for area in here)
    return Ask.REGION if told_apart and not destination.region else Ask.NOTHING


def clash(one: Area, other: Area) -> str:
    """What two parts of a country both claim: a region, or a span of postcodes; empty when they claim nothing twice."""
    if one.country != other.country:
        return ""
    regions = [name for name in one.regions if name in other.regions]
    left_out = (*one.except_postcodes, *other.except_postcodes)
    spans = [span for span in _common_spans(one, other) if not any(holds(out, span) for out in left_out)]
    return next(iter((*regions, *spans)), "")


def less(area: Area, others: Sequence[Area]) -> Area:
    """A country without the parts of it that are named elsewhere."""
    regions = (region for other in others for region in other.regions)
    postcodes = (span for other in others for span in other.postcodes)
    return replace(
        area,
        except_regions=(*area.except_regions, *regions),
        except_postcodes=(*area.except_postcodes, *postcodes),
    )


def shared(ones: Iterable[Area], others: Sequence[Area]) -> tuple[Area, ...]:
    """What lies in one of these areas and in one of the others too."""
    return tuple(both for one in ones for other in others if (both := _both(one, other)))


def ends(span: str) -> tuple[str, str]:
    """The first and the last beginning of a span of postcodes; the same for one that is no range."""
    first, _, last = span.partition("-")
    return first, last or first


def holds(span: str, narrow: str) -> bool:
    """Whether all of a span lies in another one."""
    (low, high), (first, last) = ends(span), ends(narrow)
    return len(low) <= len(first) and low <= first[: len(low)] and last[: len(low)] <= high


def _both(one: Area, other: Area) -> Area | None:
    if one.country != other.country:
        return None
    wide, narrow = (one, other) if one.whole else (other, one)
    spans = narrow.postcodes if wide.whole else _common_spans(one, other)
    regions = narrow.regions if wide.whole else tuple(name for name in one.regions if name in other.regions)
    if not (spans or regions or narrow.whole):
        return None
    regions_out = tuple(dict.fromkeys((*one.except_regions, *other.except_regions)))
    postcodes_out = tuple(dict.fromkeys((*one.except_postcodes, *other.except_postcodes)))
    return Area(one.country, regions, spans, regions_out, postcodes_out)


def _common_spans(one: Area, other: Area) -> tuple[str, ...]:
    spans = (_common(mine, theirs, one.country) for mine in one.postcodes for theirs in other.postcodes)
    return tuple(span for span in spans if span)


def _named(destination: Destination, regions: tuple[str, ...], postcodes: tuple[str, ...]) -> bool:
    if destination.region and destination.region in regions:
        return True
    for span in postcodes:  # noqa: SIM110 (asked for every quote, and a generator takes twice as long)
        if _within(destination, span):
            return True
    return False


def _within(destination: Destination, span: str) -> bool:
    """Whether a postcode begins as a span says."""
    first, last = ends(span)
    code, length = destination.postcode, len(first)
    if destination.country in DISTRICTS:
        code = code[:-_AFTER_DISTRICT]
    head = code[:length]
    if len(head) < length or not first <= head <= last:
        return False
    if first != last and not head[len(first.rstrip(DIGITS)) :].isdigit():
        return False
    return not _is_other_district(destination.country, head, code[length:])


def _is_other_district(country: str, head: str, rest: str) -> bool:
    return country in DISTRICTS and head[-1].isdigit() and rest[:1].isdigit()


def _is_whole(destination: Destination, spans: Iterable[str]) -> bool:
    """Whether enough of a postcode is known to tell which of these spans it lies in."""
    if destination.country in DISTRICTS:
        return _DISTRICT_AND_MORE.fullmatch(destination.postcode) is not None
    return len(destination.postcode) >= max(len(ends(span)[0]) for span in spans)


def _common(one: str, other: str, country: str) -> str:
    """The narrower of two spans, as far as a postcode can lie in both; empty when none can."""
    wide, narrow = sorted((one, other), key=lambda span: (len(ends(span)[0]), span))
    (low, high), (first, last) = ends(wide), ends(narrow)
    length = len(low)
    if last[:length] < low or high < first[:length]:
        return ""
    return "" if _is_other_district(country, first[:length], first[length:]) else narrow
