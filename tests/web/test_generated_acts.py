"""Ten thousand generated requests to what a customer can do: no answer is a fault, and nothing moves that may not.

As in test_generated_requests.py they are made of genuine pieces and of garbage. One browser's keys are at hand, and
genuine tokens of its forms; an order whose key nobody has must be as it was in the end (R25, R27).
"""

from collections import Counter
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import Client

from functions.app import App
from functions.shop.acts import Deliver, Pack, Ship
from functions.shop.listing import NOTICES
from functions.shop.order import Order
from functions.shop.state import State
from functions.web.statement import Statement, sealed
from functions.web.tokens import Purpose
from tests.web.ordering import EMAIL, buy, do, now
from tests.web.test_customer_acts import FORMS, PURPOSES
from tests.web.test_generated_requests import (
    EMAILS,
    ENVIRON,
    FORM,
    GARBAGE,
    METHODS,
    NUMBERS,
    OWN,
    Sent,
    answered,
    any_of,
    coded,
    headers,
    mostly,
    some,
)

ORDER_PAGES, WITHDRAWALS, LINKS = 6000, 2500, 1500
PAGES = ("", "/cancel", "/address", "/return", "/help", "/invoice", "/release")


@pytest.fixture
def orders(app: App) -> list[Order]:
    """A paid order that nobody here has a key of; then two that are paid, one packed, one shipped, one delivered."""
    found = [buy(app, Client(app), CARD=2) for _ in range(6)]
    do(app, found[3], Pack())
    do(app, found[4], Ship("DHL", "1"))
    do(app, found[5], Ship("DHL", "2"), Deliver())
    return [now(app, order) for order in found]


def tokens(app: App, orders: list[Order]) -> list[str]:
    """Forms that are open in the browser with the keys."""
    return [app.tokens.for_form(purpose, f"{purpose}-1", order) for purpose in Purpose for order in orders]


def fields(app: App, orders: list[Order]) -> st.SearchStrategy[dict[str, str]]:
    """Fields of all forms, in any company."""
    line = mostly("4 Quay Street", "Ada Byrne", "F28 X000", "Berlin", "", "x" * 101)
    lines = dict.fromkeys(("name", "line1", "line2", "city", "region", "postcode"), line)
    statements = [Statement(f"w{n}", "Sam", order.id, EMAIL, "") for n, order in enumerate(orders)]
    statements.append(Statement("w9", "Eve", "7K3M-9QXD-4FTR", "eve@example.org", "all"))
    return some(
        {
            **lines,
            "form": mostly(*tokens(app, orders), *(sealed(one, app.tokens) for one in statements)),
            "quantity.0": mostly(*NUMBERS),
            "quantity.1": mostly(*NUMBERS),
            "reason": mostly("", "mind", "damaged", "other"),
            "text": mostly("Where is it?", "", "<b>now</b>", "x" * 2001),
            "number": mostly(*(order.id for order in orders), "7K3M-9QXD-4FTR", "?"),
            "email": mostly(*EMAILS),
            "change": mostly("yes", ""),
        }
    )


def keys(app: App, orders: list[Order]) -> str:
    """The cookies of a browser with the keys of these orders."""
    return "; ".join(f"order-{order.id}={app.tokens.for_order(order.id)}" for order in orders)


def whole_forms(app: App, orders: list[Order]) -> st.SearchStrategy[Sent]:
    """The form of a page as it is, with up to one field said differently."""
    head = {"Origin": OWN, "Cookie": keys(app, orders), "Content-Type": FORM}
    forms = [
        (f"/order/{order.id}/{act}", FORMS[act] | {"form": app.tokens.for_form(purpose, f"{act}-2", order)})
        for order in orders
        for act, purpose in PURPOSES.items()
    ]
    names = st.sampled_from(["name", "city", "postcode", "quantity.0", "text", "form"])
    return st.builds(
        lambda form, change: Sent("POST", form[0], head, body=urlencode(form[1] | change).encode()),
        st.sampled_from(forms),
        st.dictionaries(names, mostly(*NUMBERS), max_size=1),
    )


def requests(app: App, paths: list[str], orders: list[Order]) -> st.SearchStrategy[Sent]:
    """What a browser with the keys of these orders, or somebody who pretends to be one, may send."""
    links = mostly(*(app.tokens.for_order(order.id) for order in orders), *tokens(app, orders[:1]))
    return st.builds(
        lambda method, path, head, cookie, query, body, environ: Sent(
            method, path, head | {"Cookie": cookie, "Content-Type": body[0]}, query, body[1], environ
        ),
        METHODS,
        any_of(*[st.sampled_from(paths)] * 9, GARBAGE.map("/order/{}".format)),
        headers(),
        any_of(*[st.just(keys(app, orders))] * 5, st.just("")),
        any_of(*[st.just("")] * 4, some({"t": links, "order": mostly(*(one.id for one in orders))}).map(urlencode)),
        fields(app, orders).flatmap(coded),
        any_of(*[st.just({})] * 9, ENVIRON),
    )


def send_all(app: App, sent: st.SearchStrategy[Sent], count: int) -> Counter[int]:
    """Send so many; how often each status came back."""
    statuses: Counter[int] = Counter()

    @settings(max_examples=count, deadline=None, suppress_health_check=list(HealthCheck))
    @given(one=sent)
    def send(one: Sent) -> None:
        status = answered(app, one)
        assert status < 500
        statuses[status] += 1

    send()
    return statuses


def posted(path: str, form: dict[str, str]) -> Sent:
    """A form as our own page sends it."""
    return Sent("POST", path, {"Origin": OWN, "Content-Type": FORM}, body=urlencode(form).encode())


def assert_all_is_well(app: App, orders: list[Order]) -> None:
    """What nobody had a key of is as it was; the rest is in order: never shipped and cancelled, nothing paid twice."""
    assert now(app, orders[0]) == orders[0]
    after = [now(app, order) for order in orders]
    assert [one.state for one in after[3:]] == [State.PAID, State.SHIPPED, State.DELIVERED]
    for order in after:
        assert sum(one.amount for one in order.refunds) in {0, order.total}
        assert sum(item.quantity for one in order.returns for item in one.items) <= 2
        assert order.address
        assert order.address.country == "IE"
    cancelled = sum(one.state is State.CANCELLED for one in after)
    stock = app.store.stock(["CARD"])["CARD"]
    assert (stock.on_hand, stock.reserved) == (500 - 12 + 2 * cancelled, 0)


@pytest.mark.slow
def test_no_generated_request_to_an_order_is_answered_with_a_fault(app: App, orders: list[Order]) -> None:
    """All that can be done is done, and no more."""
    paths = [f"/order/{order.id}{page}" for order in orders for page in PAGES]
    sent = any_of(*[requests(app, paths, orders[1:])] * 4, whole_forms(app, orders[1:]))
    statuses = send_all(app, sent, ORDER_PAGES)
    assert statuses.keys() >= {200, 303, 400, 403, 404, 405, 409}
    after = [now(app, order) for order in orders]
    assert State.CANCELLED in {one.state for one in after}
    assert any(one.returns for one in after)
    assert any(one.questions for one in after)
    assert_all_is_well(app, orders)


@pytest.mark.slow
def test_no_generated_withdrawal_is_answered_with_a_fault(app: App, orders: list[Order]) -> None:
    """Withdrawals are said, within their limits; the order that no statement names is as it was."""
    statuses = send_all(app, requests(app, ["/withdraw", "/withdraw/confirm"], orders[1:]), WITHDRAWALS)
    assert statuses.keys() >= {200, 303, 400, 403, 405, 409}
    statements = [Statement(f"again{n}", "Sam", orders[1].id, EMAIL, "") for n in range(6)]
    forms = [{"form": sealed(one, app.tokens)} for one in statements]
    assert [answered(app, posted("/withdraw/confirm", form)) for form in forms][-1] == 429
    # What was accepted (303) is kept: with the order that it names, or as a notice when it fits none.
    assert any(now(app, order).withdrawals for order in orders) or app.store.listed(NOTICES).ids
    assert now(app, orders[0]) == orders[0]


@pytest.mark.slow
def test_no_generated_request_for_a_link_is_answered_with_a_fault(app: App, orders: list[Order]) -> None:
    """Nothing but a mail can come of it."""
    statuses = send_all(app, requests(app, ["/order-link"], orders[1:]), LINKS)
    assert statuses.keys() >= {200, 400, 403, 405}
    asked = {"number": orders[1].id, "email": EMAIL}
    assert [answered(app, posted("/order-link", asked)) for _ in range(6)][-1] == 429
    assert_all_is_well(app, orders)
