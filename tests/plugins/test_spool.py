"""What waits for publication: taken as it was put, by any process, and gone with its build."""

from pathlib import Path

import pytest

from plugins.spool import spool


def test_what_was_put_is_taken_whole_and_in_any_order(tmp_path: Path) -> None:
    with spool(tmp_path / "spool") as waiting:
        places = [waiting.put(("Tern", f"<p>{number}</p>")) for number in range(3)]
        waiting.flush()
        assert [waiting.take(place) for place in reversed(places)] == [
            ("Tern", "<p>2</p>"), ("Tern", "<p>1</p>"), ("Tern", "<p>0</p>"),
        ]  # fmt: skip


def test_values_that_were_put_together_are_taken_one_by_one(tmp_path: Path) -> None:
    with spool(tmp_path / "spool") as waiting:
        place = waiting.put("<li>", (b"Tern", b"<p>"), "")
        waiting.flush()
        assert [waiting.take(place, number) for number in (2, 1, 0)] == ["", (b"Tern", b"<p>"), "<li>"]


def test_nothing_is_left_of_it_after_the_build_even_after_an_error(tmp_path: Path) -> None:
    def fail() -> None:
        with spool(tmp_path / "spool") as waiting:
            waiting.put("page")
            raise ValueError("no such template")

    with pytest.raises(ValueError, match="no such template"):
        fail()
    assert not (tmp_path / "spool").exists()


def test_what_an_interrupted_build_left_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / "spool").mkdir()
    (tmp_path / "spool/123").write_bytes(b"old")
    with spool(tmp_path / "spool"):
        assert list((tmp_path / "spool").iterdir()) == []
