"""`/unsubscribe`: a look changes nothing, one POST from anywhere ends such mails, a forged link ends none (R25)."""

import pytest
from werkzeug.test import Client

from functions.app import App
from functions.shop.email import customer_key
from functions.shop.message import Kind, Message
from functions.shop.notice import Notice
from functions.web.tokens import MAILS, WAITING
from tests.web.forms import SELF, visible

ADA = customer_key("ada@example.org")


@pytest.fixture
def mails(app: App) -> str:
    """The address in a mail that asks for a review."""
    return f"/unsubscribe/{app.tokens.for_silence(MAILS, ADA)}"


@pytest.fixture
def waiting(app: App) -> str:
    """The address in the news that something is back, whose reader waits for other things as well."""
    notice = Notice("stock:LAST:2027-01-15:ada", 1, Message(Kind.BACK_IN_STOCK, "ada@example.org", 0))
    app.store.save_notice(notice)
    for email, sku in (("ada@example.org", "CARD"), ("ada@example.org", "FREE"), ("bea@example.org", "CARD")):
        app.store.ask_for_stock(sku, email, 1)
    return f"/unsubscribe/{app.tokens.for_silence(WAITING, notice.id)}"


def test_a_look_shows_a_button_and_changes_nothing(app: App, browser: Client, mails: str) -> None:
    answer = browser.get(mails)
    assert answer.status_code == 200
    assert '<form method="post"><button class="button">No more of these mails</button></form>' in answer.text
    browser.head(mails)
    assert not app.store.is_silenced(ADA)


def test_the_button_ends_the_mails(app: App, browser: Client, mails: str) -> None:
    answer = browser.post(mails, headers=SELF)
    assert answer.status_code == 200
    assert "You get no more of these mails" in visible(answer)
    assert app.store.is_silenced(ADA)


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://mail.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_so_does_one_click_in_a_mail_program(app: App, browser: Client, mails: str, headers: dict[str, str]) -> None:
    """It posts by itself, without a page of ours, and twice if it likes."""
    for _ in range(2):
        answer = browser.post(mails, data={"List-Unsubscribe": "One-Click"}, headers=headers)
        assert answer.status_code == 200
    assert app.store.is_silenced(ADA)
    assert not app.store.is_silenced(customer_key("bea@example.org"))


def test_who_waits_is_forgotten_with_all_that_they_wait_for(app: App, browser: Client, waiting: str) -> None:
    assert "everything that you wait for" in visible(browser.get(waiting))
    assert app.store.waiting_for_stock("CARD") == ["ada@example.org", "bea@example.org"]
    assert "We have forgotten what you waited for" in visible(browser.post(waiting))
    assert app.store.awaited() == ["CARD"]
    assert app.store.waiting_for_stock("CARD") == ["bea@example.org"]
    assert not app.store.is_silenced(ADA)


def test_a_forged_link_ends_nothing(app: App, browser: Client, mails: str) -> None:
    order_key = app.tokens.for_order("ORDER-1")
    for token in (mails.rpartition("/")[2][:-1], order_key, "x", "WyJtYWlscyIsImEiXQ.x"):
        for answer in (browser.get(f"/unsubscribe/{token}"), browser.post(f"/unsubscribe/{token}")):
            assert answer.status_code == 400
            assert "This link is not whole. Please copy all of it from the mail." in visible(answer)
    assert not app.store.is_silenced(ADA)
