"""VAT identification numbers of businesses in the EU, Great Britain and Northern Ireland: form and check digits.

The forms are those of VIES (https://ec.europa.eu/taxation_customs/vies/#/faq), the check digits as each country
publishes them. A number that passes may still belong to nobody; only VIES knows.
"""

import re
from collections.abc import Callable, Sequence

from functions.shop.errors import InvalidVatId
from functions.shop.sentence import Sentence

_GAPS = re.compile(r"[\s.\-/]+")
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_OTHERWISE = {"EL": "GR", "XI": "GB"}
"""Countries whose numbers do not begin with their ISO 3166 code."""


def checked_vat_id(text: str) -> str:
    """The number in capitals and without gaps, such as `IE1234567T`. Raises InvalidVatId with a sentence that helps."""
    number = _GAPS.sub("", text).upper()
    if number.startswith("GR"):
        number = f"EL{number[2:]}"
    country, rest = number[:2], number[2:]
    if country not in _FORMS:
        raise InvalidVatId(
            Sentence("A VAT number begins with the two letters of its country, like IE or DE. Please add them.")
        )
    form, example, is_right = _FORMS[country]
    if re.fullmatch(form, rest, re.ASCII) is None:
        raise InvalidVatId(
            Sentence("This is no VAT number of that country; they look like {example}.", example=f"{country}{example}")
        )
    if not is_right(rest):
        raise InvalidVatId(
            Sentence("This VAT number has a wrong check digit. Please look for a mistyped or missing sign.")
        )
    return number


def country_of(vat_id: str) -> str:
    """The country (ISO 3166) of a checked number; empty for none. Northern Ireland's numbers are in GB."""
    return _OTHERWISE.get(vat_id[:2], vat_id[:2])


def _digits(text: str) -> list[int]:
    return [int(sign) for sign in text]


def _weighted(text: str, weights: Sequence[int]) -> int:
    """The sum of the first digits, each times its weight."""
    return sum(digit * weight for digit, weight in zip(_digits(text), weights, strict=False))


def _luhn(text: str) -> bool:
    """ISO/IEC 7812-1: every second digit from the right counts double, as the sum of its digits."""
    doubled = [sum(divmod(digit * (1 + at % 2), 10)) for at, digit in enumerate(_digits(text)[::-1])]
    return sum(doubled) % 10 == 0


def _mod_11_10(text: str) -> bool:
    """ISO/IEC 7064, MOD 11,10."""
    product = 10
    for digit in _digits(text)[:-1]:
        product = ((product + digit) % 10 or 10) * 2 % 11
    return (product + int(text[-1])) % 10 == 1


def _austria(text: str) -> bool:
    """As Luhn, but the sum misses four."""
    doubled = [sum(divmod(digit * (1 + at % 2), 10)) for at, digit in enumerate(_digits(text[1:8]))]
    return (sum(doubled) + 4 + int(text[8])) % 10 == 0


def _belgium(text: str) -> bool:
    return 97 - int(text[:8]) % 97 == int(text[8:])


def _bulgaria(text: str) -> bool:
    if len(text) == 9:  # noqa: PLR2004 (a company; people have one digit more)
        first, again = _weighted(text, range(1, 9)) % 11, _weighted(text, range(3, 11)) % 11
        return (again % 10 if first == 10 else first) == int(text[8])  # noqa: PLR2004 (what no digit can say)
    check = int(text[9])
    citizen = _weighted(text, (2, 4, 8, 5, 10, 9, 7, 3, 6)) % 11 % 10
    foreigner = _weighted(text, (21, 19, 17, 13, 11, 9, 7, 3, 1)) % 10
    other = (11 - _weighted(text, (4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11) % 11
    return check in {citizen, foreigner, other}


def _cyprus(text: str) -> bool:
    odd = sum((1, 0, 5, 7, 9, 13, 15, 17, 19, 21)[digit] for digit in _digits(text[:8:2]))
    return chr(ord("A") + (odd + sum(_digits(text[1:8:2]))) % 26) == text[8]


def _czechia(text: str) -> bool:
    """Companies have 8 digits; people born before 1954 have 9 without a check digit, or 9 of their own from 6 on."""
    if len(text) == 8:  # noqa: PLR2004
        return (11 - _weighted(text, range(8, 1, -1)) % 11) % 10 == int(text[7])
    if len(text) == 10:  # noqa: PLR2004
        return int(text[:9]) % 11 % 10 == int(text[9])
    if text[0] == "6":
        return (8 - (10 - _weighted(text[1:], range(8, 1, -1)) % 11) % 11) % 10 == int(text[8])
    return True


def _greece(text: str) -> bool:
    return _weighted(text, (256, 128, 64, 32, 16, 8, 4, 2)) % 11 % 10 == int(text[8])


def _spain(text: str) -> bool:
    """People have a letter at the end, companies one at the beginning and a digit or a letter at the end."""
    if text[0] in "ABCDEFGHJNPQRSUVW":
        number = f"{text[1:8]}0"
        doubled = [sum(divmod(digit * (1 + at % 2), 10)) for at, digit in enumerate(_digits(number)[::-1])]
        check = -sum(doubled) % 10
        return text[8] in ("JABCDEFGHI"[check], str(check))
    return "TRWAGMYFPDXBNJZSQVHLCKE"[int(text[:8].translate(_SPANISH)) % 23] == text[8]


_SPANISH = str.maketrans("XYZKLM", "012000")


def _france(text: str) -> bool:
    """The two signs before a company's number check it; Monaco's numbers begin with 000 and are none."""
    key, siren = text[:2], text[2:]
    if not siren.startswith("000") and not _luhn(siren):
        return False
    if key.isdigit():
        return (12 + 3 * int(siren)) % 97 == int(key)
    first, second = (_FRENCH.index(sign) for sign in key)
    check = first * 24 + second - 10 if key[0].isdigit() else first * 34 + second - 100
    return (int(siren) + 1 + check // 11) % 11 == check % 11


_FRENCH = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def _ireland(text: str) -> bool:
    """Since 2013 a second letter counts nine times; before that, a letter or sign may have been in the second place."""
    digits, last = text[:7], text[8:]
    if not text[1].isdigit():
        digits, last = f"0{text[2:7]}{text[0]}", ""
    extra = 0 if last in ("", "W") else 9 * (_ALPHABET.index(last) - 9)
    return "WABCDEFGHIJKLMNOPQRSTUV"[(_weighted(digits, range(8, 1, -1)) + extra) % 23] == text[7]


def _italy(text: str) -> bool:
    return int(text[7:10]) in _ITALIAN and text[:7] != "0000000" and _luhn(text)


_ITALIAN = frozenset({*range(1, 101), 120, 121, 888, 999})
"""The offices that give numbers."""


def _lithuania(text: str) -> bool:
    """A company's number has 9 digits, that of others 12; the last but one is always 1."""
    length = len(text) - 1
    first = _weighted(text, [1 + at % 9 for at in range(length)]) % 11
    again = _weighted(text, [1 + (at + 2) % 9 for at in range(length)]) % 11 % 10
    return text[-2] == "1" and (again if first == 10 else first) == int(text[-1])  # noqa: PLR2004


def _latvia(text: str) -> bool:
    """Companies begin with 4 or more; people with their birthday or, since 2017, with 32 and no check digit."""
    if text[0] > "3":
        return _weighted(text, (9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1)) % 11 == 3  # noqa: PLR2004
    person = (1 + _weighted(text, (10, 5, 8, 4, 2, 1, 6, 3, 7, 9))) % 11 % 10
    return text.startswith("32") or person == int(text[10])


def _netherlands(text: str) -> bool:
    """The number of a company is that of its tax file; sole traders have had others since 2020."""
    spelled = "".join(str(_ALPHABET.index(sign)) for sign in f"NL{text}")
    return _weighted(text[:9], (9, 8, 7, 6, 5, 4, 3, 2, -1)) % 11 == 0 or int(spelled) % 97 == 1


def _romania(text: str) -> bool:
    padded = text.zfill(10)
    return 10 * _weighted(padded, (7, 5, 3, 2, 1, 7, 5, 3, 2)) % 11 % 10 == int(padded[9])


def _slovenia(text: str) -> bool:
    check = 11 - _weighted(text, range(8, 1, -1)) % 11
    return check != 11 and check % 10 == int(text[7])  # noqa: PLR2004 (numbers without a check digit are not given)


def _great_britain(text: str) -> bool:
    """Government departments and health authorities have no check digit; the rest have one of two rules."""
    if text[:2] in {"GD", "HA"}:
        return (text[2:] < "500") == (text[:2] == "GD")
    return (_weighted(text, range(8, 1, -1)) + int(text[7:9])) % 97 in {0, 42}


def _divisible(divisor: int, weights: Sequence[int]) -> Callable[[str], bool]:
    """A check of numbers whose weighted sum a divisor goes into."""
    return lambda text: _weighted(text, weights) % divisor == 0


_BRITISH = (r"\d{9}|\d{12}|(?:GD|HA)\d{3}", "123456789", _great_britain)
_FORMS: dict[str, tuple[str, str, Callable[[str], bool]]] = {
    "AT": (r"U\d{8}", "U12345678", _austria),
    "BE": (r"[01]\d{9}", "0123456789", _belgium),
    "BG": (r"\d{9,10}", "123456789", _bulgaria),
    "CY": (r"(?!12)\d{8}[A-Z]", "12345678X", _cyprus),
    "CZ": (r"[0-8]\d{7}|\d{9,10}", "12345678", _czechia),
    "DE": (r"[1-9]\d{8}", "123456789", _mod_11_10),
    "DK": (r"[1-9]\d{7}", "12345678", _divisible(11, (2, 7, 6, 5, 4, 3, 2, 1))),
    "EE": (r"\d{9}", "123456789", _divisible(10, (3, 7, 1, 3, 7, 1, 3, 7, 1))),
    "EL": (r"\d{9}", "123456789", _greece),
    "ES": (r"[A-HJNP-SU-W]\d{7}[A-J\d]|[\dXYZKLM]\d{7}[A-Z]", "X1234567X", _spain),
    "FI": (r"\d{8}", "12345678", _divisible(11, (7, 9, 10, 5, 8, 4, 2, 1))),
    "FR": (r"[\dA-HJ-NP-Z]{2}\d{9}", "12345678901", _france),
    "GB": _BRITISH,
    "HR": (r"\d{11}", "12345678901", _mod_11_10),
    "HU": (r"\d{8}", "12345678", _divisible(10, (9, 7, 3, 1, 9, 7, 3, 1))),
    "IE": (r"\d[\dA-Z+*]\d{5}[A-W]|\d{7}[A-W][A-IW]", "1234567A", _ireland),
    "IT": (r"\d{11}", "12345678901", _italy),
    "LT": (r"\d{9}|\d{12}", "123456789", _lithuania),
    "LU": (r"\d{8}", "12345678", lambda text: int(text[:6]) % 89 == int(text[6:])),
    "LV": (r"\d{11}", "12345678901", _latvia),
    "MT": (r"[1-9]\d{7}", "12345678", _divisible(37, (3, 4, 6, 7, 8, 9, 10, 1))),
    "NL": (r"\d{9}B(?!00)\d{2}", "123456789B01", _netherlands),
    "PL": (r"\d{10}", "1234567890", _divisible(11, (6, 5, 7, 2, 3, 4, 5, 6, 7, -1))),
    "PT": (
        r"[1-9]\d{8}",
        "123456789",
        lambda text: (11 - _weighted(text, range(9, 1, -1)) % 11) % 11 % 10 == int(text[8]),
    ),
    "RO": (r"[1-9]\d{1,9}", "12345678", _romania),
    "SE": (r"\d{10}(?:0[1-9]|[1-8]\d|9[0-4])", "123456789001", lambda text: _luhn(text[:10])),
    "SI": (r"[1-9]\d{7}", "12345678", _slovenia),
    "SK": (r"[1-9]\d[2-47-9]\d{7}", "1234567890", lambda text: int(text) % 11 == 0),
    "XI": _BRITISH,
}
"""What follows the country's letters, what it looks like, and whether its check digits are right."""
