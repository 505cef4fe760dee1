"""Broken files, one mistake each: the owner reads the right line, and what to write."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from plugins.content import ContentFaults, load
from tests.plugins.content.sample import FILES, TODAY, write


class Broken(NamedTuple):
    """A mistake made in one file of the small shop, and what is said about it."""

    mistake: str
    file: str
    good: str
    bad: str
    faults: list[str]


def _broken_files() -> Iterator[Broken]:
    text = Path(__file__).with_name("broken_files.txt").read_text()
    for case in text.split("\n## ")[1:]:
        mistake, file, *lines = case.rstrip("\n").split("\n")
        good, bad = _lines(lines, "- "), _lines(lines, "+ ")
        faults = [f"content/{line}" for line in lines if line[:2] not in {"- ", "+ ", "  "}]
        yield Broken(mistake, file.removeprefix("@ "), good, bad, faults)


def _lines(lines: list[str], sign: str) -> str:
    return "".join(line[2:] + "\n" for line in lines if line[:2] in {sign, "  "})


BROKEN = list(_broken_files())


@pytest.mark.parametrize("broken", BROKEN, ids=[broken.mistake for broken in BROKEN])
def test_each_mistake_is_answered_with_its_place_and_what_to_write(broken: Broken, shop: Path) -> None:
    text = FILES[broken.file]
    assert f"\n{text}".count(f"\n{broken.good}") == 1
    write(shop / broken.file, f"\n{text}".replace(f"\n{broken.good}", f"\n{broken.bad}")[1:])
    with pytest.raises(ContentFaults) as raised:
        load(shop, TODAY)
    assert [str(fault) for fault in raised.value.faults] == broken.faults


def test_the_table_holds_more_than_a_hundred_mistakes_and_none_without_a_fault() -> None:
    assert len(BROKEN) > 100
    assert [broken.mistake for broken in BROKEN if not broken.faults] == []
