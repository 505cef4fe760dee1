"""A running stand-in, the real Stripe client for it, and a place that receives its webhooks."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import stripe

from functions.local.standin import Patience, Settings, Standin, running_standin

SECRET = "whsec_for_tests"
Session = stripe.checkout.Session


class Clock:
    """Stands still until it is moved."""

    def __init__(self, now: float) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


@dataclass
class Receiver:
    """Keeps what it was sent; answers `statuses` in turn, then 200."""

    url: str = ""
    bodies: list[bytes] = field(default_factory=list)
    signatures: list[str] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)

    def events(self) -> list[stripe.Event]:
        """What came, verified as the shop verifies it."""
        sent = zip(self.bodies, self.signatures, strict=True)
        return [stripe.Webhook.construct_event(body, signature, SECRET) for body, signature in sent]

    def types(self) -> list[str]:
        return [event.type for event in self.events()]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    found = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            found.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            found.signatures.append(self.headers["Stripe-Signature"])
            self.send_response(found.statuses.pop(0) if found.statuses else 200)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        found.url = f"http://127.0.0.1:{server.server_port}/stripe/events"
        yield found
        server.shutdown()
        thread.join()


@pytest.fixture
def clock() -> Clock:
    return Clock(1_800_000_000.0)


@pytest.fixture
def standin(clock: Clock) -> Iterator[Standin]:
    with running_standin(Settings(shop_name="Tern & Gale"), clock) as running:
        yield running


@pytest.fixture
def hooked(receiver: Receiver) -> Iterator[Standin]:
    """A stand-in with real time, whose events go to `receiver`."""
    patience = Patience(timeout=1.0, retry_delay=0.05, attempts=4)
    settings = Settings(webhook_url=receiver.url, webhook_secret=SECRET, patience=patience)
    with running_standin(settings) as running:
        yield running


@pytest.fixture
def client(standin: Standin) -> stripe.StripeClient:
    return client_of(standin)


def client_of(standin: Standin, retries: int = 0, key: str = "sk_test_pouch") -> stripe.StripeClient:
    return stripe.StripeClient(key, base_addresses={"api": standin.url}, max_network_retries=retries)


def wanted(**changes: Any) -> Any:
    """What the shop asks of Stripe for a cart of a print and three postcards; None takes a part away."""
    params: dict[str, Any] = {
        "mode": "payment",
        "ui_mode": "hosted_page",
        "line_items": [line("Gannets", 6800, 1), line("Low tide", 350, 3)],
        "success_url": "http://127.0.0.1:8000/order/o1?session={CHECKOUT_SESSION_ID}",
        "cancel_url": "http://127.0.0.1:8000/cart",
        "shipping_address_collection": {"allowed_countries": ["DE", "AT"]},
        "shipping_options": [shipping("Standard", 490), shipping("Express", 1290)],
        "metadata": {"shop": "tern", "order_id": "o1"},
        "payment_intent_data": {"metadata": {"order_id": "o1"}},
    }
    return {name: value for name, value in (params | changes).items() if value is not None}


def line(name: str, unit_amount: int, quantity: int, currency: str = "eur") -> dict[str, Any]:
    product = {"name": name, "metadata": {"sku": name.upper()}}
    price = {"currency": currency, "unit_amount": unit_amount, "product_data": product}
    return {"quantity": quantity, "price_data": price}


def shipping(name: str, amount: int, currency: str = "eur") -> dict[str, Any]:
    estimate = {
        "minimum": {"unit": "business_day", "value": 2},
        "maximum": {"unit": "business_day", "value": 4},
    }
    rate = {
        "type": "fixed_amount",
        "display_name": name,
        "fixed_amount": {"amount": amount, "currency": currency},
        "delivery_estimate": estimate,
    }
    return {"shipping_rate_data": rate}


@pytest.fixture
def create(client: stripe.StripeClient) -> Callable[..., Session]:
    """Creates a session with some parameters changed."""
    return lambda **changes: client.v1.checkout.sessions.create(wanted(**changes))
