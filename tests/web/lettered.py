"""A letter of every kind, and of every topic that the owner is told, from orders to which all has happened."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from functions.ports import Catalogue, Letter, Release
from functions.shop import promotion
from functions.shop.acts import (
    Actor,
    ApproveReturn,
    Ask,
    AskReturn,
    Cancel,
    ChangeAddress,
    CorrectTracking,
    Deliver,
    GiveBack,
    NoteFate,
    OfferCoupon,
    ReceiveReturn,
    RejectReturn,
    Resend,
    Ship,
    Warn,
    Withdraw,
)
from functions.shop.code import account_of, label
from functions.shop.email import customer_key
from functions.shop.facts import PaymentFacts, RefundFacts
from functions.shop.ledger import Card, Earning
from functions.shop.message import Fate, Kind, Message, sent
from functions.shop.note import Notes
from functions.shop.notice import Notice, alarm
from functions.shop.order import Order, owing
from functions.shop.payment import Dispute, FraudWarning
from functions.shop.placing import place
from functions.shop.promotion import Conditions, Promotion
from functions.shop.refunds import refund_failing
from functions.shop.settings import Address, Settings
from functions.shop.settling import decide
from functions.shop.shipment import Pieces
from functions.shop.trouble import learn
from functions.web.letters import Letters
from functions.web.page import Pages
from functions.web.tokens import Tokens
from functions.wiring import THEME
from tests.service.conftest import SmallRelease
from tests.shop.balanced import CODES, pays, with_cards
from tests.shop.living import LATER, PRINT, done, paid
from tests.shop.sample import ADA, NOW, facts, placed
from tests.small_shop import SETTINGS

URL = "https://small.example"
SECRET = "a-secret-of-a-small-shop"
TERN = Promotion(
    "tern",
    "Welcome <back>",
    promotion.Kind.AMOUNT,
    code="TERN-5",
    amount=500,
    conditions=Conditions(ends="2027-02-01T00:00", min_goods=4000),
)
DAY = 86_400


@dataclass(frozen=True)
class Shelf:
    """ports.Catalogue of one release."""

    release: Release

    def current(self) -> Release:
        return self.release


def letters(settings: Settings = SETTINGS, *folders: Any) -> Letters:
    """What writes the small shop's mails."""
    settings = replace(settings, promotions=(*settings.promotions, TERN))
    catalogue: Catalogue = Shelf(SmallRelease(id=settings.language, settings=settings))
    return Letters(Pages(*folders, THEME), catalogue, Tokens([SECRET], lambda: NOW), CODES, URL)


def every_letter(written: Letters, words: str = "The corner is bent.", address: Address = ADA) -> dict[str, Letter]:
    """All of them by the name of their message; customers write `words` wherever they can, and live at `address`."""
    found: dict[str, Letter] = {}
    owed: list[Order | Notice] = [*orders(words, address), *notices(words)]
    for of in owed:
        for message in of.messages if isinstance(of, Order) else [of.message]:
            name = message.name if message.name not in found else f"{message.name} in {of.id}"
            found[name] = written.write(of, message)
    return found


def orders(words: str, address: Address) -> Iterator[Order]:
    """Orders that have owed every mail between them."""
    yield replace(kept(words, address), id="ORDR-KEPT-0001")
    yield replace(withdrawn(words), id="ORDR-BACK-0002")
    yield replace(withdrawn_late(words), id="ORDR-SENT-0006")
    yield replace(withdrawn_again(words), id="ORDR-BACK-0007")
    yield replace(troubled(), id="ORDR-TRBL-0003")
    waiting = decide(replace(placed(), session="cs_1"), facts(payment_status="unpaid"), NOW).order
    yield replace(waiting, id="ORDR-WAIT-0004")
    yield decide(waiting, facts(payment_status="unpaid", failed=True), NOW + DAY).order
    gone = decide(replace(placed(), session="cs_1"), facts(status="expired", payment_status="unpaid"), NOW).order
    yield decide(gone, facts(), LATER, restock=False).order
    yield replace(given_back_twice(), id="ORDR-PART-0009")
    yield replace(paid_by_gift_card(), id="ORDR-CARD-0010")
    yield bought_as_a_gift()
    yield bought_to_download()


def kept(words: str, address: Address) -> Order:
    """Shipped in two parcels, one of which came back; its customer had much to say."""
    order = done(
        paid(),
        Ask("Q1", words),
        ChangeAddress(replace(address, line2="Flat 5")),
        Warn("The frames come on Monday.\nWe are sorry.", 0),
        Ship("DHL", "00340434161094022115", (Pieces(0, 2),)),
        Ship("An Post", "CE 123 456 789 EI"),
    )
    order = done(
        replace(order, messages=tuple(sent(message, LATER) for message in order.messages)),
        CorrectTracking("2", "An Post", "CE 123 456 789 IE"),
        Deliver(),
        AskReturn("R1", (Pieces(PRINT, 1),), words, 14),
        ApproveReturn("R1", "A label is in the attachment of our next mail."),
        ReceiveReturn("R1", 2400),
        AskReturn("R2", (Pieces(0, 1),), words, 14),
        RejectReturn("R2", "It has been written on."),
        Resend(Kind.LINK),
        NoteFate("confirmation", Fate.BOUNCED),
        NoteFate("shipped:1", Fate.COMPLAINED),
    )
    order = owing(order, Kind.OWNER, LATER, about="unsent:delivered:1")
    order = replace(order, notes=Notes(words, words))
    order = replace(order, held="Stripe charged 3351 EUR (in minor units), not 3350 EUR.")
    order = done(order, OfferCoupon("tern 5"))
    return owing(owing(order, Kind.REVIEW, LATER + 10 * DAY), Kind.HELD, LATER)


def withdrawn(words: str) -> Order:
    """Cancelled by its customer, who withdrew before it was packed; some of it had been paid with a gift card."""
    bought = replace(paid(), spent=pays(1000), payments=(replace(paid().payments[0], amount=2350),))
    return done(bought, Withdraw("W1", "Ada Byrne", "ada@example.org", words))


def withdrawn_late(words: str) -> Order:
    """Shipped, and then its customer withdrew."""
    return done(paid(), Ship("", ""), Withdraw("W2", "Ada Byrne", "ada@example.org", words))


def withdrawn_again(words: str) -> Order:
    """Cancelled by its owner, and then its customer withdrew."""
    ended = replace(done(paid(), Cancel(Actor.OWNER)), cancelled_at=LATER - DAY)
    return done(ended, Withdraw("W3", "Ada Byrne", "ada@example.org", words))


def troubled() -> Order:
    """Cancelled at once, its refund refused, then failed; and yet disputed."""
    order = done(paid(), Cancel(Actor.CUSTOMER))
    key = order.refunds[0].key
    disputes = [
        Dispute(f"du_{status}", "pi_1", 3350, status, "fraudulent", LATER)
        for status in ("needs_response", "won", "lost")
    ]
    refunds = (
        RefundFacts("re_1", "pi_1", 3350, "succeeded", key, LATER),
        RefundFacts("re_2", "pi_1", 500, "succeeded", "", LATER),
    )
    order = learn(refund_failing(order, key, LATER), PaymentFacts("pi_1", refunds), LATER).order
    failed = replace(refunds[0], status="failed")
    warned = (FraudWarning("issfr_1", "pi_1", "made_with_stolen_card", LATER),)
    order = learn(order, PaymentFacts("pi_1", (failed,), tuple(disputes), warned), LATER).order
    return owing(order, Kind.OWNER, LATER, about="something_new:1")


def given_back_twice() -> Order:
    """A gift card paid some of it; some money went back, then a return."""
    bought = replace(paid(), spent=pays(1000), payments=(replace(paid().payments[0], amount=2350),))
    order = done(bought, GiveBack(335, "Sorry.", 0), Ship("", ""), AskReturn("R3", (Pieces(0, 2),), "", 14))
    order = done(order, ReceiveReturn("R3", 670))
    made = RefundFacts("re_3", "pi_1", 235, "succeeded", order.refunds[0].key, LATER)
    return learn(order, PaymentFacts("pi_1", (made,)), LATER).order


def paid_by_gift_card() -> Order:
    """A gift card paid all of it, and some of it went back there."""
    bought = replace(paid(), spent=pays(3350), payments=(replace(paid().payments[0], amount=0),))
    return done(bought, GiveBack(950, "Sorry.", 0))


def bought_as_a_gift() -> Order:
    """Two gift cards, and two postcards for which somebody gets points."""
    cards = tuple(Card(account_of(code, "EUR"), 2500, label(code)) for code in gift_codes("ORDR-GIFT-0007"))
    order = place("ORDR-GIFT-0007", with_cards(), "release-1", NOW, cards=cards).order
    order = replace(order, session="cs_1", earned=Earning(120))
    account = account_of(CODES.points(customer_key("ada@example.org")), "EUR")
    return decide(order, facts(order.id, amount=order.due), LATER, points_account=account).order


def bought_to_download() -> Order:
    """Two files."""
    waiting = replace(placed("ORDR-FILE-0008"), session="cs_1")
    files = tuple(replace(line, digital=True, file=f"{line.sku}.pdf") for line in waiting.lines)
    bought = replace(waiting, lines=files, country="", shipping=None, subtotal=3350)
    return decide(bought, facts(waiting.id, address=None), LATER).order


def gift_codes(order_id: str) -> list[str]:
    """The codes of two gift cards of an order."""
    return [CODES.gift_card(order_id, number) for number in range(2)]


def notices(words: str) -> Iterator[Notice]:
    """Mails that belong to no order."""
    said = {"name": "Ada Byrne", "number": "7K3M-9QXD-4FTR", "text": words, "at": str(NOW)}
    said |= {"email": "ada@example.org"}
    yield Notice("N-6", 1, Message(Kind.OWNER, "", NOW, key="owner:withdrawal:N-1"), said)
    yield Notice("N-1", 1, Message(Kind.WITHDRAWAL, "ada@example.org", NOW, key="withdrawal:N-1"), said)
    back = {"name": "Print, A4, Oak", "path": "/products/print/"}
    yield Notice("N-2", 1, Message(Kind.BACK_IN_STOCK, "ada@example.org", NOW), back)
    late = {
        "title": "Three orders are late",
        "happened": "They should have left by Friday.",
        "command": "pouch orders --late",
    }
    receipt = Notice("N-4", 1, Message(Kind.WITHDRAWAL, "ada@example.org", NOW))
    yield from (alarm(receipt, topic, NOW) for topic in ("unsent", "bounced"))
    late = {"day": "2027-01-15", "due": "ORDR-KEPT-0001=2027-01-15", "held": "", "arriving": ""}
    late |= {"overdue": "ORDR-0008=2027-01-13 ORDR-0009=2027-01-14", "undelivered": "ORDR-0007=2027-01-14"}
    yield Notice("N-3", 1, Message(Kind.OWNER, "", NOW, key="owner:late"), late)
    differs = {"day": "2027-01-15", "count": "2", "findings": "R11 CARD: 7 are reserved, open orders keep 4"}
    differs["findings"] += "\nR13 welcome: 9 uses are counted, 1 orders use it"
    yield Notice("N-7", 1, Message(Kind.OWNER, "", NOW, key="owner:audit"), differs)
    yield Notice("N-5", 1, Message(Kind.OWNER, "", NOW, key="owner:anything"), {"orders": "3"})
