"""The log: what happens in the functions, as lines of a few known fields, and never in anybody's words (R26).

A line says which of our events it is and carries fields that are listed here, each in a form that no name, address,
token, code or card number has; what has another form is left out. The texts of errors and of other libraries' logs may
quote a person, so of these only class, place and logger are told.
"""

import json
import logging
import re
import sys
import traceback
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TextIO

ROOT = Path(__file__).parent.parent
LONGEST_CHAIN = 5  # errors that are looked at behind the one that was caught
FIELDS: Mapping[str, re.Pattern[str]] = {
    "order": re.compile(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){2}", re.ASCII),
    "mail": re.compile(r"[a-z_]{1,30}", re.ASCII),
    "method": re.compile(r"GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS", re.ASCII),
    "route": re.compile(r"(/[a-z.-]*|/<[a-z_]+>)+", re.ASCII),
    "status": re.compile(r"[1-5][0-9][0-9]", re.ASCII),
    "milliseconds": re.compile(r"[0-9]{1,7}", re.ASCII),
    "count": re.compile(r"[0-9]{1,7}", re.ASCII),
    **{
        name: re.compile(r"[0-9]{1,7}", re.ASCII)
        for name in ("settled", "refunded", "mailed", "failures", "rebuilt", "troubled", "forgotten", "held")
    },
    "release": re.compile(r"[0-9a-f]{64}", re.ASCII),
    "error": re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,60}", re.ASCII),
    "cause": re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,60}", re.ASCII),
    "at": re.compile(r"[a-z0-9_/]{1,80}\.py:[0-9]{1,5}", re.ASCII),
    "stripe_request": re.compile(r"req_[A-Za-z0-9]{6,40}", re.ASCII),
    "logger": re.compile(r"[A-Za-z0-9_.]{1,60}", re.ASCII),
}
_log = logging.getLogger("pouch")


class Event(StrEnum):
    """What can happen."""

    ANSWERED = "A request was answered"
    WAITING = "A request has to wait"
    FAILED = "A request failed"
    NO_PAYMENT_PAGE = "An order got no payment page"
    NOT_GIVEN_UP = "An order could not be given up"
    MAILS_WAIT = "The mails of an order have to wait"
    MAIL_WAITS = "A mail was not taken, so it has to wait"
    MAIL_UNWRITTEN = "A mail cannot be written"
    NEWS_WAITS = "News of a queue has to be told again"
    NEWS_REFUSED = "News of a queue was refused"
    RELEASE_KEPT = "A new release cannot be read, so the shop stays at the one it has"
    RECONCILED = "Everything that was due is done"
    FORGOTTEN = "Old data was forgotten"
    AUDITED = "The books were compared"
    AUDIT_UNFINISHED = "The books could not be compared to their end"
    ELSEWHERE = "A library has something to say"


def note(event: Event, *, error: BaseException | None = None, **fields: str | int | None) -> None:
    """Write down that something happened, or went wrong. `fields` are named as in FIELDS; what does not have the form
    that is given there is left out.
    """
    told = {**(told_of(error) if error else {}), **fields}
    _log.log(logging.ERROR if error else logging.INFO, event.value, extra={"event": event, "fields": allowed(told)})


def allowed(fields: Mapping[str, str | int | None]) -> dict[str, str | int]:
    """Of some fields those that may be written, in the order of FIELDS."""
    return {
        name: value
        for name, form in FIELDS.items()
        if (value := fields.get(name)) is not None and form.fullmatch(str(value))
    }


def told_of(error: BaseException) -> dict[str, str | None]:
    """What may be said of an error: its class, that of what caused it, where in our code, and Stripe's own number."""
    chain = list(_chain(error))
    asked = (getattr(one, "request_id", None) for one in chain)
    return {
        "error": type(error).__name__,
        "cause": type(chain[-1]).__name__ if len(chain) > 1 else None,
        "at": _place(chain[-1]) or _place(error),
        "stripe_request": next((number for number in asked if isinstance(number, str)), None),
    }


def write_json(stream: TextIO = sys.stderr) -> None:
    """Let every process of a shop in production write JSON lines; its entry calls this once."""
    _write(JsonLines(), stream, logging.INFO)


def write_lines(stream: TextIO = sys.stderr) -> None:
    """Let the shop on a laptop write lines for people, and only what somebody must know."""
    _write(Lines(), stream, logging.WARNING)


class JsonLines(logging.Formatter):
    """A line of JSON for each record, for machines to search."""

    def format(self, record: logging.LogRecord) -> str:
        """Time (UTC), level, event and fields."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        event, fields = _said(record)
        return json.dumps({"time": moment, "level": record.levelname.lower(), "event": event.value, **fields})


class Lines(logging.Formatter):
    """A line for people."""

    def format(self, record: logging.LogRecord) -> str:
        """Local time, event and fields."""
        moment = datetime.fromtimestamp(record.created, UTC).astimezone()
        event, fields = _said(record)
        return "  ".join([f"{moment:%H:%M:%S}", event.value, *(f"{name} {value}" for name, value in fields.items())])


def _said(record: logging.LogRecord) -> tuple[Event, Mapping[str, str | int]]:
    """Event and fields of what `note` wrote; of anything else who says it, and the class of its error."""
    event, fields = record.__dict__.get("event"), record.__dict__.get("fields")
    if isinstance(event, Event) and isinstance(fields, dict):
        return event, allowed(fields)
    error = record.exc_info[1] if record.exc_info else None
    return Event.ELSEWHERE, allowed({"logger": record.name, **(told_of(error) if error else {})})


def _write(formatter: logging.Formatter, stream: TextIO, level: int) -> None:
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    logging.basicConfig(handlers=[handler], level=level, force=True)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An error and what caused it, one after the other."""
    found: BaseException | None = error
    for _ in range(LONGEST_CHAIN):
        if found is None:
            return
        yield found
        found = found.__cause__ or found.__context__


def _place(error: BaseException) -> str | None:
    """The innermost line of our own code that an error passed."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if path.is_relative_to(ROOT / "functions"):
            return f"{path.relative_to(ROOT)}:{frame.lineno}"
    return None
