"""A destination: where something goes, as exactly as the shop's rules ask."""

from dataclasses import dataclass

MAX_POSTCODE = 10
MAX_REGION = 3
ELSEWHERE = "-"
"""The region of somebody who says that theirs is none of those that have rules of their own."""


@dataclass(frozen=True, slots=True)
class Destination:
    """`country` is an ISO 3166 code, `postcode` in its normal form, `region` what follows the country in ISO 3166-2.

    Each is empty until it is known.
    """

    country: str = ""
    postcode: str = ""
    region: str = ""


UNKNOWN = Destination()
"""What a shopper who has said nothing yet wants it sent to."""


def normal_postcode(text: str) -> str:
    """A postcode in capitals, without the spaces and hyphens that people write differently; empty when it is none."""
    found = text.upper().replace(" ", "").replace("-", "")
    return found if len(found) <= MAX_POSTCODE and _is_code(found) else ""


def normal_region(text: str) -> str:
    """A region in capitals; empty when it is none."""
    found = text.strip().upper()
    return found if found == ELSEWHERE or (len(found) <= MAX_REGION and _is_code(found)) else ""


def _is_code(text: str) -> bool:
    return text.isascii() and text.isalnum()
