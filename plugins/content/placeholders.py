"""What the shop says of itself, filled into texts: `{phone}`, `{delivery}` and others. `\\{` is a mere brace."""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from markupsafe import Markup, escape

from functions.language import words_in
from functions.shop.address_text import place_lines
from functions.shop.money import MoneyFormat, format_amount, percent_text
from functions.shop.parcel import Counts, Measure, measure_text
from functions.shop.rate import Band, ShippingRate
from functions.shop.sentence import Sentence, joined, listed, msgid
from functions.shop.settings import Settings
from functions.shop.shipping import ShippingZone
from plugins.content.country import country_names
from plugins.content.fault import Position, Report
from plugins.content.front_matter import Document
from plugins.content.suggestion import did_you_mean
from plugins.content.written import places, without_code

NAMES = ("phone", "email", "name", "legal_name", "address", "hours", "return_days", "delivery", "tax")
_WORD = re.compile(r"\{([A-Za-z][\w-]*)\}")
_WRITTEN = re.compile(r"(?<!\\)\{([A-Za-z][\w-]*)\}")
_CODE = re.compile(r"(<(?:code|pre)\b.*?</(?:code|pre)>)", re.DOTALL)
_HREF = re.compile(r'(?<= href=")[^"]*(?:\{|%7B)[^"]*(?=")')
_IN_HREF = re.compile(r"(?:\{|%7B)([A-Za-z][\w-]*)(?:\}|%7D)")
_DESTINATION = re.compile(r"\]\([^()\s]*$")  # where the address of a link in Markdown is being written
_BLOCK = re.compile(r"<p>\{delivery\}</p>")
_NOT_DIALLED = re.compile(r"[^0-9+]")
_BRACE = "\ufdd0"  # stands for \{ while a text is rendered; Unicode keeps it free for such uses

Words = Mapping[str, Markup]
"""What stands for each name; empty for what the shop does not say."""


def words(settings: Settings) -> Words:
    """What stands for each name in this shop, as HTML."""
    place = settings.address
    countries = {place.country: country_names()[place.country], **settings.countries}
    rate = percent_text(settings.tax.rate, settings.money.decimal)
    hours = (f"{span.days} {span.opens}–{span.closes}".strip() for span in settings.hours)
    texts = {
        "phone": settings.phone,
        "email": settings.email,
        "name": settings.name,
        "legal_name": settings.legal_name,
        "address": ", ".join(place_lines(place, countries)),
        "hours": ", ".join(hours),
        "return_days": str(settings.returns.days),
        "tax": words_in(settings.language).say("{percent}% {tax}", percent=rate, tax=settings.tax.name),
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


def filled_markdown(text: str, words: Words) -> str:
    """Markdown with everything filled in that there is a word for. Code stays as it is."""
    if "{" not in text:
        return text
    spans = [match.span() for match in _WRITTEN.finditer(without_code(text))]
    for first, last in reversed(spans):
        name = text[first + 1 : last - 1]
        word = words.get(name, text[first:last])
        if name in words and _DESTINATION.search(text, 0, first):
            word = _in_address(name, words[name])
        text = text[:first] + word + text[last:]
    return text


def _in_address(name: str, word: Markup) -> str:
    """A word as it stands in the address of a link."""
    text = word.unescape()
    return quote(_NOT_DIALLED.sub("", text) if name == "phone" else text, safe="@+")


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
        return _in_address(match[1], self._inline(match))

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


def _delivery(settings: Settings) -> Markup:
    """A table of every zone's rates: what it costs, from which value of goods on nothing, and when it arrives."""
    say = words_in(settings.language).say
    titles = (say("To"), say("Service"), say("Price"), say("Free from"), say("Days"))
    rates = [(zone, rate) for zone in settings.shipping.zones for rate in zone.rates]
    rows = Markup("\n").join(_cells("td", _row(zone, rate, settings)) for zone, rate in rates)
    table = Markup("<table>\n<thead>\n{}\n</thead>\n<tbody>\n{}\n</tbody>\n</table>")
    return table.format(_cells("th", titles), rows)


def _cells(tag: str, texts: Iterable[object]) -> Markup:
    cell = Markup(f"<{tag}>{{}}</{tag}>")  # noqa: S704 (our own two tags)
    return Markup("<tr>{}</tr>").format(Markup("").join(map(cell.format, texts)))


def _row(zone: ShippingZone, rate: ShippingRate, settings: Settings) -> tuple[object, ...]:
    words, money = words_in(settings.language), settings.money
    told = map(words.tell, (_service(rate), _price(rate, money), _free(rate, money)))
    return zone.name, *told, str(settings.shipping.handling + rate.days)


def _service(rate: ShippingRate) -> str:
    """The name of a rate, and where it is offered if that is not everywhere."""
    if rate.pickup:
        return f"{rate.name}: {rate.pickup.address}, {rate.pickup.hours}"
    if rate.within:
        return Sentence("{name} (postcodes {codes})", name=rate.name, codes=", ".join(rate.within.postcodes))
    return rate.name


def _free(rate: ShippingRate, money: MoneyFormat) -> str:
    """From which value of goods on it costs nothing."""
    if rate.free_over is None:
        return "–"
    amount = format_amount(rate.free_over, money)
    if rate.free_over_counts is Counts.BEFORE_DISCOUNTS:
        return Sentence("{amount} before discounts", amount=amount)
    return Sentence("{amount} after discounts", amount=amount)


def _price(rate: ShippingRate, money: MoneyFormat) -> str:
    """What a rate costs, band by band, and for each piece."""
    bands = joined((_band(band, rate.by, money) for band in rate.bands), by="; ") if rate.by else ""
    flat = format_amount(rate.price, money) if rate.price or not rate.per_item else ""
    if not rate.per_item:
        return bands or flat
    each = Sentence("{price} for each piece", price=format_amount(rate.per_item, money))
    return listed([price for price in (bands or flat, each) if price])


def _band(band: Band, by: Measure, money: MoneyFormat) -> Sentence:
    price = format_amount(band.price, money)
    if band.up_to is None:
        return Sentence("above that {price}", price=price)
    return Sentence(_UP_TO[by], most=measure_text(band.up_to, by, money), price=price)


_UP_TO = {
    Measure.WEIGHT: msgid("up to {most} {price}"),
    Measure.COUNT: msgid("up to {most} pieces {price}"),
    Measure.SUBTOTAL: msgid("up to {most} of goods {price}"),
    Measure.LENGTH: msgid("up to {most} long {price}"),
    Measure.GIRTH: msgid("up to {most} around {price}"),
}
