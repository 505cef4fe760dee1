"""The builder: a process that has everything loaded and builds again and again, because starting takes longer than
building.
"""

import os
import subprocess
import sys
from collections.abc import Collection, Mapping
from pathlib import Path

PROGRAM = ("plugins", "functions", "pelicanconf.py")
"""What the builder has loaded; when that changes, it is started anew."""


class Builder:
    """Builds the shop in a process of its own, with these settings in its environment. Faults are printed by it."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None
        self._answers = -1

    def build(self, changed: Collection[str] = ()) -> bool:
        """Build, and tell whether that went well. `changed` are the files for whose sake it is done."""
        if any(Path(path).resolve().is_relative_to(Path(part).resolve()) for path in changed for part in PROGRAM):
            self.close()
        process = self._running()
        try:
            if process.stdin:
                process.stdin.write(b"build\n")
                process.stdin.flush()
        except BrokenPipeError:
            pass  # it has ended; the answer below says so
        if answer := os.read(self._answers, 1):
            return answer == b"y"
        self.close()  # it ended without an answer, and has said why
        return False

    @property
    def process_id(self) -> int:
        """The process that builds; 0 when there is none."""
        return self._process.pid if self._process else 0

    def close(self) -> None:
        """End the process."""
        if self._process:
            self._process.terminate()
            self._process.communicate(timeout=10)
            os.close(self._answers)
            self._process = None

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is None:
            self._answers, answering = os.pipe()
            command = [sys.executable, "-m", "plugins.build", "--stay", str(answering)]
            self._process = subprocess.Popen(  # noqa: S603
                command, env=os.environ | dict(self._settings), stdin=subprocess.PIPE, pass_fds=(answering,)
            )
            os.close(answering)
        return self._process
