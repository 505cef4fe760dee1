"""Pictures that content names."""

import io
from pathlib import Path

import pytest
from PIL import ExifTags, Image

from plugins.content import ContentFaults, load
from tests.plugins.content.sample import MUG, TODAY, write, write_picture


def faults_of(root: Path) -> list[str]:
    with pytest.raises(ContentFaults) as raised:
        load(root, TODAY)
    return [str(fault) for fault in raised.value.faults]


def test_a_picture_of_799_pixels_is_too_small_and_one_of_800_is_not(shop: Path) -> None:
    write_picture(shop / "images/mug.jpg", 800, 1000)
    assert len(load(shop, TODAY).products) == 2
    write_picture(shop / "images/mug.jpg", 799, 1000)
    assert faults_of(shop) == [
        "content/products/mug.md:6:11: file: 'mug.jpg' is 799 pixels wide; use one of at least 800, better 1600"
    ]


def test_a_picture_that_a_camera_turned_is_measured_the_right_way_up(shop: Path) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    content = io.BytesIO()
    Image.new("L", (1000, 600)).save(content, "JPEG", exif=exif)
    write(shop / "images/mug.jpg", content.getvalue())
    assert faults_of(shop) == [
        "content/products/mug.md:6:11: file: 'mug.jpg' is 600 pixels wide; use one of at least 800, better 1600"
    ]


@pytest.mark.parametrize("content", [b"", b"not a picture", b"\xff\xd8\xff\xe0 cut off", b"<svg/>"])
def test_a_file_that_is_no_picture_is_found(shop: Path, content: bytes) -> None:
    write(shop / "images/mug.jpg", content)
    assert faults_of(shop) == [
        "content/products/mug.md:6:11: file: 'mug.jpg' cannot be opened as a picture; save it again as JPEG or PNG"
    ]


def test_pictures_may_lie_in_folders_of_their_own(shop: Path) -> None:
    write_picture(shop / "images/goods/mug.jpg")
    write(shop / "products/mug.md", MUG.replace("file: mug.jpg", "file: goods/mug.jpg"))
    assert load(shop, TODAY).products[0].images[0].file == Path("content/images/goods/mug.jpg")


@pytest.mark.parametrize("alt", ["mug.jpg", "mug", "MUG", "Mug.JPG"])
def test_the_name_of_the_file_does_not_say_what_a_picture_shows(shop: Path, alt: str) -> None:
    write(shop / "products/mug.md", MUG.replace("A white mug with blue isobars.", alt))
    assert faults_of(shop) == [
        "content/products/mug.md:7:10: alt: is only the name of the file; say what the picture shows"
    ]


def test_a_name_with_hyphens_read_as_words_does_not_say_it_either(shop: Path) -> None:
    write_picture(shop / "images/white-mug.jpg")
    text = MUG.replace("file: mug.jpg", "file: white-mug.jpg").replace("A white mug with blue isobars.", "White mug")
    write(shop / "products/mug.md", text)
    assert faults_of(shop) == [
        "content/products/mug.md:7:10: alt: is only the name of the file; say what the picture shows"
    ]
