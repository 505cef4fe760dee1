"""`python -m tests.golden.regenerate`: write the expected output of the sample shop anew, to be read as a diff."""

import shutil
import tempfile
from pathlib import Path

from tests.golden.building import EXPECTED, build_sample, golden, texts


def main() -> None:
    """Build, replace what was expected, and say which files changed."""
    before = golden() if EXPECTED.exists() else {}
    with tempfile.TemporaryDirectory() as folder:
        build_sample(Path(folder))
        after = texts(Path(folder))
    shutil.rmtree(EXPECTED, ignore_errors=True)
    for name, text in after.items():
        path = EXPECTED / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    changed = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    print("\n".join(changed) or "Nothing changed.")  # noqa: T201


if __name__ == "__main__":
    main()
