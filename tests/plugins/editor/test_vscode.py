"""VS Code: the files in the repository are the generator's, and its problem matcher reads what is really printed."""

import json
import re
from pathlib import Path

import pytest

from plugins.advice.checkup import Finding
from plugins.content import Fault
from plugins.editor.schemas import KINDS
from plugins.editor.vscode import FINDING, files
from tests.plugins.content.cases import Case, read_cases

ROOT = Path(__file__).parents[3]
BROKEN = read_cases(ROOT / "tests/plugins/content/broken_files.txt")


@pytest.mark.parametrize("name", sorted(files()))
def test_the_committed_files_are_what_the_generator_writes(name: str) -> None:
    written = (ROOT / name).read_text(encoding="utf-8")
    assert written == files()[name], "write them anew: .venv/bin/python -m plugins.editor.vscode"


def test_every_yaml_file_has_a_schema_that_the_build_writes() -> None:
    schemas = json.loads(files()[".vscode/settings.json"])["yaml.schemas"]
    assert schemas == {
        "./build/schemas/shop.json": "content/shop/shop.yaml",
        "./build/schemas/shipping.json": "content/shop/shipping.yaml",
        "./build/schemas/tax.json": "content/shop/tax.yaml",
        "./build/schemas/promotions.json": "content/shop/promotions.yaml",
    }
    assert all((ROOT / path).is_file() for path in schemas.values())
    assert {Path(path).stem for path in schemas} <= {kind.name for kind in KINDS}


@pytest.mark.parametrize("case", BROKEN, ids=[case.name for case in BROKEN])
def test_the_problem_matcher_reads_every_fault(case: Case) -> None:
    for line in case.said:
        found = re.match(FINDING, line)
        assert found is not None
        path, at, column, severity, message = found.groups()
        assert severity is None
        assert f"{path}:{at}:{column}: {message}" == line


def test_the_problem_matcher_tells_a_warning_from_a_fault() -> None:
    line = str(Finding(Fault("content/products/mug.md", 3, 10, "summary", "has 6 characters; write more"), True))
    found = re.match(FINDING, line)
    assert found is not None
    assert found.groups() == ("content/products/mug.md", "3", "10", "warning", "summary: has 6 characters; write more")


@pytest.mark.parametrize(
    "line",
    [" 78 Isobar Mug: How heavy is it?", "", "Nothing is wrong. 3 warnings; the products tell 92 of 100 points."],
)
def test_the_problem_matcher_leaves_everything_else_alone(line: str) -> None:
    assert re.match(FINDING, line) is None
