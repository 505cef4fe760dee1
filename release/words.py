"""What changed between two releases, in words. `python -m release.words BEFORE AFTER` tells it of two folders in which
the shop was built; BEFORE may be one in which it was not.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from functions.shop.money import MoneyFormat, format_amount
from release.difference import Difference, Price, Side, difference
from release.manifest import built, manifest_of

NOTHING = "Nothing changed."
_SHOWN = 10


def summary(found: Difference) -> str:
    """`3 prices, 1 new product, 2 pages`; empty when nothing differs."""
    return ", ".join(_counted(found))


def details(found: Difference) -> list[str]:
    """A line for each price that changed, and for what came and went; the first ten of each."""
    money = found.money
    return [
        *_some([_price(one, money) for one in found.prices] if money else [], "prices"),
        *_some([f"New: {title}" for title in found.new], "new products"),
        *_some([f"No more: {title}" for title in found.gone], "products that are no more"),
        *_some([f"New choice: {sku}" for sku in found.new_skus], "new choices"),
        *_some([f"Choice no more: {sku}" for sku in found.gone_skus], "choices that are no more"),
    ]


def count(number: int, one: str, many: str = "") -> str:
    """`1 page`, `2 pages`."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def _counted(found: Difference) -> Iterator[str]:
    """What there is any of."""
    told: Sequence[tuple[int, str, str]] = (
        (len(found.prices), "price", ""),
        (len(found.new), "new product", ""),
        (len(found.gone), "product no more", "products no more"),
        (len(found.new_skus), "new choice", ""),
        (len(found.gone_skus), "choice no more", "choices no more"),
        (len(found.counted), "count of stock", "counts of stock"),
        (len(found.other_skus), "variant", ""),
        (len(found.pages), "page", ""),
        (len(found.new_pages), "new page", ""),
        (len(found.gone_pages), "page no more", "pages no more"),
        (found.files, "other file", ""),
    )
    yield from (count(*each) for each in told if each[0])
    if found.settings:
        yield "settings of the shop"


def _price(one: Price, money: MoneyFormat) -> str:
    return f"{one.name} ({one.sku}): {format_amount(one.old, money)} → {format_amount(one.new, money)}"


def _some(lines: Sequence[str], what: str) -> list[str]:
    more = len(lines) - _SHOWN
    return [*lines[:_SHOWN], *([f"… and {more:,} more {what}"] if more > 0 else [])]


def told(found: Difference) -> str:
    """The summary as a sentence, and the details as one each."""
    said = summary(found)
    return "\n".join([f"{said}.", *(f"{line}." for line in details(found))]) if said else NOTHING


def _side(folder: Path) -> Side | None:
    """The release that was built in a folder."""
    if not (folder / "build" / "release.json").exists():
        return None
    release = built(folder / "output", folder / "build")
    return Side(manifest_of(release), release.kept)


_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.argument("before", type=_FOLDER)
@click.argument("after", type=_FOLDER)
def main(before: Path, after: Path) -> None:
    """Write what changed to the standard output."""
    new = _side(after)
    if new is None:
        raise click.ClickException(f"Nothing is built in {after}. Build the shop first: make html")
    click.echo(told(difference(_side(before), new)))


if __name__ == "__main__":
    main()
