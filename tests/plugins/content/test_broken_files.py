"""Broken files, one mistake each: the owner reads the right line, and what to write."""

from pathlib import Path

import pytest

from plugins.content import ContentFaults, load
from tests.plugins.content.cases import Case, change, read_cases
from tests.plugins.content.sample import FILES, TODAY

BROKEN = read_cases(Path(__file__).with_name("broken_files.txt"))


@pytest.mark.parametrize("broken", BROKEN, ids=[broken.name for broken in BROKEN])
def test_each_mistake_is_answered_with_its_place_and_what_to_write(broken: Case, shop: Path) -> None:
    change(shop, FILES, broken)
    with pytest.raises(ContentFaults) as raised:
        load(shop, TODAY)
    assert [str(fault) for fault in raised.value.faults] == broken.said


def test_the_table_holds_more_than_a_hundred_mistakes_and_none_without_a_fault() -> None:
    assert len(BROKEN) > 100
    assert [broken.name for broken in BROKEN if not broken.said] == []
