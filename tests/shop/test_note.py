"""Notes on an order: what is kept of what was typed, how long they may be, and which orders have a use for them."""

from dataclasses import replace

import pytest

from functions.shop.errors import InvalidNote
from functions.shop.note import NO_NOTES, Notes, check_notes, clean_notes
from functions.shop.placing import place
from functions.shop.rate import Pickup
from tests.shop.sample import NOW, cart, quote
from tests.small_shop import POSTCARD, VARIANTS

FILE = replace(POSTCARD, sku="FILE", digital=True, weight=0, tracked=False)
SAID = Notes("Happy birthday!", "Leave it with the neighbour")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Happy  birthday,\r\nAda!  \r\n", "Happy birthday,\nAda!"),
        ("One\n\n\n\n\nTwo", "One\n\nTwo"),
        ("Be\x00ll\x07\x1b[1m \x7f", "Bell[1m"),
        ("\u202eevil\u202c \u2066x\u2069", "evil x"),
        ("👩\u200d👧 ß 日本", "👩\u200d👧 ß 日本"),
        (" \t\r\n", ""),
    ],
)
def test_a_gift_note_keeps_its_lines_and_loses_control_characters(typed: str, kept: str) -> None:
    assert clean_notes(gift=typed, delivery="") == Notes(kept, "")


def test_a_note_for_the_carrier_is_one_line() -> None:
    assert clean_notes(gift="", delivery="Blue door\r\n\tring  twice\x00") == Notes("", "Blue door ring twice")


def test_notes_as_long_as_there_is_room_are_taken() -> None:
    full = Notes("é" * 300, "ß" * 200)
    assert check_notes(full) == full


def test_a_longer_gift_note_is_refused_with_both_lengths() -> None:
    with pytest.raises(InvalidNote) as refused:
        check_notes(Notes("x" * 301, ""))
    assert str(refused.value) == "The gift note has 301 characters; there is room for 300. Please shorten it."


def test_a_longer_note_for_the_carrier_is_refused_with_both_lengths() -> None:
    with pytest.raises(InvalidNote) as refused:
        check_notes(Notes("", "x" * 250))
    assert (
        str(refused.value) == "The note for the carrier has 250 characters; there is room for 200. Please shorten it."
    )


def test_an_order_that_is_sent_has_both_notes() -> None:
    assert place("ORDER-1", quote(cart(CARD=1)), "release-1", NOW, notes=SAID).order.notes == SAID


def test_an_order_of_files_has_none() -> None:
    bought = quote(cart(FILE=1), variants=(*VARIANTS, FILE))
    assert place("ORDER-1", bought, "release-1", NOW, notes=SAID).order.notes == NO_NOTES


def test_an_order_that_is_fetched_has_none_for_the_carrier() -> None:
    sent = quote(cart(CARD=1))
    assert sent.shipping
    fetched = replace(sent, shipping=replace(sent.shipping, pickup=Pickup("3 Quay Lane", "Mon–Fri 9–17")))
    assert place("ORDER-1", fetched, "release-1", NOW, notes=SAID).order.notes == Notes("Happy birthday!", "")
