"""Tax: which rates hold at a destination, and how much of what is paid is tax, rate by rate."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from functions.shop.area import Area, less
from functions.shop.destination import Destination
from functions.shop.money import split
from functions.shop.vat_id import country_of

STANDARD = "standard"
"""The category of whatever does not name another."""
EU = frozenset("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split())


class Relief(StrEnum):
    """Why no tax is due, where none is: the parcel leaves the tax's territory, or the buyer pays the tax."""

    NONE = ""
    EXPORT = "export"
    REVERSE_CHARGE = "reverse_charge"


class Service(StrEnum):
    """Who works the tax out: the shop itself, or Stripe Tax on the payment page."""

    OWN = "own"
    STRIPE = "stripe"


@dataclass(frozen=True, slots=True)
class TaxZone:
    """Where the same rates hold, in hundredths of a percent by category. Without rates no tax is due there.

    Without areas it is wherever no zone before it is.
    """

    name: str
    rates: dict[str, int] = field(default_factory=dict)
    areas: tuple[Area, ...] = ()

    def covers(self, destination: Destination) -> bool:
        """Whether the destination lies in it."""
        return not self.areas or any(area.covers(destination) for area in self.areas)

    def areas_in(self, country: str) -> tuple[Area, ...]:
        """The parts of a country that lie in it."""
        return tuple(area for area in self.areas if area.country == country and not area.whole)

    def rate(self, category: str) -> int:
        """A category's rate; the standard one for a category that has none here, so that never too little is due."""
        return self.rates.get(category, self.rates[STANDARD])


@dataclass(frozen=True, slots=True)
class Tax:
    """The shop's tax. `rate` is the standard one where the shop is, in hundredths of a percent: 23 % is 2300.

    Without zones that rate holds for everything, everywhere. `inclusive` prices contain the tax, and what is shown is
    what is charged; with others the tax comes on top. Where no tax is due, inclusive prices stay as they are if
    `exports_keep_price`, and otherwise fall by the tax that they contain at `home`, the shop's own country.
    With `reverse_charge` a business in another country of the EU pays no tax to the shop. `codes` are Stripe's names
    for the categories, for `service` stripe (https://docs.stripe.com/tax/tax-codes). `regions` names those that zones
    speak of, by their ISO 3166-2 codes (`US-AK`).
    """

    name: str
    rate: int
    zones: tuple[TaxZone, ...] = ()
    inclusive: bool = True
    home: str = ""
    exports_keep_price: bool = True
    reverse_charge: bool = False
    service: Service = Service.OWN
    codes: dict[str, str] = field(default_factory=dict)
    regions: dict[str, str] = field(default_factory=dict)

    @property
    def decides_total(self) -> bool:
        """Whether what is to be paid depends on the rates: with inclusive prices it does not, unless one falls."""
        return not (self.inclusive and self.exports_keep_price)

    def zone(self, destination: Destination) -> TaxZone:
        """The first zone that covers the destination; what goes nowhere is taxed where the shop is."""
        wanted = destination if destination.country else Destination(self.home)
        everywhere = TaxZone("", {STANDARD: self.rate})
        return next((zone for zone in self.zones if zone.covers(wanted)), everywhere)

    def rated_at(self, destination: Destination) -> TaxZone:
        """The zone by whose rates goods are reckoned; where no tax is due that is the shop's own."""
        zone = self.zone(destination)
        return zone if zone.rates else self.zone(Destination(self.home))

    def parts(self, country: str) -> tuple[Area, ...]:
        """The parts of a country in which other rates hold than in most of it."""
        usual = self.zone(Destination(country)).rates
        return tuple(area for zone in self.zones if zone.rates != usual for area in zone.areas_in(country))

    def reach(self, destination: Destination) -> tuple[Area, ...]:
        """The areas of its country where the same rates hold as at a destination."""
        country, rates = destination.country, self.zone(destination).rates
        if rates == self.zone(Destination(country)).rates:
            return (less(Area(country), self.parts(country)),)
        return tuple(area for zone in self.zones if zone.rates == rates for area in zone.areas_in(country))

    def relief(self, destination: Destination, vat_id: str) -> Relief:
        """Why no tax is due there; `vat_id` is a business buyer's number, checked and as vat_id.py writes it."""
        if not self.zone(destination).rates:
            return Relief.EXPORT
        buyer, seller = country_of(vat_id), self.home
        abroad = _in_eu(destination, vat_id) and seller not in {destination.country, buyer}
        return Relief.REVERSE_CHARGE if self.reverse_charge and seller in EU and abroad else Relief.NONE


@dataclass(frozen=True, slots=True)
class TaxLine:
    """What is paid at one rate (hundredths of a percent), in minor units: `net + tax` is what it comes to.

    `relief` says why nothing is due, where it is for another reason than a rate of 0.
    """

    name: str
    rate: int
    net: int
    tax: int
    relief: Relief = Relief.NONE


def taxes(
    goods: Sequence[tuple[str, int]],
    shipping: int,
    destination: Destination,
    tax: Tax,
    *,
    vat_id: str = "",
    step: int = 1,
) -> tuple[TaxLine, ...]:
    """The tax of a cart, a line for each rate, the highest first. What is to be paid is the sum of all net and tax.

    `goods` are category and amount of each line after discounts, `shipping` is what sending them costs; all amounts
    are minor units and multiples of `step`, the smallest that the currency is paid in. Shipping is taxed as the goods
    are, in proportion to their amounts (directive 2006/112/EC, article 78). Tax is rounded half up, once for each rate.
    None when Stripe works it out.
    """
    if tax.service is Service.STRIPE:
        return ()
    relief = tax.relief(destination, vat_id)
    amounts = _with_shipping(_by_rate(goods, tax.rated_at(destination)), shipping, step)
    lines = _lines(tax, amounts, step)
    return tuple(lines) if relief is Relief.NONE else tuple(_relieved(tax, amounts, lines, relief))


def paid_by_rate(
    goods: Sequence[tuple[str, int]], shipping: int, destination: Destination, tax: Tax, *, vat_id: str, step: int
) -> dict[int, tuple[int, int]]:
    """By rate, what goods and shipping come to at the shop's prices, and what is paid for that.

    The two differ by tax that comes on top, or by what relief takes out of prices. Arguments are those of `taxes`.
    """
    amounts = _with_shipping(_by_rate(goods, tax.rated_at(destination)), shipping, step)
    lines = {line.rate: line for line in _lines(tax, amounts, step)}
    relief = tax.relief(destination, vat_id)
    if relief is Relief.EXPORT and tax.exports_keep_price:
        return {rate: (amounts[rate], amounts[rate]) for rate in lines}
    due = relief is Relief.NONE
    return {rate: (amounts[rate], line.net + (line.tax if due else 0)) for rate, line in lines.items()}


def included_tax(gross: int, rate: int, step: int = 1) -> int:
    """The tax within `gross`, rounded half up to a multiple of `step`, so that net and tax add up to gross."""
    return rounded(gross * rate, 10_000 + rate, step)


def added_tax(net: int, rate: int, step: int = 1) -> int:
    """The tax on top of `net`, rounded half up to a multiple of `step`."""
    return rounded(net * rate, 10_000, step)


def rounded(numerator: int, denominator: int, step: int) -> int:
    """A fraction rounded half up to a multiple of `step`."""
    scale = denominator * step
    return (2 * numerator + scale) // (2 * scale) * step


def _in_eu(destination: Destination, vat_id: str) -> bool:
    """Whether a parcel stays in the EU on its way to a business there; Northern Ireland is in it for goods."""
    northern_ireland = destination.country == "GB" and vat_id.startswith("XI")
    return northern_ireland or (destination.country in EU and country_of(vat_id) in EU)


def _by_rate(goods: Iterable[tuple[str, int]], zone: TaxZone) -> dict[int, int]:
    """What the goods come to at each rate, the highest first."""
    amounts: Counter[int] = Counter()
    for category, amount in goods:
        amounts[zone.rate(category)] += amount
    return {rate: amounts[rate] for rate in sorted(amounts, reverse=True)}


def _with_shipping(amounts: Mapping[int, int], shipping: int, step: int) -> dict[int, int]:
    """The amounts with their shares of what shipping costs; where all goods are worth nothing, the first bears it."""
    if not amounts:
        return {}
    goods = [*amounts.values()] if any(amounts.values()) else [1, *[0] * (len(amounts) - 1)]
    shares = split(shipping, goods, step)
    return {rate: amount + share for (rate, amount), share in zip(amounts.items(), shares, strict=True)}


def _lines(tax: Tax, amounts: Mapping[int, int], step: int) -> Iterator[TaxLine]:
    """A line for each rate at which anything is paid."""
    for rate, amount in amounts.items():
        if amount and tax.inclusive:
            part = included_tax(amount, rate, step)
            yield TaxLine(tax.name, rate, amount - part, part)
        elif amount:
            yield TaxLine(tax.name, rate, amount, added_tax(amount, rate, step))


def _relieved(tax: Tax, amounts: Mapping[int, int], lines: Iterable[TaxLine], relief: Relief) -> Iterator[TaxLine]:
    """One line without tax: all that was to be paid, or what of it is no tax."""
    keeps_price = relief is Relief.EXPORT and tax.exports_keep_price
    net = sum(amounts.values()) if keeps_price else sum(line.net for line in lines)
    if net:
        yield TaxLine(tax.name, 0, net, 0, relief)
