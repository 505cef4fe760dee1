"""The invoice as PDF: what stands on it, who sees it, and that it is always the same."""

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from reportlab.pdfbase.ttfonts import TTFont
from werkzeug.test import Client

from functions.adapters.invoice_pdf import BOLD, FONTS, PLAIN, USUAL, invoice_pdf
from functions.app import App
from functions.shop.acts import Actor, Cancel, Ship
from functions.shop.code import BalanceKind
from functions.shop.discount import Discount
from functions.shop.invoice import file_name
from functions.shop.ledger import Spending
from functions.shop.money import MoneyFormat
from functions.shop.order import Order
from functions.shop.settings import Settings
from functions.shop.tax import Relief, TaxLine
from tests.shop.living import done, paid
from tests.small_shop import SETTINGS, write_release
from tests.web.forms import visible
from tests.web.ordering import buy, do

SELLER = replace(SETTINGS, vat_id="IE1234567T")
GERMAN = replace(SELLER, language="de", money=MoneyFormat("EUR", 2, ",", ".", suffix=" €"))


def text(order: Order, settings: Settings = SELLER) -> list[str]:
    """What is printed, line by line, without the foot of the sheets."""
    sheets = PdfReader(BytesIO(invoice_pdf(order, settings))).pages
    return [line.strip() for sheet in sheets for line in sheet.extract_text().splitlines()[:-2] if line.strip()]


def test_an_invoice_says_all_that_the_law_asks_for() -> None:
    """Parties, number, dates, goods, sums, tax by rate and the payment, to the last line."""
    order = replace(done(paid(), Ship("DHL", "1")), vat_id="")
    assert text(order) == [
        *("Seller", "Small Shop Ltd", "1 Pier Road", "Harbour", "Co. Mayo", "F26 X0X0", "Ireland"),
        *("VAT number IE1234567T", "owner@small.example", "+353 20 912 3456"),
        *("Buyer", "Ada Byrne", "4 Quay Street", "Westport", "Mayo", "F28 X000", "Ireland", "ada@example.org"),
        "Invoice 7",
        *("Date of invoice", "15 January 2027", "Order number", "ORDER-1"),
        *("Ordered", "15 January 2027", "Supplied", "15 January 2027"),
        *("What", "Quantity", "Price", "Amount"),
        *("2", "€2.50", "€5.00", "Postcard", "CARD"),
        *("1", "€24.00", "€24.00", "Print, A4, Oak", "PRINT-A4"),
        *("Subtotal", "€29.00", "Delivery", "€4.50", "Total", "€33.50"),
        *("Tax by rate", "Net", "Tax", "Gross", "VAT 23%", "€27.24", "€6.26", "€33.50"),
        *("Payment", "€33.50 paid on 15 January 2027 through Stripe"),
    ]


def test_two_calls_give_the_same_bytes() -> None:
    """Whoever opens it next year sees what was sent."""
    order = paid()
    assert invoice_pdf(order, SELLER) == invoice_pdf(order, SELLER)


@pytest.mark.parametrize(
    "name", ["Łódź Żółkiewska", "Ñandú Muñoz", "Straße ẞ", "Ελλάδα Παπαδοπούλου", "Чайковский", "Ő Ű Ţ Ğ İ ı Đ ð"]
)
def test_names_of_all_europe_are_printed_as_they_are_written(name: str) -> None:
    order = paid()
    assert order.address
    assert name in text(replace(order, billed=replace(order.address, name=name)))


@pytest.mark.parametrize("name", ["Թումանյան", "თამარ", "Nguyễn ☎ №"])
def test_a_name_with_rarer_signs_is_printed_as_well(name: str) -> None:
    """Its line is printed with the whole font, the others with the usual signs alone."""
    order = paid()
    assert order.address
    written = invoice_pdf(replace(order, billed=replace(order.address, name=name)), SELLER)
    assert name in PdfReader(BytesIO(written)).pages[0].extract_text()
    assert len(set(re.findall(rb"/FontFile2 \d+", written))) == 3
    assert len(set(re.findall(rb"/FontFile2 \d+", invoice_pdf(order, SELLER)))) == 2


@pytest.mark.parametrize(("font", "signs"), [(PLAIN, 1294), (BOLD, 1294)])
def test_the_usual_signs_are_as_wide_as_in_the_whole_font(font: str, signs: int) -> None:
    """So a line breaks where it would, whichever font it is printed with."""
    whole, usual = (TTFont(name, FONTS / f"{name}.ttf").face.charWidths for name in (font, font + USUAL))
    del usual[0xFFFF]  # no sign: it ends the table of them
    assert len(usual) == signs
    assert {sign: whole.get(sign) for sign in usual} == usual


def test_an_attack_is_only_text() -> None:
    """No mark-up is read, no sign steers the printer or turns the direction, and no link opens."""
    evil = "<b>Ada</b> <script>alert(1)</script> \u202eevil\u202c\x00\x1b[31m (x) Tj ET"
    order = paid()
    assert order.address
    order = replace(order, billed=replace(order.address, name=evil))
    written = invoice_pdf(order, SELLER)
    assert "<b>Ada</b> <script>alert(1)</script> evil [31m (x) Tj ET" in " ".join(text(order))
    assert b"/JavaScript" not in written
    assert b"/Annots" not in written


def test_a_very_long_word_and_fifty_lines_stay_on_the_sheets() -> None:
    """The table goes on over the page, with its head, and nothing is lost."""
    order = paid()
    line = replace(order.lines[0], title="W" * 300)
    order = replace(order, lines=(line, *(replace(order.lines[1], sku=f"SKU-{n}") for n in range(50))))
    sheets = PdfReader(BytesIO(invoice_pdf(order, SELLER))).pages
    assert len(sheets) == 4
    told = "\n".join(sheet.extract_text() for sheet in sheets)
    assert told.count("W") >= 300
    assert all(f"SKU-{n}\n" in f"{told}\n" for n in range(50))
    assert all("What" in sheet.extract_text() for sheet in sheets[:3])


def test_promotions_balances_and_money_back_stand_on_it() -> None:
    """What was taken off, what a gift card paid, and what went back of each."""
    order = done(paid(), Cancel(Actor.OWNER))
    spent = (Spending("gift_card:EUR:x", BalanceKind.GIFT_CARD, 1000, "GIFT-…AB2C", returned=400),)
    lines = text(replace(order, spent=spent))
    assert "Paid with GIFT-…AB2C -€10.00" in joined(lines)
    assert "€10.00 paid with GIFT-…AB2C" in lines
    assert "€33.50 given back on 15 January 2027" in lines
    assert "€4.00 given back on GIFT-…AB2C" in lines


def joined(lines: list[str]) -> str:
    return " ".join(lines)


@pytest.mark.parametrize(
    ("relief", "sentence"),
    [
        (Relief.REVERSE_CHARGE, "Reverse charge: the buyer owes the tax (article 196 of directive 2006/112/EC)."),
        (Relief.EXPORT, "No tax: the goods leave the tax area (article 146 of directive 2006/112/EC)."),
    ],
)
def test_where_no_tax_is_due_it_says_why(relief: Relief, sentence: str) -> None:
    """With both VAT numbers where the buyer owes the tax."""
    order = replace(paid(), vat_id="DE136695976", taxes=(TaxLine("VAT", 0, 3350, 0, relief),), tax=0)
    lines = text(order)
    assert sentence in lines
    assert "VAT number DE136695976" in lines
    assert "VAT number IE1234567T" in lines


def test_a_german_invoice_is_german() -> None:
    """The shop's words, amounts and days as they are written there."""
    lines = text(replace(paid(), taxes=(TaxLine("MwSt.", 1900, 2815, 535),)), GERMAN)
    assert "Rechnung 7" in lines
    assert "Rechnungsdatum" in joined(lines)
    assert "MwSt. 19 % 28,15 € 5,35 € 33,50 €" in joined(lines)
    assert not {"Seller", "Buyer", "Payment", "What", "Quantity", "Total"} & set(joined(lines).split())


def test_only_who_has_the_key_sees_it(app: App, browser: Client) -> None:
    """To everybody else there is none (R27); the token of a mail opens it once it has left the address."""
    order = buy(app, browser)
    path = f"/order/{order.id}/invoice.pdf"
    answer = browser.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"] == "inline; filename=Small-Shop-Invoice-1.pdf"
    assert answer.data == invoice_pdf(order, app.catalogue.current().settings)
    assert Client(app).get(path).status_code == 404
    other = Client(app)
    opened = other.get(path, query_string={"t": app.tokens.for_order(order.id)})
    assert (opened.status_code, opened.headers["Location"]) == (303, path)
    assert other.get(path).status_code == 200


@pytest.mark.parametrize(
    ("shop", "title", "name"),
    [
        ("Tern & Gale", "Invoice 7", "Tern-Gale-Invoice-7.pdf"),
        ("Möwe", "Rechnung 12", "Möwe-Rechnung-12.pdf"),
        ("Мис", "Invoice 7", "Мис-Invoice-7.pdf"),
        ('../"x"\r\n; a=b', "Invoice 7", "x-a-b-Invoice-7.pdf"),
        ("!!!", "Invoice 7", "Invoice-7.pdf"),
        ("A" * 200, "Invoice 7", "A" * 60 + "-Invoice-7.pdf"),
    ],
)
def test_its_file_is_called_after_the_shop_and_its_number(shop: str, title: str, name: str) -> None:
    """So that a customer finds it again among a hundred others; no sign of it means anything to a disk or a header."""
    assert file_name(shop, title) == name


def test_letters_that_a_header_cannot_hold_are_written_in_its_second_form(tmp_path: Path, app: App) -> None:
    """RFC 6266: a plain name for old browsers, and the right one beside it."""
    write_release(tmp_path / "build", settings=replace(SETTINGS, name="Zürcher Möwe", language="de"))
    browser = Client(app)
    order = buy(app, browser)
    said = browser.get(f"/order/{order.id}/invoice.pdf").headers["Content-Disposition"]
    assert (
        said == "inline; filename=Zurcher-Mowe-Rechnung-1.pdf; filename*=UTF-8''Z%C3%BCrcher-M%C3%B6we-Rechnung-1.pdf"
    )


def test_an_order_without_a_number_has_no_invoice(app: App, browser: Client) -> None:
    """It is not paid, or it is older than the numbers."""
    order = buy(app, browser)
    app.store.save(replace(order, invoice=0, version=order.version + 1))
    assert browser.get(f"/order/{order.id}/invoice.pdf").status_code == 404


def test_it_can_be_got_from_the_page_and_changes_nothing(app: App, browser: Client) -> None:
    order = do(app, buy(app, browser), Ship("DHL", "1"))
    assert f"/order/{order.id}/invoice.pdf" in browser.get(f"/order/{order.id}/invoice").text
    browser.get(f"/order/{order.id}/invoice.pdf")
    browser.head(f"/order/{order.id}/invoice.pdf")
    assert app.store.order(order.id) == order


@pytest.mark.parametrize(("off", "on_top"), [(0, 0), (450, 0), (0, 667), (250, 609), (0, -542)])
def test_sums_on_the_invoice_are_those_of_the_order(off: int, on_top: int) -> None:
    """Read back from the paper: goods, less what comes off, with delivery and tax on top, are the total."""
    ordered = paid()
    discounts = (Discount("off", "Spring", "", off, (off, 0)),) if off else ()
    order = replace(ordered, discounts=discounts, total=ordered.total - off + on_top)
    lines = text(order)
    start, end = lines.index("Subtotal"), lines.index("Total")
    printed = [int(re.sub("[€.]", "", line)) for line in lines[start:end] if "€" in line]
    assert sum(printed) == order.total == int(re.sub("[€.]", "", lines[end + 1]))
    assert printed[0] == order.subtotal == 2900


def test_the_page_says_what_the_file_says(app: App, browser: Client) -> None:
    """Every line of it, the reason for which no tax is due among them."""
    order = buy(app, browser)
    free = replace(order, taxes=(TaxLine("VAT", 0, 3350, 0, Relief.EXPORT),), version=order.version + 1)
    app.store.save(free)
    page = visible(browser.get(f"/order/{order.id}/invoice"))
    printed = [line for line in text(free, app.catalogue.current().settings) if line]
    assert "No tax: the goods leave the tax area (article 146 of directive 2006/112/EC)." in printed
    assert [line for line in printed if line not in page] == []
