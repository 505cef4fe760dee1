"""A check-up: the content read, its pictures measured, and everything that is wrong, doubtful or missing found."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from PIL import ExifTags, Image

from plugins.advice.everything import Surroundings, advise
from plugins.advice.place import placed
from plugins.advice.score import Score, scores
from plugins.content import Content, ContentFaults, Fault, load
from plugins.past import look_back

_TURNED = {5, 6, 7, 8}  # EXIF orientations: the camera was held upright
_ID = re.compile(r'\bid="([\w-]+)"')


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault or a warning where it is; `question` is what a shopper asks because of it, if anything."""

    fault: Fault
    is_warning: bool = False
    question: str = ""

    def __str__(self) -> str:
        if not self.is_warning:
            return str(self.fault)
        fault = self.fault
        return f"{fault.path}:{fault.line}:{fault.column}: warning: {fault.field}: {fault.sentence}"


@dataclass(frozen=True, slots=True)
class Checkup:
    """What was found. With faults there are no warnings and scores yet, for the content could not be put together."""

    faults: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()
    scores: tuple[Score, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Faults and warnings."""
        return (*self.faults, *self.warnings)

    def only(self, files: Iterable[Path]) -> "Checkup":
        """What concerns these files."""
        paths = {file.as_posix() for file in files}
        return Checkup(
            tuple(finding for finding in self.faults if finding.fault.path in paths),
            tuple(finding for finding in self.warnings if finding.fault.path in paths),
            tuple(score for score in self.scores if score.path.as_posix() in paths),
        )


def checkup(root: Path, theme: Path, now: datetime) -> Checkup:
    """Look at everything below `root` at a moment, for a site in this theme."""
    try:
        content = load(root, now.date())
    except ContentFaults as refused:
        return Checkup(faults=tuple(Finding(fault) for fault in refused.faults))
    advice = advise(content, surroundings(content, root, theme, now))
    found = (Finding(fault, True, piece.aspect.question if piece.aspect else "") for piece, fault in placed(advice))
    return Checkup(warnings=tuple(sorted(found, key=lambda one: one.fault)), scores=scores(content.products, advice))


def surroundings(content: Content, root: Path, theme: Path, now: datetime) -> Surroundings:
    """What is to be known besides the content: measured pictures, today, and the theme's own ids."""
    files = tuple(path for path in (root / "images").rglob("*") if path.is_file() and not path.name.startswith("."))
    named = {image.file for product in content.products for image in product.images}
    today = now.astimezone(ZoneInfo(content.shop.settings.time_zone)).date().isoformat()
    return Surroundings(
        today,
        sizes={file: _upright_size(file) for file in files if file in named},
        files=files,
        ids=frozenset(name for path in theme.rglob("*.html") for name in _ID.findall(path.read_text(encoding="utf-8"))),
        doubts=look_back(content.products, root, content.shop.settings, today).doubts,
    )


def _upright_size(file: Path) -> tuple[int, int]:
    with Image.open(file) as image:
        turned = image.getexif().get(ExifTags.Base.Orientation) in _TURNED
        return (image.height, image.width) if turned else image.size
