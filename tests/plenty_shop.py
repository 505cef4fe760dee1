"""A shop of 130 things with every kind of difference, for tests of finding one of them."""

import shutil
from pathlib import Path

from PIL import Image

from tests.golden.building import build_sample

ROOT = Path(__file__).parents[1]
COLOURS = ("#9ab3b0", "#c9b79c", "#7d93a8", "#b98f86")
NAMES = ("Tern", "Gale", "Petrel", "Lantern", "Harbour", "Isobar", "Skerry", "Wrack", "Anchor", "Quay")
KINDS = ("print", "card", "chart", "notebook")
FRAMES = ("Unframed", "Oak frame", "Walnut frame")
SIZES = (("A4",), ("A4", "A3"), ("A3", "A2"))
PRINTS, PAPER = 61, 69
LANDING = "title: Harbour\nsummary: From the harbour.\norder: 3\nproducts: [paper-003, print-001, print-002, paper-000]"
POST = "title: The second post\nsummary: How it went on.\ndate: 2026-04-01\nimage: {file: colour-1.jpg, alt: Sand.}"
HOME = """home:
  headline: Things
  text: Many things.
  image: {file: colour-0.jpg, alt: Sea.}
  featured: [print-000, paper-001]
"""


def build_plenty(folder: Path) -> None:
    """Build the shop into `folder/output` and `folder/build`."""
    write_plenty(folder / "content")
    build_sample(folder, folder / "content")


def write_plenty(content: Path) -> None:
    """Its content: 61 prints with sizes and frames, 69 plain things of paper, a landing page with a few of both whose
    story shows one of them, and two posts of the journal.
    """
    shutil.copytree(ROOT / "tests" / "golden" / "shop" / "shop", content / "shop")
    (content / "shop" / "promotions.yaml").unlink()
    (content / "images").mkdir()
    for number, colour in enumerate(COLOURS):
        Image.new("RGB", (1600, 2000), colour).save(content / "images" / f"colour-{number}.jpg")
    _write(
        content / "collections/prints.md", "title: Prints\nsummary: All of our prints.\norder: 1", "About our prints."
    )
    _write(content / "collections/paper.md", "title: Paper\nsummary: Useful things of paper.\norder: 2")
    _write(content / "collections/harbour.md", LANDING, "It began at the harbour.\n\n[[P1-A4-0]]\n\nAnd went on.")
    _write(content / "journal/first.md", "title: The first post\nsummary: How it began.\ndate: 2026-03-01", "Hello.")
    _write(content / "journal/second.md", POST, "Two of them:\n\n[[P1-A4-0]]\n\n[[C3]]\n\nThat is all.")
    for number in range(PRINTS):
        _write(content / f"products/print-{number:03}.md", _print(number), "Printed by hand on cotton rag.")
    for number in range(PAPER):
        _write(content / f"products/paper-{number:03}.md", _paper(number), "Bound with linen thread.")
    shop = (content / "shop" / "shop.yaml").read_text(encoding="utf-8").split("\nhome:", 1)[0]
    (content / "shop" / "shop.yaml").write_text(f"{shop}\n{HOME}", encoding="utf-8")


def _print(number: int) -> str:
    sizes, frames = SIZES[number % 3], FRAMES[: 1 + number % 3]
    price = 20 + number % 7 * 9
    variants = "\n".join(
        f"  - {{sku: P{number}-{size}-{at}, price: {price + 25 * at}.00, options: {{Size: {size}, Frame: {frame}}}, "
        f"weight: 200 g, stock: {0 if number % 10 == 9 else 12}}}"
        for size in sizes
        for at, frame in enumerate(frames)
    )
    title = f"{NAMES[number % 10]} print {number}"
    options = f"  Size: [{', '.join(sizes)}]\n  Frame: [{', '.join(frames)}]"
    return f"{_head(title, number, 'prints')}\noptions:\n{options}\nvariants:\n{variants}"


def _paper(number: int) -> str:
    title = f"{NAMES[number % 10]} {KINDS[1 + number % 3]} {number}"
    return f"{_head(title, number, 'paper')}\nsku: C{number}\nprice: {2 + number % 9}.50\nweight: 50 g\nstock: 9"


def _head(title: str, number: int, collection: str) -> str:
    return (
        f"title: {title}\nsummary: {title}, made at the harbour.\ncollection: {collection}\n"
        f"images:\n  - {{file: colour-{number % 4}.jpg, alt: A plain colour.}}"
    )


def _write(path: Path, front: str, body: str = "") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{front}\n---\n{body}\n", encoding="utf-8")
