"""A tiny Amazon SES on this machine: takes mails by its HTTP interface, or does whatever a broken one does."""

import base64
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.contract.serving import LocalServer, at_work


class SesOffice(LocalServer):
    """Keeps the requests that it accepted. `refusal` is the error it answers instead; it may `hang` for seconds."""

    def __init__(self) -> None:
        super().__init__(Clerk)
        self.requests: list[dict[str, Any]] = []
        self.tries = 0
        self.refusal = ""
        self.hang = 0.0

    def received(self) -> list[EmailMessage]:
        """The mails that were accepted, the oldest first."""
        raw = (base64.b64decode(request["Content"]["Raw"]["Data"]) for request in self.requests)
        return [message_from_bytes(each, policy=default) for each in raw]


class Clerk(BaseHTTPRequestHandler):
    """One request."""

    server: SesOffice

    def do_POST(self) -> None:
        """https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.tries += 1
        if self.server.hang:
            time.sleep(self.server.hang)
        elif self.path != "/v2/email/outbound-emails":
            self._answer(404, "NotFoundException", {})
        elif self.server.refusal:
            self._answer(400, self.server.refusal, {"message": "Address ada@example.org is refused."})
        else:
            self.server.requests.append(json.loads(body))
            self._answer(200, "", {"MessageId": "ses-1"})

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _answer(self, status: int, error: str, answer: dict[str, str]) -> None:
        text = json.dumps(answer).encode()
        self.send_response(status)
        if error:
            self.send_header("x-amzn-errortype", error)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


@contextmanager
def ses_office() -> Iterator[SesOffice]:
    """Amazon SES for as long as the block lasts."""
    with at_work(SesOffice()) as office:
        yield office
