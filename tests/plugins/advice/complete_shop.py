"""A small shop that tells everything, for tests to leave out or muddle one thing at a time."""

from pathlib import Path

from tests.plugins.content.sample import SHIPPING, TAX, write, write_picture

PRINT = """\
---
title: Harbour Print
summary: The harbour at low water, with three boats that wait for the tide.
collection: prints
images:
  - file: print.jpg
    alt: A harbour with three boats lying on the sand.
  - file: print-oak.jpg
    alt: The same print in an oak frame on a wall.
  - file: print-room.jpg
    alt: The framed print above a blue sofa.
options:
  Size: [A4, A3]
  Frame: [Unframed, Oak frame]
variants:
  - sku: PRINT-A4
    price: 24.00
    options: {Size: A4, Frame: Unframed}
    weight: 180 g
    stock: 40
    gtin: 2000000000015
    image: print.jpg
  - sku: PRINT-A3-OAK
    price: 98.50
    options: {Size: A3, Frame: Oak frame}
    weight: 2.25 kg
    stock: 5
    gtin: 2000000000022
    image: print-oak.jpg
dimensions: A4 21 × 29.7 cm, A3 29.7 × 42 cm
material: Cotton paper
specs:
  Paper: 310 g/m²
care: Keep it out of the sun.
included: [One print, A card]
added: 2026-01-02
related: [mug]
---
Drawn on the quay at low water, when the boats lie on the sand and the gulls walk between them. It goes well beside the
[Isobar Mug](/products/mug/), and hangs best where there is no sun in the afternoon.

## On the wall

More [about us](/about/) and the [prints](/prints/) we make.
"""
MUG = """\
---
title: Isobar Mug
summary: A mug for watching the weather, with a chart all around it.
collections: [home, prints]
images:
  - file: mug.jpg
    alt: A white mug with blue isobars.
  - file: mug-back.jpg
    alt: The mug from behind, with a red warm front.
sku: MUG
price: 16.50
stock: 12
weight: 350 g
gtin: 2000000000039
dimensions: 9 cm high
material: Stoneware
care: Dishwasher safe.
included: [One mug]
---
Holds a pint, or so we tell people who ask. Thrown by hand, so that each is a hair taller or shorter than the last, and
printed under the glaze, where the chart cannot wear off however often it is washed.
"""
PRINTS = """\
---
title: Prints
summary: Prints from the coast, each in two sizes, framed or not.
image: {file: prints.jpg, alt: Three prints in a row on a wall.}
order: 2
---
All of them are drawn here on the quay, and printed one floor below the drawing table.
"""
HOME = """\
---
title: For the house
summary: Things for the kitchen and the table, made to be used.
order: 1
---
Not everything has to hang on a wall. These are for every day, and we use them ourselves.
"""
ABOUT = """\
---
title: About
summary: Two people on a quay, and how they came to print pictures.
menu: header
order: 1
---
## Two people

We draw and print.
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
safety: {maker: "Small Shop Ltd, 1 Pier Road, Harbour, owner@small.example"}
home:
  headline: Few things
  text: Made *slowly*.
  image: {file: hero.jpg, alt: The sea on a calm day.}
  featured: [print]
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
PICTURES = ("print", "print-oak", "print-room", "mug", "mug-back")
WIDE_PICTURES = ("prints", "hero")


def write_complete(root: Path) -> None:
    """The whole shop below `root`."""
    for name, text in FILES.items():
        write(root / name, text)
    for name in PICTURES:
        write_picture(root / "images" / f"{name}.jpg")
    for name in WIDE_PICTURES:
        write_picture(root / "images" / f"{name}.jpg", 2000, 1250)
