"""docs/theming.md is true: its worked example does what it says, and it names every signal."""

import re
import sys
from pathlib import Path

import pytest
from blinker import NamedSignal

from plugins import signals
from tests.golden.building import build_sample

pytestmark = pytest.mark.slow


TEXT = (Path(__file__).parents[2] / "docs" / "theming.md").read_text(encoding="utf-8")
SIGNALS = sorted(name for name, value in vars(signals).items() if isinstance(value, NamedSignal))


@pytest.mark.parametrize("name", SIGNALS)
def test_every_signal_is_explained(name: str) -> None:
    assert f"| `{name}` |" in TEXT


def test_the_worked_example_does_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Saved as the page says, and loaded by Pelican beside the shop."""
    example = next(code for code in re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL) if "def register" in code)
    (tmp_path / "workshop.py").write_text(example)
    monkeypatch.syspath_prepend(str(tmp_path))
    try:
        build_sample(tmp_path, PLUGINS=["plugins.shop", "workshop"])
    finally:
        _forget(sys.modules.pop("workshop"))
    card = (tmp_path / "output/products/card/index.html").read_text()
    print_ = (tmp_path / "output/products/tern-print/index.html").read_text()
    assert "<dt>Made</dt><dd>in our workshop</dd>" in card
    assert "in our workshop" not in print_
    assert "<!-- version 12 --></body>" in print_


def _forget(workshop: object) -> None:
    signals.product_made.disconnect(vars(workshop)["made_here"])
    signals.page_made.disconnect(vars(workshop)["with_version"])
