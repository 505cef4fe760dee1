"""Mails, stock, exports and forgetting, as an owner types them."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from functions.app import App
from functions.local.standin import Shopper
from functions.ports import Stock
from functions.service import finding
from functions.shop.acts import AskReturn
from functions.shop.decision import StockChange
from functions.shop.email import customer_key
from functions.shop.order import Order
from functions.shop.settling import expire_unsold
from functions.shop.shipment import Pieces
from tests.cli.conftest import ADA, BEN, WESTPORT, Counter
from tests.living_shop import settings
from tests.shop.sample import NOW, placed

pytestmark = pytest.mark.slow


BOB = Shopper("bob@example.org", '=HYPERLINK("http://evil.example")', WESTPORT | {"postal_code": "F28 X001"})
DAY = 86_400
RESERVED = (
    "2 of CARD are reserved for orders that are being paid, so no fewer can be on hand. "
    "Write 2 or more, or try again when those are paid or have ended, within the hour."
)

PAYING = ", 2 of them reserved for orders that are being paid"
AT_MOST = "Write -498 at most, or what you have counted: pouch stock set CARD …"


def expired(order_id: str) -> Order:
    """An order that has ended, and keeps what it should have given back."""
    return replace(expire_unsold(placed(order_id), NOW).order, version=1)


# Mails


def test_a_customer_is_warned_in_words_that_the_owner_has_read(counter: Counter) -> None:
    counter.buy()
    result = counter.run("warn", ADA, "--by", "2027-01-20", typed="y\n")
    draft = "We will send it by 20 January 2027."
    assert (
        result.stderr
        == f"We are sorry, says the mail to Ada Byrne, it takes longer. Then:\n\n  {draft}\n\nSend it? [y/N]: y\n"
    )
    assert result.stdout == "Ada Byrne gets a mail about the delay.\n"
    assert counter.now().remarks == (draft,)
    assert [message.name for message in counter.now().messages] == ["confirmation", "late:0"]


@pytest.mark.parametrize(
    ("by", "draft"),
    [
        ((), "It has left us. We are asking where it is, and will write to you."),
        (("--by", "2027-01-20"), "It has left us, and should be with you by 20 January 2027."),
    ],
)
def test_what_has_left_is_not_promised_to_be_sent(counter: Counter, by: tuple[str, ...], draft: str) -> None:
    counter.buy()
    counter.done("ship", ADA, "--carrier", "DHL")
    counter.done("warn", ADA, *by, "--yes")
    assert counter.now().remarks == (draft,)


def test_a_warning_can_be_the_owners_own_words(counter: Counter) -> None:
    counter.buy()
    counter.done("warn", ADA, "--text", "The printer is ill.", "--yes")
    assert counter.now().remarks == ("The printer is ill.",)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("20.1.2027", "Invalid value for '--by': '20.1.2027' is not a day. Write it like 2026-12-24."),
        ("2027-01-14", "2027-01-14 is over. Write a day that is still to come."),
    ],
)
def test_a_day_that_makes_no_sense_is_refused(counter: Counter, day: str, said: str) -> None:
    counter.buy()
    assert counter.refused("warn", ADA, "--by", day, "--yes") == (2, f"Error: {said}")
    assert counter.now().remarks == ()


def test_nobody_is_warned_of_a_delay_of_what_will_not_come(counter: Counter) -> None:
    counter.buy()
    counter.done("cancel", ADA, "--yes")
    said = "Order 7K3M-9QXD-4FTR is cancelled, given back, so nobody waits for it. Write to ada@example.org instead."
    assert counter.refused("warn", ADA, "--yes") == (1, f"Error: {said}")
    assert counter.now().remarks == ()


def test_a_wrong_address_is_corrected_and_the_confirmation_goes_there(counter: Counter) -> None:
    order = counter.buy()
    result = counter.run("email", ADA, "Ada.Byrne@example.org", typed="y\n")
    assert result.stderr == (
        "Send all mails of order 7K3M-9QXD-4FTR to ada.byrne@example.org instead of ada@example.org? [y/N]: y\n"
    )
    after = counter.now()
    assert (after.email, after.epoch) == ("ada.byrne@example.org", order.epoch + 1)
    assert {message.to for message in after.messages} == {"ada.byrne@example.org"}
    assert counter.refused("email", ADA, "ada", "--yes") == (
        1,
        "Error: That is no e-mail address. Please write it like name@example.com.",
    )


def test_a_mail_is_sent_once_more(counter: Counter) -> None:
    counter.buy()
    assert counter.done("resend", ADA, "link") == "The mail (link) goes to ada@example.org once more.\n"
    assert [message.name for message in counter.now().messages] == ["confirmation", "link:1"]
    assert counter.refused("resend", ADA, "invoice")[0] == 2


# Stock


def test_pieces_are_counted_added_and_shown(counter: Counter) -> None:
    counter.place(CARD=2)
    counter.done("stock", "set", "card", "40")
    assert [line.rstrip() for line in counter.done("stock", "add", "CARD", "-1").splitlines()] == [
        "SKU   On hand  Reserved  Can be sold  What",
        "CARD       39         2           37  Postcard",
    ]
    assert counter.facts("stock", "count", "card", "LAST") == [
        {"sku": "CARD", "on_hand": 39, "reserved": 2, "available": 37},
        {"sku": "LAST", "on_hand": 1, "reserved": 0, "available": 1},
    ]
    assert [one["sku"] for one in counter.facts("stock", "count", "--low", "3")] == ["LAST", "PRINT-A4"]
    assert counter.done("stock", "count", "--low", "0") == "Nothing is that low.\n"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("set", "CRAD", "4"), "There is no SKU CRAD. Did you mean CARD?"),
        (("set", "crd", "4"), "There is no SKU crd. Did you mean CARD?"),
        (("set", "postcard", "4"), "There is no SKU postcard. Did you mean CARD?"),
        (("add", "NOTHING-LIKE-IT", "4"), "There is no SKU NOTHING-LIKE-IT. All of them: pouch stock count"),
        (("count", "TO-ORDER"), "TO-ORDER is not counted: it is made to order, a file, or a set of others."),
        (("set", "CARD", "1"), RESERVED),
        (("add", "CARD", "-499"), f"499 of CARD cannot be taken off: 500 are on hand{PAYING}. {AT_MOST}"),
        (("add", "CARD", "999500"), "500 of CARD are on hand. Write 999499 at most."),
    ],
)  # fmt: skip
def test_a_count_that_cannot_be_is_refused(counter: Counter, typed: tuple[str, ...], said: str) -> None:
    counter.place(CARD=2)
    assert counter.refused("stock", *typed) == (1, f"Error: {said}")
    assert counter.app.store.stock(["CARD"]) == {"CARD": Stock(500, 2)}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("set", "CARD", "-3"), ("-3 pieces cannot be on hand. Write how many you have counted; if 3 are gone, write "
         "pouch stock add CARD -3")),
        (("set", "CARD", "ten"), "'ten' is not a number of pieces. Write it in digits alone, such as 12."),
        (("add", "CARD", "1.5"), "'1.5' is not a number of pieces. Write it in digits alone, such as 12."),
        (("add", "CARD", "--jsn"), "'--jsn' is not a number of pieces. Write it in digits alone, such as 12."),
        (("set", "CARD", "1000000"), "1000000 is more than can be counted. Write 999999 at most."),
        (("add", "CARD", "-9" * 30), "'" + "-9" * 30 + "' is not a number of pieces. Write it in digits alone, "
         "such as 12."),
        (("add", "CARD", "-" + "9" * 30), "-" + "9" * 30 + " is more than can be counted. Write 999999 at most."),
    ],
)  # fmt: skip
def test_what_is_no_count_says_what_to_write(counter: Counter, typed: tuple[str, ...], said: str) -> None:
    code, last = counter.refused("stock", *typed)
    assert (code, last.removeprefix("Error: ").removeprefix("Invalid value for 'PIECES': ")) == (2, said)
    assert counter.app.store.stock(["CARD"]) == {"CARD": Stock(500, 0)}


def test_pieces_that_nobody_has_reserved_are_not_said_to_be(counter: Counter) -> None:
    assert counter.refused("stock", "add", "LAST", "-2") == (
        1,
        (
            "Error: 2 of LAST cannot be taken off: 1 are on hand. "
            "Write -1 at most, or what you have counted: pouch stock set LAST …"
        ),
    )


# Export


def test_all_orders_are_written_the_oldest_first_and_nothing_calculates(counter: Counter) -> None:
    counter.buy()
    counter.clock.now += DAY
    counter.buy(BEN, shopper=BOB, CARD=1)
    rows = list(csv.DictReader(io.StringIO(counter.done("export"))))
    assert [(row["number"], row["placed"], row["name"], row["total"]) for row in rows] == [
        (ADA, "2027-01-15 08:00", "Ada Byrne", "33.50"),
        (BEN, "2027-01-16 08:00", '\'=HYPERLINK("http://evil.example")', "7.00"),
    ]
    lines = list(csv.DictReader(io.StringIO(counter.done("export", "--lines"))))
    assert [(row["number"], row["sku"], row["total"]) for row in lines] == [
        (ADA, "CARD", "5.00"),
        (ADA, "PRINT-A4", "24.00"),
        (BEN, "CARD", "2.50"),
    ]
    numbers = [json.loads(line)["number"] for line in counter.done("export", "--json").splitlines()]
    assert numbers == [ADA, BEN]


def test_an_export_goes_through_all_pages_of_a_list(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "PAGE", 2)
    numbers = [f"8888-0000-000{number}" for number in range(5)]
    for number in numbers:
        counter.place(number, CARD=1)
        counter.clock.now += 1
    assert [json.loads(line)["number"] for line in counter.done("export", "--json").splitlines()] == numbers


def test_an_export_is_of_some_days_and_into_a_file(counter: Counter, tmp_path: Path) -> None:
    counter.buy()
    counter.clock.now += DAY
    counter.buy(BEN, CARD=1)
    path = tmp_path / "orders.csv"
    counter.done("export", "--since", "2027-01-16", "--output", str(path), "--bom")
    written = path.read_bytes().decode("utf-8")
    assert (written[:7], written.count("\r\n")) == ("\ufeffnumber", 2)
    assert BEN in written
    until = counter.done("export", "--until", "2027-01-15", "--json")
    assert [json.loads(line)["number"] for line in until.splitlines()] == [ADA]
    assert counter.refused("export", "--json", "--lines") == (
        2,
        "Error: --lines and --bom are for CSV; leave out --json.",
    )
    assert counter.refused("export", "--since", "January") == (
        2,
        "Error: Invalid value for '--since': 'January' is not a day. Write it like 2026-12-24.",
    )


def test_days_the_wrong_way_round_are_turned_for_the_owner_to_type(counter: Counter) -> None:
    """A sheet without rows would look as if nothing had been sold."""
    assert counter.refused("export", "--since", "2027-01-16", "--until", "2027-01-15") == (
        2,
        "Error: No day is after 2027-01-16 and before 2027-01-15. Write: --since 2027-01-15 --until 2027-01-16",
    )


# Forgetting


@pytest.mark.parametrize("whom", ["Ada@example.org", ADA])
def test_a_customer_is_forgotten_in_all_orders_and_everywhere_else(counter: Counter, whom: str) -> None:
    counter.buy()
    counter.buy(BEN, CARD=1)
    for number in (ADA, BEN):
        counter.done("ship", number, "--carrier", "DHL")
    store = counter.app.store
    store.ask_for_stock("LAST", "ada@example.org", counter.clock())
    result = counter.run("erase", whom, typed="y\n")
    assert result.stderr == (
        "Forget ada@example.org in 2 orders (7K9A-0000-0001, 7K3M-9QXD-4FTR)? This cannot be undone. [y/N]: y\n"
    )
    assert result.stdout == (
        "Forgotten in 2 orders, and wherever else the shop knew them.\n"
        "What stays, because tax law asks for it: numbers, goods, amounts, and the name and address on invoices. "
        "Stripe keeps its own records; have them erased in its dashboard, too.\n"
    )
    assert [counter.now(number).email for number in (ADA, BEN)] == ["", ""]
    assert (store.waiting_for_stock("LAST"), store.is_customer(customer_key("ada@example.org"))) == ([], False)
    assert counter.facts("erase", "ada@example.org", "--yes") == {"erased": []}


def test_a_customer_with_something_unfinished_is_not_forgotten_in_part(counter: Counter) -> None:
    counter.buy()
    counter.buy(BEN, CARD=1)
    for number in (ADA, BEN):
        counter.done("ship", number, "--carrier", "DHL")
    counter.ask(AskReturn("R-1", (Pieces(0, 1),), "It is bent.", 14))
    assert counter.refused("erase", BEN, "--yes") == (
        1,
        "Error: Order 7K3M-9QXD-4FTR has a return that is not finished. Finish that first. Nobody was forgotten.",
    )
    assert [counter.now(number).email for number in (ADA, BEN)] == ["ada@example.org", "ada@example.org"]


def test_a_customer_whose_parcel_has_not_left_is_not_forgotten(counter: Counter) -> None:
    before = counter.buy()
    assert counter.refused("erase", ADA, "--yes") == (
        1,
        (
            "Error: Order 7K3M-9QXD-4FTR has something that is still to ship. Ship or cancel it first. "
            "Nobody was forgotten."
        ),
    )
    assert counter.now() == before


@pytest.mark.parametrize("whom", ["ada", "byrne", "7K3M-0000-0000"])
def test_whoever_is_to_be_forgotten_is_named_by_a_whole_address_or_a_number(counter: Counter, whom: str) -> None:
    before = counter.buy()
    assert counter.refused("erase", whom, "--yes") == (
        1,
        (
            f"Error: {whom!r} is neither an e-mail address nor the number of one order. Write the whole address, "
            "such as ada@example.org, or more of the number. To look for it by name: pouch orders --search NAME"
        ),
    )
    assert counter.now() == before


# Reconciling and auditing


def test_reconciling_settles_what_was_paid_and_nobody_heard_of(counter: Counter) -> None:
    order = counter.place()
    counter.standin.pay(order.session)
    counter.clock.now += 600
    assert counter.done("reconcile") == "Asked about 1 open order, sent 1 mail.\n"
    assert counter.now().paid_like
    assert counter.done("reconcile") == "There was nothing to do.\n"


def test_reconciling_sends_all_that_waits_and_says_so(counter: Counter) -> None:
    """What the scheduled function does: mails of orders, who waits for stock, and what gets late."""
    counter.buy(by="2027-01-15")
    counter.app.store.ask_for_stock("CARD", "zoe@example.org", counter.clock())
    assert counter.done("reconcile") == (
        "Wrote to 1 shopper that something is back, wrote to you what gets late, sent 3 mails.\n"
    )
    assert len(list(Path(counter.app.setting("MAIL_FOLDER")).glob("*.eml"))) == 3


def test_a_mail_that_cannot_be_sent_is_told_and_ends_with_3(counter: Counter) -> None:
    counter.buy()
    folder = Path(counter.app.setting("MAIL_FOLDER"))
    folder.write_text("A file stands where the folder was.")
    result = counter.run("reconcile")
    assert (result.exit_code, result.stdout) == (3, "There was nothing to do.\n")
    assert result.stderr == "Not done: 1 mail could not be sent and will be tried again. The shop's log says why.\n"
    folder.unlink()
    counter.clock.now += 60
    assert counter.done("reconcile") == "Sent 1 mail.\n"


def test_the_books_agree_or_it_says_where_not(counter: Counter) -> None:
    counter.place(CARD=2)
    assert counter.done("audit", "--stripe") == "Everything agrees.\n"
    counter.app.store.save(expired("8888-0000-0001"), (StockChange("CARD", 0, 1),))
    result = counter.run("audit")
    assert result.exit_code == 1
    assert [line.rstrip() for line in result.stdout.splitlines()] == [
        "Rule  About  What does not agree (amounts in minor units)",
        "R11   CARD   3 are reserved, open orders keep 2",
        "",
        "1 finding. Look at each with pouch show; pouch reconcile mends what it can.",
    ]
    assert json.loads(counter.run("audit", "--json").stdout) == [
        {"rule": "R11", "about": "CARD", "text": "3 are reserved, open orders keep 2"}
    ]


# What does not answer


@pytest.mark.slow
def test_a_payment_provider_that_does_not_answer_ends_a_command_with_3(counter: Counter) -> None:
    counter.buy()
    counter.standin.fail_calls("close_before", times=9)
    code, said = counter.refused("audit", "--stripe")
    assert (code, said.startswith("Error: Stripe cannot be used at the moment")) == (3, True)
    assert said.endswith("Try again in a minute.")


def test_a_shop_that_is_not_built_says_how(counter: Counter, tmp_path: Path) -> None:
    app = App(settings("http://127.0.0.1:8000", counter.standin.url, tmp_path, tmp_path / "nothing"))
    code, said = replace(counter, app=app).refused("stock", "count", "CARD")
    assert (code, "make html" in said) == (1, True)
