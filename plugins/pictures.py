"""Pictures: each in four widths as AVIF and WebP, and as JPEG for all else; the right way up and without metadata.

What will be made of a picture follows from its content and size alone, so pages need not wait for it. What was made is
kept in a cache by the content of the original and the recipe: a build encodes only what is new.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from plugins.content import ContentFaults, Fault, Look
from plugins.output import NAMED_BY_CONTENT, Output
from plugins.parallel import WORKERS

WIDTHS = (480, 720, 1080, 1600)
"""Close enough to each other that a phone loads little more than it shows."""
FORMATS: Mapping[str, Mapping[str, object]] = {
    "avif": {"format": "AVIF", "quality": 56, "speed": 9},
    "webp": {"format": "WEBP", "quality": 78, "method": 2},
    "jpg": {"format": "JPEG", "quality": 80, "progressive": True, "optimize": True},
}
RECIPE = json.dumps([WIDTHS, FORMATS, 3])
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")

Report = Callable[[int, int], None]
"""Called with how many pictures are done, and how many there are to do."""


class Picture(NamedTuple):
    """A picture as pages show it. `avif` and `webp` are srcset texts, `src` is a middling JPEG for who knows neither.

    `width` and `height` are those of the largest; `small` and `original` are the smallest and the largest JPEG.
    """

    alt: str
    width: int
    height: int
    avif: str
    webp: str
    src: str
    small: str
    original: str


class Rendition(NamedTuple):
    """What the cache holds of one original: its key and the sizes that were made, as (width, height)."""

    key: str
    name: str
    sizes: tuple[tuple[int, int], ...]

    def address(self, width: int, extension: str) -> str:
        """Where a size is shown. The name changes with the content, so it may be cached for ever."""
        return f"/images/{self.name}-{width}.{self.key[:8]}.{extension}"

    @property
    def files(self) -> tuple[tuple[int, str], ...]:
        """Its files, by width and ending."""
        return files_of(tuple(width for width, _ in self.sizes))

    @property
    def addresses(self) -> Iterator[str]:
        """Where its files are shown."""
        return (self.address(*file) for file in self.files)

    def picture(self, alt: str) -> Picture:
        """The picture, with the words for who cannot see it."""
        return Picture(alt, *self.sizes[-1], *_addresses(self))


@cache
def _addresses(rendition: Rendition) -> tuple[str, str, str, str, str]:
    """The addresses of a Picture, in its order; the same for every product that shows it."""
    widths = [width for width, _ in rendition.sizes]
    avif, webp = (
        ", ".join(f"{rendition.address(width, extension)} {width}w" for width in widths)
        for extension in ("avif", "webp")
    )
    shown = (widths[min(1, len(widths) - 1)], widths[0], widths[-1])
    return (avif, webp, *(rendition.address(width, "jpg") for width in shown))  # type: ignore[return-value]


@cache
def files_of(widths: tuple[int, ...]) -> tuple[tuple[int, str], ...]:
    """The files to make, by width and ending: a JPEG only where a Picture names it."""
    named = {*widths[:2], widths[-1]}
    return tuple((width, ending) for width in widths for ending in FORMATS if ending != "jpg" or width in named)


def renditions(folder: Path, looks: Mapping[str, Look]) -> dict[Path, Rendition]:
    """What will be made of every picture in a folder, without making it."""
    return {folder / name: _rendition(Path(name), look) for name, look in looks.items() if look.width}


def make_pictures(wanted: Mapping[Path, Rendition], folder: Path, report: Report) -> None:
    """Put all sizes of these originals into `folder`, the cache; those that are not there are made in worker processes.

    Raises ContentFaults that name each file which is damaged.
    """
    missing = {rendition.key: path for path, rendition in wanted.items() if not _is_made(folder / rendition.key)}
    if missing:
        _make(missing, folder, report)


def publish(wanted: Iterable[Rendition], folder: Path, output: Output) -> None:
    """Put every size of every rendition into the output."""
    for rendition in wanted:
        for width, extension in rendition.files:
            output.link(rendition.address(width, extension), folder / rendition.key / f"{width}.{extension}")


def are_published(rendition: Rendition, output: Output) -> bool:
    """Whether all sizes are in the output already, so that the cache need not be asked."""
    return all(output.keep(address, NAMED_BY_CONTENT) for address in rendition.addresses)


def _rendition(path: Path, look: Look) -> Rendition:
    key = hashlib.sha256(f"{RECIPE}{look.content}".encode()).hexdigest()[:32]
    sizes = tuple((width, max(1, round(look.height * width / look.width))) for width in widths_of(look.width))
    return Rendition(key, _name(path), sizes)


def _is_made(folder: Path) -> bool:
    return (folder / "sizes.json").exists()


def _name(path: Path) -> str:
    """The file's name as it can stand in an address and in a `srcset`, where a space would end it."""
    return _NOT_PLAIN.sub("-", path.stem.lower()).strip("-") or "picture"


def _make(missing: Mapping[str, Path], folder: Path, report: Report) -> None:
    # A build without new pictures needs none of it.
    from concurrent.futures import ProcessPoolExecutor, as_completed  # noqa: PLC0415

    from plugins.encoding import DamagedPicture, encode  # noqa: PLC0415

    faults = []
    with ProcessPoolExecutor(WORKERS) as pool:
        jobs = {pool.submit(encode, path, folder / key): path for key, path in missing.items()}
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


def widths_of(width: int) -> tuple[int, ...]:
    """The widths to make: up to the picture's own, which is the last one when it lies between two."""
    largest = min(width, WIDTHS[-1])
    return (*(wanted for wanted in WIDTHS if wanted < largest), largest)
