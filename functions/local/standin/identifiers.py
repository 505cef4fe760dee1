"""Names for new objects, shaped like Stripe's."""

import secrets
import string

_ALPHABET = string.ascii_letters + string.digits
_SESSION_LENGTH = 58
_LENGTH = 24


def new_id(prefix: str) -> str:
    """Such as `pi_3Nd…`; a Checkout Session's is longer and says `test`."""
    if prefix == "cs":
        return f"cs_test_{_letters(_SESSION_LENGTH)}"
    return f"{prefix}_{_letters(_LENGTH)}"


def new_secret(prefix: str) -> str:
    return f"{prefix}_{_letters(32)}"


def _letters(count: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(count))
