"""A release: the private side of a build, as content-addressed files and one small list of their hashes."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from functions.shop.catalogue import Variant, shard_of
from functions.shop.record import to_json
from functions.shop.settings import Settings
from plugins import signals
from plugins.output import replace_file

SHARD_SIZE = 256  # variants in a shard, about; a quote reads one shard for each of its lines at most


def write_release(
    build: Path, settings: Settings, chrome: str, variants: Iterable[Variant], assets: Mapping[str, str]
) -> str:
    """Write a release into `build` and put it in force; its list is written last. Gives the release's id.

    `assets` are the addresses of those files of the theme that function pages name themselves.
    """
    release = {
        "settings": _kept(build, _canonical(to_json(settings))),
        "chrome": _kept(build, chrome),
        "assets": dict(assets),
        "shards": [_kept(build, _canonical(shard)) for shard in shards(list(variants))],
    }
    release_id = _hash(_canonical(release))[:16]
    replace_file(build / "release.json", _canonical({"id": release_id} | release).encode())
    signals.released(release_id, build)
    return release_id


def shards(variants: list[Variant]) -> list[dict[str, Any]]:
    """The variants by SKU, spread over a power of two of shards."""
    count = 1
    while count * SHARD_SIZE < len(variants):
        count *= 2
    found: list[dict[str, Any]] = [{} for _ in range(count)]
    for variant in variants:
        found[shard_of(variant.sku, count)][variant.sku] = to_json(variant)
    return found


def _kept(build: Path, text: str) -> str:
    name = _hash(text)
    path = build / "catalogue" / name
    if not path.exists():
        replace_file(path, text.encode())
    return name


def _canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
