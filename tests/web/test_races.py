"""Everything at once, and news that is lost, doubled or mixed up: the end is the same (R1, R2, R9 to R12, R18)."""

import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from werkzeug.test import Client

from functions.app import App
from functions.local.standin import Standin
from functions.service.reconcile import reconcile
from functions.service.settlement import save
from functions.shop.decision import Decision
from functions.shop.order import Order
from functions.shop.placing import HOLD
from functions.shop.state import State
from tests.living_shop import LivingShop, living_shop
from tests.small_shop import write_release
from tests.web.forms import SELF, add, cart_form, check_out, visible
from tests.web.over_http import browser_at
from tests.web.paying import DEBIT_SETTLES, DECLINED, pay, send_webhook
from tests.web.test_checkout import SETTINGS_NAMES, mails, ordered, stock, the_order, the_order_now

DEBIT_BOUNCES = "AT861904300235473202"
ROUNDS = 15

pytestmark = pytest.mark.slow


def reconciled(app: App, later: int = 0) -> int:
    """One run of the reconciler, so many seconds from now."""

    def clock() -> int:
        return int(time.time()) + later

    report = reconcile(
        store=app.store, payments=app.payments, mail=app.mail, clock=clock, codes=app.codes, write=app.letters.write
    )
    assert report.failures == ()
    return 200


def same_browser(browser: Client) -> Client:
    """Another tab: the same cookies."""
    tab = Client(browser.application)
    for name in ("cart", "destination", "paying", f"order-{the_order_id(browser)}"):
        if cookie := browser.get_cookie(name):
            tab.set_cookie(name, cookie.value)
    return tab


def the_order_id(browser: Client) -> str:
    cookie = browser.get_cookie("paying")
    assert cookie
    return cookie.value


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_the_last_piece_is_sold_once_whatever_comes_together(
    app: App, browser: Client, standin: Standin, seed: int
) -> None:
    add(browser, "LAST")
    second_page = cart_form(browser)
    stranger = Client(app)
    add(stranger, "LAST")
    strangers_page = cart_form(stranger)
    if seed % 3 == 0:
        lose_the_answer_about_the_next_session(standin)
    check_out(browser)
    [session] = standin.sessions()
    order = replace(six_minutes_old(app, the_order(app, browser)), session=session["id"])
    acts: list[Callable[[], int]] = [
        lambda: pay(session["url"]),
        lambda: same_browser(browser).post(f"/order/{order.id}/release", headers=SELF).status_code,
        lambda: send_webhook(Client(app), order).status_code,
        lambda: send_webhook(Client(app), order).status_code,
        lambda: same_browser(browser).get(f"/order/{order.id}").status_code,
        lambda: check_out(same_browser(browser), second_page).status_code,
        lambda: check_out(stranger, strangers_page).status_code,
        lambda: reconciled(app),
    ]
    assert set(all_at_once(acts, seed)) <= {200, 204, 303, 409, 410}
    assert_each_piece_is_somewhere(app, standin)
    pay_whatever_is_open(standin)
    reconciled(app, later=HOLD)
    reconciled(app, later=HOLD)
    assert_at_rest(app, standin)


def six_minutes_old(app: App, order: Order) -> Order:
    """The order as if it had been made earlier, so that the reconciler looks at it, too."""
    earlier = replace(order, created_at=order.created_at - 360, expires_at=order.expires_at - 360)
    return save(Decision(earlier), app.store)


def lose_the_answer_about_the_next_session(standin: Standin) -> None:
    """Stripe makes it, and the shop never hears of it, not even when it asks again."""
    standin.fail_calls("close_after", times=1, match="POST /v1/checkout/sessions")
    standin.fail_calls("close_before", times=2, match="POST /v1/checkout/sessions")


def all_at_once(acts: list[Callable[[], int]], seed: int) -> list[int]:
    """Start all acts within a few milliseconds, in an order and at distances that the seed decides."""
    chance = random.Random(seed)  # noqa: S311 - it shuffles, it keeps no secret
    waits = [chance.choice([0, 0, chance.uniform(0, 0.06)]) for _ in acts]
    pairs = chance.sample(list(zip(acts, waits, strict=True)), len(acts))

    def run(pair: tuple[Callable[[], int], float]) -> int:
        act, wait = pair
        time.sleep(wait)
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, pairs))


def pay_whatever_is_open(standin: Standin) -> None:
    for session in standin.sessions():
        if session["status"] == "open":
            assert pay(session["url"]) == 303


def every_order(app: App, standin: Standin) -> list[Order]:
    """All orders that the stand-in has heard of; one without a session has a shopper who was told to try again."""
    found = {session["client_reference_id"] for session in standin.sessions()}
    return [order for order in map(app.store.order, sorted(found)) if order]


def assert_each_piece_is_somewhere(app: App, standin: Standin) -> None:
    """There was one piece: it is on the shelf, or one paid order has it (R9 to R12)."""
    on_hand, reserved = stock(app, "LAST")
    sold = [order for order in every_order(app, standin) if order.state is State.PAID]
    assert 0 <= reserved <= on_hand
    assert on_hand + len(sold) == 1
    assert reserved == len([order for order in every_order(app, standin) if order.open])


def assert_at_rest(app: App, standin: Standin) -> None:
    """Money and orders agree, nothing is held, and every paid order had one mail (R1, R2, R20)."""
    orders = every_order(app, standin)
    paid = {session["client_reference_id"] for session in standin.sessions() if session["payment_status"] == "paid"}
    assert {order.id for order in orders if order.paid_like} == paid
    assert [order.state for order in orders if order.state is State.PAID] in ([], [State.PAID])
    assert stock(app, "LAST") == (1 - len([order for order in orders if order.state is State.PAID]), 0)
    assert {order.state for order in orders if not order.paid_like} <= {State.EXPIRED}
    texts = [mail.read_text() for mail in mails(app)]
    assert {
        order.id: len([text for text in texts if order.id in text]) for order in orders if order.paid_like
    } == dict.fromkeys(paid, 1)
    assert len(texts) == len(paid)


@contextmanager
def shop_with_unreliable_news(folder: Path, unreliable: Callable[[Standin], None]) -> Iterator[LivingShop]:
    """A shop over real HTTP, to which Stripe's news comes in some other way than once and at once."""
    write_release(folder / "build")
    with living_shop(folder, build=folder / "build", output=folder) as shop:
        unreliable(shop.standin)
        yield shop


BACKWARDS = "at the very end, backwards"
NEWS: dict[str, tuple[Callable[[Standin], None], set[str]]] = {
    "as it should be": (lambda standin: standin.behave(), {"delivered"}),
    "all lost": (lambda standin: standin.lose_all(), {"lost"}),
    "the first five lost": (lambda standin: standin.lose_next(5), {"lost", "delivered"}),
    "three times each": (lambda standin: standin.duplicate(3), {"delivered"}),
    "mixed up": (lambda standin: standin.reorder(), {"delivered"}),
    "late": (lambda standin: standin.delay(1.5), {"delivered"}),
    BACKWARDS: (lambda standin: standin.hold(), {"delivered"}),
}


@pytest.mark.parametrize("news", NEWS)
def test_however_unreliable_the_news_is_the_end_is_the_same(tmp_path: Path, news: str) -> None:
    unreliable, deliveries = NEWS[news]
    with shop_with_unreliable_news(tmp_path, unreliable) as shop:
        orders = [buyer(shop), one_who_goes_back(shop), debtor(shop), debtor_without_money(shop), declined(shop)]
        shop.standin.advance_clock(3600)
        if news == BACKWARDS:
            shop.standin.release("reversed")
        assert shop.standin.wait_until_delivered()
        assert {delivery["state"] for delivery in shop.standin.deliveries()} == deliveries
        reconciled(shop.app, later=HOLD)
        reconciled(shop.app, later=HOLD)
        states = [the_order_now(shop.app, order).state.value for order in orders]
        assert states == ["paid", "expired", "paid", "expired", "expired"]
        assert {sku: shop.stock(sku) for sku in ("PRINT-A4", "LAST", "CARD")} == {
            "PRINT-A4": (1, 0),
            "LAST": (0, 0),
            "CARD": (500, 0),
        }
        subjects = [mail["Subject"] for mail in shop.mails() if mail["Subject"].startswith("Your order")]
        shop_name = shop.app.catalogue.current().settings.name
        confirmed = [sum(s.endswith(f"order {order.id} at {shop_name}") for s in subjects) for order in orders]
        assert confirmed == [1, 0, 1, 0, 0]


def buyer(shop: LivingShop) -> Order:
    """Pays at once, and never comes back to the shop."""
    order = ordered(shop.app, browser_at(shop.url), "PRINT-A4", 2)
    assert pay(order.pay_url) == 303
    return order


def one_who_goes_back(shop: LivingShop) -> Order:
    """Looks at the payment page, and goes back to the cart."""
    browser = browser_at(shop.url)
    order = ordered(shop.app, browser, "CARD", 4)
    assert browser.post(f"/order/{order.id}/release", headers=SELF).headers["Location"] == "/cart"
    return order


def debtor(shop: LivingShop) -> Order:
    """Pays in a way that takes a while, and looks at the order in between."""
    browser = browser_at(shop.url)
    order = ordered(shop.app, browser, "LAST")
    assert pay(order.pay_url, DEBIT_SETTLES, method="debit") == 303
    assert "on its way" in visible(browser.get(f"/order/{order.id}"))
    return order


def debtor_without_money(shop: LivingShop) -> Order:
    """Pays in a way that takes a while and then comes to nothing."""
    order = ordered(shop.app, browser_at(shop.url), "CARD", 3)
    assert pay(order.pay_url, DEBIT_BOUNCES, method="debit") == 303
    return order


def declined(shop: LivingShop) -> Order:
    """Is declined, and goes away."""
    order = ordered(shop.app, browser_at(shop.url), "PRINT-A4")
    assert pay(order.pay_url, DECLINED) == 402
    return order


@pytest.mark.parametrize("_round", range(10))
def test_a_shop_that_is_asked_for_everything_at_once_as_it_starts_answers_all(app: App, _round: int) -> None:
    fresh = App({name: app.setting(name) for name in SETTINGS_NAMES})
    paths = ["/cart", "/checkout", "/stock", "/wishlist", "/notify?sku=CARD", "/order/X"] * 3
    acts: list[Callable[[], int]] = [lambda path=path: Client(fresh).get(path).status_code for path in paths]  # type: ignore[misc]
    assert set(all_at_once(acts, _round)) == {200, 303, 404}
