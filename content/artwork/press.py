"""The printing press: plates, inks and a sheet of paper become a print.

A plate is drawn in black (INK) on white (CARVED). Inks are transparent and darken what lies under them,
as in screen print and risograph, except opaque ones, which cover it.
"""

import hashlib
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.random import Generator
from PIL import Image

from content.artwork import svg
from content.artwork.browser import Easel, Pixels, pixels
from content.artwork.paper import clouds, colour, generator, rag, shifted

SHEET_WIDTH, SHEET_HEIGHT = 1000, 1414  # units of a drawing: an A sheet
SCALE = 1.5  # pixels a unit
PIXEL_WIDTH, PIXEL_HEIGHT = int(SHEET_WIDTH * SCALE), int(SHEET_HEIGHT * SCALE)
LEFT, TOP, RIGHT, BOTTOM = 86.0, 86.0, 914.0, 1250.0  # the printed area of most prints

MISREGISTER = 1.1  # pixels; the deviation of a plate from its place
MISTURN = 0.02  # degrees
RAGGEDNESS = 0.30  # how far an inked edge wanders
PINHOLES = 2.9  # deviations of fine noise above which ink does not take
COAT = 0.045  # unevenness of the ink film
PRESS_VERSION = 4  # raise it when the press itself changes, so that old proofs are not used


@dataclass(frozen=True)
class Ink:
    """A colour of ink; an opaque one covers what lies under it."""

    tint: str
    strength: float = 0.95
    opaque: bool = False


@dataclass(frozen=True)
class Plate:
    """One pass through the press. A grainy plate turns greys into a spray of dots."""

    ink: Ink
    art: str = ""
    mask: Pixels | None = field(default=None, compare=False)
    grainy: bool = False


@dataclass(frozen=True)
class Print:
    """A print: its name, its paper and its plates in the order of printing."""

    slug: str
    paper: str
    plates: tuple[Plate, ...]
    signed: bool = True


def pull(easel: Easel, work: Print) -> Pixels:
    """The finished sheet, PIXEL_HEIGHT x PIXEL_WIDTH x 3; kept as a proof for the next time."""
    proof = Path(tempfile.gettempdir()) / "tern-and-gale" / f"{work.slug}-{_digest(work)}.png"
    if not proof.exists():
        proof.parent.mkdir(exist_ok=True)
        drawn = (_printed(easel, work).clip(0, 1) * 255 + 0.5).astype(np.uint8)
        Image.fromarray(drawn).save(proof, compress_level=1)
    return pixels(np.asarray(Image.open(proof))) / np.float32(255)


def _printed(easel: Easel, work: Print) -> Pixels:
    rng = generator(work.slug)
    sheet = rag(rng, PIXEL_HEIGHT, PIXEL_WIDTH, work.paper)
    for plate in work.plates:
        sheet = _inked(sheet, plate, _worn(_etched(easel, plate), rng, grainy=plate.grainy), rng)
    return _inked(sheet, PENCIL, _etched(easel, PENCIL) * 0.55, rng) if work.signed else sheet


def _etched(easel: Easel, plate: Plate) -> Pixels:
    mask = np.zeros((PIXEL_HEIGHT, PIXEL_WIDTH), dtype=np.float32)
    if plate.art:
        document = svg.document(SHEET_WIDTH, SHEET_HEIGHT, plate.art)
        mask = 1 - easel.draw(document, width=SHEET_WIDTH, height=SHEET_HEIGHT, scale=SCALE)[..., 1]
    return mask if plate.mask is None else np.maximum(mask, plate.mask)


def _worn(mask: Pixels, rng: Generator, *, grainy: bool) -> Pixels:
    height, width = mask.shape
    right, down = rng.normal(scale=MISREGISTER, size=2)
    moved = shifted(mask, float(right), float(down), rng.normal(scale=MISTURN))
    tooth = clouds(rng, height, width, 1.5)
    if grainy:
        return ((moved - 0.5 + 0.27 * tooth) * 3 + 0.5).clip(0, 1) * (moved > GRAIN_FLOOR)
    rough = ((moved - 0.5) * 2.2 + 0.5 + RAGGEDNESS * clouds(rng, height, width, 3.1) * _edge(moved)).clip(0, 1)
    pins = (clouds(rng, height, width, 2.6) < PINHOLES).astype(np.float32)
    return pixels(rough * (0.4 + 0.6 * pins))


GRAIN_FLOOR = 0.02


def _edge(mask: Pixels) -> Pixels:
    return 4 * mask * (1 - mask)


def _inked(sheet: Pixels, plate: Plate, mask: Pixels, rng: Generator) -> Pixels:
    height, width = mask.shape
    film = 1 + COAT * (0.6 * clouds(rng, height, width, 2.2) + 0.5 * clouds(rng, height, width, 90))
    cover = (mask * plate.ink.strength * film).clip(0, 1)[..., None]
    tint = colour(plate.ink.tint)
    return sheet * (1 - cover) + tint * cover if plate.ink.opaque else sheet * (1 - cover * (1 - tint))


def _digest(work: Print) -> str:
    seal = hashlib.sha256(f"{PRESS_VERSION}{work.paper}{work.signed}".encode())
    for plate in work.plates:
        seal.update(f"{plate.ink}{plate.grainy}{plate.art}".encode())
        seal.update(b"" if plate.mask is None else plate.mask.tobytes())
    return seal.hexdigest()[:16]


def _signature() -> str:
    edition = [(92, 1298), (94, 1286), (98, 1284), (97, 1292), (93, 1298), (104, 1298)]
    stroke_of = [(112, 1301), (119, 1282)]
    number = [(124, 1286), (130, 1284), (128, 1291), (132, 1296), (126, 1300), (122, 1297)]
    name = [(806, 1296), (814, 1280), (822, 1282), (818, 1296), (810, 1298), (820, 1288), (834, 1290), (836, 1298),
            (842, 1289), (846, 1297), (852, 1278), (853, 1298), (862, 1290), (868, 1297), (874, 1288), (884, 1296),
            (912, 1290)]  # fmt: skip
    return "".join(svg.stroke(svg.smooth(points), 1.3) for points in (edition, stroke_of, number, name))


PENCIL = Plate(Ink("#5a5652", strength=0.9), _signature())
