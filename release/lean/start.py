"""What the package `functions` does first on AWS: its dataclasses take their methods as they were compiled beforehand,
and rubbish is looked for less often, for nothing of what a start makes is any.

Python writes the methods of each dataclass as text and compiles that whenever it starts, which was more than a third of
a cold start. The texts are the same every time; one that is not among those at hand is compiled as ever.
"""

import dataclasses
import gc
import marshal
from pathlib import Path

_THINGS = 50_000  # made since the last look; Python looks after 2,000, some fifty times while a function starts
_READY = marshal.loads(Path(__file__).with_name("methods.bin").read_bytes())  # noqa: S302 (it lies beside this code)


def _run(source: str, *names: dict[str, object]) -> None:
    exec(_READY.get(source, source), *names)  # noqa: S102 (as dataclasses itself does)


dataclasses.exec = _run  # type: ignore[attr-defined]
gc.set_threshold(_THINGS)
