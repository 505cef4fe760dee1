"""Search: what can be found, and the index in which a browser looks for it. Pagefind makes the index and reads it.

We speak with Pagefind's service over its pipe as its own Python library does, which however waits a tenth of a second
for each record (pagefind/service/__init__.py). Of the files that it writes we publish those that a search needs.
"""

import base64
import hashlib
import json
import re
import subprocess
from collections.abc import Callable, Iterable
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Any

from markupsafe import Markup

from functions.language import words_in
from functions.shop.settings import Settings
from plugins.fingerprint import file_state, fingerprint
from plugins.json_text import quoted_ascii
from plugins.once import amounts
from plugins.output import replace_file
from plugins.views import Collection, Page, Post, Product
from plugins.words import words_of

FOLDER = "search/pagefind"  # in the output; functions/web/headers.py knows it too
WORKER = Path(__file__).with_name("search_worker.js")
AHEAD = 64  # records that are sent before answers are read; more only cost memory
_ENTRY = "pagefind-entry.json"
_OURS = {"pagefind.js", _ENTRY}
_NAMED_BY_CONTENT = re.compile(r"\.pf_(?:fragment|index|meta)$")


class SearchFailed(Exception):
    """Pagefind did not do what it was asked, and says why."""


def product_record(product: Product, settings: Settings) -> str:
    """What can be found of a product: its texts, its options, and the SKUs of its variants."""
    options = chain.from_iterable(product.options.values())
    skus = [offer.variant.sku for offer in product.offers]
    words = (product.title, product.summary, *options, *skus, product.material, *product.specs.values(), product.body)
    price = amounts(settings)(product.price_from)
    if product.prices_differ:
        price = words_in(settings.language).say("from {amount}", amount=price)
    shown = {"title": product.title, "kind": "product", "price": price, "image": product.images[0].small}
    return _record(product.path, _text(words), shown, settings.language)


def text_record(page: Collection | Page | Post, language: str) -> str:
    """What can be found of a collection, page or post: its texts."""
    picture = None if isinstance(page, Page) else page.image
    shown = {"title": page.title, "kind": type(page).__name__.casefold(), "image": picture.small if picture else ""}
    return _record(page.path, _text((page.title, page.summary, page.body)), shown, language)


def write_index(key: str, records: Callable[[], Iterable[str]], folder: Path, note: Path) -> bool:
    """Bring the index in `folder` up to date, and tell whether there was anything to do.

    `key` changes whenever `records` may have changed, so that they need not be looked at when it is the same. `note`
    remembers what was indexed and how its folders were left, which tells whether somebody took a file away or put one
    there; it is gone while an index is written. The list of an index is written last, and its old files are deleted
    after that. Raises SearchFailed.
    """
    key_before, digest_before, state_before = _noted(note)
    is_whole = state_before == _state(folder)
    if is_whole and key_before == key:
        return False
    found = list(records())
    digest = _digest(found)
    is_new = not is_whole or digest_before != digest
    if is_new:
        note.unlink(missing_ok=True)
        _renew(found, folder)
    replace_file(note, f"{key} {digest} {_state(folder)}".encode())
    return is_new


def _noted(note: Path) -> tuple[str, str, str]:
    """The key, the digest and the state that the build before left; empty when there is none."""
    words = note.read_text().split() if note.exists() else []
    key, digest, state, *_ = (*words, "", "", "")
    return key, digest, state


def _state(folder: Path) -> str:
    """Changes when a file comes, goes or is replaced in an index. Those in its folders, which may be very many, are not
    looked at one by one: a folder's own state tells.
    """
    return fingerprint(*map(file_state, (folder, *sorted(folder.glob("*"))))).hex()


def _executable() -> str:
    from pagefind.service import get_executable  # noqa: PLC0415 (it loads slowly, and most builds do not ask)

    return str(get_executable())


def _text(parts: Iterable[str]) -> str:
    return " ".join([words_of(part) if type(part) is Markup else part for part in parts if part])


def _record(path: str, text: str, shown: dict[str, str], language: str) -> str:
    """A request to Pagefind: `text` is all that is looked through, `shown` what is shown of it."""
    meta = ", ".join([f'"{name}": {quoted_ascii(value)}' for name, value in shown.items() if value])
    return (
        f'{{"type": "AddRecord", "index_id": 0, "filters": null, "sort": null, "url": {quoted_ascii(path)}, '
        f'"content": {quoted_ascii(text)}, "language": {quoted_ascii(language.split("-", 1)[0])}, "meta": {{{meta}}}}}'
    )


def _digest(records: Iterable[str]) -> str:
    digest = hashlib.sha256(_executable().encode() + WORKER.read_bytes())
    for record in records:
        digest.update(record.encode())
    return digest.hexdigest()


def _renew(records: Iterable[str], folder: Path) -> None:
    """Write what is new of an index, its list last, and delete what is no longer part of it."""
    made = _made(records)
    for name in sorted(made, key=lambda name: name == _ENTRY):
        if not (_NAMED_BY_CONTENT.search(name) and (folder / name).exists()):
            replace_file(folder / name, made[name])
    for path in folder.rglob("*"):
        if path.is_file() and path.relative_to(folder).as_posix() not in made:
            path.unlink()


def _made(records: Iterable[str]) -> dict[str, bytes]:
    """The files of an index that a search needs, by name."""
    with _Service() as service:
        service.ask([json.dumps({"type": "NewIndex", "config": {"write_playground": False}})])
        service.ask(records)
        answer = service.ask([json.dumps({"type": "GetFiles", "index_id": 0})])
    files = {file["path"]: base64.b64decode(file["content"]) for file in answer["files"]}
    needed = {*_OURS, *(f"wasm.{one['wasm'] or 'unknown'}.pagefind" for one in _languages(files[_ENTRY]))}
    found = {name: files[name] for name in files if name in needed or _NAMED_BY_CONTENT.search(name)}
    return found | {"worker.js": WORKER.read_bytes()}


def _languages(entry: bytes) -> Iterable[dict[str, str]]:
    """The languages of an index; each has a compiled engine of its own, or shares one with all others."""
    languages: dict[str, dict[str, str]] = json.loads(entry)["languages"]
    return languages.values()


class _Service:
    """Pagefind's indexer as a process of its own: requests and answers are JSON in base64, each ended by a comma."""

    def __enter__(self) -> "_Service":
        self._process = subprocess.Popen(  # noqa: S603
            [_executable(), "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._rest = [b""]
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.kill()
        with suppress(BrokenPipeError):
            self._process.communicate()

    def ask(self, requests: Iterable[str]) -> dict[str, Any]:
        """Send requests, wait until all are answered and give the last answer. Raises SearchFailed."""
        try:
            return self._ask(requests)
        except BrokenPipeError as error:
            raise SearchFailed(_STOPPED) from error

    def _ask(self, requests: Iterable[str]) -> dict[str, Any]:
        pipe, unanswered = self._process.stdin, 0
        answers: list[dict[str, Any]] = [{}]
        assert pipe is not None  # noqa: S101
        for request in requests:
            pipe.write(base64.b64encode(f'{{"message_id":0,"payload":{request}}}'.encode()) + b",")
            unanswered += 1
            if unanswered >= AHEAD:
                pipe.flush()
                unanswered -= len(self._answers())
        pipe.flush()
        while unanswered > 0:
            answers = self._answers()
            unanswered -= len(answers)
        return answers[-1]

    def _answers(self) -> list[dict[str, Any]]:
        """The answers that have come, one at least."""
        pipe = self._process.stdout
        assert pipe is not None  # noqa: S101
        while b"," not in self._rest[-1]:
            self._rest.append(pipe.read1(1 << 16))  # type: ignore[attr-defined]
            if not self._rest[-1]:
                raise SearchFailed(_STOPPED)
        *texts, rest = b"".join(self._rest).split(b",")
        self._rest = [rest]
        return [_payload(text) for text in texts]


def _payload(answer: bytes) -> dict[str, Any]:
    payload: dict[str, Any] = json.loads(base64.b64decode(answer))["payload"]
    if payload["type"] == "Error":
        raise SearchFailed(f"Pagefind says: {payload['message']}")
    return payload


_STOPPED = "Pagefind stopped before it was done"
