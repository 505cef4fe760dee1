"""The shop's functions as they are deployed, over the ports of the history that is played: parts, webhook, queues."""

import base64
import hashlib
import hmac
import json
import logging
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from apig_wsgi import make_lambda_handler
from werkzeug.wrappers import Request, Response

from functions.adapters.ses_tags import tagged
from functions.app import App
from functions.log import Event
from functions.ports import Letter, PaymentEvent, Release
from functions.shop.cart import CartLine
from functions.shop.catalogue import Variant
from functions.shop.code import Codes
from functions.shop.errors import MailFailed
from functions.shop.message import Fate, Message
from functions.shop.notice import Notice
from functions.shop.order import Order
from functions.shop.points import Points
from functions.shop.promotion import Conditions, Promotion
from functions.shop.promotion import Kind as Gives
from functions.shop.settings import Settings
from functions.web.page import Pages
from tests.shop.balanced import GIFT_CARD
from tests.simulation.orders import LEAFLET, LEAFLET_FROM
from tests.simulation.outside import URL, Answer, Log
from tests.simulation.rules import USES, USES_EACH
from tests.small_shop import CHROME, SETTINGS, VARIANTS

SECRETS = ["a-secret-of-a-small-shop"]
WEBHOOK_SECRET = "whsec_of_a_simulation"
CODES = Codes(SECRETS)
SETTINGS_OF_APP = {
    "SHOP_URL": URL,
    "SHOP_SECRET_KEYS": SECRETS[0],
    "STRIPE_SECRET_KEY": "sk_test_of_a_simulation",
    "STRIPE_WEBHOOK_SECRETS": WEBHOOK_SECRET,
}
THEME = Path(__file__).parent.parent.parent / "theme" / "templates"
BROKEN = {Event.FAILED, Event.MAIL_UNWRITTEN}
EVENTS = (0, 1, 1, 1, 1, 1, 1, 1, 1, 2)  # how often AWS hands over one that it took
SHOWN = "simulation.shown"  # in the request's environ: what the page was made of that answers it
PATIENT = Variant("PATIENT", "patient", "Patient", 1000, "/products/patient/", backorder="2–3 weeks", declared=1)
SMALL = Variant("SMALL", "small", "A picture", 30, "/products/small/", tracked=False, digital=True)
LEAF = Variant(LEAFLET, "leaflet", "Leaflet", 10, "/products/leaflet/", tracked=False)
SOLD = (*VARIANTS, GIFT_CARD, PATIENT, SMALL, LEAF)
WELCOME = Promotion(
    "welcome", "Welcome", Gives.PERCENT, code="WELCOME", percent=1000,
    conditions=Conditions(uses=USES, uses_per_customer=USES_EACH),
)  # fmt: skip
BESIDE = Promotion(
    "leaflet", "A leaflet", Gives.GIFT, gift=CartLine(LEAFLET, 1), conditions=Conditions(min_goods=LEAFLET_FROM)
)
OFFERS = replace(SETTINGS, promotions=(WELCOME, BESIDE), points=Points(1000, 50))


@dataclass(frozen=True)
class SmallRelease:
    """ports.Release of the shop that is simulated, and ports.Catalogue of it."""

    settings: Settings = OFFERS
    id: str = "release-1"
    chrome: str = CHROME
    assets: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)

    def variants(self, skus: Collection[str]) -> dict[str, Variant]:
        return {variant.sku: variant for variant in SOLD if variant.sku in skus}

    def every_variant(self) -> Iterable[Variant]:
        return SOLD

    def current(self) -> Release:
        return self


class Present:
    """A port of whichever history is played at the moment, which is `now`."""

    now: Any = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self.now, name)


class SeenPages(Pages):
    """Pages of which is noted what they are made of, as people read it off them. They are made whole only where
    `whole` says so, for that takes longer than everything else.
    """

    whole = False

    def page(
        self, request: Request, release: Release, template: str, *, title: str, status: int = 200, **context: Any
    ) -> Response:
        request.environ[SHOWN] = context
        if self.whole:
            return super().page(request, release, template, title=title, status=status, **context)
        return Response("", status)


class Faults(logging.Handler):
    """What the shop writes down when something of its own is broken, which nobody should ever have to read."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.getMessage() in BROKEN:
            self.found.append(f"{record.getMessage()}: {getattr(record, 'fields', {})}")


class Front:
    """All functions, put together once, because their routes take long to compile; `open` gives them a history."""

    def __init__(self) -> None:
        self.store, self.payments, self.mail, self.world = Present(), Present(), Present(), Present()
        self._numbers = count(1)
        self.pages = SeenPages(THEME)
        self.faults, self.log = Faults(), Log()
        for handler in (self.faults, self.log):
            logging.getLogger("pouch").addHandler(handler)
        self._app = App(SETTINGS_OF_APP, clock=self.clock, new_id=self.new_id)
        ports = {"store": self.store, "payments": self.payments, "mail": self.mail, "catalogue": SmallRelease()}
        vars(self._app).update(ports, pages=self.pages, https=False)
        self._letters = self._app.letters
        vars(self._app).update(letters=self, post=self.post)
        self.leaves_mails = False
        self.tokens = self._app.tokens
        self._webhook = make_lambda_handler(self._app.only("stripe"))
        self._bridge, self._mail_events = self._app.stripe_bridge(), self._app.mail_events()

    def open(
        self, *, store: object, payments: object, mail: object, world: object, whole: bool, leaves_mails: bool
    ) -> None:
        """Be the shop of a history; pages and mails are made `whole`, or only noted. `leaves_mails` is how it stands at
        AWS, where one function sends the mails of all.
        """
        self.store.now, self.payments.now, self.mail.now, self.world.now = store, payments, mail, world
        self.leaves_mails = leaves_mails
        self.pages.whole, self._numbers = whole, count(1)
        self.faults.found.clear()
        self.log.told.clear()
        self._listen(logging.INFO, others=False)

    def close(self) -> None:
        """The history is over; who else logs is heard as before."""
        self._listen(logging.NOTSET, others=True)

    @staticmethod
    def _listen(level: int, *, others: bool) -> None:
        log = logging.getLogger("pouch")
        log.setLevel(level)
        log.propagate = others

    def clock(self) -> int:
        """Unix seconds, in the world of the history."""
        return int(self.world.now.now)

    def new_id(self) -> str:
        """The next number, in the form that order numbers have."""
        return f"ORDR-{next(self._numbers):04}-AAAA"

    def write(self, of: Order | Notice, message: Message) -> Letter:
        """The letter for a message; where pages are not whole, one that says which message it is."""
        if self.pages.whole:
            return self._letters.write(of, message)
        tags = {"notice": of.id} if isinstance(of, Notice) else {"order": of.id, "message": message.name}
        to = message.to or SETTINGS.email
        return Letter(to, message.name, message.name, message.name, f"{of.id}.{message.name}", tags=tags)

    def post(self, order: Order) -> None:
        """Have the mails of an order sent, as `Wiring.post` does."""
        if self.leaves_mails:
            self._app.leave_mails(self.tell, order)
        else:
            self._app.deliver(order.id)

    def tell(self, order_id: str) -> None:
        """AWS takes an event for the function that sends mails, and hands it over soon; seldom twice, or never."""
        world = self.world.now

        def take() -> None:
            for _ in range(world.random.choice(EVENTS)):
                world.start("mail function", lambda: self._app.deliver(order_id))

        world.call(f"aws: mails of {order_id}", take, lambda: MailFailed("AWS does not answer"))

    def tools(self) -> dict[str, Any]:
        """What services need."""
        return {"store": self.store, "payments": self.payments, "clock": self.clock, "codes": CODES}

    # The ways in

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        return self._app(environ, start_response)

    def webhook(self, event: PaymentEvent, *, encoded: bool, secret: str = WEBHOOK_SECRET) -> int:
        """Stripe's webhook, as API Gateway hands it to the function: plain, or in base64. Gives the status."""
        body = json.dumps(_as_stripe_says(event)).encode()
        signed = hmac.new(secret.encode(), b"%d.%s" % (self.clock(), body), hashlib.sha256).hexdigest()
        called = {
            "version": "2.0",
            "rawPath": "/stripe/events",
            "rawQueryString": "",
            "headers": {"host": "shop.example", "stripe-signature": f"t={self.clock()},v1={signed}"},
            "requestContext": {"http": {"method": "POST", "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1"}},
            "body": base64.b64encode(body).decode() if encoded else body.decode(),
            "isBase64Encoded": encoded,
        }
        return int(self._webhook(called, None)["statusCode"])

    def bridge(self, event: PaymentEvent) -> int:
        """Stripe's news by EventBridge and a queue: 200, or 503 when it must come again."""
        return _told(self._bridge, {"detail": _as_stripe_says(event)})

    def mail_event(self, tags: Mapping[str, str], fate: Fate) -> int:
        """News of a mail by SES and a queue."""
        mail = {"tags": {tag["Name"]: [tag["Value"]] for tag in tagged(tags)}}
        kind = {Fate.DELIVERED: "Delivery", Fate.BOUNCED: "Bounce", Fate.COMPLAINED: "Complaint"}[fate]
        detail = {"eventType": kind, "mail": mail, "bounce": {"bounceType": "Permanent"}}
        return _told(self._mail_events, {"detail": detail})


@dataclass
class Browser:
    """A browser that keeps cookies and sends forms."""

    front: Front
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, query: str = "", *, method: str = "GET") -> Answer:
        """Look at an address."""
        with self.front.world.looking(f"{method} {path}"):
            return self._ask(method, path, query, b"", {})

    def post(self, path: str, form: Mapping[str, str]) -> Answer:
        """Send a form of the shop's own pages."""
        headers = {"HTTP_ORIGIN": URL, "CONTENT_TYPE": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, "", urlencode(form).encode(), headers)

    def _ask(self, method: str, path: str, query: str, body: bytes, headers: dict[str, str]) -> Answer:
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "shop.example",
            "SERVER_PORT": "443",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "shop.example",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": BytesIO(body),
            "wsgi.url_scheme": "https",
            **headers,
        }
        said: list[Any] = []
        made = self.front(environ, lambda status, fields, _=None: said.extend((status, fields)))
        for name, value in said[1]:
            if name == "Set-Cookie":
                self._keep(value)
        text = b"".join(made).decode() if self.front.pages.whole else ""
        answer = Answer(int(said[0][:3]), environ.get(SHOWN, {}), dict(said[1]).get("Location", ""), text)
        self.front.world.answered(answer)
        return answer

    def _keep(self, cookie: str) -> None:
        name, _, value = cookie.partition(";")[0].partition("=")
        if value:
            self.cookies[name] = value
        else:
            self.cookies.pop(name, None)


@cache
def front() -> Front:
    """The one for all histories of a process."""
    return Front()


def _told(queue: Callable[[Mapping[str, Any], object], Mapping[str, Any]], body: Mapping[str, Any]) -> int:
    answer = queue({"Records": [{"messageId": "1", "body": json.dumps(body)}]}, None)
    return 503 if answer["batchItemFailures"] else 200


def _as_stripe_says(event: PaymentEvent) -> Mapping[str, Any]:
    """An event in Stripe's form."""
    thing: dict[str, Any] = {"id": "re_1", "object": "refund", "payment_intent": event.payment}
    if event.order:
        metadata = {"shop": URL, "order_id": event.order}
        thing = {"id": event.session, "object": "checkout.session", "metadata": metadata}
    return {"id": event.id, "object": "event", "type": "told", "livemode": False, "data": {"object": thing}}
