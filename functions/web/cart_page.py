"""The cart page, the one place where a cart is shown: asked for, after a change, and when a checkout was refused."""

import hashlib
import json
from dataclasses import dataclass, replace

from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Request, Response

from functions.ports import Catalogue, Clock, NewId, Release, Store
from functions.service.carting import quote_cart
from functions.shop.cart import Cart
from functions.shop.changes import Summary, changes, gone, goods_changes, summary_of
from functions.shop.code import Codes
from functions.shop.note import NO_NOTES
from functions.shop.order import Order
from functions.shop.quote import Quote
from functions.shop.sentence import Sentence
from functions.shop.state import State
from functions.web.cookies import Cookies, Wish
from functions.web.entered import new_code
from functions.web.form import understood
from functions.web.limit import Limit, Limits, ask_to_wait
from functions.web.page import Pages
from functions.web.tokens import Seen, Tokens

_CODES = Limit("codes", most=20, seconds=600)
_TOO_MANY_CODES = Sentence(
    "Many codes were tried from your connection. Please wait ten minutes before you enter another one, or call us. "
    "Your cart is kept."
)


@dataclass(frozen=True, slots=True)
class CartPage:
    """Shows a cart at its present prices and remembers it in the browser."""

    catalogue: Catalogue
    store: Store
    pages: Pages
    cookies: Cookies
    tokens: Tokens
    codes: Codes
    new_id: NewId
    clock: Clock
    limits: Limits

    def show(
        self,
        request: Request,
        cart: Cart,
        wish: Wish,
        *,
        notice: str = "",
        status: int = 200,
        own: Order | None = None,
        shown: Summary | None = None,
    ) -> Response:
        """The page with the cart's form, and what has changed since it was `shown`, or since this browser saw it last.

        What is no longer sold is taken out, if it can be named. `own` is the shopper's unpaid order, when the browser
        cannot know it yet.
        """
        release, own = self.catalogue.current(), own or self.open_order(request)
        quote, last = self.quote(cart, wish, release, own), self.cookies.seen(request)
        seen = shown or (last.summary if last else None)
        is_same = bool(shown or (last and last.asked == _asked(cart, wish)))
        news = _news(seen, quote, release, everything=is_same)
        for sku in gone(seen, quote) if seen else ():
            cart, quote = (less := cart.with_quantity(sku, 0)), self.quote(less, wish, release, own)
        wish, summary = sent_to(quote, wish), summary_of(quote, release.settings)
        response = self.pages.page(
            request,
            release,
            "functions/cart.html",
            title=Sentence("Your cart"),
            count=cart.count,
            status=status,
            quote=quote,
            entered=wish.entered,
            accepted=request.form.get("terms") == "accepted",
            checkout=self.tokens.for_checkout(self.new_id(), quote.digest, summary),
            destinations=destinations(release),
            notice=notice,
            news=news,
            open_order=own,
            now=self.clock(),
        )
        self.remember(request, response, cart, wish)
        self.cookies.set_seen(request, response, Seen(_asked(cart, wish), _lasting(summary)) if cart.lines else None)
        return response

    def guesses(self, request: Request) -> Response | None:
        """The answer to a code of which too many were tried from one place, right ones or wrong ones: the form's cart
        without it, so that nobody learns what the code is. None when it may be tried, or there is none.
        """
        if not new_code(request.form, self.wish(request).entered):
            return None
        limit = self.limits.exceeded((_CODES, self.limits.place(request)))
        return self.too_often(request, limit, _TOO_MANY_CODES) if limit else None

    def too_often(self, request: Request, limit: Limit, notice: Sentence, shown: Summary | None = None) -> Response:
        """The cart as the form has it, but for a new code, and for how long to wait."""
        form = MultiDict(item for item in request.form.items() if item[0] != "code")
        cart, wish = understood(form, self.cart(request), self.wish(request))
        return ask_to_wait(self.show(request, cart, wish, notice=notice, status=429, shown=shown), limit)

    def quote(self, cart: Cart, wish: Wish, release: Release, own: Order | None = None) -> Quote:
        """What a cart costs now, sent where the shopper wants it."""
        entered = wish.entered
        return quote_cart(
            cart,
            release=release,
            store=self.store,
            now=self.clock(),
            destination=wish.destination,
            shipping_id=wish.shipping_id,
            codes=entered.codes,
            vat_id=entered.vat_id,
            email=entered.email,
            own=own,
        )

    def remember(self, request: Request, response: Response, cart: Cart, wish: Wish) -> None:
        """Note cart and destination in the browser. What was bought is out of the cart then, so it is forgotten."""
        self.cookies.set_cart(response, cart)
        self.cookies.set_wish(response, wish)
        if self._bought(request):
            self.cookies.set_open_order(response, "")

    def cart(self, request: Request) -> Cart:
        """What is in this browser's cart, less what it has bought since it was noted there."""
        cart, bought = self.cookies.cart(request), self._bought(request)
        return cart.without(bought.cart) if bought else cart

    def wish(self, request: Request) -> Wish:
        """Where this browser wants it, how, and what was entered, less the codes and notes of what it has bought."""
        wish = self.cookies.wish(request)
        spent = replace(wish.entered, codes=(), notes=NO_NOTES)
        return replace(wish, entered=spent) if self._bought(request) else wish

    def open_order(self, request: Request) -> Order | None:
        """The order this browser went to pay for and has not paid yet."""
        order = self._last_order(request)
        return order if order and order.state is State.PENDING else None

    def _bought(self, request: Request) -> Order | None:
        """The order this browser went to pay for, once it is paid or the payment is on its way."""
        order = self._last_order(request)
        return order if order and (order.paid_like or order.state is State.AWAITING_PAYMENT) else None

    def _last_order(self, request: Request) -> Order | None:
        order_id = self.cookies.open_order_id(request)
        order = self.store.order(order_id) if order_id else None
        return order if order and self.cookies.may_see(request, order) else None


def sent_to(bought: Quote | Order, wished: Wish) -> Wish:
    """Where it really goes and how; what was wished where nothing is sent."""
    return Wish(bought.destination, bought.shipping.id, wished.entered) if bought.shipping else wished


def _news(seen: Summary | None, quote: Quote, release: Release, *, everything: bool) -> tuple[Sentence, ...]:
    """What has changed since it was seen. Who asked for something else meanwhile knows why sums are others."""
    if seen is None:
        return ()
    return (changes if everything else goods_changes)(seen, quote, release.settings)


def _asked(cart: Cart, wish: Wish) -> str:
    """A short name for what a cart page is an answer to: what, where to, how, with which codes, and who buys."""
    place, entered = wish.destination, wish.entered
    lines = [[line.sku, line.quantity] for line in cart.lines]
    said = [
        place.country,
        place.postcode,
        place.region,
        wish.shipping_id,
        *entered.codes,
        entered.vat_id,
        entered.email,
    ]
    return hashlib.sha256(json.dumps([lines, said]).encode()).hexdigest()[:12]


def _lasting(summary: Summary) -> Summary:
    """What is worth remembering for another day: not the days of arrival, which move on by themselves."""
    way = replace(summary.way, arrives_from="", arrives_to="") if summary.way else None
    return replace(summary, way=way)


def destinations(release: Release) -> list[tuple[str, str]]:
    """Codes and names of the countries that the shop delivers to, by name."""
    return sorted(release.settings.countries.items(), key=lambda item: item[1])
