"""`pouch stock`: how many pieces there are."""

from collections.abc import Mapping
from difflib import get_close_matches

import click

from cli.desk import Desk, OwnerGroup, Refused, json_option, pass_desk
from cli.pieces import COUNT, MOST
from cli.tables import print_json, row, screen, table
from functions.adapters.file_catalogue import every_variant
from functions.ports import Stock
from functions.shop.errors import OutOfStock

_sku = click.argument("sku")


@click.group(cls=OwnerGroup)
def stock() -> None:
    """Count pieces by hand, or see how many there are."""


@stock.command("set", context_settings={"ignore_unknown_options": True})
@_sku
@click.argument("pieces", type=COUNT)
@json_option
@pass_desk
def set_(desk: Desk, sku: str, pieces: int, as_json: bool) -> None:
    """You have counted: so many PIECES of SKU are on hand, those that wait to be paid included."""
    sku, _ = _known(sku, desk)
    if pieces < 0:
        fewer = f"if {-pieces} are gone, write pouch stock add {sku} {pieces}"
        raise click.UsageError(f"{pieces} pieces cannot be on hand. Write how many you have counted; {fewer}")
    try:
        desk.app.store.set_stock(sku, pieces)
    except OutOfStock as error:
        raise Refused(_kept(sku, desk)) from error
    _say([sku], desk, as_json=as_json)


@stock.command(context_settings={"ignore_unknown_options": True})
@_sku
@click.argument("pieces", type=COUNT)
@json_option
@pass_desk
def add(desk: Desk, sku: str, pieces: int, as_json: bool) -> None:
    """So many PIECES of SKU have come, or are gone: 12, or -1 for one that broke."""
    sku, before = _known(sku, desk)
    if before.on_hand + pieces > MOST:
        raise Refused(f"{before.on_hand} of {sku} are on hand. Write {MOST - before.on_hand} at most.")
    try:
        desk.app.store.add_stock(sku, pieces)
    except OutOfStock as error:
        raise Refused(_not_there(sku, -pieces, desk)) from error
    _say([sku], desk, as_json=as_json)


@stock.command()
@click.argument("skus", nargs=-1)
@click.option("--low", type=click.IntRange(0), metavar="N", help="Only those of which N or fewer can be sold.")
@json_option
@pass_desk
def count(desk: Desk, skus: tuple[str, ...], low: int | None, as_json: bool) -> None:
    """Show how many there are: of these SKUS, or of all that are counted."""
    shown = [_known(sku, desk)[0] for sku in skus] or sorted(_names(desk))
    there = desk.app.store.stock(shown)
    _say([sku for sku in shown if sku in there and (low is None or there[sku].available <= low)], desk, as_json=as_json)


def _known(sku: str, desk: Desk) -> tuple[str, Stock]:
    """A SKU that is counted, in whatever letters it was typed, and its stock."""
    store, names = desk.app.store, _names(desk)
    spelled = next((name for name in names if name.casefold() == sku.casefold()), sku)
    if found := store.stock([spelled]).get(spelled):
        return spelled, found
    if spelled in names:
        raise Refused(f"{spelled} is not counted: it is made to order, a file, or a set of others.")
    close = " or ".join(_meant(sku, names))
    raise Refused(
        f"There is no SKU {sku}. " + (f"Did you mean {close}?" if close else "All of them: pouch stock count")
    )


def _meant(typed: str, names: Mapping[str, str]) -> list[str]:
    """SKUs that are spelt much like it, or else those of things whose name has these words."""
    folded = {sku.casefold(): sku for sku in names}
    close = [folded[found] for found in get_close_matches(typed.casefold(), folded, n=3)]
    return close or [sku for sku, name in names.items() if typed.casefold() in name.casefold()][:3]


def _names(desk: Desk) -> dict[str, str]:
    """What the shop sells, by SKU."""
    return {variant.sku: variant.name for variant in every_variant(desk.app.build)}


def _kept(sku: str, desk: Desk) -> str:
    reserved = desk.app.store.stock([sku])[sku].reserved
    return (
        f"{reserved} of {sku} are reserved for orders that are being paid, so no fewer can be on hand. "
        f"Write {reserved} or more, or try again when those are paid or have ended, within the hour."
    )


def _not_there(sku: str, pieces: int, desk: Desk) -> str:
    """Why so many cannot be taken off."""
    there = desk.app.store.stock([sku])[sku]
    reserved = f", {there.reserved} of them reserved for orders that are being paid" if there.reserved else ""
    return (
        f"{pieces} of {sku} cannot be taken off: {there.on_hand} are on hand{reserved}. "
        f"Write -{there.available} at most, or what you have counted: pouch stock set {sku} …"
    )


def _say(skus: list[str], desk: Desk, *, as_json: bool) -> None:
    there = desk.app.store.stock(skus)
    if as_json:
        facts = [(sku, there[sku]) for sku in skus]
        print_json(
            [
                {"sku": sku, "on_hand": one.on_hand, "reserved": one.reserved, "available": one.available}
                for sku, one in facts
            ]
        )
        return
    if not skus:
        click.echo("Nothing is that low." if _names(desk) else "Nothing is counted yet.")
        return
    names, figures = _names(desk), ("On hand", "Reserved", "Can be sold")
    made = table("SKU", *figures, "What", right=figures, keep=("SKU",))
    for sku in skus:
        one = there[sku]
        row(made, sku, str(one.on_hand), str(one.reserved), str(one.available), names.get(sku, "not sold any more"))
    screen().print(made)
