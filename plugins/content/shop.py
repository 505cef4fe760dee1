"""shop.yaml: its fields, and the shop they make."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from zoneinfo import available_timezones

from babel import Locale
from babel.localedata import locale_identifiers
from markupsafe import Markup

from functions.shop.cart import MAX_QUANTITY
from functions.shop.settings import Address, Settings
from functions.shop.shipping import Shipping
from functions.shop.tax import Tax
from plugins.content.country import country, country_names
from plugins.content.facts import Facts
from plugins.content.fault import START, Fault, Report
from plugins.content.fields import Record, items, needed, optional, perhaps, record
from plugins.content.folder import table_of
from plugins.content.hours import hours_text, week
from plugins.content.markdown import inline_html
from plugins.content.markdown_fields import MarkdownFields, markdown_settings, report_extensions
from plugins.content.money_format import money_format
from plugins.content.picture import ImageFields, ImageSource, PictureFolder
from plugins.content.reading import Reading, References
from plugins.content.shipping import read_shipping
from plugins.content.suggestion import did_you_mean
from plugins.content.tax import read_tax
from plugins.content.values import line, prose, whole_number
from plugins.content.yaml_nodes import Node

_EMAIL = re.compile(r"[^@\s<>,;:\"]+@[^@\s<>,;:\".]+(?:\.[^@\s<>,;:\".]+)+")
_PHONE = re.compile(r"\+?[0-9(][0-9 ()/.\-]{4,30}", re.ASCII)


def email(node: Node, report: Report) -> str | None:
    """A reader of e-mail addresses."""
    written = line(node, report)
    if written is None or _EMAIL.fullmatch(written):
        return written
    return report.wrong(node, f"{written!r} is no e-mail address; write it like hello@ternandgale.example")


def phone(node: Node, report: Report) -> str | None:
    """A reader of telephone numbers."""
    written = line(node, report)
    if written is None or _PHONE.fullmatch(written):
        return written
    return report.wrong(node, f"{written!r} is no telephone number; write it like +353 20 912 3456")


def time_zone(node: Node, report: Report) -> str | None:
    """A reader of time zones such as `Europe/Dublin`."""
    written = line(node, report)
    if written is None or written in _time_zones():
        return written
    return report.wrong(node, f"{written!r} is no time zone; {did_you_mean(written, _time_zones())}")


def currency(node: Node, report: Report) -> str | None:
    """A reader of currencies such as `EUR`."""
    written = line(node, report)
    known = set(Locale("en").currencies)
    if written is None or written in known:
        return written
    meant = f"did you mean {written.upper()!r}?" if written.upper() in known else "write its three letters, like EUR"
    return report.wrong(node, f"{written!r} is no currency; {meant}")


def locale(node: Node, report: Report) -> str | None:
    """A reader of locales such as `en_IE`; a hyphen is understood too."""
    written = line(node, report)
    name = (written or "").replace("-", "_")
    known = locale_identifiers()
    if written is None or name in known:
        return written and name
    return report.wrong(node, f"{written!r} is no locale; {did_you_mean(name, known)}")


def language(node: Node, report: Report) -> str | None:
    """A reader of languages such as `en`."""
    written = line(node, report)
    if written is None or written in Locale("en").languages:
        return written
    return report.wrong(node, f"{written!r} is no language; write its two letters, like en")


def quantity(node: Node, report: Report) -> int | None:
    """A reader of the most that can be ordered of one thing."""
    found = whole_number(node, report)
    if found is None or 1 <= found <= MAX_QUANTITY:
        return found
    return report.wrong(node, f"{found} is not possible; write a number from 1 to {MAX_QUANTITY}")


@cache
def _time_zones() -> frozenset[str]:
    return frozenset(available_timezones())


class AddressFields(Record):
    """Where the shop is."""

    street = needed(line, "write street: and the house, like 3 Quay Lane")
    line2 = optional(line, "")
    city = needed(line, "write city: and the town's name")
    region = optional(line, "")
    postcode = optional(line, "")
    country = needed(country, "write country: and its code, like IE")


class HomeFields(Record):
    """What the home page shows first."""

    headline = needed(line, "write headline: and a few words in large letters")
    text = needed(prose, "write text: and a sentence or two below the headline")
    image = needed(record(ImageFields), "write image: {file: ..., alt: ...}")
    featured = needed(items(line, "[storm-petrel, spring-tide]"), "list the products to show, like [storm-petrel]")


class LimitFields(Record):
    """What keeps orders within reason."""

    quantity = optional(quantity, MAX_QUANTITY)


class ShopFields(Record):
    """Everything that may stand in shop.yaml."""

    name = needed(line, "write name: and the shop's name")
    tagline = needed(line, "write tagline: and what the shop is about, in a few words")
    description = needed(line, "write description: and one sentence for search engines")
    legal_name = optional(line, "")
    address = needed(record(AddressFields), "write address: {street: ..., city: ..., country: IE}")
    email = needed(email, "write email: and the address that shoppers can write to")
    phone = needed(phone, "write phone: and the number that shoppers can call, like +353 20 912 3456")
    hours = optional(week, {})
    time_zone = needed(time_zone, "write time_zone: and the place, like Europe/Dublin")
    currency = needed(currency, "write currency: and its three letters, like EUR")
    language = needed(language, "write language: and its two letters, like en")
    locale = needed(locale, "write locale: and language and country, like en_IE")
    home = needed(record(HomeFields), "write home: and below it headline:, text:, image: and featured:")
    limits = perhaps(record(LimitFields))
    markdown = perhaps(record(MarkdownFields))

    @property
    def quantity_limit(self) -> int:
        """How many of one thing can be in a cart."""
        return self.limits.quantity if self.limits else MAX_QUANTITY


@dataclass(frozen=True, slots=True)
class HomeSource:
    """The home page as its owner wrote it; `featured` are slugs of published products."""

    headline: str
    text: Markup
    image: ImageSource
    featured: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShopSource:
    """The shop's facts, and what only the build needs to know."""

    settings: Settings
    description: str
    locale: str
    home: HomeSource


def read_shop(root: Path, today: date) -> tuple[Reading[ShopSource], Facts]:  # noqa: ARG001
    """The shop's three files, read without any other but the home page's picture, and what others need to know."""
    folder, faults = root / "shop", list[Fault]()
    report = Report(folder / "shop.yaml", faults)
    table = table_of(report)
    fields = ShopFields(table, report, START) if table else None
    if fields and fields.markdown:
        report_extensions(fields.markdown)
    facts = _facts(fields, PictureFolder(root / "images"))
    image = facts.pictures.source(fields.home.image) if fields and fields.home and fields.home.image else None
    parcels = read_shipping(Report(folder / "shipping.yaml", faults, facts.currency))
    included = read_tax(Report(folder / "tax.yaml", faults))
    source = _source(fields, parcels, included, image) if fields and parcels and included and image else None
    featured = fields.home.references("featured") if fields and fields.home else ()
    return Reading(report.path, source, tuple(faults), References(products=featured)), facts


def _facts(fields: ShopFields | None, pictures: PictureFolder) -> Facts:
    if fields is None:
        return Facts(pictures)
    return Facts(pictures, fields.currency or "", fields.quantity_limit, markdown_settings(fields.markdown))


def _source(fields: ShopFields, shipping: Shipping, tax: Tax, image: ImageSource) -> ShopSource | None:
    if fields.report.faults:
        return None
    text = inline_html(fields.home.text, markdown_settings(fields.markdown))
    home = HomeSource(fields.home.headline, text, image, fields.home.featured)
    return ShopSource(_settings(fields, shipping, tax), fields.description, fields.locale, home)


def _settings(fields: ShopFields, shipping: Shipping, tax: Tax) -> Settings:
    spoken = Locale.parse(fields.locale)
    return Settings(
        name=fields.name,
        tagline=fields.tagline,
        legal_name=fields.legal_name or fields.name,
        address=_address(fields),
        email=fields.email,
        phone=fields.phone,
        hours=hours_text(fields.hours, spoken),
        time_zone=fields.time_zone,
        language=fields.language,
        money=money_format(fields.currency, spoken),
        shipping=shipping,
        tax=tax,
        locale=fields.locale.replace("_", "-"),
        countries={code: spoken.territories.get(code, country_names()[code]) for code in shipping.countries},
    )


def _address(fields: ShopFields) -> Address:
    place = fields.address
    return Address(fields.name, place.street, place.line2, place.city, place.region, place.postcode, place.country)
