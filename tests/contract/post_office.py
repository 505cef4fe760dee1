"""A tiny mail server on this machine: takes mails, or does whatever a broken one does."""

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from tests.contract.serving import at_work


class PostOffice(socketserver.ThreadingTCPServer):
    """Keeps what it accepted. `answers` replaces the answer to a command, such as `{"DATA": "451 later"}`."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Clerk)
        self.port: int = self.server_address[1]
        self.answers: dict[str, str] = {}
        self.verbs: list[str] = []
        self.envelopes: list[tuple[str, list[str]]] = []
        self.raw: list[bytes] = []

    def received(self) -> list[EmailMessage]:
        """The mails that were accepted, the oldest first."""
        return [message_from_bytes(raw, policy=default) for raw in self.raw]


class Clerk(socketserver.StreamRequestHandler):
    """One conversation in SMTP."""

    server: PostOffice

    def handle(self) -> None:
        """Answer commands until the other side has had enough."""
        self._say("220 post.example ready")
        sender, recipients = "", list[str]()
        while line := self.rfile.readline().decode("ascii", "replace").strip():
            verb = line.split(" ", 1)[0].split(":", 1)[0].upper()
            self.server.verbs.append(verb)
            answer = self.server.answers.get(verb, "354 go on" if verb == "DATA" else "250 fine")
            if verb == "MAIL":
                sender, recipients = line.partition("<")[2].partition(">")[0], []
            elif verb == "RCPT" and answer.startswith("250"):
                recipients.append(line.partition("<")[2].partition(">")[0])
            if answer == "hang up":
                return
            self._say(answer)
            if verb == "DATA" and answer.startswith("354"):
                self._take(sender, recipients)

    def _take(self, sender: str, recipients: list[str]) -> None:
        lines = list(iter(self.rfile.readline, b".\r\n"))
        answer = self.server.answers.get(".", "250 taken")
        if answer.startswith("250"):
            self.server.envelopes.append((sender, recipients))
            self.server.raw.append(b"".join(line.removeprefix(b".") for line in lines))
        self._say(answer)

    def _say(self, answer: str) -> None:
        self.wfile.write(f"{answer}\r\n".encode())


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """A mail server for as long as the block lasts."""
    with at_work(PostOffice()) as office:
        yield office
