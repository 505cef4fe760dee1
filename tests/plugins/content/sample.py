"""A small shop as its owner writes it, for tests to break in one place at a time."""

import io
from datetime import date
from functools import cache
from pathlib import Path

from PIL import Image

TODAY = date(2026, 11, 24)

PRINT = """\
---
title: Harbour Print
summary: The harbour at low water.
collection: prints
images:
  - file: print.jpg
    alt: A harbour with three boats.
options:
  Size: [A4, A3]
  Frame: [None, Oak]
variants:
  - sku: PRINT-A4
    price: 24.00
    options: {Size: A4, Frame: None}
    weight: 180 g
    stock: 40
  - sku: PRINT-A3-OAK
    price: 98.50
    options: {Frame: Oak, Size: A3}
    weight: 2.25 kg
    stock: 0
specs:
  Paper: Cotton rag, 310 g/m²
care: Keep it out of the sun.
included: [One print, A card]
related: [mug]
---
Drawn **on the quay**.
"""
MUG = """\
---
title: Isobar Mug
summary: A mug for watching the weather.
collections: [home, prints]
images:
  - file: mug.jpg
    alt: A white mug with blue isobars.
sku: MUG
price: 16.50
weight: 350 g
---
Holds a pint.
"""
PRINTS = """\
---
title: Prints
summary: Prints from the coast.
image: {file: print.jpg, alt: Three prints on a wall.}
order: 2
---
All drawn here.
"""
HOME = """\
---
title: Home
summary: Things for the house.
order: 1
---
"""
ABOUT = """\
---
title: About
summary: Who we are.
menu: header
order: 1
---
## Two people
"""
SHOP = """\
name: Small Shop
tagline: Few things
description: A shop of two things.
legal_name: Small Shop Ltd
address: {street: 1 Pier Road, city: Harbour, region: Co. Mayo, postcode: F26 X0X0, country: IE}
email: owner@small.example
phone: +353 20 912 3456
hours: {mon-fri: 09:00-17:00, sat: 10:00-14:00}
time_zone: Europe/Dublin
currency: EUR
language: en
locale: en_IE
home:
  headline: Few things
  text: Made *slowly*.
  image: {file: hero.jpg, alt: The sea.}
  featured: [print]
limits: {quantity: 20}
"""
SHIPPING = """\
handling: 1-2
zones:
  - name: Ireland
    countries: [IE]
    rates:
      - {id: ie-standard, name: Post, price: 4.50, free_over: 60.00, days: 1-3}
      - {id: ie-express, name: Courier, price: 9.50, days: 1}
  - name: Europe
    countries: [DE, NO]
    rates:
      - {id: eu-standard, name: Post, price: 8.90, days: 3-7}
"""
TAX = """\
name: VAT
rate: 23
prices: inclusive
"""
TEA = """\
---
title: Harbour Tea
summary: Tea for cold mornings.
collection: home
images:
  - {file: mug.jpg, alt: A tin of tea.}
  - {file: print.jpg, alt: A bag of tea.}
options:
  Pack: [Tin, Bag]
variants:
  - {sku: TEA-TIN, price: 12.00, options: {Pack: Tin}, stock: 4, gtin: 4006381333931, contents: 0.1 kg}
  - {sku: TEA-BAG, price: 7.50, compare_at: 9.00, options: {Pack: Bag}, stock: 0, image: print.jpg}
compare_at: 14.00
contents: 80 g
unit_price: 100 g
weight: 200 g
material: Black tea
safety:
  maker: Tea Makers, 2 Hill Road, Sligo, Ireland
  warnings: [Hot water scalds., Keep it dry.]
added: 2026-11-20
release_date: 2026-12-01
backorder: 2-3 weeks
ships_to: [IE, DE]
aliases: [old-tea, /shop/tea.html]
---
"""
POST = """\
---
title: A wet week
summary: What we drew when it rained.
date: 2026-11-20
image: {file: print.jpg, alt: Rain on the harbour.}
---
It rained.

[[PRINT-A4]]
"""
QUESTIONS = """\
Ask us anything.

## Paper & ink

### Is it *signed*?

Yes, by hand. Call {phone}.

### Is it signed?

[[MUG]]

## Delivery

### When?

Soon.
"""
ASK = f"""\
---
title: Ask
summary: What people ask.
layout: questions
---
{QUESTIONS}
{{delivery}}

Call [{{phone}}](tel:{{phone}}), not `{{phone}}` or \\{{phone}}.
"""
MORE_SHOP = """\
closures: [{from: 2026-12-24, until: 2027-01-02, message: Back soon., orders: no}]
channels: [{name: Signal, url: "https://signal.example/small"}]
chat: {name: Chat, url: "mailto:owner@small.example"}
returns: {days: 30, free: yes}
safety: {maker: "Small Shop Ltd, Harbour"}
new_for: 60
"""
FILES = {
    "products/print.md": PRINT,
    "products/mug.md": MUG,
    "collections/prints.md": PRINTS,
    "collections/home.md": HOME,
    "pages/about.md": ABOUT,
    "shop/shop.yaml": SHOP,
    "shop/shipping.yaml": SHIPPING,
    "shop/tax.yaml": TAX,
}
COMPLETE = FILES | {
    "products/tea.md": TEA,
    "journal/wet-week.md": POST,
    "pages/ask.md": ASK,
    "shop/shop.yaml": SHOP + MORE_SHOP,
}
"""The same shop with everything that can be written."""
PICTURES = ("print.jpg", "mug.jpg", "hero.jpg")


def write_sample(root: Path) -> None:
    """The whole small shop below `root`."""
    for name, text in FILES.items():
        write(root / name, text)
    for name in PICTURES:
        write_picture(root / "images" / name)


def write(path: Path, text: str | bytes) -> None:
    """A file with its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)


def write_picture(path: Path, width: int = 1600, height: int = 2000) -> None:
    """A grey picture."""
    write(path, _jpeg(width, height))


@cache
def _jpeg(width: int, height: int) -> bytes:
    content = io.BytesIO()
    Image.new("L", (width, height), 128).save(content, "JPEG")
    return content.getvalue()
