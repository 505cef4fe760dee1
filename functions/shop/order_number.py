"""An order's number as somebody types it, and the one form in which it is kept."""

import re

_MISTAKEN = str.maketrans("OIL", "011")  # letters that no number has, and the digits that they are mistaken for
_GROUP = 4
_LENGTH = 12


def normal_number(text: str) -> str:
    """`7k3m 9qxd 4ftr` as `7K3M-9QXD-4FTR`; empty for what cannot be a number of this shop's."""
    signs = re.sub(r"[\s\-–—#]", "", text).upper().translate(_MISTAKEN)
    if len(signs) != _LENGTH or not signs.isascii() or not signs.isalnum():
        return ""
    return "-".join(signs[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))
