"""A release: the private side of a build, as content-addressed files and one small list of their hashes."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from functions.shop.record import to_json
from functions.shop.settings import Settings
from plugins import signals
from plugins.output import replace_file, replace_if_other

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def write_release(
    build: Path, settings: Settings, chrome: str, shards: Sequence[str], assets: Mapping[str, str]
) -> str:
    """Write a release into `build` and put it in force; its list is written last. Gives the release's id.

    `shards` are the names of all that can be bought (catalogue.py); `assets` the addresses of those files of the theme
    that function pages name themselves.
    """
    release = {
        "settings": kept(build, canonical_json(to_json(settings))),
        "chrome": kept(build, chrome),
        "assets": dict(assets),
        "shards": list(shards),
    }
    release_id = _hash(canonical_json(release))[:16]
    replace_if_other(build / "release.json", canonical_json({"id": release_id} | release).encode())
    signals.released(release_id, build)
    return release_id


def canonical_json(value: Any) -> str:
    """One text for one value."""
    return _ENCODER.encode(value)


def kept(build: Path, text: str) -> str:
    """Keep a text under its hash, which is its name; gives that."""
    name = _hash(text)
    path = kept_path(build, name)
    if not path.exists():
        replace_file(path, text.encode())
    return name


def kept_path(build: Path, name: str) -> Path:
    """Where a text of that name is kept."""
    return build / "catalogue" / name


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
