"""The parts of the theme: each describes itself truly, and what it says it shows it does show."""

import re
from datetime import date
from pathlib import Path

import pytest

from plugins.parts import Part, UnclearPart, parts_of, read_part
from plugins.parts_page import write_parts

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "theme" / "templates" / "parts").glob("*.html"))
SIGN = """{#
  The shop's sign,
  over a line of sea.
  sign(size, loud=False): how large it is;
  whether one hears it
  Example: {{ sign(3) }}
  Example, loud: {{ sign(3, True) }}
#}
{% from "parts/mark.html" import mark %}
{% macro sign(size, loud=False) -%}
{{ size }}
{%- endmacro %}
"""


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_part_is_one_macro_and_says_what_it_is_what_it_takes_and_how_it_looks(file: Path) -> None:
    """The macro has the file's name, and the description its true parameters."""
    part = read_part(file)
    assert part.name == file.stem
    assert part.about
    assert part.takes


def test_every_example_of_every_part_can_be_shown(tmp_path: Path) -> None:
    """Each is found on the page of all parts, in each look, and no name of a place stands there twice."""
    page = write_parts(ROOT / "theme", tmp_path, date(2026, 11, 24)).read_text()
    for part in parts_of(ROOT / "theme" / "templates"):
        assert f'<section class="part" id="part-{part.name}"' in page
    shown = sum(len(part.examples) for part in parts_of(ROOT / "theme" / "templates"))
    assert page.count('<figure class="part-example">') == shown
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert sorted(set(ids)) == sorted(ids)


def test_what_the_page_of_parts_names_is_there(tmp_path: Path) -> None:
    """Its sheets, its script and its pictures; links lead into a shop that is none."""
    page = write_parts(ROOT / "theme", tmp_path, date(2026, 11, 24)).read_text()
    for address in re.findall(r'(?:href|src)="(/_parts/[^"#]*)"', page):
        target = tmp_path / (address + "index.html" if address.endswith("/") else address).lstrip("/")
        assert target.is_file(), address


def test_a_part_is_read_from_the_description_at_its_top(tmp_path: Path) -> None:
    """Over as many lines as it takes."""
    part = read_part(_written(tmp_path, SIGN))
    assert part == Part(
        name="sign",
        about="The shop's sign, over a line of sea.",
        signature="sign(size, loud=False)",
        takes="how large it is; whether one hears it",
        examples=part.examples,
    )
    assert [(example.state, example.source) for example in part.examples] == [
        ("", "{{ sign(3) }}"),
        ("loud", "{{ sign(3, True) }}"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("macro sign(", "macro other(", "sign.html: holds the macros other; let it hold one macro called sign"),
        (SIGN, "", "sign.html: holds no macro; let it hold one macro called sign"),
        ("sign(size, loud=False):", "sign(size):", "sign.html: its macro is sign(size, loud=False); write that"),
        ("Example", "For example", "sign.html: has no example; write `Example: {{ sign(size, loud=False) }}`"),
        ("{#\n", "<!-- ", "sign.html: begins without a description"),
    ],
)
def test_a_part_that_does_not_describe_itself_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    """In words that say what to write."""
    with pytest.raises(UnclearPart) as refused:
        read_part(_written(tmp_path, SIGN.replace(old, new)))
    assert str(refused.value).startswith(said)


def _written(folder: Path, text: str) -> Path:
    path = folder / "sign.html"
    path.write_text(text)
    return path
