"""Money that goes back by `pouch refund`, `cancel` and `return`: asked before, written down first, made once (R7)."""

from dataclasses import replace

import pytest

from cli.desk import Desk, Refused
from cli.money import given
from functions.service.settlement import save
from functions.shop.acts import AskReturn, GiveBack
from functions.shop.decision import Decision
from functions.shop.shipment import Pieces, to_ship
from functions.shop.state import State
from tests.cli.conftest import ADA, GIFT, Counter

pytestmark = pytest.mark.slow


ASKED = "Give back €12.50 to Ada Byrne's card? [y/N]: "
LOST = (
    "What is to go back is written down. The shop makes it by itself, once, as soon as it can; "
    "typing the command again goes on with it."
)
NEXT = "What can be done with it: pouch show 7K3M-9QXD-4FTR"
DAY = 86_400


# Refunds


def test_money_goes_back_when_the_owner_says_yes(counter: Counter) -> None:
    counter.buy()
    result = counter.run("refund", ADA, "--amount", "12.50", "--reason", "One was bent.", typed="y\n")
    assert (result.exit_code, result.stderr) == (0, f"{ASKED}y\n")
    assert result.stdout == "€12.50 goes back to Ada Byrne.\n"
    assert counter.refunds() == [1250]
    assert [refund.reason for refund in counter.now().refunds] == ["One was bent."]


def test_pieces_are_worth_what_they_cost_and_the_last_of_them_brings_what_was_left(counter: Counter) -> None:
    counter.buy()  # two postcards of 2.50, a print of 24.00, delivery for 4.50
    assert "€2.50 goes back" in counter.done("refund", ADA, "--lines", "card:1", "--yes")
    assert "€28.50 goes back" in counter.done("refund", ADA, "--lines", "PRINT-A4", "--shipping", "--yes", "--again")
    assert counter.refused("refund", ADA, "--lines", "PRINT-A4", "--yes", "--again") == (
        1,
        "Error: Money for these pieces of order 7K3M-9QXD-4FTR has gone back already.",
    )
    assert "€2.50 goes back" in counter.done("refund", ADA, "--lines", "CARD", "--yes", "--again")
    assert (counter.refunds()[::-1], counter.facts("show", ADA)["refundable"]) == ([250, 2850, 250], "0.00")


def test_what_has_gone_back_already_is_named(counter: Counter) -> None:
    counter.buy()
    counter.done("refund", ADA, "--shipping", "--yes")
    gone = "Error: Money for delivery of order 7K3M-9QXD-4FTR has gone back already."
    assert counter.refused("refund", ADA, "--shipping", "--yes", "--again") == (1, gone)
    assert counter.refused("refund", ADA, "--lines", "CARD", "--shipping", "--yes", "--again") == (
        1,
        f"{gone} Leave out --shipping.",
    )
    counter.done("refund", ADA, "--amount", "29", "--yes", "--again")
    assert counter.refused("refund", ADA, "--lines", "CARD", "--yes") == (
        1,
        "Error: All of order 7K3M-9QXD-4FTR has gone back already.",
    )
    assert counter.refunds() == [2900, 450]


def test_what_a_bank_sent_back_can_be_given_by_its_amount(counter: Counter) -> None:
    """The shop does not know which of the pieces a failed refund was for, and must not say that they are paid for."""
    counter.buy()
    order = counter.facts("refund", ADA, "--shipping", "--yes")
    counter.standin.fail_refund(order["refunds"][0]["id"])
    counter.done("reconcile")
    assert counter.refused("refund", ADA, "--shipping", "--yes", "--again") == (
        1,
        (
            "Error: Money for delivery of order 7K3M-9QXD-4FTR has gone back already. If that is the refund "
            "which failed, name the amount: pouch refund 7K3M-9QXD-4FTR --amount 4.50"
        ),
    )
    assert "€4.50 goes back" in counter.done("refund", ADA, "--amount", "4.50", "--yes", "--again")


def test_a_delivery_that_cost_nothing_gives_nothing_back(counter: Counter) -> None:
    order = counter.buy()
    assert order.shipping
    free = replace(order, shipping=replace(order.shipping, price=0), subtotal=3350)
    save(Decision(free), counter.app.store)
    assert counter.refused("refund", ADA, "--shipping") == (
        1,
        (
            "Error: Delivery of order 7K3M-9QXD-4FTR cost nothing, so nothing would go back. "
            "To give something back all the same, name the amount: pouch refund 7K3M-9QXD-4FTR --amount …"
        ),
    )


def test_an_amount_and_pieces_are_not_said_together(counter: Counter) -> None:
    counter.buy()
    assert counter.refused("refund", ADA, "--amount", "5", "--lines", "CARD") == (
        2,
        "Error: Say an amount or what it is for, not both: money for pieces is what they cost.",
    )
    assert counter.refunds() == []


@pytest.mark.parametrize(
    ("lines", "code", "said"),
    [
        ("CARD:3", 1, "Order 7K3M-9QXD-4FTR has 2 of Postcard left for this, not 3."),
        ("MUG", 1, "There is no MUG in order 7K3M-9QXD-4FTR. It has CARD, PRINT-A4."),
    ],
)
def test_pieces_that_were_not_bought_are_refused(counter: Counter, lines: str, code: int, said: str) -> None:
    counter.buy()
    assert counter.refused("refund", ADA, "--lines", lines) == (code, f"Error: {said}")
    assert counter.refunds() == []


@pytest.mark.parametrize("typed", ["n\n", "\n"])
def test_nothing_goes_back_unless_the_owner_says_yes(counter: Counter, typed: str) -> None:
    before = counter.buy()
    assert counter.refused("refund", ADA, "--amount", "12.50", typed=typed) == (1, "Error: Nothing was changed.")
    assert (counter.now(), counter.refunds()) == (before, [])


def test_without_a_person_nothing_is_asked_and_nothing_done(counter: Counter) -> None:
    counter.somebody = False
    before = counter.buy()
    assert counter.refused("refund", ADA, "--amount", "12.50") == (
        2,
        f"Error: Nobody is here to answer: {ASKED.removesuffix(' [y/N]: ')} Add --yes to do it without being asked.",
    )
    assert (counter.now(), counter.refunds()) == (before, [])
    assert counter.facts("refund", ADA, "--amount", "12.50", "--yes")["refundable"] == "21.00"


@pytest.mark.parametrize(
    ("amount", "code", "said"),
    [
        ("33.51", 1, "€33.51 is more than can be given back: €33.50 is left of order 7K3M-9QXD-4FTR."),
        ("0", 1, "Nothing would be given back. Write an amount above 0."),
        ("-5", 2, "'-5' is no amount in EUR; write it like 24.00."),
        ("12,50", 2, "'12,50' is no amount in EUR; write it like 24.00."),
        ("1.005", 2, "'1.005' is no amount in EUR; write it like 24.00."),
    ],
)
def test_an_amount_that_makes_no_sense_is_refused(counter: Counter, amount: str, code: int, said: str) -> None:
    before = counter.buy()
    assert counter.refused("refund", ADA, "--amount", amount) == (code, f"Error: {said}")
    assert (counter.now(), counter.refunds()) == (before, [])


def test_no_more_goes_back_than_is_left(counter: Counter) -> None:
    counter.buy()
    counter.done("refund", ADA, "--amount", "30", "--yes")
    assert counter.refused("refund", ADA, "--amount", "5", "--yes", "--again") == (
        1,
        "Error: €5.00 is more than can be given back: €3.50 is left of order 7K3M-9QXD-4FTR.",
    )
    assert counter.refunds() == [3000]


def test_a_script_that_runs_twice_gives_back_once(counter: Counter) -> None:
    counter.buy()
    counter.done("refund", ADA, "--amount", "5", "--yes")
    counter.clock.now += 180
    said = "Some money of order 7K3M-9QXD-4FTR went back 3 minutes ago already."
    assert counter.refused("refund", ADA, "--amount", "5", "--yes") == (
        1,
        f"Error: {said} If this is meant to be another one, add --again.",
    )
    counter.done("refund", ADA, "--amount", "5", "--yes", "--again")
    counter.clock.now += DAY
    counter.done("refund", ADA, "--amount", "5", "--yes")
    assert counter.refunds() == [500, 500, 500]


def test_a_person_is_told_what_went_back_just_now(counter: Counter) -> None:
    counter.buy()
    counter.done("refund", ADA, "--amount", "5", typed="y\n")
    result = counter.run("refund", ADA, "--amount", "5", typed="n\n")
    assert result.stderr.startswith(
        "Some money of order 7K3M-9QXD-4FTR went back just now already. Give back €5.00 to Ada Byrne's card? [y/N]"
    )


def test_of_two_owners_who_give_back_at_once_only_one_does(counter: Counter) -> None:
    """The second one had read the order before the first one wrote it."""
    seen = counter.buy()
    counter.done("refund", ADA, "--amount", "5", "--yes")
    with pytest.raises(Refused) as refusal:
        given(seen, GiveBack(700, "One was bent.", seen.reversals), Desk(counter.app, counter.clock))
    assert refusal.value.message == (
        "Somebody else gave money of order 7K3M-9QXD-4FTR back at this moment, so nothing more went. "
        "Look at it before you try again: pouch show 7K3M-9QXD-4FTR"
    )
    assert counter.refunds() == [500]


def test_money_goes_back_the_way_it_came(counter: Counter) -> None:
    """A gift card that paid 10.00 of 33.50 gets its share, and a script that runs twice is stopped all the same."""
    counter.buy_with_a_gift_card()
    result = counter.run("refund", ADA, "--amount", "6.70", typed="y\n")
    assert result.stderr == (
        "Give back €6.70 to Ada Byrne: €4.70 to the card, €2.00 to Gift card ending 7X3K? [y/N]: y\n"
    )
    assert (counter.refunds(), counter.app.store.balance(GIFT)) == ([470], 200)
    assert counter.refused("refund", ADA, "--amount", "6.70", "--yes")[0] == 1
    assert [line.rstrip() for line in counter.done("show", ADA).splitlines() if "Gift card" in line] == [
        "                   paid with Gift card ending 7X3K  €10.00",
        "                   back to Gift card ending 7X3K    -€2.00",
    ]


@pytest.mark.slow
def test_a_refund_whose_answer_was_lost_is_looked_up_at_once(counter: Counter) -> None:
    """R7: Stripe has made it and nobody heard."""
    counter.buy()
    counter.lose_the_answer_to("POST /v1/refunds")
    assert counter.done("refund", ADA, "--amount", "12.50", "--yes") == "€12.50 goes back to Ada Byrne.\n"
    assert [(refund.amount, refund.made) for refund in counter.now().refunds] == [(1250, True)]
    assert counter.refunds() == [1250]


@pytest.mark.slow
def test_a_refund_that_nobody_heard_of_is_not_made_twice_a_day_later(counter: Counter) -> None:
    """R7: the same command goes on with what was written down, even when Stripe has forgotten the request's key."""
    counter.buy()
    counter.standin.fail_calls("close_before", times=3, match="GET /v1/refunds")
    counter.lose_the_answer_to("POST /v1/refunds")
    code, said = counter.refused("refund", ADA, "--amount", "12.50", "--yes")
    assert (code, said.endswith(LOST)) == (3, True)
    assert ([(refund.amount, refund.made) for refund in counter.now().refunds], counter.refunds()) == (
        [(1250, False)],
        [1250],
    )
    assert "to go back, not yet made" in counter.done("show", ADA)
    counter.clock.now += 25 * 3600
    assert counter.done("refund", ADA, "--amount", "12.50", "--yes") == (
        "€12.50 was written down before and is given back now, nothing else. "
        "If you mean another amount, type the command again.\n"
    )
    assert [(refund.amount, refund.made) for refund in counter.now().refunds] == [(1250, True)]
    assert counter.refunds() == [1250]


@pytest.mark.slow
@pytest.mark.parametrize("again", [("refund", ADA), ("reconcile",)])
def test_a_refund_that_was_written_down_and_never_asked_for_is_made_once(
    counter: Counter, again: tuple[str, ...]
) -> None:
    """R7: cut off between writing down and asking."""
    counter.buy()
    counter.standin.fail_calls("close_before", times=6, match="GET /v1/refunds")
    assert counter.run("refund", ADA, "--amount", "12.50", "--yes").exit_code == 3
    assert counter.refunds() == []
    for _ in range(2):
        counter.run(*again)
    assert counter.refunds() == [1250]


# Cancelling


def test_an_order_is_cancelled_and_all_of_it_goes_back(counter: Counter) -> None:
    counter.buy()
    result = counter.run("cancel", ADA, typed="y\n")
    assert result.stderr == ("Cancel order 7K3M-9QXD-4FTR? Give back €33.50 to Ada Byrne's card? [y/N]: y\n")
    assert result.stdout == "Order 7K3M-9QXD-4FTR of Ada Byrne is cancelled.\n"
    assert (counter.now().state, counter.refunds()) == (State.CANCELLED, [3350])
    assert counter.done("cancel", ADA) == result.stdout
    assert counter.refunds() == [3350]


def test_what_has_left_cannot_be_cancelled(counter: Counter) -> None:
    counter.buy()
    counter.done("ship", ADA, "--carrier", "DHL")
    assert counter.refused("cancel", ADA, "--yes") == (
        1,
        f"Error: Order 7K3M-9QXD-4FTR is shipped; only a paid order of which nothing has left can be cancelled. {NEXT}",
    )
    assert counter.refunds() == []


# Returns


@pytest.fixture
def asking(counter: Counter) -> Counter:
    """A customer who wants to send one postcard back."""
    counter.buy()
    counter.done("ship", ADA, "--carrier", "DHL")
    counter.ask(AskReturn("R-1", (Pieces(0, 1),), "It is bent.", 14))
    return counter


def test_a_return_is_listed_agreed_to_received_and_paid_back(asking: Counter) -> None:
    assert [line.rstrip() for line in asking.done("return", "list").splitlines()] == [
        "Order           Asked              Customer   What      Why",
        "7K3M-9QXD-4FTR  15 Jan 2027 08:00  Ada Byrne  1 × CARD  It is bent.",
    ]
    assert asking.done("return", "approve", ADA, "--answer", "Please use the label.") == (
        "Agreed: 1 × CARD may come back. When they are here: pouch return receive 7K3M-9QXD-4FTR\n"
    )
    assert asking.done("return", "list") == "Nobody waits for an answer about a return.\n"
    result = asking.run("return", "receive", ADA, "--amount", "2.50", typed="y\n")
    assert result.stderr == "1 × CARD came back. Give back €2.50 to Ada Byrne's card? [y/N]: y\n"
    assert result.stdout == "€2.50 goes back to Ada Byrne; the pieces can be sold again.\n"
    assert (asking.refunds(), asking.app.store.stock(["CARD"])["CARD"].on_hand) == ([250], 499)
    assert asking.refused("return", "receive", ADA, "--amount", "2.50", "--yes") == (
        1,
        "Error: These pieces came 15 Jan 2027 08:00 already. Nothing was changed.",
    )
    assert asking.refunds() == [250]


def test_a_return_is_worth_what_its_pieces_cost_unless_the_owner_says_otherwise(asking: Counter) -> None:
    [one] = asking.now().returns
    cost = sum(asking.now().lines[item.line].unit_price * item.quantity for item in one.items)
    asking.done("return", "receive", ADA, "--yes")
    assert asking.refunds() == [cost]
    assert [portion.shipping for portion in asking.now().portions] == [False]


def test_pieces_that_are_broken_are_not_sold_again(asking: Counter) -> None:
    asking.done("return", "receive", ADA, "--amount", "0", "--no-restock", "--yes")
    assert (asking.refunds(), asking.app.store.stock(["CARD"])["CARD"].on_hand) == ([], 498)


def test_a_return_that_is_not_agreed_to_needs_a_reason(asking: Counter) -> None:
    assert asking.refused("return", "reject", ADA) == (2, "Error: Missing option '--answer'.")
    assert asking.done("return", "reject", ADA, "--answer", "It was made to order.") == (
        "Not agreed. Ada Byrne is told why.\n"
    )
    assert asking.refused("return", "approve", ADA) == (
        1,
        "Error: Order 7K3M-9QXD-4FTR has no such return. All about it: pouch show 7K3M-9QXD-4FTR",
    )


def test_of_several_returns_one_must_be_named(asking: Counter) -> None:
    asking.ask(AskReturn("R-2", (Pieces(1, 1),), "Too large.", 14))
    assert asking.refused("return", "approve", ADA) == (
        1,
        "Error: Order 7K3M-9QXD-4FTR has 2 returns. Say which one with --id: R-1, R-2",
    )
    assert asking.done("return", "approve", ADA, "--id", "r-2").startswith("Agreed: 1 × PRINT-A4 may come back.")


def test_another_answer_to_a_return_is_not_dropped_in_silence(asking: Counter) -> None:
    """The same one again, or none, changes nothing and is no fault."""
    said = asking.done("return", "approve", ADA, "--answer", "By post.")
    before = asking.now()
    assert asking.done("return", "approve", ADA, "--answer", "By post.") == said
    assert asking.done("return", "approve", ADA) == said
    refusal = (
        f"Error: Return {before.returns[0].id} of order {ADA} is approved already, with the answer “By post.”. "
        f"Nothing was changed; write to the customer if there is more to say. {NEXT}"
    )
    assert asking.refused("return", "approve", ADA, "--answer", "Use the label.") == (1, refusal)
    assert asking.now() == before


def test_another_reason_to_refuse_a_return_is_not_dropped_in_silence(asking: Counter) -> None:
    asking.done("return", "reject", ADA, "--answer", "It was worn.")
    before = asking.now()
    asking.done("return", "reject", ADA, "--answer", "It was worn.")
    code, said = asking.refused("return", "reject", ADA, "--answer", "It is too late.")
    assert (code, "is rejected already, with the answer “It was worn.”." in said) == (1, True)
    assert asking.now() == before


# What is not sent any more

LEFT_OUT = "1 × PRINT-A4 is not sent any more, and on sale again. "


def prints(counter: Counter) -> int:
    """How many prints are on the shelf."""
    return counter.app.store.stock(["PRINT-A4"])["PRINT-A4"].on_hand


def test_pieces_that_have_not_left_are_taken_out_when_the_owner_is_asked_and_says_so(counter: Counter) -> None:
    counter.buy()
    counter.done("ship", ADA, "--carrier", "DHL", "--items", "CARD:2")
    result = counter.run("refund", ADA, "--lines", "PRINT-A4", typed="y\ny\n")
    assert result.stderr == (
        "1 × PRINT-A4 has not left. Is it not sent any more, and on sale again? [y/N]: y\n"
        f"{LEFT_OUT}Give back €24.00 to Ada Byrne's card? [y/N]: y\n"
    )
    assert result.stdout == f"{LEFT_OUT}€24.00 goes back to Ada Byrne.\n"
    assert (counter.now().state, counter.refunds(), prints(counter)) == (State.SHIPPED, [2400], 3)
    facts = counter.facts("show", ADA)
    assert [(line["to_ship"], line["not_sent"]) for line in facts["lines"]] == [(0, 0), (0, 1)]


def test_pieces_whose_money_went_back_before_are_taken_out_without_more(counter: Counter) -> None:
    counter.buy()
    assert counter.done("refund", ADA, "--lines", "PRINT-A4", "--yes") == (
        "€24.00 goes back to Ada Byrne.\n"
        "Still to be sent. To leave it out: pouch refund 7K3M-9QXD-4FTR --lines PRINT-A4:1 --not-sent\n"
    )
    assert [piece.line for piece in to_ship(counter.now())] == [0, 1]
    result = counter.run("refund", ADA, "--lines", "PRINT-A4:1", "--not-sent", typed="y\n")
    assert f"just now already. {LEFT_OUT}No money goes back for it. Is that right? [y/N]: y\n" in result.stderr
    assert result.stdout == f"{LEFT_OUT}No money goes back.\n"
    assert ([piece.line for piece in to_ship(counter.now())], counter.refunds(), prints(counter)) == ([0], [2400], 3)
    assert counter.refused("refund", ADA, "--lines", "PRINT-A4", "--not-sent", "--yes")[0] == 1


def test_who_says_no_gives_money_back_for_pieces_that_are_still_sent(counter: Counter) -> None:
    counter.buy()
    counter.run("refund", ADA, "--lines", "PRINT-A4", typed="n\ny\n")
    assert (counter.refunds(), len(to_ship(counter.now())), prints(counter)) == ([2400], 2, 2)


def test_of_what_has_left_nobody_is_asked(counter: Counter) -> None:
    counter.buy()
    counter.done("ship", ADA, "--carrier", "DHL")
    asked = counter.run("refund", ADA, "--lines", "PRINT-A4", typed="y\n").stderr
    assert asked == "Give back €24.00 to Ada Byrne's card? [y/N]: y\n"


def test_all_of_an_order_is_not_left_out_but_cancelled(counter: Counter) -> None:
    counter.buy()
    code, said = counter.refused("refund", ADA, "--lines", "CARD:2,PRINT-A4", "--not-sent", "--yes")
    assert (code, "Cancel it, and all of its money goes back: pouch cancel 7K3M-9QXD-4FTR" in said) == (1, True)
    assert counter.refunds() == []
    assert counter.refused("refund", ADA, "--shipping", "--not-sent", "--yes") == (
        2,
        "Error: Say which pieces are not sent any more: --lines CARD:2 --not-sent",
    )
