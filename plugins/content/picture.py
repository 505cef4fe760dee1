"""Pictures that content names: whether they exist, open, and are large enough."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from plugins.content.fields import Record, needed
from plugins.content.look import Look, look_at_folder
from plugins.content.suggestion import did_you_mean
from plugins.content.values import line

MIN_WIDTH = 800


@dataclass(frozen=True, slots=True)
class ImageSource:
    """A picture file, and what it shows for someone who cannot see it."""

    file: Path
    alt: str


class ImageFields(Record):
    """A picture in front matter."""

    file = needed(line, "write the name of a picture in content/images/")
    alt = needed(line, "say what the picture shows, for someone who cannot see it")


@dataclass(frozen=True)
class PictureFolder:
    """content/images/ and every file in it, by its path within it."""

    path: Path
    looks: Mapping[str, Look] = field(default_factory=dict)

    def source(self, fields: ImageFields) -> ImageSource | None:
        """The picture, checked; None when it has a fault, and then the report says which."""
        faults = len(fields.report.faults)
        if fields.has("file") and (sentence := self._fault(fields.file)):
            fields.wrong("file", sentence)
        if (has_both := fields.has("file", "alt")) and _is_file_name(fields.alt, fields.file):
            fields.wrong("alt", "is only the name of the file; say what the picture shows")
        is_whole = has_both and len(fields.report.faults) == faults
        return ImageSource(self.path / fields.file, fields.alt) if is_whole else None

    def _fault(self, name: str) -> str:
        look = self.looks.get(name)
        if look is None:
            return f"there is no {name!r} in {self.path.as_posix()}/; {did_you_mean(name, self.looks.keys())}"
        if not look.width:
            return f"{name!r} cannot be opened as a picture; save it again as JPEG or PNG"
        if look.width < MIN_WIDTH:
            return f"{name!r} is {look.width} pixels wide; use one of at least {MIN_WIDTH}, better 1600"
        return ""


def picture_folder(root: Path) -> PictureFolder:
    """The pictures of the content below `root`, each looked at now."""
    folder = root / "images"
    return PictureFolder(folder, look_at_folder(folder))


def pictures(records: tuple[ImageFields, ...], folder: PictureFolder) -> tuple[ImageSource, ...]:
    """The pictures that have no fault."""
    return tuple([source for fields in records if (source := folder.source(fields))])


def _is_file_name(alt: str, file: str) -> bool:
    if len(alt) > len(file):
        return False
    stem = Path(file).stem
    names = {file, Path(file).name, stem, stem.replace("-", " ").replace("_", " ")}
    return alt.casefold() in {name.casefold() for name in names}
