"""The site: how products, collections and pages belong together."""

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from functions.shop.parcel import Parcel
from functions.shop.settings import Settings
from functions.shop.shipping import usual_choices
from plugins.content import CollectionSource, PageSource
from plugins.products import Renditions, picture_of
from plugins.profile import Profile
from plugins.views import Collection, Delivery, Page

RELATED = 4


class Shelves(NamedTuple):
    """Which products stand where, by their slugs, in the order of their file names.

    `members` are those of each collection, hand-picked ones first; `related` those that stand below a product.
    """

    members: Mapping[str, Sequence[str]]
    related: Mapping[str, Sequence[str]]


def shelve(profiles: Iterable[Profile], collections: Iterable[CollectionSource]) -> Shelves:
    """Put products where their files, and those of the collections, want them."""
    profiles = sorted(profiles, key=attrgetter("slug"))
    visible = {profile.slug for profile in profiles if profile.is_shown}
    shelves: dict[str, list[str]] = {collection.slug: [] for collection in collections}
    for profile in profiles:
        if profile.slug in visible:
            for collection in profile.collections:
                shelves[collection].append(profile.slug)
    members = {collection.slug: _picked(collection, shelves[collection.slug], visible) for collection in collections}
    return Shelves(members, _related(profiles, shelves, visible))


def collection_view(source: CollectionSource, renditions: Renditions) -> Collection:
    """A collection as its pages show it."""
    image = picture_of(source.image, renditions) if source.image else None
    path = f"/{source.slug}/"
    return Collection(source.slug, source.title, source.summary, source.body, path, image, source.in_menu)


def page_view(source: PageSource) -> Page:
    """A page of text as it is shown."""
    return Page(source.slug, source.title, source.summary, source.body, f"/{source.slug}/", source.questions)


def delivery_of(settings: Settings) -> Delivery:
    """What delivery to the main market costs."""
    shipping, country = settings.shipping, settings.shipping.main_country
    offered = usual_choices(shipping, country, Parcel())
    zone = shipping.zone(country)
    free = [rate.free_over for rate in zone.rates if rate.free_over is not None] if zone else []
    return Delivery(settings.countries[country], offered, min(free, default=None), shipping.handling + offered[0].days)


def _picked(collection: CollectionSource, shelf: list[str], visible: set[str]) -> Sequence[str]:
    picked = dict.fromkeys(slug for slug in collection.products if slug in visible)
    return [*picked, *(slug for slug in shelf if slug not in picked)] if picked else shelf


def _related(
    profiles: Sequence[Profile], shelves: Mapping[str, Sequence[str]], visible: set[str]
) -> dict[str, Sequence[str]]:
    """What the owner named comes first, then its neighbours in its home collection, those after it first."""
    homes = {profile.slug: profile.collections[0] for profile in profiles}
    places = {slug: at for home, shelf in shelves.items() for at, slug in enumerate(shelf) if homes[slug] == home}
    return {
        profile.slug: _beside(profile, places.get(profile.slug, -1) + 1, shelves[profile.collections[0]], visible)
        for profile in profiles
    }


def _beside(profile: Profile, after: int, shelf: Sequence[str], visible: set[str]) -> Sequence[str]:
    """What stands below a product; what comes after it on its shelf begins at the place `after`."""
    if not profile.related and len(following := shelf[after : after + RELATED]) == RELATED:  # as nearly always
        return following
    named = [slug for slug in profile.related if slug in visible]
    enough = RELATED + len(named) + 1  # for those that are named, and itself, may be among them
    following = [*shelf[after : after + enough], *shelf[: min(after, enough)]]
    return [*named, *(slug for slug in following if slug != profile.slug and slug not in named)][:RELATED]
