"""The table of rules in docs/reliability.md names each of them once, and tests that name them as well."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
ROW = re.compile(r"^\| (R\d+) \|.*\|(.*)\|$", re.MULTILINE)
TABLE = dict(ROW.findall((ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")))


def test_every_rule_has_a_row() -> None:
    assert list(TABLE) == [f"R{number}" for number in range(1, 36)]


def test_the_tests_of_a_rule_name_it() -> None:
    for rule, named in TABLE.items():
        paths = re.findall(r"`(tests/[^`]+)`", named)
        assert paths, rule
        for path in paths:
            assert re.search(rf"\b{rule}\b", (ROOT / path).read_text(encoding="utf-8")), f"{path} does not name {rule}"
