"""Which orders have a customer whose mail came back, and for how long."""

from dataclasses import replace

import pytest

from functions.shop.acts import Act, Actor, Ask, Cancel, CorrectEmail, Erase, NoteFate, Resend, Ship
from functions.shop.listing import List, Listing, listings
from functions.shop.message import Fate, Kind, sent
from functions.shop.order import Order, owing
from functions.shop.status import mail_came_back
from tests.shop.living import LATER, done, paid
from tests.shop.sample import NOW, placed

BOUNCED = NoteFate("confirmation", Fate.BOUNCED)


def told() -> Order:
    """A paid order whose confirmation a mail server took."""
    return replace(paid(), messages=tuple(sent(one, NOW) for one in paid().messages))


def listed(order: Order) -> bool:
    return Listing(List.BOUNCED, "001800000000") in listings(order)


def test_an_order_is_listed_from_when_its_mail_came_back() -> None:
    assert (mail_came_back(told()), listed(told())) == (False, False)
    order = done(told(), BOUNCED)
    assert (mail_came_back(order), listed(order)) == (True, True)


@pytest.mark.parametrize(
    "acts",
    [
        (CorrectEmail("ada@example.com"),),
        (Resend(Kind.CONFIRMATION), NoteFate("confirmation:2", Fate.DELIVERED)),
        (Cancel(Actor.OWNER), Erase()),
    ],
)
def test_it_is_no_more_once_the_address_is_another_or_works_or_is_forgotten(acts: tuple[Act, ...]) -> None:
    order = done(done(told(), BOUNCED), *acts, now=LATER + 60)
    assert (mail_came_back(order), listed(order)) == (False, False)


@pytest.mark.parametrize("acts", [(Ship("DHL", "1"),), (Cancel(Actor.OWNER),), (Resend(Kind.CONFIRMATION),)])
def test_what_happens_to_the_order_does_not_change_it(acts: tuple[Act, ...]) -> None:
    """Nor does a mail that is only on its way."""
    assert listed(done(done(told(), BOUNCED), *acts))


def test_a_mail_that_came_back_after_others_arrived_counts() -> None:
    """The mailbox was there, and is not any more."""
    order = done(told(), NoteFate("confirmation", Fate.DELIVERED), Ship("DHL", "1"))
    assert listed(done(order, NoteFate("shipped:1", Fate.BOUNCED), now=LATER + 60))


def test_mails_to_the_owner_and_to_others_and_complaints_are_no_matter_of_the_address() -> None:
    order = done(told(), Ask("Q1", "Is it oak?"), NoteFate("confirmation", Fate.COMPLAINED))
    order = owing(order, Kind.WITHDRAWAL, NOW, about="W1", to="bea@example.org")
    order = done(order, NoteFate("owner:question:Q1", Fate.BOUNCED), NoteFate("withdrawal:W1", Fate.BOUNCED))
    assert not mail_came_back(order)


def test_an_order_that_nobody_paid_is_not_listed() -> None:
    """Nothing is to be told to its customer any more."""
    waiting = owing(replace(placed(), email="ada@example.org"), Kind.AWAITING_PAYMENT, NOW)
    order = done(waiting, NoteFate("awaiting_payment", Fate.BOUNCED))
    assert (mail_came_back(order), listed(order)) == (True, False)


def test_what_came_back_before_its_sending_was_noted_goes_to_the_right_address_with_a_clean_slate() -> None:
    """News may be faster than the note of a mail that was handed over."""
    order = done(paid(), BOUNCED, CorrectEmail("ada@example.com"))
    assert (order.messages[0].to, order.messages[0].fate) == ("ada@example.com", None)
    assert not listed(order)
