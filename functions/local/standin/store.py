"""Everything the stand-in remembers, as JSON documents in SQLite.

A document has a public body (what the API shows), private notes (what it does not), and perhaps a time at which
something happens to it: a session expires, a delayed payment settles, an event is delivered.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import Any

Json = dict[str, Any]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS document (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
  body TEXT NOT NULL, notes TEXT NOT NULL, due REAL
);
CREATE INDEX IF NOT EXISTS document_kind ON document (kind, number);
CREATE INDEX IF NOT EXISTS document_due ON document (kind, due) WHERE due IS NOT NULL;
CREATE INDEX IF NOT EXISTS document_payment ON document (kind, json_extract(body, '$.payment_intent'));
CREATE INDEX IF NOT EXISTS document_event ON document (kind, json_extract(body, '$.event'));
CREATE TABLE IF NOT EXISTS answer (
  key TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, status INTEGER NOT NULL, body TEXT NOT NULL,
  request_id TEXT NOT NULL, created REAL NOT NULL
);
"""


@dataclass(frozen=True)
class Answer:
    """What a request with an idempotency key was answered, and what it had asked."""

    fingerprint: str
    status: int
    body: str
    request_id: str
    created: float


class Store:
    """One connection behind one lock: short transactions, any number of threads."""

    def __init__(self, path: Path | None = None) -> None:
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = RLock()
        self._depth = 0
        self._base = sqlite3.connect(path or ":memory:", check_same_thread=False, isolation_level=None)
        self._base.execute("PRAGMA journal_mode = WAL")
        self._base.execute("PRAGMA synchronous = OFF")
        self._base.executescript(_SCHEMA)

    def close(self) -> None:
        with self._lock:
            self._base.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, one at a time; may be nested, then the outermost counts."""
        with self._lock:
            if self._depth == 0:
                self._base.execute("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield
            except BaseException:
                self._leave("ROLLBACK")
                raise
            self._leave("COMMIT")

    def _leave(self, verb: str) -> None:
        self._depth -= 1
        if self._depth == 0:
            self._base.execute(verb)

    def add(self, kind: str, body: Json, *, notes: Json | None = None, due: float | None = None) -> Json:
        """Keeps a new document under `body["id"]`. Raises sqlite3.IntegrityError when the name is taken."""
        row = (body["id"], kind, json.dumps(body), json.dumps(notes or {}), due)
        with self._lock:
            self._base.execute("INSERT INTO document (id, kind, body, notes, due) VALUES (?, ?, ?, ?, ?)", row)
        return body

    def get(self, kind: str, name: str) -> Json | None:
        with self._lock:
            query = "SELECT body FROM document WHERE kind = ? AND id = ?"
            row = self._base.execute(query, (kind, name)).fetchone()
        return None if row is None else json.loads(row[0])

    def save(self, body: Json) -> Json:
        with self._lock:
            self._base.execute("UPDATE document SET body = ? WHERE id = ?", (json.dumps(body), body["id"]))
        return body

    def delete(self, name: str) -> None:
        with self._lock:
            self._base.execute("DELETE FROM document WHERE id = ?", (name,))

    def notes(self, name: str) -> Json:
        """The private notes of a document that exists."""
        with self._lock:
            row = self._base.execute("SELECT notes FROM document WHERE id = ?", (name,)).fetchone()
        notes: Json = json.loads(row[0])
        return notes

    def note(self, name: str, **facts: Any) -> None:
        with self.transaction():
            notes = json.dumps(self.notes(name) | facts)
            self._base.execute("UPDATE document SET notes = ? WHERE id = ?", (notes, name))

    def set_due(self, name: str, due: float | None) -> None:
        with self._lock:
            self._base.execute("UPDATE document SET due = ? WHERE id = ?", (due, name))

    def due(self, kind: str, until: float) -> list[Json]:
        """Documents whose time has come, earliest first."""
        query = "SELECT body FROM document WHERE kind = ? AND due <= ? ORDER BY due, number"
        return self._bodies(query, (kind, until))

    def next_due(self, kind: str) -> float | None:
        with self._lock:
            query = "SELECT min(due) FROM document WHERE kind = ? AND due IS NOT NULL"
            due: float | None = self._base.execute(query, (kind,)).fetchone()[0]
        return due

    def number(self, kind: str, name: str) -> int | None:
        """Its place in the order in which documents were made."""
        with self._lock:
            query = "SELECT number FROM document WHERE kind = ? AND id = ?"
            row = self._base.execute(query, (kind, name)).fetchone()
        return None if row is None else int(row[0])

    def newest(self, kind: str) -> list[Json]:
        """All of a kind, newest first."""
        return self._bodies("SELECT body FROM document WHERE kind = ? ORDER BY number DESC", (kind,))

    def of_payment(self, kind: str, payment_intent: str) -> list[Json]:
        """All of a kind that name this payment intent, newest first."""
        query = (
            "SELECT body FROM document WHERE kind = ? AND json_extract(body, '$.payment_intent') = ?"
            " ORDER BY number DESC"
        )
        return self._bodies(query, (kind, payment_intent))

    def of_event(self, kind: str, event: str) -> list[Json]:
        """All of a kind that name this event, newest first."""
        query = "SELECT body FROM document WHERE kind = ? AND json_extract(body, '$.event') = ? ORDER BY number DESC"
        return self._bodies(query, (kind, event))

    def _bodies(self, query: str, values: tuple[Any, ...]) -> list[Json]:
        with self._lock:
            return [json.loads(row[0]) for row in self._base.execute(query, values)]

    def answer(self, key: str) -> Answer | None:
        with self._lock:
            query = "SELECT fingerprint, status, body, request_id, created FROM answer WHERE key = ?"
            row = self._base.execute(query, (key,)).fetchone()
        return None if row is None else Answer(*row)

    def keep_answer(self, key: str, answer: Answer) -> None:
        row = (key, answer.fingerprint, answer.status, answer.body, answer.request_id, answer.created)
        with self._lock:
            self._base.execute("INSERT INTO answer VALUES (?, ?, ?, ?, ?, ?)", row)

    def forget_answers(self, before: float) -> None:
        with self._lock:
            self._base.execute("DELETE FROM answer WHERE created <= ?", (before,))
