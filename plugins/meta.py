"""What each kind of page says about itself."""

from functions.language import Words, words_in
from functions.shop.settings import Settings
from plugins import structured_data
from plugins.content import ShopSource, Status
from plugins.letters import IndexPage
from plugins.listing import PAGE
from plugins.news_feed import PATH as NEWS
from plugins.products import product_path
from plugins.rendering import Meta
from plugins.twin import twin_path
from plugins.views import Collection, Home, Listing, Page, Post, Product

JOURNAL = "/journal/"
_HIDDEN = Status.HIDDEN


def home_meta(shop: ShopSource, home: Home, url: str) -> Meta:
    """Of the home page, which speaks for the shop."""
    data = structured_data.shop_data(shop.settings, shop.description, url)
    return Meta(
        title=f"{shop.settings.name}: {shop.settings.tagline}",
        description=shop.description,
        canonical=f"{url}/",
        image=url + home.image.original,
        json_ld=structured_data.script(data, structured_data.site_data(shop.settings, url)),
        alternates=(("application/rss+xml", NEWS),),
        styles=("css/home.css",),
    )


def product_meta(product: Product, settings: Settings, url: str) -> Meta:
    """Of a product; a hidden one is kept out of search engines."""
    home = product.collections[0]
    way = structured_data.breadcrumb_text(
        ((words_in(settings.language).say("Home"), "/"), (home.title, home.path)), product.title, product.path, url
    )
    hidden = product.status is _HIDDEN
    return Meta(
        title=f"{product.title} · {settings.name}",
        description=product.summary,
        canonical="" if hidden else url + product.path,
        image=url + product.images[0].original,
        kind="product",
        json_ld=structured_data.script_of([*structured_data.product_data(product, settings, url), way]),
        robots="noindex" if hidden else "",
        alternates=() if hidden else (("text/markdown", twin_path(product.slug)),),
    )


def listing_meta(collection: Collection, listing: Listing, settings: Settings, url: str) -> Meta:
    """Of one page of a collection."""
    words = words_in(settings.language)
    trail = [(words.say("Home"), "/"), (collection.title, collection.path)]
    narrowed = f": {listing.narrowed}" if listing.narrowed else ""
    paths = [product_path(slug) for slug in listing.entries]
    listed = structured_data.list_data(collection.title, paths, listing.total, url, (listing.number - 1) * PAGE + 1)
    return Meta(
        title=f"{collection.title}{narrowed}{_numbered(listing.number, words)} · {settings.name}",
        description=collection.summary,
        canonical=url + listing.canonical,
        image=url + collection.image.original if collection.image else "",
        json_ld=structured_data.script(structured_data.breadcrumb_data(trail, url), listed),
        styles=("css/listing.css",),
        scripts=("js/listing.js",) if listing.facets or listing.sorts else (),
    )


def page_meta(page: Page, name: str, url: str) -> Meta:
    """Of a page of text or of questions."""
    questions = structured_data.script(structured_data.questions_data(page.questions)) if page.questions else ""
    return Meta(
        title=f"{page.title} · {name}",
        description=page.summary,
        canonical=url + page.path,
        json_ld=questions,
        styles=("css/page.css",),
        scripts=("js/questions.js",) if page.questions else (),
    )


def index_meta(index: IndexPage, settings: Settings, url: str) -> Meta:
    """Of a page of the index of all products."""
    words, letter = words_in(settings.language), f": {index.title}" if index.title else ""
    return Meta(
        title=f"{words.say('All products')}{letter}{_numbered(index.number, words)} · {settings.name}",
        description=words.say("Everything in the shop, by letter and by collection."),
        canonical=url + index.path,
        styles=("css/search.css",),
    )


def search_meta(settings: Settings) -> Meta:
    """Of the search page, which says something else to everyone."""
    words = words_in(settings.language)
    return Meta(
        title=f"{words.say('Search')} · {settings.name}",
        description=words.say("Search all products, pages and journal posts."),
        robots="noindex",
        styles=("css/search.css",),
        scripts=("js/results.js",),
    )


def journal_meta(settings: Settings, url: str) -> Meta:
    """Of the list of posts."""
    words = words_in(settings.language)
    return Meta(
        title=f"{words.say('Journal')} · {settings.name}",
        description=words.say("What is new at {shop}.", shop=settings.name),
        canonical=f"{url}{JOURNAL}",
        styles=("css/journal.css",),
        alternates=(("application/rss+xml", NEWS),),
    )


def post_meta(post: Post, settings: Settings, url: str) -> Meta:
    """Of a post of the journal."""
    words = words_in(settings.language)
    trail = [(words.say("Home"), "/"), (words.say("Journal"), JOURNAL), (post.title, post.path)]
    return Meta(
        title=f"{post.title} · {settings.name}",
        description=post.summary,
        canonical=url + post.path,
        image=url + post.image.original if post.image else "",
        kind="article",
        json_ld=structured_data.script(structured_data.breadcrumb_data(trail, url)),
        styles=("css/journal.css",),
    )


def missing_meta(settings: Settings) -> Meta:
    """Of what stands at an address where nothing is."""
    return Meta(
        f"{words_in(settings.language).say('Not here')} · {settings.name}",
        robots="noindex",
        styles=("css/search.css",),
    )


def _numbered(number: int, words: Words) -> str:
    return words.say(", page {number}", number=number) if number > 1 else ""
