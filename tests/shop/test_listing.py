"""In which lists an order stands, and where."""

from dataclasses import replace

import pytest

from functions.shop.acts import Actor, AskReturn, Cancel, Deliver, Erase, GiveBack, Hold, LetGo, Ship
from functions.shop.catalogue import Variant
from functions.shop.listing import MOST_WORDS, List, Listing, listings, moment_key, payment_list, search_list
from functions.shop.order import Order, moved
from functions.shop.placing import place
from functions.shop.settling import decide
from functions.shop.shipment import Pieces
from functions.shop.state import State
from tests.shop.balanced import GIFT_CARD, VOUCHER
from tests.shop.living import done, paid
from tests.shop.sample import NOW, cart, facts, placed, quote

PLACED = "001800000000"
MAP = replace(VOUCHER, sku="MAP", product="map", title="Map", price=300, file="map.pdf")


def lists(order: Order) -> dict[str, str]:
    """The lists that an order is in, but for the search, each with its key."""
    return {one.list: one.key for one in listings(order) if not one.list.startswith("word:")}


def quiet(order: Order) -> Order:
    """Without mails."""
    return replace(order, messages=())


def test_an_unpaid_order_is_open_until_its_page_closes() -> None:
    assert lists(placed()) == {"all": PLACED, "open": "001800002100"}


def test_an_order_stands_with_its_place_while_it_waits_at_its_payment_page() -> None:
    """After that nothing of it says where it came from."""
    waiting = replace(placed(), from_place="9f86d081")
    assert lists(waiting)["place:9f86d081"] == "001800002100"
    ended = moved(waiting, State.EXPIRED)
    assert (ended.from_place, lists(ended)) == ("", {"all": PLACED})


def test_a_paid_order_is_to_be_shipped_by_the_day_that_was_promised() -> None:
    promised = replace(quiet(paid()), dispatch_by="2027-01-18", arrives_to="2027-01-21")
    assert lists(promised) == {"all": PLACED, "to_ship": "2027-01-18", "payment:pi_1": PLACED}
    begun = quiet(done(promised, Ship("DHL", "1", (Pieces(0, 1),))))
    assert {name: lists(begun)[name] for name in ("to_ship", "on_the_way")} == {
        "to_ship": "2027-01-18", "on_the_way": "2027-01-21",
    }  # fmt: skip
    gone = quiet(done(begun, Ship("DHL", "2")))
    over = {"all": PLACED, "payment:pi_1": PLACED, "finished": "001800003600"}
    assert lists(gone) == over | {"on_the_way": "2027-01-21"}
    assert lists(quiet(done(gone, Deliver()))) == over


def test_who_is_to_be_forgotten_stands_in_a_list_until_nobody_is_named() -> None:
    """By the moment from which it counts; an order that names nobody was never in it."""
    unpaid = moved(placed(), State.EXPIRED)
    assert "unpaid" not in lists(unpaid)
    assert lists(replace(unpaid, email="ada@example.org"))["unpaid"] == "001800002100"
    gone = done(paid(), Ship("DHL", "1"), Deliver())
    assert lists(gone)["finished"] == "001800003600"
    assert "finished" not in lists(done(gone, Erase()))
    assert "finished" not in lists(paid())
    assert "finished" not in lists(done(gone, AskReturn("R1", (Pieces(0, 1),), "", 14)))


def paid_for(bought: Variant) -> Order:
    """One of it, paid a minute later."""
    order = place("ORDER-1", quote(cart(**{bought.sku: 1}), variants=(bought,)), "release-1", NOW).order
    return decide(order, facts(amount=order.due), NOW + 60).order


@pytest.mark.parametrize("bought", [MAP, GIFT_CARD])
def test_what_needs_no_parcel_is_over_once_it_is_paid(bought: Variant) -> None:
    """A file or the code of a gift card; one that is held waits for its owner, and nothing with a parcel is meant."""
    order = quiet(paid_for(bought))
    assert (order.state, lists(order)["finished"]) == (State.PAID, "001800000060")
    assert "finished" not in lists(done(order, Hold("Ask Ada.")))
    assert lists(done(order, Hold("Ask Ada."), LetGo()))["finished"] == "001800000060"
    mixed = replace(order, lines=(*order.lines, paid().lines[0]))
    assert "finished" not in lists(mixed)


def test_what_is_held_is_not_to_be_shipped() -> None:
    assert lists(quiet(done(paid(), Hold("Ask Ada.")))) == {"all": PLACED, "held": PLACED, "payment:pi_1": PLACED}


def test_mails_refunds_and_returns_wait_in_lists_of_their_own() -> None:
    assert lists(paid())["mail"] == "001800000060"
    assert lists(done(paid(), GiveBack(100, "Sorry.", 0)))["refunds"] == PLACED
    asked = done(paid(), Ship("DHL", "1"), AskReturn("R1", (Pieces(0, 1),), "", 14))
    assert lists(asked)["returns"] == PLACED
    assert "to_ship" not in lists(done(paid(), Cancel(Actor.OWNER)))


def test_a_search_finds_an_order_by_its_numbers_and_by_its_buyer() -> None:
    order = done(paid(), Ship("DHL", "JD 0146-3"))
    found = {one.list for one in listings(order)}
    for text in ("Ada@Example.org", "byrne", "ADA", "jd01463", "7"):
        assert search_list(text) in found
    assert search_list("") not in found


def test_a_long_name_does_not_make_an_order_too_large_to_write() -> None:
    order = paid()
    assert order.address
    wordy = replace(order, address=replace(order.address, name=" ".join(f"name{number}" for number in range(40))))
    assert sum(one.list.startswith("word:") for one in listings(wordy)) == MOST_WORDS
    assert {"word:ada@example.org", "word:7"} <= {one.list for one in listings(wordy)}


def test_keys_sort_as_moments_do() -> None:
    assert sorted([moment_key(10), moment_key(9), moment_key(1_800_000_000)]) == [
        "000000000009", "000000000010", PLACED,
    ]  # fmt: skip
    assert Listing(List.ALL, PLACED) in listings(placed())
    assert payment_list("pi_1") == "payment:pi_1"
