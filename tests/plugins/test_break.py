"""Hours with a break at noon, as pages show them."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from functions.shop.settings import Hours
from plugins.rendering import make_environment
from tests.small_shop import SETTINGS

TEMPLATES = Path(__file__).parents[2] / "theme" / "templates"
BREAK = (
    Hours("Mon–Fri", "09:00", "12:30", 0, 4),
    Hours("", "13:30", "17:00", 0, 4),
    Hours("Sat", "10:00", "14:00", 5, 5),
)
LINE = (
    '<span class="nowrap">Mon–Fri 09:00–12:30</span>, <span class="nowrap">13:30–17:00</span>, '
    '<span class="nowrap">Sat 10:00–14:00</span>'
)
WEEK = """\
<dl class="week">
<div><dt>Mon–Fri</dt><dd>09:00–12:30</dd><dd>13:30–17:00</dd></div>
<div><dt>Sat</dt><dd>10:00–14:00</dd></div>
</dl>
"""


@pytest.mark.parametrize(("part", "shown"), [("contact", LINE), ("reach", WEEK)])
def test_days_are_named_once(part: str, shown: str) -> None:
    shop = replace(SETTINGS, hours=BREAK)
    site = SimpleNamespace(today="2026-11-24")
    template = make_environment(TEMPLATES, shop, site=site).get_template(f"parts/{part}.html")
    assert shown in getattr(template.module, part)(shop)
