"""The composition root: reads the environment and puts the parts together. Nothing else reads the environment.

Adapters are imported where they are first needed, so that a function loads only what it uses: the cart runs without
Stripe's library.
"""

import os
import re
import secrets
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from werkzeug.wrappers import Request, Response

from functions.log import write_json
from functions.ports import Catalogue, Mail, PaymentEvent, Payments, Store
from functions.shop.code import Codes
from functions.shop.errors import BadSetting
from functions.web.cart_page import CartPage
from functions.web.cookies import Cookies
from functions.web.headers import headers_for
from functions.web.letters import Letters
from functions.web.limit import Limits
from functions.web.page import Pages
from functions.web.part import Part, ShopRequest
from functions.web.tokens import Tokens

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from functions.adapters.stripe_events import StripeEvents
    from functions.web.order_page import OrderPage
    from functions.web.queue import Handler

STRIPE_API = "https://api.stripe.com"
STRIPE_CHECKOUT = "https://checkout.stripe.com"
THEME = Path(__file__).parent.parent / "theme" / "templates"
_URL = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?", re.ASCII)
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


class App:
    """The shop's functions, made from settings in `environ`. Each part and port is made when it is first asked for."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self._parts: dict[str, Part] = {}
        self._making = threading.Lock()

    def setting(self, name: str, default: str | None = None) -> str:
        """One setting. Raises BadSetting when it is missing and has no default (see docs/settings.md)."""
        value = self._environ.get(name) or default
        if value is None:
            raise BadSetting(f"{name} is not set. See docs/settings.md for what it means and what to write.")
        return value

    def _number(self, name: str, default: str) -> int:
        text = self.setting(name, default)
        if not text.isdecimal():
            raise BadSetting(f"{name} is {text!r}. Write a whole number, such as {default}.")
        return int(text)

    @cached_property
    def url(self) -> str:
        """The shop's own address, without a slash at the end."""
        url = self.setting("SHOP_URL").rstrip("/")
        if not _URL.fullmatch(url):
            raise BadSetting(f"SHOP_URL is {url!r}. Write it in small letters and without a path: https://shop.example")
        return url

    @cached_property
    def catalogue(self) -> Catalogue:
        from functions.adapters.file_catalogue import FileCatalogue

        return FileCatalogue(Path(self.setting("SHOP_BUILD", "build")), clock)

    @cached_property
    def store(self) -> Store:
        if table := self._environ.get("SHOP_TABLE"):
            from functions.adapters.dynamodb.store import DynamoStore

            return DynamoStore(table)
        from functions.adapters.sqlite import SqliteStore

        return SqliteStore(Path(self.setting("SHOP_DATABASE", "var/shop.db")))

    @cached_property
    def payments(self) -> Payments:
        from functions.adapters.stripe_payments import StripePayments

        return StripePayments(
            self.setting("STRIPE_SECRET_KEY"),
            api_base=self.setting("STRIPE_API_BASE", STRIPE_API),
            shop=self.url,
        )

    @cached_property
    def mail(self) -> Mail:
        settings = self.catalogue.current().settings
        sender = self.setting("MAIL_FROM", f"{settings.name} <{settings.email}>")
        if folder := self._environ.get("MAIL_FOLDER"):
            from functions.adapters.file_mail import FileMail

            return FileMail(Path(folder), sender=sender, clock=clock)
        if configuration_set := self._environ.get("MAIL_SES_CONFIGURATION_SET"):
            from functions.adapters.ses_mail import SesMail, connect

            return SesMail(
                connect(),
                sender=sender,
                clock=clock,
                configuration_set=configuration_set,
                marketing_set=self.setting("MAIL_SES_MARKETING_SET", ""),
            )
        from functions.adapters.smtp_mail import SmtpMail

        return SmtpMail(
            self.setting("SMTP_HOST"),
            self._number("SMTP_PORT", "587"),
            user=self.setting("SMTP_USER", ""),
            password=self.setting("SMTP_PASSWORD", ""),
            sender=sender,
            clock=clock,
        )

    @cached_property
    def stripe_events(self) -> "StripeEvents":
        from functions.adapters.stripe_events import StripeEvents

        secrets = self.setting("STRIPE_WEBHOOK_SECRETS").split(",")
        return StripeEvents(secrets, live=self.live, clock=clock, shop=self.url)

    @cached_property
    def live(self) -> bool:
        """Whether real money moves."""
        return self.setting("STRIPE_SECRET_KEY").startswith(("sk_live_", "rk_live_"))

    @cached_property
    def https(self) -> bool:
        return urlsplit(self.url).scheme == "https"

    @cached_property
    def _payment_origin(self) -> str:
        base = urlsplit(self.setting("STRIPE_API_BASE", STRIPE_API))
        return STRIPE_CHECKOUT if base.geturl() == STRIPE_API else f"{base.scheme}://{base.netloc}"

    def headers_for(self, path: str) -> dict[str, str]:
        """Security headers of an address, be it a page of a function or a static file."""
        return headers_for(path, self._payment_origin, https=self.https)

    @cached_property
    def pages(self) -> Pages:
        # The build leaves mail templates with inlined styles beside the release; the rest come from the theme.
        return Pages(
            Path(self.setting("SHOP_BUILD", "build")) / "templates", Path(self.setting("SHOP_THEME", str(THEME)))
        )

    @cached_property
    def tokens(self) -> Tokens:
        return Tokens(self._keys, clock)

    @cached_property
    def codes(self) -> Codes:
        return Codes(self._keys)

    @cached_property
    def _keys(self) -> list[str]:
        return self.setting("SHOP_SECRET_KEYS").split(",")

    @cached_property
    def letters(self) -> Letters:
        return Letters(self.pages, self.catalogue, self.tokens, self.codes, self.url)

    @cached_property
    def cart_page(self) -> CartPage:
        cookies = Cookies(self.https, self.tokens)
        limits = Limits(self.store, clock, self.tokens.hidden, self.setting("CLIENT_ADDRESS_HEADER", ""))
        return CartPage(self.catalogue, self.store, self.pages, cookies, self.tokens, self.codes, new_id, clock, limits)

    def cart(self) -> Part:
        """`/cart`."""
        from functions.web import cart

        return self._part(cart.routes(self.cart_page))

    def checkout(self) -> Part:
        """`/checkout`."""
        from functions.web.checkout import Checkout

        return self._part(Checkout(self.cart_page, self.payments, clock, self.url).routes())

    def order(self) -> Part:
        """`/order/<id>`, and all that a customer can do there."""
        from functions.web import order

        return self._part(order.routes(self._order_page()))

    def invoice(self) -> Part:
        """`/order/<id>/invoice.pdf`."""
        from functions.adapters.invoice_pdf import invoice_pdf
        from functions.web import invoice

        return self._part(invoice.routes(self.cart_page, invoice_pdf))

    def order_link(self) -> Part:
        """`/order-link`."""
        from functions.web.order_link import LinkPage

        return self._part(LinkPage(self._order_page()).routes())

    def withdraw(self) -> Part:
        """`/withdraw`."""
        from functions.web.withdraw import WithdrawalPage

        return self._part(WithdrawalPage(self._order_page()).routes())

    def _order_page(self) -> "OrderPage":
        from functions.web.order_page import OrderPage

        return OrderPage(self.cart_page, self.payments, self.mail, self.letters.write)

    def stock(self) -> Part:
        """`/stock`."""
        from functions.web import stock

        return self._part(stock.routes(self.catalogue, self.store, clock))

    def wishlist(self) -> Part:
        """`/wishlist`."""
        from functions.web.wishlist import Wishlists

        return self._part(Wishlists(self.cart_page, self.url).routes())

    def notify(self) -> Part:
        """`/notify`."""
        from functions.web import notify

        return self._part(notify.routes(self.cart_page))

    def download(self) -> Part:
        """`/download`."""
        from functions.adapters.file_catalogue import FileDownloads
        from functions.web import download

        files = FileDownloads(Path(self.setting("SHOP_BUILD", "build")) / "files")
        return self._part(download.routes(self.cart_page, files))

    def unsubscribe(self) -> Part:
        """`/unsubscribe`. Mail programs post to it; its token is in the address, so no form of ours is needed."""
        from functions.web import unsubscribe

        return self._part(unsubscribe.routes(self.cart_page), foreign_posts=True)

    def stripe(self) -> Part:
        """`/stripe/events`, which takes posts from elsewhere: they are signed."""
        from functions.web import stripe_events

        routes = stripe_events.routes(
            self.stripe_events.verify, self.store, self.payments, self.mail, clock, self.codes, self.letters.write
        )
        return self._part(routes, foreign_posts=True, request_class=stripe_events.EventRequest)

    def mail_events(self) -> "Handler":
        """What AWS calls with news of mails that SES took: no address of the web, but a function behind a queue."""
        from functions.adapters.ses_events import read_event
        from functions.service.mail_news import note
        from functions.web.queue import handler

        return handler(
            read_event, partial(note, store=self.store, payments=self.payments, clock=clock, codes=self.codes)
        )

    def stripe_bridge(self) -> "Handler":
        """What AWS calls with Stripe's news where EventBridge is its destination, beside the webhook or instead."""
        from functions.service.news import heed
        from functions.service.outbox import deliver
        from functions.web.queue import handler

        def act(event: PaymentEvent) -> None:
            for order_id in heed(event, store=self.store, payments=self.payments, clock=clock, codes=self.codes):
                deliver(order_id, store=self.store, mail=self.mail, clock=clock, write=self.letters.write)

        return handler(self.stripe_events.queued, act)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """All parts as one WSGI application; the path chooses."""
        return self._mounted(_part_of(environ.get("PATH_INFO", "")))(environ, start_response)

    def _mounted(self, name: str) -> Part:
        """The part of a name, made at its first request; the cart's answers what is not there."""
        makers = {
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
                self._parts[name] = makers.get(name, self.cart)()
            return self._parts[name]

    def _part(
        self,
        routes: Mapping[str, Callable[..., Response]],
        *,
        foreign_posts: bool = False,
        request_class: type[Request] = ShopRequest,
    ) -> Part:
        return Part(
            routes,
            pages=self.pages,
            catalogue=self.catalogue,
            url=self.url,
            headers=self.headers_for,
            foreign_posts=foreign_posts,
            request_class=request_class,
        )


def _part_of(path: str) -> str:
    """What names a part in a path: its first segment, but that an order's invoice as a file has a part of its own."""
    _, first, *rest = [*path.split("/"), ""]
    return "invoice.pdf" if first == "order" and rest[1:] == ["invoice.pdf", ""] else first
