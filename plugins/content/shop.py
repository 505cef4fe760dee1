"""shop.yaml: its fields, and the shop they make together with shipping.yaml and tax.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup

from functions.shop.area import Ask, missing
from functions.shop.cart import MAX_QUANTITY
from functions.shop.destination import Destination, normal_postcode, normal_region
from functions.shop.settings import Agreement, Settings
from functions.shop.tax import Tax
from plugins.content.channel import ChannelFields, email, phone
from plugins.content.closures import ClosureFields, calendar, report_closure
from plugins.content.country import country
from plugins.content.facts import Facts
from plugins.content.fault import START, Fault, Position, Report
from plugins.content.fields import Record, items, needed, optional, perhaps, record
from plugins.content.folder import table_of
from plugins.content.hours import week
from plugins.content.list_format import ListFormat
from plugins.content.markdown import inline_html
from plugins.content.markdown_fields import MarkdownFields, markdown_settings, report_extensions
from plugins.content.picture import ImageFields, ImageSource, PictureFolder
from plugins.content.placeholders import words
from plugins.content.reading import Reading, References
from plugins.content.region import currency, language, locale, locale_for, time_zone
from plugins.content.safety import MakerFields, usual_safety
from plugins.content.shipping import ShippingSource, read_shipping
from plugins.content.shop_settings import lists_of, settings
from plugins.content.tax import read_tax
from plugins.content.values import choice, line, line_up_to, number, prose, yes_or_no

NEW_FOR = 30
"""Days that a product counts as new."""


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

    quantity = optional(number(1, MAX_QUANTITY), MAX_QUANTITY)


class ReturnsFields(Record):
    """What holds for whoever changes their mind."""

    days = optional(number(1, 365), 14)
    free = optional(yes_or_no, blank=False)


class KeepFields(Record):
    """For how many days things about people are kept."""

    unpaid = optional(number(1, 365), 30)
    finished = optional(number(30, 3650), 1095)
    waiting = optional(number(1, 1825), 365)


class ShopFields(Record):
    """Everything that may stand in shop.yaml."""

    name = needed(line, "write name: and the shop's name")
    tagline = needed(line, "write tagline: and what the shop is about, in a few words")
    description = needed(line, "write description: and one sentence for search engines")
    legal_name = optional(line, "")
    vat_id = optional(line_up_to(30), "")
    address = needed(record(AddressFields), "write address: {street: ..., city: ..., country: IE}")
    email = needed(email, "write email: and the address that shoppers can write to")
    phone = needed(phone, "write phone: and the number that shoppers can call, like +353 20 912 3456")
    hours = optional(week, {})
    closures = optional(items(record(ClosureFields), "a list, each with from:, until: and message:"), ())
    holidays = perhaps(calendar)
    channels = optional(items(record(ChannelFields), "a list, each with name: and url:"), ())
    chat = perhaps(record(ChannelFields))
    time_zone = needed(time_zone, "write time_zone: and the place, like Europe/Dublin")
    currency = needed(currency, "write currency: and its three letters, like EUR")
    language = needed(language, "write language: and its two letters, like en")
    locale = needed(locale, "write locale: and language and country, like en_IE")
    home = needed(record(HomeFields), "write home: and below it headline:, text:, image: and featured:")
    limits = perhaps(record(LimitFields))
    returns = perhaps(record(ReturnsFields))
    keep = perhaps(record(KeepFields))
    terms = optional(choice(Agreement), Agreement.LINK)
    safety = perhaps(record(MakerFields))
    new_for = optional(number(0, 999), NEW_FOR)
    ask_for_review = optional(number(0, 365), 0)
    markdown = perhaps(record(MarkdownFields))

    @property
    def quantity_limit(self) -> int:
        """How many of one thing can be in a cart."""
        return self.limits.quantity if self.limits else MAX_QUANTITY


class HomeSource(NamedTuple):
    """The home page as its owner wrote it; `featured` are slugs of published products."""

    headline: str
    text: Markup
    image: ImageSource
    featured: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShopSource:
    """The shop's facts, and what only the build needs to know. `new_for` is how many days a product counts as new.

    `path` is that of shop.yaml; `lists` is how its language joins words; `limit` is how many of one thing can be in a
    cart; `rates` are the places of rates in shipping.yaml, by their ids; `terms_at` is where it says how the terms are
    accepted.
    """

    settings: Settings
    description: str
    lists: ListFormat
    home: HomeSource
    new_for: int = NEW_FOR
    limit: int = MAX_QUANTITY
    rates: Mapping[str, Position] = field(default_factory=dict)
    terms_at: Position = START
    path: Path = Path()


def read_shop(root: Path, today: date, pictures: PictureFolder) -> tuple[Reading[ShopSource], Facts]:
    """The shop's three files, read without any other but the home page's picture, and what others need to know."""
    folder, faults = root / "shop", list[Fault]()
    report = Report(folder / "shop.yaml", faults)
    table = table_of(report)
    fields = ShopFields(table, report, START) if table else None
    parcels = read_shipping(Report(folder / "shipping.yaml", faults, (fields and fields.currency) or ""))
    home = (fields and fields.address and fields.address.country) or ""
    included = read_tax(Report(folder / "tax.yaml", faults), home, parcels.shipping if parcels else None)
    facts = _facts(fields, parcels, included, pictures)
    if fields and included:
        _report_place(fields, included)
    image = _checked_image(fields, facts.pictures) if fields else None
    source = _source(fields, parcels, included, image, today) if fields and parcels and included and image else None
    featured = fields.home.references("featured") if fields and fields.home else ()
    reading = Reading(report.path, source, tuple(faults), References(products=featured))
    return reading, replace(facts, words=words(source.settings)) if source else facts


def rate_ids(shop: ShopSource | None) -> tuple[str, ...]:
    """The ids of all shipping rates; none while they are not known."""
    return tuple(rate.id for zone in shop.settings.shipping.zones for rate in zone.rates) if shop else ()


def _checked_image(fields: ShopFields, pictures: PictureFolder) -> ImageSource | None:
    """The home page's picture, after all that is wrong between the fields has been reported."""
    for closure in fields.closures:
        report_closure(closure)
    _report_locale(fields)
    if fields.markdown:
        report_extensions(fields.markdown)
    return pictures.source(fields.home.image) if fields.home and fields.home.image else None


def _report_place(fields: ShopFields, tax: Tax) -> None:
    """Report an address that does not say in which part of a country the shop is, where taxes differ by that."""
    place, parts = fields.address, tax.parts(tax.home)
    ask = missing(parts, Destination(tax.home, normal_postcode(place.postcode), normal_region(place.region)))
    if ask:
        advice = "write all of it" if ask is Ask.POSTCODE else "write its code in ISO 3166-2, like HI"
        place.wrong(ask.value, f"does not say in which part of {tax.home} you are, and tax.yaml needs it; {advice}")


def _report_locale(fields: ShopFields) -> None:
    """Report a locale of another language than the shop's: prices would be written in one, and words in the other."""
    if not fields.has("language", "locale") or fields.locale.split("_")[0] == fields.language:
        return
    advice = locale_for(fields.language, fields.address.country if fields.address else "")
    fields.wrong("locale", f"{fields.locale!r} does not go with language: {fields.language}; write {advice}")


def _facts(
    fields: ShopFields | None, parcels: ShippingSource | None, included: Tax | None, pictures: PictureFolder
) -> Facts:
    destinations = parcels.shipping.countries if parcels else ()
    if fields is None:
        return Facts(pictures, destinations=destinations)
    return Facts(
        pictures,
        currency=fields.currency or "",
        limit=fields.quantity_limit,
        markdown=markdown_settings(fields.markdown),
        destinations=destinations,
        safety=usual_safety(fields.safety),
        tax=included,
    )


def _source(
    fields: ShopFields, parcels: ShippingSource, included: Tax, image: ImageSource, today: date
) -> ShopSource | None:
    if fields.report.faults:
        return None
    text = inline_html(fields.home.text, markdown_settings(fields.markdown))
    home = HomeSource(fields.home.headline, text, image, fields.home.featured)
    facts = settings(fields, parcels, included, today)
    limit, at, path = fields.quantity_limit, fields.place("terms"), fields.report.path
    return ShopSource(facts, fields.description, lists_of(fields), home, fields.new_for, limit, parcels.rates, at, path)
