"""A German shop says nothing in English of its own: on pages, on pages of functions, in mails, in feeds and scripts."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from email import message_from_bytes
from email.policy import default
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from werkzeug.test import Client

from functions.adapters.file_catalogue import every_variant
from functions.app import App
from functions.language.words import FOLDER, words_in
from functions.local.standin import running_standin
from functions.service.stocking import declare
from functions.shop.changes import changes, summary_of
from functions.shop.code import BalanceKind
from functions.shop.coupon import CodeProblem
from functions.shop.discount import Discount
from functions.shop.invoice import invoice_of
from functions.shop.ledger import Card, Earning, Spending
from functions.shop.note import Notes
from functions.shop.order import Order
from functions.shop.payment import Payment, Refund
from functions.shop.progress import steps
from functions.shop.returns import Outcome, Question, Return, ReturnState, Withdrawal
from functions.shop.reversal import Reversal
from functions.shop.sentence import Sentence
from functions.shop.settings import Address, Agreement
from functions.shop.shipment import Pieces, Shipment
from functions.shop.tax import Relief, TaxLine
from functions.shop.withdrawal_text import NEXT, to_come
from functions.web.entered import Entered
from functions.web.matter import MoneyBack
from functions.web.page import Pages
from functions.web.return_page import REASONS
from functions.web.statement import Statement
from functions.wiring import THEME
from plugins.examples import examples
from plugins.mails import inlined_mails, publish_mails
from tests.golden.building import HERE, build_sample, texts
from tests.language.english import english_in
from tests.living_shop import settings
from tests.small_shop import SETTINGS, write_release
from tests.web.forms import SELF, add, cart_form, check_out
from tests.web.paying import pay

pytestmark = pytest.mark.slow


OWNERS_WORDS = {"Thank you", "nothing"}
"""What the owner of the sample shop says in English as well."""
GERMAN = replace(SETTINGS, language="de", locale="de-DE")


def german_shop(folder: Path) -> Path:
    """The content of the sample shop, in whose settings the language is German."""
    content = shutil.copytree(HERE / "shop", folder / "content")
    file = content / "shop" / "shop.yaml"
    file.write_text(file.read_text().replace("language: en", "language: de").replace("locale: en_IE", "locale: de_DE"))
    return content


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the build makes of it."""
    folder = tmp_path_factory.mktemp("german")
    build_sample(folder, german_shop(folder))
    return folder / "output"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    """The functions of the small shop, in German, beside a payment stand-in."""
    write_release(tmp_path / "build", settings=GERMAN)
    with running_standin() as standin:
        made = App(settings("http://127.0.0.1:8000", standin.url, tmp_path, tmp_path / "build"))
        declare(every_variant(tmp_path / "build"), made.store)
        yield made


@pytest.fixture
def browser(app: App) -> Client:
    return Client(app, use_cookies=True)


def test_no_page_feed_or_script_says_anything_in_english(output: Path) -> None:
    files = [path for path in output.rglob("*") if path.suffix in {".html", ".md", ".txt", ".xml", ".js"}]
    ours = [path for path in files if "pagefind" not in path.parts]
    found = {
        path.relative_to(output).as_posix(): english_in(path.read_text(encoding="utf-8")) - OWNERS_WORDS
        for path in ours
    }
    assert len(found) > 20
    assert {name: words for name, words in found.items() if words} == {}


def test_every_page_says_that_it_is_german(output: Path) -> None:
    pages = [path.read_text(encoding="utf-8") for path in output.rglob("*.html")]
    assert all('<html lang="de">' in page for page in pages)


def test_addresses_are_the_same_in_every_language(output: Path) -> None:
    for address in ("all", "search", "journal"):
        assert (output / address).is_dir() == (address != "journal")  # the sample shop has no journal
    assert (output / "birds" / "price-up").is_dir()


def test_scripts_are_published_with_german_words(output: Path) -> None:
    [results] = output.glob("static/results.*.js")
    assert '"Mehr zeigen"' in results.read_text(encoding="utf-8")


def test_the_page_of_a_product_speaks_german(output: Path) -> None:
    page = (output / "products/tern-print/index.html").read_text(encoding="utf-8")
    assert ">In den Warenkorb<" in page
    assert ">ab 24,00\xa0€ <small>inkl.\xa0VAT</small>" in page
    assert 'aria-label="Sie sind hier"' in page


def shown(browser: Client, address: str, **request: object) -> str:
    """The page at an address, after it was asked for English that is ours."""
    text = browser.open(address, headers=SELF, **request).get_data(as_text=True)  # type: ignore[arg-type]
    main = text.partition('<main id="main">')[2]
    assert main, text
    assert english_in(text) - {"Cart"} == set()  # the frame of the small shop is not the theme's
    return main


def test_cart_wishlist_and_notes_speak_german(app: App, browser: Client) -> None:
    assert "Es liegt noch nichts darin." in shown(browser, "/cart")
    add(browser, "PRINT-A4", 2)
    add(browser, "LAST")
    assert "Zahlungspflichtig bestellen</button>" in shown(browser, "/cart")
    add(browser, "LAST", 3)
    assert "Bitte bestellen Sie höchstens 1." in shown(browser, "/cart")
    refused = shown(browser, "/cart", method="POST", data={"action": "add", "sku": "NONE"})
    assert "NONE wird hier nicht verkauft." in refused
    odd = shown(browser, "/cart", method="POST", data={"quantity.LAST": "1.5"})
    assert "Eine Menge ist eine ganze Zahl" in odd
    assert "<h1>Ein Merkzettel</h1>" in shown(browser, "/wishlist?s=CARD.GONE.LAST")
    assert "<h1>Ihr Merkzettel</h1>" in shown(browser, "/wishlist")
    assert "bestellbar" in shown(browser, "/notify?sku=CARD")


@pytest.mark.parametrize(
    ("method", "address", "said"),
    [
        ("GET", "/nowhere", "Unter dieser Adresse ist nichts."),
        ("POST", "/order/0000-0000-0000", "Diese Adresse lässt sich so nicht aufrufen."),
        ("POST", "/wishlist", "Das Formular war nicht zu lesen."),
    ],
)
def test_messages_speak_german(browser: Client, method: str, address: str, said: str) -> None:
    assert said in shown(browser, address, method=method)


def test_an_old_form_is_refused_in_german(app: App, browser: Client) -> None:
    add(browser, "CARD")
    form = cart_form(browser) | {"checkout": "forged"}
    assert "Diese Seite war lange geöffnet." in shown(browser, "/checkout", method="POST", data=form)


def test_a_purchase_is_german_to_its_mail(app: App, browser: Client) -> None:
    add(browser, "PRINT-A4")
    answer = check_out(browser)
    assert "Noch nicht bezahlt" in shown(browser, f"/order/{paying(browser)}")
    assert pay(answer.headers["Location"]) == 303
    number = paying(browser)
    assert "Vielen Dank, Sam" in shown(browser, f"/order/{number}")
    [file] = Path(app.setting("MAIL_FOLDER")).glob("*.eml")
    mail = message_from_bytes(file.read_bytes(), policy=default)
    subject, text = str(mail["Subject"]), mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert subject == f"Ihre Bestellung {number} bei Small Shop"
    assert "Ihre Zahlung ist angekommen, und wir packen Ihre Bestellung bald." in text
    html = mail.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert '<html lang="de">' in html
    assert english_in(subject + text + html) == set()


def paying(browser: Client) -> str:
    cookie = browser.get_cookie("paying")
    assert cookie
    return cookie.value


@pytest.mark.parametrize("inclusive", [True, False])
def test_pages_and_mails_of_functions_are_german_in_every_state(inclusive: bool, tmp_path: Path) -> None:
    """Orders in all states, held or not, of things and of files; carts with what is wrong; stock of all kinds."""
    publish_mails(inlined_mails(THEME), tmp_path)
    pages, found = Pages(tmp_path / "templates", THEME), {}
    tax = replace(GIVEN["shop"].tax, reverse_charge=True, inclusive=inclusive)
    asking = Agreement.LINK if inclusive else Agreement.BOX
    german = replace(GIVEN["shop"], language="de", tax=tax, agreement=asking)
    release: Any = SimpleNamespace(id="german", settings=german)
    for name, (template, context) in enumerate_states():
        found[name] = english_in(pages.fragment(release, template, **context))
    assert len(found) > 100
    assert {name: words for name, words in found.items() if words} == {}


GIVEN = examples(date(2026, 11, 24))
REJECTED = (CodeProblem("TEN", Sentence("You have used {code} already. Please remove it.", code="TEN")),)


def enumerate_states() -> Iterator[tuple[str, tuple[str, dict[str, Any]]]]:
    """What functions show, by a name for each: a template and its values."""
    for state, order in GIVEN["orders"].items():
        for number, variation in enumerate(variations(order)):
            yield from pages_of(f"{state} {number}", variation)
            for template in ("apology", "confirmation", "gift_card", "held"):
                for ending in ("txt", "html"):
                    earned = replace(variation, earned=Earning(120))
                    addresses = dict.fromkeys(("site_url", "order_url", "withdraw_url"), "https://x.example")
                    context = {"order": earned, **addresses}
                    context["cards"] = [("GIFT-AB2C", 2500), ("GIFT-CD3E", 5000)]
                    context["points_code"] = "POINTS-AB2C"
                    context["went_back"] = MoneyBack(5, (("GIFT-…AB2C", 5),))
                    yield f"{template}.{ending} {state} {number}", (f"mail/{template}.{ending}", context)
    pending = GIVEN["orders"]["pending"]
    for name, quote in {"good": GIVEN["quote"], **GIVEN["quotes"]}.items():
        for waiting in (None, replace(pending, pay_url="https://pay.example")):
            given: dict[str, Any] = {
                "quote": replace(quote, rejected=REJECTED),
                "checkout": "",
                "destinations": [],
                "notice": "",
                "news": changes(summary_of(GIVEN["quote"], GIVEN["shop"]), quote, GIVEN["shop"]),
                "accepted": False,
                "open_order": waiting,
            }
            given |= {"entered": Entered(("TEN",), "IE1234567T", "ada@x.example", Notes("Gruß", "Klingeln"))}
            yield f"cart {name} {bool(waiting)}", ("functions/cart.html", {**given, "title": ""})
    for name, offer in GIVEN["offers"].items():
        for asked in (True, False):
            yield f"notify {name} {asked}", ("functions/notify.html", {"offer": offer, "asked": asked, "notice": ""})
    yield from pages_without_order()


def pages_without_order() -> Iterator[tuple[str, tuple[str, dict[str, Any]]]]:
    """Wishlists, withdrawals, and the way to an order's link."""
    statement = {"statement": Statement("1", "Ada", "1", "a@b.example", "x"), "problems": {}, "notice": "", "form": ""}
    for name in ("withdraw", "withdraw_confirm", "withdrawn"):
        shown = {**statement, "title": "", "at": 1_800_000_000}
        for after in ("", *NEXT.values()):
            yield f"{name} {after}", (f"functions/{name}.html", {**shown, "next": after, "to_send": bool(after)})
    for sent in (True, False):
        context: dict[str, Any] = {"entered": {}, "problems": {}, "notice": "", "sent": sent, "title": ""}
        yield f"order link {sent}", ("functions/order_link.html", context)
    for mine, has_own in product((True, False), repeat=2):
        lists = {"offers": list(GIVEN["offers"].values()), "gone": ["A-1"], "text": "A-1", "address": "", "title": ""}
        yield f"wishlist {mine} {has_own}", ("functions/wishlist.html", {**lists, "mine": mine, "has_own": has_own})


def pages_of(name: str, order: Order) -> Iterator[tuple[str, tuple[str, dict[str, Any]]]]:
    """The pages of an order, before its promise is kept, and when that is late or came late."""
    common = {"order": order, "now": 1_800_000_000, "form": "", "notice": "", "problems": {}, "title": ""}
    may: dict[str, Any] = dict.fromkeys(("can_cancel", "can_change_address", "can_return", "can_withdraw"), True)
    stands = [("ahead", "ahead"), ("late", "ahead"), ("kept", "late"), ("kept", "missed"), ("kept", "kept")]
    for leaving, arriving in stands if order.dispatch_by else [("unknown", "unknown")]:
        shown: dict[str, Any] = {
            "steps": steps(order),
            "leaving": leaving,
            "arriving": arriving,
            "tracking": {"1": "", "2": "/t"},
        }
        shown |= {"downloads": [("Karte", "/download/x")] * order.count, "after_withdrawal": to_come(order)}
        shown["unsent"] = (Pieces(0, 1),)
        shown["done"] = "question" if leaving == "late" else "address"
        yield f"order {name} {leaving} {arriving}", ("functions/order.html", {**common, **may, **shown})
    made = invoice_of(order, replace(GIVEN["shop"], language="de"))
    yield f"invoice {name}", ("functions/invoice.html", {**common, "invoice": made})
    for possible in (True, False):
        back = {"amount": 0, "back": Reversal(5, (5,) * len(order.spent), 5), "possible": possible}
        yield f"cancel {name} {possible}", ("functions/cancel.html", {**common, **back})
        known = {"entered": order.address or Address(country="IE"), "possible": possible}
        yield f"address {name} {possible}", ("functions/address.html", {**common, **known})
        pieces = {"pieces": (Pieces(0, 1),) if possible else (), "reasons": REASONS, "entered": {}}
        yield f"return {name} {possible}", ("functions/return.html", {**common, **pieces})
    yield f"help {name}", ("functions/help.html", {**common, "text": "", "problem": ""})


def variations(order: Order) -> Iterator[Order]:
    """An order that is held or not, with an address for mail or without, of things, or of files that come late.

    And one with all that can be taken off it, on which no tax is due for every reason that there is.
    """
    paid = replace(order, payments=(Payment("p", "s", order.total, order.currency, 1),))
    said = {"digital": True, "backordered": True, "backorder": "14 d", "release_date": "2027-01-01"}
    late = tuple(replace(line, **said) for line in paid.lines)  # type: ignore[arg-type]
    files = replace(paid, country="", shipping=None, address=None, lines=late)
    off, spent = Discount("ten", "Zehn", "TEN", 5, ()), Spending("a", BalanceKind.GIFT_CARD, 5, "GIFT-…AB2C")
    taxed = (TaxLine("MwSt.", 2300, 5, 5), *(TaxLine("MwSt.", 0, 5, 0, relief) for relief in Relief))
    gifts = tuple(replace(line, gift=True, discount=line.total) for line in paid.lines)
    less = replace(paid, discounts=(off,), spent=(spent,), taxes=taxed, lines=gifts)
    withdrawn = replace(paid, withdrawals=(Withdrawal("w", "Ada", "a@b.example", "", 5, Outcome.UNPAID),))
    kinds = (paid, files, replace(paid, lines=late), less, lived(less), withdrawn)
    for one, held, email in product(kinds, ("", "4,50 €"), ("", "ada@x.example")):
        yield replace(one, held=held, email=email)


def lived(order: Order) -> Order:
    """With everything that can happen to an order later: parcels, refunds and returns in all states, a question."""
    pieces = (Pieces(0, 1),)
    parcels = (Shipment("1", pieces, "DHL", "1", 5), Shipment("2", pieces, "UPS", "2", 5, delivered_at=9))
    returns = tuple(Return(state.value, pieces, "x", 5, state, answered_at=5, amount=5) for state in ReturnState)
    made = ("", "pending", "succeeded", "failed")
    refunds = tuple(Refund(f"r{status}", "p", 5, "x", 5, status and "re_1", status) for status in made)
    return replace(
        order,
        shipments=parcels,
        returns=returns,
        refunds=refunds,
        spent=tuple(replace(one, returned=5) for one in order.spent),
        withdrawals=(Withdrawal("w", "Ada", "a@b.example", "", 5),),
        questions=(Question("q", "x", 5),),
        paid_at=5,
        packed_at=5,
        invoice=1,
        dispatch_by="2026-11-24",
        arrives_from="2026-11-25",
        arrives_to="2026-11-26",
        vat_id="DE123456789",
        cards=(Card("a", 5, "GIFT-…AB2C"),),
    )


def test_a_shop_in_another_language_and_other_words_make_everything_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build after the change makes what a build from nothing makes."""
    content = german_shop(tmp_path)
    file = content / "shop" / "shop.yaml"
    german = file.read_text()
    file.write_text(german.replace("language: de", "language: en").replace("locale: de_DE", "locale: en_IE"))
    build_sample(tmp_path, content)
    file.write_text(german)
    build_sample(tmp_path, content)
    assert texts(tmp_path) == cold(tmp_path / "cold", content)
    (tmp_path / "de.mo").write_bytes((FOLDER / "de.mo").read_bytes().replace(b"In den Warenkorb", b"In die Einkaufst"))
    monkeypatch.setattr("functions.language.words.FOLDER", tmp_path)
    words_in.cache_clear()
    try:
        build_sample(tmp_path, content)
        assert "In die Einkaufst" in (tmp_path / "output/products/card/index.html").read_text()
        assert texts(tmp_path) == cold(tmp_path / "other", content)
    finally:
        words_in.cache_clear()


def cold(folder: Path, content: Path) -> dict[str, str]:
    """What a build from nothing makes."""
    folder.mkdir()
    build_sample(folder, content)
    return texts(folder)
