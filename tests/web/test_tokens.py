"""Tokens of forms: for one purpose, one order and one epoch, for a day, and with keys that rotate."""

from dataclasses import replace

import pytest

from functions.shop.errors import TokenRefused
from functions.shop.order import Order
from functions.web.tokens import Purpose, Tokens
from tests.shop.living import paid
from tests.shop.sample import NOW

OLD, NEW, DAY = "the old secret of the shop", "the new secret of the shop", 86_400


def tokens(*keys: str, now: int = NOW) -> Tokens:
    return Tokens(keys or (OLD,), lambda: now)


def refused(token: str, order: Order, *, by: Tokens, purpose: Purpose = Purpose.CANCEL) -> bool:
    try:
        by.form_id(purpose, token, order)
    except TokenRefused:
        return True
    return False


def test_a_form_is_known_by_its_id() -> None:
    """Which makes what is sent with it happen once."""
    token = tokens().for_form(Purpose.CANCEL, "F1", paid())
    assert tokens().form_id(Purpose.CANCEL, token, paid()) == "F1"


@pytest.mark.parametrize("purpose", [one for one in Purpose if one is not Purpose.CANCEL])
def test_a_form_is_good_for_nothing_else(purpose: Purpose) -> None:
    """Each purpose has a salt of its own."""
    token = tokens().for_form(Purpose.CANCEL, "F1", paid())
    assert refused(token, paid(), by=tokens(), purpose=purpose)


def test_a_form_is_about_one_order_in_one_epoch() -> None:
    """Another order, or the same after its address was corrected, is not meant."""
    token = tokens().for_form(Purpose.CANCEL, "F1", paid())
    assert refused(token, replace(paid(), id="ORDER-2"), by=tokens())
    assert refused(token, replace(paid(), epoch=1), by=tokens())


def test_a_form_is_good_for_a_day() -> None:
    """Then it is shown afresh."""
    token = tokens().for_form(Purpose.CANCEL, "F1", paid())
    assert not refused(token, paid(), by=tokens(now=NOW + DAY))
    assert refused(token, paid(), by=tokens(now=NOW + DAY + 1))


def test_keys_rotate_without_closing_what_is_open() -> None:
    """The newest signs, older ones still open; a key that was taken away opens nothing."""
    old = tokens(OLD).for_form(Purpose.CANCEL, "F1", paid())
    new = tokens(OLD, NEW).for_form(Purpose.CANCEL, "F1", paid())
    assert not refused(old, paid(), by=tokens(OLD, NEW))
    assert refused(old, paid(), by=tokens(NEW))
    assert not refused(new, paid(), by=tokens(NEW))
    assert tokens(OLD, NEW).opens(tokens(OLD).for_order("ORDER-1"), paid())
    assert not tokens(NEW).opens(tokens(OLD).for_order("ORDER-1"), paid())
