"""The rules of what leaves the shop: answers, mails and the log (R22, R26, R28, R30)."""

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from functions.log import JsonLines
from functions.ports import Letter
from tests.simulation.orders import Broken

RAW = "<img src=x onerror=raw>"
"""What somebody writes wherever words are taken."""
URL = "https://shop.example"
LEADS_TO = ("https://pay.example/", f"{URL}/")
PRIVATE = ("@example.org", "Byrne", "Quay Street", "Westport", "onerror", "whsec_", "sk_test", "a-secret", "t=")
"""What no line of the log may have in it: people, what they write, secrets, tokens in addresses."""
PATIENCE = 500  # statuses from here on say that something of the shop does not work
MAIL_ALONE = {"mail", "aws"}


@dataclass(frozen=True)
class Answer:
    """What a browser gets: the status, what the page was made of, where it leads, and its text where it was made."""

    status: int
    shown: Mapping[str, Any] = field(default_factory=dict)
    leads_to: str = ""
    text: str = ""


def of_answer(answer: Answer, troubles: Collection[str]) -> list[tuple[str, str]]:
    """What is wrong with an answer; `troubles` are what has failed while it was made."""
    return [*_leads(answer), *_raw(answer.text), *of_status(answer.status, troubles)]


def of_status(status: int, troubles: Collection[str]) -> Broken:
    """R22: that no mail can be sent is no reason to turn anybody away."""
    if status >= PATIENCE and troubles and set(troubles) <= MAIL_ALONE:
        yield "R22", f"{status}, because a mail could not be sent"


def of_letter(letter: Letter) -> Broken:
    """R23 and R28 of a mail."""
    if not letter.to:
        yield "R23", f"{letter.subject!r} goes to nobody"
    yield from _raw(letter.html)


def _leads(answer: Answer) -> Broken:
    inside = answer.leads_to.startswith("/") and not answer.leads_to.startswith("//")
    if answer.leads_to and not inside and not answer.leads_to.startswith(LEADS_TO):
        yield "R30", f"an answer leads to {answer.leads_to}"


def _raw(text: str) -> Broken:
    if RAW in text:
        yield "R28", "what somebody wrote is in a page or mail as it is"


class Log(logging.Handler):
    """R26: every line that the shop would write, looked at as it would be written."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []
        self._form = JsonLines()

    def emit(self, record: logging.LogRecord) -> None:
        line = self._form.format(record)
        self.told += [line for word in PRIVATE if word in line]


def of_log(log: Log) -> Broken:
    """What somebody could read there that is nobody's business."""
    for line in log.told:
        yield "R26", line
