"""The generated catalogue: the same texts for Pouch, for Hugo and for plain Pelican, of any size."""

import random
from pathlib import Path

ROOT = Path(__file__).parents[2]
COLLECTIONS = 8
PICTURE = "sea.jpg"
"""The one picture that all products share."""

_WORDS = (
    "tide harbour light paper gull slack water drift stone wind salt swell print ink morning quay rope net lantern "
    "island channel buoy anchor cloud rain shelter ferry signal beam shore"
).split()


def product_file(number: int) -> str:
    """A product with two variants, as a Markdown file with its fields."""
    return f"""---
title: Thing {number}
summary: Thing number {number}, printed by hand.
collection: group-{number % COLLECTIONS}
images:
  - file: {PICTURE}
    alt: A flat sea.
options:
  Size: [A4, A3]
variants:
  - {{sku: T{number}-A4, price: 24.00, options: {{Size: A4}}, weight: 180 g, stock: 40}}
  - {{sku: T{number}-A3, price: 36.00, options: {{Size: A3}}, weight: 320 g, stock: 12}}
specs:
  Paper: Cotton rag
care: Keep it dry.
---
{text(number)}"""


def collection(number: int) -> str:
    """The fields of one of the collections."""
    return f"title: Group {number}\nsummary: Things.\norder: {number}"


def text(number: int) -> str:
    """Three paragraphs, a list and some emphasis, the same for the same number."""
    chance = random.Random(number)  # noqa: S311
    paragraphs = [" ".join(chance.choices(_WORDS, k=60)).capitalize() + "." for _ in range(3)]
    items = "\n".join(f"- {' '.join(chance.choices(_WORDS, k=6))}" for _ in range(4))
    return f"{paragraphs[0]}\n\n## Made by hand\n\n{paragraphs[1]}\n\n{items}\n\n*{paragraphs[2]}*\n"
