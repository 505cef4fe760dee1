"""Random shops and carts: every kind of promotion, rate, tax and balance. The same number makes the same case."""

from dataclasses import dataclass, field, replace
from functools import partial
from random import Random
from typing import Any

from functions.shop.area import Area
from functions.shop.cart import Cart, CartLine
from functions.shop.catalogue import Variant
from functions.shop.code import BalanceKind
from functions.shop.destination import UNKNOWN, Destination
from functions.shop.ledger import Balance
from functions.shop.money import MoneyFormat, minimum_charge, step
from functions.shop.parcel import Counts, Measure
from functions.shop.promotion import BundlePart, Conditions, Kind, Promotion, Selection, Tier
from functions.shop.quote import Quote, make_quote
from functions.shop.rate import ENDLESS, Band, Limits, Pickup, ShippingRate
from functions.shop.settings import Settings
from functions.shop.shipping import Shipping, ShippingZone
from functions.shop.shopper import ANYBODY, Shopper
from functions.shop.tax import Service, Tax, TaxZone
from functions.shop.working_days import Days
from tests.small_shop import SETTINGS

NOW = 1_796_464_800
"""10:00 on 5 December 2026 in Dublin."""
CURRENCIES = ["EUR", "USD", "JPY", "KWD", "ISK"]
MOMENT = "2026-12-05T10:00"
TIMES = [("", ""), (MOMENT, ""), ("2026-12-05T10:01", ""), ("", MOMENT), ("", "2026-12-06T00:00")]
"""From when and until when a promotion is open: just so, or just not."""
SKUS = ["A", "B", "C", "D", "E", "F"]
PRODUCTS = ["p", "q", "r"]
COLLECTIONS = ["x", "y", "z"]
CATEGORIES = ["standard", "reduced", "books"]
RATES = ["slow", "fast", "shop"]
BUYERS = {"": "", "IE1234567T": "IE", "DE123456788": "DE", "DE123456789": ""}
"""VAT numbers and the country in whose register they are; the last one is mistyped."""
NAMES = {"IE": "Ireland", "DE": "Germany", "ES": "Spain", "GB": "United Kingdom", "US": "United States"}
PLACES = [
    UNKNOWN,
    *map(Destination, NAMES),
    Destination("FR"),
    Destination("ES", "35001"),
    Destination("ES", "28001"),
    Destination("IE", "F26X0X0"),
]
"""France is nowhere in these shops; a part of Spain has rules of its own in some."""
ISLANDS = Area("ES", postcodes=("35", "38"))


@dataclass(frozen=True)
class Case:
    """A cart in a shop, and who buys it."""

    settings: Settings
    variants: dict[str, Variant]
    stock: dict[str, int]
    cart: Cart
    destination: Destination = UNKNOWN
    wanted: str = ""
    shopper: Shopper = ANYBODY
    balances: tuple[Balance, ...] = ()
    gifts: tuple[str, ...] = field(default=("GIFT-1", "GIFT-2"))

    @property
    def smallest(self) -> int:
        """The smallest amount that is paid, in minor units."""
        return step(self.settings.currency)


def quoted(case: Case) -> Quote:
    """The case as the core reckons it."""
    return make_quote(
        case.cart,
        variants=case.variants,
        available=case.stock,
        settings=case.settings,
        destination=case.destination,
        shipping_id=case.wanted,
        shopper=case.shopper,
        balances=case.balances,
        now=NOW,
    )


def case(currency: str, number: int) -> Case:
    """A case in a currency."""
    luck = Random(f"{currency} {number}")  # noqa: S311
    return _Dice(luck, currency).case()


@dataclass
class _Dice:
    """Throws for everything that can differ between two carts."""

    luck: Random
    currency: str

    @property
    def smallest(self) -> int:
        return step(self.currency)

    def one_in(self, count: int) -> bool:
        return self.luck.randrange(count) == 0

    def money(self, most: int, *likely: int) -> int:
        """Up to so many of the smallest amount that is paid; every third time one of the likely ones."""
        found = self.luck.choice(likely) if likely and self.one_in(3) else self.luck.randint(1, most)
        return found * self.smallest

    def some(self, names: list[str], most: int) -> tuple[str, ...]:
        return tuple(self.luck.sample(names, self.luck.randint(0, most)))

    def case(self) -> Case:
        luck = self.luck
        dearest = 20 if self.one_in(8) else 20_000
        variants = {sku: self.variant(sku, dearest) for sku in (*SKUS, "GIFT-1", "GIFT-2")}
        bought = luck.sample(SKUS, luck.randint(1, len(SKUS)))
        cart = Cart(tuple(CartLine(sku, luck.randint(1, 9)) for sku in bought))
        stock = dict.fromkeys(SKUS, 1000) | {"GIFT-1": 1, "GIFT-2": 3}
        settings = self.settings(sum(variants[line.sku].price * line.quantity for line in cart.lines))
        found = Case(settings, variants, stock, cart, luck.choice(PLACES), luck.choice(["", *RATES]), self.shopper())
        return replace(found, balances=self.balances(found))

    def settings(self, goods: int) -> Settings:
        """The shop. Its rules often draw their lines just where the cart's goods are."""
        home = self.luck.choice(["IE", "IE", "GB"])
        return replace(
            SETTINGS,
            money=MoneyFormat(self.currency, 2),
            shipping=self.shipping(goods),
            tax=self.tax(home),
            address=replace(SETTINGS.address, country=home),
            countries=NAMES,
            promotions=tuple(self.promotion(number, goods) for number in range(self.luck.randint(0, 6))),
        )

    def variant(self, sku: str, dearest: int) -> Variant:
        luck = self.luck
        card, is_gift = self.one_in(12), sku.startswith("GIFT")
        return Variant(
            sku,
            luck.choice(PRODUCTS),
            f"Thing {sku}",
            0 if not is_gift and self.one_in(12) else self.money(dearest, 1, 2, 10),
            f"/products/{sku}/",
            weight=luck.choice([0, 10, 180, 333, 2500]),
            collections=tuple(sorted(self.some(COLLECTIONS, 3))),
            reduced=self.one_in(2),
            digital=(card and not is_gift) or self.one_in(6),
            gift_card=card and not is_gift,
            surcharge=self.money(500) if self.one_in(8) else 0,
            tax=luck.choice(CATEGORIES),
        )

    def shopper(self) -> Shopper:
        luck = self.luck
        customer = luck.choice(["", "ada"])
        return Shopper(
            codes=luck.choice([(), ("code-1",), ("CODE 2", "nonsense")]),
            vat_id=luck.choice([*BUYERS]) if self.one_in(2) else "",
            customer=customer,
            is_first=bool(customer) and self.one_in(2),
            uses={f"promotion-{number}": luck.randint(0, 2) for number in range(3)},
            own_uses={f"promotion-{number}": luck.randint(0, 1) for number in range(3)} if customer else {},
        )

    def balances(self, one: Case) -> tuple[Balance, ...]:
        """None, or up to three; often just what leaves the least that can be charged."""
        total, least = quoted(one).total, minimum_charge(self.currency)
        likely = [amount // self.smallest for amount in (total, total - least, total - least + 1) if amount > 0]
        amounts = [self.money(60_000, 1, 1_000_000, *likely) for _ in range(max(0, self.luck.randint(-2, 3)))]
        kinds = [*BalanceKind]
        return tuple(
            Balance(f"account-{number}", self.luck.choice(kinds), amount, f"Balance {number}")
            for number, amount in enumerate(amounts)
        )

    # Promotions

    def promotion(self, number: int, goods: int) -> Promotion:
        kind = self.luck.choice([*Kind])
        return Promotion(
            f"promotion-{number}",
            f"Promotion {number}",
            kind,
            code=f"CODE-{number}" if self.one_in(4) else "",
            goods=self.selection(),
            conditions=self.conditions(goods),
            combines=not self.one_in(4),
            **self.given(kind),
        )

    def given(self, kind: Kind) -> dict[str, Any]:
        """What a promotion of a kind gives."""
        luck = self.luck
        if kind is Kind.PERCENT:
            return {"percent": self.percent()}
        if kind in {Kind.AMOUNT, Kind.FIXED_PRICE}:
            return {"amount": self.money(30_000)}
        if kind is Kind.FREE_SHIPPING:
            return {"rates": luck.choice([(), ("slow",), ("fast",), ("none",), ("slow", "shop")])}
        if kind is Kind.GIFT:
            return {"gift": CartLine(luck.choice(["GIFT-1", "GIFT-2"]), luck.randint(1, 2))}
        if kind is Kind.BUY_GET:
            reward = self.named() if self.one_in(2) else None
            return {"percent": self.percent(), "buy": luck.randint(1, 3), "get": luck.randint(1, 2), "reward": reward}
        return self.given_together(kind)

    def given_together(self, kind: Kind) -> dict[str, Any]:
        """What tiers and bundles give."""
        luck = self.luck
        if kind is Kind.TIERS:
            ends = sorted(luck.sample(range(2, 13), luck.randint(1, 3)))
            return {"together": self.one_in(2), "tiers": tuple(map(self.tier, ends))}
        parts = [BundlePart(self.named(), luck.randint(1, 3)) for _ in range(luck.randint(1, 3))]
        return {"amount": self.money(30_000), "parts": tuple(parts)}

    def percent(self) -> int:
        return self.luck.choice([1500, 3333, 5000, 10_000, self.luck.randint(1, 10_000)])

    def tier(self, pieces: int) -> Tier:
        price = self.luck.randint(0, 5000) * self.smallest
        return Tier(pieces, price=price) if self.one_in(2) else Tier(pieces, self.percent())

    def selection(self) -> Selection:
        return self.named() if self.one_in(2) else Selection(reduced=not self.one_in(3))

    def named(self) -> Selection:
        named = Selection(self.some(SKUS, 2), self.some(PRODUCTS, 1), self.some(COLLECTIONS, 1), not self.one_in(3))
        return Selection(collections=(self.luck.choice(COLLECTIONS),)) if named.is_all else named

    def conditions(self, goods: int) -> Conditions:
        if self.one_in(2):
            return Conditions()
        starts, ends = self.luck.choice(TIMES)
        return Conditions(
            starts,
            ends,
            min_goods=self.luck.choice([5000 * self.smallest, goods]) if self.one_in(3) else 0,
            max_goods=self.luck.choice([9000 * self.smallest, goods]) if self.one_in(3) else None,
            min_pieces=4 if self.one_in(3) else 0,
            max_pieces=12 if self.one_in(3) else None,
            countries=("IE", "ES") if self.one_in(6) else (),
            first_order=self.one_in(10),
            uses=self.luck.randint(1, 2) if self.one_in(8) else None,
            uses_per_customer=1 if self.one_in(8) else None,
        )

    # Delivery

    def shipping(self, goods: int) -> Shipping:
        zone = partial(self.zone, goods=goods, countries=("IE", "GB"), parts=())
        islands = [zone(name="Islands", countries=(), parts=(ISLANDS,))] if self.one_in(2) else []
        zones = (zone(name="Home"), zone(name="Europe", countries=("DE", "ES")), *islands)
        far = (zone(name="Far", countries=("US",)),)
        return Shipping(Days(1, 2), (*zones, *far), packing=self.luck.choice([0, 120]))

    def zone(self, *, name: str, goods: int, countries: tuple[str, ...], parts: tuple[Area, ...]) -> ShippingZone:
        names = self.luck.sample(RATES, self.luck.randint(1, 3))
        most = Limits(weight=30_000) if self.one_in(4) else ENDLESS
        return ShippingZone(name, countries, tuple(self.rate(one, goods) for one in names), parts, limits=most)

    def rate(self, name: str, goods: int) -> ShippingRate:
        luck = self.luck
        by = luck.choice([None, Measure.WEIGHT, Measure.SUBTOTAL, Measure.COUNT])
        return ShippingRate(
            name,
            name,
            0 if self.one_in(3) else self.money(2000, 450, 990),
            Days(1, 3),
            free_over=self.money(40_000, 1, goods // self.smallest) if self.one_in(3) else None,
            free_over_counts=luck.choice([*Counts]),
            per_item=self.money(200) if self.one_in(4) else 0,
            by=by,
            bands=self.bands(by) if by else (),
            limits=Limits(weight=luck.choice([500, 5000])) if self.one_in(6) else ENDLESS,
            within=Area("IE", postcodes=("F26", "F28")) if self.one_in(8) else None,
            pickup=Pickup("3 Quay Lane", "Sat 10:00–14:00") if name == "shop" else None,
        )

    def bands(self, by: Measure) -> tuple[Band, ...]:
        most = {Measure.WEIGHT: 20_000, Measure.SUBTOTAL: 90_000 * self.smallest, Measure.COUNT: 40}[by]
        ends = sorted(self.luck.sample(range(1, most), self.luck.randint(1, 3)))
        last = [] if self.one_in(3) else [Band(self.money(3000))]
        return (*(Band(self.money(2000), end) for end in ends), *last)

    # Tax

    def tax(self, home: str) -> Tax:
        luck = self.luck
        rate = luck.choice([2300, 1900, 0, luck.randint(1, 3000)])
        return Tax(
            "VAT",
            rate,
            () if self.one_in(4) else self.tax_zones(rate),
            inclusive=not self.one_in(3),
            home=home,
            exports_keep_price=self.one_in(2),
            reverse_charge=self.one_in(2),
            service=Service.STRIPE if self.one_in(12) else Service.OWN,
        )

    def tax_zones(self, standard: int) -> tuple[TaxZone, ...]:
        """Parts first, as the build writes them; home always has rates, and elsewhere may have none."""
        home = TaxZone("Home", self.percentages(standard), (Area("IE"), Area("GB")))
        islands = TaxZone("Islands", {}, (ISLANDS,))
        europe = TaxZone("Europe", self.percentages(self.luck.choice([standard, 2100])), (Area("DE"), Area("ES")))
        return (islands, home, europe, *([TaxZone("Elsewhere")] if self.one_in(2) else []))

    def percentages(self, standard: int) -> dict[str, int]:
        others = {"reduced": self.luck.choice([1350, 900, 700]), "books": self.luck.choice([0, 0, standard])}
        return {"standard": standard} | {name: rate for name, rate in others.items() if not self.one_in(4)}
