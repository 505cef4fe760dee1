"""The small shop in a folder of its own, with the paths that an owner sees."""

from pathlib import Path

import pytest

from tests.plugins.content.sample import write_sample


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """content/ of the small shop, without any fault."""
    monkeypatch.chdir(tmp_path)
    write_sample(Path("content"))
    return Path("content")
