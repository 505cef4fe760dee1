"""An e-mail address as a shopper types it, and the one form in which it is kept."""

import re

from functions.shop.errors import InvalidEmail
from functions.shop.sentence import Sentence

LONGEST = 254  # characters: https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1.3
_LOCAL = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_EMAIL = re.compile(rf"(?=.{{1,64}}@){_LOCAL}@(?:{_LABEL}\.)+(?!\d+$){_LABEL}", re.ASCII)


def parse_email(text: str) -> str:
    """The address in small letters, without spaces around it. Raises InvalidEmail with advice, and without the text.

    Browsers hand over a domain in its ASCII form. Small letters: no mail server in use tells `Ada@` from `ada@`.
    """
    email = text.strip().lower()
    if len(email) > LONGEST or not _EMAIL.fullmatch(email):
        raise InvalidEmail(Sentence("That is no e-mail address. Please write it like name@example.com."))
    return email
