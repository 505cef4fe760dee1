"""Every page of the site, as jobs that say what each is made from."""

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial
from itertools import chain, islice
from typing import Any

from markupsafe import Markup

from functions.language import words_in
from plugins.content import CollectionSource, ImageSource, PageSource, PostSource
from plugins.embedding import answered, with_cards
from plugins.feeds import Feeds, Fragments
from plugins.fingerprint import fingerprint
from plugins.job import Job
from plugins.letters import IndexPage, index_pages, letters
from plugins.listing import ALL_CARDS, PAGE, Arrangement, arrange
from plugins.meta import (
    JOURNAL,
    home_meta,
    index_meta,
    journal_meta,
    listing_meta,
    missing_meta,
    page_meta,
    post_meta,
    search_meta,
)
from plugins.output import Output
from plugins.pictures import Picture
from plugins.product_maker import SEARCH, ProductMaker, place_of
from plugins.product_shelf import ProductShelf, remade
from plugins.products import picture_of, product_path
from plugins.profile import CARD_THERE, PAGE_THERE, TWIN_THERE, Profile
from plugins.rendering import Meta, Theme
from plugins.search import text_record
from plugins.shop_parts import ShopParts
from plugins.site import Shelves, collection_view, page_view
from plugins.spool import Place
from plugins.twin import twin_path
from plugins.views import Choice, Collection, Crumb, Home, Listing, Post

SOME = 4  # cards on a page that has nothing else to show
NEIGHBOURS = 128  # cards that are at hand for the next pages


@dataclass(frozen=True)
class Pages:
    """Makes pages of what was read. `key` is a fingerprint of what every page is made from; `recall` gives the card of
    a product that was remembered, by its slug.
    """

    parts: ShopParts
    shelf: ProductShelf
    shelves: Shelves
    maker: ProductMaker
    theme: Theme
    url: str
    key: bytes
    recall: Callable[[str], str]

    def __post_init__(self) -> None:
        self._lay_out((*self.parts.shop.home.featured, *self._some, *map(self.shelf.owner, self._embedded())))

    def undone(self, output: Output) -> Iterator[Job]:
        """Every page that is not there as it should be."""
        yield Job("/", b"", self._home)
        yield Job("/404.html", b"", self._not_found)
        texts = (job for job in self._texts() if not (job.key and output.keep(job.address, job.key)))
        products = (self._product(profile, output) for profile in self.shelf.profiles.values() if profile.has_page)
        for job in chain(texts, chain.from_iterable(products)):
            self._lay_out(job.cards)
            yield job

    def _lay_out(self, slugs: Iterable[str]) -> None:
        self.shelf.lay_out(slugs, self.recall, self.maker.spool)

    def _embedded(self) -> Iterator[str]:
        """The SKUs whose cards stand in texts."""
        for texts in (self.parts.collections, self.parts.pages, self.parts.posts):
            yield from chain.from_iterable(text.embeds for text in texts)

    @cached_property
    def _some(self) -> Sequence[str]:
        """The products on a page that has nothing else to show."""
        return [profile.slug for profile in islice((p for p in self._in_order if p.is_shown), SOME)]

    def _texts(self) -> Iterator[Job]:
        """Collections, pages, the index and the journal."""
        for collection in self.parts.collections:
            yield from self._collection(collection)
        for source in self.parts.pages:
            yield Job(f"/{source.slug}/", b"", partial(self._page, source))
        yield from self._index()
        yield from self._journal()

    def feeds(self, fragments: Fragments) -> Feeds:
        """What joins all that machines read of the whole shop."""
        views = [collection_view(source, self.parts.renditions) for source in self.parts.collections]
        crumbs = {view.slug: Crumb(view.title, view.path) for view in views}
        shown = (profile for profile in self.shelf.profiles.values() if profile.is_shown)
        return Feeds(
            shop=self.parts.shop,
            fragments=fragments,
            homes={profile.slug: crumbs[profile.collections[0]] for profile in shown},
            pages=[page_view(source) for source in self.parts.pages],
            posts=[self._post_view(source) for source in self.parts.posts],
            paths=dict(self._other_paths(views)),
            url=self.url,
        )

    def key_of(self, kind: str) -> bytes:
        """A fingerprint of all that is joined from the products' fragments of a kind, with what stands beside them."""
        place = place_of(kind)
        prints = [profile.prints[place] for profile in self._in_order]
        return fingerprint(self._beside, b"".join(prints))

    @cached_property
    def _in_order(self) -> list[Profile]:
        return [profile for _, profile in sorted(self.shelf.profiles.items())]

    @cached_property
    def _beside(self) -> bytes:
        """A fingerprint of what stands in feeds beside the products' own texts, and of which product is where."""
        parts = self.parts
        images = [*(source.image for source in parts.collections), *(source.image for source in parts.posts)]
        looks = [self._picture(image) for image in images]
        others = pickle.dumps((parts.collections, parts.pages, parts.posts, looks))
        places = "\n".join([f"{profile.slug} {profile.collections[:1]}" for profile in self._in_order])
        cards = self._prints_of(sku for post in parts.posts for sku in post.embeds)  # feeds hold the texts of posts
        return fingerprint(self.key, others, places, *cards)

    def _other_paths(self, collections: Iterable[Collection]) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The paths of pages other than products that search engines may show, with their pictures."""
        yield "/", ()
        for view in collections:
            yield view.path, (view.image.original,) if view.image else ()
            last = -(-len(self.shelves.members[view.slug]) // PAGE)
            yield from ((f"{view.path}{number}/", ()) for number in range(2, last + 1))
        yield from ((f"/{page.slug}/", ()) for page in self.parts.pages)
        yield from ((page.path, ()) for page in self._letters)
        for post in map(self._post_view, self.parts.posts):
            yield post.path, (post.image.original,) if post.image else ()

    def _product(self, profile: Profile, output: Output) -> Iterator[Job]:
        """A product's page and its twin, as far as they are not there."""
        slug, key = profile.slug, self.key + profile.page
        path, related = product_path(slug), self.shelves.related[slug]
        whole = key + self._prints(related)
        if not output.keep(path, whole):
            yield Job(path, whole, partial(self._product_page, slug), related)
        if profile.is_shown and not output.keep(twin_path(slug), key):
            yield Job(twin_path(slug), key, partial(self._twin, slug))

    def _product_page(self, slug: str) -> bytes:
        title, head, main = self.maker.spool.take(self._place(slug), PAGE_THERE)
        related = self.shelves.related[slug]
        below = self.theme.render("related.html", related=map(self._card_below, related)) if related else ""
        return self.theme.poured(title, head, main + below.encode(), product_path(slug))

    def _twin(self, slug: str) -> bytes:
        words: bytes = self.maker.spool.take(self._place(slug), TWIN_THERE)
        return words

    def _place(self, slug: str) -> Place:
        """Where a product's page and its twin wait."""
        return self.shelf.places.get(slug) or remade(slug, self.shelf, self.parts, self.maker)

    def _picture(self, image: ImageSource | None) -> Picture | None:
        """A picture as it is now: its addresses change with its content."""
        return picture_of(image, self.parts.renditions) if image else None

    def _post_view(self, source: PostSource) -> Post:
        image = self._picture(source.image)
        body = with_cards(source.body, self._card_of)
        return Post(source.slug, source.title, source.summary, source.date, image, body, f"{JOURNAL}{source.slug}/")

    def _collection(self, source: CollectionSource) -> Iterator[Job]:
        """Every page of a collection; each is made again when its own cards, or what all of them show, change."""
        members = self.shelves.members[source.slug]
        entries = [self.shelf.profiles[slug].entry for slug in members]
        arranged = arrange(
            f"/{source.slug}/", entries, self.parts.settings.money, words_in(self.parts.settings.language)
        )
        first = arranged.listings[0]
        looks = (source, self._picture(source.image), first.sorts, first.facets)
        shape = fingerprint(pickle.dumps(looks), *self._prints_of(source.embeds))
        for listing in arranged.listings:
            key = self._listing_key(shape, listing, arranged)
            make = partial(self._listing_page, source, listing, arranged.places)
            yield Job(listing.path, key, make, listing.entries)
        if arranged.needs_all_cards:
            key = self.key + fingerprint(source.title, arranged.places, self._prints(members))
            yield Job(first.path + ALL_CARDS, key, partial(self._all_cards, source, arranged.places), members)

    def _listing_key(self, shape: bytes, listing: Listing, arranged: Arrangement) -> bytes:
        places = "" if listing.every_card else arranged.places
        numbers = f"{listing.path} {listing.number} {listing.total} {listing.every_card}"
        return self.key + fingerprint(shape, numbers, places, self._prints(listing.entries))

    def _listing_page(self, source: CollectionSource, listing: Listing, places: str) -> bytes:
        collection = collection_view(source, self.parts.renditions)
        context = {
            "collection": collection,
            "listing": listing,
            "cards": self._cards(listing.entries),
            "body": with_cards(collection.body, self._card_of),
            "places": places,
        }
        meta = listing_meta(collection, listing, self.parts.settings, self.url)
        return self._text(listing.path, meta, "collection.html", **context)

    def _all_cards(self, source: CollectionSource, places: str) -> str:
        collection = collection_view(source, self.parts.renditions)
        cards = self._cards(self.shelves.members[source.slug])
        return self.theme.render("cards.html", collection=collection, cards=cards, places=places)

    def _index(self) -> Iterator[Job]:
        """All products by letter, and the search page, which leads there when there is no script."""
        pages = self._letters
        counts = {slug: len(members) for slug, members in self.shelves.members.items()}
        for page in pages:
            links = "\n".join([f"{link.title}\n{link.path}" for letter in page.letters for link in letter.links])
            around = (page.path, page.title, [letter.title for letter in page.letters], page.choices, page.pages)
            key = self.key + fingerprint(pickle.dumps((around, counts)), links)
            yield Job(page.path, key, partial(self._index_page, page, counts))
        yield Job("/search/", b"", partial(self._search_page, letters(pages)))

    @cached_property
    def _letters(self) -> list[IndexPage]:
        shown = (profile for profile in self.shelf.profiles.values() if profile.is_shown)
        return index_pages(Crumb(profile.title, product_path(profile.slug)) for profile in shown)

    def _index_page(self, page: IndexPage, counts: Mapping[str, int]) -> bytes:
        meta = index_meta(page, self.parts.settings, self.url)
        return self._text(page.path, meta, "all.html", index=page, counts=counts)

    def _search_page(self, choices: Iterable[Choice]) -> bytes:
        return self._text("/search/", search_meta(self.parts.settings), "search.html", choices=choices)

    def _journal(self) -> Iterator[Job]:
        """The list of posts, and each of them with the cards of the products that it names."""
        if self.parts.posts:
            yield Job(JOURNAL, b"", self._journal_page)
        for source in self.parts.posts:
            looks = (source, self._picture(source.image))
            key = self.key + fingerprint(pickle.dumps(looks), *self._prints_of(source.embeds))
            yield Job(f"{JOURNAL}{source.slug}/", key, partial(self._post, source))

    def _journal_page(self) -> bytes:
        posts = [self._post_view(source) for source in self.parts.posts]
        return self._text(JOURNAL, journal_meta(self.parts.settings, self.url), "journal.html", posts=posts)

    def _post(self, source: PostSource) -> bytes:
        post = self._post_view(source)
        return self._text(post.path, post_meta(post, self.parts.settings, self.url), "post.html", post=post)

    def records(self, fragments: Fragments) -> Iterator[str]:
        """What a search finds: products, collections, pages and posts."""
        yield from (text for slug, text in fragments(SEARCH) if text and slug in self.shelf.profiles)
        language = self.parts.settings.language
        for collection in self.parts.collections:
            yield text_record(collection_view(collection, self.parts.renditions), language)
        for page in self.parts.pages:
            yield text_record(page_view(page), language)
        for post in self.parts.posts:
            yield text_record(self._post_view(post), language)

    def _prints(self, slugs: Iterable[str]) -> bytes:
        """Fingerprints of the cards of products, one after the other."""
        return b"".join(map(self._card_prints.__getitem__, slugs))

    @cached_property
    def _card_prints(self) -> dict[str, bytes]:
        return {slug: profile.card for slug, profile in self.shelf.profiles.items()}

    def _prints_of(self, skus: Iterable[str]) -> Iterator[bytes]:
        return (self.shelf.profiles[self.shelf.owner(sku)].card for sku in skus)

    def _card_of(self, sku: str) -> Markup:
        return self._cards([self.shelf.owner(sku)])[0]

    def _home(self) -> bytes:
        source = self.parts.shop.home
        image = picture_of(source.image, self.parts.renditions)
        home = Home(source.headline, source.text, image, self._cards(source.featured))
        return self._text("/", home_meta(self.parts.shop, home, self.url), "home.html", home=home)

    def _page(self, source: PageSource) -> bytes:
        page = page_view(source)
        questions = tuple(answered(group, self._card_of) for group in page.questions)
        page = replace(page, body=with_cards(page.body, self._card_of), questions=questions)
        return self._text(page.path, page_meta(page, self.parts.settings.name, self.url), "page.html", page=page)

    def _not_found(self) -> bytes:
        meta = missing_meta(self.parts.settings)
        return self._text("/404.html", meta, "404.html", cards=self._cards(self._some))

    def _text(self, path: str, meta: Meta, template: str, **context: Any) -> bytes:
        return self.theme.page(meta, self.theme.render(template, **context), path)

    def _cards(self, slugs: Iterable[str]) -> tuple[Markup, ...]:
        return tuple([Markup(self._card_text(slug)) for slug in slugs])  # noqa: S704 (made by a template)

    def _card_text(self, slug: str) -> str:
        text: str = self.maker.spool.take(self.shelf.cards[slug], CARD_THERE)
        return text

    @cached_property
    def _card_below(self) -> Callable[[str], Markup]:
        """Gives a card as it stands below products, which show much the same as their neighbours do."""
        return lru_cache(maxsize=NEIGHBOURS)(lambda slug: plain_card(self._card_text(slug)))


def plain_card(card: str) -> Markup:
    """A card without what script sorts and chooses by, which only a list needs."""
    return Markup('<li class="card">' + card.partition(">")[2])  # noqa: S704 (made by a template)
