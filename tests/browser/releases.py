"""A shop's private build that goes on: copied, so that another release can be put in force while the shop runs."""

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

LOOKED_AT = 2.1
"""Seconds after which a running shop has looked which release is in force."""


def copied(build: Path, folder: Path) -> Path:
    """What functions read of a build, in a folder of its own."""
    for part in ("catalogue", "templates"):
        shutil.copytree(build / part, folder / part)
    shutil.copy(build / "release.json", folder)
    return folder


def switch(build: Path, *, variant: Callable[[dict[str, Any]], Any], settings: Callable[[dict[str, Any]], Any]) -> None:
    """Put a release in force whose variants and settings, as JSON, have been changed in place."""
    release = json.loads((build / "release.json").read_text(encoding="utf-8"))
    known = _read(build, release["settings"])
    settings(known)
    release["settings"] = _kept(build, known)
    release["shards"] = [_changed(build, shard, variant) for shard in release["shards"]]
    release["id"] = hashlib.sha256(json.dumps(release).encode()).hexdigest()[:16]
    (build / "release.json").write_text(json.dumps(release), encoding="utf-8")


def _changed(build: Path, name: str, variant: Callable[[dict[str, Any]], Any]) -> str:
    shard = _read(build, name)
    for one in shard.values():
        variant(one)
    return _kept(build, shard)


def _read(build: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((build / "catalogue" / name).read_text(encoding="utf-8"))
    return found


def _kept(build: Path, value: dict[str, Any]) -> str:
    text = json.dumps(value)
    name = hashlib.sha256(text.encode()).hexdigest()
    (build / "catalogue" / name).write_text(text, encoding="utf-8")
    return name
