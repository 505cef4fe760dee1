"""The composition root: reads the environment and puts the parts together. Nothing else reads the environment.

Adapters and pages are imported where they are first needed, so that a function loads only what it uses: the cart runs
without Stripe's library, and what takes news from a queue without anything of the web.
"""

import os
import re
import secrets
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from functions.log import Event, note, write_json
from functions.ports import Catalogue, Clock, Downloads, Letter, Mail, PaymentEvent, Payments, Store
from functions.shop.code import Codes
from functions.shop.errors import BadSetting
from functions.web.headers import headers_for
from functions.web.page import Pages
from functions.web.tokens import Tokens

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment
    from werkzeug.wrappers import Request, Response

    from functions.adapters.aws.s3 import Bucket
    from functions.adapters.ssm_settings import Secrets
    from functions.adapters.stripe_events import StripeEvents
    from functions.service.reconcile import Report
    from functions.shop.message import Message
    from functions.shop.notice import Notice
    from functions.shop.order import Order
    from functions.web.cart_page import CartPage
    from functions.web.letters import Letters
    from functions.web.order_page import OrderPage
    from functions.web.part import Part
    from functions.web.queue import Handler

STRIPE_API = "https://api.stripe.com"
STRIPE_CHECKOUT = "https://checkout.stripe.com"
MAIN = "main"
"""The site that is the shop itself; others are previews of branches (functions/previews.py)."""
SECRET = frozenset({"STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRETS", "SHOP_SECRET_KEYS", "SMTP_PASSWORD"})
"""Settings that may be kept below SHOP_SECRETS."""
BUILD = Path(__file__).parent.parent / "build"
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


def front(*parts: str) -> "WSGIApplication":
    """What AWS loads for these parts; where SHOP_PREVIEWS is `yes`, those of whichever site a browser looks at."""
    app = of_environment()
    if app.setting("SHOP_PREVIEWS", "no") != "yes":
        return app.only(*parts)
    from functions.previews import Previews

    return Previews(app, app.of_site, lambda one: one.only(*parts))


class Later:
    """A port whose adapter is made, and its SDK loaded, when it is first asked for something."""

    def __init__(self, make: Callable[[], object]) -> None:
        self._make = make
        self._lock = threading.Lock()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._made, name)

    @cached_property
    def _made(self) -> object:
        with self._lock:
            return self.__dict__.get("_made") or self._make()


class App:
    """The shop's functions, made from settings in `environ`. Each part and port is made when it is first asked for."""

    def __init__(self, environ: Mapping[str, str], *, clock: Clock = clock, new_id: Callable[[], str] = new_id) -> None:
        self._environ, self.clock, self._new_id = environ, clock, new_id
        self._parts: dict[str, Part] = {}
        self._making = threading.Lock()

    def setting(self, name: str, default: str | None = None) -> str:
        """One setting. Raises BadSetting when it is missing and has no default (see docs/settings.md)."""
        value = self._environ.get(name) or self._secret(name) or default
        if value is None:
            raise BadSetting(f"{name} is not set. See docs/settings.md for what it means and what to write.")
        return value

    def _secret(self, name: str) -> str:
        """A setting that is kept where secrets are; empty when that is nowhere."""
        return self._secrets.read(name) if name in SECRET and self._environ.get("SHOP_SECRETS") else ""

    @cached_property
    def _secrets(self) -> "Secrets":
        from functions.adapters.ssm_settings import Secrets

        return Secrets(self.setting("SHOP_SECRETS"))

    def of_site(self, site: str) -> "App":
        """The same functions for another site: its own release and files; orders and everything else are shared."""
        return App({**self._environ, "SHOP_SITE": site}, clock=self.clock, new_id=self._new_id)

    @property
    def _site(self) -> str:
        return self.setting("SHOP_SITE", MAIN)

    @cached_property
    def _bucket(self) -> "Bucket":
        from functions.adapters.aws.s3 import bucket

        return bucket(self.setting("SHOP_BUCKET"))

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
    def build(self) -> Path:
        """What a build has left for functions; beside them, wherever their process stands."""
        return Path(self.setting("SHOP_BUILD", str(BUILD)))

    @cached_property
    def catalogue(self) -> Catalogue:
        if self._environ.get("SHOP_BUCKET"):
            from functions.adapters.s3_catalogue import S3Catalogue

            return S3Catalogue(self._bucket, self._site, self.clock)
        from functions.adapters.file_catalogue import FileCatalogue

        return FileCatalogue(self.build, self.clock)

    @cached_property
    def store(self) -> Store:
        if table := self._environ.get("SHOP_TABLE"):
            from functions.adapters.dynamodb.store import DynamoStore

            return DynamoStore(table)
        from functions.adapters.sqlite import SqliteStore

        return SqliteStore(Path(self.setting("SHOP_DATABASE", "var/shop.db")))

    @cached_property
    def payments(self) -> Payments:
        key, base, shop = self.setting("STRIPE_SECRET_KEY"), self.setting("STRIPE_API_BASE", STRIPE_API), self.url

        def make() -> Payments:
            from functions.adapters.stripe_payments import StripePayments

            return StripePayments(key, api_base=base, shop=shop)

        return cast(Payments, Later(make))

    @cached_property
    def mail(self) -> Mail:
        return cast(Mail, Later(self.mailer()))

    def mailer(self) -> Callable[[], Mail]:
        """What makes the adapter of the mail. Settings are read now, so that one that is missing stops the start."""
        if folder := self._environ.get("MAIL_FOLDER"):
            return partial(self._file_mail, Path(folder))
        if configuration_set := self._environ.get("MAIL_SES_CONFIGURATION_SET"):
            return partial(self._ses_mail, configuration_set, self.setting("MAIL_SES_MARKETING_SET", ""))
        host, port = self.setting("SMTP_HOST"), self._number("SMTP_PORT", "587")
        return partial(self._smtp_mail, host, port, self.setting("SMTP_USER", ""), self.setting("SMTP_PASSWORD", ""))

    def _file_mail(self, folder: Path) -> Mail:
        from functions.adapters.file_mail import FileMail

        return FileMail(folder, sender=self._sender(), clock=self.clock)

    def _ses_mail(self, configuration_set: str, marketing_set: str) -> Mail:
        from functions.adapters.ses_mail import SesMail, connect

        return SesMail(
            connect(),
            sender=self._sender(),
            clock=self.clock,
            configuration_set=configuration_set,
            marketing_set=marketing_set,
        )

    def _smtp_mail(self, host: str, port: int, user: str, password: str) -> Mail:
        from functions.adapters.smtp_mail import SmtpMail

        return SmtpMail(host, port, user=user, password=password, sender=self._sender(), clock=self.clock)

    def _sender(self) -> str:
        if sender := self._environ.get("MAIL_FROM"):
            return sender
        settings = self.catalogue.current().settings
        return f"{settings.name} <{settings.email}>"

    @cached_property
    def stripe_events(self) -> "StripeEvents":
        from functions.adapters.stripe_events import StripeEvents

        secrets = self.setting("STRIPE_WEBHOOK_SECRETS").split(",")
        return StripeEvents(secrets, live=self.live, clock=self.clock, shop=self.url)

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
        files = self._downloads.origin
        return headers_for(path, self._payment_origin, https=self.https, files_origin=files)

    @cached_property
    def pages(self) -> Pages:
        # The build leaves mail templates with inlined styles beside the release; the rest come from the theme.
        return Pages(self.build / "templates", Path(self.setting("SHOP_THEME", str(THEME))))

    @cached_property
    def tokens(self) -> Tokens:
        return Tokens(self._keys, self.clock)

    @cached_property
    def codes(self) -> Codes:
        return Codes(self._keys)

    @cached_property
    def _keys(self) -> list[str]:
        return self.setting("SHOP_SECRET_KEYS").split(",")

    @cached_property
    def letters(self) -> "Letters":
        from functions.web.letters import Letters

        return Letters(self.pages, self.catalogue, self.tokens, self.codes, self.url)

    def write(self, of: "Order | Notice", message: "Message") -> Letter:
        """The letter for a message. What writes letters is loaded when there is the first one."""
        return self.letters.write(of, message)

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

        return OrderPage(self.cart_page, self.payments, self.mail, self.write)

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

    @cached_property
    def _downloads(self) -> Downloads:
        if self._environ.get("SHOP_BUCKET"):
            from functions.adapters.s3_catalogue import S3Downloads

            return S3Downloads(self._bucket, self._site)
        from functions.adapters.file_catalogue import FileDownloads

        return FileDownloads(self.build / "files")

    def unsubscribe(self) -> "Part":
        """`/unsubscribe`. Mail programs post to it; its token is in the address, so no form of ours is needed."""
        from functions.web import unsubscribe

        return self._part(unsubscribe.routes(self.cart_page), foreign_posts=True)

    def stripe(self) -> "Part":
        """`/stripe/events`, which takes posts from elsewhere: they are signed."""
        from functions.web import stripe_events

        routes = stripe_events.routes(
            self.stripe_events.verify, self.store, self.payments, self.mail, self.clock, self.codes, self.write
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
        from functions.service.outbox import deliver
        from functions.web.queue import handler

        def act(event: PaymentEvent) -> None:
            for order_id in heed(event, store=self.store, payments=self.payments, clock=self.clock, codes=self.codes):
                deliver(order_id, store=self.store, mail=self.mail, clock=self.clock, write=self.write)

        return handler(self.stripe_events.queued, act)

    def reconcile(self, clock: Clock | None = None) -> "Report":
        """Do all that has to be done every few minutes."""
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
        )

    def reconciler(self) -> "Handler":
        """What AWS calls every few minutes. It says how much was done, also when there was nothing to do."""

        def run(_: object, __: object) -> Mapping[str, int]:
            report = self.reconcile()
            done = {**asdict(report), "failures": len(report.failures)}
            note(Event.RECONCILED, error=None, **done)
            return done

        return run

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


def _part_of(path: str) -> str:
    """What names a part in a path: its first segment, but that an order's invoice as a file has a part of its own."""
    _, first, *rest = [*path.split("/"), ""]
    return "invoice.pdf" if first == "order" and rest[1:] == ["invoice.pdf", ""] else first
