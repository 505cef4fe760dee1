"""The demo shop tells everything, so that whoever copies it begins with what is right."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from plugins.advice.checkup import checkup

ROOT = Path(__file__).parents[3]
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_the_demo_shop_has_no_warning_and_every_product_full_points(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    found = checkup(Path("content"), Path("theme/templates"), NOW)
    assert [str(finding) for finding in found.findings] == []
    assert [score for score in found.scores if score.points < 100] == []
    assert len(found.scores) > 15
