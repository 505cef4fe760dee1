"""What the shop says of itself, filled into texts: `{phone}`, `{delivery}` and others. `\\{` is a mere brace."""

import re
from collections.abc import Mapping
from urllib.parse import quote

from markupsafe import Markup, escape

from functions.shop.money import MoneyFormat, format_amount
from functions.shop.parcel import Measure, measure_text
from functions.shop.rate import Band, ShippingRate
from functions.shop.settings import Settings
from functions.shop.shipping import ShippingZone
from plugins.content.country import country_names
from plugins.content.fault import Position, Report
from plugins.content.front_matter import Document
from plugins.content.suggestion import did_you_mean
from plugins.content.written import places

NAMES = ("phone", "email", "name", "legal_name", "address", "hours", "return_days", "delivery", "tax")
_WORD = re.compile(r"\{([A-Za-z][\w-]*)\}")
_WRITTEN = re.compile(r"(?<!\\)\{([A-Za-z][\w-]*)\}")
_CODE = re.compile(r"(<(?:code|pre)\b.*?</(?:code|pre)>)", re.DOTALL)
_HREF = re.compile(r'(?<= href=")[^"]*(?:\{|%7B)[^"]*(?=")')
_IN_HREF = re.compile(r"(?:\{|%7B)([A-Za-z][\w-]*)(?:\}|%7D)")
_BLOCK = re.compile(r"<p>\{delivery\}</p>")
_NOT_DIALLED = re.compile(r"[^0-9+]")
_BRACE = "\ufdd0"  # stands for \{ while a text is rendered; Unicode keeps it free for such uses

Words = Mapping[str, Markup]
"""What stands for each name; empty for what the shop does not say."""


def words(settings: Settings) -> Words:
    """What stands for each name in this shop, as HTML."""
    place = settings.address
    country = settings.countries.get(place.country, country_names()[place.country])
    address = (place.line1, place.line2, place.city, place.region, place.postcode, country)
    hours = (f"{span.days} {span.opens}–{span.closes}" for span in settings.hours)
    texts = {
        "phone": settings.phone,
        "email": settings.email,
        "name": settings.name,
        "legal_name": settings.legal_name,
        "address": ", ".join(filter(None, address)),
        "hours": ", ".join(hours),
        "return_days": str(settings.returns.days),
        "tax": f"{_percent(settings.tax.rate, settings.money.decimal)}% {settings.tax.name}",
    }
    return {name: escape(text) for name, text in texts.items()} | {"delivery": _delivery(settings)}


def shielded(text: str) -> str:
    """The Markdown with every `\\{` kept from being filled."""
    return text.replace("\\{", _BRACE)


def filled(html: str, document: Document, words: Words, report: Report) -> str:
    """The HTML of a shielded text with everything filled in; reports names that there are not. Code stays as it is."""
    if "{" in html or "%7B" in html:
        filler = _Filler(document, words, report)
        parts = _CODE.split(html)
        parts[::2] = [filler.fill(part) for part in parts[::2]]
        html = "".join(parts)
    return _unshielded(html) if _BRACE in html else html


class _Filler:
    """Fills one text."""

    def __init__(self, document: Document, words: Words, report: Report) -> None:
        self.words, self.report = words, report.of("text")
        self.places = places(_WRITTEN, document)

    def fill(self, html: str) -> str:
        """The HTML, which holds no code, with everything filled in."""
        html = _HREF.sub(lambda href: _IN_HREF.sub(self._address, href[0]), html)
        html = _BLOCK.sub(lambda _: self._word("delivery"), html)
        return _WORD.sub(self._inline, html)

    def _address(self, match: re.Match[str]) -> str:
        text = self._inline(match).unescape()
        return quote(_NOT_DIALLED.sub("", text) if match[1] == "phone" else text, safe="@+")

    def _inline(self, match: re.Match[str]) -> Markup:
        if match[1] == "delivery":
            sentence = "{delivery} is a table; let it stand in a paragraph of its own"
            self.report.wrong(self._place("delivery"), sentence)
        return self._word(match[1])

    def _word(self, name: str) -> Markup:
        if name not in NAMES:
            sentence = f"{{{name}}} cannot be filled in (write \\{{ for a mere brace); {did_you_mean(name, NAMES)}"
            self.report.wrong(self._place(name), sentence)
        elif self.words and not self.words[name]:
            self.report.wrong(self._place(name), f"the shop has no {name}; write it in shop.yaml, or take this out")
        return self.words.get(name, Markup())

    def _place(self, name: str) -> Position:
        spots = self.places[name]
        return spots.pop(0) if len(spots) > 1 else spots[0]


def _unshielded(html: str) -> str:
    parts = _CODE.split(html)
    parts[::2] = [part.replace(_BRACE, "{") for part in parts[::2]]
    return "".join(parts).replace(_BRACE, "\\{")


def _percent(rate: int, decimal: str) -> str:
    whole, fraction = divmod(rate, 100)
    return f"{whole}{decimal}{fraction:02d}".rstrip("0") if fraction else str(whole)


def _delivery(settings: Settings) -> Markup:
    """A table of every zone's rates: what it costs, from which value of goods on nothing, and when it arrives."""
    head = Markup("<tr><th>To</th><th>Service</th><th>Price</th><th>Free from</th><th>Days</th></tr>")
    rows = Markup("\n").join(_row(zone, rate, settings) for zone in settings.shipping.zones for rate in zone.rates)
    return Markup("<table>\n<thead>\n{}\n</thead>\n<tbody>\n{}\n</tbody>\n</table>").format(head, rows)


def _row(zone: ShippingZone, rate: ShippingRate, settings: Settings) -> Markup:
    counts = rate.free_over_counts.value.replace("_", " ")
    free = "–" if rate.free_over is None else f"{format_amount(rate.free_over, settings.money)} {counts}"
    days = settings.shipping.handling + rate.days
    cells = (zone.name, _service(rate), _price(rate, settings.money), free, str(days))
    return Markup("<tr>{}</tr>").format(Markup("").join(Markup("<td>{}</td>").format(cell) for cell in cells))


def _service(rate: ShippingRate) -> str:
    """The name of a rate, and where it is offered if that is not everywhere."""
    if rate.pickup:
        return f"{rate.name}: {rate.pickup.address}, {rate.pickup.hours}"
    return f"{rate.name} (postcodes {', '.join(rate.within.postcodes)})" if rate.within else rate.name


def _price(rate: ShippingRate, money: MoneyFormat) -> str:
    """What a rate costs, band by band, and for each piece."""
    bands = "; ".join(_band(band, rate.by, money) for band in rate.bands) if rate.by else ""
    flat = format_amount(rate.price, money) if rate.price or not rate.per_item else ""
    each = f"{format_amount(rate.per_item, money)} for each piece" if rate.per_item else ""
    return " and ".join(filter(None, (bands or flat, each)))


def _band(band: Band, by: Measure, money: MoneyFormat) -> str:
    price = format_amount(band.price, money)
    if band.up_to is None:
        return f"above that {price}"
    return f"up to {measure_text(band.up_to, by, money)}{_NOUN.get(by, '')} {price}"


_NOUN = {Measure.COUNT: " pieces", Measure.SUBTOTAL: " of goods", Measure.LENGTH: " long", Measure.GIRTH: " around"}
