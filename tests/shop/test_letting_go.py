"""Letting go: what a held order gets when it may leave, and did not get when it was paid."""

from dataclasses import replace

from functions.shop.acts import Hold, LetGo
from functions.shop.decision import Number
from functions.shop.life import Known, apply
from functions.shop.order import Order
from functions.shop.state import State
from tests.shop.living import LATER, done, mails, paid
from tests.shop.sample import ADA

KNOWN = Known(LATER, invoice=8)


def rebuilt(**changes: object) -> Order:
    """The sample order as it is when it was made anew: held, and neither billed nor confirmed."""
    order = replace(done(paid(), Hold("Made anew.")), invoice=0, billed=None, messages=())
    return replace(order, **changes)  # type: ignore[arg-type]


def test_what_was_never_billed_takes_a_number_and_is_confirmed() -> None:
    freed = apply(rebuilt(), LetGo(), KNOWN)
    assert (freed.order.held, freed.order.invoice, freed.order.billed) == ("", 8, ADA)
    assert (freed.numbers, mails(freed.order)) == ((Number("invoice", 8),), ["confirmation"])


def test_what_was_billed_when_it_was_paid_takes_no_number_and_gets_no_second_mail() -> None:
    freed = apply(done(paid(), Hold("Look at it.")), LetGo(), KNOWN)
    assert (freed.order.invoice, freed.numbers, mails(freed.order)) == (7, (), ["confirmation"])


def test_what_was_billed_and_held_before_it_was_confirmed_is_confirmed_without_a_number() -> None:
    freed = apply(rebuilt(invoice=7, billed=ADA), LetGo(), KNOWN)
    assert (freed.order.invoice, freed.numbers, mails(freed.order)) == (7, (), ["confirmation"])


def test_a_confirmation_that_was_asked_for_meanwhile_is_not_sent_twice() -> None:
    freed = apply(rebuilt(messages=paid().messages), LetGo(), KNOWN)
    assert (freed.order.invoice, mails(freed.order)) == (8, ["confirmation"])


def test_nobody_is_written_to_who_has_no_address() -> None:
    freed = apply(rebuilt(email=""), LetGo(), KNOWN)
    assert (freed.order.invoice, mails(freed.order)) == (8, [])


def test_what_was_cancelled_while_it_was_held_is_not_billed() -> None:
    freed = apply(rebuilt(state=State.CANCELLED), LetGo(), KNOWN)
    assert (freed.order.held, freed.order.invoice, freed.numbers, mails(freed.order)) == ("", 0, (), [])
