"""Public holidays of the places that parcels leave and reach."""

from collections.abc import Iterable
from datetime import date

from functions.shop.calendar import Holidays

YEARS = 3
"""The build's year and those after it, for which holidays are looked up."""


def holidays(home: str, places: Iterable[str], today: date) -> Holidays:
    """The holidays of countries (`IE`) or parts of them (`GB-SCT`), home's among them, from 1 January of this year on.

    Only those that a whole country or a whole part keeps.
    """
    years = range(today.year, today.year + YEARS)
    days = {place: _by_year(place, years) for place in dict.fromkeys((home, *places))}
    return Holidays(days, f"{years[-1]}-12-31", home)


def _by_year(place: str, years: range) -> dict[str, str]:
    """Months and days of a place's holidays: `0101 0317`."""
    from holidays import country_holidays  # noqa: PLC0415 (takes a tenth of a second, and most builds remember what it says)

    country, _, part = place.partition("-")
    known = sorted(country_holidays(country, subdiv=part or None, years=years))
    return {str(year): " ".join(f"{day:%m%d}" for day in known if day.year == year) for year in years}
