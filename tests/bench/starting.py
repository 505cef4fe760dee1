"""How long a function takes from nothing to its first answer, out of its own package and with its real adapters, beside
the bare import of what others import, with two clients made.
"""

import base64
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch

from werkzeug.test import Client

from functions.app import App
from functions.local.standin import running_standin
from tests.bench.rounds import best, workplace
from tests.emulator import aws_settings, running_emulator
from tests.living_shop import free_port
from tests.release.packing import called, packed, unzipped
from tests.small_shop import write_release
from tests.web.aws_shop import aws_shop, http_event
from tests.web.forms import add, cart_form
from tests.web.ordering import buy
from tests.web.paying import event_body, pay, signature
from tests.web.test_checkout import ordered

BARE = "import stripe, boto3"
_TIMED = f"""
import time
began = time.perf_counter()
{BARE}
boto3.client("dynamodb"), boto3.client("s3")
print((time.perf_counter() - began) * 1000)
"""
ROUNDS, ROUNDS_IF_QUICK = 9, 3
Events = Sequence[Mapping[str, Any]]
LEAVES_MAILS = {"MAIL_FUNCTION": "due:live"}
"""A function that the emulator does not have, so that none runs beside what is measured; it is asked for anyway."""
_NOTHING: Mapping[str, Any] = {"Records": []}


def measure(*, quick: bool) -> Iterator[tuple[str, str]]:
    """Rows of what was measured and its figure."""
    folder = workplace()
    with running_emulator(folder, free_port()) as address:
        own = aws_settings(address)
        with patch.dict(os.environ, own), running_standin() as standin:
            write_release(folder / "build")
            environ = own | aws_shop(folder / "build", standin.url) | LEAVES_MAILS
            yield from _started(folder, environ, ROUNDS_IF_QUICK if quick else ROUNDS)


def _started(folder: Path, environ: Mapping[str, str], rounds: int) -> Iterator[tuple[str, str]]:
    packages = packed(folder)
    homes = {group: unzipped(package, folder) for group, package in packages.items()}
    # What has no request of its own does its first round in a shop where nothing has happened yet.
    idle = {group: homes.pop(group) for group in ("mail_events", "reconcile")}
    quiet = _timed({group: (home, [_NOTHING] * rounds) for group, home in idle.items()}, environ)
    app = App(environ)
    events = {group: (home, [_first_event(group, app) for _ in range(rounds)]) for group, home in homes.items()}
    found = _timed(events, environ)
    bare = min(quiet.pop(BARE), found.pop(BARE))
    found |= quiet
    yield f"bare `{BARE}` with clients of DynamoDB and S3", f"{bare:.0f} ms"
    for group, package in packages.items():
        yield (
            f"import and first request of {group}{', in a shop where nothing has happened' * (group in quiet)}",
            f"{found[group]:.0f} ms, {found[group] / bare:.2f} of bare; {package.size / 1e6:.1f} MB",
        )


def _timed(events: Mapping[str, tuple[Path, Events]], environ: Mapping[str, str]) -> dict[str, float]:
    """The shortest start of each group, out of its folder with its first event, and of the bare import; in ms."""

    def start(group: str) -> float:
        home, following = events[group]
        return called(home, group, [following[next(turns[group])]], environ)[1]

    turns = {group: count() for group in events}
    rounds = min(len(following) for _, following in events.values())
    things = {group: partial(start, group) for group in events}
    return best({BARE: partial(_bare, environ), **things}, rounds)


def _bare(environ: Mapping[str, str]) -> float:
    command = [sys.executable, "-c", _TIMED]
    return float(subprocess.run(command, env=dict(environ), check=True, capture_output=True, text=True).stdout)


def _first_event(group: str, app: App) -> Mapping[str, Any]:
    """What a group is called with first: real work, such as the pay button, or an order that was just paid."""
    return {"cart": _cart, "checkout": _checkout, "order": _order, "invoice": _invoice}.get(group, _news)(app, group)


def _cookies(browser: Client) -> dict[str, str]:
    found = ((name, browser.get_cookie(name)) for name in ("cart", "destination"))
    return {name: cookie.value for name, cookie in found if cookie}


def _cart(app: App, _: str) -> Mapping[str, Any]:
    browser = Client(app)
    add(browser, "CARD", 2)
    return http_event("GET", "/cart", cookies=_cookies(browser))


def _checkout(app: App, _: str) -> Mapping[str, Any]:
    browser = Client(app)
    add(browser, "CARD", 1)
    return http_event("POST", "/checkout", cart_form(browser), cookies=_cookies(browser))


def _order(app: App, _: str, path: str = "") -> Mapping[str, Any]:
    order = buy(app, Client(app), CARD=1)
    key = app.tokens.for_order(order.id, order.epoch)
    return http_event("GET", f"/order/{order.id}{path}", cookies={f"order-{order.id}": key})


def _invoice(app: App, _: str) -> Mapping[str, Any]:
    return _order(app, _, "/invoice.pdf")


def _news(app: App, group: str) -> Mapping[str, Any]:
    """Of a payment, by the webhook or by EventBridge."""
    order = ordered(app, Client(app), sku="CARD")
    pay(order.pay_url)
    body = event_body(order.session, order.id)
    if group == "bridge":
        return {"Records": [{"messageId": "1", "body": f'{{"detail": {body.decode()}}}'}]}
    event = http_event("POST", "/stripe/events", headers={"stripe-signature": signature(body)})
    return event | {"body": base64.b64encode(body).decode()}
