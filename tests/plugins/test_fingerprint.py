"""Fingerprints change with what they are of, and with nothing else."""

import os
from pathlib import Path

import pytest

from plugins.fingerprint import code_state, file_state, fingerprint, tree_state


def test_where_one_content_ends_counts() -> None:
    assert fingerprint("ab", "c") != fingerprint("a", "bc")
    assert fingerprint("ab", "") != fingerprint("ab")
    assert fingerprint(b"ab") == fingerprint("ab") == fingerprint(Path("ab"))


def test_a_file_has_another_state_after_it_was_written_even_with_the_same_size_and_time(tmp_path: Path) -> None:
    path = tmp_path / "card.md"
    path.write_text("price: 2.50")
    before, times = file_state(path), (path.stat().st_atime_ns, path.stat().st_mtime_ns)
    path.write_text("price: 2.60")
    os.utime(path, ns=times)
    assert file_state(path) != before
    assert file_state(tmp_path / "gone.md") == ""


def test_a_tree_changes_with_any_file_in_it_but_not_with_hidden_ones(tmp_path: Path) -> None:
    (tmp_path / "css").mkdir()
    (tmp_path / "css/shop.css").write_text("a {}")
    before = tree_state([tmp_path])
    (tmp_path / "css/.shop.css.swp").write_text("")
    assert tree_state([tmp_path]) == before
    (tmp_path / "css/more.css").write_text("")
    assert tree_state([tmp_path]) != before


def test_what_is_known_holds_until_another_library_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that renders Markdown otherwise makes other pages of the same files."""
    monkeypatch.setattr("sysconfig.get_path", lambda _: str(tmp_path))
    look_anew = code_state.__wrapped__
    before = look_anew()
    assert look_anew() == before
    (tmp_path / "comrak-0.1.dist-info").mkdir()
    assert look_anew() != before
