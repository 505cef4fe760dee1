"""A shop of a dozen products in a folder of its own, and everything that its owner does to it from day to day.

Each edit leaves a shop that can be built, except `spoil`, which `mend` takes back.
"""

import os
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from tests.golden.building import ROOT

PRODUCTS, COLLECTIONS = 12, 3
ANCHOR = "thing-00"
"""The product and the collection with this number stay, so that the shop is never empty."""

_SHOP = (ROOT / "tests" / "golden" / "shop" / "shop" / "shop.yaml").read_text(encoding="utf-8")
_PROMOTIONS = """\
promotions:
  - id: some
    name: Some
    percent: 10
    products: [thing-01]
    collections: [group-01]
  - id: bag
    name: A thing from us
    gift: {sku: T00-S}
    min_goods: 50.00
"""
_BOTH = f"""\
title: Both
summary: One of each.
collections: [group-00]
images:
  - {{file: sky.png, alt: Both.}}
sku: BOTH
price: 44.00
bundle:
  - {{sku: T00-S, quantity: 1}}
  - {{sku: T00-L, quantity: 2}}
care: Keep them dry.
related: [{ANCHOR}]
status: published"""
_MACRO = re.compile(r"(\{% macro [^%]*%\})")


@dataclass
class EditableShop:
    """The shop's folders. Products, collections, pages and posts go by number: the next free one is `count`."""

    root: Path
    count: int = 0
    spoilt: dict[Path, bytes | None] = field(default_factory=dict)

    @property
    def content(self) -> Path:
        """What the owner writes."""
        return self.root / "content"

    @property
    def theme(self) -> Path:
        """Templates and styles, a copy of the shop's own."""
        return self.root / "theme"

    def open(self) -> None:
        """Write the shop that all begins with."""
        shutil.copytree(ROOT / "theme", self.theme)
        shutil.copytree(ROOT / "tests" / "golden" / "shop" / "shop", self.content / "shop")
        (self.content / "shop" / "promotions.yaml").write_text(_PROMOTIONS, encoding="utf-8")
        for name, shade in (("sea", 90), ("sky", 170), ("sand", 220)):
            self.paint(name, shade)
        for number in range(COLLECTIONS):
            self.write(f"collections/group-{number:02d}.md", _collection(number))
        for _ in range(PRODUCTS):
            self.add_product(self.count % COLLECTIONS)
        self.reduce(self.content / "products" / f"{ANCHOR}.md")
        self.write("products/both.md", _BOTH, "Both of them.\n")
        self.write("pages/about.md", "title: About\nsummary: About us.\nmenu: header", "We sell things.")
        self.write("pages/terms.md", "title: Terms\nsummary: Fair ones.\nmenu: footer", "Pay first.")
        self.write("journal/gale.md", "title: A gale\nsummary: It blew.\ndate: 2026-03-01", "All night.\n\n[[T00-S]]\n")
        self.set_shop("featured", "[thing-00, thing-01]")
        self.set_shop("image", "{file: sea.png, alt: The sea.}")

    def files(self, folder: str) -> list[Path]:
        """The Markdown files of a folder by name."""
        return sorted((self.content / folder).glob("*.md"))

    def write(self, name: str, front: str, body: str = "") -> None:
        """A file with its fields and its text."""
        path = self.content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\n{front}\n---\n{body}", encoding="utf-8")

    def replace(self, path: Path, pattern: str, text: str) -> None:
        """Change the first place in a file that fits a pattern."""
        path.write_text(re.sub(pattern, lambda _: text, path.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE))

    def add_product(self, collection: int) -> None:
        """One more product, in the collection that stands at this place of all."""
        shelves = self.files("collections")
        home = shelves[collection % len(shelves)].stem if shelves else f"group-{collection:02d}"
        self.write(f"products/thing-{self.count:02d}.md", _product(self.count, home), f"Thing *{self.count}* itself.\n")
        self.count += 1

    def reduce(self, path: Path) -> None:
        """Claim that a product has cost more."""
        self.replace(path, r"^(compare_at: 99.00\n)?care: ", "compare_at: 99.00\ncare: ")

    def was_at(self, path: Path, file: str) -> None:
        """Say that a product had another address before, written with the name of its file or without."""
        self.replace(path, r"^(aliases: .*\n)?status: ", f"aliases: [/old/{path.stem}/{file}]\nstatus: ")

    def rename(self, path: Path) -> None:
        """Give a file a new name, and follow it everywhere: it gets another address."""
        new = f"{path.stem.split('-', 1)[0]}-{self.count:02d}"
        self.count += 1
        path.rename(path.with_name(f"{new}.md"))
        self._everywhere(path.stem, new)

    def delete_product(self, path: Path) -> None:
        """Take a product out of the shop; whatever named it names the first one instead."""
        path.unlink()
        self._everywhere(path.stem, ANCHOR)

    def delete_collection(self, path: Path) -> None:
        """Take a collection out of the shop; its products move to the first."""
        path.unlink()
        self._everywhere(path.stem, self.files("collections")[0].stem)

    def set_shop(self, name: str, value: str) -> None:
        """Change one line of shop.yaml."""
        self.replace(self.content / "shop" / "shop.yaml", rf"(?<=\b{name}: ).*$", value)

    def paint(self, name: str, shade: int) -> None:
        """Save a picture in one grey, as wide as a shop wants it and no higher than need be."""
        (self.content / "images").mkdir(parents=True, exist_ok=True)
        Image.new("L", (800, 90), shade).save(self.content / "images" / f"{name}.png")

    def edit_template(self, name: str, words: str) -> None:
        """Say something more in a template, or in the macros of a part."""
        path = self.theme / "templates" / name
        text = path.read_text(encoding="utf-8")
        path.write_text(_MACRO.sub(rf"\1{words}", text) if "{% macro" in text else f"{text}\n{words}\n")

    def save_with_an_old_time(self, path: Path) -> None:
        """What unpacking an archive does: a file with new content and a time that lies back."""
        self.replace(path, r"^title: .*$", f"title: Old times {self.count:04d}")
        self.count += 1
        os.utime(path, (1_500_000_000, 1_500_000_000))

    def spoil(self, path: Path) -> None:
        """Make a mistake in a file, and remember what it was."""
        self.spoilt.setdefault(path, path.read_bytes())
        path.write_text("---\ntitel: A slip\n---\n", encoding="utf-8")

    def sell_twice(self, path: Path) -> None:
        """Make the mistake to give a product a SKU of the first, which costs less than it did and is in a bundle."""
        self.spoilt.setdefault(path, path.read_bytes())
        self.replace(path, r"(?<=sku: )[\w-]+", "T00-L")

    def misname(self, path: Path) -> None:
        """Make the mistake to give a file of the shop's own another name."""
        self.spoilt.setdefault(path, path.read_bytes())
        wrong = path.with_stem(f"{path.stem}-new")
        self.spoilt[wrong] = None
        path.rename(wrong)

    def mend(self) -> None:
        """Take all mistakes back; what was not there before them has no content."""
        for path, content in self.spoilt.items():
            if content is None:
                path.unlink()
            else:
                path.write_bytes(content)
        self.spoilt.clear()

    def _everywhere(self, old: str, new: str) -> None:
        for path in [*self.content.rglob("*.md"), *self.content.rglob("*.yaml")]:
            text = path.read_text(encoding="utf-8")
            if re.search(rf"\b{old}\b", text):
                path.write_text(_without_twice(re.sub(rf"\b{old}\b", new, text)))


def _without_twice(text: str) -> str:
    """Lists in which a name stands once."""

    def once(found: re.Match[str]) -> str:
        return f"[{', '.join(dict.fromkeys(found[1].split(', ')))}]"

    return re.sub(r"(?<=: )\[([\w, -]+)\]$", once, text, flags=re.MULTILINE)


def _collection(number: int) -> str:
    return (
        f"title: Group {number}\nsummary: Group number {number}.\norder: {number}\nimage: {{file: sky.png, alt: Sky.}}"
    )


def _product(number: int, home: str) -> str:
    related = f"related: [{ANCHOR}]\n" if number else ""
    return f"""title: Thing {number}
summary: Thing number {number}.
collections: [{home}]
images:
  - {{file: sea.png, alt: Thing {number}.}}
options:
  Size: [S, L]
variants:
  - {{sku: T{number:02d}-S, price: 2{number % 10}.00, options: {{Size: S}}, stock: {number}}}
  - {{sku: T{number:02d}-L, price: 3{number % 10}.00, options: {{Size: L}}, stock: 5}}
care: Keep it dry.
{related}status: published"""
