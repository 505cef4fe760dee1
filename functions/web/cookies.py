"""The shop's cookies: cart, wishlist, destination, and the keys to this browser's orders. All strictly necessary."""

import re
from dataclasses import dataclass, replace

from werkzeug.wrappers import Request, Response

from functions.shop.cart import Cart, decode_cart, encode_cart
from functions.shop.destination import UNKNOWN, Destination
from functions.shop.order import Order
from functions.shop.wishlist import Wishlist, decode_wishlist, encode_wishlist
from functions.web.entered import NOTHING, Entered, entered_from, entered_text, notes_from, notes_text
from functions.web.tokens import Seen, Tokens

CART_AGE = 60 * 86_400
WISHLIST_AGE = 365 * 86_400
ORDER_AGE = 30 * 86_400
DONE_AGE = 60  # seconds; long enough for the next page, too short to be told again later
NOTES_AGE = 86_400  # seconds; they are words to a third person, so they are kept no longer than a cart page lies open
SEEN_LENGTH = 3_000  # characters; what was seen of an uncommonly large cart is not remembered
# Characters of all cookies, beyond which what was seen is not remembered either. API Gateway takes 10,240 bytes of
# address and headers and refuses what has more, so that nothing of ours could ever take a cookie away again.
COOKIES_LENGTH = 6_000
WISH = re.compile(r"([A-Z]{2})\.([A-Za-z0-9-]{0,40})(?:\.([A-Z0-9]{0,10})\.([A-Z0-9]{0,3}|-))?", re.ASCII)
_ORDER_ID = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Wish:
    """Where the shopper wants it and how, and what they entered; empty until said. Only a wish: the quote checks it."""

    destination: Destination = UNKNOWN
    shipping_id: str = ""
    entered: Entered = NOTHING


def wish_text(wish: Wish) -> str:
    """The cookie's text: country and rate, and what else is known of the destination."""
    place = wish.destination
    more = f".{place.postcode}.{place.region}" if place.postcode or place.region else ""
    return f"{place.country}.{wish.shipping_id}{more}"


def wish_in(text: str) -> Wish | None:
    """The wish in a cookie's text; None when it makes no sense."""
    match = WISH.fullmatch(text)
    return Wish(Destination(match[1], match[3] or "", match[4] or ""), match[2]) if match else None


@dataclass(frozen=True, slots=True)
class Cookies:
    """Reads and writes cookies. Over HTTPS the ones that open orders are `__Host-` cookies, hidden from script."""

    https: bool
    tokens: Tokens

    def cart(self, request: Request) -> Cart:
        """What the cookie says is in the cart; what makes no sense in it is left out."""
        return decode_cart(request.cookies.get("cart", ""))

    def wish(self, request: Request) -> Wish:
        """Where the cookies say it shall go, how, and what was entered."""
        known = wish_in(request.cookies.get("destination", "")) or Wish()
        entered = entered_from(self.tokens.entered(request.cookies.get(self._name("entered"), "")))
        notes = notes_from(request.cookies.get(self._name("notes"), ""))
        return replace(known, entered=replace(entered, notes=notes))

    def set_cart(self, response: Response, cart: Cart) -> None:
        """Remember the cart; script may read it to show the count."""
        self._set(response, "cart", encode_cart(cart), CART_AGE, script=True)

    def set_wish(self, response: Response, wish: Wish) -> None:
        """Remember where it shall go, how, and what was entered, which script has no business with."""
        self._set(response, "destination", wish_text(wish), CART_AGE)
        self._set(response, self._name("entered"), self.tokens.for_entered(entered_text(wish.entered)), CART_AGE)
        self._set(response, self._name("notes"), notes_text(wish.entered.notes), NOTES_AGE)

    def seen(self, request: Request) -> Seen | None:
        """What this browser was shown of its cart last; None when it does not know."""
        return self.tokens.seen(request.cookies.get(self._name("seen"), ""))

    def set_seen(self, request: Request, response: Response, seen: Seen | None) -> None:
        """Remember what is shown, so that somebody who comes back is told what has changed; as far as there is room."""
        name = self._name("seen")
        others = len(request.headers.get("Cookie", "")) - len(request.cookies.get(name, ""))
        text = self.tokens.for_seen(seen) if seen else ""
        fits = len(text) <= min(SEEN_LENGTH, COOKIES_LENGTH - others)
        self._set(response, name, text if fits else "", CART_AGE)

    def wishlist(self, request: Request) -> Wishlist:
        """What this browser wishes for."""
        return decode_wishlist(request.cookies.get("wishlist", ""))

    def set_wishlist(self, response: Response, wishlist: Wishlist) -> None:
        """Remember the wishlist; script may read it to show the count."""
        self._set(response, "wishlist", encode_wishlist(wishlist), WISHLIST_AGE, script=True)

    def may_see(self, request: Request, order: Order) -> bool:
        """Whether this browser has the key to an order."""
        return self.tokens.opens(request.cookies.get(self._key(order.id), ""), order)

    def hand_key(self, response: Response, order: Order) -> None:
        """Give this browser the key to an order."""
        self._set(response, self._key(order.id), self.tokens.for_order(order.id, order.epoch), ORDER_AGE)

    def done(self, request: Request, order: Order) -> str:
        """What this browser has just done to an order: the name of a form; empty for nothing."""
        order_id, _, what = request.cookies.get(self._name("done"), "").partition(".")
        return what if order_id == order.id else ""

    def set_done(self, response: Response, order: Order, what: str) -> None:
        """Remember for the next page what was done to an order; an empty text forgets it."""
        self._set(response, self._name("done"), f"{order.id}.{what}" if what else "", DONE_AGE)

    def open_order_id(self, request: Request) -> str:
        """The order this browser went to pay for last; empty when there is none."""
        order_id = request.cookies.get(self._name("paying"), "")
        return order_id if _ORDER_ID.fullmatch(order_id) else ""

    def set_open_order(self, response: Response, order_id: str) -> None:
        """Remember that this browser went to pay for an order."""
        self._set(response, self._name("paying"), order_id, ORDER_AGE)

    def _key(self, order_id: str) -> str:
        return self._name(f"order-{order_id}")

    def _name(self, name: str) -> str:
        return f"__Host-{name}" if self.https else name

    def _set(self, response: Response, name: str, value: str, age: int, *, script: bool = False) -> None:
        """Set a cookie, or take it away when there is nothing to remember."""
        response.set_cookie(
            name,
            value,
            max_age=age if value else 0,
            path="/",
            secure=self.https,
            httponly=not script,
            samesite="Lax",
        )
