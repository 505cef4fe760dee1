"""Looking changes nothing, and nobody looks at what is another's: over every address that functions answer."""

import html
import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from werkzeug.test import Client

from functions.app import App
from functions.local.standin import Standin
from functions.ports import Letter
from functions.shop.acts import Actor, AskReturn, Cancel, CorrectEmail, Deliver, Ship
from functions.shop.order import Order
from functions.shop.shipment import Pieces
from functions.shop.site import OF_FUNCTIONS
from functions.shop.state import State
from functions.web.tokens import LINK_AGE, Purpose
from tests.living_shop import settings
from tests.shop.living import LATER
from tests.shop.sample import ADA
from tests.small_shop import SETTINGS, write_release
from tests.web import lettered
from tests.web.conftest import URL
from tests.web.forms import add, check_out
from tests.web.ordering import buy, do, link, now
from tests.web.paying import DEBIT_SETTLES, pay, send_webhook

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
    unpaid = ordering(app)
    paid, shipped, returned, cancelled = (buy(app, Client(app), CARD=2) for _ in range(4))
    do(app, shipped, Ship("DHL", "1"))
    do(app, returned, Ship("DHL", "2"), Deliver(), AskReturn("r1", (Pieces(0, 1),), "", 14))
    do(app, cancelled, Cancel(Actor.OWNER))
    return [now(app, one) for one in (unpaid, paid, shipped, returned, cancelled)]


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


def followed(browser: Client, *addresses: str) -> set[str]:
    """All that these lead to, link by link, as scanners of mails follow them: each by GET and HEAD, three times."""
    waiting, seen = [*addresses], set[str]()
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
    return seen


def test_no_link_changes_anything_by_being_followed(app: App, browser: Client, orders: list[Order]) -> None:
    """Those to orders in all kinds of states, and those on all pages that they lead to (R25)."""
    before = written(app)
    links = [link(app, order, more) for order in orders for more in ("", "/cancel", "/return")]
    seen = followed(browser, *links, "/withdraw")
    assert {f"/order/{orders[1].id}/{name}" for name in ("cancel", "address", "help", "invoice")} <= seen
    assert written(app) == before


@pytest.fixture
def mailed(tmp_path: Path, standin: Standin) -> App:
    """A shop that owes somebody every mail there is, about orders and notices that it knows."""
    write_release(tmp_path / "build", settings=replace(SETTINGS, promotions=(lettered.TERN,)))
    known = settings(URL, standin.url, tmp_path, tmp_path / "build") | {"SHOP_SECRET_KEYS": lettered.SECRET}
    shop = App(known, clock=lambda: LATER)
    for order in mentioned():
        shop.store.save(order)
    for notice in lettered.notices("It is bent."):
        shop.store.save_notice(notice)
    return shop


def mentioned() -> Iterator[Order]:
    """The orders of all mails, each with a number of its own, as they are first written."""
    for number, order in enumerate(lettered.orders("It is bent.", ADA)):
        own = order.id if order.id.startswith("ORDR") else f"MAIL-{number:04}-AAAA"
        yield replace(order, id=own, session=f"cs_{number}", version=1)


def letters(app: App) -> Iterator[Letter]:
    """Every mail that is owed, as it is sent."""
    for order in mentioned():
        yield from (app.letters.write(order, message) for message in order.messages)
    for notice in lettered.notices("It is bent."):
        yield app.letters.write(notice, notice.message)


def linked(letters: Iterable[Letter]) -> set[str]:
    """The addresses of the shop that mails name in text, HTML or headers."""
    found: set[str] = set()
    for letter in letters:
        said = html.unescape(f"{letter.text} {letter.html} {letter.unsubscribe}")
        found |= {address.rstrip(".,;:)") for address in re.findall(rf'{re.escape(URL)}(/[^\s"<>]*)', said)}
    return found


def test_no_link_in_a_mail_changes_anything_by_being_followed(mailed: App) -> None:
    """Every link of every mail there is, and those on all pages that they lead to (R25)."""
    before, addresses = written(mailed), linked(letters(mailed))
    assert {address.split("/")[1] for address in addresses} >= {"order", "download", "unsubscribe"}
    seen = followed(Client(mailed), *addresses)
    assert {address.partition("?")[0] for address in addresses if "/order/" in address} <= seen, "a key was refused"
    assert written(mailed) == before


@pytest.fixture
def untold(app: App, standin: Standin) -> dict[str, Order]:
    """Orders of whose money Stripe knows, and the shop has not heard all."""
    ordered = {name: ordering(app) for name in ("open", "paid", "closed")}
    pay(ordered["paid"].pay_url)
    standin.expire(ordered["closed"].session)
    for name in ("on its way", "arrived", "refused"):
        ordered[name] = ordering(app)
        pay(ordered[name].pay_url, DEBIT_SETTLES)
        assert send_webhook(Client(app), ordered[name]).status_code == 204
    standin.settle(ordered["arrived"].session)
    standin.settle(ordered["refused"].session, success=False)
    for name, fault in (("owed", "close_before"), ("given back", "error_after")):
        ordered[name] = buy(app, Client(app), CARD=1)
        standin.fail_calls(fault, times=9, match="POST /v1/refunds")
        do(app, ordered[name], Cancel(Actor.OWNER))
        standin.behave()
    return {name: now(app, order) for name, order in ordered.items()}


def ordering(app: App) -> Order:
    """A postcard, ordered and not paid."""
    browser = Client(app)
    add(browser, "CARD")
    check_out(browser)
    paying = browser.get_cookie("paying")
    assert paying
    return now(app, paying.value)


def stands(app: App, orders: dict[str, Order]) -> dict[str, tuple[State, int, int]]:
    """Of each order its state, what came in and what is known to have gone back, in cents."""
    present = {name: now(app, order) for name, order in orders.items()}
    return {
        name: (
            order.state,
            sum(payment.amount for payment in order.payments),
            sum(refund.amount for refund in order.refunds if refund.made),
        )
        for name, order in present.items()
    }


def test_a_look_at_an_order_writes_what_stripe_knows_and_has_nothing_done_there(
    app: App, browser: Client, standin: Standin, untold: dict[str, Order]
) -> None:
    """The one exception of R25: what news would have had written. HEAD writes nothing, a second GET nothing more."""
    addresses = [f"/order/{order.id}" for order in untold.values()]
    for order in untold.values():
        browser.get(link(app, order))
    before, at_stripe = written(app), standin.events()
    assert {browser.head(address).status_code for address in addresses for _ in range(3)} == {200}
    assert written(app) == before
    known = stands(app, untold)
    assert {browser.get(address).status_code for address in addresses} == {200}
    assert {name: (known[name], is_now) for name, is_now in stands(app, untold).items() if known[name] != is_now} == {
        "paid": ((State.PENDING, 0, 0), (State.PAID, 700, 0)),
        "closed": ((State.PENDING, 0, 0), (State.EXPIRED, 0, 0)),
        "arrived": ((State.AWAITING_PAYMENT, 0, 0), (State.PAID, 700, 0)),
        "refused": ((State.AWAITING_PAYMENT, 0, 0), (State.EXPIRED, 0, 0)),
        "given back": ((State.CANCELLED, 700, 0), (State.CANCELLED, 700, 700)),
    }
    after = written(app)
    assert max(status for address in addresses for status in looked_at(browser, address)) == 200
    assert (written(app), standin.events()) == (after, at_stripe)


def test_what_a_look_has_written_is_what_news_would_have(app: App, browser: Client, untold: dict[str, Order]) -> None:
    """News that comes after it finds all done; only the refund that is owed is made by it, and by no look."""
    for order in untold.values():
        browser.get(link(app, order), follow_redirects=True)
    looked = {name: now(app, order) for name, order in untold.items()}
    for order in untold.values():
        assert send_webhook(Client(app), order).status_code == 204
    assert [name for name, order in looked.items() if now(app, order) != order] == ["owed"]
    assert stands(app, untold)["owed"] == (State.CANCELLED, 700, 700)


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
