"""Reading the cart's form. What cannot be understood is refused, never guessed."""

from werkzeug.datastructures import MultiDict

from functions.shop.cart import Cart, parse_quantity, parse_sku
from functions.shop.order import Order
from functions.web.cookies import DESTINATION, Destination

QUANTITY = "quantity."


def cart_in(form: MultiDict[str, str], cart: Cart) -> Cart:
    """The cart with the quantities of the form. Only lines it already has can change. Raises InvalidCart."""
    for line in cart.lines:
        text = form.get(QUANTITY + line.sku)
        if text is not None:
            cart = cart.with_quantity(line.sku, parse_quantity(text))
    removed = form.get("remove")
    return cart.with_quantity(parse_sku(removed), 0) if removed else cart


def destination_in(form: MultiDict[str, str], destination: Destination) -> Destination:
    """Where the form says it shall go; what it leaves open stays as it was."""
    found = DESTINATION.fullmatch(
        f"{form.get('country', destination.country)}.{form.get('shipping', destination.shipping_id)}"
    )
    return Destination(found[1], found[2]) if found else destination


def agrees(form: MultiDict[str, str], order: Order) -> bool:
    """Whether a form that was posted again still says what was ordered with it."""
    shipping = order.shipping.id if order.shipping else ""
    ordered = {QUANTITY + line.sku: str(line.quantity) for line in order.lines}
    ordered |= {"country": order.country, "shipping": shipping}
    return all(form.get(name, "") == text for name, text in ordered.items())
