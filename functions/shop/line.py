"""A line item: so many of one variant at one price, what it takes from the stock, and when it comes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from functions.shop.cart import MAX_QUANTITY, Cart
from functions.shop.catalogue import Part, Variant, pieces
from functions.shop.day import DayFormat, day_text
from functions.shop.sentence import Sentence, joined
from functions.shop.tax import STANDARD
from functions.shop.working_days import Days


@dataclass(frozen=True, slots=True)
class LineItem:
    """So many of one variant at one price. Amounts are minor units; `total = quantity × unit_price`.

    `tax`, `handling`, `tracked` and `parts` are the variant's: its tax category, how long until it leaves, and what one
    piece takes from the stock.
    `backorder` says how long it takes when too few are left; a `backordered` line takes nothing from the stock and is
    sent then. `release_date` is set while that day is still to come. `digital` lines are files, or codes of gift cards;
    `file` names the one to download.
    `discount` is what promotions take off the total; a `gift` came with one, costs nothing, and takes stock as well.
    """

    sku: str
    title: str
    label: str
    quantity: int
    unit_price: int
    total: int
    path: str
    image: str = ""
    tracked: bool = True
    limit: int = MAX_QUANTITY
    parts: tuple[Part, ...] = ()
    backorder: str = ""
    backordered: bool = False
    release_date: str = ""
    digital: bool = False
    tax: str = STANDARD
    discount: int = 0
    gift: bool = False
    gift_card: bool = False
    handling: Days | None = None
    file: str = ""

    @property
    def subtotal(self) -> int:
        """What it adds to the subtotal, before promotions: nothing when it is a gift."""
        return 0 if self.gift else self.total

    @property
    def cost(self) -> int:
        """What is to be paid for it."""
        return self.total - self.discount

    @property
    def name(self) -> str:
        """Title and options in one line."""
        return f"{self.title}, {self.label}" if self.label else self.title

    @property
    def each(self) -> tuple[Part, ...]:
        """What one piece takes from the stock."""
        return (self.parts or (Part(self.sku, 1),)) if self.tracked else ()

    @property
    def takes(self) -> tuple[Part, ...]:
        """What the whole line takes from the stock: all of it or, back-ordered, nothing."""
        each = () if self.backordered else self.each
        return tuple(Part(part.sku, part.quantity * self.quantity) for part in each)

    @property
    def late(self) -> bool:
        """Whether it is sent later than the rest: a pre-order or a back-order."""
        return bool(self.release_date) or self.backordered

    def promise(self, form: DayFormat) -> str:
        """How and when it comes, where that is not the usual way; empty otherwise."""
        said = []
        if self.release_date:
            said.append(Sentence("Pre-order: sent from {day}", day=day_text(self.release_date, form)))
        if self.backordered:
            said.append(Sentence("Back-order: sent in {time}", time=self.backorder))
        if self.digital:
            file, code = Sentence("A file, sent by e-mail"), Sentence("A code, sent by e-mail")
            said.append(code if self.gift_card else file)
        return joined(said, ". ")


def priced(cart: Cart, variants: Mapping[str, Variant], stock: Mapping[str, int], today: str) -> tuple[LineItem, ...]:
    """The cart's lines that are on sale, in its order, those that can wait back-ordered where too few are left."""
    lines = tuple(_line(variants[line.sku], line.quantity, today) for line in cart.lines if line.sku in variants)
    left = shared(lines, stock)
    return tuple(
        replace(line, backordered=True) if line.tracked and line.backorder and left[line.sku] < line.quantity else line
        for line in lines
    )


def gift_line(variant: Variant, quantity: int, today: str) -> LineItem:
    """A gift: at its price in the shop, all of which comes off."""
    line = _line(variant, quantity, today)
    return replace(line, discount=line.total, gift=True)


def shared(lines: Sequence[LineItem], stock: Mapping[str, int]) -> dict[str, int]:
    """How many pieces there are for each line, by SKU, once the ones before it have had theirs.

    Lines that can wait have their turn last. One that does not fit takes nothing, so that it is the one that is named.
    """
    free, left = dict(stock), {}
    for line in sorted(lines, key=lambda line: bool(line.backorder)):
        left[line.sku] = pieces(line.each, free)
        if left[line.sku] >= line.quantity:
            free |= {part.sku: free[part.sku] - part.quantity for part in line.takes}
    return left


def back_ordered(lines: tuple[LineItem, ...], sku: str) -> tuple[LineItem, ...]:
    """The lines, one more of them back-ordered for want of `sku`; the same ones when none of those can wait."""
    for at, line in reversed(list(enumerate(lines))):
        if line.backorder and sku in {part.sku for part in line.takes}:
            return (*lines[:at], replace(line, backordered=True), *lines[at + 1 :])
    return lines


def _line(variant: Variant, quantity: int, today: str) -> LineItem:
    return LineItem(
        sku=variant.sku,
        title=variant.title,
        label=variant.label,
        quantity=quantity,
        unit_price=variant.price,
        total=quantity * variant.price,
        path=variant.path,
        image=variant.image,
        tracked=variant.tracked,
        limit=variant.limit,
        parts=variant.parts,
        backorder=variant.backorder,
        release_date=variant.release_date if variant.release_date > today else "",
        digital=variant.digital,
        tax=variant.tax,
        gift_card=variant.gift_card,
        handling=variant.handling,
        file=variant.file,
    )
