"""What builds remember of each other: one SQLite file that may be deleted at any time, and is then made anew.

What was learnt of products and made for pages is only as good as the key it was learnt under: when anything changed on
which every page depends (the theme, the shop's settings, this program, the day), it is forgotten. What stands in the
output is remembered all the same, so that it can be compared and cleared away.
"""

import json
import marshal
import pickle
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from plugins.fingerprint import code_state, file_state
from plugins.output import Written

T = TypeVar("T")
PATIENCE = 120  # seconds that a build waits for another one in the same folder
PAGE_SIZE = 32_768  # bytes; so that a product, with all that is remembered of it, fits into a page of the database
_MADE = "CREATE TABLE IF NOT EXISTS made (name TEXT PRIMARY KEY, key BLOB, value BLOB)"
_PICTURES = "CREATE TABLE IF NOT EXISTS pictures (name TEXT PRIMARY KEY, state TEXT, facts BLOB) WITHOUT ROWID"
_PRODUCTS = "CREATE TABLE IF NOT EXISTS products (slug TEXT PRIMARY KEY, state TEXT, facts BLOB{kinds})"


@dataclass
class _Cache:
    """What was read of a memory, for the next build in the same process; true while the file's `state` is this one.

    `products` are as `Memory.products` gives them, `outputs` a folder and what stands in it; None until they are read.
    """

    state: str = ""
    products: dict[str, tuple[str, Any]] | None = None
    outputs: tuple[str, dict[str, Written]] | None = None


_caches: dict[Path, _Cache] = {}


class AnotherBuild(Exception):
    """A build of the same shop is under way and does not end."""


_BUSY = "Another build of this shop is at work and does not end ({folder} is in use). End it, and build again."


class Memory:
    """The memory in a file, for one build at a time; another build waits until `close`.

    `kinds` are the kinds of fragments, texts that are made of a product beside its facts. Raises AnotherBuild when it
    has waited too long.
    """

    def __init__(self, path: Path, kinds: Sequence[str]) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        columns = "".join(f', "{kind}" TEXT' for kind in kinds)
        try:
            self._db = _opened(path, columns)
        except sqlite3.OperationalError as error:
            raise AnotherBuild(_BUSY.format(folder=path.parent)) from error
        except sqlite3.DatabaseError:  # damaged, or no database at all
            path.unlink()
            self._db = _opened(path, columns)
        self._path, self._kinds = path, kinds
        self._cache = _caches.pop(path, _Cache())
        if self._cache.state != file_state(path):
            self._cache = _Cache()
        self._changes = self._db.total_changes
        self._learn = f"INSERT OR REPLACE INTO products VALUES (?, ?, ?{', ?' * len(kinds)})"  # noqa: S608

    def close(self) -> None:
        """Let the next build in. What was not kept by `keep` is forgotten."""
        is_kept = self._changes == self._db.total_changes
        self._db.close()
        if is_kept:
            self._cache.state = file_state(self._path)
            _caches[self._path] = self._cache

    def keep(self) -> None:
        """Make what was remembered so far last."""
        self._db.execute("COMMIT")
        self._db.execute("BEGIN IMMEDIATE")
        self._changes = self._db.total_changes

    def made(self, name: str, key: bytes, make: Callable[[], T]) -> T:
        """What this very program made under this key before, or else what `make` makes now: anything that pickles."""
        key += code_state()
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
        self._cache.products = None
        self._db.execute("INSERT OR REPLACE INTO made VALUES ('everything', ?, x'')", (key,))
        return False

    def products(self) -> dict[str, tuple[str, Any]]:
        """The file's state and the facts of each product, by slug."""
        if self._cache.products is None:
            rows = self._db.execute("SELECT slug, state, facts FROM products")
            self._cache.products = {slug: (state, marshal.loads(facts)) for slug, state, facts in rows}  # noqa: S302
        return dict(self._cache.products)

    def learn(self, slug: str, state: str, facts: Any, fragments: Mapping[str, str]) -> None:
        """Remember a product: facts that `marshal` can write, and its fragments by kind."""
        texts = [fragments.get(kind) for kind in self._kinds]
        self._db.execute(self._learn, (slug, state, marshal.dumps(facts), *texts))
        if self._cache.products is not None:
            self._cache.products[slug] = (state, facts)

    def forget(self, slugs: Iterable[str]) -> None:
        """Forget products that are gone."""
        for slug in slugs:
            self._db.execute("DELETE FROM products WHERE slug = ?", (slug,))
            if self._cache.products is not None:
                self._cache.products.pop(slug, None)

    def fragments(self, kind: str) -> Iterator[tuple[str, str]]:
        """Slug and text of every product's fragment of a kind, by slug, as far as there is one."""
        return iter(self._db.execute(f'SELECT slug, "{kind}" FROM products WHERE "{kind}" <> \'\' ORDER BY slug'))  # noqa: S608 (kinds are ours)

    def fragments_of(self, kind: str, slugs: Iterable[str]) -> list[str]:
        """The texts of some products' fragments of a kind, in any order."""
        query = f'SELECT "{kind}" FROM products WHERE slug IN (SELECT value FROM json_each(?))'  # noqa: S608 (see above)
        return [text for (text,) in self._db.execute(query, (json.dumps(list(slugs)),))]

    def fragment(self, kind: str, slug: str) -> str:
        """The text of one product's fragment of a kind; empty when there is none."""
        row = self._db.execute(f'SELECT "{kind}" FROM products WHERE slug = ?', (slug,)).fetchone()  # noqa: S608 (see above)
        return (row and row[0]) or ""

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
        here = str(root.resolve())
        if self._cache.outputs is None or self._cache.outputs[0] != here:
            self._cache.outputs = here, self._outputs("outputs", here)
        return dict.fromkeys(self._outputs("expected", here), _UNKNOWN) | self._cache.outputs[1]

    def expect(self, root: Path, addresses: Iterable[str]) -> None:
        """Remember at once that these may be written now: even what a build leaves that is cut off is cleared away."""
        self._keep_outputs("expected", root, dict.fromkeys((*self.unfinished(root), *addresses)))
        self.keep()

    def unfinished(self, root: Path) -> tuple[str, ...]:
        """The addresses that builds which were cut off may have been writing, since the last one that was not."""
        return tuple(self._outputs("expected", str(root.resolve())))

    def remember_outputs(self, root: Path, written: dict[str, Written]) -> None:
        """Remember what stands in the output now."""
        self._cache.outputs = str(root.resolve()), written
        self._keep_outputs("outputs", root, written)
        self._keep_outputs("expected", root, {})

    def shards(self) -> dict[bytes, str]:
        """The files of the catalogue's shards by what they were made from."""
        row = self._db.execute("SELECT value FROM made WHERE name = 'shards'").fetchone()
        return marshal.loads(row[0]) if row else {}  # noqa: S302 (see above)

    def remember_shards(self, shards: Mapping[bytes, str]) -> None:
        """Remember the shards of this build; others are forgotten."""
        self._db.execute("INSERT OR REPLACE INTO made VALUES ('shards', x'', ?)", (marshal.dumps(dict(shards)),))

    def _outputs(self, name: str, here: str) -> dict[str, Any]:
        row = self._db.execute("SELECT value FROM made WHERE name = ? AND key = ?", (name, here)).fetchone()
        return marshal.loads(row[0]) if row else {}  # noqa: S302 (see above)

    def _keep_outputs(self, name: str, root: Path, files: dict[str, Any]) -> None:
        row = (name, str(root.resolve()), marshal.dumps(files))
        self._db.execute("INSERT OR REPLACE INTO made VALUES (?, ?, ?)", row)


_UNKNOWN: Written = (b"", -1, 0)


def _opened(path: Path, columns: str) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    db.execute(f"PRAGMA page_size = {PAGE_SIZE}")
    db.execute("PRAGMA synchronous = OFF")  # a power cut may cost it, and that costs one cold build
    db.execute("BEGIN EXCLUSIVE")
    db.execute("PRAGMA locking_mode = EXCLUSIVE")  # only now: one that waits must hold no lock that the other waits for
    wanted = _PRODUCTS.format(kinds=columns)
    for statement in (_MADE, _PICTURES, wanted):
        db.execute(statement)
    (found,) = db.execute("SELECT sql FROM sqlite_master WHERE name = 'products'").fetchone()
    if not wanted.endswith(found.removeprefix("CREATE TABLE")):  # an older program remembered something else of them
        db.execute("DROP TABLE products")
        db.execute(wanted)
    return db
