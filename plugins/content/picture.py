"""Pictures that content names: whether they exist, open, and are large enough."""

import warnings
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from PIL import ExifTags, Image

from plugins.content.fields import Record, needed
from plugins.content.suggestion import did_you_mean
from plugins.content.values import line

MIN_WIDTH = 800
_ON_THEIR_SIDE = {5, 6, 7, 8}  # EXIF orientations: the camera was held upright


@dataclass(frozen=True, slots=True)
class ImageSource:
    """A picture file, and what it shows for someone who cannot see it."""

    file: Path
    alt: str


class ImageFields(Record):
    """A picture in front matter."""

    file = needed(line, "write the name of a picture in content/images/")
    alt = needed(line, "say what the picture shows, for someone who cannot see it")


@dataclass
class PictureFolder:
    """content/images/, where each picture is looked at once."""

    path: Path
    _seen: dict[str, str] = field(default_factory=dict)

    @cached_property
    def names(self) -> frozenset[str]:
        """Every file in the folder, by its path within it."""
        files = (path for path in self.path.rglob("*") if path.is_file() and not path.name.startswith("."))
        return frozenset(path.relative_to(self.path).as_posix() for path in files)

    def source(self, fields: ImageFields) -> ImageSource | None:
        """The picture, checked; None when it has a fault, and then the report says which."""
        faults = len(fields.report.faults)
        if fields.has("file") and (sentence := self._fault(fields.file)):
            fields.wrong("file", sentence)
        if fields.has("alt", "file") and _is_file_name(fields.alt, fields.file):
            fields.wrong("alt", "is only the name of the file; say what the picture shows")
        is_whole = fields.has("file", "alt") and len(fields.report.faults) == faults
        return ImageSource(self.path / fields.file, fields.alt) if is_whole else None

    def _fault(self, name: str) -> str:
        if name not in self._seen:
            self._seen[name] = self._look_at(name)
        return self._seen[name]

    def _look_at(self, name: str) -> str:
        if name not in self.names:
            return f"there is no {name!r} in {self.path.as_posix()}/; {did_you_mean(name, self.names)}"
        try:
            width = _upright_width(self.path / name)
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            return f"{name!r} cannot be opened as a picture; save it again as JPEG or PNG"
        if width < MIN_WIDTH:
            return f"{name!r} is {width} pixels wide; use one of at least {MIN_WIDTH}, better 1600"
        return ""


def pictures(records: tuple[ImageFields, ...], folder: PictureFolder) -> tuple[ImageSource, ...]:
    """The pictures that have no fault."""
    found = (folder.source(fields) for fields in records)
    return tuple(source for source in found if source)


def _upright_width(path: Path) -> int:
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        warnings.simplefilter("ignore", UserWarning)  # broken EXIF does not make the picture unfit
        try:
            with Image.open(path) as image:
                turned = image.getexif().get(ExifTags.Base.Orientation) in _ON_THEIR_SIDE
                return image.height if turned else image.width
        except Image.DecompressionBombWarning as warning:
            raise ValueError(str(warning)) from warning


def _is_file_name(alt: str, file: str) -> bool:
    stem = Path(file).stem
    names = {file, Path(file).name, stem, stem.replace("-", " ").replace("_", " ")}
    return alt.casefold() in {name.casefold() for name in names}
