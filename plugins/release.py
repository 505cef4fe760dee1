"""A release: the private side of a build, as content-addressed files and one small list of their hashes."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from functions.shop.catalogue import shard_of
from functions.shop.record import to_json
from functions.shop.settings import Settings
from plugins import signals
from plugins.json_text import quoted_ascii
from plugins.output import replace_file, replace_if_other

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
SHARD_SIZE = 256  # variants in a shard, about; a quote reads one shard for each of its lines at most


def write_release(
    build: Path,
    settings: Settings,
    chrome: str,
    variants: Mapping[str, str],
    assets: Mapping[str, str],
    files: Mapping[str, str],
) -> str:
    """Write a release into `build` and put it in force; its list is written last. Gives the release's id.

    `variants` are the JSON texts of all that can be bought, by SKU; `assets` the addresses of those files of the theme
    that function pages name themselves, `files` the names under which the files that are sold are kept.
    """
    release = {
        "settings": _kept(build, canonical_json(to_json(settings))),
        "chrome": _kept(build, chrome),
        "assets": dict(assets),
        "files": dict(files),
        "shards": [_kept(build, _object(shard, variants)) for shard in shards(sorted(variants))],
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
