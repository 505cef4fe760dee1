"""`pouch orders`, `show` and the way of a parcel, as an owner types it."""

from dataclasses import replace

import pytest

from functions.local.standin import Shopper
from functions.service.settlement import save
from functions.shop.acts import NoteFate
from functions.shop.decision import Decision
from functions.shop.message import Fate
from functions.shop.note import Notes
from functions.shop.rate import Pickup
from functions.shop.state import State
from tests.cli.conftest import ADA, BEN, WESTPORT, Counter

ZOE = Shopper("zoe@example.org", "Zoë Maolalaidh-Featherstonehaugh", WESTPORT | {"postal_code": "F28 X001"})
DAY = 86_400
NEXT = "What can be done with it: pouch show 7K3M-9QXD-4FTR"


def lines(text: str) -> list[str]:
    """Lines as they are seen."""
    return [line.rstrip() for line in text.splitlines()]


# Lists


def test_orders_are_listed_the_newest_first(counter: Counter) -> None:
    """At 80 columns nothing is broken, and a long name is cut."""
    counter.columns = 80
    counter.buy(by="2027-01-15")
    counter.clock.now += 60
    counter.buy(BEN, shopper=ZOE, CARD=1, TO_ORDER=5)
    counter.clock.now += 60
    counter.place("9999-0000-0001", CARD=1)
    assert lines(counter.done("orders")) == [
        "Order           Placed  Customer            Total  Stands           By",
        "9999-0000-0001  15 Jan  –                   €7.00  at the checkout",
        "7K9A-0000-0001  15 Jan  Zoë Maolalaidh-…  €497.50  to ship",
        "7K3M-9QXD-4FTR  15 Jan  Ada Byrne          €33.50  to ship          Fri 15 Jan",
    ]


def test_what_is_to_ship_stands_in_the_order_of_its_days(counter: Counter) -> None:
    counter.buy(by="2027-01-20")
    counter.buy(BEN, by="2027-01-18", CARD=1)
    counter.buy("8888-0000-0001", CARD=1)
    counter.buy("9999-0000-0001", CARD=1)
    counter.done("hold", "9999", "--reason", "A note is to be added.")
    assert [line[:14] for line in lines(counter.done("orders", "--to-ship"))[1:]] == [BEN, ADA, "8888-0000-0001"]
    assert [line[:14] for line in lines(counter.done("orders", "--held"))[1:]] == ["9999-0000-0001"]


def test_what_is_late_is_what_has_not_left_and_then_what_has_not_arrived(counter: Counter) -> None:
    counter.buy(by="2027-01-15")
    counter.buy(BEN, by="2027-01-15", CARD=1)
    counter.buy("8888-0000-0001", by="2027-01-17", CARD=1)
    counter.done("ship", BEN, "--carrier", "DHL")
    counter.clock.now += DAY
    assert lines(counter.done("orders", "--late")) == [
        "Order           Placed  Customer    Total  Stands   By",
        "7K3M-9QXD-4FTR  15 Jan  Ada Byrne  €33.50  to ship  Fri 15 Jan, late",
        "7K9A-0000-0001  15 Jan  Ada Byrne   €7.00  shipped  Fri 15 Jan, not there",
    ]
    due = {order["number"]: order["due"] for order in counter.facts("orders")["orders"]}
    assert due == {ADA: "late_to_leave", BEN: "late_to_arrive", "8888-0000-0001": "soon"}


def test_what_must_leave_or_arrive_today_is_among_the_late_also_when_it_is_held(counter: Counter) -> None:
    """While its promise can still be kept."""
    counter.buy(by="2027-01-16")
    counter.buy(BEN, by="2027-01-16", CARD=1)
    counter.buy("8888-0000-0001", by="2027-01-15", CARD=1)
    counter.buy("9999-0000-0001", by="2027-01-17", CARD=1)
    counter.done("hold", "8888", "--reason", "A note is to be added.")
    counter.done("ship", BEN, "--carrier", "DHL")
    counter.clock.now += DAY
    assert lines(counter.done("orders", "--late")) == [
        "Order           Placed  Customer    Total  Stands   By",
        "8888-0000-0001  15 Jan  Ada Byrne   €7.00  held     Fri 15 Jan, late",
        "7K3M-9QXD-4FTR  15 Jan  Ada Byrne  €33.50  to ship  Sat 16 Jan",
        "7K9A-0000-0001  15 Jan  Ada Byrne   €7.00  shipped  Sat 16 Jan",
    ]
    due = {order["number"]: order["due"] for order in counter.facts("orders", "--late")["orders"]}
    assert due == {"8888-0000-0001": "late_to_leave", ADA: "soon", BEN: "arriving"}
    counter.clock.now -= 2 * DAY
    assert counter.done("orders", "--late") == "Nothing is late.\n"


@pytest.mark.parametrize("text", ["7k3m9qxd4ftr", "7K3M-9Q", "Ada@Example.org", "byrne", "Ada Byrne", "jd 01", "1"])
def test_an_order_is_found_by_what_an_owner_knows_of_it(counter: Counter, text: str) -> None:
    counter.buy()
    counter.buy(BEN, shopper=ZOE, CARD=1)
    counter.done("ship", ADA, "--carrier", "DHL", "--tracking", "JD01")
    assert [order["number"] for order in counter.facts("orders", "--search", text)["orders"]] == [ADA]


def test_what_is_not_found_says_what_can_be_searched_for(counter: Counter) -> None:
    assert counter.done("orders", "--search", "Bob") == (
        "No order has Bob as its number, name, e-mail, tracking number or invoice. Write whole words of names.\n"
    )


def test_a_long_list_comes_in_pages(counter: Counter) -> None:
    for number in range(3):
        counter.buy(f"8888-0000-000{number}", CARD=1)
    assert lines(counter.done("orders", "--limit", "2"))[-1] == "There are more: add --page 2."
    assert counter.facts("orders", "--limit", "2")["more"] is True
    second = counter.facts("orders", "--limit", "2", "--page", "2")
    assert ([order["number"] for order in second["orders"]], second["more"]) == (["8888-0000-0000"], False)
    assert counter.done("orders", "--limit", "2", "--page", "3") == "There are no more.\n"


def test_a_shop_without_orders_says_so(counter: Counter) -> None:
    assert counter.done("orders") == "There are no orders yet.\n"
    assert counter.done("orders", "--to-ship") == "Nothing waits to be shipped.\n"
    assert counter.facts("orders") == {"orders": [], "more": False}


def test_a_list_and_a_search_are_not_for_one_command(counter: Counter) -> None:
    assert counter.refused("orders", "--late", "--search", "Ada") == (
        2,
        "Error: Use one of the lists or --search, not both.",
    )


# Numbers


def test_a_number_is_understood_in_small_letters_without_hyphens_and_by_its_beginning(counter: Counter) -> None:
    counter.buy()
    for typed in ("7k3m-9qxd-4ftr", "7k3m9qxd4ftr", "7k3m"):
        assert counter.facts("show", typed)["number"] == ADA


def test_a_number_that_leads_to_no_order_or_to_several_is_refused(counter: Counter) -> None:
    counter.buy()
    counter.buy("7K3M-0000-0001", CARD=1)
    look = "To look for it by name or e-mail: pouch orders --search NAME"
    assert counter.refused("show", "ZZZZ-0000-0000") == (1, f"Error: There is no order ZZZZ-0000-0000. {look}")
    assert counter.refused("show", "7k") == (
        1,
        f"Error: '7k' is too short. Type at least 4 signs of the order's number. {look}",
    )
    assert counter.refused("pack", "7k3m") == (
        1,
        f"Error: Several orders begin with 7k3m: 7K3M-9QXD-4FTR, 7K3M-0000-0001. Type more of it. {look}",
    )


# One order


def test_an_order_is_shown_with_all_that_happened_and_what_can_be_done(counter: Counter) -> None:
    """At 80 columns."""
    counter.columns = 80
    counter.buy(by="2027-01-18")
    counter.clock.now += DAY
    counter.done("ship", ADA, "--carrier", "An Post", "--tracking", "RR123456785IE", "--items", "print-a4")
    counter.done("refund", ADA, "--amount", "2.50", "--reason", "One was bent.", "--yes")
    [payment] = counter.now().payments
    assert lines(counter.done("show", "7k3m")) == [
        "Order 7K3M-9QXD-4FTR   partly shipped, partly given back   invoice 1",
        "Placed 15 Jan 2027 08:00, paid 15 Jan 2027 08:00, packed 16 Jan 2027 08:00,",
        "promised to leave by Mon 18 Jan and arrive by Mon 18 Jan",
        "",
        "Ada Byrne <ada@example.org>",
        "4 Quay Street, F28 X000 Westport, Mayo, IE",
        "",
        "Goods",
        "SKU       What                   Pieces  To ship    Each   Total",
        "CARD      Postcard                    2        2   €2.50   €5.00",
        "PRINT-A4  Print, A4, Oak              1        0  €24.00  €24.00",
        "          Standard                                         €4.50",
        "          Total, with €6.26 tax                           €33.50",
        "",
        "Money",
        f"15 Jan 2027 08:00  paid                     €33.50  {payment.id}",
        "16 Jan 2027 08:00  given back               -€2.50  One was bent.",
        "                   can still be given back  €31.00",
        "",
        "Parcels",
        "1  16 Jan 2027 08:00  1 × PRINT-A4  An Post RR123456785IE  on its way",
        "1  https://www.anpost.com/Post-Parcels/Track/History?item=RR123456785IE",
        "",
        "Mails",
        "15 Jan 2027 08:00  confirmation     to the customer  waits",
        "16 Jan 2027 08:00  shipped 1        to the customer  waits",
        "16 Jan 2027 08:00  refunded back-0  to the customer  waits",
        "",
        "What you can do",
        "pouch ship 7K3M-9QXD-4FTR --carrier … --tracking …  a parcel has left",
        "pouch deliver 7K3M-9QXD-4FTR                        it has arrived",
        "pouch track 7K3M-9QXD-4FTR --tracking …             its number was wrong",
        "pouch refund 7K3M-9QXD-4FTR --amount …              give some of it back",
        "pouch warn 7K3M-9QXD-4FTR                           say that it takes longer",
        "pouch hold 7K3M-9QXD-4FTR --reason …                keep it back",
    ]


def test_programs_get_an_order_with_decimals_and_utc(counter: Counter) -> None:
    counter.buy(by="2027-01-18")
    facts = counter.facts("show", ADA)
    assert {name: facts[name] for name in ("number", "state", "payment", "fulfilment", "return", "dispute")} == {
        "number": ADA, "state": "paid", "payment": "paid", "fulfilment": "unfulfilled", "return": "none",
        "dispute": "none",
    }  # fmt: skip
    assert {name: facts[name] for name in ("placed_at", "packed_at", "dispatch_by", "total", "refundable")} == {
        "placed_at": "2027-01-15T08:00:00Z", "packed_at": None, "dispatch_by": "2027-01-18", "total": "33.50",
        "refundable": "33.50",
    }  # fmt: skip
    assert facts["lines"][0] == {
        "sku": "CARD", "name": "Postcard", "quantity": 2, "to_ship": 2, "not_sent": 0, "unit_price": "2.50",
        "discount": "0.00", "total": "5.00", "gift": False,
    }  # fmt: skip


def test_nothing_that_opens_anything_is_shown(counter: Counter) -> None:
    order = counter.place()
    assert order.pay_url
    for said in (counter.done("show", ADA), counter.done("show", ADA, "--json"), counter.done("export", "--json")):
        assert order.pay_url not in said


def test_signs_that_a_terminal_obeys_are_not_shown(counter: Counter) -> None:
    """Stripe's page takes any name; a name must neither colour nor clear the owner's terminal (R28)."""
    counter.buy(shopper=Shopper("eve@example.org", "Eve \x1b[2J[red]Byrne[/red]\u202e", WESTPORT | {"postal_code": ""}))
    for said in (counter.done("show", ADA), counter.done("orders")):
        assert "\x1b" not in said
        assert "\u202e" not in said
        assert "Eve [2J[red]Byrne[/red]" in said


# Parcels


def test_an_order_is_packed_shipped_in_two_parcels_and_delivered(counter: Counter) -> None:
    counter.buy()
    assert counter.done("pack", ADA) == "Packed: 2 × CARD, 1 × PRINT-A4.\n"
    assert counter.done("ship", ADA, "--carrier", "DHL", "--tracking", "JD01", "--items", "card:1,PRINT-A4") == (
        "Parcel 1 of order 7K3M-9QXD-4FTR has left with DHL: 1 × CARD, 1 × PRINT-A4.\nStill to ship: 1 × CARD.\n"
    )
    assert counter.done("ship", ADA, "--carrier", "Pigeon", "--tracking", "7") == (
        "Parcel 2 of order 7K3M-9QXD-4FTR has left with Pigeon: 1 × CARD.\n"
        "No page to follow parcels is known for Pigeon; the mail names the number alone.\n"
    )
    assert counter.done("deliver", ADA, "--parcel", "1") == "Arrived: 1 of 2 parcels of order 7K3M-9QXD-4FTR.\n"
    assert counter.done("deliver", ADA) == "Arrived: 2 of 2 parcels of order 7K3M-9QXD-4FTR.\n"
    assert counter.now().state is State.DELIVERED


def test_notes_of_a_shopper_are_told_when_it_is_packed(counter: Counter) -> None:
    order = counter.buy()
    said = ["Gift note: For Oisín / with love", "For the carrier: Ring twice."]
    save(Decision(replace(order, notes=Notes("For Oisín\n\nwith love", "Ring twice."))), counter.app.store)
    assert counter.done("pack", ADA).splitlines()[1:] == said
    assert said == [line for line in lines(counter.done("show", ADA)) if line.startswith(("Gift", "For"))]
    assert counter.facts("show", ADA)["notes"] == {"gift": "For Oisín\n\nwith love", "delivery": "Ring twice."}


@pytest.mark.parametrize(
    ("items", "said"),
    [
        (("CARD:3",), "Error: Order 7K3M-9QXD-4FTR has 2 of Postcard left for this, not 3."),
        (("CARD:2", "CARD"), "Error: Order 7K3M-9QXD-4FTR has 2 of Postcard left for this, not 3."),
        (("CARD:0",), "Error: Order 7K3M-9QXD-4FTR has 2 of Postcard left for this, not 0."),
        (("MUG",), "Error: There is no MUG in order 7K3M-9QXD-4FTR. It has CARD, PRINT-A4."),
    ],
)
def test_pieces_that_are_not_there_are_not_shipped(counter: Counter, items: tuple[str, ...], said: str) -> None:
    before = counter.buy()
    typed = [text for item in items for text in ("--items", item)]
    assert counter.refused("ship", ADA, "--carrier", "DHL", *typed) == (1, said)
    assert counter.now() == before


@pytest.mark.parametrize("items", ["CARD:-1", "CARD:x", "CARD:", ",", "CARD:1:1", "CARD: 2", "CARD:²"])
def test_pieces_are_typed_as_a_sku_and_a_quantity(counter: Counter, items: str) -> None:
    before = counter.buy()
    code, said = counter.refused("ship", ADA, "--carrier", "DHL", "--items", items)
    assert (code, said.partition(": ")[2]) == (
        2,
        f"Invalid value for '--items': {items!r} is not a SKU with a quantity. Write it like CARD:2,PRINT-A4.",
    )
    assert counter.now() == before


def test_a_parcel_needs_a_carrier(counter: Counter) -> None:
    counter.buy()
    for typed in ((), ("--carrier", " ")):
        assert counter.refused("ship", ADA, *typed) == (2, "Error: Say who carries it: --carrier DHL")


def test_what_is_collected_needs_none(counter: Counter) -> None:
    order = counter.buy()
    assert order.shipping
    collected = replace(order.shipping, name="Collect in Westport", pickup=Pickup("1 Pier Road", "Mon–Fri"))
    save(Decision(replace(order, shipping=collected)), counter.app.store)
    assert counter.done("ship", ADA) == ("Parcel 1 of order 7K3M-9QXD-4FTR is handed over: 2 × CARD, 1 × PRINT-A4.\n")


def test_files_are_not_packed(counter: Counter) -> None:
    order = counter.buy(CARD=1)
    files = tuple(replace(line, digital=True) for line in order.lines)
    save(Decision(replace(order, lines=files)), counter.app.store)
    assert counter.refused("pack", ADA) == (
        1,
        "Error: There is nothing to pack in order 7K3M-9QXD-4FTR: files and codes go by mail.",
    )


def test_shipping_twice_is_refused_with_what_can_be_done_instead(counter: Counter) -> None:
    counter.buy()
    counter.done("ship", ADA, "--carrier", "DHL", "--tracking", "JD01", "--items", "CARD")
    assert counter.refused("ship", ADA, "--carrier", "DHL", "--tracking", "JD01", "--items", "CARD") == (
        1,
        f"Error: Parcel 1 of order 7K3M-9QXD-4FTR has the tracking number JD01 already. {NEXT}",
    )
    counter.done("ship", ADA, "--carrier", "DHL", "--tracking", "JD02")
    assert counter.refused("ship", ADA, "--carrier", "DHL", "--tracking", "JD03") == (
        1,
        f"Error: Order 7K3M-9QXD-4FTR is shipped; only a paid order can be shipped. {NEXT}",
    )
    assert len(counter.now().shipments) == 2


def test_an_order_whose_mail_came_back_says_so_until_its_address_is_corrected(counter: Counter) -> None:
    counter.buy()
    counter.buy(BEN, CARD=1)
    assert counter.done("orders", "--bounced") == "No mail came back.\n"
    counter.ask(NoteFate("confirmation", Fate.BOUNCED))
    assert lines(counter.done("orders", "--bounced")) == [
        "Order           Placed  Customer    Total  Stands                   By",
        "7K3M-9QXD-4FTR  15 Jan  Ada Byrne  €33.50  to ship, mail came back",
    ]
    shown = counter.done("show", ADA)
    assert lines(shown)[0] == "Order 7K3M-9QXD-4FTR   to ship, mail came back   invoice 1"
    assert "pouch email 7K3M-9QXD-4FTR …" in shown
    counter.done("email", ADA, "ada@example.com", "--yes")
    assert counter.done("orders", "--bounced") == "No mail came back.\n"
    assert "came back" not in counter.done("show", ADA)


def test_a_held_order_stays_until_it_is_let_go(counter: Counter) -> None:
    counter.buy()
    assert counter.done("hold", ADA, "--reason", "A note is to be added.") == (
        "Held. When it may leave: pouch let-go 7K3M-9QXD-4FTR\n"
    )
    assert counter.refused("ship", ADA, "--carrier", "DHL") == (
        1,
        f"Error: Order 7K3M-9QXD-4FTR is held and cannot be shipped: A note is to be added. {NEXT}",
    )
    assert "pouch let-go 7K3M-9QXD-4FTR" in counter.done("show", ADA)
    assert counter.done("let-go", ADA) == ("Order 7K3M-9QXD-4FTR may leave. It was held: A note is to be added.\n")
    assert counter.refused("let-go", ADA) == (1, "Error: Order 7K3M-9QXD-4FTR is not held.")
    counter.done("ship", ADA, "--carrier", "DHL")


def test_the_owner_reads_which_number_an_order_gets_that_is_billed_when_it_is_let_go(counter: Counter) -> None:
    """As one that was rebuilt from Stripe."""
    order = replace(counter.buy(), held="Made anew.", invoice=0, billed=None, messages=())
    save(Decision(order), counter.app.store)
    assert counter.done("let-go", ADA) == (
        "Order 7K3M-9QXD-4FTR may leave. It was held: Made anew.\n"
        "It has invoice 2 now, and its customer gets the confirmation.\n"
    )


def test_an_order_that_is_not_paid_is_not_packed(counter: Counter) -> None:
    counter.place()
    assert counter.refused("pack", ADA) == (
        1,
        f"Error: Order 7K3M-9QXD-4FTR is pending; only a paid order can be packed. {NEXT}",
    )


def test_a_command_that_is_done_twice_says_the_same(counter: Counter) -> None:
    counter.buy()
    assert counter.done("pack", ADA) == counter.done("pack", ADA)
    counter.done("ship", ADA, "--carrier", "DHL")
    assert counter.done("deliver", ADA) == counter.done("deliver", ADA)


def test_every_command_says_to_programs_what_became_of_the_order(counter: Counter) -> None:
    counter.buy()
    assert counter.facts("pack", ADA)["fulfilment"] == "packed"
    assert counter.facts("hold", ADA, "--reason", "Wait.")["held"] == "Wait."
    assert counter.facts("let-go", ADA)["held"] == ""
    shipped = counter.facts("ship", ADA, "--carrier", "DHL", "--tracking", "JD01")
    assert shipped["parcels"] == [
        {
            "id": "1",
            "items": [{"sku": "CARD", "quantity": 2}, {"sku": "PRINT-A4", "quantity": 1}],
            "carrier": "DHL",
            "tracking": "JD01",
            "tracking_url": "https://www.dhl.com/en/express/tracking.html?AWB=JD01",
            "shipped_at": "2027-01-15T08:00:00Z",
            "delivered_at": None,
            "corrections": [],
        }
    ]
    assert counter.facts("deliver", ADA)["state"] == "delivered"
