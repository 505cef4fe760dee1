"""A release: the private side of a build, as content-addressed files and one small list of their hashes."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from functions.shop.catalogue import shard_of
from functions.shop.record import to_json
from functions.shop.settings import Settings
from plugins import signals
from plugins.fingerprint import fingerprint
from plugins.json_text import quoted_ascii
from plugins.output import replace_file, replace_if_other

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
SHARD_SIZE = 256  # variants in a shard, about; a quote reads one shard for each of its lines at most
LOT = 32  # shards whose variants are looked up together: those of each are spread over all that is remembered


@dataclass(frozen=True, slots=True)
class Sold:
    """All that can be bought. `prints` names what is known of each SKU by a fingerprint, `texts` gives the JSON texts
    of some SKUs, and `known` are the files of shards by what they were made from, as the build before left them.
    """

    prints: Mapping[str, bytes]
    texts: Callable[[Sequence[str]], Mapping[str, str]]
    known: Mapping[bytes, str] = field(default_factory=dict)

    @classmethod
    def of(cls, variants: Mapping[str, str]) -> Self:
        """Of JSON texts by SKU."""
        return cls({sku: fingerprint(text) for sku, text in variants.items()}, lambda _: variants)


def write_shards(build: Path, sold: Sold) -> dict[bytes, str]:
    """Write the shards of the catalogue that are not there, and name the files of all by what they were made from."""
    keyed = {_key(skus, sold.prints): skus for skus in shards(sorted(sold.prints))}
    names = {key: sold.known.get(key, "") for key in keyed}
    missing = [key for key, name in names.items() if not name or not (build / "catalogue" / name).exists()]
    for start in range(0, len(missing), LOT):
        lot = missing[start : start + LOT]
        texts = sold.texts([sku for key in lot for sku in keyed[key]])
        names |= {key: _kept(build, _object(keyed[key], texts)) for key in lot}
    return names


def write_release(
    build: Path,
    settings: Settings,
    chrome: str,
    shards: Iterable[str],
    assets: Mapping[str, str],
    files: Mapping[str, str],
) -> str:
    """Write a release into `build` and put it in force; its list is written last. Gives the release's id.

    `shards` are the files of the catalogue, in their order; `assets` the addresses of those files of the theme that
    function pages name themselves; `files` the names under which the files that are sold are kept.
    """
    release = {
        "settings": _kept(build, canonical_json(to_json(settings))),
        "chrome": _kept(build, chrome),
        "assets": dict(assets),
        "files": dict(files),
        "shards": [*shards],
    }
    release_id = _hash(canonical_json(release))[:16]
    replace_if_other(build / "release.json", canonical_json({"id": release_id} | release).encode())
    signals.released(release_id, build)
    return release_id


def shards(skus: Sequence[str]) -> list[list[str]]:
    """The SKUs, spread over a power of two of shards."""
    count = 1
    while count * SHARD_SIZE < len(skus):
        count *= 2
    found: list[list[str]] = [[] for _ in range(count)]
    for sku in skus:
        found[shard_of(sku, count)].append(sku)
    return found


def canonical_json(value: Any) -> str:
    """One text for one value."""
    return _ENCODER.encode(value)


def _key(skus: Sequence[str], prints: Mapping[str, bytes]) -> bytes:
    return fingerprint("\n".join(skus), b"".join([prints[sku] for sku in skus]))


def _object(skus: Sequence[str], variants: Mapping[str, str]) -> str:
    return "{" + ",".join(f"{quoted_ascii(sku)}:{variants[sku]}" for sku in skus) + "}"


def _kept(build: Path, text: str) -> str:
    name = _hash(text)
    path = build / "catalogue" / name
    if not path.exists():
        replace_file(path, text.encode())
    return name


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
