"""One file of content, read on its own: what it makes, what is wrong in it, and what it says about other files.

All of it is plain values, so that a file can be read in one process and compared with the others in another.
"""

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class References:
    """What others must know of a file: the slugs of collections and of products that it names, and the SKUs whose cards
    stand in its text; of a product also its SKUs, those of which it is a bundle, the paths it had before, its status,
    None while the file is no product, which of its SKUs are made to order, and the file that it sells; of promotions
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

    def __reduce__(self) -> tuple[object, ...]:
        """Plain tuples: every product's references are written down, and read again as soon as one file changes."""
        named = self.collections, self.products, self.skus, self.parts, self.aliases, self.embeds
        kinds = (*named, self.gifts, self.uncounted, self.files)
        plain = tuple([tuple(map(tuple, kind)) for kind in kinds])
        return _references, (plain, self.status and self.status.value)


def _references(kinds: tuple[tuple[tuple[str, str, int, int], ...], ...], status: str | None) -> References:
    collections, products, skus, parts, aliases, embeds, gifts, uncounted, files = (
        tuple(map(quick_reference, kind)) for kind in kinds
    )
    found = Status(status) if status else None
    return References(collections, products, skus, parts, aliases, embeds, gifts, uncounted, files, found)


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


def read_document(path: Path, currency: str) -> tuple[Report, Document | None]:
    """A Markdown file taken apart, with its report; without a document when it could not be understood."""
    report = Report(path, currency=currency, field="front matter")
    report_slug(path, report)
    text = read_text(path, report)
    document = None if text is None else take_apart(text, report)
    report.field = ""
    return report, document
