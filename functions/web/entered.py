"""What a shopper has entered beside the cart: codes, a VAT number, an e-mail address, notes."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from contextlib import suppress
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote

from werkzeug.datastructures import MultiDict

from functions.shop.email import parse_email
from functions.shop.errors import InvalidCart, InvalidEmail, InvalidNote
from functions.shop.note import NO_NOTES, Notes, check_notes, clean_notes

MOST_CODES = 5
_CODE = re.compile(r"[^\x00-\x1f]{1,60}")
_VAT_ID = re.compile(r"[A-Za-z0-9 .\-/+*]{0,30}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Entered:
    """Texts as they were typed; what they are good for is the quote's to say. Each code stands once."""

    codes: tuple[str, ...] = ()
    vat_id: str = ""
    email: str = ""
    notes: Notes = NO_NOTES


NOTHING = Entered()
"""What somebody has entered who has just come."""


def entered_in(form: MultiDict[str, str], before: Entered) -> Entered:
    """What the form adds, changes or takes away; what it leaves out stays as it was.

    Raises InvalidCart for what cannot be an e-mail address, and for a note that is too long.
    """
    codes = [code for code in before.codes if code != form.get("without")]
    if typed := new_code(form, replace(before, codes=tuple(codes))):
        codes.append(typed)
    kept = replace(before, codes=tuple(codes[-MOST_CODES:]), notes=_checked_notes(notes_in(form, before.notes)))
    vat_id, email = form.get("vat_id", before.vat_id).strip(), form.get("email", before.email).strip()
    return replace(kept, vat_id=_matching(_VAT_ID, vat_id), email=_checked(email))


def new_code(form: MultiDict[str, str], before: Entered) -> str:
    """The code that a form enters and that was not there before; empty when it enters none."""
    typed = form.get("code", "").strip()
    return typed if _CODE.fullmatch(typed) and typed not in before.codes else ""


def notes_in(form: MultiDict[str, str], before: Notes) -> Notes:
    """The notes of the form as they were typed, of any length; one that it leaves out stays as it was."""
    return clean_notes(gift=form.get("gift_note", before.gift), delivery=form.get("delivery_note", before.delivery))


def entered_text(entered: Entered) -> str:
    """As a cookie keeps it, without the notes; empty when there is nothing to keep."""
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


def notes_text(notes: Notes) -> str:
    """As a cookie keeps them, 2,672 characters at most in whatever writing; empty for none and for those too long."""
    with suppress(InvalidNote):
        kept = check_notes(notes)
        return urlsafe_b64encode(f"{kept.gift}\0{kept.delivery}".encode()).decode() if kept != NO_NOTES else ""
    return ""


def notes_from(text: str) -> Notes:
    """The notes that a cookie keeps; none when it makes no sense."""
    try:
        gift, delivery = urlsafe_b64decode(text).decode().split("\0")
        return check_notes(clean_notes(gift=gift, delivery=delivery))
    except (ValueError, InvalidNote):
        return NO_NOTES


def _checked_notes(notes: Notes) -> Notes:
    try:
        return check_notes(notes)
    except InvalidNote as error:
        raise InvalidCart(error.sentence) from error


def _checked(email: str) -> str:
    try:
        return parse_email(email) if email else ""
    except InvalidEmail as error:
        raise InvalidCart(error.sentence) from error


def _matching(pattern: re.Pattern[str], text: str) -> str:
    return text if pattern.fullmatch(text) else ""
