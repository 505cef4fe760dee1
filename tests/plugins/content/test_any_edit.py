"""Whatever an owner types: the content is read, or faults say where; never anything else."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.content import ContentFaults, Fault, load
from tests.plugins.content.sample import COMPLETE, TODAY, write, write_sample

pytestmark = pytest.mark.slow


PIECES = [
    "\n",
    "  ",
    "- ",
    ": ",
    "[",
    "]",
    "{",
    "}",
    '"',
    "'",
    "#",
    "---\n",
    "~",
    "0",
    "-1",
    "é",
    "\t",
    "variants",
    "sku",
    "&a",
    "*a",
    "{phone}",
    "[[MUG]]",
    "## ",
    "`",
]


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, str]:
    """A file of the small shop and its text after one to three stretches of it were replaced."""
    name = draw(st.sampled_from(sorted(COMPLETE)))
    text = COMPLETE[name]
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 30)))
        text = text[:start] + "".join(draw(st.lists(st.sampled_from(PIECES), max_size=3))) + text[end:]
    return name, text


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop with everything in it, that every example edits anew."""
    root = tmp_path_factory.mktemp("edited")
    write_sample(root)
    for name, text in COMPLETE.items():
        write(root / name, text)
    return root


@settings(max_examples=60, deadline=None)
@given(edit=edits())
def test_any_edit_gives_content_or_faults_within_the_file(edited: Path, edit: tuple[str, str]) -> None:
    name, text = edit
    write(edited / name, text)
    faults = faults_of(edited)
    write(edited / name, COMPLETE[name])
    lines = [*text.split("\n"), ""]
    for fault in faults:
        assert fault.path.startswith(edited.as_posix())
        if fault.path.endswith(name):
            assert fault.column <= len(lines[fault.line - 1]) + 1


def faults_of(root: Path) -> tuple[Fault, ...]:
    try:
        load(root, TODAY)
    except ContentFaults as refused:
        return refused.faults
    return ()
