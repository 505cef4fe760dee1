"""An e-mail address as a shopper types it, and the one form in which it is kept."""

import hashlib
import re

from functions.shop.errors import InvalidEmail

LONGEST = 254  # characters: https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1.3
_LOCAL = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_EMAIL = re.compile(rf"(?=.{{1,64}}@){_LOCAL}@(?:{_LABEL}\.)+(?!\d+$){_LABEL}", re.ASCII)

# Who writes to ada+shop@ reaches ada@ at these: each says so in its help pages. Elsewhere a plus may be part of a name.
_TAGGED = frozenset(
    "gmail.com outlook.com hotmail.com hotmail.co.uk hotmail.de hotmail.fr live.com msn.com icloud.com proton.me "
    "fastmail.com fastmail.fm mailbox.org posteo.de hey.com yandex.com zoho.com runbox.com".split()
)
# And these lead to the same mailbox under several domains.
_SAME = {"googlemail.com": "gmail.com", "me.com": "icloud.com", "mac.com": "icloud.com"}
_SAME |= {"protonmail.com": "proton.me", "pm.me": "proton.me", "yandex.ru": "yandex.com", "ya.ru": "yandex.com"}
# What a mailbox's name may be written with, and its provider does not see.
_UNSEEN = {"gmail.com": ".", "proton.me": ".-_"}


def parse_email(text: str) -> str:
    """The address in small letters, without spaces around it. Raises InvalidEmail with advice, and without the text.

    Browsers hand over a domain in its ASCII form. Small letters: no mail server in use tells `Ada@` from `ada@`.
    """
    email = text.strip().lower()
    if len(email) > LONGEST or not _EMAIL.fullmatch(email):
        raise InvalidEmail("That is no e-mail address. Please write it like name@example.com.")
    return email


def customer_key(email: str) -> str:
    """A name for the person behind an address, so that a claim of one use per customer holds no address.

    Ways to write one mailbox that its provider is known to treat alike give the same key: capitals, tags behind a plus,
    Gmail's dots, a second domain. At providers that are not known an address is taken as it is, because somebody who is
    taken for somebody else loses a promotion that is theirs.
    """
    local, _, domain = email.strip().lower().partition("@")
    domain = _SAME.get(domain, domain)
    if domain in _TAGGED:
        local = local.partition("+")[0]
    seen = "".join(sign for sign in local if sign not in _UNSEEN.get(domain, ""))
    return hashlib.sha256(f"customer {seen}@{domain}".encode()).hexdigest()[:32]
