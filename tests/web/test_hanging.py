"""Every route answers within ten seconds while everything it depends on accepts a call and never answers (R35)."""

import json
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest
from werkzeug.test import Client

from functions.adapters.ses_tags import tagged
from functions.adapters.smtp_mail import SmtpMail
from functions.app import App, clock
from functions.shop.acts import Deliver, Ship
from functions.shop.order import Order
from functions.web.queue import Handler
from functions.web.statement import Statement, sealed
from functions.web.tokens import MAILS
from tests.living_shop import settings
from tests.web.forms import SELF, add, cart_form, check_out
from tests.web.ordering import EMAIL, buy, do, now
from tests.web.paying import event_body, signature
from tests.web.silent import silence
from tests.web.test_customer_acts import FORMS, PURPOSES
from tests.web.test_reading import PARTS
from tests.web.test_stripe_bridge import record

SECONDS = 10.0
Ask = Callable[[], int]


@contextmanager
def locked(path: str) -> Iterator[None]:
    """Somebody writes to the database and never ends."""
    with closing(sqlite3.connect(path, timeout=5, isolation_level=None)) as database:
        database.execute("BEGIN IMMEDIATE")
        yield


def hanging(app: App, folder: Path, stripe: int, smtp: int, **more: str) -> App:
    """The same shop with `more` settings, and with a payment provider and a mail server at these ports."""
    made = App(settings(app.url, f"http://127.0.0.1:{stripe}", folder, folder / "build") | more)
    made.mail = SmtpMail("127.0.0.1", smtp, sender="Small Shop <owner@small.example>", clock=clock)
    return made


@pytest.fixture
def orders(app: App) -> dict[str, Order]:
    """Orders in all states in which a customer can do something."""
    return bought(app)


def bought(app: App) -> dict[str, Order]:
    """Orders that are paid, one of which has arrived."""
    found = {name: buy(app, Client(app), CARD=2) for name in ("paid", "shipped", "other")}
    do(app, found["shipped"], Ship("DHL", "1"), Deliver())
    return {name: now(app, order) for name, order in found.items()}


def keyed(app: App, *orders: Order) -> Client:
    """A browser with the keys of orders."""
    browser = Client(app)
    for order in orders:
        browser.set_cookie(f"order-{order.id}", app.tokens.for_order(order.id, order.epoch))
    return browser


def get(app: App, path: str, *orders: Order) -> Ask:
    return lambda: keyed(app, *orders).get(path).status_code


def looks(app: App, order: Order) -> dict[str, Ask]:
    """Every route that is only looked at."""
    routes = [route for name in PARTS for route in getattr(app, name)().routes if route.startswith("GET ")]
    token = with_tokens(app, order)
    bare = [(route, route.removeprefix("GET ")) for route in routes]
    paths = [(route, token.get(path, path).replace("<order_id>", order.id)) for route, path in bare]
    return {
        route: get(app, f"{path}?sku=CARD" if path in {"/stock", "/notify"} else path, order) for route, path in paths
    }


def acts(app: App, orders: dict[str, Order]) -> dict[str, Ask]:
    """What a customer can do to an order, each to one that it can be done to."""
    about = {"return": orders["shipped"]}

    def ask(act: str, order: Order) -> Ask:
        form = FORMS[act] | {"form": app.tokens.for_form(PURPOSES[act], f"{act}-9", order)}
        path = f"/order/{order.id}/{act}"
        return lambda: keyed(app, order).post(path, data=form, headers=SELF).status_code

    return {
        f"POST /order/<order_id>/{act}": ask(act, about.get(act, orders["paid"])) for act in PURPOSES if act in FORMS
    }


def buying(app: App, before: App, pending: Order) -> dict[str, Ask]:
    """The cart, the pay button of a new cart and that of one who has an unpaid order, and what ends that."""
    fresh, again = Client(before), Client(before)
    for browser in (fresh, again):
        add(browser, "CARD")
    check_out(again)
    add(again, "CARD")
    forms = {browser: cart_form(browser) for browser in (fresh, again)}

    def press(browser: Client) -> Ask:
        browser.application = app  # the same browser, at the shop as it is now
        return lambda: check_out(browser, forms[browser]).status_code

    release = f"/order/{pending.id}/release"
    return {
        "POST /cart": lambda: add(Client(app), "CARD").status_code,
        "POST /checkout": press(fresh),
        "POST /checkout with an unpaid order": press(again),
        "GET /order/<order_id> of an unpaid order": get(app, f"/order/{pending.id}", pending),
        "POST /order/<order_id>/release": lambda: keyed(app, pending).post(release, headers=SELF).status_code,
    }


def others(app: App, order: Order) -> dict[str, Ask]:
    """Forms that need no key."""
    link = {"number": order.id, "email": EMAIL}
    said = {"name": "Sam", "number": order.id, "email": EMAIL, "text": ""}
    statement = {"form": sealed(Statement("w1", "Sam", order.id, EMAIL, ""), app.tokens)}
    return {
        "POST /order-link": lambda: Client(app).post("/order-link", data=link, headers=SELF).status_code,
        "POST /withdraw": lambda: Client(app).post("/withdraw", data=said, headers=SELF).status_code,
        "POST /withdraw/confirm": lambda: (
            Client(app).post("/withdraw/confirm", data=statement, headers=SELF).status_code
        ),
        "POST /wishlist": lambda: (
            Client(app).post("/wishlist", data={"action": "add", "sku": "CARD"}, headers=SELF).status_code
        ),
        "POST /notify": lambda: (
            Client(app).post("/notify", data={"sku": "LAST", "email": EMAIL}, headers=SELF).status_code
        ),
        **{f"POST {route}": post(app, path) for route, path in with_tokens(app, order).items()},
    }


def with_tokens(app: App, order: Order) -> dict[str, str]:
    """The addresses that a token is part of."""
    return {
        "/unsubscribe/<token>": f"/unsubscribe/{app.tokens.for_silence(MAILS, 'a customer')}",
        "/download/<token>": f"/download/{app.tokens.for_download(order, 0)}",
    }


def post(app: App, path: str) -> Ask:
    return lambda: Client(app).post(path, headers=SELF).status_code


def news(app: App, order: Order) -> dict[str, Ask]:
    """The webhook, and the functions behind queues with three records each."""
    body = event_body(order.session, order.id)
    mail = {"tags": {tag["Name"]: [tag["Value"]] for tag in tagged({"order": order.id, "message": "confirmation"})}}
    told = {"messageId": "1", "body": json.dumps({"detail": {"eventType": "Delivery", "mail": mail}})}
    return {
        "POST /stripe/events": lambda: (
            Client(app).post("/stripe/events", data=body, headers={"Stripe-Signature": signature(body)}).status_code
        ),
        "stripe_bridge": lambda: handed_over(app.stripe_bridge(), record(order)),
        "mail_events": lambda: handed_over(app.mail_events(), told),
    }


def handed_over(handle: Handler, told: dict[str, str]) -> int:
    """Three records that say the same; 503 when some must come again."""
    return 503 if handle({"Records": [told] * 3}, None)["batchItemFailures"] else 200


def unpaid(app: App) -> Order:
    browser = Client(app)
    add(browser, "CARD")
    check_out(browser)
    paying = browser.get_cookie("paying")
    assert paying
    return now(app, paying.value)


def changes(slow: App, app: App, orders: dict[str, Order]) -> dict[str, Ask]:
    """Every route that does something; `app` is the shop as it was before all became slow."""
    other = orders["other"]
    return {**acts(slow, orders), **buying(slow, app, unpaid(app)), **others(slow, other), **news(slow, other)}


def all_answer_in_time(asks: Mapping[str, Ask]) -> None:
    """Asked at once, each is answered within ten seconds, and not by a fault."""
    with ThreadPoolExecutor(len(asks)) as threads:
        answers = list(threads.map(asked, asks, asks.values()))
    assert {status for _, status, _ in answers} <= {200, 204, 303, 400, 404, 409, 503}
    assert [(name, seconds) for name, _, seconds in answers if seconds > SECONDS] == []


def asked(name: str, ask: Ask) -> tuple[str, int, float]:
    began = time.monotonic()
    return name, ask(), time.monotonic() - began


@pytest.mark.slow
def test_every_route_answers_within_ten_seconds_when_the_function_for_mails_hangs(
    app: App, tmp_path: Path, orders: dict[str, Order], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As at AWS, where mails are left to it; the payment provider says nothing either."""
    with silence() as stripe, silence() as functions:
        keys = {"AWS_ACCESS_KEY_ID": "nobody", "AWS_SECRET_ACCESS_KEY": "nothing", "AWS_REGION": "eu-central-1"}
        for name, value in {**keys, "AWS_ENDPOINT_URL": f"http://127.0.0.1:{functions}"}.items():
            monkeypatch.setenv(name, value)
        slow = hanging(app, tmp_path, stripe, functions, MAIL_FUNCTION="due:live")
        all_answer_in_time(looks(slow, orders["shipped"]) | changes(slow, app, orders))


@pytest.mark.slow
@pytest.mark.parametrize("database", ["answers", "hangs"])
def test_every_route_answers_within_ten_seconds_with_everything_hanging(
    app: App, tmp_path: Path, orders: dict[str, Order], database: str
) -> None:
    """Payment provider and mail server take a call and say nothing; the database is being written for ever."""
    with ExitStack() as held:
        slow = hanging(app, tmp_path, held.enter_context(silence()), held.enter_context(silence()))
        asks = looks(slow, orders["shipped"]) | changes(slow, app, orders)
        if database == "hangs":
            held.enter_context(locked(app.setting("SHOP_DATABASE")))
        all_answer_in_time(asks)


def test_every_route_of_every_part_is_asked(app: App, orders: dict[str, Order]) -> None:
    """A route that is added later is tried like the others, or this fails."""
    routes = {route for name in PARTS for route in getattr(app, name)().routes}
    assert routes - {*looks(app, orders["shipped"]), *changes(app, app, orders)} == set()
