"""An order to try things on: two postcards and a print, to Ireland, 33.50 EUR with shipping."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from functions.shop.cart import Cart, CartLine
from functions.shop.catalogue import Variant
from functions.shop.destination import Destination
from functions.shop.facts import SessionFacts
from functions.shop.order import Order
from functions.shop.placing import place
from functions.shop.quote import Quote, make_quote
from functions.shop.settings import Address, Settings
from functions.shop.shopper import ANYBODY, Shopper
from tests.small_shop import SETTINGS, VARIANTS

NOW = 1_800_000_000
ADA = Address("Ada Byrne", "4 Quay Street", "", "Westport", "Mayo", "F28 X000", "IE")


def cart(**quantities: int) -> Cart:
    """A cart, by SKU; write `_` for `-`."""
    return Cart(tuple(CartLine(sku.replace("_", "-"), quantity) for sku, quantity in quantities.items()))


def noon(day: str) -> int:
    """The middle of a day where the shop is, in Unix seconds."""
    return int(datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=ZoneInfo(SETTINGS.time_zone)).timestamp())


def quote(
    bought: Cart,
    *,
    country: str = "",
    postcode: str = "",
    region: str = "",
    shipping_id: str = "",
    available: dict[str, int] | None = None,
    variants: tuple[Variant, ...] = VARIANTS,
    settings: Settings = SETTINGS,
    vat_id: str = "",
    shopper: Shopper = ANYBODY,
    today: str = "",
    now: int = 0,
) -> Quote:
    """A quote of the small shop, `now` or at noon `today`; there is plenty of all unless `available` says otherwise."""
    plenty = {variant.sku: 1000 for variant in variants if variant.tracked}
    return make_quote(
        bought,
        variants={variant.sku: variant for variant in variants},
        available=plenty if available is None else available,
        settings=settings,
        destination=Destination(country, postcode, region),
        shipping_id=shipping_id,
        shopper=replace(shopper, vat_id=vat_id),
        now=noon(today) if today else now,
    )


def placed(order_id: str = "ORDER-1", bought: Cart | None = None, now: int = NOW) -> Order:
    """A pending order that Stripe has not heard of."""
    return place(order_id, quote(bought or cart(CARD=2, PRINT_A4=1)), "release-1", now).order


def facts(
    order_id: str = "ORDER-1",
    *,
    session: str = "cs_1",
    status: str = "complete",
    payment_status: str = "paid",
    amount: int = 3350,
    currency: str = "EUR",
    url: str = "",
    payment: str = "pi_1",
    email: str = "ada@example.org",
    address: Address | None = ADA,
    failed: bool = False,
) -> SessionFacts:
    """What Stripe says of a session: the order above, paid, unless told otherwise."""
    return SessionFacts(
        session, order_id, status, payment_status, amount, currency, url, payment, email, address, failed
    )
