"""What each kind of page says about itself."""

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
    way = structured_data.breadcrumb_text((("Home", "/"), (home.title, home.path)), product.title, product.path, url)
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


def listing_meta(collection: Collection, listing: Listing, name: str, url: str) -> Meta:
    """Of one page of a collection."""
    trail = [("Home", "/"), (collection.title, collection.path)]
    narrowed = f": {listing.narrowed}" if listing.narrowed else ""
    number = f", page {listing.number}" if listing.number > 1 else ""
    paths = [product_path(slug) for slug in listing.entries]
    listed = structured_data.list_data(collection.title, paths, listing.total, url, (listing.number - 1) * PAGE + 1)
    return Meta(
        title=f"{collection.title}{narrowed}{number} · {name}",
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


def index_meta(index: IndexPage, name: str, url: str) -> Meta:
    """Of a page of the index of all products."""
    letter = f": {index.title}" if index.title else ""
    number = f", page {index.number}" if index.number > 1 else ""
    return Meta(
        title=f"All products{letter}{number} · {name}",
        description="Everything in the shop, by letter and by collection.",
        canonical=url + index.path,
        styles=("css/search.css",),
    )


def search_meta(name: str) -> Meta:
    """Of the search page, which says something else to everyone."""
    return Meta(
        title=f"Search · {name}",
        description="Search all products, pages and journal posts.",
        robots="noindex",
        styles=("css/search.css",),
        scripts=("js/results.js",),
    )


def journal_meta(name: str, url: str) -> Meta:
    """Of the list of posts."""
    return Meta(
        title=f"Journal · {name}",
        description=f"What is new at {name}.",
        canonical=f"{url}{JOURNAL}",
        styles=("css/journal.css",),
        alternates=(("application/rss+xml", NEWS),),
    )


def post_meta(post: Post, name: str, url: str) -> Meta:
    """Of a post of the journal."""
    trail = [("Home", "/"), ("Journal", JOURNAL), (post.title, post.path)]
    return Meta(
        title=f"{post.title} · {name}",
        description=post.summary,
        canonical=url + post.path,
        image=url + post.image.original if post.image else "",
        kind="article",
        json_ld=structured_data.script(structured_data.breadcrumb_data(trail, url)),
        styles=("css/journal.css",),
    )
