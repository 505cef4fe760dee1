"""Pictures: three widths in three formats, the right way up, bare of metadata, made once."""

import io
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from plugins.content import ContentFaults, look_at
from plugins.output import Output
from plugins.pictures import Rendition, Report, make_pictures, publish, renditions

pytestmark = pytest.mark.slow


RED, BLUE = (200, 30, 30), (30, 30, 200)
ORIENTATION, GPS, ARTIST = 0x0112, 0x8825, 0x013B


def halves(width: int, height: int) -> Image.Image:
    """A picture that is red above and blue below."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (0, height // 2, width, height))
    return image


def render(pictures: Iterable[Path], folder: Path, report: Report) -> Mapping[Path, Rendition]:
    """Look at pictures in a folder and make their sizes."""
    looks = {path.name: look_at(path) for path in pictures}
    # A picture that is cut off is refused by its look already; here it gets a size, as one that only looks well has.
    whole = {name: look if look.width else look._replace(width=64, height=64) for name, look in looks.items()}
    found = renditions(folder, whole)
    make_pictures(found, folder / "cache", report)
    return found


def made(folder: Path, *pictures: Path) -> Mapping[Path, Rendition]:
    """Renditions of pictures; what the build reports is left aside."""
    return render(pictures, folder, lambda _done, _total: None)


def published(folder: Path, picture: Path) -> dict[str, Image.Image]:
    """Every published size of a picture, by `<width>.<extension>`."""
    publish(made(folder, picture).values(), folder / "cache", Output(folder / "output", {}))
    found = sorted((folder / "output/images").iterdir())
    return {f"{path.name.split('-')[-1].split('.')[0]}{path.suffix}": opened(path) for path in found}


def opened(path: Path) -> Image.Image:
    """A picture that is read to its end, so a damaged one fails."""
    image = Image.open(io.BytesIO(path.read_bytes()))
    image.load()
    return image


@pytest.fixture
def turned(tmp_path: Path) -> Path:
    """A photograph as phones save it: lying on its side, with a note how to turn it, a place and a name."""
    path = tmp_path / "Gull.jpg"
    exif = Image.Exif()
    exif[ORIENTATION], exif[ARTIST] = 6, "Orla"
    exif.get_ifd(GPS)[2] = (53.0, 52.0, 0.0)
    halves(2000, 1600).rotate(90, expand=True).save(path, exif=exif, comment=b"secret")
    return path


@pytest.mark.slow
def test_a_large_picture_comes_in_four_widths_and_as_jpeg_where_a_page_names_one(tmp_path: Path) -> None:
    """And each file is what its name says."""
    halves(1700, 850).save(tmp_path / "tern.png")
    found = published(tmp_path, tmp_path / "tern.png")
    assert {name: (image.format, image.size) for name, image in found.items()} == {
        "480.avif": ("AVIF", (480, 240)),
        "480.webp": ("WEBP", (480, 240)),
        "480.jpg": ("JPEG", (480, 240)),
        "720.avif": ("AVIF", (720, 360)),
        "720.webp": ("WEBP", (720, 360)),
        "720.jpg": ("JPEG", (720, 360)),
        "1080.avif": ("AVIF", (1080, 540)),
        "1080.webp": ("WEBP", (1080, 540)),
        "1600.avif": ("AVIF", (1600, 800)),
        "1600.webp": ("WEBP", (1600, 800)),
        "1600.jpg": ("JPEG", (1600, 800)),
    }
    assert found["480.jpg"].info["progressive"]
    [rendition] = made(tmp_path, tmp_path / "tern.png").values()
    assert [width for width, _ in rendition.sizes] == [480, 720, 1080, 1600]


@pytest.mark.slow
def test_a_photograph_stands_the_right_way_up_and_tells_nothing_of_who_took_it_where(
    tmp_path: Path, turned: Path
) -> None:
    """The note is obeyed, then dropped with everything else that is no picture."""
    for name, image in published(tmp_path, turned).items():
        width, height = image.size
        red, blue = (
            image.convert("RGB").getpixel((width // 2, 5)),
            image.convert("RGB").getpixel((width // 2, height - 5)),
        )
        assert (width > height, _near(red, RED), _near(blue, BLUE)) == (True, True, True), name
        assert dict(image.getexif()) == {}, name
        assert not {"exif", "icc_profile", "xmp", "comment"} & set(image.info), name


def test_a_small_picture_is_never_made_larger(tmp_path: Path) -> None:
    """It comes in its own width."""
    halves(320, 200).save(tmp_path / "small.png")
    assert {name: image.size for name, image in published(tmp_path, tmp_path / "small.png").items()} == {
        "320.avif": (320, 200),
        "320.webp": (320, 200),
        "320.jpg": (320, 200),
    }


def test_a_picture_between_two_widths_keeps_its_own_as_the_largest(tmp_path: Path) -> None:
    """No detail that the owner has is thrown away below the largest width."""
    halves(700, 350).save(tmp_path / "between.png")
    sizes = {image.size for image in published(tmp_path, tmp_path / "between.png").values()}
    assert sizes == {(480, 240), (700, 350)}


def test_what_is_transparent_becomes_white(tmp_path: Path) -> None:
    """Not black, as JPEG would have it."""
    Image.new("RGBA", (64, 64), (0, 0, 0, 0)).save(tmp_path / "clear.png")
    found = published(tmp_path, tmp_path / "clear.png")
    assert _near(found["64.jpg"].getpixel((32, 32)), (255, 255, 255))


def test_a_picture_with_a_colour_profile_looks_as_its_maker_saw_it(tmp_path: Path) -> None:
    """Its numbers are converted to sRGB, which is what a picture without a profile means."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    lab = ImageCms.profileToProfile(halves(64, 64), ImageCms.createProfile("sRGB"), profile, outputMode="LAB")
    assert lab is not None
    lab.save(tmp_path / "lab.tif", icc_profile=profile.tobytes())
    found = published(tmp_path, tmp_path / "lab.tif")
    assert _near(found["64.jpg"].getpixel((32, 4)), RED)


@pytest.mark.parametrize("mode", ["L", "1", "P", "CMYK", "LA", "RGBA", "I;16"])
def test_pictures_of_every_kind_keep_their_brightness(tmp_path: Path, mode: str) -> None:
    """Grey, palette, print colours, sixteen bits: what was light stays light, what was dark stays dark."""
    light = Image.new("L", (40, 40), 255)
    light.paste(0, (0, 20, 40, 40))
    image = (
        light.convert("I").point(lambda value: value * 257.0).convert("I;16") if mode == "I;16" else light.convert(mode)
    )
    path = tmp_path / f"picture.{'tif' if mode == 'CMYK' else 'png'}"
    image.save(path)
    found = published(tmp_path, path)["40.jpg"]
    assert _near(found.getpixel((20, 5)), (255, 255, 255))
    assert _near(found.getpixel((20, 35)), (0, 0, 0))


@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_colour_profile_that_does_not_fit_or_is_broken_is_left_aside(tmp_path: Path, mode: str) -> None:
    """Cameras and programs write such files; the picture itself is good."""
    colour = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    profile = colour if mode == "L" else b"no profile at all"
    Image.new(mode, (40, 40), "white").save(tmp_path / "picture.jpg", icc_profile=profile)
    assert _near(published(tmp_path, tmp_path / "picture.jpg")["40.jpg"].getpixel((20, 20)), (255, 255, 255))


def test_every_damaged_picture_is_named_and_the_others_are_made(tmp_path: Path) -> None:
    """A file that was cut off while it was copied begins like a good one."""
    for name in ("good", "cut", "short"):
        Image.effect_noise((64, 64), 50).save(tmp_path / f"{name}.png")
    for name in ("cut", "short"):
        path = tmp_path / f"{name}.png"
        path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(ContentFaults) as raised:
        made(tmp_path, *(tmp_path / f"{name}.png" for name in ("short", "good", "cut")))
    sentence = "1:1: picture: the file is damaged or cut off; save it again as JPEG or PNG"
    assert [str(fault) for fault in raised.value.faults] == [
        f"{tmp_path}/cut.png:{sentence}",
        f"{tmp_path}/short.png:{sentence}",
    ]
    assert len(list((tmp_path / "cache").iterdir())) == 1


def test_a_very_flat_picture_keeps_a_line_of_height(tmp_path: Path) -> None:
    """A height of nothing is no picture."""
    Image.new("RGB", (1000, 1), "red").save(tmp_path / "flat.png")
    assert published(tmp_path, tmp_path / "flat.png")["480.jpg"].size == (480, 1)


def test_what_was_made_once_is_not_made_again(tmp_path: Path) -> None:
    """Also under another name: the content counts. A build of known pictures reports nothing to do."""
    halves(40, 40).save(tmp_path / "one.png")
    reports: list[tuple[int, int]] = []
    render([tmp_path / "one.png"], tmp_path, lambda *report: reports.append(report))
    (tmp_path / "two.png").write_bytes((tmp_path / "one.png").read_bytes())
    render([tmp_path / "one.png", tmp_path / "two.png"], tmp_path, lambda *report: reports.append(report))
    assert reports == [(1, 1)]


def test_a_picture_that_changed_has_another_address(tmp_path: Path) -> None:
    """Browsers keep the old one for ever."""
    path = tmp_path / "tern.png"
    halves(40, 40).save(path)
    before = made(tmp_path, path)[path].picture("A tern").src
    halves(40, 20).save(path)
    assert made(tmp_path, path)[path].picture("A tern").src != before


@pytest.mark.parametrize(
    ("file", "name"), [("Storm petrel (2), new.PNG", "storm-petrel-2-new"), ("Möwe.png", "m-we"), ("海.png", "picture")]
)
def test_an_address_is_made_of_plain_letters_whatever_the_file_is_called(tmp_path: Path, file: str, name: str) -> None:
    """A space or a comma would end it within a `srcset`."""
    path = tmp_path / file
    halves(40, 40).save(path)
    rendition = made(tmp_path, path)[path]
    assert rendition.picture("").src == f"/images/{name}-40.{rendition.key[:8]}.jpg"


def test_a_rendition_that_was_not_finished_is_made_again(tmp_path: Path) -> None:
    """The list of sizes comes last; without it the rest does not count."""
    path = tmp_path / "tern.png"
    halves(40, 40).save(path)
    key = made(tmp_path, path)[path].key
    (tmp_path / "cache" / key / "sizes.json").unlink()
    (tmp_path / "cache" / key / "40.jpg").write_bytes(b"half")
    made(tmp_path, path)
    assert opened(tmp_path / "cache" / key / "40.jpg").size == (40, 40)


def test_pages_learn_every_width_the_size_and_the_words_for_who_cannot_see() -> None:
    """As a browser wants them in `srcset`."""
    found = Rendition("0123456789abcdef", "tern", ((480, 600), (960, 1200), (1600, 2000))).picture("A tern, diving")
    assert (found.alt, found.width, found.height) == ("A tern, diving", 1600, 2000)
    assert found.webp.split(", ") == [
        "/images/tern-480.01234567.webp 480w",
        "/images/tern-960.01234567.webp 960w",
        "/images/tern-1600.01234567.webp 1600w",
    ]
    assert found.src == "/images/tern-960.01234567.jpg"
    assert found.small == "/images/tern-480.01234567.jpg"
    assert found.original == "/images/tern-1600.01234567.jpg"


def _near(found: object, expected: tuple[int, int, int]) -> bool:
    assert isinstance(found, tuple)
    return all(abs(have - want) <= 12 for have, want in zip(found, expected, strict=True))
