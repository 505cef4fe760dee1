"""An envelope: a Letter as the e-mail message that goes out, with safe headers and one recipient (R23)."""

import re
import unicodedata
from datetime import UTC, datetime
from email.headerregistry import Address, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import format_datetime

from functions.ports import Letter
from functions.shop.errors import BadSetting, MailFailed

_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"\\]{1,64}@[^\s@<>()\[\],;:\"\\]{1,255}")
_NAMED = re.compile(r"\"?(?P<name>[^<>\"]*?)\"?\s*<(?P<address>[^<>]*)>")
_MESSAGE_ID = re.compile(r"[A-Za-z0-9._-]{1,120}", re.ASCII)
_LINK = re.compile(r"https?://[A-Za-z0-9._:/-]{1,500}", re.ASCII)
_UNSAFE = {"Cc", "Cs", "Zl", "Zp"}  # control characters, half characters, line and paragraph separators


class _WholeHeader(UnstructuredHeader):
    """A header that must not be folded: Python would encode a long link, and no mail program would know it again."""

    def fold(self, *, policy: Policy) -> str:
        """One line."""
        return f"{self.name}: {self}{policy.linesep}"  # type: ignore[attr-defined]  # (of the class it is mixed with)


_HEADERS = HeaderRegistry()
_HEADERS.map_to_type("List-Unsubscribe", _WholeHeader)  # type: ignore[arg-type]  # (it mixes it with BaseHeader)
_POLICY = SMTP.clone(header_factory=_HEADERS)


def envelop(letter: Letter, sender: Address, now: int) -> EmailMessage:
    """The message for a letter. Raises MailFailed when a header could be misread; nothing has gone out then."""
    message = EmailMessage(policy=_POLICY)
    try:
        message["From"] = sender
        message["To"] = _address(letter.to)
        if letter.reply_to:
            message["Reply-To"] = _address(letter.reply_to)
        message["Subject"] = _one_line(letter.subject)
        message["Date"] = format_datetime(datetime.fromtimestamp(now, UTC))
        message["Message-ID"] = f"<{_id(letter.message_id)}@{sender.domain}>"
        message["Auto-Submitted"] = "auto-generated"
        if letter.unsubscribe:  # https://www.rfc-editor.org/rfc/rfc8058
            message["List-Unsubscribe"] = f"<{_link(letter.unsubscribe)}>"
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message.set_content(letter.text, cte="quoted-printable")
        message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    except ValueError as error:
        raise MailFailed(f"Mail {letter.message_id!r} cannot be written: {error}") from error
    return message


def parse_sender(text: str) -> Address:
    """A From address such as `Tern & Gale <hello@shop.example>`. Raises BadSetting when it is none."""
    named = _NAMED.fullmatch(text.strip())
    try:
        return _address(named["address"], _one_line(named["name"])) if named else _address(text.strip())
    except ValueError as error:
        raise BadSetting(f"{text!r} is no sender; write it like Tern & Gale <hello@shop.example>") from error


def _address(text: str, name: str = "") -> Address:
    if not _ADDRESS.fullmatch(_one_line(text)):
        raise ValueError("the recipient, or where an answer goes, is not one plain e-mail address")
    local, _, domain = text.rpartition("@")
    if not local.isascii():
        raise ValueError("the part of an address before the @ has letters that mail servers cannot take")
    return Address(name, local, domain.encode("idna").decode())


def _id(text: str) -> str:
    if not _MESSAGE_ID.fullmatch(text):
        raise ValueError("its id has characters other than letters, digits, dots and dashes")
    return text


def _link(text: str) -> str:
    if not _LINK.fullmatch(text):
        raise ValueError("the link that ends such mails is none")
    return text


def _one_line(text: str) -> str:
    if any(unicodedata.category(character) in _UNSAFE for character in text):
        raise ValueError("a header has a line break or a control character in it")
    if "=?" in text:
        raise ValueError("a header looks like an encoded one")  # it would be decoded, line breaks and all
    return text
