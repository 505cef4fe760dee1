"""`python -m cli why CART DESTINATION`: how a quote comes about."""

import time
from pathlib import Path

import click

from functions.adapters.file_catalogue import FileCatalogue
from functions.adapters.kept_release import KeptRelease
from functions.shop.area import Ask
from functions.shop.cart import Cart, parse_quantity, parse_sku
from functions.shop.destination import Destination, normal_postcode, normal_region
from functions.shop.errors import InvalidCart, NoRelease
from functions.shop.goods import gift_skus
from functions.shop.quote import make_quote
from functions.shop.settings import Settings
from functions.shop.shopper import Shopper
from functions.shop.why import why as explained

ENOUGH = 1_000_000  # pieces of everything; stock is not what is asked


@click.command()
@click.argument("cart")
@click.argument("destination", default="")
@click.option("--shipping", default="", help="The id of the rate that is chosen; the cheapest one unless said.")
@click.option("--code", "codes", multiple=True, help="A code as a shopper types it; can be given more than once.")
@click.option("--vat-id", default="", help="The VAT number of a business that buys.")
@click.option(
    "--build",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path("build"),
    show_default=True,
    help="What make html has built.",
)
def why(cart: str, destination: str, shipping: str, codes: tuple[str, ...], vat_id: str, build: Path) -> None:
    """Say how a quote comes about: promotions, delivery, days, tax, and why not the others.

    CART is SKUs and quantities, such as PETREL-A3:2,MUG-ISOBARS. DESTINATION is a country, or one with a postcode or
    region: IE, ES-35001, US-HI; the shop's main market unless said.
    """
    try:
        release, wanted = FileCatalogue(build, lambda: int(time.time())).current(), _cart(cart)
    except (InvalidCart, NoRelease) as error:
        raise click.ClickException(str(error)) from error
    for line in _explanation(wanted, destination, shipping, Shopper(codes, vat_id), release):
        click.echo(line)


def _explanation(
    cart: Cart, destination: str, shipping: str, shopper: Shopper, release: KeptRelease
) -> tuple[str, ...]:
    settings, now = release.settings, int(time.time())
    variants = release.variants({*(line.sku for line in cart.lines), *gift_skus(settings)})
    plenty = {part.sku: ENOUGH for variant in variants.values() for part in variant.takes}
    quote = make_quote(
        cart,
        variants=variants,
        available=plenty,
        settings=settings,
        destination=_destination(destination, settings),
        shipping_id=shipping,
        shopper=shopper,
        now=now,
    )
    return explained(quote, settings, variants=variants, available=plenty, shopper=shopper, now=now)


def _cart(text: str) -> Cart:
    cart = Cart()
    for part in text.split(","):
        sku, _, quantity = part.strip().partition(":")
        cart = cart.with_quantity(parse_sku(sku), parse_quantity(quantity or "1"))
    return cart


def _destination(text: str, settings: Settings) -> Destination:
    country, _, place = text.partition("-")
    country = country.strip().upper()
    if country and country not in settings.countries:
        raise click.ClickException(
            f"The shop does not deliver to {country!r}, only to {', '.join(settings.countries)}."
        )
    if settings.asks(country) is Ask.REGION:
        return Destination(country, region=normal_region(place))
    return Destination(country, normal_postcode(place))
