"""Pages of text, lists, and the way to them."""

from collections.abc import Iterable, Sequence

from functions.shop.settings import Settings
from plugins.content import Questions
from plugins.json_text import quoted
from plugins.once import remembered
from plugins.structured_data.script import Json, json_text
from plugins.structured_data.shop import shop_id
from plugins.views import Post


def breadcrumb_data(trail: Sequence[tuple[str, str]], url: str) -> Json:
    """The way to a page: names and paths from the home page on."""
    items = [
        {"@type": "ListItem", "position": position, "name": name, "item": url + path}
        for position, (name, path) in enumerate(trail, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def breadcrumb_text(above: tuple[tuple[str, str], ...], title: str, path: str, url: str) -> str:
    """The same as JSON, for one of many pages below those that are `above` it."""
    here = f'"position":{len(above) + 1},"name":{quoted(title)},"item":{quoted(url + path)}'
    return f'{_way_begun(above, url)},{{"@type":"ListItem",{here}}}]}}'


@remembered
def _way_begun(above: tuple[tuple[str, str], ...], url: str) -> str:
    return json_text(breadcrumb_data(above, url)).removesuffix("]}")


def list_data(title: str, paths: Sequence[str], total: int, url: str, first: int = 1) -> Json:
    """A page of a collection: the products on it by their paths, the `first` of them counted from 1."""
    items = [
        {"@type": "ListItem", "position": position, "url": url + path} for position, path in enumerate(paths, first)
    ]
    return {"@type": "ItemList", "name": title, "numberOfItems": total, "itemListElement": items}


def questions_data(questions: Iterable[Questions]) -> Json:
    """A page of questions; the answers are HTML, as https://schema.org/Answer may be."""
    items = [
        {"@type": "Question", "name": item.text, "acceptedAnswer": {"@type": "Answer", "text": str(item.answer)}}
        for group in questions
        for item in group.items
    ]
    return {"@type": "FAQPage", "mainEntity": items}


def article_data(post: Post, settings: Settings, url: str) -> Json:
    """A post of the journal (https://developers.google.com/search/docs/appearance/structured-data/article)."""
    shop = {"@type": "Organization", "@id": shop_id(url), "name": settings.name, "url": f"{url}/"}
    found = {
        "@type": "BlogPosting",
        "headline": post.title,
        "description": post.summary,
        "datePublished": post.date,
        "url": url + post.path,
        "mainEntityOfPage": url + post.path,
        "inLanguage": settings.language,
        "author": shop,
        "publisher": shop,
    }
    return found | ({"image": [url + post.image.original]} if post.image else {})
