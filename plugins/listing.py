"""Listings: a collection page by page, in every order and narrowed by every answer, each with an address of its own.

Nothing is rendered here, so what is on a page can be compared before it is made. Orders combined with answers, and
answers with each other, are left to script, which chooses by the same places (`Arrangement.places`).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count, pairwise, takewhile
from typing import NamedTuple, TypeVar

from functions.language import ENGLISH, Words
from functions.shop.money import MoneyFormat, exponent, format_amount
from plugins.slug import facet_slug, slug
from plugins.views import Choice, Entry, Facet, Listing

PAGE = 24  # products on a page
ALL_CARDS = "cards.html"
BANDS = (4, 5)  # how many price bands are tried for
FEWEST_BANDS = 3
K = TypeVar("K", str, tuple[str, str])
_OWN_NAMES = frozenset({"price", "availability", "sort", "page"})


class Arrangement(NamedTuple):
    """All pages of a collection. `places` is for script: for each order and answer, by the last part of its address,
    the places of its products among all cards, such as `price-up:1,0;size-a4:0`.
    """

    listings: tuple[Listing, ...]
    places: str

    @property
    def needs_all_cards(self) -> bool:
        """Whether the cards are too many for one page, so that script needs a file with all of them."""
        return bool(self.places) and self.listings[0].whole > PAGE


class _View(NamedTuple):
    """The collection in one order or narrowed by one answer: places among its entries."""

    segment: str
    title: str
    places: Sequence[int]


class _Question(NamedTuple):
    name: str
    title: str
    answers: Sequence[_View]


def arrange(path: str, entries: Sequence[Entry], money: MoneyFormat, words: Words = ENGLISH) -> Arrangement:
    """Every page of the collection at `path` whose products are `entries`, in the owner's order."""
    orders, questions = list(_orders(entries, words)), _questions(entries, money, words)
    views = [view for question in questions for view in question.answers]
    slugs = [entry.slug for entry in entries]
    sorts = _sorts(path, orders) if len(orders) > 1 else ()
    facets = tuple(_facet(path, question) for question in questions)
    file = "" if not sorts and not facets else path + ALL_CARDS if len(entries) > PAGE else path
    plain = Listing(path, (), 0, sorts=sorts, facets=facets, every_card=file, whole=len(entries), canonical=path)
    found = [
        *(page for order in orders for page in _pages(slugs, order, _in_order(plain, order))),
        *(page for view in views for page in _pages(slugs, view, _narrowed(plain, view))),
    ]
    if file == path:
        found[0] = found[0]._replace(every_card="")
    places = (f"{view.segment}:{','.join(map(str, view.places))}" for view in (*orders[1:], *views))
    return Arrangement(tuple(found), ";".join(places))


def _pages(slugs: Sequence[str], view: _View, like: Listing) -> Iterator[Listing]:
    """The pages of one view; what they have in common is shared."""
    total, first = len(view.places), like.path
    paths = [first, *(f"{first}{number}/" for number in range(2, -(-total // PAGE) + 1))]
    links = tuple(Choice(str(number), path) for number, path in enumerate(paths, 1)) if total > PAGE else ()
    for number, path in enumerate(paths, 1):
        shown = tuple(slugs[place] for place in view.places[(number - 1) * PAGE : number * PAGE])
        canonical = like.canonical if view.segment else path
        yield Listing(
            path, shown, total, number, links, like.sorts, like.facets, like.narrowed, like.every_card, like.whole,
            canonical,
        )  # fmt: skip


def _in_order(plain: Listing, order: _View) -> Listing:
    path = _path(plain.path, order)
    return plain._replace(path=path, sorts=_marked(plain.sorts, path))


def _narrowed(plain: Listing, answer: _View) -> Listing:
    path = _path(plain.path, answer)
    facets = tuple(facet._replace(choices=_marked(facet.choices, path)) for facet in plain.facets)
    return plain._replace(path=path, facets=facets, narrowed=answer.title)


def _marked(choices: tuple[Choice, ...], path: str) -> tuple[Choice, ...]:
    """The choices with the one at `path` as the current one."""
    return tuple(choice._replace(current=True) if choice.path == path else choice for choice in choices)


def _path(collection: str, view: _View) -> str:
    return f"{collection}{view.segment}/" if view.segment else collection


def _sorts(path: str, orders: Iterable[_View]) -> tuple[Choice, ...]:
    return tuple(Choice(order.title, _path(path, order), count=len(order.places)) for order in orders)


def _facet(path: str, question: _Question) -> Facet:
    choices = (Choice(view.title, _path(path, view), count=len(view.places)) for view in question.answers)
    return Facet(question.title, tuple(choices), question.name)


def _orders(entries: Sequence[Entry], words: Words) -> Iterator[_View]:
    """The owner's order, and those that differ from it; equals keep the owner's order among themselves."""
    places = range(len(entries))
    yield _View("", words.say("Featured"), places)
    prices, days = [entry.price for entry in entries], [entry.added for entry in entries]
    if len(set(prices)) > 1:
        yield _View("price-up", words.say("Price, low to high"), sorted(places, key=prices.__getitem__))
        yield _View("price-down", words.say("Price, high to low"), sorted(places, key=prices.__getitem__, reverse=True))
    if len(set(days)) > 1:
        yield _View("newest", words.say("Newest"), sorted(places, key=days.__getitem__, reverse=True))


def _questions(entries: Sequence[Entry], money: MoneyFormat, words: Words) -> list[_Question]:
    """The options, the price, and whether it can be had now: what tells one product here from another."""
    bands = _bands([entry.price for entry in entries], money, words)
    own = [_Question("price", words.say("Price"), bands)] if bands else []
    available = [place for place, entry in enumerate(entries) if entry.available]
    if 0 < len(available) < len(entries):
        answer = _View("in-stock", words.say("In stock"), available)
        own.append(_Question("availability", words.say("Availability"), [answer]))
    taken = {"price-up", "price-down", "newest", *(view.segment for question in own for view in question.answers)}
    return [*_axes(entries, taken), *own]


def _axes(entries: Sequence[Entry], taken: Collection[str]) -> list[_Question]:
    places: dict[str, dict[str, list[int]]] = {}
    for place, entry in enumerate(entries):
        for axis, value in entry.facets:
            places.setdefault(axis, {}).setdefault(value, []).append(place)
    axes = {axis: values for axis, values in places.items() if _narrows(values, len(entries))}
    names = _unlike({axis: slug(axis) for axis in axes}, _OWN_NAMES)
    pairs = ((axis, value) for axis, values in axes.items() for value in values)
    segments = _unlike({pair: facet_slug(*pair).strip("-") for pair in pairs}, taken)
    return [
        _Question(names[axis], axis, [_View(segments[axis, value], value, at) for value, at in values.items()])
        for axis, values in axes.items()
    ]


def _narrows(values: dict[str, list[int]], whole: int) -> bool:
    return len(values) > 1 and any(len(places) < whole for places in values.values())


def _unlike(wanted: dict[K, str], taken: Collection[str]) -> dict[K, str]:
    """Each its word, with a number behind it where that is taken or could be a page. Decided by name, so it lasts."""
    used, found = set(taken), {}
    for key in sorted(wanted):
        word, number = wanted[key] or "other", 1
        while word in used or word.isdigit():
            number += 1
            word = f"{wanted[key] or 'other'}-{number}"
        used.add(word)
        found[key] = word
    return found


def _bands(prices: Sequence[int], money: MoneyFormat, words: Words) -> list[_View]:
    """From three to five price bands with about as many products each, or none where the prices are too alike."""
    unit, ordered = 10 ** exponent(money.currency), sorted(prices)
    tried = (_cuts(ordered, parts, unit) for parts in BANDS)
    cuts = next((cuts for cuts in tried if len(cuts) + 1 >= FEWEST_BANDS), [])
    if not cuts:
        return []
    places: list[list[int]] = [[] for _ in range(len(cuts) + 1)]
    for place, price in enumerate(prices):
        places[bisect_right(cuts, price)].append(place)
    titles = _band_titles([format_amount(cut, replace(money, digits=0)) for cut in cuts], words)
    return [_View(f"price-{number}", *band) for number, band in enumerate(zip(titles, places, strict=True), 1)]


def _band_titles(cuts: Sequence[str], words: Words) -> list[str]:
    between = (words.say("{low} to {high}", low=low, high=high) for low, high in pairwise(cuts))
    return [words.say("Under {price}", price=cuts[0]), *between, words.say("{price} and over", price=cuts[-1])]


def _cuts(ordered: Sequence[int], parts: int, unit: int) -> list[int]:
    """Round amounts that cut sorted prices into about equal parts, none of them empty."""
    found: list[int] = []
    below = 0
    for part in range(1, parts):
        cut = _round(ordered[len(ordered) * part // parts], unit) if ordered else 0
        at = bisect_left(ordered, cut)
        if below < at < len(ordered):
            found.append(cut)
            below = at
    return found


def _round(price: int, unit: int) -> int:
    """The nearest round amount, in steps of 1 or 5 and zeros that are a quarter of the price at most."""
    steps = (factor * unit * 10**zeros for zeros in count() for factor in (1, 5))
    step = max(takewhile(lambda step: step * 4 <= price, steps), default=unit)
    return max(unit, (price + step // 2) // step * step)
