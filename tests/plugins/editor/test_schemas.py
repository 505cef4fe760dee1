"""The schemas accept every file that the shop accepts, and refuse what a schema can see."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from plugins.editor.handbook import HANDBOOK
from plugins.editor.schemas import KINDS, Kind, schema, write_schemas
from tests.plugins.advice import complete_shop
from tests.plugins.content import sample
from tests.plugins.content.cases import Case, read_cases
from tests.plugins.editor.yaml_editor import as_an_editor_reads_it

ROOT = Path(__file__).parents[3]
WORDS = HANDBOOK.read_text(encoding="utf-8")
SCHEMAS = {kind.name: Draft7Validator(schema(kind, WORDS)) for kind in KINDS}
BROKEN = read_cases(ROOT / "tests/plugins/content/broken_files.txt")
SEEN = """\
an unknown field
a missing title
a list as a title
a summary that is too long
a price with a comma
a price below zero
a product without SKU
a SKU with a space
a price and a stock beside variants
variants without options
options without variants
an option that is no list
half a piece in stock
a weight without unit
an unknown status
collection and collections
no collection at all
an empty list of pictures
a picture without alt text
prices that neither contain tax nor do not
"""


def kind_of(name: str) -> Kind:
    return next(kind for kind in KINDS if Path("content", name).match(kind.files))


def complaints(name: str, text: str) -> list[str]:
    fields = as_an_editor_reads_it(text, name)
    found = SCHEMAS[kind_of(name).name].iter_errors(fields)
    return [f"{name}: {'/'.join(map(str, error.path))}: {error.message}" for error in found]


def demo_files() -> Iterator[tuple[str, str]]:
    for kind in KINDS:
        for path in sorted(ROOT.glob(kind.files)):
            yield path.relative_to(ROOT / "content").as_posix(), path.read_text(encoding="utf-8")


def breaks(case: Case) -> bool:
    """Whether the mistake is seen by the schema; a file that is no YAML is seen by the editor itself."""
    file, good, bad = case.changes[0]
    try:
        return bool(complaints(file, f"\n{sample.FILES[file]}".replace(f"\n{good}", f"\n{bad}")[1:]))
    except (yaml.YAMLError, IndexError):
        return True


@pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])
def test_each_schema_is_one(kind: Kind) -> None:
    Draft7Validator.check_schema(schema(kind, WORDS))


DEMO = list(demo_files())


@pytest.mark.parametrize(("name", "text"), DEMO, ids=[name for name, _ in DEMO])
def test_every_file_of_the_demo_shop_is_accepted(name: str, text: str) -> None:
    assert complaints(name, text) == []


@pytest.mark.parametrize("files", [sample.FILES, complete_shop.FILES], ids=["small", "complete"])
def test_the_files_of_the_shops_in_tests_are_accepted(files: dict[str, str]) -> None:
    assert [complaint for name, text in files.items() for complaint in complaints(name, text)] == []


def test_most_mistakes_are_seen_while_somebody_writes() -> None:
    refused = [case.name for case in BROKEN if breaks(case)]
    assert set(SEEN.splitlines()) <= set(refused)
    assert len(refused) >= 110


@pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])
def test_every_field_has_the_handbook_s_words(kind: Kind) -> None:
    fields = schema(kind, WORDS)["properties"]
    assert [name for name, field in fields.items() if not field.get("description")] == []


def test_a_hint_says_what_it_is_and_what_to_write() -> None:
    weight = schema(KINDS[0], WORDS)["properties"]["weight"]
    assert weight == {
        "description": "What one weighs, packed. Write: `180 g` or `1.2 kg`",
        "type": ["string", "null"],
        "pattern": r"^(?:(\d{1,6}) ?g|(\d{1,3})(?:\.(\d{1,3}))? ?kg)$",
        "examples": ["180 g", "1.2 kg"],
    }


def test_without_a_handbook_there_are_schemas_all_the_same() -> None:
    fields: dict[str, Any] = schema(KINDS[0], "")["properties"]
    assert fields["title"]["description"] == "Write title: and the product's name"


def test_the_build_has_a_schema_of_each_kind(tmp_path: Path) -> None:
    write_schemas(tmp_path)
    written = {path.stem: json.loads(path.read_text()) for path in (tmp_path / "schemas").iterdir()}
    assert written == {kind.name: schema(kind, WORDS) for kind in KINDS}
