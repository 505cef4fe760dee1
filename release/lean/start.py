"""What the package `functions` does first on AWS: its dataclasses take their methods as they were compiled beforehand.

Python writes the methods of each dataclass as text and compiles that whenever it starts, which was more than a third of
a cold start. The texts are the same every time; one that is not among those at hand is compiled as ever.
"""

import dataclasses
import marshal
from pathlib import Path

_READY = marshal.loads(Path(__file__).with_name("methods.bin").read_bytes())  # noqa: S302 (it lies beside this code)


def _run(source: str, *names: dict[str, object]) -> None:
    exec(_READY.get(source, source), *names)  # noqa: S102 (as dataclasses itself does)


dataclasses.exec = _run  # type: ignore[attr-defined]
