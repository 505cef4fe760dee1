"""Mail into a folder, one `.eml` file each, for a laptop: nothing leaves the machine, and any mail program shows it."""

import os
import tempfile
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from functions.adapters.envelope import envelop, parse_sender
from functions.ports import Clock, Letter
from functions.shop.errors import MailFailed


class FileMail:
    """Writes mails into `folder` under names that sort by time, such as `20261124T143500Z-001.eml`."""

    def __init__(self, folder: Path, *, sender: str, clock: Clock) -> None:
        self._folder, self._sender, self._clock = folder, parse_sender(sender), clock

    def send(self, letter: Letter) -> None:
        """Write a mail; it is there as a whole or not at all. Raises MailFailed."""
        now = self._clock()
        content = envelop(letter, self._sender, now).as_bytes()
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            _write(self._folder, f"{datetime.fromtimestamp(now, UTC):%Y%m%dT%H%M%SZ}", content)
        except OSError as error:
            raise MailFailed(f"The mail folder {self._folder} cannot be written: {error.strerror}") from error


def _write(folder: Path, moment: str, content: bytes) -> None:
    """Write aside, then give the file the first name of that second which is free."""
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".", suffix=".part") as file:
        file.write(content)
        file.flush()
        for serial in count(1):
            try:
                os.link(file.name, folder / f"{moment}-{serial:03d}.eml")
            except FileExistsError:
                continue
            return
