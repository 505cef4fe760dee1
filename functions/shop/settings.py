"""What the owner says about the shop, as the functions need it. Built from content/shop/*.yaml."""

from dataclasses import dataclass
from enum import StrEnum

from functions.shop.area import Area, Ask, missing, shared
from functions.shop.calendar import Holidays
from functions.shop.day import ENGLISH, DayFormat
from functions.shop.destination import Destination, normal_postcode, normal_region
from functions.shop.money import MoneyFormat
from functions.shop.points import Points
from functions.shop.promise import USUAL, Dispatch
from functions.shop.promotion import Promotion
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
    """When somebody answers the phone: `days` such as `Mon–Fri`, times such as `09:00` in the shop's time zone.

    `first` and `last` are the same days as numbers; Monday is 0. After a break, the same days go on with empty `days`.
    """

    days: str
    opens: str
    closes: str
    first: int = 0
    last: int = 0


@dataclass(frozen=True, slots=True)
class Closure:
    """Days (ISO 8601, the last one included) on which nobody answers; `orders` says whether orders are taken then."""

    first: str
    last: str
    message: str
    orders: bool = True


@dataclass(frozen=True, slots=True)
class Channel:
    """Another way to write to a person, such as a messenger; it opens at `url`."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Returns:
    """How many days a customer has to change their mind, and whether sending back is free."""

    days: int = 14
    free: bool = False


@dataclass(frozen=True, slots=True)
class Retention:
    """Days for which things about people are kept: of orders that were never paid, of paid ones since they were over,
    and addresses that wait for stock. What an invoice says is not among them: tax law wants it for years.
    """

    unpaid: int = 30
    finished: int = 1095  # until most claims of a customer have ended (such as § 195 BGB)
    waiting: int = 365


class Agreement(StrEnum):
    """How a shopper accepts the terms: by ordering beside a link to them, or by ticking a box as well."""

    LINK = "link"
    BOX = "box"


class Policy(StrEnum):
    """What a page of small print is about."""

    TERMS = "terms"
    WITHDRAWAL = "withdrawal"
    PRIVACY = "privacy"


@dataclass(frozen=True, slots=True)
class PolicyPage:
    """A page of small print, which the cart links to."""

    policy: Policy
    title: str
    path: str


@dataclass(frozen=True, slots=True)
class Settings:
    """The shop's facts. `countries` names every destination, by ISO 3166 code; `locale` is a BCP 47 tag (`en-IE`).

    `promotions` stand in the order in which they apply. Without `points` nobody earns any, without `holidays` nobody
    knows when anything arrives. `policies` are the pages of small print that there are. `review_after` is how many days
    after delivery a customer is asked for a review; 0 is never. `vat_id` is the shop's own number, empty without one.
    """

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
    closures: tuple[Closure, ...] = ()
    channels: tuple[Channel, ...] = ()
    chat: Channel | None = None
    returns: Returns = Returns()
    locale: str = "en"
    promotions: tuple[Promotion, ...] = ()
    points: Points | None = None
    dispatch: Dispatch = USUAL
    holidays: Holidays | None = None
    days: DayFormat = ENGLISH
    policies: tuple[PolicyPage, ...] = ()
    agreement: Agreement = Agreement.LINK
    keep: Retention = Retention()
    review_after: int = 0
    vat_id: str = ""

    @property
    def asks_to_accept(self) -> bool:
        """Whether whoever orders has to tick a box to accept the terms."""
        return self.agreement is Agreement.BOX and any(page.policy is Policy.TERMS for page in self.policies)

    @property
    def currency(self) -> str:
        """The one currency the shop sells in, as an ISO 4217 code."""
        return self.money.currency

    @property
    def place(self) -> Destination:
        """Where the shop is, as rules of tax ask: there is supplied what is collected, and what is only a file."""
        return Destination(
            self.address.country, normal_postcode(self.address.postcode), normal_region(self.address.region)
        )

    def missing(self, destination: Destination) -> Ask:
        """What must still be said of a destination before anything there has a price."""
        parts = self.tax.parts(destination.country) if self.tax.decides_total else ()
        return missing((*self.shipping.areas(destination.country), *parts), destination)

    def asks(self, country: str) -> Ask:
        """What a shopper in a country is asked for: whatever rules of delivery or of tax tell its parts apart by.

        Where `missing` says nothing, an answer is not needed: without it, what holds in most of the country does.
        """
        told_apart = missing((*self.shipping.areas(country), *self.tax.parts(country)), Destination(country))
        return Ask.POSTCODE if not told_apart and self.shipping.is_local(country) else told_apart

    def regions_of(self, country: str) -> dict[str, str]:
        """The names of those regions of a country that have rules of their own, by code without the country."""
        regions = self.shipping.regions | self.tax.regions
        return {code[3:]: name for code, name in regions.items() if code[:2] == country}

    def reach(self, destination: Destination, rate_id: str) -> tuple[Area, ...]:
        """Where a parcel may go without another price or another tax: in one of these areas; none if it is unknown."""
        areas = self.shipping.reach(destination, rate_id)
        return shared(areas, self.tax.reach(destination)) if self.tax.parts(destination.country) else areas
