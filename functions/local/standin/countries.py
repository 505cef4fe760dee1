"""Names of countries for the payment page, and an address in each that a person can pay with in one click."""

from dataclasses import dataclass

_NAMES = {
    "AD": "Andorra", "AE": "United Arab Emirates", "AL": "Albania", "AR": "Argentina", "AT": "Austria",
    "AU": "Australia", "BA": "Bosnia & Herzegovina", "BE": "Belgium", "BG": "Bulgaria", "BR": "Brazil",
    "CA": "Canada", "CH": "Switzerland", "CL": "Chile", "CN": "China", "CO": "Colombia", "CY": "Cyprus",
    "CZ": "Czechia", "DE": "Germany", "DK": "Denmark", "EE": "Estonia", "EG": "Egypt", "ES": "Spain",
    "FI": "Finland", "FO": "Faroe Islands", "FR": "France", "GB": "United Kingdom", "GI": "Gibraltar",
    "GL": "Greenland", "GR": "Greece", "HK": "Hong Kong", "HR": "Croatia", "HU": "Hungary", "ID": "Indonesia",
    "IE": "Ireland", "IL": "Israel", "IN": "India", "IS": "Iceland", "IT": "Italy", "JP": "Japan",
    "KE": "Kenya", "KR": "South Korea", "LI": "Liechtenstein", "LT": "Lithuania", "LU": "Luxembourg",
    "LV": "Latvia", "MA": "Morocco", "MC": "Monaco", "MD": "Moldova", "ME": "Montenegro",
    "MK": "North Macedonia", "MT": "Malta", "MX": "Mexico", "MY": "Malaysia", "NG": "Nigeria",
    "NL": "Netherlands", "NO": "Norway", "NZ": "New Zealand", "PE": "Peru", "PH": "Philippines",
    "PL": "Poland", "PT": "Portugal", "RO": "Romania", "RS": "Serbia", "SA": "Saudi Arabia", "SE": "Sweden",
    "SG": "Singapore", "SI": "Slovenia", "SK": "Slovakia", "SM": "San Marino", "TH": "Thailand",
    "TR": "Türkiye", "TW": "Taiwan", "UA": "Ukraine", "US": "United States", "UY": "Uruguay",
    "VA": "Vatican City", "VN": "Vietnam", "ZA": "South Africa",
}  # fmt: skip
_WITHOUT_POSTCODE = frozenset({"AE", "HK", "IE"})

_WITH_STATES = frozenset({"AU", "BR", "CA", "CN", "IN", "JP", "MX", "US"})


@dataclass(frozen=True)
class SampleAddress:
    """An address that nobody lives at."""

    line1: str
    postal_code: str
    city: str
    state: str = ""


_SAMPLES = {
    "AT": SampleAddress("Teststraße 12", "1070", "Wien"),
    "AU": SampleAddress("12 Example Street", "2000", "Sydney", "NSW"),
    "BE": SampleAddress("Teststraat 12", "1000", "Brussel"),
    "CA": SampleAddress("12 Example Street", "M5V 2T6", "Toronto", "ON"),
    "CH": SampleAddress("Testgasse 12", "8001", "Zürich"),
    "CZ": SampleAddress("Testovací 12", "110 00", "Praha"),
    "DE": SampleAddress("Teststraße 12", "20457", "Hamburg"),
    "DK": SampleAddress("Prøvevej 12", "1050", "København"),
    "ES": SampleAddress("Calle de Prueba 12", "28001", "Madrid"),
    "FI": SampleAddress("Testikatu 12", "00100", "Helsinki"),
    "FR": SampleAddress("12 rue de l’Essai", "75011", "Paris"),
    "GB": SampleAddress("12 Example Street", "EH1 1AA", "Edinburgh"),
    "IE": SampleAddress("12 Example Street", "D02 AF30", "Dublin"),
    "IT": SampleAddress("Via di Prova 12", "00184", "Roma"),
    "JP": SampleAddress("1-2-3 Tesuto", "100-0001", "Tokyo"),
    "LU": SampleAddress("12 rue de l’Essai", "1140", "Luxembourg"),
    "NL": SampleAddress("Teststraat 12", "1012 AB", "Amsterdam"),
    "NO": SampleAddress("Prøveveien 12", "0150", "Oslo"),
    "NZ": SampleAddress("12 Example Street", "6011", "Wellington"),
    "PL": SampleAddress("ul. Próbna 12", "00-001", "Warszawa"),
    "PT": SampleAddress("Rua de Teste 12", "1100-001", "Lisboa"),
    "SE": SampleAddress("Provgatan 12", "111 20", "Stockholm"),
    "US": SampleAddress("12 Example Street", "94107", "San Francisco", "CA"),
}


def name(code: str) -> str:
    """In English; the code itself for a country the table does not have."""
    return _NAMES.get(code, code)


def sample(code: str) -> SampleAddress:
    return _SAMPLES.get(code, SampleAddress("12 Example Street", "12345", "Exampleton"))


def has_postcode(code: str) -> bool:
    return code not in _WITHOUT_POSTCODE


def has_states(code: str) -> bool:
    return code in _WITH_STATES
