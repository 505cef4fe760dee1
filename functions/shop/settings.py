"""What the owner says about the shop, as the functions need it. Built from content/shop/*.yaml."""

from dataclasses import dataclass

from functions.shop.calendar import Holidays
from functions.shop.day import ENGLISH, DayFormat
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

    `first` and `last` are the same days as numbers; Monday is 0.
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
class Settings:
    """The shop's facts. `countries` names every destination, by ISO 3166 code; `locale` is a BCP 47 tag (`en-IE`).

    `promotions` stand in the order in which they apply. Without `points` nobody earns any, without `holidays` nobody
    knows when anything arrives. `review_after` is how many days after delivery a customer is asked for a review; 0 is
    never.
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
    review_after: int = 0

    @property
    def currency(self) -> str:
        """The one currency the shop sells in, as an ISO 4217 code."""
        return self.money.currency
