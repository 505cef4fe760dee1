"""Public holidays of the places that parcels leave and reach."""

from collections.abc import Iterable
from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

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
    country, _, part = place.partition("-")
    known = sorted(library_class(country)(subdiv=part or None, years=years))
    return {str(year): " ".join(f"{day:%m%d}" for day in known if day.year == year) for year in years}


def library_class(country: str) -> Any:
    """What the library `holidays` knows of a country (ISO 3166), by its own class.

    Its function `country_holidays` reads the files of all countries first, a tenth of a second; this reads one.
    """
    import holidays as library  # noqa: PLC0415 (most builds remember what it says)
    from holidays.registry import COUNTRIES  # noqa: PLC0415

    file, name = next((file, name) for file, (name, *codes) in COUNTRIES.items() if country in codes)
    spec: Any = spec_from_file_location(
        f"{library.__name__}.countries.{file}", Path(library.__path__[0], "countries", f"{file}.py")
    )
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return getattr(module, name)
