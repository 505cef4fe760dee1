"""All products of a build: those that changed are read and made anew, the others are remembered."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any

from functions.shop.catalogue import Variant
from plugins.content import (
    ContentFaults,
    Fault,
    Packed,
    ProductSource,
    Reading,
    Readings,
    coverage_faults,
    findings_from_bytes,
    read_product,
    reference_faults,
    sound,
)
from plugins.fingerprint import file_state, fingerprint
from plugins.memory import Memory
from plugins.parallel import spread
from plugins.past import NOTHING, look_back
from plugins.product_maker import TEMPLATES, ProductMaker, looks_of, place_of, product_state
from plugins.profile import Made, Profile
from plugins.progress import BuildProgress
from plugins.reductions import claims
from plugins.shop_parts import ShopParts
from plugins.spool import Place, Spool

_Readings = Sequence[Reading[ProductSource]]


@dataclass
class ProductShelf:
    """What is known of every product by its slug, and where what was made in this build waits.

    `cards` are the places of those cards that every process can read, `waiting` what came of files that have faults,
    or need more than themselves, by slug.
    """

    profiles: dict[str, Profile] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    cards: dict[str, Place] = field(default_factory=dict)
    waiting: dict[str, Made] = field(default_factory=dict)

    @cached_property
    def _owners(self) -> dict[str, str]:
        return {sku: slug for slug, profile in self.profiles.items() for sku in profile.skus}

    def owner(self, sku: str) -> str:
        """The product that sells a SKU, by its slug."""
        return self._owners[sku]

    def prints(self, kind: str) -> dict[str, bytes]:
        """The fingerprints of a kind of fragment by SKU, of all products with a page."""
        place = place_of(kind)
        pages = (profile for profile in self.profiles.values() if profile.has_page)
        return {sku: print_ for one in pages for print_ in [one.prints[place]] for sku in one.skus}

    def put(self, made: Made, memory: Memory) -> None:
        """Take up what came of a file, and remember it if it is whole."""
        if made.profile is None:
            self.waiting[made.slug] = made
            return
        self.waiting.pop(made.slug, None)
        self.profiles[made.slug] = _profile(made.profile)
        if made.place:
            self.places[made.slug] = self.cards[made.slug] = made.place
        memory.learn(made.slug, made.state, made.profile, made.fragments)

    def lay_out(self, slugs: Iterable[str], recall: Callable[[str], str], spool: Spool) -> None:
        """Put cards that are only remembered where every process can read them; a database is for one alone."""
        missing = [slug for slug in slugs if slug not in self.cards]
        for slug in missing:
            self.cards[slug] = spool.put(recall(slug))
        if missing:
            spool.flush()


def fill_shelf(parts: ShopParts, maker: ProductMaker, memory: Memory, progress: BuildProgress) -> ProductShelf:
    """Every product as it is now. Raises ContentFaults with every fault of the shop."""
    shelf, paths = ProductShelf(), {_slug(path): path for path in parts.files.products}
    changed = _recall(shelf, paths, memory, maker)
    maker.theme.load(*TEMPLATES)
    made = spread(maker.make_all, changed)
    for result in progress.over("Reading products", made, len(changed)):
        shelf.put(Made(*result), memory)
    memory.keep()  # what was read is known, whatever becomes of this build
    _raise_faults(shelf, parts, paths, memory)
    _complete(shelf, parts, maker, memory)
    return shelf


def _recall(shelf: ProductShelf, paths: Mapping[str, str], memory: Memory, maker: ProductMaker) -> list[str]:
    """Take up what is remembered and still true; gives the files that must be read."""
    known, added, pasts = memory.products(), maker.around.past.added, {"", maker.past}
    looks = cache(partial(looks_of, looks=maker.facts.pictures.looks))
    for slug, path in paths.items():
        state, facts = known.get(slug, ("", ()))
        if (
            state
            and facts[_PAST] in pasts
            and state == product_state(file_state(path), added.get(slug, ""), looks(facts[_PICTURES]))
        ):
            shelf.profiles[slug] = _profile(facts)
    memory.forget(known.keys() - paths.keys())
    return [path for slug, path in paths.items() if slug not in shelf.profiles]


def _slug(path: str) -> str:
    return path[path.rindex("/") + 1 : -len(".md")]


_PAST, _PICTURES = Profile._fields.index("past"), Profile._fields.index("pictures")
_profile: Callable[[tuple[Any, ...]], Profile] = partial(tuple.__new__, Profile)
"""Makes the same as Profile(*facts) at a third of the cost."""


def _raise_faults(shelf: ProductShelf, parts: ShopParts, paths: Mapping[str, str], memory: Memory) -> None:
    """What is wrong within products and between all files. As long as no file says anything new, it is known."""
    findings = {slug: profile.references for slug, profile in shelf.profiles.items()}
    findings |= {slug: made.findings for slug, made in shelf.waiting.items()}
    said = (findings[slug] for slug in paths)
    key = fingerprint(_state(parts.readings), *paths.values(), *said)

    def find() -> tuple[Fault, ...]:
        known = {slug: findings_from_bytes(findings[slug]) for slug in paths}
        readings: list[Reading[ProductSource]] = [Reading(Path(paths[slug]), None, *known[slug]) for slug in paths]
        return tuple(reference_faults(replace(parts.readings, products=tuple(readings))))

    if faults := sorted((*memory.made("faults", key, find), *_uncovered(shelf, parts, paths))):
        raise ContentFaults(tuple(faults))


def _state(readings: Readings) -> str:
    """The same text in every process that read the same; a set has no order."""
    return repr((replace(readings, files=frozenset()), sorted(readings.files)))


def _uncovered(shelf: ProductShelf, parts: ShopParts, paths: Mapping[str, str]) -> Iterator[Fault]:
    """What cannot be sent. It depends on every price and weight, and is found faster than remembered."""
    packed = {slug: profile.packed for slug, profile in shelf.profiles.items()}
    packed |= {slug: made.packed for slug, made in shelf.waiting.items()}
    return coverage_faults(parts.readings.shop, [(path, Packed._make(packed[slug])) for slug, path in paths.items()])


def remade(slug: str, shelf: ProductShelf, parts: ShopParts, maker: ProductMaker) -> Place:
    """Where what is made again of a product waits: it was remembered, and its surroundings changed."""
    reading = _read(parts, slug, maker)
    (made,) = _informed([reading], shelf, parts, maker).complete_all([reading])
    place = Made(*made).place
    if place is None:
        raise AssertionError(f"{slug} is a draft now that it was not a moment ago")
    return place


def _complete(shelf: ProductShelf, parts: ShopParts, maker: ProductMaker, memory: Memory) -> None:
    """Make what waited."""
    readings = [_read(parts, slug, maker) for slug in sorted(shelf.waiting)]
    for made in spread(_informed(readings, shelf, parts, maker).complete_all, readings):
        shelf.put(Made(*made), memory)


def _informed(readings: _Readings, shelf: ProductShelf, parts: ShopParts, maker: ProductMaker) -> ProductMaker:
    """A maker that knows what these products need: the history of reductions, and what bundles are made of."""
    sources = list(map(sound, readings))
    reduced = [source for source in sources if claims(source)]
    past = replace(maker.around.past, **_judged(reduced, parts, maker.around.today))
    sold = _sold(sources, shelf, parts, maker)
    return replace(maker, around=replace(maker.around, past=past, sold=sold))


def _judged(reduced: Sequence[ProductSource], parts: ShopParts, today: str) -> dict[str, Any]:
    past = look_back(reduced, parts.root, parts.settings, today) if reduced else NOTHING
    return {"reductions": past.reductions, "doubts": past.doubts}


def _sold(
    bundles: Iterable[ProductSource], shelf: ProductShelf, parts: ShopParts, maker: ProductMaker
) -> dict[str, Variant]:
    """Every variant of the products that are in bundles, by SKU."""
    needed = {part.sku for source in bundles for part in source.bundle}
    if not needed:
        return {}
    known = {slug for slug, profile in shelf.profiles.items() if needed.intersection(profile.skus)}
    found = [sound(_read(parts, slug, maker)) for slug in {*known, *shelf.waiting}]
    return {variant.sku: variant for source in found for variant in source.variants}


def _read(parts: ShopParts, slug: str, maker: ProductMaker) -> Reading[ProductSource]:
    return read_product(parts.root / "products" / f"{slug}.md", maker.facts)
