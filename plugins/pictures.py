"""Pictures: each in three widths as AVIF, WebP and JPEG, the right way up and without metadata, made once.

What was made is kept in a cache by the content of the original and the recipe: a build encodes only what is new.
"""

import hashlib
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from plugins.content import ContentFaults, Fault
from plugins.original import DamagedPicture, pixels
from plugins.output import Output, replace_file

WIDTHS = (480, 960, 1600)
FORMATS: Mapping[str, Mapping[str, object]] = {
    "avif": {"format": "AVIF", "quality": 56, "speed": 9},
    "webp": {"format": "WEBP", "quality": 78, "method": 2},
    "jpg": {"format": "JPEG", "quality": 80, "progressive": True, "optimize": True},
}
RECIPE = json.dumps([WIDTHS, FORMATS, 2])
WORKERS = 2
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")

Report = Callable[[int, int], None]
"""Called with how many pictures are done, and how many there are to do."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as pages show it. `avif`, `webp` and `jpeg` are srcset texts, `src` is a middling JPEG for all others.

    `width` and `height` are those of the largest; `small` and `original` are the smallest and the largest JPEG.
    """

    alt: str
    width: int
    height: int
    avif: str
    webp: str
    jpeg: str
    src: str
    small: str
    original: str


@dataclass(frozen=True, slots=True)
class Rendition:
    """What the cache holds of one original: its key and the sizes that were made, as (width, height)."""

    key: str
    name: str
    sizes: tuple[tuple[int, int], ...]

    def address(self, width: int, extension: str) -> str:
        """Where a size is shown. The name changes with the content, so it may be cached for ever."""
        return f"/images/{self.name}-{width}.{self.key[:8]}.{extension}"

    def picture(self, alt: str) -> Picture:
        """The picture, with the words for who cannot see it."""
        widths = [width for width, _ in self.sizes]
        avif, webp, jpeg = (self._srcset(widths, extension) for extension in FORMATS)
        return Picture(
            alt,
            *self.sizes[-1],
            avif=avif,
            webp=webp,
            jpeg=jpeg,
            src=self.address(widths[min(1, len(widths) - 1)], "jpg"),
            small=self.address(widths[0], "jpg"),
            original=self.address(widths[-1], "jpg"),
        )

    def _srcset(self, widths: Iterable[int], extension: str) -> str:
        return ", ".join(f"{self.address(width, extension)} {width}w" for width in widths)


def render(originals: Iterable[Path], cache: Path, report: Report) -> dict[Path, Rendition]:
    """Renditions of all originals; those that are not in the cache are made in worker processes.

    Raises ContentFaults that name each file which is damaged.
    """
    keys = {path: _key(path) for path in sorted(set(originals))}
    missing = {key: path for path, key in keys.items() if not (cache / key / "sizes.json").exists()}
    if missing:
        _make(missing, cache, report)
    return {path: Rendition(key, _name(path), _sizes(cache / key)) for path, key in keys.items()}


def publish(renditions: Iterable[Rendition], cache: Path, output: Output) -> None:
    """Put every size of every rendition into the output."""
    for rendition in renditions:
        for width, _ in rendition.sizes:
            for extension in FORMATS:
                output.link(rendition.address(width, extension), cache / rendition.key / f"{width}.{extension}")


def _key(path: Path) -> str:
    return hashlib.sha256(RECIPE.encode() + path.read_bytes()).hexdigest()[:32]


def _name(path: Path) -> str:
    """The file's name as it can stand in an address and in a `srcset`, where a space would end it."""
    return _NOT_PLAIN.sub("-", path.stem.lower()).strip("-") or "picture"


def _sizes(folder: Path) -> tuple[tuple[int, int], ...]:
    return tuple((width, height) for width, height in json.loads((folder / "sizes.json").read_text()))


def _make(missing: Mapping[str, Path], cache: Path, report: Report) -> None:
    faults = []
    with ProcessPoolExecutor(WORKERS) as pool:
        jobs = {pool.submit(encode, path, cache / key): path for key, path in missing.items()}
        for done, job in enumerate(as_completed(jobs), 1):
            if isinstance(job.exception(), DamagedPicture):
                faults.append(_damaged(jobs[job]))
            else:
                job.result()
            report(done, len(jobs))
    if faults:
        raise ContentFaults(tuple(sorted(faults)))


def _damaged(path: Path) -> Fault:
    return Fault(path.as_posix(), 1, 1, "picture", "the file is damaged or cut off; save it again as JPEG or PNG")


def encode(path: Path, folder: Path) -> None:
    """Make all sizes of one original. The list of sizes is written last: with it the folder is complete.

    Raises DamagedPicture when the original cannot be read to its end.
    """
    sizes = []
    original = pixels(path)
    for width in _widths(original.width):
        height = max(1, round(original.height * width / original.width))
        sized = original.resize((width, height), Image.Resampling.LANCZOS)
        sizes.append((width, height))
        for extension, options in FORMATS.items():
            replace_file(folder / f"{width}.{extension}", _encoded(sized, options))
    replace_file(folder / "sizes.json", json.dumps(sizes).encode())


def _widths(width: int) -> list[int]:
    """The widths to make: up to the picture's own, which is the last one when it lies between two."""
    largest = min(width, WIDTHS[-1])
    return [*(wanted for wanted in WIDTHS if wanted < largest), largest]


def _encoded(image: Image.Image, options: Mapping[str, object]) -> bytes:
    file = io.BytesIO()
    image.save(file, **options)  # type: ignore[arg-type]
    return file.getvalue()
