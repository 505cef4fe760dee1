"""`/checkout`: from the cart to the payment page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from functions.log import Event, note
from functions.ports import Clock, Payments, SessionLinks
from functions.service import settlement
from functions.service.checkout import check_out, resume, terms_of
from functions.service.limiting import unpaid_pieces
from functions.shop.cart import encode_cart
from functions.shop.errors import CheckoutRefused, InvalidCart, PaymentRefused, PaymentsUnavailable, TokenRefused
from functions.shop.order import Order
from functions.shop.placing import HOLD
from functions.shop.quote import Quote
from functions.shop.sentence import Sentence
from functions.shop.settings import Settings
from functions.shop.state import State
from functions.web.cart_page import CartPage, sent_to
from functions.web.form import agrees, cart_in, understood, wish_of
from functions.web.limit import Limit, TooOften
from functions.web.tokens import Shown

CHANGED = Sentence("Your cart has changed since this page was opened. Please check it and order again.")
UNAVAILABLE = Sentence(
    "The payment service is not answering. Nothing has been charged. Please order again in a minute."
)
REFUSED = Sentence("The payment service did not take this order. Nothing has been charged. Please call or write to us.")
UNACCEPTED = Sentence("Please accept our terms: tick the box above the button, then order again.")
TOO_OFTEN = Sentence(
    "Many orders have come from your connection, so we cannot take another one just now. Nothing has been charged. "
    "Please try again in an hour, or call us. Your cart is kept."
)
TOO_MUCH = Sentence(
    "Much of what we have is kept for orders from your connection that are not paid yet, so we cannot keep more for "
    "you just now. Nothing has been charged. Please pay for those first, try again in half an hour, or call us. "
    "Your cart is kept."
)
ORDERS, SAME = Limit("orders", most=10), Limit("same-cart", most=5, seconds=600)
UNPAID = Limit("unpaid", most=50, seconds=HOLD)
"""Pieces that are kept for unpaid orders from one place. A single order may be of more."""


@dataclass(frozen=True, slots=True)
class Checkout:
    """Turns a posted cart into an order with a payment page. `url` is the shop's own address."""

    page: CartPage
    payments: Payments
    clock: Clock
    url: str

    def routes(self) -> Mapping[str, Callable[..., Response]]:
        """The views, by method and path."""
        return {"GET /checkout": self.show, "POST /checkout": self.start}

    def show(self, _request: Request) -> Response:
        """A reloaded or bookmarked address: back to the cart."""
        return redirect("/cart", 303)

    def start(self, request: Request) -> Response:
        """The pay button: on to the payment page, or the cart again with the reason."""
        try:
            shown = self.page.tokens.checkout(request.form.get("checkout", ""))
        except TokenRefused as error:
            return self._again(request, None, error.sentence, 409)
        return self.page.guesses(request) or self._started(request, shown)

    def _started(self, request: Request, shown: Shown) -> Response:
        try:
            order = self._ordered(request, shown) or self._new_order(request, shown)
        except TooOften as error:
            notice = TOO_MUCH if error.limit is UNPAID else TOO_OFTEN
            return self.page.too_often(request, error.limit, notice, shown.summary)
        except (CheckoutRefused, InvalidCart) as error:
            return self._again(request, shown, error.sentence, 409)
        except PaymentsUnavailable as error:
            note(Event.NO_PAYMENT_PAGE, error=error, order=shown.order_id)
            return self._again(request, shown, UNAVAILABLE, 503, self.page.store.order(shown.order_id))
        except PaymentRefused as error:
            note(Event.NO_PAYMENT_PAGE, error=error, order=shown.order_id)
            return self._again(request, shown, REFUSED, 503)
        return self._onward(request, order)

    def _again(
        self, request: Request, shown: Shown | None, notice: str, status: int, order: Order | None = None
    ) -> Response:
        """The cart once more. An order that got no payment page yet is noted, so that it holds its stock for us."""
        page = self.page
        cart, wish = understood(request.form, page.cart(request), page.wish(request))
        own, summary = order if order and order.open else None, shown.summary if shown else None
        response = page.show(request, cart, wish, notice=notice, status=status, own=own, shown=summary)
        if own:
            self._hand_over(response, own)
        return response

    def _ordered(self, request: Request, shown: Shown) -> Order | None:
        """The order that this very form has made before: a second click, or the way back and forth."""
        order = self.page.store.order(shown.order_id)
        if order is None:
            return None
        if not agrees(request.form, order):
            raise CheckoutRefused(CHANGED)
        return resume(
            order,
            release=self.page.catalogue.current(),
            store=self.page.store,
            payments=self.payments,
            clock=self.clock,
            codes=self.page.codes,
            links=self._links(order.id),
        )

    def _new_order(self, request: Request, shown: Shown) -> Order:
        self._count(request)
        self._keeps_little(request)
        paid = self._released(request)
        cart = self.page.cart(request)
        if paid and not cart.lines:
            return paid  # paid in another tab; nobody wants to pay twice for the same
        if paid:
            raise CheckoutRefused(
                Sentence("You have just paid for order {id}. This is what else is in your cart.", id=paid.id)
            )
        cart = cart_in(request.form, cart)
        wish = wish_of(request.form, self.page.wish(request))
        release = self.page.catalogue.current()
        quote = self.page.quote(cart, wish, release)
        try:
            _same_as_shown(quote, shown)
            _accepted(request, release.settings)
        except CheckoutRefused:
            if twin := self._ordered(request, shown):
                return twin  # a second click was faster, and what has changed is what its order holds
            raise
        return check_out(
            shown.order_id,
            quote,
            release=release,
            store=self.page.store,
            payments=self.payments,
            clock=self.clock,
            codes=self.page.codes,
            terms=terms_of(
                quote,
                wish.entered.email,
                release.settings,
                wish.entered.notes,
                from_place=self.page.limits.known_place(request),
            ),
            links=self._links(shown.order_id),
        )

    def _count(self, request: Request) -> None:
        """Count what would be one more order from a place, and of the same cart from there: who tries out stolen cards
        needs many. Raises TooOften, before anything is given up or reserved.
        """
        limits, cart = self.page.limits, self.page.cookies.cart(request)
        place = limits.place(request)
        if limit := limits.exceeded((ORDERS, place), (SAME, place and f"{place} {encode_cart(cart)}")):
            raise TooOften(limit)

    def _keeps_little(self, request: Request) -> None:
        """Raise TooOften when many pieces are kept already for orders from there that nobody has paid: they are missing
        to others. What this browser has ordered before does not count, for it is given up.
        """
        place, own = self.page.limits.known_place(request), self.page.open_order(request)
        if place and unpaid_pieces(place, self.page.store, own.id if own else "") >= UNPAID.most:
            raise TooOften(UNPAID)

    def _released(self, request: Request) -> Order | None:
        """Give up this browser's earlier unpaid order, so that its stock is free; the order, if it turns out paid."""
        own = self.page.open_order(request)
        if own is None:
            return None
        try:
            own = settlement.release(
                own.id, store=self.page.store, payments=self.payments, clock=self.clock, codes=self.page.codes
            )
        except PaymentRefused as error:
            note(Event.NOT_GIVEN_UP, error=error, order=own.id)
        return None if own.open or own.state is State.EXPIRED else own

    def _links(self, order_id: str) -> SessionLinks:
        """Both ways back lead to the order's page, which says what happened; its token is for other browsers."""
        address = f"{self.url}/order/{order_id}?t={self.page.tokens.for_order(order_id)}"
        return SessionLinks(paid=address, back=address)

    def _onward(self, request: Request, order: Order) -> Response:
        response = redirect(order.pay_url if order.open and order.pay_url else f"/order/{order.id}", 303)
        response.headers["Cache-Control"] = "no-store"
        cart, wish = understood(request.form, self.page.cart(request), self.page.wish(request))
        self.page.remember(request, response, cart, sent_to(order, wish))
        self._hand_over(response, order)
        return response

    def _hand_over(self, response: Response, order: Order) -> None:
        """Give the browser the key to an order, and note that it is paying for it."""
        self.page.cookies.hand_key(response, order)
        self.page.cookies.set_open_order(response, order.id)


def _same_as_shown(quote: Quote, shown: Shown) -> None:
    """What was shown is what is charged (R5); otherwise the shopper is asked again, and told what has changed."""
    if quote.digest != shown.digest:
        raise CheckoutRefused(CHANGED)


def _accepted(request: Request, settings: Settings) -> None:
    """The box beside the button is ticked, in a shop that has one."""
    if settings.asks_to_accept and request.form.get("terms") != "accepted":
        raise CheckoutRefused(UNACCEPTED)
