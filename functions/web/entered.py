"""What a shopper has entered beside the cart: codes, a VAT number, an e-mail address."""

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote

from werkzeug.datastructures import MultiDict

from functions.shop.email import parse_email
from functions.shop.errors import InvalidCart, InvalidEmail

MOST_CODES = 5
_CODE = re.compile(r"[^\x00-\x1f]{1,60}")
_VAT_ID = re.compile(r"[A-Za-z0-9 .\-/+*]{0,30}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Entered:
    """Texts as they were typed; what they are good for is the quote's to say. Each code stands once."""

    codes: tuple[str, ...] = ()
    vat_id: str = ""
    email: str = ""


NOTHING = Entered()
"""What somebody has entered who has just come."""


def entered_in(form: MultiDict[str, str], before: Entered) -> Entered:
    """What the form adds, changes or takes away; what it leaves out stays as it was.

    Raises InvalidCart for what cannot be an e-mail address.
    """
    codes = [code for code in before.codes if code != form.get("without")]
    typed = form.get("code", "").strip()
    if _CODE.fullmatch(typed) and typed not in codes:
        codes.append(typed)
    kept = replace(before, codes=tuple(codes[-MOST_CODES:]))
    vat_id, email = form.get("vat_id", before.vat_id).strip(), form.get("email", before.email).strip()
    return replace(kept, vat_id=_matching(_VAT_ID, vat_id), email=_checked(email))


def entered_text(entered: Entered) -> str:
    """As a cookie keeps it; empty when there is nothing to keep."""
    texts = (*entered.codes, entered.vat_id, entered.email)
    return "/".join(quote(text, safe="") for text in texts) if any(texts) else ""


def entered_from(text: str) -> Entered:
    """What a cookie says; nothing of it when it makes no sense."""
    *codes, vat_id, email = [unquote(part, errors="replace") for part in text.split("/")] if "/" in text else ["", ""]
    known = tuple(dict.fromkeys(code for code in codes if _CODE.fullmatch(code)))
    entered = Entered(known[:MOST_CODES], _matching(_VAT_ID, vat_id))
    with suppress(InvalidCart):
        return replace(entered, email=_checked(email))
    return entered


def _checked(email: str) -> str:
    try:
        return parse_email(email) if email else ""
    except InvalidEmail as error:
        raise InvalidCart(error.sentence) from error


def _matching(pattern: re.Pattern[str], text: str) -> str:
    return text if pattern.fullmatch(text) else ""
