"""What builds remember of each other: one SQLite file that may be deleted at any time, and is then made anew.

What was learnt of products and made for pages is only as good as the key it was learnt under: when anything changed on
which every page depends (the theme, the shop's settings, this program, the day), it is forgotten. What stands in the
output is remembered all the same, so that it can be compared and cleared away.
"""

import marshal
import pickle
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from plugins.output import Written

T = TypeVar("T")
PATIENCE = 120  # seconds that a build waits for another one in the same folder
_SCHEMA = """
CREATE TABLE IF NOT EXISTS made (name TEXT PRIMARY KEY, key BLOB, value BLOB);
CREATE TABLE IF NOT EXISTS products (slug TEXT PRIMARY KEY, state TEXT, facts BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS fragments (kind TEXT, slug TEXT, text TEXT, PRIMARY KEY (kind, slug)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pictures (name TEXT PRIMARY KEY, state TEXT, facts BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS outputs (address TEXT PRIMARY KEY, key BLOB, content BLOB, size INT, time INT) WITHOUT ROWID;
"""


class AnotherBuild(Exception):
    """A build of the same shop is under way and does not end."""


_BUSY = "Another build of this shop is at work and does not end ({folder} is in use). End it, and build again."


class Memory:
    """The memory in a file, for one build at a time; another build waits until `close`.

    Raises AnotherBuild when it has waited too long.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._db = _opened(path)
        except sqlite3.OperationalError as error:
            raise AnotherBuild(_BUSY.format(folder=path.parent)) from error
        except sqlite3.DatabaseError:  # damaged, or no database at all
            path.unlink()
            self._db = _opened(path)

    def close(self) -> None:
        """Let the next build in. What was not kept by `keep` is forgotten."""
        self._db.close()

    def keep(self) -> None:
        """Make what was remembered so far last."""
        self._db.execute("COMMIT")
        self._db.execute("BEGIN IMMEDIATE")

    def made(self, name: str, key: bytes, make: Callable[[], T]) -> T:
        """What was made under this key before, or else what `make` makes now; any value that can be pickled."""
        row = self._db.execute("SELECT value FROM made WHERE name = ? AND key = ?", (name, key)).fetchone()
        if row:
            value: T = pickle.loads(row[0])  # noqa: S301 (this program wrote it, into the owner's own folder)
            return value
        value = make()
        self._db.execute("INSERT OR REPLACE INTO made VALUES (?, ?, ?)", (name, key, pickle.dumps(value)))
        return value

    def learnt_under(self, key: bytes) -> bool:
        """Whether what is known of products holds under this key; if it does not, it is forgotten."""
        row = self._db.execute("SELECT key FROM made WHERE name = 'everything'").fetchone()
        if row and row[0] == key:
            return True
        self._db.execute("DELETE FROM products")
        self._db.execute("DELETE FROM fragments")
        self._db.execute("INSERT OR REPLACE INTO made VALUES ('everything', ?, x'')", (key,))
        return False

    def products(self) -> dict[str, tuple[str, Any]]:
        """The file's state and the facts of each product, by slug."""
        rows = self._db.execute("SELECT slug, state, facts FROM products")
        return {slug: (state, marshal.loads(facts)) for slug, state, facts in rows}  # noqa: S302 (see above)

    def learn(self, slug: str, state: str, facts: Any, fragments: Mapping[str, str]) -> None:
        """Remember a product: facts that `marshal` can write, and texts of several kinds that are made of it."""
        self._db.execute("INSERT OR REPLACE INTO products VALUES (?, ?, ?)", (slug, state, marshal.dumps(facts)))
        rows = ((kind, slug, text) for kind, text in fragments.items())
        self._db.executemany("INSERT OR REPLACE INTO fragments VALUES (?, ?, ?)", rows)

    def forget(self, slugs: Iterable[str], kinds: Iterable[str]) -> None:
        """Forget products that are gone, and their fragments of these kinds."""
        for slug in slugs:
            self._db.execute("DELETE FROM products WHERE slug = ?", (slug,))
            self._db.executemany("DELETE FROM fragments WHERE kind = ? AND slug = ?", [(kind, slug) for kind in kinds])

    def fragments(self, kind: str) -> Iterator[tuple[str, str]]:
        """Slug and text of every product's fragment of a kind, by slug, as far as there is one."""
        query = "SELECT slug, text FROM fragments WHERE kind = ? AND text <> '' ORDER BY slug"
        return iter(self._db.execute(query, (kind,)))

    def pictures(self) -> dict[str, tuple[str, Any]]:
        """The file's state and the facts of each picture, by its name."""
        rows = self._db.execute("SELECT name, state, facts FROM pictures")
        return {name: (state, marshal.loads(facts)) for name, state, facts in rows}  # noqa: S302

    def learn_pictures(self, pictures: Mapping[str, tuple[str, Any]], gone: Iterable[str]) -> None:
        """Remember pictures, and forget those that are gone."""
        rows = [(name, state, marshal.dumps(facts)) for name, (state, facts) in pictures.items()]
        self._db.executemany("INSERT OR REPLACE INTO pictures VALUES (?, ?, ?)", rows)
        self._db.executemany("DELETE FROM pictures WHERE name = ?", [(name,) for name in gone])

    def outputs(self, root: Path) -> dict[str, Written]:
        """What the build before left in the output folder, by address; what it left in another one is forgotten."""
        here = str(root.resolve()).encode()
        if self.made("output", b"", lambda: here) != here:
            self._db.execute("DELETE FROM outputs")
            self._db.execute("DELETE FROM made WHERE name = 'output'")
            self.made("output", b"", lambda: here)
        return self._outputs()

    def _outputs(self) -> dict[str, Written]:
        rows = self._db.execute("SELECT address, key, content, size, time FROM outputs")
        return {address: Written(*written) for address, *written in rows}

    def expect(self, addresses: Sequence[str]) -> None:
        """Remember at once that these may be written now: even what a build leaves that is cut off is cleared away."""
        rows = [(address,) for address in addresses]
        self._db.executemany("INSERT OR IGNORE INTO outputs VALUES (?, x'', x'', -1, 0)", rows)
        self.keep()

    def remember_outputs(self, written: Mapping[str, Written]) -> None:
        """Remember what stands in the output now; only what differs from before is written down."""
        before = self._outputs()
        changed = [(address, *now) for address, now in written.items() if before.get(address) != now]
        self._db.executemany("INSERT OR REPLACE INTO outputs VALUES (?, ?, ?, ?, ?)", changed)
        gone = [(address,) for address in before.keys() - written.keys()]
        self._db.executemany("DELETE FROM outputs WHERE address = ?", gone)


def _opened(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    db.execute("PRAGMA synchronous = OFF")  # a power cut may cost it, and that costs one cold build
    db.execute("PRAGMA locking_mode = EXCLUSIVE")
    db.execute("BEGIN IMMEDIATE")
    for statement in _SCHEMA.split(";"):
        db.execute(statement)
    return db
