"""One file of content, read on its own: what it makes, what is wrong in it, and what it says about other files.

All of it is plain values, so that a file can be read in one process and compared with the others in another.
"""

import marshal
from collections.abc import Iterable
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from plugins.content.address import report_slug
from plugins.content.fault import Fault, Report
from plugins.content.fields import Reference, quick_reference
from plugins.content.front_matter import Document, take_apart
from plugins.content.status import Status
from plugins.content.text_file import read_text

S_co = TypeVar("S_co", covariant=True)


class Packed(NamedTuple):
    """What sending a product depends on: of each SKU its weight in grams, its three sides in millimetres and its price
    in minor units; the only countries it is sent to; and of what and how many pieces a bundle is.

    Plain tuples. Nothing of a file or a draft, or while there are faults.
    """

    pieces: tuple[tuple[str, int, tuple[int, ...], int], ...] = ()
    ships_to: tuple[str, ...] = ()
    parts: tuple[tuple[str, int], ...] = ()


UNPACKED = Packed()


class References(NamedTuple):
    """What others must know of a file: the slugs of collections and of products that it names, and the SKUs whose cards
    stand in its text; of a product also its SKUs, those of which it is a bundle, the paths it had before, which of its
    SKUs are made to order, the file that it sells, and its status, None while the file is no product; of promotions
    their gifts.
    """

    collections: tuple[Reference, ...] = ()
    products: tuple[Reference, ...] = ()
    skus: tuple[Reference, ...] = ()
    parts: tuple[Reference, ...] = ()
    aliases: tuple[Reference, ...] = ()
    embeds: tuple[Reference, ...] = ()
    gifts: tuple[Reference, ...] = ()
    uncounted: tuple[Reference, ...] = ()
    files: tuple[Reference, ...] = ()
    status: Status | None = None


Findings = tuple[tuple[Fault, ...], References]
"""What is wrong in a file, and what it says about others."""


def findings_to_bytes(faults: Iterable[Fault], references: References) -> bytes:
    """Findings as plain values: those of every product are written down, and read again as soon as one file changes."""
    *kinds, status = references
    plain = [tuple(map(tuple, kind)) if kind else () for kind in kinds]
    return marshal.dumps((list(map(tuple, faults)), plain, status and status.value))


def findings_from_bytes(data: bytes) -> Findings:
    """What `findings_to_bytes` has made."""
    faults, plain, status = marshal.loads(data)  # noqa: S302 (this program wrote it)
    kinds = [tuple(map(quick_reference, kind)) if kind else () for kind in plain]
    return tuple(map(Fault._make, faults)), References._make((*kinds, _STATUSES.get(status)))


_STATUSES = {status.value: status for status in Status}


class Reading(NamedTuple, Generic[S_co]):
    """A file as it was read: its source, which is None when it has faults of its own, its references, and of a product
    how it is packed.
    """

    path: Path
    source: S_co | None
    faults: tuple[Fault, ...]
    references: References = References()
    packed: Packed = UNPACKED

    @property
    def slug(self) -> str:
        """The name of the file, which is its address."""
        return self.path.stem

    def fault(self, reference: Reference, sentence: str) -> Fault:
        """A fault where this file names something."""
        return Fault(self.path.as_posix(), *reference.at, reference.field, sentence)


def sound(reading: Reading[S_co]) -> S_co:
    """The source of a file that has no faults of its own."""
    if reading.source is None:
        raise AssertionError(f"{reading.path} has a fault now that it did not have a moment ago")
    return reading.source


def read_document(path: Path, currency: str) -> tuple[Report, Document | None]:
    """A Markdown file taken apart, with its report; without a document when it could not be understood."""
    report = Report(path, currency=currency, field="front matter")
    report_slug(path, report)
    text = read_text(path, report)
    document = None if text is None else take_apart(text, report)
    report.field = ""
    return report, document
