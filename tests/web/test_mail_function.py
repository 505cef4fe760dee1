"""Mails that news of a payment and pages of orders leave to another function: told at once, and never lost."""

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler

import pytest
from werkzeug.test import Client

from functions.app import App
from functions.shop.errors import BadSetting
from functions.shop.order import Order
from functions.shop.state import State
from tests.contract.serving import LocalServer, at_work
from tests.web.forms import SELF, hidden
from tests.web.ordering import link
from tests.web.paying import pay, send_webhook
from tests.web.test_checkout import mails, ordered, the_order_now
from tests.web.test_stripe_bridge import record

pytestmark = pytest.mark.slow


ALIAS = "arn:aws:lambda:eu-central-1:123456789012:function:shop-ReconcileFunction-1A2B:live"
TOLD = ("/2015-03-31/functions/shop-ReconcileFunction-1A2B/invocations?Qualifier=live", "Event")


class Lambda(LocalServer):
    """Takes events for functions, as AWS does, and keeps them; it answers with `status`."""

    def __init__(self) -> None:
        super().__init__(_Clerk)
        self.status = 202
        self.addressed: list[tuple[str, str | None]] = []
        self.events: list[dict[str, str]] = []


class _Clerk(BaseHTTPRequestHandler):
    server: Lambda

    def do_POST(self) -> None:
        """Keep an event."""
        self.server.addressed.append((self.path, self.headers["X-Amz-Invocation-Type"]))
        self.server.events.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def functions(monkeypatch: pytest.MonkeyPatch) -> Iterator[Lambda]:
    """AWS Lambda on this machine."""
    with at_work(Lambda()) as running:
        keys = {"AWS_ACCESS_KEY_ID": "nobody", "AWS_SECRET_ACCESS_KEY": "nothing", "AWS_REGION": "eu-central-1"}
        for name, value in {**keys, "AWS_ENDPOINT_URL": running.url}.items():
            monkeypatch.setenv(name, value)
        yield running


@pytest.fixture
def paid(app: App, browser: Client) -> Order:
    """An order that was paid, and of which no news has come."""
    order = ordered(app, browser)
    pay(order.pay_url)
    return order


@pytest.fixture
def news(app: App) -> App:
    """The function that takes news, on the same shop; it has no way to send mails of its own."""
    own = {name: value for name, value in app._environ.items() if not name.startswith(("MAIL_", "SMTP_"))}
    return App({**own, "MAIL_FUNCTION": ALIAS})


def by_webhook(news: App, order: Order) -> None:
    """Stripe calls."""
    assert send_webhook(Client(news), order).status_code == 204


def by_bridge(news: App, order: Order) -> None:
    """EventBridge fills the queue."""
    assert news.stripe_bridge()({"Records": [record(order)]}, None) == {"batchItemFailures": []}


@pytest.mark.parametrize("tell", [by_webhook, by_bridge])
def test_the_function_that_sends_mails_is_told_of_a_paid_order_and_sends_its_own(
    app: App, news: App, paid: Order, functions: Lambda, tell: Callable[[App, Order], None]
) -> None:
    tell(news, paid)
    assert (the_order_now(app, paid).state, mails(app)) == (State.PAID, [])
    assert (functions.addressed, functions.events) == ([TOLD], [{"order": paid.id}])
    assert app.reconciler()(functions.events[0], None) == {"sent": 1, "unsent": 0}
    assert len(mails(app)) == 1


def test_of_news_that_changes_nothing_nobody_is_told(app: App, news: App, paid: Order, functions: Lambda) -> None:
    by_webhook(news, paid)
    app.deliver(paid.id)
    by_webhook(news, paid)
    assert len(functions.events) == 1


@pytest.mark.parametrize("status", [403, 429, 500])
def test_mails_of_which_nobody_could_be_told_are_sent_by_the_next_round(
    app: App, news: App, paid: Order, functions: Lambda, status: int
) -> None:
    """And Stripe is told that its news is written down, as it is."""
    functions.status = status
    by_webhook(news, paid)
    assert the_order_now(app, paid).state is State.PAID
    assert app.reconcile().mailed == 1
    assert len(mails(app)) == 1


def test_an_event_that_comes_twice_sends_one_mail(app: App, news: App, paid: Order, functions: Lambda) -> None:
    """AWS hands over each at least once."""
    by_webhook(news, paid)
    due = app.reconciler()
    assert [due(functions.events[0], None) for _ in range(2)] == [{"sent": 1, "unsent": 0}, {"sent": 0, "unsent": 0}]
    assert len(mails(app)) == 1


def test_an_event_with_which_something_is_wrong_is_noted_and_not_handed_over_again(
    app: App, caplog: pytest.LogCaptureFixture
) -> None:
    """Else AWS would keep the error's words, and an alarm would speak of news that is lost."""
    assert app.reconciler()({"order": "NONE-0000-0000"}, None) == {}
    assert [(record.message, record.fields["error"]) for record in caplog.records if record.levelname == "ERROR"] == [  # type: ignore[attr-defined]
        ("The mails of an order have to wait", "UnknownOrder")
    ]


@pytest.fixture
def front(news: App, browser: Client, paid: Order, functions: Lambda) -> Client:
    """The browser that has paid, in front of functions that write no mails, after those of the payment were sent."""
    by_webhook(news, paid)
    functions.events.clear()
    other = Client(news, use_cookies=True)
    for name in ("cart", "paying", f"order-{paid.id}"):
        if cookie := browser.get_cookie(name):
            other.set_cookie(name, cookie.value)
    assert other.get(link(news, paid)).status_code == 303
    return other


ACTS: dict[str, dict[str, str]] = {"cancel": {}, "help": {"text": "When does it come?"}}


@pytest.mark.parametrize("act", ACTS)
def test_what_a_customer_does_is_told_as_well(
    app: App, front: Client, paid: Order, functions: Lambda, act: str
) -> None:
    app.deliver(paid.id)
    page = hidden(front.get(f"/order/{paid.id}/{act}"))
    functions.events.clear()
    assert front.post(f"/order/{paid.id}/{act}", data={**page, **ACTS[act]}, headers=SELF).status_code == 303
    assert functions.events == [{"order": paid.id}]
    assert app.reconciler()(functions.events[0], None)["sent"] >= 1


@pytest.mark.parametrize("page", ["withdraw", "order-link"])
def test_so_is_what_somebody_says_with_the_number_of_an_order(
    app: App, front: Client, paid: Order, functions: Lambda, page: str
) -> None:
    app.deliver(paid.id)
    said = {"name": "Sam", "number": paid.id, "email": "sam@example.com", "text": ""}
    answer = front.post(f"/{page}", data=said, headers=SELF)
    if page == "withdraw":
        answer = front.post("/withdraw/confirm", data=hidden(answer), headers=SELF)
    assert answer.status_code == 200
    assert functions.events == [{"order": paid.id}]
    assert app.reconciler()(functions.events[0], None)["sent"] >= 1


@pytest.mark.parametrize("alias", ["due", "due:", ":"])
def test_what_is_no_alias_stops_the_start(news: App, functions: Lambda, alias: str) -> None:
    with pytest.raises(BadSetting, match=r"^MAIL_FUNCTION is '.*'\. Write the ARN of an alias"):
        App({**news._environ, "MAIL_FUNCTION": alias}).stripe()
