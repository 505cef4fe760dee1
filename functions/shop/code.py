"""Codes of gift cards and points: made from a secret, easy to read out, and told from a slip of the keyboard.

A code has 15 random signs and a check sign of an alphabet of 31: more than 74 bits. With a million codes in use and a
thousand guesses a second, the first hit takes hundreds of thousands of years, so guessing needs no other brake.
"""

import hashlib
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from functions.shop.errors import BadSetting, InvalidCode
from functions.shop.promotion import code_key
from functions.shop.sentence import Sentence

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without 0, 1, I, L and O, which are taken for each other
LENGTH = 16
GROUP = 4


class BalanceKind(StrEnum):
    """What a balance is."""

    GIFT_CARD = "gift_card"
    POINTS = "points"


_PREFIX = {BalanceKind.GIFT_CARD: "GIFT", BalanceKind.POINTS: "POINTS"}
# A coupon may begin with the same word, but is hardly as long; a slip may lose or double a sign or two.
_MEANT = re.compile(r"(gift|points)([a-z0-9]{14,18})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Codes:
    """Makes codes, always the same ones for the same order or customer. `keys` are secrets, the newest last.

    Gift cards are made with the newest. A customer keeps one code for points, so that is made with the oldest; when a
    key is taken out because it got known, the codes that it made stay good, and new points get a new code.
    """

    keys: Sequence[str] = field(repr=False)

    def __post_init__(self) -> None:
        if not self.keys:
            raise BadSetting("SHOP_SECRET_KEYS must hold at least one secret; codes of gift cards are made from it.")

    def gift_card(self, order_id: str, number: int) -> str:
        """The code of the gift card with this number (from 0) in an order."""
        return _gift_card(self.keys[-1], order_id, number)

    def points(self, customer: str) -> str:
        """The code of a customer's points, by their `customer_key`."""
        return _points(self.keys[0], customer)

    def gift_card_of(self, account: str, order_id: str, number: int) -> str:
        """The code whose account this is, whichever key has made it; empty when that key is gone."""
        return _belonging([_gift_card(key, order_id, number) for key in reversed(self.keys)], account)

    def points_of(self, account: str, customer: str) -> str:
        """The same for points."""
        return _belonging([_points(key, customer) for key in self.keys], account)


def account_of(code: str, currency: str) -> str:
    """The name of the balance behind a code, in which it cannot be read: `gift_card:EUR:` and a hash."""
    hashed = hashlib.sha256(code.encode()).hexdigest()[:32]
    return f"{kind_of(code)}:{currency}:{hashed}"


def kind_of(code: str) -> BalanceKind:
    """What the balance behind a code is."""
    return next(kind for kind, prefix in _PREFIX.items() if code.startswith(f"{prefix}-"))


def label(code: str) -> str:
    """What may be shown of a code: what it is for and its end, such as `GIFT-…AB2C`."""
    return f"{_PREFIX[kind_of(code)]}-…{code[-GROUP:]}"


def is_meant(text: str) -> bool:
    """Whether somebody who typed this meant such a code, be it right or not, and no coupon."""
    return _MEANT.fullmatch(code_key(text)) is not None


def parse_code(text: str) -> str:
    """A code as it was typed, in the one form in which it is made; capitals, spaces and hyphens make no difference.

    Raises InvalidCode when a sign was left out, doubled, mistaken or swapped.
    """
    match = _MEANT.fullmatch(code_key(text))
    signs = match[2].upper() if match else ""
    if not match or len(signs) != LENGTH or not set(signs) <= set(ALPHABET) or signs[-1] != _check(signs[:-1]):
        raise InvalidCode(
            Sentence("There is a slip in this code. Please compare it with your mail; it has no 0, 1, I, L or O.")
        )
    return _written(match[1].upper(), signs)


def _gift_card(key: str, order_id: str, number: int) -> str:
    return _code(BalanceKind.GIFT_CARD, key, f"{order_id} {number}")


def _points(key: str, customer: str) -> str:
    return _code(BalanceKind.POINTS, key, customer)


def _belonging(codes: Sequence[str], account: str) -> str:
    currency = account.split(":")[1]
    return next((code for code in codes if account_of(code, currency) == account), "")


def _code(kind: BalanceKind, key: str, subject: str) -> str:
    number = int.from_bytes(hmac.digest(key.encode(), f"pouch {kind} {subject}".encode(), "sha256"))
    signs = ""
    for _ in range(LENGTH - 1):
        number, at = divmod(number, len(ALPHABET))
        signs += ALPHABET[at]
    return _written(_PREFIX[kind], signs + _check(signs))


def _check(signs: str) -> str:
    """The last sign: 31 is a prime, so any one sign mistaken and any two swapped give another one."""
    weighted = sum(at * ALPHABET.index(sign) for at, sign in enumerate(signs, start=2))
    return ALPHABET[weighted % len(ALPHABET)]


def _written(prefix: str, signs: str) -> str:
    return "-".join((prefix, *(signs[at : at + GROUP] for at in range(0, LENGTH, GROUP))))
