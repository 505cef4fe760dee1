"""The EU's VAT rates, for a shop to start with: what `start: EU` in tax.yaml stands for.

Looked up on 24 November 2026, in published tables and news of rates up to March 2026. They change several times a year,
and which thing bears which rate differs by country: the owner answers for them, and a zone of their own goes first.
"""

from functions.shop.area import Area
from functions.shop.tax import TaxZone
from plugins.content.country import country_names

# The standard rate, and the higher and the lower of the reduced rates of 5 % and more (directive 2006/112/EC, articles
# 97 and 98); one that a country does not have is as the next higher. In hundredths of a percent.
_RATES = {
    "AT": (2000, 1300, 1000),
    "BE": (2100, 1200, 600),
    "BG": (2000, 900, 900),
    "CY": (1900, 900, 500),
    "CZ": (2100, 1200, 1200),
    "DE": (1900, 700, 700),
    "DK": (2500, 2500, 2500),
    "EE": (2400, 1300, 900),
    "ES": (2100, 1000, 1000),
    "FI": (2550, 1350, 1000),
    "FR": (2000, 1000, 550),
    "GR": (2400, 1300, 600),
    "HR": (2500, 1300, 500),
    "HU": (2700, 1800, 500),
    "IE": (2300, 1350, 900),
    "IT": (2200, 1000, 500),
    "LT": (2100, 1200, 500),
    "LU": (1700, 800, 800),
    "LV": (2100, 1200, 500),
    "MT": (1800, 700, 500),
    "NL": (2100, 900, 900),
    "PL": (2300, 800, 500),
    "PT": (2300, 1300, 600),
    "RO": (2100, 1100, 1100),
    "SE": (2500, 1200, 600),
    "SI": (2200, 950, 500),
    "SK": (2300, 1900, 500),
}
# Parts of those countries with rates of their own, and what counts as one of them for goods: Monaco (article 7 of the
# directive), and Northern Ireland (articles 8 and 12 of its protocol).
_PARTS = {
    "Jungholz and Mittelberg": (Area("AT", postcodes=("6691", "6991", "6992", "6993")), (1900, 1300, 1000)),
    "Madeira": (Area("PT", postcodes=("90", "91", "92", "93", "94")), (2200, 1200, 400)),
    "Azores": (Area("PT", postcodes=("95", "96", "97", "98", "99")), (1600, 900, 400)),
    "Monaco": (Area("MC"), _RATES["FR"]),
    "Northern Ireland": (Area("GB", postcodes=("BT",)), (2000, 500, 500)),
}
# Article 6 of the directive: within a country of the EU, but outside of the territory of its VAT.
_OUTSIDE = (
    Area("DE", postcodes=("27498", "78266")),
    Area("ES", postcodes=("35", "38", "51", "52")),
    Area("FI", postcodes=("22",)),
    Area("FR", postcodes=("971", "972", "973", "974", "976")),
    Area("GR", postcodes=("63086", "63087")),
    Area("IT", postcodes=("22061", "23041")),
)
_OUT = TaxZone("Outside of the EU's VAT", areas=_OUTSIDE)


def eu_zones() -> tuple[TaxZone, ...]:
    """A zone for each country, after those of its parts that differ."""
    parts = (_zone(name, (area,), rates) for name, (area, rates) in _PARTS.items())
    countries = (_zone(country_names()[code], (Area(code),), rates) for code, rates in _RATES.items())
    return (_OUT, *parts, *countries)


def eu_zones_at_home(home: str) -> tuple[TaxZone, ...]:
    """One zone with the rates of one country, for a shop that sells little to the others."""
    areas = (*(area for area, _ in _PARTS.values()), *map(Area, _RATES))
    return (_OUT, _zone("European Union", areas, _RATES[home]))


def _zone(name: str, areas: tuple[Area, ...], rates: tuple[int, int, int]) -> TaxZone:
    return TaxZone(name, dict(zip(("standard", "reduced", "low"), rates, strict=True)), areas)
