"""What functions need from elsewhere: the wheels of the lock for AWS's machines, checked by their hashes."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from release.package_error import PackageFailed

RUNTIME = "3.13"
"""The Python of AWS's runtime."""
# Lines of modules, each with what only its asynchronous clients use.
_WITHOUT = {"stripe/_http_client.py": "import asyncio\n"}
_MACHINE = ("manylinux2014_aarch64", "manylinux_2_17_aarch64", "manylinux_2_27_aarch64", "manylinux_2_28_aarch64")


LEAN = Path(__file__).parent / "lean"
"""Modules that stand in a package instead of those of a wheel, and load less."""


def unpacked(lock: Path, cache: Path) -> Path:
    """A folder with all that is in a lock, fetched once for each state of it. Raises PackageFailed."""
    instead = sorted(LEAN.glob("*/*.py"))
    state = hashlib.sha256(b"".join(path.read_bytes() for path in (lock, Path(__file__), *instead)))
    folder = cache / f"wheels-{state.hexdigest()[:16]}"
    if not folder.is_dir():
        beside = folder.with_suffix(".part")
        shutil.rmtree(beside, ignore_errors=True)
        _fetch(lock, beside)
        make_lean(beside)
        beside.rename(folder)
    return folder


def make_lean(folder: Path) -> None:
    """Put the lean modules in place of what came with the wheels, and leave out what takes long and nobody uses."""
    for path in LEAN.glob("*/*.py"):
        shutil.copyfile(path, folder / path.relative_to(LEAN))
    for name, line in _WITHOUT.items():
        text = (folder / name).read_text(encoding="utf-8")
        if text.count(line) != 1:
            raise PackageFailed(f"{name} has changed: {line.strip()!r} is not in it once. Look at release/wheels.py.")
        (folder / name).unlink()
        (folder / name).write_text(text.replace(line, "\n"), encoding="utf-8")


def _fetch(lock: Path, folder: Path) -> None:
    """Wheels only: nothing of what is fetched runs here."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile"]
    command += ["--no-deps", "--require-hashes", "--only-binary=:all:", "--target", str(folder), "-r", str(lock)]
    command += ["--implementation", "cp", "--python-version", RUNTIME]
    command += [part for machine in _MACHINE for part in ("--platform", machine)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 (our own words)
    if done.returncode:
        raise PackageFailed(f"What functions need could not be fetched. pip says:\n{done.stderr.strip()}")
