"""YAML as texts that know where they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.content import yaml_nodes
from plugins.content.fault import Position, position_of
from plugins.content.yaml_error import YamlFault
from plugins.content.yaml_nodes import Items, Node, Table, Text, compose, is_empty


def placed(node: Node) -> object:
    """Values with the line and column where they stand."""
    at = position_of(node)
    if isinstance(node, Text):
        return node.value, *at
    if isinstance(node, Items):
        return [placed(item) for item in node.value], *at
    return {(name.value, *position_of(name)): placed(item) for name, item in node.value}, *at


def test_every_value_is_a_text_with_its_place() -> None:
    assert placed(compose("price: 24.00\nsizes: [A4, 'A 3']\n", first_line=2)) == (
        {
            ("price", 2, 1): ("24.00", 2, 8),
            ("sizes", 3, 1): ([("A4", 3, 9), ("A 3", 3, 13)], 3, 8),
        },
        2,
        1,
    )


@pytest.mark.parametrize(
    "text", ["no", "NO", "on", "yes", "off", "y", "12:30", "0777", "1e3", "2026-11-23", "true", "0x1f"]
)
def test_what_older_yaml_would_turn_into_something_else_stays_text(text: str) -> None:
    assert placed(compose(f"a: {text}")) == ({("a", 1, 1): (text, 1, 4)}, 1, 1)


@pytest.mark.parametrize("text", ["~", "null", "Null", "NULL", "", "''", '""'])
def test_nothing_is_empty(text: str) -> None:
    tree = compose(f"a: {text}\n")
    assert isinstance(tree, Table)
    [(_, node)] = tree.value
    assert isinstance(node, Text)
    assert is_empty(node)


def test_null_in_quotation_marks_is_a_word() -> None:
    node = compose('"null"')
    assert placed(node) == ("null", 1, 1)
    assert isinstance(node, Text)
    assert not is_empty(node)


def test_a_bomb_of_aliases_is_refused_at_its_first_anchor() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    )
    with pytest.raises(YamlFault) as raised:
        compose(bomb)
    assert (raised.value.at, raised.value.sentence) == (
        Position(1, 4),
        'a text cannot begin with & here; put the whole text in "quotation marks"',
    )


@pytest.mark.parametrize("depth", [20, 5_000, 100_000])
def test_lists_within_lists_without_end_are_refused(depth: int) -> None:
    with pytest.raises(YamlFault) as raised:
        compose("[" * depth)
    assert (raised.value.at, raised.value.sentence) == (
        Position(1, 14),
        "lists lie more than 12 deep in each other; write them flatter",
    )


@pytest.mark.parametrize("text", ["[a, b]: c", "? {a: b}\n: c", ": c", "~: c"])
def test_a_name_must_be_a_text(text: str) -> None:
    with pytest.raises(YamlFault) as raised:
        compose(text)
    assert raised.value.sentence == "a name must stand before the colon; write it like title: Storm Petrel"


SIGNS = [*list("abé:-[]{}&*!|>'\"%@`#,?~ \n\t\\=<.019"), "---", "...", "- ", ": ", "\n  "]


@given(st.lists(st.sampled_from(SIGNS), max_size=40))
def test_any_text_is_a_tree_or_one_fault_within_it(pieces: list[str]) -> None:
    text = "".join(pieces)
    lines = [*text.split("\n"), ""]
    line, column = place_of_fault(text)
    assert 1 <= line <= len(lines)
    assert 1 <= column <= len(lines[line - 1]) + 1


def place_of_fault(text: str) -> Position:
    try:
        compose(text)
    except YamlFault as fault:
        return fault.at
    return Position(1, 1)


WORDS = [
    "a: ",
    "b: ",
    "null: ",
    "- ",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "&x ",
    "*x",
    "! ",
    "!t ",
    "R & D",
    "b*c",
    "ja!",
    "~",
    '"q"',
    "\n",
    "\n  ",
    "---\n",
    "\ufeff",
]


@pytest.mark.parametrize("text", ["a: b & c!", "a: [1 * 2]", 'a: {b: "c", d: {e: ~}}', "a:\n- b\n- c: d\n  e: 'f'\n"])
def test_a_sound_text_needs_no_closer_look(text: str) -> None:
    tree = yaml_nodes._usual(text)
    assert tree is not None
    assert whole(tree) == whole(yaml_nodes._any(text, 1))


@pytest.mark.parametrize(
    "text",
    [
        "a: &x b",
        "a: [*x]",
        "{a: !t b}",
        "- ! b",
        "\ufeff&x a",
        "a: b\na: c",
        "~: a",
        "[a]: b",
        "a: b\n--- \nc",
        "",
        "[" * 13,
        "[" * 3_000 + "]" * 3_000,
    ],
)
def test_a_closer_look_is_taken_where_something_may_be_wrong(text: str) -> None:
    assert yaml_nodes._usual(text) is None


@given(st.lists(st.sampled_from([*WORDS, *SIGNS]), max_size=30))
def test_the_short_way_and_the_closer_look_agree(pieces: list[str]) -> None:
    text = "".join(pieces)
    tree = yaml_nodes._usual(text)
    assert tree is None or whole(tree) == whole(yaml_nodes._any(text, 1))


def whole(node: Node) -> object:
    """All there is to know of a tree."""
    at = position_of(node)
    if isinstance(node, Text):
        return node.value, at, is_empty(node)
    if isinstance(node, Items):
        return [whole(item) for item in node.value], at
    return [(whole(name), whole(item)) for name, item in node.value], at
