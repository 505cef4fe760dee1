"""Looking changes nothing, and nobody looks at what is another's: over every address that functions answer."""

import html
import re
import sqlite3
from dataclasses import replace

import pytest
from werkzeug.test import Client

from functions.app import App
from functions.shop.acts import Actor, AskReturn, Cancel, CorrectEmail, Deliver, Ship
from functions.shop.order import Order
from functions.shop.shipment import Pieces
from functions.shop.site import OF_FUNCTIONS
from functions.web.tokens import LINK_AGE, Purpose
from tests.web.forms import add, check_out
from tests.web.ordering import buy, do, link, now

pytestmark = pytest.mark.slow


PARTS = tuple(
    "cart checkout download invoice notify order order_link stock stripe unsubscribe wishlist withdraw".split()
)
QUERIES = ("", "?order={id}", "?sku=CARD", "?s=CARD.LAST", "?action=add&sku=CARD", "?form=x&change=yes", "?asked=yes")


def gets(app: App) -> list[str]:
    """Every path that functions answer when it is only looked at."""
    routes = [route for name in PARTS for route in getattr(app, name)().routes]
    return [route.removeprefix("GET ") for route in routes if route.startswith("GET ")]


def written(app: App) -> list[str]:
    """All that is written down."""
    database = sqlite3.connect(app.setting("SHOP_DATABASE"))
    try:
        return list(database.iterdump())
    finally:
        database.close()


def looked_at(browser: Client, address: str) -> set[int]:
    """The statuses when it is fetched three times each way."""
    return {browser.open(address, method=method).status_code for method in ("GET", "HEAD") for _ in range(3)}


@pytest.fixture
def orders(app: App) -> list[Order]:
    """Orders in all kinds of states: not paid, paid, shipped, with a return, cancelled."""
    unpaid = Client(app)
    add(unpaid, "CARD")
    check_out(unpaid)
    paying = unpaid.get_cookie("paying")
    assert paying
    paid, shipped, returned, cancelled = (buy(app, Client(app), CARD=2) for _ in range(4))
    do(app, shipped, Ship("DHL", "1"))
    do(app, returned, Ship("DHL", "2"), Deliver(), AskReturn("r1", (Pieces(0, 1),), "", 14))
    do(app, cancelled, Cancel(Actor.OWNER))
    return [now(app, one) for one in (paying.value, paid, shipped, returned, cancelled)]


def test_these_are_all_parts(app: App) -> None:
    """Whoever adds one adds it here."""
    answered = {route.split("/")[1] for name in PARTS for route in getattr(app, name)().routes}
    assert answered == OF_FUNCTIONS


def test_no_address_changes_anything_by_being_looked_at(app: App, browser: Client, orders: list[Order]) -> None:
    """Every path and query, by GET and HEAD, three times each, for who has all keys (R25)."""
    for order in orders:
        browser.get(link(app, order))
    before, statuses = written(app), set()
    for path in gets(app):
        for order in orders if "<order_id>" in path else orders[:1]:
            for query in QUERIES:
                address = path.replace("<order_id>", order.id) + query.format(id=order.id)
                statuses |= looked_at(browser, address)
    assert statuses <= {200, 303, 308, 400, 404}
    assert written(app) == before


def test_no_link_changes_anything_by_being_followed(app: App, browser: Client, orders: list[Order]) -> None:
    """Those in mails, and those on all pages that they lead to, as scanners of mails follow them (R25)."""
    before, seen = written(app), set[str]()
    waiting = [link(app, order, more) for order in orders for more in ("", "/cancel", "/return")] + ["/withdraw"]
    while waiting:
        address = waiting.pop()
        if address in seen or address[1:].partition("/")[0].partition("?")[0] not in OF_FUNCTIONS:
            continue
        seen.add(address)
        assert max(looked_at(browser, address)) < 500
        answer = browser.get(address)
        page = answer.text if answer.mimetype == "text/html" else ""
        waiting += [html.unescape(found) for found in re.findall(r'<a[^>]* href="([^"#]+)"', page)]
        waiting += [answer.headers["Location"]] if answer.status_code == 303 else []
    assert {f"/order/{orders[1].id}/{name}" for name in ("cancel", "address", "help", "invoice")} <= seen
    assert written(app) == before


def refused(app: App, order: Order, token: str) -> bool:
    """Whether a token opens none of an order's pages, in the address or as a cookie."""
    paths = [path.replace("<order_id>", order.id) for path in gets(app) if "<order_id>" in path]
    with_cookie, with_link = Client(app), Client(app)
    with_cookie.set_cookie(f"order-{order.id}", token)
    answers = [with_cookie.get(path).status_code for path in paths]
    answers += [with_link.get(path, query_string={"t": token}).status_code for path in paths]
    return set(answers) == {404}


def test_no_page_of_an_order_opens_with_anything_but_its_own_key(app: App, orders: list[Order]) -> None:
    """Not with another order's, one for another purpose, one of an earlier epoch, or none (R25, R27)."""
    mine, other = orders[1], orders[2]
    assert not refused(app, mine, app.tokens.for_order(mine.id))
    for token in ("", "x", "null", app.tokens.for_order(other.id), app.tokens.for_order(mine.id, epoch=1)):
        assert refused(app, mine, token), token
    for purpose in Purpose:
        assert refused(app, mine, app.tokens.for_form(purpose, mine.id, mine)), purpose


def test_a_corrected_address_closes_the_links_that_were_mailed_before(app: App, orders: list[Order]) -> None:
    """They went to somebody else."""
    old = app.tokens.for_order(orders[1].id)
    corrected = do(app, orders[1], CorrectEmail("ada@example.org"))
    assert refused(app, corrected, old)
    assert not refused(app, corrected, app.tokens.for_order(corrected.id, corrected.epoch))


def test_a_link_ends_after_half_a_year(app: App, orders: list[Order]) -> None:
    """Whoever comes later asks for it once more, or calls."""
    order = orders[1]
    app.store.save(replace(order, version=order.version + 1, created_at=order.created_at - LINK_AGE - 3600))
    assert refused(app, order, app.tokens.for_order(order.id))
