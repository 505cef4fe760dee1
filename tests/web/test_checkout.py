"""From the cart to a paid order, and every way in which clicks and news may come twice, late or at once."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from werkzeug.test import Client

from functions.app import App
from functions.local.standin import Standin
from functions.shop.cart import Cart, CartLine
from functions.shop.changes import summary_of
from functions.shop.order import Order
from functions.shop.state import State
from functions.web.cookies import Wish
from functions.web.tokens import Tokens
from tests.living_shop import SECRET_KEY
from tests.small_shop import PRINT_A4, SETTINGS, VARIANTS, write_release
from tests.web.forms import SELF, add, cart_form, cart_text, check_out, visible
from tests.web.paying import CARD, DECLINED, pay, send_webhook

pytestmark = pytest.mark.slow


def mails(app: App) -> list[Path]:
    folder = Path(app.setting("MAIL_FOLDER"))
    return sorted(folder.glob("*.eml"))


def stock(app: App, sku: str) -> tuple[int, int]:
    found = app.store.stock([sku])[sku]
    return found.on_hand, found.reserved


def paying(browser: Client) -> str:
    """The id of the order this browser went to pay for."""
    cookie = browser.get_cookie("paying")
    assert cookie
    return cookie.value


def the_order(app: App, browser: Client) -> Order:
    order = app.store.order(paying(browser))
    assert order
    return order


def ordered(app: App, browser: Client, sku: str = "PRINT-A4", quantity: int = 1) -> Order:
    """A pending order with its payment page open."""
    add(browser, sku, quantity)
    assert check_out(browser).status_code == 303
    return the_order(app, browser)


def test_the_order_is_written_and_stock_reserved_before_anybody_pays(app: App, browser: Client) -> None:
    add(browser, "PRINT-A4", 2)
    answer = check_out(browser)
    order = the_order(app, browser)
    assert answer.headers["Location"] == order.pay_url
    assert (order.state, order.total, order.subtotal, order.tax) == (State.PENDING, 5250, 4800, 982)
    assert stock(app, "PRINT-A4") == (3, 2)
    assert cart_text(browser) == "1:PRINT-A4*2"
    assert mails(app) == []


def test_paying_settles_on_the_way_back_and_sends_one_mail(app: App, browser: Client) -> None:
    order = ordered(app, browser, quantity=2)
    assert pay(order.pay_url) == 303
    page = visible(browser.get(f"/order/{order.id}"))
    assert "Thank you" in page
    assert "€52.50" in page
    settled = the_order_now(app, order)
    assert (settled.state, settled.email, settled.payments[0].amount) == (State.PAID, "sam@example.com", 5250)
    assert settled.address
    assert (settled.address.city, settled.address.country) == ("Westport", "IE")
    assert stock(app, "PRINT-A4") == (1, 0)
    assert len(mails(app)) == 1
    assert cart_text(browser) == ""


def the_order_now(app: App, order: Order) -> Order:
    found = app.store.order(order.id)
    assert found
    return found


def webhook(app: App, _browser: Client, order: Order) -> int:
    return send_webhook(Client(app), order).status_code


def page(_app: App, browser: Client, order: Order) -> int:
    return browser.get(f"/order/{order.id}").status_code


@pytest.mark.parametrize(
    "news",
    [(webhook, page), (page, webhook), (webhook, webhook, webhook), (page, page), (webhook,), (page,)],
    ids=[
        "webhook before redirect",
        "redirect before webhook",
        "webhook three times",
        "reload",
        "webhook only",
        "redirect only",
    ],
)
def test_however_the_news_comes_it_is_one_order_one_mail_one_decrement(
    app: App, browser: Client, news: tuple[Callable[[App, Client, Order], int], ...]
) -> None:
    order = ordered(app, browser)
    pay(order.pay_url)
    assert {way(app, browser, order) for way in news} <= {200, 204}
    assert the_order_now(app, order).state is State.PAID
    assert len(the_order_now(app, order).payments) == 1
    assert stock(app, "PRINT-A4") == (2, 0)
    assert len(mails(app)) == 1


def test_webhooks_and_pages_all_at_once_are_one_order_one_mail_one_decrement(app: App, browser: Client) -> None:
    order = ordered(app, browser)
    pay(order.pay_url)
    ways = [webhook, page] * 6
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda way: way(app, browser, order), ways))
    assert set(answers) <= {200, 204}
    assert the_order_now(app, order).state is State.PAID
    assert stock(app, "PRINT-A4") == (2, 0)
    assert len(mails(app)) == 1


def test_a_double_click_is_one_order(app: App, browser: Client) -> None:
    add(browser, "LAST")
    form = cart_form(browser)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: check_out(browser, form), range(4)))
    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert stock(app, "LAST") == (1, 1)


def test_a_click_after_paying_leads_to_the_order_and_not_to_a_second_payment(app: App, browser: Client) -> None:
    add(browser, "LAST")
    form = cart_form(browser)
    check_out(browser, form)
    order = the_order(app, browser)
    pay(order.pay_url)
    browser.get(f"/order/{order.id}")
    answer = check_out(browser, form)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/order/{order.id}")
    assert stock(app, "LAST") == (0, 0)


def test_two_tabs_hold_the_stock_once(app: App, browser: Client) -> None:
    add(browser, "LAST")
    first, second = cart_form(browser), cart_form(browser)
    check_out(browser, first)
    one = the_order(app, browser)
    answer = check_out(browser, second)
    two = the_order(app, browser)
    assert answer.headers["Location"] == two.pay_url
    assert one.id != two.id
    assert the_order_now(app, one).state is State.EXPIRED
    assert pay(one.pay_url) == 410
    assert stock(app, "LAST") == (1, 1)


def test_two_tabs_the_first_one_paid_lead_to_the_paid_order(app: App, browser: Client) -> None:
    add(browser, "LAST")
    first, second = cart_form(browser), cart_form(browser)
    check_out(browser, first)
    order = the_order(app, browser)
    pay(order.pay_url)
    answer = check_out(browser, second)
    assert answer.headers["Location"] == f"/order/{order.id}"
    assert the_order_now(app, order).state is State.PAID
    assert stock(app, "LAST") == (0, 0)


def test_a_declined_card_and_the_way_back_free_the_stock_and_keep_the_cart(app: App, browser: Client) -> None:
    order = ordered(app, browser, "LAST")
    assert pay(order.pay_url, DECLINED) == 402
    page_text = visible(browser.get(f"/order/{order.id}"))
    assert "Nothing has been charged" in page_text
    answer = browser.post(f"/order/{order.id}/release", headers=SELF)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/cart")
    assert the_order_now(app, order).state is State.EXPIRED
    assert stock(app, "LAST") == (1, 0)
    assert "Order and pay €14.50" in visible(browser.get("/cart"))


def test_the_cart_of_someone_who_is_paying_still_counts_their_own_pieces_as_available(
    app: App, browser: Client
) -> None:
    ordered(app, browser, "LAST")
    assert "A payment is waiting" in visible(browser.get("/cart"))
    assert "sold out" not in visible(browser.get("/cart"))
    stranger = Client(app)
    add(stranger, "LAST")
    assert "The last one is sold out. Please remove it." in visible(stranger.get("/cart"))


def test_somebody_faster_gets_the_last_one_and_the_other_is_told(app: App, browser: Client) -> None:
    add(browser, "LAST")
    form = cart_form(browser)
    ordered(app, Client(app), "LAST")
    answer = check_out(browser, form)
    assert answer.status_code == 409
    assert "The last one is sold out. Please remove it." in visible(answer)
    assert stock(app, "LAST") == (1, 1)


def test_a_price_that_changed_is_named_with_old_and_new_and_nothing_is_ordered(
    app: App, browser: Client, tmp_path: Path
) -> None:
    add(browser, "PRINT-A4")
    form = cart_form(browser)
    dearer = tuple(replace(v, price=2600) if v == PRINT_A4 else v for v in VARIANTS)
    write_release(tmp_path / "build", dearer)
    other = App({name: app.setting(name) for name in SETTINGS_NAMES})
    browser = Client(other)
    browser.set_cookie("cart", "1:PRINT-A4*1")
    answer = check_out(browser, form)
    assert answer.status_code == 409
    assert (
        "Your cart has changed since this page was opened. Please check it and order again. "
        "Print, A4, Oak: the price is now €26.00, it was €24.00. The total is now €30.50, it was €28.50."
    ) in visible(answer)
    assert stock(other, "PRINT-A4") == (3, 0)


SETTINGS_NAMES = (
    "SHOP_URL", "SHOP_BUILD", "SHOP_DATABASE", "SHOP_SECRET_KEYS", "STRIPE_SECRET_KEY", "STRIPE_API_BASE",
    "STRIPE_WEBHOOK_SECRETS", "MAIL_FOLDER",
)  # fmt: skip


def test_another_quantity_in_the_form_is_shown_again_before_it_is_charged(app: App, browser: Client) -> None:
    add(browser, "CARD", 2)
    form = cart_form(browser) | {"quantity.CARD": "3"}
    answer = check_out(browser, form)
    assert answer.status_code == 409
    assert "Postcard: the quantity is now 3, it was 2. The total is now €12.00, it was €9.50." in visible(answer)
    assert cart_text(browser) == "1:CARD*3"
    assert stock(app, "CARD") == (500, 0)


def test_the_back_button_and_another_quantity_do_not_pay_for_the_old_one(app: App, browser: Client) -> None:
    add(browser, "CARD", 2)
    form = cart_form(browser)
    check_out(browser, form)
    answer = check_out(browser, form | {"quantity.CARD": "5"})
    assert answer.status_code == 409
    assert "Your cart has changed since this page was opened." in visible(answer)


@pytest.mark.parametrize("token", ["", "x", "WyJBQUFBLUJCQkItQ0NDQyIsIngiLDFd.aaaa.bbbb"])
def test_a_forged_checkout_field_orders_nothing(app: App, browser: Client, token: str) -> None:
    add(browser, "LAST")
    answer = check_out(browser, cart_form(browser) | {"checkout": token})
    assert answer.status_code == 409
    assert stock(app, "LAST") == (1, 0)


def test_a_checkout_from_elsewhere_orders_nothing(app: App, browser: Client) -> None:
    add(browser, "LAST")
    answer = browser.post("/checkout", data=cart_form(browser), headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert stock(app, "LAST") == (1, 0)


def test_a_free_order_needs_no_money_and_settles_all_the_same(app: App, browser: Client) -> None:
    add(browser, "FREE")
    browser.post("/cart", data={"country": "GB", "shipping": "gb-free"}, headers=SELF)
    check_out(browser)
    order = the_order(app, browser)
    assert order.total == 0
    assert pay(order.pay_url, country="GB", postal_code="SW1A 1AA") == 303
    assert "Thank you" in visible(browser.get(f"/order/{order.id}"))
    assert stock(app, "FREE") == (9, 0)


def test_an_order_is_seen_only_with_its_key(app: App, browser: Client) -> None:
    order = ordered(app, browser)
    assert browser.get(f"/order/{order.id}").status_code == 200
    stranger = Client(app)
    assert stranger.get(f"/order/{order.id}").status_code == 404
    assert stranger.get(f"/order/{order.id}?t=forged").status_code == 404
    assert stranger.post(f"/order/{order.id}/release", headers=SELF).status_code == 404
    other = ordered(app, stranger, "CARD")
    stolen = app.tokens.for_order(other.id)
    assert Client(app).get(f"/order/{order.id}?t={stolen}").status_code == 404
    assert stock(app, "PRINT-A4") == (3, 1)


def test_a_link_becomes_a_cookie_and_a_clean_address(app: App, browser: Client) -> None:
    order = ordered(app, browser)
    phone = Client(app)
    answer = phone.get(f"/order/{order.id}?t={app.tokens.for_order(order.id)}")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/order/{order.id}")
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert phone.get(f"/order/{order.id}").status_code == 200


def test_get_and_head_change_nothing_about_an_unpaid_order(app: App, browser: Client) -> None:
    order = ordered(app, browser)
    for _ in range(3):
        browser.get(f"/order/{order.id}")
        browser.head(f"/order/{order.id}")
        assert browser.get(f"/order/{order.id}/release").status_code == 405
    assert the_order_now(app, order) == order


def test_paying_with_a_card_uses_the_amount_that_was_shown(app: App, browser: Client) -> None:
    order = ordered(app, browser, "TO-ORDER", 2)
    assert pay(order.pay_url, CARD) == 303
    facts = app.payments.session(order.session)
    assert (facts.amount, facts.currency, facts.complete) == (19800, "EUR", True)


def test_when_stripe_does_not_answer_the_shopper_is_told_and_can_try_again(
    app: App, browser: Client, standin: Standin
) -> None:
    add(browser, "LAST")
    form = cart_form(browser)
    standin.fail_calls("close_before", times=3)
    answer = check_out(browser, form)
    assert answer.status_code == 503
    page_text = visible(answer)
    assert (
        "The payment service is not answering. Nothing has been charged. Please order again in a minute." in page_text
    )
    assert "sold out" not in page_text
    assert "Order and pay €14.50" in visible(browser.get("/cart"))
    for again in (form, cart_form(browser)):
        assert check_out(browser, again).headers["Location"].startswith(standin.url)
        assert stock(app, "LAST") == (1, 1)


def test_when_stripe_refuses_the_stock_is_free_again(app: App, browser: Client, standin: Standin) -> None:
    add(browser, "LAST")
    form = cart_form(browser)
    wrong = Client(App({name: app.setting(name) for name in SETTINGS_NAMES} | {"STRIPE_SECRET_KEY": "not a key"}))
    wrong.set_cookie("cart", "1:LAST*1")
    assert check_out(wrong, form).status_code == 503
    assert stock(app, "LAST") == (1, 0)
    assert standin.sessions() == []


@pytest.mark.parametrize(
    ("account", "then"),
    [("AT611904300234573201", "paid"), ("AT861904300235473202", "expired")],
    ids=["settles", "bounces"],
)
def test_a_delayed_payment_says_so_and_ends_as_the_bank_decides(
    app: App, browser: Client, standin: Standin, account: str, then: str
) -> None:
    order = ordered(app, browser, "LAST")
    assert pay(order.pay_url, account, method="debit") == 303
    assert "Your payment is on its way" in visible(browser.get(f"/order/{order.id}"))
    assert (the_order_now(app, order).state, stock(app, "LAST")) == (State.AWAITING_PAYMENT, (1, 1))
    assert len(mails(app)) == 1
    standin.advance_clock(3600)
    browser.get(f"/order/{order.id}")
    assert the_order_now(app, order).state.value == then
    assert len(mails(app)) == 2  # that the payment is on its way, and what became of it


def test_what_was_bought_can_be_bought_again_although_its_page_was_never_seen(app: App, browser: Client) -> None:
    order = ordered(app, browser, "CARD", 2)
    pay(order.pay_url)
    webhook(app, browser, order)
    add(browser, "CARD", 3)
    for _ in range(3):
        browser.get("/cart")
        assert cart_text(browser) == "1:CARD*3"


def test_a_payment_that_is_on_its_way_leaves_nothing_to_pay_in_the_cart(app: App, browser: Client) -> None:
    order = ordered(app, browser, "LAST")
    pay(order.pay_url, "AT611904300234573201", method="debit")
    browser.get(f"/order/{order.id}")
    assert "There is nothing in it yet." in visible(browser.get("/cart"))


def test_what_was_paid_in_another_tab_is_not_ordered_again_with_something_else(app: App, browser: Client) -> None:
    order = ordered(app, browser)
    browser.set_cookie("cart", "1:PRINT-A4*1.CARD*1")
    form = cart_form(browser)
    pay(order.pay_url)
    answer = check_out(browser, form)
    assert answer.status_code == 409
    assert f"You have just paid for order {order.id}. This is what else is in your cart." in visible(answer)
    assert cart_text(browser) == "1:CARD*1"
    assert stock(app, "PRINT-A4") == (2, 0)


def test_a_page_that_was_open_for_two_days_is_shown_afresh(app: App, browser: Client) -> None:
    add(browser, "LAST")
    later = Tokens([SECRET_KEY], lambda: int(time.time()) - 2 * 86_400)
    quote = app.cart_page.quote(Cart((CartLine("LAST", 1),)), Wish(), app.catalogue.current())
    old = later.for_checkout("AAAA-BBBB-CCCC", quote.digest, summary_of(quote, SETTINGS))
    answer = check_out(browser, cart_form(browser) | {"checkout": old})
    assert answer.status_code == 409
    assert "This page has been open for long. Please check your cart and order again." in visible(answer)
    assert stock(app, "LAST") == (1, 0)
