"""The output folder: whole files, rewritten only when they differ, none left over."""

from pathlib import Path

import pytest

from plugins.output import Output, replace_file

PICTURE = "/images/tern-480.1a2b3c4d.jpg"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The folder that is shown."""
    return tmp_path / "output"


def one_build(root: Path) -> Output:
    """The files of one build."""
    return Output(root, root.parent / "output.json")


def files(root: Path) -> dict[str, str]:
    """Every file below a folder, hidden ones included, with its text."""
    return {path.relative_to(root).as_posix(): path.read_text() for path in root.rglob("*") if path.is_file()}


def test_an_address_that_ends_in_a_slash_is_an_index_file(root: Path) -> None:
    """So every web server finds it."""
    output = one_build(root)
    output.write("/", "home")
    output.write("/products/tern/", "tern")
    output.write("/robots.txt", b"robots")
    assert files(root) == {"index.html": "home", "products/tern/index.html": "tern", "robots.txt": "robots"}


def test_a_file_that_did_not_change_is_not_written_again(root: Path) -> None:
    """Publishing compares times, and a disk is slow."""
    one_build(root).write("/about/", "about")
    before = (root / "about/index.html").stat()
    one_build(root).write("/about/", "about")
    after = (root / "about/index.html").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_file_that_changed_is_put_in_place_as_a_new_one(root: Path) -> None:
    """A reader that has the old file open reads the old file to its end."""
    one_build(root).write("/about/", "old")
    with (root / "about/index.html").open() as reading:
        one_build(root).write("/about/", "new")
        assert reading.read() == "old"
    assert files(root) == {"about/index.html": "new"}


def test_everybody_may_read_what_is_published(root: Path) -> None:
    """A web server runs as another user."""
    one_build(root).write("/", "home")
    assert (root / "index.html").stat().st_mode & 0o777 == 0o644


def test_what_an_earlier_build_wrote_and_this_one_did_not_is_deleted(root: Path) -> None:
    """A product that is gone leaves no page and no empty folder behind."""
    first = one_build(root)
    first.write("/products/gone/", "gone")
    first.write("/products/kept/", "kept")
    first.sweep()
    second = one_build(root)
    second.write("/products/kept/", "kept")
    second.sweep()
    assert files(root) == {"products/kept/index.html": "kept"}
    assert not (root / "products/gone").exists()


def test_what_no_build_wrote_is_never_deleted(root: Path) -> None:
    """An owner may point the build at a folder that holds other things."""
    root.mkdir()
    (root / "diary.txt").write_text("mine")
    one_build(root).sweep()
    one_build(root).sweep()
    assert files(root) == {"diary.txt": "mine"}


def test_another_output_folder_is_left_alone(root: Path) -> None:
    """What is remembered of one folder says nothing of another."""
    first = one_build(root)
    first.write("/about/", "about")
    first.sweep()
    other = root.parent / "other"
    (other / "about").mkdir(parents=True)
    (other / "about/index.html").write_text("theirs")
    one_build(other).sweep()
    assert files(other) == {"about/index.html": "theirs"}


def test_a_finished_file_is_put_at_its_address_and_survives_the_sweep(root: Path, tmp_path: Path) -> None:
    """Pictures come out of the cache like this."""
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache/480.jpg").write_text("small")
    for _ in range(2):
        output = one_build(root)
        output.link(PICTURE, tmp_path / "cache/480.jpg")
        output.sweep()
    assert files(root) == {"images/tern-480.1a2b3c4d.jpg": "small"}


def test_a_write_that_fails_leaves_nothing_beside_the_old_file(tmp_path: Path) -> None:
    """Nothing half-written is ever shown."""
    path = tmp_path / "about"
    path.mkdir()  # a folder stands where the file should go, so that it cannot be put in place
    with pytest.raises(OSError, match="about"):
        replace_file(path, b"text")
    assert [found.name for found in tmp_path.iterdir()] == ["about"]
