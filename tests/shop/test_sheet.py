"""Orders as rows of a spreadsheet, in which nothing calculates (R28)."""

from dataclasses import replace

import pytest

from functions.shop.acts import GiveBack, Ship
from functions.shop.note import Notes
from functions.shop.settings import Address
from functions.shop.sheet import LINE_COLUMNS, ORDER_COLUMNS, line_rows, order_row
from tests.shop.living import done, paid


def test_an_order_is_one_row_with_decimals_and_the_shops_own_time() -> None:
    notes = Notes("For Oisín,\nwith love", "Ring twice.")
    order = done(replace(paid(), notes=notes), Ship("DHL", "JD01"), GiveBack(250, "One was bent.", 0))
    assert dict(zip(ORDER_COLUMNS, order_row(order, "Europe/Dublin"), strict=True)) == {
        "number": "ORDER-1",
        "placed": "2027-01-15 08:00",
        "paid": "2027-01-15 08:01",
        "state": "shipped",
        "payment": "partially_refunded",
        "fulfilment": "shipped",
        "invoice": "7",
        "email": "ada@example.org",
        "name": "Ada Byrne",
        "line1": "4 Quay Street",
        "line2": "",
        "city": "Westport",
        "region": "Mayo",
        "postcode": "F28 X000",
        "country": "IE",
        "vat_id": "",
        "currency": "EUR",
        "subtotal": "29.00",
        "discount": "0.00",
        "shipping": "4.50",
        "tax": "6.26",
        "total": "33.50",
        "paid_by_balances": "0.00",
        "given_back": "2.50",
        "shipping_name": "Standard",
        "dispatch_by": "",
        "arrives_to": "",
        "tracking": "JD01",
        "gift_note": "For Oisín, with love",
        "carrier_note": "Ring twice.",
    }


def test_each_line_item_is_a_row() -> None:
    rows = [dict(zip(LINE_COLUMNS, row, strict=True)) for row in line_rows(paid(), "Europe/Dublin")]
    assert [(row["sku"], row["name"], row["quantity"], row["unit_price"], row["total"]) for row in rows] == [
        ("CARD", "Postcard", "2", "2.50", "5.00"),
        ("PRINT-A4", "Print, A4, Oak", "1", "24.00", "24.00"),
    ]


@pytest.mark.parametrize(
    ("written", "cell"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+353", "'+353"),
        ("-2+3", "'-2+3"),
        ("@SUM(1)", "'@SUM(1)"),
        ("\t=1+1", "'=1+1"),
        ("\r\n=1+1", "'=1+1"),
        (" =1+1", "'=1+1"),
        ("\u200b=1+1", "'=1+1"),
        ("＝1+1", "'＝1+1"),
        ("Ada\x1b[31m Byrne", "Ada [31m Byrne"),
        ("Ada = Byrne", "Ada = Byrne"),
    ],
)
def test_what_a_customer_writes_never_becomes_a_formula(written: str, cell: str) -> None:
    order = replace(paid(), address=Address(name=written))
    assert dict(zip(ORDER_COLUMNS, order_row(order, "UTC"), strict=True))["name"] == cell
