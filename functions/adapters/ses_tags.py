"""Tags of a mail at SES: texts of any signs, in the few that SES takes (letters, digits, `_` and `-`)."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Mapping, Sequence


def tagged(tags: Mapping[str, str]) -> list[dict[str, str]]:
    """Tags as SendEmail takes them."""
    return [
        {"Name": name, "Value": urlsafe_b64encode(text.encode()).decode().rstrip("=")} for name, text in tags.items()
    ]


def untagged(tags: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The same tags from an event, which has a list for each; SES's own (`ses:…`) and what is not ours are left out."""
    found = {name: _text(values) for name, values in tags.items() if not name.startswith("ses:")}
    return {name: text for name, text in found.items() if text}


def _signs(text: str) -> str:
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _text(values: Sequence[str]) -> str:
    try:
        return urlsafe_b64decode(f"{values[0]}{'=' * (-len(values[0]) % 4)}").decode()
    except (IndexError, TypeError, ValueError, Error):
        return ""
