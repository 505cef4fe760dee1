"""Pictures: their words, their size, and whether anything shows them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from plugins.advice.advice import Advice, Route
from plugins.advice.aspect import Aspect
from plugins.content import ImageSource, ProductSource

GOOD_WIDTH = 1600
"""The largest size that pages show: a smaller picture is blurred on a good screen."""
SHAPE = 4 / 5
_NEARLY = 0.04
_SHORTEST_ALT, _LONGEST_ALT = 12, 250
_OPENING = re.compile(r"(?:an? )?(?:picture|image|photo|photograph|graphic|screenshot) of\b", re.IGNORECASE)

Sizes = Mapping[Path, tuple[int, int]]
"""Width and height of picture files, the right way up, as far as they were measured."""


def doubtful(sizes: Sizes) -> Sizes:
    """Those of the pictures that are small or have another shape than cards; mostly none."""
    return {file: size for file, size in sizes.items() if size[0] < GOOD_WIDTH or not _has_shape(size)}


def product_pictures(product: ProductSource, odd: Sizes) -> Iterator[Advice]:
    """What is doubtful in a product's pictures; `odd` are the `doubtful` ones of the shop."""
    for at, image in enumerate(product.images):
        yield from picture(product.path, ("images", at), image, odd)
        if image.file in odd and not _has_shape(odd[image.file]):
            yield Advice(product.path, ("images", at, "file"), _out_of_shape(image.file, *odd[image.file]))
    if len({image.file for image in product.images}) < len(product.images):
        yield from _shown_twice(product)
    elif len({image.alt for image in product.images}) < len(product.images):
        yield from _said_twice(product)


def picture(path: Path, route: Route, image: ImageSource, odd: Sizes) -> Iterator[Advice]:
    """What is doubtful in any picture and its words."""
    sentence = _alt(image.alt)
    if sentence:
        yield Advice(path, (*route, "alt"), sentence, Aspect.ALT_TEXT)
    if odd and image.file in odd and odd[image.file][0] < GOOD_WIDTH:
        sentence = f"{image.file.name!r} is {odd[image.file][0]} pixels wide; use one of {GOOD_WIDTH} or more"
        yield Advice(path, (*route, "file"), sentence)


def same_fronts(products: Iterable[ProductSource]) -> Iterator[Advice]:
    """Products that look alike in every list, because their first picture is the same."""
    fronts: dict[Path, ProductSource] = {}
    for product in products:
        front = product.images[0].file
        first = fronts.setdefault(front, product)
        if first is not product:
            sentence = f"{front.name!r} stands for {first.title!r} already; put another picture first"
            yield Advice(product.path, ("images", 0, "file"), sentence)


def orphans(files: Iterable[Path], shown: Iterable[Path]) -> Iterator[Advice]:
    """Picture files that nothing names."""
    for file in sorted(set(files).difference(shown)):
        yield Advice(file, ("picture",), "nothing shows it; name it in images: of a product, or delete it")


def _shown_twice(product: ProductSource) -> Iterator[Advice]:
    files = [image.file for image in product.images]
    for at, file in enumerate(files):
        if files.index(file) != at:
            yield Advice(product.path, ("images", at, "file"), f"{file.name!r} stands here twice; delete one")


def _said_twice(product: ProductSource) -> Iterator[Advice]:
    words = [image.alt for image in product.images]
    for at, alt in enumerate(words):
        if (first := words.index(alt)) != at:
            sentence = f"is that of picture {first + 1} too; say what differs in this one"
            yield Advice(product.path, ("images", at, "alt"), sentence, Aspect.ALT_TEXT)


def _alt(alt: str) -> str:
    if len(alt) < _SHORTEST_ALT:
        return f"has {len(alt)} characters; say what the picture shows, for someone who cannot see it"
    if len(alt) > _LONGEST_ALT:
        return f"has {len(alt)} characters; shorten it to {_LONGEST_ALT}, the rest belongs in the text"
    opening = _OPENING.match(alt)
    return f"begins with {opening[0]!r}, which is known; begin with what it shows" if opening else ""


def _has_shape(size: tuple[int, int]) -> bool:
    return abs(size[0] / size[1] - SHAPE) < _NEARLY


def _out_of_shape(file: Path, width: int, height: int) -> str:
    better = f"{width} × {width * 5 // 4}" if width * 5 < height * 4 else f"{height * 4 // 5} × {height}"
    return f"{file.name!r} is {width} × {height}; cards are 4 to 5 and cut it, so crop it yourself to {better}"
