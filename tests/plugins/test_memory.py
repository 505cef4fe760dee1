"""What builds remember: kept only when told to, forgotten with its key, and never in the way when it is damaged."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import pytest

from plugins.memory import AnotherBuild, Memory

KINDS = ("feed", "map")
HERE, PAGE = Path("output"), (b"key", 5, 7)


def test_what_was_kept_is_there_for_the_next_build_and_nothing_else(tmp_path: Path) -> None:
    first = Memory(tmp_path / "build.db", KINDS)
    first.learn("tern", "state", ("Tern", 2400), {"feed": "<item/>"})
    first.keep()
    first.learn("gull", "state", ("Gull", 1200), {"feed": "<item/>"})
    first.close()
    second = Memory(tmp_path / "build.db", KINDS)
    assert second.products() == {"tern": ("state", ("Tern", 2400))}
    assert list(second.fragments("feed")) == [("tern", "<item/>")]


def test_a_build_that_waits_is_not_in_the_way_of_the_one_at_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each waited for the other, until both gave up."""
    monkeypatch.setattr("plugins.memory.PATIENCE", 2)
    first = Memory(tmp_path / "build.db", KINDS)
    with ThreadPoolExecutor() as other:
        second = other.submit(lambda: Memory(tmp_path / "build.db", KINDS).close())
        wait([second], timeout=0.2)
        first.keep()
        first.close()
        assert second.exception() is None


def test_a_thing_is_made_once_for_each_key(tmp_path: Path) -> None:
    memory, made = Memory(tmp_path / "build.db", KINDS), list[str]()

    def make() -> str:
        made.append("made")
        return "sheet"

    assert [memory.made("assets", key, make) for key in (b"1", b"1", b"2", b"2")] == ["sheet"] * 4
    assert made == ["made", "made"]


def test_products_are_forgotten_when_what_all_pages_share_changed_and_outputs_are_not(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "build.db", KINDS)
    assert not memory.learnt_under(b"one theme")
    memory.learn("tern", "state", (), {"feed": "<item/>"})
    memory.remember_outputs(HERE, {"/": PAGE})
    assert memory.learnt_under(b"one theme")
    assert not memory.learnt_under(b"another theme")
    assert (memory.products(), list(memory.fragments("feed")), memory.outputs(HERE)) == ({}, [], {"/": PAGE})


def test_a_product_that_is_gone_leaves_no_fragment(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "build.db", KINDS)
    memory.learn("tern", "state", (), {"feed": "<item/>", "map": "<url/>"})
    memory.learn("gull", "state", (), {"feed": "", "map": "<url/>"})
    memory.forget(["tern"])
    assert (list(memory.fragments("feed")), list(memory.fragments("map"))) == ([], [("gull", "<url/>")])


def test_what_a_build_was_about_to_write_is_known_even_if_it_was_cut_off(tmp_path: Path) -> None:
    first = Memory(tmp_path / "build.db", KINDS)
    first.expect(HERE, ["/about/"])
    first.close()
    assert Memory(tmp_path / "build.db", KINDS).outputs(HERE) == {"/about/": (b"", -1, 0)}


def test_what_stands_in_one_folder_says_nothing_of_another(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "build.db", KINDS)
    memory.remember_outputs(HERE, {"/": PAGE})
    assert memory.outputs(Path("elsewhere")) == {}


def test_what_a_program_with_other_kinds_of_fragments_learnt_of_products_is_forgotten(tmp_path: Path) -> None:
    older = Memory(tmp_path / "build.db", ("feed",))
    older.learn("tern", "state", (), {"feed": "<item/>"})
    older.remember_outputs(HERE, {"/": PAGE})
    older.keep()
    older.close()
    memory = Memory(tmp_path / "build.db", KINDS)
    assert (memory.products(), memory.outputs(HERE)) == ({}, {"/": PAGE})


def test_what_another_process_kept_meanwhile_is_seen(tmp_path: Path) -> None:
    first = Memory(tmp_path / "build.db", KINDS)
    first.learn("tern", "state", (), {})
    first.remember_outputs(HERE, {"/": PAGE})
    first.keep()
    assert (first.products(), first.outputs(HERE)) == ({"tern": ("state", ())}, {"/": PAGE})
    first.close()
    other = sqlite3.connect(tmp_path / "build.db")
    with other:
        other.execute("DELETE FROM products")
        other.execute("DELETE FROM made")
    other.close()
    second = Memory(tmp_path / "build.db", KINDS)
    assert (second.products(), second.outputs(HERE)) == ({}, {})


@pytest.mark.parametrize("damage", [b"", b"no database at all", b"SQLite format 3\x00" + b"\xff" * 200])
def test_a_damaged_memory_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "build.db").write_bytes(damage)
    assert Memory(tmp_path / "build.db", KINDS).products() == {}


def test_a_second_build_waits_for_the_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plugins.memory.PATIENCE", 0.05)
    first = Memory(tmp_path / "build.db", KINDS)
    with pytest.raises(AnotherBuild, match="Another build of this shop is at work and does not end"):
        Memory(tmp_path / "build.db", KINDS)
    first.close()
    Memory(tmp_path / "build.db", KINDS).close()
