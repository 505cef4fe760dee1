"""`pouch track`: a number that was typed wrongly is mended, and the customer hears of it."""

from dataclasses import replace

import pytest

from functions.service.outbox import deliver
from functions.service.settlement import save
from functions.shop.decision import Decision
from functions.shop.shipment import Correction
from tests.cli.conftest import ADA, Counter
from tests.shop.sample import NOW

pytestmark = pytest.mark.slow


CARDS, PRINT = ("--items", "CARD:2"), ("--items", "PRINT-A4")


def shipped(counter: Counter, *items: str) -> None:
    """A parcel has left with a wrong number, and its customer knows."""
    counter.buy()
    counter.done("ship", ADA, "--carrier", "DHL", "--tracking", "JD10", *items)
    post(counter)


def post(counter: Counter) -> None:
    """What is due is sent."""
    shop = counter.app
    deliver(ADA, store=shop.store, mail=shop.mail, clock=counter.clock, write=shop.letters.write)


def test_a_wrong_number_is_corrected_and_its_customer_gets_the_right_link(counter: Counter) -> None:
    shipped(counter)
    result = counter.run("track", "7k3m", "--tracking", "JD01", typed="y\n")
    assert result.stderr == "Tell Ada Byrne that it is DHL JD01, not DHL JD10? [y/N]: y\n"
    assert result.stdout == (
        "Parcel 1 of order 7K3M-9QXD-4FTR has DHL JD01 now, not DHL JD10.\nAda Byrne gets a mail with it.\n"
    )
    [parcel] = counter.now().shipments
    assert (parcel.tracking, parcel.corrections) == ("JD01", (Correction("DHL", "JD10", NOW),))
    letter = counter.app.letters.write(counter.now(), counter.now().messages[-1])
    assert letter.subject == "How to follow your parcel: order 7K3M-9QXD-4FTR at Small Shop"
    assert "https://www.dhl.com/en/express/tracking.html?AWB=JD01" in letter.text
    assert "JD10" not in letter.text + letter.html


def test_whoever_says_no_changes_nothing(counter: Counter) -> None:
    shipped(counter)
    before = counter.now()
    assert counter.refused("track", ADA, "--tracking", "JD01", typed="n\n") == (1, "Error: Nothing was changed.")
    assert counter.now() == before


def test_a_carrier_alone_can_be_wrong(counter: Counter) -> None:
    shipped(counter)
    assert counter.done("track", ADA, "--carrier", "Pigeon", "--no-tell") == (
        "Parcel 1 of order 7K3M-9QXD-4FTR has Pigeon JD10 now, not DHL JD10.\n"
        "Nobody is told.\n"
        "No page to follow parcels is known for Pigeon; the mail names the number alone.\n"
    )
    assert [message.name for message in counter.now().messages] == ["confirmation", "shipped:1"]


def test_what_was_said_before_is_shown_found_and_told_to_programs(counter: Counter) -> None:
    shipped(counter)
    facts = counter.facts("track", ADA, "--tracking", "JD01", "--yes")
    assert facts["parcels"][0]["corrections"] == [{"carrier": "DHL", "tracking": "JD10", "at": "2027-01-15T08:00:00Z"}]
    assert "DHL JD01 (before: DHL JD10)" in counter.done("show", ADA)
    for number in ("JD10", "JD01"):
        assert [one["number"] for one in counter.facts("orders", "--search", number)["orders"]] == [ADA]


def test_a_mail_that_still_waits_says_the_right_number_itself(counter: Counter) -> None:
    counter.buy()
    counter.done("ship", ADA, "--carrier", "DHL", "--tracking", "JD10")
    assert counter.done("track", ADA, "--tracking", "JD01").splitlines()[1] == (
        "The mail about this parcel is still to be sent, and will say so."
    )
    assert [message.name for message in counter.now().messages] == ["confirmation", "shipped:1"]


def test_nobody_is_told_who_has_the_parcel_or_no_address(counter: Counter) -> None:
    shipped(counter)
    counter.done("deliver", ADA)
    assert counter.done("track", ADA, "--tracking", "JD01").splitlines()[1] == "It has arrived, so nobody is told."
    save(Decision(replace(counter.now(), email="")), counter.app.store)
    assert counter.done("track", ADA, "--tracking", "JD02").splitlines()[1] == (
        "The order has no e-mail address, so nobody is told."
    )


def test_which_of_several_parcels_must_be_said(counter: Counter) -> None:
    shipped(counter, *CARDS)
    counter.done("ship", ADA, "--carrier", "An Post", "--tracking", "RR1", *PRINT)
    both = "--parcel 1 (DHL JD10), --parcel 2 (An Post RR1)"
    assert counter.refused("track", ADA, "--tracking", "RR2") == (
        2,
        f"Error: Order 7K3M-9QXD-4FTR has several parcels. Say which one: {both}",
    )
    assert counter.refused("track", ADA, "--tracking", "RR2", "--parcel", "3") == (
        1,
        f"Error: Order 7K3M-9QXD-4FTR has no parcel 3. Write one of these: {both}",
    )
    counter.done("track", ADA, "--tracking", "RR2", "--parcel", "2")
    assert [parcel.tracking for parcel in counter.now().shipments] == ["JD10", "RR2"]


@pytest.mark.parametrize("typed", [(), ("--tracking", " ")])
def test_what_is_right_must_be_said(counter: Counter, typed: tuple[str, ...]) -> None:
    shipped(counter)
    assert counter.refused("track", ADA, *typed) == (
        2,
        "Error: Say what is right: --tracking JD014600003SE, or --carrier DHL",
    )


def test_what_is_right_already_and_what_has_not_left_is_said(counter: Counter) -> None:
    counter.buy()
    assert counter.refused("track", ADA, "--tracking", "JD01") == (
        1,
        "Error: Nothing of order 7K3M-9QXD-4FTR has left. Its number is said when it does: pouch ship 7K3M-9QXD-4FTR",
    )
    counter.done("ship", ADA, "--carrier", "DHL", "--tracking", "JD01")
    before = counter.now()
    assert counter.done("track", ADA, "--tracking", "JD01") == (
        "Parcel 1 of order 7K3M-9QXD-4FTR has DHL JD01 already.\n"
    )
    assert counter.now() == before
