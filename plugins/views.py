"""What templates see: products with their offers, collections page by page, posts, pages. Amounts are minor units."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from functions.shop.catalogue import Availability, Variant
from functions.shop.shipping import ShippingChoice
from functions.shop.working_days import Days
from plugins.content import Contents, Questions, Safety, Status
from plugins.once import worked_out
from plugins.pictures import Picture


class Crumb(NamedTuple):
    """A page above this one."""

    title: str
    path: str


class Reduction(NamedTuple):
    """A lowered price: `was` is the lowest of the 30 days before the day `since`, proved by the file's history."""

    was: int
    since: str


class UnitPrice(NamedTuple):
    """What so much costs: `price` for each `per`, such as `1 kg`."""

    price: int
    per: str


class Offer(NamedTuple):
    """A variant as it is offered on its page. `image` is its place among the product's pictures, if it has its own; the
    variant itself names none.

    `left` is how many pieces the product file declares; of a bundle, how many its parts allow. `contents` is how much
    is in it, and `unit_price` what that comes to, as far as its owner said so.
    """

    variant: Variant
    availability: Availability
    left: int = 0
    image: int | None = None
    reduction: Reduction | None = None
    contents: Contents | None = None
    unit_price: UnitPrice | None = None

    @property
    def sku(self) -> str:
        return self.variant.sku

    @property
    def price(self) -> int:
        return self.variant.price


class BundlePart(NamedTuple):
    """What a bundle holds: a product's page, how many of it, and what so many cost apart."""

    title: str
    path: str
    quantity: int
    price: int


@dataclass(frozen=True, eq=False)
class Product:
    """A page on which one thing can be bought, in one or several variants. What many ask for is worked out once.

    `text` is its body as the owner wrote it, in Markdown.
    `collections` is the way to it, its home first. `facets` are its option values as (axis, value). `ships_to` are
    names of countries; empty means everywhere the shop delivers.
    """

    slug: str
    title: str
    summary: str
    path: str
    body: Markup
    images: tuple[Picture, ...]
    options: Mapping[str, tuple[str, ...]]
    offers: tuple[Offer, ...]
    specs: Mapping[str, str]
    care: str
    included: tuple[str, ...]
    dimensions: str
    material: str
    safety: Safety
    status: Status
    collections: tuple[Crumb, ...]
    text: str = ""
    added: str = ""
    release_date: str = ""
    is_new: bool = False
    ships_to: tuple[str, ...] = ()
    parts: tuple[BundlePart, ...] = ()

    @property
    def variants(self) -> tuple[Variant, ...]:
        return tuple([offer.variant for offer in self.offers])

    @property
    def axes(self) -> tuple[str, ...]:
        """What there is to choose, such as `Size` and `Frame`."""
        return tuple(self.options)

    @property
    def first_choice(self) -> Offer:
        """What is chosen until a shopper chooses: the first offer that is not sold out."""
        return next((offer for offer in self.offers if offer.availability is not Availability.OUT), self.offers[0])

    @worked_out
    def numbered(self) -> Sequence[tuple[str, Offer]]:
        """The offers with the numbers by which styles tell them apart: 1, 2, …; a single one has none."""
        return [(str(number), offer) for number, offer in enumerate(self.offers, 1)] if self.offers[1:] else []

    @property
    def groups(self) -> Mapping[str, Sequence[tuple[str, Offer]]]:
        """The numbered offers by what is chosen beside the first option, such as `Oak frame, Cotton`."""
        found: dict[str, list[tuple[str, Offer]]] = {}
        for number, offer in self.numbered:
            found.setdefault(", ".join(offer.variant.options[1:]), []).append((number, offer))
        return found

    @property
    def costs_alike(self) -> bool:
        """Whether there is one price, with all that is told with it, whatever is chosen."""
        first = self.offers[0]
        told = (first.variant.price, first.reduction, first.unit_price)
        return all((one.variant.price, one.reduction, one.unit_price) == told for one in self.offers)

    @property
    def sold_out(self) -> Sequence[tuple[str, Offer]]:
        """The numbered offers that cannot be had."""
        return [(number, offer) for number, offer in self.numbered if offer.availability is Availability.OUT]

    @worked_out
    def can_sell_out(self) -> bool:
        """Whether a shopper may want to be told when it is there again."""
        return any(offer.variant.tracked and not offer.variant.backorder for offer in self.offers)

    @property
    def parts_apart(self) -> int:
        """What the parts of a bundle cost apart."""
        return sum(part.price for part in self.parts)

    @worked_out
    def cheapest(self) -> Offer:
        """The first of those that cost least."""
        return min(self.offers, key=lambda offer: offer.variant.price)

    @property
    def price_from(self) -> int:
        """The lowest price of its variants."""
        return self.cheapest.price

    @worked_out
    def prices_differ(self) -> bool:
        """Whether its variants have several prices."""
        return len({offer.variant.price for offer in self.offers}) > 1

    @worked_out
    def is_on_sale(self) -> bool:
        """Whether a price was lowered, and that can be proved."""
        return any(offer.reduction for offer in self.offers)

    @property
    def is_digital(self) -> bool:
        """Whether all of it is files."""
        return all(offer.variant.digital for offer in self.offers)

    @worked_out
    def best_availability(self) -> Availability:
        """The best that any of its variants has."""
        found = {offer.availability for offer in self.offers}
        return next(word for word in _BEST_FIRST if word in found)

    @worked_out
    def facets(self) -> tuple[tuple[str, str], ...]:
        """What a shopper can narrow a collection by: (`Size`, `A4`), as far as a variant has it."""
        found = {pair for offer in self.offers for pair in zip(self.options, offer.variant.options, strict=False)}
        every = [(axis, value) for axis, values in self.options.items() for value in values]
        return tuple([pair for pair in every if pair in found])


_BEST_FIRST = (
    Availability.IN,
    Availability.LOW,
    Availability.PREORDER,
    Availability.BACKORDER,
    Availability.OUT,
)


class Collection(NamedTuple):
    """Products that belong together, with a story of their own."""

    slug: str
    title: str
    summary: str
    body: Markup
    path: str
    image: Picture | None
    in_menu: bool = True


class Choice(NamedTuple):
    """A link to the same collection seen otherwise; `count` is how many products there are then."""

    title: str
    path: str
    current: bool = False
    count: int = 0  # type: ignore[assignment]  # (nobody counts in it as in a tuple)


class Facet(NamedTuple):
    """One question by which a collection is narrowed, such as `Size`, and its answers; `name` is for addresses."""

    title: str
    choices: tuple[Choice, ...]
    name: str = ""


class Entry(NamedTuple):
    """What a list needs to know of a product. `facets` are (axis, value), `added` is ISO 8601."""

    slug: str
    title: str
    price: int
    available: bool
    added: str
    facets: tuple[tuple[str, str], ...]


class Listing(NamedTuple):
    """One page of a collection: `entries` of the `total` that it has in this view, which is in `whole` products.

    `pages` are links to all pages of the view, of which this is the one with the `number`. `narrowed` is the answer
    that narrows it, such as `A4`. `every_card` is the address of a file with all cards of the collection for script to
    choose from, empty when they all stand on this page already. `canonical` is the path for search engines.
    """

    path: str
    entries: tuple[str, ...]
    total: int
    number: int = 1
    pages: tuple[Choice, ...] = ()
    sorts: tuple[Choice, ...] = ()
    facets: tuple[Facet, ...] = ()
    narrowed: str = ""
    every_card: str = ""
    whole: int = 0
    canonical: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of text, or of questions."""

    slug: str
    title: str
    summary: str
    body: Markup
    path: str
    questions: tuple[Questions, ...] = ()


class Post(NamedTuple):
    """A post of the journal; its body holds the cards of the products it names. `date` is ISO 8601."""

    slug: str
    title: str
    summary: str
    date: str
    image: Picture | None
    body: Markup
    path: str


class Home(NamedTuple):
    """What the home page shows first; `featured` are cards."""

    headline: str
    text: Markup
    image: Picture
    featured: tuple[Markup, ...] = ()


class Delivery(NamedTuple):
    """What delivery costs in the main market, for a small order; `days` are those of the cheapest way."""

    country: str
    choices: tuple[ShippingChoice, ...]
    free_over: int | None
    days: Days
