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
handling: 3-5
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
ask_for_review: 10
"""
PROMOTIONS = """\
promotions:
  - id: winter
    name: Winter prints
    percent: 12.5
    collections: [prints]
    not_reduced: yes
    from: 2026-12-01
    until: 2026-12-24 18:00
  - id: dozen
    name: By the dozen
    tiers: [{from: 6, percent: 10}, {from: 12, price: 10.00}]
    skus: [MUG]
    together: yes
    max_pieces: 20
  - id: three-for-two
    name: Three for two
    buy_get: {buy: 2, get: 1}
  - id: mug-with-print
    name: A mug with a print
    buy_get: {buy: 1, get: 1, percent: 50, products: [mug]}
    collections: [prints]
  - id: pair
    name: A pair
    bundle: {price: 35.00, parts: [{skus: [MUG]}, {collections: [prints], quantity: 2}]}
  - id: bag
    name: A print from us
    gift: {sku: PRINT-A4, quantity: 1}
    min_goods: 80.00
    max_goods: 300.00
  - id: post
    name: Free post
    free_shipping: yes
    rates: [ie-standard, eu-standard]
    countries: [IE, DE]
    min_pieces: 3
    uses: 500
    uses_per_customer: 2
  - id: flat
    name: Mugs at 12
    fixed_price: 12.00
    products: [mug]
  - id: welcome
    name: Welcome
    code: WELCOME-5
    amount: 5.00
    first_order: yes
    combine: no
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
    "shop/promotions.yaml": PROMOTIONS,
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
