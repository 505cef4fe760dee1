"""The settings that functions need, made of the shop's files."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from functions.shop.settings import Address, Returns, Settings
from functions.shop.shipping import Shipping
from functions.shop.tax import Tax
from plugins.content.channel import channel
from plugins.content.closures import closures
from plugins.content.country import country_names
from plugins.content.hours import hours_text
from plugins.content.money_format import money_format

if TYPE_CHECKING:
    from plugins.content.shop import ShopFields


def settings(fields: ShopFields, shipping: Shipping, tax: Tax, today: date) -> Settings:
    """The settings of files that have no fault."""
    from babel import Locale  # noqa: PLC0415 (it loads slowly, and most builds remember what it says)

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
        closures=closures(fields.closures, fields.holidays, fields.language, today),
        channels=tuple(channel(one) for one in fields.channels),
        chat=channel(fields.chat) if fields.chat else None,
        returns=Returns(fields.returns.days, fields.returns.free) if fields.returns else Returns(),
    )


def _address(fields: ShopFields) -> Address:
    place = fields.address
    return Address(fields.name, place.street, place.line2, place.city, place.region, place.postcode, place.country)
