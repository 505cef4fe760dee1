"""Packages of a small shop, made of this repository's functions and of what is installed here."""

import importlib.util
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from plugins.mails import inlined_mails, publish_mails
from release.groups import GROUPS
from release.packages import Package, make_packages
from release.wheels import make_lean
from tests.small_shop import write_release

ROOT = Path(__file__).parents[2]
HERE = f"{sys.version_info[0]}.{sys.version_info[1]}"
_MODULES = {"typing-extensions": "typing_extensions", "pillow": "PIL"}
_CALL = """
import importlib, json, sys, time
began = time.perf_counter()
home, group, events = json.loads(sys.argv[1])
sys.path[:0] = [home]
handler = importlib.import_module(f"functions.lambda_{group}").handler
answers = [handler(event, None) for event in events]
print(json.dumps([answers, (time.perf_counter() - began) * 1000, sorted(sys.modules)]))
"""


def shop(folder: Path) -> Path:
    """A shop that was built: the repository's functions and theme, and a small release."""
    root = folder / "shop"
    root.mkdir()
    for name in ("functions", "theme"):
        (root / name).symlink_to(ROOT / name)
    write_release(root / "build")
    publish_mails(inlined_mails(root / "theme" / "templates"), root / "build")
    return root


def wheels(folder: Path) -> Path:
    """What the lock of the functions names, as it is installed here, for that is had without the network."""
    target = folder / "wheels"
    target.mkdir()
    lock = (ROOT / "requirements-functions.txt").read_text(encoding="utf-8")
    for name in re.findall(r"^([a-z0-9-]+)==", lock, re.MULTILINE):
        _installed(_MODULES.get(name, name.replace("-", "_")), target)
    make_lean(target)
    return target


def _installed(name: str, target: Path) -> None:
    spec = importlib.util.find_spec(name)
    assert spec
    assert spec.origin
    if not spec.submodule_search_locations:
        shutil.copyfile(spec.origin, target / f"{name}.py")
    elif name in {"werkzeug", "jinja2", "PIL", "stripe"}:  # some of these is replaced
        types = shutil.ignore_patterns("params", "__pycache__")
        shutil.copytree(Path(spec.origin).parent, target / name, ignore=types)
    else:
        (target / name).symlink_to(Path(spec.origin).parent)


def packed(
    folder: Path, *, root: Path | None = None, runtime: str = HERE, groups: Sequence[str] = tuple(GROUPS)
) -> dict[str, Package]:
    """Packages of a small shop, or of the one in `root`, compiled by the Python of the tests as if AWS had the version
    `runtime`.
    """
    made = make_packages(
        root or shop(folder),
        folder / "zips",
        wheels=wheels(folder),
        python=Path(sys.executable),
        runtime=runtime,
        groups=[GROUPS[name] for name in groups],
    )
    return {package.group: package for package in made}


def unzipped(package: Package, folder: Path) -> Path:
    """A package as AWS lays it out."""
    target = folder / package.group
    with zipfile.ZipFile(package.path) as packed:
        packed.extractall(target)
    return target


def called(
    home: Path, group: str, events: Sequence[Mapping[str, Any]], environ: Mapping[str, str]
) -> tuple[list[Any], float, list[str]]:
    """What a function answers in an interpreter of its own that sees nothing but its package, how many milliseconds
    it took from its first line, and what is loaded then. It stands somewhere else, for nobody promises where.
    """
    command = [sys.executable, "-I", "-S", "-B", "-c", _CALL, json.dumps([str(home), group, events])]
    done = subprocess.run(command, cwd="/", env=dict(environ), capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    answers, milliseconds, modules = json.loads(done.stdout.splitlines()[-1])
    return answers, milliseconds, modules
