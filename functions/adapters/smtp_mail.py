"""Mail through an SMTP server."""

import contextlib
import ipaddress
import smtplib
import ssl
from collections.abc import Iterator

from functions.adapters.envelope import envelop, parse_sender
from functions.deadline import time_for_others
from functions.ports import Clock, Letter
from functions.shop.errors import BadSetting, MailFailed

TIMEOUT = 3.0  # seconds for each step, as far as there is time for it (R35)
TLS_FROM_THE_START = 465


class SmtpMail:
    """Hands mails to the server at `host` and `port`; with a `user` it logs in first.

    The connection is encrypted before a mail or a password goes over it: from the start on port 465, else with
    STARTTLS. `starttls=False` leaves that out, for a server in the same machine or network; by default it is left out
    for this machine only. Raises BadSetting when a password would go over the network in plain text.
    """

    def __init__(
        self,
        host: str,
        port: int,
        *,
        user: str = "",
        password: str = "",
        sender: str,
        clock: Clock,
        starttls: bool | None = None,
        timeout: float = TIMEOUT,
    ) -> None:
        self._host, self._port, self._user, self._password = host, port, user, password
        self._sender, self._clock, self._timeout = parse_sender(sender), clock, timeout
        self._starttls = not _is_this_machine(host) if starttls is None else starttls
        if user and not (self._starttls or port == TLS_FROM_THE_START or _is_this_machine(host)):
            raise BadSetting(f"The password for {host} would go over the network in plain text; turn STARTTLS on.")

    def send(self, letter: Letter) -> None:
        """Hand a mail over. Returns when the server accepted it; raises MailFailed when it did not."""
        message = envelop(letter, self._sender, self._clock())
        try:
            with self._connected() as server:
                server.send_message(message)
        except (OSError, smtplib.SMTPException) as error:
            raise MailFailed(f"{self._host}:{self._port} did not take the mail: {_reason(error)}.") from None

    @contextlib.contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        server = self._dialled()
        try:
            if self._starttls and self._port != TLS_FROM_THE_START:
                server.starttls(context=ssl.create_default_context())
            if self._user:
                server.login(self._user, self._password)
            yield server
            _say_goodbye(server)
        finally:
            server.close()

    def _dialled(self) -> smtplib.SMTP:
        seconds = _in_time(self._timeout)
        if self._port == TLS_FROM_THE_START:
            context = ssl.create_default_context()
            return _EncryptedServer(self._host, self._port, timeout=seconds, context=context)
        return _Server(self._host, self._port, timeout=seconds)


class _Server(smtplib.SMTP):
    """A server whose many steps end by the deadline, however slow each of them is."""

    def getreply(self) -> tuple[int, bytes]:
        """What it answers to a step."""
        if self.sock:
            self.sock.settimeout(_in_time(self.timeout))
        return super().getreply()


class _EncryptedServer(_Server, smtplib.SMTP_SSL):
    """The same, encrypted from the start."""


def _in_time(seconds: float) -> float:
    """How long a step may take."""
    left = min(seconds, time_for_others())
    if left <= 0:
        raise TimeoutError
    return left


def _say_goodbye(server: smtplib.SMTP) -> None:
    """Quit politely. The mail is accepted by now, so a fault here must not make it look lost (R21)."""
    with contextlib.suppress(OSError, smtplib.SMTPException):
        server.quit()


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _reason(error: Exception) -> str:
    """What went wrong, without the server's own words: they may quote the recipient (R26)."""
    codes = [error.smtp_code] if isinstance(error, smtplib.SMTPResponseException) else []
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
    return " ".join([type(error).__name__, *map(str, codes)])
