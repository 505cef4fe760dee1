"""What the package `functions` does first on AWS: dataclasses take their methods and regular expressions their code as
these were compiled beforehand, and rubbish is looked for less often, for nothing of what a start makes is any.

Python writes the methods of each dataclass as text and compiles that whenever it starts, and compiles a hundred
patterns by programs written in Python; that was two fifths of a cold start. All of it is the same every time; what is
not among that at hand is compiled as ever, and so is every pattern in a Python whose machine for them is another one.
"""

import _sre  # type: ignore[import-not-found]
import dataclasses
import gc
import marshal
import re
from pathlib import Path
from typing import Any

_THINGS = 50_000  # made since the last look; Python looks after 2,000, some fifty times while a function starts
_METHODS, _PATTERNS, _MACHINE = marshal.loads(Path(__file__).with_name("ready.bin").read_bytes())  # noqa: S302 (ours)
_compile: Any = re._compiler.compile  # type: ignore[attr-defined]


def _run(source: str, *names: dict[str, object]) -> None:
    exec(_METHODS.get(source, source), *names)  # noqa: S102 (as dataclasses itself does)


def _pattern(text: str | bytes, flags: int = 0) -> re.Pattern[Any]:
    ready = _PATTERNS.get((text, flags))
    made: re.Pattern[Any] = _sre.compile(text, *ready) if ready else _compile(text, flags)
    return made


dataclasses.exec = _run  # type: ignore[attr-defined]
if _MACHINE == _sre.MAGIC:
    re._compiler.compile = _pattern  # type: ignore[attr-defined]
gc.set_threshold(_THINGS)
