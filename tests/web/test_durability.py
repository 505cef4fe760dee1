"""What stays true when things fail or come again: acknowledgements, logs, redirects, and repeated requests."""

import logging
import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from werkzeug.test import Client, TestResponse

from functions.app import App
from functions.local.standin import Standin
from functions.service.reconcile import reconcile
from functions.service.settlement import save
from functions.service.stocking import declare
from functions.shop.order import Order
from functions.shop.settling import expire_unsold
from functions.shop.state import State
from tests.living_shop import SECRET_KEY, WEBHOOK_SECRET, LivingShop, free_port, living_shop
from tests.small_shop import POSTCARD, write_release
from tests.web.forms import SELF, add, cart_form, cart_text, check_out, visible
from tests.web.over_http import browser_at
from tests.web.paying import DECLINED, pay, send_webhook
from tests.web.test_checkout import SETTINGS_NAMES, mails, ordered, stock, the_order, the_order_now

pytestmark = pytest.mark.slow


def with_other(app: App, **changed: str) -> App:
    """The same shop with some settings changed; an empty text takes a setting away."""
    return App({name: app.setting(name) for name in SETTINGS_NAMES} | changed)


# R19: a 2xx answer to Stripe only after the effect is durable.


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["close_before", "error", "rate_limit", "close_after"])
def test_a_webhook_is_not_acknowledged_while_stripe_cannot_be_asked(
    app: App, browser: Client, standin: Standin, fault: str
) -> None:
    order = ordered(app, browser)
    pay(order.pay_url)
    standin.fail_calls(fault, times=3, match="GET /v1/checkout/sessions")
    assert send_webhook(Client(app), order).status_code == 503
    assert (the_order_now(app, order), mails(app)) == (order, [])
    standin.behave()
    assert send_webhook(Client(app), order).status_code == 204
    assert the_order_now(app, order).state is State.PAID


@pytest.fixture
def locked(app: App) -> Iterator[Callable[[], None]]:
    """The database while another process writes to it and does not end; calling it ends that."""
    assert app.store
    other = sqlite3.connect(app.setting("SHOP_DATABASE"), isolation_level=None, check_same_thread=False)
    other.execute("BEGIN EXCLUSIVE")
    yield other.close
    other.close()


@pytest.mark.slow
def test_while_the_database_is_locked_everybody_is_asked_to_come_back_and_then_all_works(
    app: App, browser: Client, request: pytest.FixtureRequest
) -> None:
    order = ordered(app, browser)
    pay(order.pay_url)
    other = Client(app)
    add(other, "CARD")
    form = cart_form(other)
    asks: dict[str, Callable[[], TestResponse]] = {
        "webhook": lambda: send_webhook(Client(app), order),
        "order page": lambda: browser.get(f"/order/{order.id}"),
        "release": lambda: browser.post(f"/order/{order.id}/release", headers=SELF),
        "checkout": lambda: check_out(other, form),
    }
    unlock = request.getfixturevalue("locked")
    began = time.monotonic()
    with ThreadPoolExecutor(len(asks)) as pool:
        answers = dict(zip(asks, pool.map(lambda ask: ask(), asks.values()), strict=True))
    assert time.monotonic() - began < 10  # R35
    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(asks, 503)
    assert "Please try again in a minute" in visible(answers["order page"])
    assert (the_order_now(app, order), mails(app), stock(app, "CARD")) == (order, [], (500, 0))
    unlock()
    assert asks["webhook"]().status_code == 204
    assert "Thank you" in visible(asks["order page"]())
    assert asks["checkout"]().headers["Location"] == the_order(app, other).pay_url
    assert (the_order_now(app, order).state, len(mails(app)), stock(app, "CARD")) == (State.PAID, 1, (500, 1))


def test_a_closed_mail_server_delays_the_mail_and_nothing_else(app: App, browser: Client) -> None:
    order = ordered(app, browser)
    pay(order.pay_url)
    speechless = with_other(app, MAIL_FOLDER="", SMTP_HOST="127.0.0.1", SMTP_PORT=str(free_port()))
    assert send_webhook(Client(speechless), order).status_code == 204
    settled = the_order_now(app, order)
    assert (settled.state, stock(app, "PRINT-A4")) == (State.PAID, (2, 0))
    [message] = settled.messages
    assert (message.sent_at, message.attempts, message.due_at - settled.paid_at in range(60, 63)) == (0, 1, True)
    repaired(app, at=message.due_at - 1)
    assert mails(app) == []
    repaired(app, at=message.due_at)
    assert [b"sam@example.com" in mail.read_bytes() for mail in mails(app)] == [True]


def repaired(app: App, at: float) -> None:
    """One run of the reconciler at a moment."""
    report = reconcile(
        store=app.store,
        payments=app.payments,
        mail=app.mail,
        clock=lambda: int(at),
        codes=app.codes,
        write=app.letters.write,
    )
    assert report.failures == ()


# R26: no personal data, token or secret in logs.


@pytest.fixture
def living(tmp_path: Path) -> Iterator[LivingShop]:
    """A shop on a port of its own, with one page that was built."""
    write_release(tmp_path / "build")
    about = tmp_path / "output" / "about" / "index.html"
    about.parent.mkdir(parents=True)
    about.write_text("<h1>About</h1>")
    with living_shop(tmp_path, build=tmp_path / "build", output=tmp_path / "output") as shop:
        yield shop


@pytest.mark.slow
def test_logs_and_output_name_nobody_and_tell_no_secret(
    living: LivingShop, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.INFO)  # of everybody; Stripe's library tells whole requests at DEBUG, when asked to
    caplog.set_level(logging.DEBUG, "pouch")
    browser = browser_at(living.url)
    secrets = a_purchase_in_which_much_goes_wrong(living, browser)
    out, err = capfd.readouterr()
    written = out + err + caplog.text + "".join(str(record.__dict__) for record in caplog.records)
    assert "A request failed" in caplog.text
    assert "An order got no payment page" in caplog.text
    assert all(secrets)
    assert [secret for secret in secrets if secret in written] == []


def a_purchase_in_which_much_goes_wrong(shop: LivingShop, browser: Client) -> list[str]:
    """Buy something, with a fault at every step; gives all that must not be known to anybody else."""
    app, standin = shop.app, shop.standin
    add(browser, "LAST")
    standin.fail_calls("error", times=3, match="POST /v1/checkout/sessions")
    assert check_out(browser).status_code == 503
    standin.behave()
    form = cart_form(browser)
    assert check_out(browser, form).status_code == 303
    order = the_order(app, browser)
    assert pay(order.pay_url, DECLINED) == 402
    standin.hold()
    assert pay(order.pay_url) == 303
    standin.fail_calls("close_before", times=3, match="GET /v1/checkout/sessions")
    link = f"/order/{order.id}?t={app.tokens.for_order(order.id)}"
    assert browser.get(link, follow_redirects=True).status_code == 200
    assert browser.get(link.replace("?t=", "?t=x")).status_code == 404
    mail_folder_in_the_way(shop)
    standin.release()
    assert standin.wait_until_delivered()
    assert the_order_now(app, order).state is State.PAID
    damage(app, order)
    assert browser.get(f"/order/{order.id}").status_code == 500
    person = ["sam@example.com", "Sam Shopper", "Harbour Street", "F26 X0X0", "Westport", "owner@small.example"]
    tokens = [form["checkout"], app.tokens.for_order(order.id)]
    return [*person, *tokens, SECRET_KEY, app.setting("STRIPE_SECRET_KEY"), WEBHOOK_SECRET]


def mail_folder_in_the_way(shop: LivingShop) -> None:
    """A file where the mail folder should be: no mail can be written."""
    assert list(shop.mail_folder.parent.glob("mail")) == []
    shop.mail_folder.write_text("in the way")


def damage(app: App, order: Order) -> None:
    """Cut an order's record off in the middle."""
    with sqlite3.connect(app.setting("SHOP_DATABASE")) as other:
        other.execute("UPDATE orders SET record = substr(record, 1, length(record) - 9) WHERE id = ?", (order.id,))
    other.close()


# R30: redirects only to the shop or to Stripe.


def location(answer: TestResponse) -> str:
    assert 300 <= answer.status_code < 400
    return str(answer.headers["Location"])


def test_every_redirect_of_a_purchase_stays_in_the_shop_or_leads_to_stripe(
    app: App, browser: Client, standin: Standin
) -> None:
    evil = SELF | {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    add(browser, "PRINT-A4")
    added = browser.post("/cart?next=https://evil.example", data={"action": "update", "next": "//evil.example"})
    form = cart_form(browser) | {"success_url": "https://evil.example", "return_to": "//evil.example"}
    paying = browser.post("/checkout", data=form, headers=evil)
    order = the_order(app, browser)
    link = browser.get(f"/order/{order.id}?t={app.tokens.for_order(order.id)}&next=//evil.example", headers=evil)
    given_up = browser.post(f"/order/{order.id}/release", headers=evil)
    ended = check_out(browser, form)
    paid = ordered(app, browser, "CARD")
    pay(paid.pay_url)
    too_late = browser.post(f"/order/{paid.id}/release", headers=evil)
    assert [location(answer) for answer in (added, browser.get("/checkout", headers=evil), link, given_up)] == [
        "/cart",
        "/cart",
        f"/order/{order.id}",
        "/cart",
    ]
    assert [location(ended), location(too_late)] == [f"/order/{order.id}", f"/order/{paid.id}"]
    assert location(paying) == order.pay_url
    assert order.pay_url.startswith(f"{standin.url}/pay/cs_test_")


def test_stripe_sends_the_shopper_back_to_this_shop_only(app: App, browser: Client, standin: Standin) -> None:
    add(browser, "CARD")
    browser.post("/checkout", data=cart_form(browser), headers=SELF | {"X-Forwarded-Host": "evil.example"})
    order = the_order(app, browser)
    [session] = standin.sessions()
    back = f"http://127.0.0.1:8000/order/{order.id}?t={app.tokens.for_order(order.id)}"
    assert (session["success_url"], session["cancel_url"]) == (back, back)


@pytest.mark.parametrize(
    "path",
    ["//evil.example/../about", "////evil.example/../about", "/\\evil.example/../about", "//evil.example/%2e%2e/about"],
)
def test_no_odd_path_makes_the_shop_send_anybody_elsewhere(living: LivingShop, path: str) -> None:
    connection = HTTPConnection(urlsplit(living.url).netloc, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    target = urlsplit((answer.getheader("Location") or "/").replace("\\", "/"))
    connection.close()
    assert target.netloc in {"", urlsplit(living.url).netloc}


# R25 and R6: what asks changes nothing; what is too much is refused; what comes again does nothing again.


def test_head_on_an_order_that_was_just_paid_changes_nothing(app: App, browser: Client) -> None:
    order = ordered(app, browser)
    pay(order.pay_url)
    answer = browser.head(f"/order/{order.id}")
    assert (answer.status_code, answer.get_data()) == (200, b"")
    assert (the_order_now(app, order), stock(app, "PRINT-A4"), mails(app)) == (order, (3, 1), [])
    assert browser.head(f"/order/{order.id}/release").status_code == 405
    assert the_order_now(app, order) == order


@pytest.fixture
def many(app: App, tmp_path: Path) -> Client:
    """A browser with fifty different things in its cart, in a shop that sells fifty-one."""
    variants = tuple(replace(POSTCARD, sku=f"CARD-{n}", product=f"card-{n}") for n in range(1, 52))
    write_release(tmp_path / "many", variants)
    shop = with_other(app, SHOP_BUILD=str(tmp_path / "many"))
    declare(variants, shop.store)
    browser = Client(shop)
    for variant in variants[:50]:
        assert add(browser, variant.sku).status_code == 303
    return browser


def test_a_fifty_first_thing_is_refused_in_a_sentence_and_the_cart_stays(many: Client) -> None:
    before = cart_text(many)
    answer = add(many, "CARD-51")
    assert answer.status_code == 400
    assert "A cart holds 50 different things. Please order these first." in visible(answer)
    assert (cart_text(many), before.count("*1"), before[:22]) == (before, 50, "1:CARD-1*1.CARD-2*1.CA")


def test_fifty_different_things_can_be_bought(many: Client) -> None:
    assert "Order and pay €125.00" in visible(many.get("/cart"))
    assert check_out(many).status_code == 303


def test_a_cart_page_sent_again_after_its_order_has_expired_orders_nothing(
    app: App, browser: Client, standin: Standin
) -> None:
    add(browser, "LAST")
    form = cart_form(browser)
    check_out(browser, form)
    order = the_order(app, browser)
    standin.advance_clock(36 * 60)
    assert send_webhook(Client(app), order, "checkout.session.expired").status_code == 204
    answer = check_out(browser, form)
    assert location(answer) == f"/order/{order.id}"
    assert "This order has ended" in visible(browser.get(f"/order/{order.id}"))
    assert (the_order_now(app, order).state, stock(app, "LAST")) == (State.EXPIRED, (1, 0))
    assert len(standin.sessions()) == 1
    assert "Order and pay €14.50" in visible(browser.get("/cart"))


@pytest.mark.parametrize("fault", ["error", "error_after"])
def test_after_a_fault_of_stripes_own_the_button_on_the_page_that_says_so_leads_on(
    app: App, browser: Client, standin: Standin, fault: str
) -> None:
    add(browser, "LAST")
    # Stripe answers the same key with the same fault for a day, so both retries of its library fail, too.
    standin.fail_calls(fault, match="POST /v1/checkout/sessions")
    assert check_out(browser).status_code == 503
    assert stock(app, "LAST") == (1, 1)
    answer = check_out(browser)
    assert location(answer) == the_order(app, browser).pay_url
    assert [session["status"] for session in standin.sessions()].count("open") == 1
    assert stock(app, "LAST") == (1, 1)


def test_a_webhook_that_comes_again_after_a_refund_changes_nothing(app: App, browser: Client, standin: Standin) -> None:
    order = ordered(app, browser)
    pay(order.pay_url)
    send_webhook(Client(app), order)
    paid = the_order_now(app, order)
    standin.refund(paid.payments[0].id)
    for _ in range(3):
        assert send_webhook(Client(app), order).status_code == 204
    after = the_order_now(app, order)
    assert (after.state, len(after.payments)) == (State.PAID, 1)
    assert (stock(app, "PRINT-A4"), len(mails(app))) == ((2, 0), 2)  # the confirmation, and that money came back


@pytest.mark.slow
def test_money_for_goods_that_are_gone_goes_back_once_however_often_the_webhook_comes(
    app: App, browser: Client, standin: Standin
) -> None:
    order = given_up_with_its_payment_page_open(app, browser, standin)
    ordered(app, Client(app), "LAST")
    [session] = [session for session in standin.sessions() if session["client_reference_id"] == order.id]
    pay(session["url"])
    for _ in range(3):
        assert send_webhook(Client(app), replace(order, session=session["id"])).status_code == 204
    after = the_order_now(app, order)
    assert (after.state, [refund.amount for refund in after.refunds]) == (State.UNFULFILLABLE, [1450])
    assert [event["type"] for event in standin.events()].count("refund.created") == 1
    assert (stock(app, "LAST"), len(mails(app))) == ((1, 1), 1)


def given_up_with_its_payment_page_open(app: App, browser: Client, standin: Standin) -> Order:
    """An order whose session was made and never heard of, and that was given up as if there were none."""
    add(browser, "LAST")
    standin.fail_calls("close_after", times=1, match="POST /v1/checkout/sessions")
    standin.fail_calls("close_before", times=2, match="POST /v1/checkout/sessions")
    assert check_out(browser).status_code == 503
    return save(expire_unsold(the_order(app, browser), int(time.time())), app.store)
