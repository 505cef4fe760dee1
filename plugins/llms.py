"""/llms.txt: the shop in a few lines, and where a language model finds each product (https://llmstxt.org)."""

from collections.abc import Iterable, Mapping

from functions.language import words_in
from functions.shop.settings import Settings
from plugins.twin import plain, twin_path
from plugins.views import Crumb, Page, Product

PATH = "/llms.txt"


def llms_line(product: Product, url: str) -> str:
    """A product in one line, with its twin's address. `url` is the site's address, without a slash at the end."""
    return f"- [{plain(product.title)}]({url}{twin_path(product.slug)}): {plain(product.summary)}\n"


def llms(
    settings: Settings,
    description: str,
    products: Mapping[Crumb, Iterable[str]],
    pages: Iterable[Page],
    url: str,
) -> str:
    """The whole file: the lines of all products below their home collections, then the pages."""
    shelves = "".join(_section(crumb.title, lines) for crumb, lines in products.items())
    texts = _section(
        words_in(settings.language).say("Pages"),
        (f"- [{plain(page.title)}]({url}{page.path}): {plain(page.summary)}\n" for page in pages),
    )
    return f"# {plain(settings.name)}\n\n> {plain(description)}\n\n{_facts(settings)}{shelves}{texts}"


def _facts(settings: Settings) -> str:
    words, tax = words_in(settings.language), plain(settings.tax.name)
    prices = (
        words.say("Prices are in {currency} and include {tax}.", currency=settings.currency, tax=tax)
        if settings.tax.inclusive
        else words.say("Prices are in {currency} and come without {tax}.", currency=settings.currency, tax=tax)
    )
    countries = ", ".join(plain(name) for name in settings.countries.values())
    told = (
        prices,
        words.say("Delivery to: {countries}.", countries=countries),
        words.say("A person answers at {phone} and {email}.", phone=settings.phone, email=plain(settings.email)),
    )
    return "".join(f"- {sentence}\n" for sentence in told)


def _section(title: str, lines: Iterable[str]) -> str:
    listed = "".join(lines)
    return f"\n## {plain(title)}\n\n{listed}" if listed else ""
