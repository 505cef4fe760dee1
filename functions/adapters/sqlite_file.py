"""A SQLite file that many threads and processes share: connections, transactions, and the schema it has."""

import sqlite3
import time
import weakref
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from functions.deadline import time_left
from functions.shop.errors import StoreUnavailable

BUSY_SECONDS = 5.0  # how long a writer waits for another one, if there is time
SWITCHES = 100  # attempts within that time to open a file that others are just opening
IDLE_CONNECTIONS = 4


class SqliteFile:
    """The file at `path`, which is made when it is not there; only its owner can read it.

    `prepare` is called once, in a transaction that has the file to itself, to bring its tables up to date.
    """

    def __init__(self, path: Path, prepare: Callable[[sqlite3.Connection], None]) -> None:
        self._path = path
        self._idle: deque[sqlite3.Connection] = deque()
        weakref.finalize(self, _close, self._idle)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        with self._writing() as db:
            prepare(db)

    def close(self) -> None:
        """Let go of the file. The store can be used again."""
        _close(self._idle)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """A connection that no other thread uses meanwhile. One that failed is not used again."""
        db = self._idle.pop() if self._idle else self._connect()
        try:
            yield db
        except sqlite3.OperationalError as error:
            db.close()
            raise StoreUnavailable(f"The database {self._path.name} does not answer: {error}") from error
        except BaseException:
            db.close()
            raise
        if len(self._idle) < IDLE_CONNECTIONS:
            self._idle.append(db)
        else:
            db.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that has the file to itself from its start, so that what it reads stays true."""
        with self._reading() as db:
            db.execute(f"PRAGMA busy_timeout = {round(1000 * _patience())}")
            db.execute("BEGIN IMMEDIATE")
            yield db
            db.execute("COMMIT")

    def _connect(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        self._switch(db)
        db.execute("PRAGMA synchronous = FULL")  # an order that was answered for survives a power cut
        return db

    def _switch(self, db: sqlite3.Connection) -> None:
        """Let readers and a writer work side by side. At this one step SQLite does not wait for others, so we do."""
        for _ in range(SWITCHES):
            with suppress(sqlite3.OperationalError):
                db.execute("PRAGMA journal_mode = WAL")
                return
            time.sleep(_patience() / SWITCHES)
        db.close()
        raise StoreUnavailable(f"The database {self._path.name} is in use by others and cannot be opened.")


def _patience() -> float:
    """Seconds for which to wait for others."""
    return max(0.0, min(BUSY_SECONDS, time_left()))


def _close(connections: deque[sqlite3.Connection]) -> None:
    while connections:
        connections.pop().close()
