"""The composition root: the parts of the shop that browsers, Stripe and AWS talk to, put together.

Settings are read in configuration.py, adapters chosen in wiring.py; nothing else reads the environment. Pages are
imported where they are first needed, so that a function loads only what it uses: the cart runs without Stripe's
library, and what takes news from a queue without anything of the web.
"""

import math
import os
import secrets
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from functions.log import Event, note, write_json
from functions.ports import Clock, PaymentEvent
from functions.wiring import Wiring

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment
    from werkzeug.wrappers import Request, Response

    from functions.service.reconcile import Report
    from functions.web.cart_page import CartPage
    from functions.web.order_page import OrderPage
    from functions.web.part import Part
    from functions.web.queue import Handler

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no letters that are mistaken for digits


def new_id() -> str:
    """An order number never given before: 60 random bits as `7K3M-9QXD-4FTR`, easy to read out on the phone."""
    text = "".join(secrets.choice(_ALPHABET) for _ in range(12))
    return "-".join((text[:4], text[4:8], text[8:]))


def clock() -> int:
    """Unix seconds."""
    return int(time.time())


def of_environment() -> "App":
    """The shop's functions with the settings of this process, for entries that AWS loads. They log as JSON lines."""
    write_json()
    return App(os.environ)


def front(*parts: str) -> "WSGIApplication":
    """What AWS loads for these parts; where SHOP_PREVIEWS is `yes`, those of whichever site a browser looks at."""
    app = of_environment()
    if app.setting("SHOP_PREVIEWS", "no") != "yes":
        return app.only(*parts)
    from functions.previews import Previews

    return Previews(app, app.of_site, lambda one: one.only(*parts))


class App(Wiring):
    """The shop's functions, made from settings in `environ`. Each part is made when it is first asked for."""

    def __init__(self, environ: Mapping[str, str], *, clock: Clock = clock, new_id: Callable[[], str] = new_id) -> None:
        super().__init__(environ, clock)
        self._new_id = new_id
        self._parts: dict[str, Part] = {}
        self._making = threading.Lock()

    def of_site(self, site: str) -> "App":
        """The same functions for another site: its own release and files; orders and everything else are shared."""
        return App({**self._environ, "SHOP_SITE": site}, clock=self.clock, new_id=self._new_id)

    @cached_property
    def cart_page(self) -> "CartPage":
        from functions.web.cart_page import CartPage
        from functions.web.cookies import Cookies
        from functions.web.limit import Limits

        cookies = Cookies(self.https, self.tokens)
        limits = Limits(self.store, self.clock, self.tokens.hidden, self.setting("CLIENT_ADDRESS_HEADER", ""))
        return CartPage(
            self.catalogue, self.store, self.pages, cookies, self.tokens, self.codes, self._new_id, self.clock, limits
        )

    def cart(self) -> "Part":
        """`/cart`."""
        from functions.web import cart

        return self._part(cart.routes(self.cart_page))

    def checkout(self) -> "Part":
        """`/checkout`."""
        from functions.web.checkout import Checkout

        return self._part(Checkout(self.cart_page, self.payments, self.clock, self.url).routes())

    def order(self) -> "Part":
        """`/order/<id>`, and all that a customer can do there."""
        from functions.web import order

        return self._part(order.routes(self._order_page()))

    def invoice(self) -> "Part":
        """`/order/<id>/invoice.pdf`."""
        from functions.adapters.invoice_pdf import invoice_pdf
        from functions.web import invoice

        return self._part(invoice.routes(self.cart_page, invoice_pdf))

    def order_link(self) -> "Part":
        """`/order-link`."""
        from functions.web.order_link import LinkPage

        return self._part(LinkPage(self._order_page()).routes())

    def withdraw(self) -> "Part":
        """`/withdraw`."""
        from functions.web.withdraw import WithdrawalPage

        return self._part(WithdrawalPage(self._order_page()).routes())

    def _order_page(self) -> "OrderPage":
        from functions.web.order_page import OrderPage

        return OrderPage(self.cart_page, self.payments, self.post)

    def stock(self) -> "Part":
        """`/stock`."""
        from functions.web import stock

        return self._part(stock.routes(self.catalogue, self.store, self.clock))

    def wishlist(self) -> "Part":
        """`/wishlist`."""
        from functions.web.wishlist import Wishlists

        return self._part(Wishlists(self.cart_page, self.url).routes())

    def notify(self) -> "Part":
        """`/notify`."""
        from functions.web import notify

        return self._part(notify.routes(self.cart_page))

    def download(self) -> "Part":
        """`/download`."""
        from functions.web import download

        return self._part(download.routes(self.cart_page, self._downloads))

    def unsubscribe(self) -> "Part":
        """`/unsubscribe`. Mail programs post to it; its token is in the address, so no form of ours is needed."""
        from functions.web import unsubscribe

        return self._part(unsubscribe.routes(self.cart_page), foreign_posts=True)

    def stripe(self) -> "Part":
        """`/stripe/events`, which takes posts from elsewhere: they are signed."""
        from functions.web import stripe_events

        routes = stripe_events.routes(
            self.stripe_events.verify, self.store, self.payments, self.clock, self.codes, self.post
        )
        return self._part(routes, foreign_posts=True, request_class=stripe_events.EventRequest)

    def mail_events(self) -> "Handler":
        """What AWS calls with news of mails that SES took: no address of the web, but a function behind a queue."""
        from functions.adapters.ses_events import read_event
        from functions.service.mail_news import note
        from functions.web.queue import handler

        return handler(
            read_event, partial(note, store=self.store, payments=self.payments, clock=self.clock, codes=self.codes)
        )

    def stripe_bridge(self) -> "Handler":
        """What AWS calls with Stripe's news where EventBridge is its destination, beside the webhook or instead."""
        from functions.service.news import heed
        from functions.web.queue import handler

        post = self.post

        def act(event: PaymentEvent) -> None:
            for order in heed(event, store=self.store, payments=self.payments, clock=self.clock, codes=self.codes):
                post(order)

        return handler(self.stripe_events.queued, act)

    def reconcile(self, clock: Clock | None = None, time_left: Callable[[], float] = lambda: math.inf) -> "Report":
        """Do all that has to be done every few minutes, in `time_left` seconds."""
        from functions.service.reconcile import reconcile

        release = self.catalogue.current()
        return reconcile(
            store=self.store,
            payments=self.payments,
            mail=self.mail,
            clock=clock or self.clock,
            codes=self.codes,
            write=self.write,
            time_zone=release.settings.time_zone,
            release=release,
            time_left=time_left,
        )

    def reconciler(self) -> "Handler":
        """What AWS calls every few minutes, and with an order whose mails are due (`Wiring.post`). It says how much
        was done, also when there was nothing to do.
        """

        def run(event: Mapping[str, Any], context: object) -> Mapping[str, int]:
            if order_id := event.get("order"):
                return self._mailed(order_id)
            report = self.reconcile(time_left=partial(_seconds_left, context))
            done = {**asdict(report), "failures": len(report.failures)}
            note(Event.RECONCILED, error=None, **done)
            return done

        return run

    def _mailed(self, order_id: str) -> Mapping[str, int]:
        """Send the mails of an order. What fails stays due, so AWS need not try again, or see the words of an error."""
        try:
            return asdict(self.deliver(order_id))
        except Exception as error:
            note(Event.MAILS_WAIT, error=error, order=order_id)
            return {}

    def only(self, *names: str) -> "WSGIApplication":
        """The parts of these names as one application, made at once; the first one answers what is not theirs. Behind a
        CDN it answers the CDN alone (functions/web/origin.py).
        """
        from functions.web.origin import behind_cdn

        parts = {name: self._mounted(name) for name in names}

        def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
            part = parts.get(_part_of(environ.get("PATH_INFO", "")), parts[names[0]])
            return part(environ, start_response)

        return behind_cdn(answer, self.setting("SHOP_ORIGIN_SECRET", ""), self.url)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """All parts as one WSGI application; the path chooses."""
        return self._mounted(_part_of(environ.get("PATH_INFO", "")))(environ, start_response)

    def _mounted(self, name: str) -> "Part":
        """The part of a name, made at its first request; the cart's answers what is not there."""
        makers = {
            "cart": self.cart,
            "checkout": self.checkout,
            "order": self.order,
            "invoice.pdf": self.invoice,
            "order-link": self.order_link,
            "stock": self.stock,
            "stripe": self.stripe,
            "wishlist": self.wishlist,
            "notify": self.notify,
            "download": self.download,
            "unsubscribe": self.unsubscribe,
            "withdraw": self.withdraw,
        }
        name = name if name in makers else "cart"
        with self._making:  # one at a time: Python 3.11 cannot compile routes in two threads at once
            if name not in self._parts:
                self._parts[name] = makers[name]()
            return self._parts[name]

    def _part(
        self,
        routes: "Mapping[str, Callable[..., Response]]",
        *,
        foreign_posts: bool = False,
        request_class: "type[Request] | None" = None,
    ) -> "Part":
        from functions.web.part import Part, ShopRequest

        return Part(
            routes,
            pages=self.pages,
            catalogue=self.catalogue,
            url=self.url,
            headers=self.headers_for,
            foreign_posts=foreign_posts,
            request_class=request_class or ShopRequest,
        )


def _seconds_left(context: object) -> float:
    """For how long AWS lets this call of a function run on; without end where it is not AWS that calls."""
    ask = getattr(context, "get_remaining_time_in_millis", None)
    return ask() / 1000 if ask else math.inf


def _part_of(path: str) -> str:
    """What names a part in a path: its first segment, but that an order's invoice as a file has a part of its own."""
    _, first, *rest = [*path.split("/"), ""]
    return "invoice.pdf" if first == "order" and rest[1:] == ["invoice.pdf", ""] else first
