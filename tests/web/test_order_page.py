"""The order's page in all states: what it says, what it offers, and what it keeps to itself."""

from dataclasses import replace

import pytest
from werkzeug.test import Client

from functions.app import App
from functions.shop.acts import (
    Actor,
    ApproveReturn,
    AskReturn,
    Cancel,
    Deliver,
    GiveBack,
    Hold,
    Pack,
    ReceiveReturn,
    RejectReturn,
    Ship,
    Warn,
    Withdraw,
)
from functions.shop.message import Kind, Message
from functions.shop.order import Order
from functions.shop.payment import Dispute, Refund
from functions.shop.portion import Portion
from functions.shop.shipment import Pieces
from functions.shop.state import State
from tests.web.forms import visible
from tests.web.ordering import buy, do, link

pytestmark = pytest.mark.slow


ASKED = AskReturn("r1", (Pieces(0, 1),), "It is damaged or faulty: a corner", 14)


@pytest.fixture
def order(app: App, browser: Client) -> Order:
    """Two postcards and a print, paid in this browser."""
    return buy(app, browser)


def page_of(browser: Client, order: Order) -> str:
    answer = browser.get(f"/order/{order.id}")
    assert answer.status_code == 200
    return visible(answer)


def deeds(browser: Client, order: Order) -> set[str]:
    """The last part of each address that the page offers to go to."""
    text = browser.get(f"/order/{order.id}").get_data(as_text=True)
    names = {"address", "cancel", "return", "invoice", "help"}
    found = {name for name in names if f'href="/order/{order.id}/{name}"' in text}
    return found | ({"withdraw"} if f'href="/withdraw?order={order.id}"' in text else set())


def saved(app: App, order: Order, **fields: object) -> Order:
    """The order with some of it said otherwise."""
    changed = replace(order, version=order.version + 1, **fields)  # type: ignore[arg-type]
    app.store.save(changed)
    return changed


def test_a_paid_order_can_be_changed_in_every_way(browser: Client, order: Order) -> None:
    """Until it is packed."""
    assert deeds(browser, order) == {"address", "cancel", "invoice", "help", "withdraw"}
    assert "Thank you, Sam" in page_of(browser, order)


def test_a_packed_order_says_that_only_a_call_can_stop_it(app: App, browser: Client, order: Order) -> None:
    """Neither address nor mind can be changed by a click."""
    do(app, order, Pack())
    assert deeds(browser, order) == {"invoice", "help", "withdraw"}
    assert "It is packed already. To stop it or send it elsewhere, please call us now." in page_of(browser, order)


def test_a_held_order_says_so_in_kind_words(app: App, browser: Client, order: Order) -> None:
    """And nothing of why."""
    do(app, order, Hold("Looks like fraud"))
    text = page_of(browser, order)
    assert "There is one thing about it that we must look at" in text
    assert "fraud" not in text


def test_each_parcel_stands_there_with_its_carrier_and_a_link(app: App, browser: Client, order: Order) -> None:
    """The first of two has left."""
    do(app, order, Ship("DHL", "JD 01", (Pieces(0, 2),)))
    text = page_of(browser, order)
    assert "A first parcel has left us." in text
    assert "2 × Postcard" in text
    html = browser.get(f"/order/{order.id}").get_data(as_text=True)
    assert 'href="https://www.dhl.com/en/express/tracking.html?AWB=JD01" rel="noopener noreferrer"' in html
    assert deeds(browser, order) == {"return", "invoice", "help", "withdraw"}


def test_a_carrier_without_a_page_is_named_with_the_number(app: App, browser: Client, order: Order) -> None:
    """Nothing to follow it with, and no dead link."""
    do(app, order, Ship("Harbour boat", "B-7"))
    assert "Harbour boat B-7" in page_of(browser, order)


def test_a_late_order_says_sorry_and_what_the_owner_wrote(app: App, browser: Client, order: Order) -> None:
    """The day on which it should have left is over."""
    late = saved(app, order, dispatch_by="2026-01-05", arrives_from="2026-01-07", arrives_to="2026-01-09")
    do(app, late, Warn("The glue is still wet.", 0))
    text = page_of(browser, late)
    assert "It should have left us by Mon 5 Jan, and it is still here. We are sorry. The glue is still wet." in text
    assert "Promised for Wed 7 – Fri 9 Jan" in text


def test_a_parcel_that_is_overdue_is_looked_for(app: App, browser: Client, order: Order) -> None:
    """The last of the promised days is over."""
    late = saved(app, order, dispatch_by="2026-01-05", arrives_from="2026-01-07", arrives_to="2026-01-09")
    do(app, late, Ship("DHL", "1"))
    assert "It should have been with you by Fri 9 Jan." in page_of(browser, late)
    do(app, late, Deliver())
    assert "It came later than Fri 9 Jan, which we had promised. We are sorry." in page_of(browser, late)


def test_what_arrives_in_time_kept_its_promise(app: App, browser: Client, order: Order) -> None:
    """Promised for a far day."""
    early = saved(app, order, dispatch_by="2099-01-05", arrives_from="2099-01-07", arrives_to="2099-01-09")
    do(app, early, Ship("DHL", "1"), Deliver())
    assert "Promised for Wed 7 – Fri 9 Jan, and kept" in page_of(browser, early)


def test_a_cancelled_order_shows_the_money_that_goes_back(app: App, browser: Client, order: Order) -> None:
    """And offers nothing but the invoice and a person."""
    do(app, order, Cancel(Actor.OWNER))
    text = page_of(browser, order)
    assert "This order is cancelled" in text
    assert "€33.50 Given back on" in text
    assert deeds(browser, order) == {"invoice", "help"}


def test_a_refund_that_failed_is_not_said_to_have_come(app: App, browser: Client, order: Order) -> None:
    """The bank did not take it."""
    cancelled = do(app, order, Cancel(Actor.OWNER))
    saved(app, cancelled, refunds=tuple(replace(one, status="failed") for one in cancelled.refunds))
    assert "€33.50 Your bank did not take it." in page_of(browser, order)


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (3350, "We are giving you back €33.50 in full; banks take up to ten days to show it."),
        (0, "You confirmed it after the order had ended, and somebody else had bought the last one by then."),
    ],
)
def test_money_that_came_too_late_is_named_and_nothing_is_promised_where_none_came(
    app: App, browser: Client, order: Order, amount: int, said: str
) -> None:
    """An order that costs nothing can come too late as well; there is no refund of it then."""
    came = replace(order.payments[0], amount=amount)
    saved(app, order, state=State.UNFULFILLABLE, payments=(came,))
    assert said in page_of(browser, order)


def test_a_return_for_which_nothing_was_left_to_give_promises_and_mails_no_money(
    app: App, browser: Client, order: Order
) -> None:
    """All of it had gone back in Stripe's dashboard before, so the refund that was meant for the return fell away."""
    back = do(app, order, Ship("DHL", "1"), Deliver(), ASKED, ReceiveReturn("r1", 250))
    assert "We give you back €2.50." in page_of(browser, back)
    elsewhere = Refund("re_1", order.payments[0].id, order.total, "Made at Stripe.", 0, stripe_id="re_1")
    emptied = saved(app, back, refunds=(elsewhere,))
    text = page_of(browser, emptied)
    assert "It reached us on" in text
    assert "We give you back" not in text
    letter = app.letters.write(emptied, Message(Kind.RETURN_RECEIVED, emptied.email, 0, key="return_received:r1"))
    assert ("This has come back to us" in letter.text, "€" in letter.text) == (True, False)


def test_a_return_says_where_it_stands(app: App, browser: Client, order: Order) -> None:
    """Asked, approved with how to send it, received with what came back."""
    do(app, order, Ship("DHL", "1"), Deliver(), ASKED)
    assert "Please do not send anything yet." in page_of(browser, order)
    do(app, order, ApproveReturn("r1", "Use the label in our mail."))
    assert "Please send it back. Use the label in our mail." in page_of(browser, order)
    do(app, order, ReceiveReturn("r1", 250))
    text = page_of(browser, order)
    assert "We give you back €2.50." in text
    assert "€2.50 Given back on" in text


def test_a_return_that_is_refused_says_why(app: App, browser: Client, order: Order) -> None:
    """In the owner's words."""
    do(app, order, Ship("DHL", "1"), Deliver(), ASKED, RejectReturn("r1", "It was made for you."))
    assert "We cannot take it back. It was made for you." in page_of(browser, order)


def test_disputes_are_not_shown(app: App, browser: Client, order: Order) -> None:
    """That is between the shop and a bank."""
    before = page_of(browser, order)
    saved(app, order, disputes=(Dispute("dp_1", "pi_1", 3350, "needs_response", "fraudulent", 1),))
    assert page_of(browser, order) == before


def test_the_link_opens_the_page_and_leaves_the_address_bar(app: App, order: Order) -> None:
    """So does a link to a page below it; the token becomes a cookie."""
    stranger = Client(app)
    for more in ("", "/cancel", "/address", "/return", "/help", "/invoice"):
        answer = stranger.get(link(app, order, more))
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/order/{order.id}{more}")
        assert (answer.headers["Cache-Control"], answer.headers["Referrer-Policy"]) == ("no-store", "no-referrer")
        assert stranger.get(answer.headers["Location"]).status_code == 200


def test_the_invoice_has_what_an_invoice_has(browser: Client, order: Order) -> None:
    """Seller, buyer, number, dates, lines, tax by rate, total, payment; on sheets of its own."""
    answer = browser.get(f"/order/{order.id}/invoice")
    text = visible(answer)
    for words in (
        "Small Shop Ltd 1 Pier Road",
        "Sam Shopper 1 Harbour Street Westport F26 X0X0",
        "Invoice 1",
        "Postcard CARD 2 €2.50 €5.00",
        "Print, A4, Oak PRINT-A4 1 €24.00 €24.00",
        "Delivery €4.50",
        "Total €33.50",
        "VAT 23% €27.24 €6.26 €33.50",
        "€33.50 paid on",
    ):
        assert words in text, words
    assert "/static/order.css" in answer.text


def test_the_invoice_says_what_was_given_back(app: App, browser: Client, order: Order) -> None:
    """Once it is."""
    do(app, order, Cancel(Actor.OWNER))
    assert "€33.50 given back on" in visible(browser.get(f"/order/{order.id}/invoice"))


def test_without_a_payment_there_is_no_invoice(app: App, browser: Client, order: Order) -> None:
    """A number is taken at payment."""
    saved(app, order, invoice=0)
    assert browser.get(f"/order/{order.id}/invoice").status_code == 404


def test_what_is_not_sent_any_more_is_said_on_the_page_and_in_the_mail(app: App, browser: Client, order: Order) -> None:
    one_card = Portion((1, 0), unsent=(1, 0))
    assert "This is not sent any more" not in page_of(browser, order)
    after = do(app, order, GiveBack(250, "It broke.", 0, one_card))
    assert "This is not sent any more: 1 × Postcard" in page_of(browser, order)
    refunded = next(one for one in after.messages if one.kind is Kind.REFUNDED)
    letter = app.letters.write(after, refunded)
    assert "This is not sent any more: 1 × Postcard" in " ".join(letter.text.split())
    assert letter.html.index("This is not sent any more:") < letter.html.index("1 × Postcard")


def test_who_withdraws_from_a_packed_order_reads_that_a_person_looks_at_it(
    app: App, browser: Client, order: Order
) -> None:
    do(app, order, Pack(), Withdraw("W1", "Ada Byrne", "ada@example.org"))
    assert "You have withdrawn from this order, so a person looks at it" in page_of(browser, order)
    assert "There is one thing about it that we must look at" not in page_of(browser, order)
