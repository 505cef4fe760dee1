"""What `pouch return receive` gives back when all of an order is withdrawn from (directive 2011/83/EU, article 13)."""

from dataclasses import replace

import pytest

from functions.service.audit import audit
from functions.service.settlement import save
from functions.shop.acts import AskReturn, Withdraw
from functions.shop.decision import Decision
from functions.shop.shipment import Pieces
from tests.cli.conftest import ADA, Counter

pytestmark = pytest.mark.slow

WITHDRAWS = Withdraw("W-1", "Ada Byrne", "ada@example.org")


def withdrawn(counter: Counter, *, way: str = "") -> Counter:
    """Two postcards of 2.50 and a print of 24.00 have arrived, and their buyer withdraws."""
    counter.buy(way=way)
    counter.done("ship", ADA, "--carrier", "DHL")
    counter.done("deliver", ADA)
    counter.ask(WITHDRAWS)
    return counter


def test_delivery_goes_back_with_the_last_of_an_order_that_was_withdrawn_from(counter: Counter) -> None:
    """29.00 were paid for goods and 4.50 for the standard way."""
    result = withdrawn(counter).run("return", "receive", ADA, typed="y\n")
    assert result.stderr == (
        "2 × CARD, 1 × PRINT-A4 came back. All of the order was withdrawn from, so €4.50 for delivery goes back as "
        "well; --no-shipping keeps it. Give back €33.50 to Ada Byrne's card? [y/N]: y\n"
    )
    assert result.stdout == "€33.50 goes back to Ada Byrne, €4.50 of it for delivery; the pieces can be sold again.\n"
    assert counter.refunds() == [3350]
    assert [portion.shipping for portion in counter.now().portions] == [True]


def test_of_an_express_parcel_the_price_of_the_cheapest_way_goes_back(counter: Counter) -> None:
    """9.50 were paid for it; the standard way would have been 4.50."""
    withdrawn(counter, way="ie-express").done("return", "receive", ADA, "--yes")
    assert counter.refunds() == [3350]


def test_an_order_that_does_not_know_the_cheapest_way_gives_back_what_was_paid_and_says_so(counter: Counter) -> None:
    order = withdrawn(counter, way="ie-express").now()
    assert order.shipping
    save(Decision(replace(order, shipping=replace(order.shipping, least=None))), counter.app.store)
    result = counter.run("return", "receive", ADA, typed="y\n")
    assert (
        "so €9.50 for delivery goes back as well (all that was paid: the order does not tell what the cheapest way "
        "cost); --no-shipping keeps it. Give back €38.50"
    ) in result.stderr
    assert counter.refunds() == [3850]


def test_the_owner_can_keep_delivery(counter: Counter) -> None:
    """Its customer wrote that only the goods of one line are meant, say."""
    withdrawn(counter).done("return", "receive", ADA, "--no-shipping", "--yes")
    assert (counter.refunds(), [portion.shipping for portion in counter.now().portions]) == ([2900], [False])


def test_a_return_without_a_withdrawal_brings_delivery_only_if_the_owner_says_so(counter: Counter) -> None:
    counter.buy()
    counter.done("ship", ADA, "--carrier", "DHL")
    counter.ask(AskReturn("R-1", (Pieces(0, 2),), "They are bent.", 14))
    counter.ask(AskReturn("R-2", (Pieces(1, 1),), "Too large.", 14))
    counter.done("return", "receive", ADA, "--id", "R-2", "--yes")
    result = counter.run("return", "receive", ADA, "--id", "R-1", "--shipping", typed="y\n")
    assert "As you say, €4.50 for delivery goes back as well" in result.stderr
    assert counter.refunds() == [950, 2400]


def test_of_two_returns_the_last_brings_delivery(counter: Counter) -> None:
    """A return that was asked for before the withdrawal is part of it."""
    counter.buy()
    counter.done("ship", ADA, "--carrier", "DHL")
    counter.ask(AskReturn("R-1", (Pieces(0, 2),), "They are bent.", 14))
    counter.ask(WITHDRAWS)
    counter.done("return", "receive", ADA, "--id", "W-1", "--yes")
    counter.done("return", "receive", ADA, "--id", "R-1", "--yes")
    assert counter.refunds() == [950, 2400]


def test_delivery_that_has_gone_back_before_does_not_go_back_again(counter: Counter) -> None:
    withdrawn(counter).done("refund", ADA, "--shipping", "--yes")
    counter.done("return", "receive", ADA, "--yes")
    assert counter.refunds() == [2900, 450]


def test_an_amount_is_all_that_goes_back(counter: Counter) -> None:
    assert withdrawn(counter).refused("return", "receive", ADA, "--amount", "20", "--shipping", "--yes") == (
        2,
        "Error: Say an amount or whether delivery goes back, not both: an amount is all of it.",
    )
    counter.done("return", "receive", ADA, "--amount", "20", "--yes")
    assert counter.refunds() == [2000]


def test_what_has_not_left_when_its_customer_withdraws_does_not_leave_and_is_on_sale_again_once(
    counter: Counter,
) -> None:
    """The postcards had left; the print had not."""
    counter.buy()
    counter.done("ship", ADA, "--carrier", "DHL", "--items", "CARD:2")
    counter.ask(WITHDRAWS)
    assert counter.done("orders", "--to-ship") == "Nothing waits to be shipped.\n"
    code, said = counter.refused("ship", ADA, "--carrier", "DHL")
    assert (code, "Its customer has withdrawn, so what has not left is not sent." in said) == (1, True)
    result = counter.run("return", "receive", ADA, typed="y\n")
    assert result.stderr.startswith(
        "2 × CARD came back. 1 × PRINT-A4 never left and can be sold again. All of the order was withdrawn from, so "
    )
    assert (counter.refunds(), counter.now().state.value) == ([3350], "shipped")
    on_hand = {sku: stock.on_hand for sku, stock in counter.app.store.stock(["CARD", "PRINT-A4"]).items()}
    assert on_hand == {"CARD": 500, "PRINT-A4": 3}
    assert counter.refused("ship", ADA, "--carrier", "DHL")[0] == 1
    assert [*audit(store=counter.app.store)] == []


def test_a_return_of_what_never_left_says_so_alone(counter: Counter) -> None:
    """The postcards were to come back before their buyer withdrew; the print is still here."""
    counter.buy()
    counter.done("ship", ADA, "--carrier", "DHL", "--items", "CARD:2")
    counter.ask(AskReturn("R-1", (Pieces(0, 2),), "They are bent.", 14))
    counter.ask(WITHDRAWS)
    counter.done("return", "receive", ADA, "--id", "R-1", "--yes")
    result = counter.run("return", "receive", ADA, "--id", "W-1", typed="y\n")
    assert result.stderr.startswith("1 × PRINT-A4 never left and can be sold again. All of the order was withdrawn")
    assert (counter.refunds(), [*audit(store=counter.app.store)]) == ([2850, 500], [])
