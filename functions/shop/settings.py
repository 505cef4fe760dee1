"""What the owner says about the shop, as the functions need it. Built from content/shop/*.yaml."""

from dataclasses import dataclass

from functions.shop.money import MoneyFormat
from functions.shop.shipping import Shipping
from functions.shop.tax import Tax


@dataclass(frozen=True, slots=True)
class Address:
    """Where something or somebody is. `country` is an ISO 3166 code."""

    name: str = ""
    line1: str = ""
    line2: str = ""
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Hours:
    """When somebody answers the phone: `days` such as `Mon–Fri`, times such as `09:00` in the shop's time zone."""

    days: str
    opens: str
    closes: str


@dataclass(frozen=True, slots=True)
class Settings:
    """The shop's facts. `countries` names every destination, by ISO 3166 code."""

    name: str
    tagline: str
    legal_name: str
    address: Address
    email: str
    phone: str
    hours: tuple[Hours, ...]
    time_zone: str
    language: str
    money: MoneyFormat
    shipping: Shipping
    tax: Tax
    countries: dict[str, str]

    @property
    def currency(self) -> str:
        """The one currency the shop sells in, as an ISO 4217 code."""
        return self.money.currency
