"""The output folder: whole files, rewritten only when they differ, none left over."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from plugins.output import Output, Written, replace_file

PICTURE = "/images/tern-480.1a2b3c4d.jpg"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The folder that is shown."""
    return tmp_path / "output"


class Builds:
    """Builds one after the other, each remembering the one before."""

    def __init__(self) -> None:
        self.before: dict[str, Written] = {}

    def __call__(self, root: Path) -> Output:
        output = Output(root, dict(self.before))
        self.before = output.written
        return output


@pytest.fixture
def one_build() -> Builds:
    """Gives the output of one build after the other."""
    return Builds()


def files(root: Path) -> dict[str, str]:
    """Every file below a folder, hidden ones included, with its text."""
    return {path.relative_to(root).as_posix(): path.read_text() for path in root.rglob("*") if path.is_file()}


def test_an_address_that_ends_in_a_slash_is_an_index_file(one_build: Builds, root: Path) -> None:
    """So every web server finds it."""
    output = one_build(root)
    output.write("/", "home")
    output.write("/products/tern/", "tern")
    output.write("/robots.txt", b"robots")
    assert files(root) == {"index.html": "home", "products/tern/index.html": "tern", "robots.txt": "robots"}


def test_a_file_that_did_not_change_is_not_written_again(one_build: Builds, root: Path) -> None:
    """Publishing compares times, and a disk is slow."""
    one_build(root).write("/about/", "about")
    before = (root / "about/index.html").stat()
    one_build(root).write("/about/", "about")
    after = (root / "about/index.html").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_file_that_changed_is_put_in_place_as_a_new_one(one_build: Builds, root: Path) -> None:
    """A reader that has the old file open reads the old file to its end."""
    one_build(root).write("/about/", "old")
    with (root / "about/index.html").open() as reading:
        one_build(root).write("/about/", "new")
        assert reading.read() == "old"
    assert files(root) == {"about/index.html": "new"}


def test_everybody_may_read_what_is_published(one_build: Builds, root: Path) -> None:
    """A web server runs as another user."""
    one_build(root).write("/", "home")
    assert (root / "index.html").stat().st_mode & 0o777 == 0o644


def test_what_an_earlier_build_wrote_and_this_one_did_not_is_deleted(one_build: Builds, root: Path) -> None:
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


def test_a_file_makes_way_for_a_folder_and_a_folder_for_a_file(one_build: Builds, root: Path) -> None:
    """Old addresses may change from `/shop.php` to `/shop.php/mug` and back."""
    one_build(root).write("/shop.php", "file")
    deeper = one_build(root)
    deeper.write("/shop.php/art/mug/", "page")
    deeper.sweep()
    assert files(root) == {"shop.php/art/mug/index.html": "page"}
    back = one_build(root)
    back.write("/shop.php", "file")
    back.sweep()
    assert files(root) == {"shop.php": "file"}


def test_what_no_build_wrote_does_not_make_way(one_build: Builds, root: Path) -> None:
    root.mkdir(exist_ok=True)
    (root / "shop.php").write_text("the owner's own")
    with pytest.raises(NotADirectoryError):
        one_build(root).write("/shop.php/mug/", "page")
    assert files(root) == {"shop.php": "the owner's own"}


def test_what_a_build_that_was_cut_off_wrote_aside_is_deleted(root: Path) -> None:
    """Where it may have been at work, and nothing else."""
    for folder in ("about", "products/gone", "help"):
        (root / folder).mkdir(parents=True)
        (root / folder / ".index.html.4711").write_text("<html><bo")
    (root / "about/.htaccess").write_text("mine")
    unfinished = ["/about/", "/products/gone/", "/never/begun/"]
    Output(root, dict.fromkeys(unfinished, (b"", -1, 0)), unfinished).sweep()
    assert files(root) == {"about/.htaccess": "mine", "help/.index.html.4711": "<html><bo"}
    assert not (root / "products").exists()


def test_what_no_build_wrote_is_never_deleted(one_build: Builds, root: Path) -> None:
    """An owner may point the build at a folder that holds other things."""
    root.mkdir()
    (root / "diary.txt").write_text("mine")
    one_build(root).sweep()
    one_build(root).sweep()
    assert files(root) == {"diary.txt": "mine"}


def test_a_file_made_from_the_same_is_kept_without_being_made(one_build: Builds, root: Path) -> None:
    """As long as it is there, untouched."""
    assert not one_build(root).keep("/about/", b"key")
    one_build(root).write("/about/", "about", b"key")
    assert not Output(root, dict(one_build.before)).keep("/about/", b"another key")
    assert Output(root, dict(one_build.before)).keep("/about/", b"key")


@pytest.mark.parametrize("harm", ["delete", "change"])
def test_a_file_that_somebody_touched_is_written_again(one_build: Builds, root: Path, harm: str) -> None:
    """The output is what the build says, whatever happened to it meanwhile."""
    one_build(root).write("/about/", "about", b"key")
    path = root / "about/index.html"
    if harm == "delete":
        path.unlink()
    else:
        path.write_text("trash")
    again = one_build(root)
    assert not again.keep("/about/", b"key")
    again.write("/about/", "about", b"key")
    assert files(root) == {"about/index.html": "about"}


def test_a_finished_file_is_put_at_its_address_and_survives_the_sweep(
    one_build: Builds, root: Path, tmp_path: Path
) -> None:
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


def test_a_family_of_files_is_kept_when_every_one_of_it_was_made_from_the_same(one_build: Builds, root: Path) -> None:
    """Sitemaps have as many parts as they need."""
    output = one_build(root)
    assert not output.keep_all("/sitemap", b"key")
    output.write("/sitemap.xml", "list", b"key")
    output.write("/sitemap-1.xml", "part", b"key")
    assert Output(root, dict(one_build.before)).keep_all("/sitemap", b"key")
    (root / "sitemap-1.xml").unlink()
    assert not Output(root, dict(one_build.before)).keep_all("/sitemap", b"key")


def test_a_large_file_comes_in_pieces_and_is_left_alone_while_they_say_the_same(one_build: Builds, root: Path) -> None:
    one_build(root).write("/merchant.xml", iter(["<rss>", "é", "</rss>"]), b"1")
    first = (root / "merchant.xml").stat()
    one_build(root).write("/merchant.xml", iter(["<rss>é", "</rss>"]), b"2")
    assert files(root) == {"merchant.xml": "<rss>é</rss>"}
    assert (root / "merchant.xml").stat().st_ino == first.st_ino
    changed = one_build(root)
    assert changed.keep("/merchant.xml", b"2")
    changed.write("/merchant.xml", iter(["<rss>e!", "</rss>"]), b"3")
    assert files(root) == {"merchant.xml": "<rss>e!</rss>"}


def test_pieces_that_stop_coming_leave_the_old_file_and_nothing_beside_it(one_build: Builds, root: Path) -> None:
    def broken() -> Iterator[str]:
        yield "half"
        raise ValueError("no more")

    one_build(root).write("/merchant.xml", iter(["whole"]))
    with pytest.raises(ValueError, match="no more"):
        one_build(root).write("/merchant.xml", broken())
    assert files(root) == {"merchant.xml": "whole"}
