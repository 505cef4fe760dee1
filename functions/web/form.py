"""Reading the cart's form. What cannot be understood is refused, never guessed."""

from contextlib import suppress
from dataclasses import replace

from werkzeug.datastructures import MultiDict

from functions.shop.cart import Cart, parse_quantity, parse_sku
from functions.shop.destination import Destination, normal_postcode, normal_region
from functions.shop.errors import InvalidCart
from functions.shop.order import Order
from functions.web.cookies import Wish, wish_in, wish_text
from functions.web.entered import entered_in, notes_in

QUANTITY = "quantity."


def cart_in(form: MultiDict[str, str], cart: Cart) -> Cart:
    """The cart with the quantities of the form. Only lines it already has can change. Raises InvalidCart."""
    for line in cart.lines:
        text = form.get(QUANTITY + line.sku)
        if text is not None:
            cart = cart.with_quantity(line.sku, parse_quantity(text))
    removed = form.get("remove")
    return cart.with_quantity(parse_sku(removed), 0) if removed else cart


def wish_of(form: MultiDict[str, str], wish: Wish) -> Wish:
    """Where the form says it shall go, how, and what it enters; what it leaves open stays. Raises InvalidCart."""
    place, entered = _place(form, wish.destination), entered_in(form, wish.entered)
    said = wish_in(wish_text(Wish(place, form.get("shipping", wish.shipping_id)))) or wish
    return replace(said, entered=entered)


def understood(form: MultiDict[str, str], cart: Cart, wish: Wish) -> tuple[Cart, Wish]:
    """What of a form that was refused makes sense, so that nothing has to be typed twice."""
    with suppress(InvalidCart):
        cart = cart_in(form, cart)
    with suppress(InvalidCart):
        return cart, wish_of(form, wish)
    return cart, replace(wish, entered=replace(wish.entered, notes=notes_in(form, wish.entered.notes)))


def _place(form: MultiDict[str, str], known: Destination) -> Destination:
    """The destination of the form. What is said of another country than the one before must be said anew."""
    country = form.get("country", known.country)
    postcode = normal_postcode(form.get("postcode", known.postcode))
    region = normal_region(form.get("region", known.region))
    if country == known.country:
        return Destination(country, postcode, region)
    return Destination(
        country, postcode if postcode != known.postcode else "", region if region != known.region else ""
    )


def agrees(form: MultiDict[str, str], order: Order) -> bool:
    """Whether a form that was posted again still says what was ordered with it."""
    shipping = order.shipping.id if order.shipping else ""
    ordered = {QUANTITY + line.sku: str(line.quantity) for line in order.cart.lines}
    ordered |= {"country": order.country, "shipping": shipping}
    same_place = _place(form, order.destination) == order.destination
    fetched = bool(order.shipping and order.shipping.pickup)
    same_notes = notes_in(form, order.notes).fitting(sent=bool(order.country), fetched=fetched) == order.notes
    return same_place and same_notes and all(form.get(name, "") == text for name, text in ordered.items())
