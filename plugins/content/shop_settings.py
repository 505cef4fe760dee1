"""The settings that functions need, made of the shop's files."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from functions.shop.settings import Address, Retention, Returns, Settings
from functions.shop.tax import Tax
from plugins.content.channel import channel
from plugins.content.closures import closures
from plugins.content.country import country_names
from plugins.content.day_format import day_format
from plugins.content.holiday import holidays
from plugins.content.hours import hours_text
from plugins.content.list_format import ListFormat, list_format
from plugins.content.money_format import money_format

if TYPE_CHECKING:
    from plugins.content.shipping import ShippingSource
    from plugins.content.shop import ShopFields


def lists_of(fields: ShopFields) -> ListFormat:
    """How words are joined to a list where the shop is."""
    from babel import Locale  # noqa: PLC0415 (as below)

    return list_format(Locale.parse(fields.locale))


def settings(fields: ShopFields, parcels: ShippingSource, tax: Tax, today: date) -> Settings:
    """The settings of files that have no fault."""
    from babel import Locale  # noqa: PLC0415 (it loads slowly, and most builds remember what it says)

    spoken, shipping = Locale.parse(fields.locale), parcels.shipping
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
        closures=closures(fields.closures, fields.holidays, fields.language, today),
        channels=tuple(channel(one) for one in fields.channels),
        chat=channel(fields.chat) if fields.chat else None,
        returns=Returns(fields.returns.days, fields.returns.free) if fields.returns else Returns(),
        dispatch=parcels.dispatch,
        holidays=holidays(_home(fields), shipping.countries, today),
        days=day_format(spoken),
        agreement=fields.terms,
        keep=Retention(fields.keep.unpaid, fields.keep.finished, fields.keep.waiting) if fields.keep else Retention(),
        review_after=fields.ask_for_review,
        vat_id=fields.vat_id,
    )


def _home(fields: ShopFields) -> str:
    """Whose public holidays the shop keeps."""
    public = fields.holidays
    return "-".join(filter(None, public)) if public else fields.address.country


def _address(fields: ShopFields) -> Address:
    place = fields.address
    return Address(fields.name, place.street, place.line2, place.city, place.region, place.postcode, place.country)
