"""Byte-code: what Python makes of sources, made beforehand, so that a function starts in half the time."""

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from release.package_error import PackageFailed

HOME = "/var/task"
"""Where AWS unpacks functions. It stands in the byte-code, so that errors name the files that are there."""
_PROGRAM = """
import json, py_compile, sys
for source, target, shown in json.loads(sys.stdin.read()):
    mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
    py_compile.compile(source, target, shown, doraise=True, invalidation_mode=mode)
"""


def version(python: Path) -> str:
    """The version of an interpreter, such as `3.13`. Raises PackageFailed when it is none."""
    asked = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        done = subprocess.run([str(python), "-I", "-c", asked], capture_output=True, text=True, check=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError) as error:
        raise PackageFailed(f"{python} is no Python that runs here.") from error
    return done.stdout.strip()


def compiled(sources: Mapping[str, Path], python: Path, folder: Path) -> dict[str, Path]:
    """The byte-code of modules by their names in the package, in a folder, where some of it may lie already.

    It is the same wherever it is made.
    """
    targets = {name: folder / f"{name}c" for name in sources}
    for target in targets.values():
        target.parent.mkdir(parents=True, exist_ok=True)
    tasks = [
        (str(sources[name]), str(targets[name]), f"{HOME}/{name}")
        for name in sorted(sources)
        if not targets[name].exists()
    ]
    # Without the columns of each instruction, which only an error that quotes its source could show.
    command = [str(python), "-I", "-S", "-X", "no_debug_ranges", "-c", _PROGRAM]
    done = subprocess.run(  # noqa: S603 (our own words)
        command, input=json.dumps(tasks), env=os.environ | {"PYTHONHASHSEED": "0"}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    if done.returncode:
        raise PackageFailed(f"The functions could not be compiled:\n{done.stderr.strip()}")
    return {f"{name}c": target for name, target in targets.items()}
