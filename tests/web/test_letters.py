"""Every mail: one recipient, safe headers, links from the configured address, text and HTML saying the same (R23)."""

import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from functions.adapters.envelope import envelop, parse_sender
from functions.ports import Letter, Stream
from functions.shop.acts import Ask
from functions.shop.carrier import TRACKING
from functions.shop.code import label
from functions.shop.message import Kind, Message
from functions.shop.notice import Notice
from functions.shop.returns import Outcome
from functions.shop.settings import Address
from functions.shop.settling import decide
from functions.web.wording import WIDTH, harmless, wrapped
from functions.wiring import THEME
from plugins.mails import inlined_mails, publish_mails
from tests.shop.balanced import GIFT as GIFT_CODE
from tests.shop.living import done, paid
from tests.shop.sample import NOW, facts
from tests.shop.withdrawn import withdrawn
from tests.small_shop import SETTINGS
from tests.web.lettered import URL, every_letter, letters

SENDER = parse_sender("Small Shop <hello@small.example>")
LETTERS = every_letter(letters())
NUMBER = re.compile(r"\d[\d.,:]*\d|\d")
LINK = re.compile(r"https?://\S+")
LEFT_TO_RIGHT_OVERRIDE, RIGHT_TO_LEFT_MARK = "\u202e", "\u200f"
ATTACK = (
    f'<script>alert(1)</script>"><img src=x onerror=alert(1)>{LEFT_TO_RIGHT_OVERRIDE}cod.exe{RIGHT_TO_LEFT_MARK}\r\n'
    "Bcc: eve@evil.example\r\n\r\n{{ 7 * 7 }} https://evil.example/\x00\u2028" + "A" * 500
)
ATTACKED = every_letter(
    letters(), ATTACK, Address(ATTACK, ATTACK, "", "Westport\r\nSubject: x", "Mayo", "F28 X000", "IE")
)


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_mail_has_its_two_templates(kind: Kind) -> None:
    """Else nothing could be sent of what an order owes."""
    assert (THEME / "mail" / f"{kind}.txt").is_file()
    assert (THEME / "mail" / f"{kind}.html").is_file()


def test_the_sample_holds_every_kind_and_every_topic_of_the_owner() -> None:
    assert {name.partition(":")[0].partition(" ")[0] for name in LETTERS} == set(Kind)
    owners = {name.split(":")[1].partition(" ")[0] for name in LETTERS if name.startswith("owner:")}
    assert owners == {
        "address", "anything", "audit", "bounced", "cancelled", "complained", "dispute", "fraud_warning", "late",
        "question", "refund_failed", "refund_refused", "return", "something_new", "unsent", "withdrawal",
    }  # fmt: skip


@pytest.mark.parametrize("name", LETTERS)
def test_a_mail_goes_to_one_recipient(name: str) -> None:
    message = envelop(LETTERS[name], SENDER, NOW)
    owners = name.startswith(("owner", "held"))
    assert message["To"] == ("owner@small.example" if owners else "ada@example.org")
    assert [message["Cc"], message["Bcc"]] == [None, None]


@pytest.mark.parametrize("name", LETTERS)
def test_text_says_what_html_says(name: str) -> None:
    """The same numbers, amounts, dates and codes among them, and the same links."""
    letter = LETTERS[name]
    assert numbers(body(letter.text)) == numbers(visible(letter.html))
    assert links(letter.text) - {f"{URL}/"} == web_links(letter.html) - {f"{URL}/"}


@pytest.mark.parametrize("name", LETTERS)
def test_text_is_in_lines_that_every_mail_program_shows_whole(name: str) -> None:
    long = [line for line in LETTERS[name].text.split("\n") if len(line) > WIDTH]
    assert [line for line in long if not LINK.fullmatch(line.strip())] == []
    assert "\n\n\n\n" not in LETTERS[name].text


@pytest.mark.parametrize("name", LETTERS)
def test_links_lead_to_the_shop_or_to_a_carrier(name: str) -> None:
    found = [urlsplit(link) for link in hrefs(LETTERS[name].html)]
    hosts = {link.hostname for link in found if link.scheme in {"http", "https"}}
    assert hosts <= {"small.example", *(urlsplit(page).hostname for page in TRACKING.values())}
    mailboxes = {link.path for link in found if link.scheme == "mailto"}
    assert mailboxes <= {"owner@small.example", "ada@example.org"}


@pytest.mark.parametrize("name", ATTACKED)
def test_what_customers_write_is_harmless(name: str) -> None:
    """It is shown as it is, in the body; it makes no tag, no link, no header, no line of our own (R28)."""
    letter = ATTACKED[name]
    assert "<script" not in letter.html
    assert "<img" not in letter.html
    assert not any(
        sign in letter.html + letter.text for sign in (LEFT_TO_RIGHT_OVERRIDE, RIGHT_TO_LEFT_MARK, "\x00", "\r")
    )
    assert [line for line in letter.text.split("\n") if line.startswith(("Bcc", "Subject", "https://evil"))] == []
    assert {urlsplit(link).hostname for link in hrefs(letter.html)} <= {
        None, "small.example", "www.dhl.com", "www.anpost.com",
    }  # fmt: skip
    message = envelop(letter, SENDER, NOW)
    assert (message["Bcc"], len(letter.subject) < 100) == (None, True)


def test_the_owner_reads_of_each_order_that_cannot_wait_its_day_and_what_to_type_and_what_that_says() -> None:
    """What has left is not promised to be sent."""
    text = LETTERS["owner:late"].text
    assert text[text.index("Today these must") : text.index("Send what you can")] == (
        "Today these must leave:\n"
        "\n"
        "    ORDR-KEPT-0001  15 January 2027\n"
        "    pouch warn ORDR-KEPT-0001\n"
        "\n"
        "What its customer gets to read by that, until you write something else:\n"
        "\n"
        "    We will write to you as soon as it is on its way.\n"
        "\n"
        "These should have left by now:\n"
        "\n"
        "    ORDR-0008  13 January 2027\n"
        "    pouch warn ORDR-0008\n"
        "    ORDR-0009  14 January 2027\n"
        "    pouch warn ORDR-0009\n"
        "\n"
        "What its customer gets to read by that, until you write something else:\n"
        "\n"
        "    We will write to you as soon as it is on its way.\n"
        "\n"
        "These should have arrived by now:\n"
        "\n"
        "    ORDR-0007  14 January 2027\n"
        "    pouch warn ORDR-0007\n"
        "\n"
        "What its customer gets to read by that, until you write something else:\n"
        "\n"
        "    It has left us. We are asking where it is, and will write to you.\n"
        "\n"
    )


GIFT = label(GIFT_CODE)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        (
            "refunded:ORDER-1:back-0",
            (
                "We have given you back €3.35 of what you paid for order ORDR-PART-0009. You need do nothing. "
                f"€1.00 is back on {GIFT}, to spend again. "
                "€2.35 goes back the way you paid the rest; banks take up to ten days to show it."
            ),
        ),
        (
            "refunded:ORDER-1:back-0 in ORDR-CARD-0010",
            (
                "We have given you back €9.50 of what you paid for order ORDR-CARD-0010. You need do nothing. "
                f"€9.50 is back on {GIFT}, to spend again."
            ),
        ),
        (
            "return_received:R3",
            (
                "We are giving you back €4.70, the way it came. You need do nothing; "
                f"banks take up to ten days to show it. €2.00 goes back onto {GIFT}."
            ),
        ),
    ],
)
def test_a_mail_about_money_says_what_goes_where(name: str, says: str) -> None:
    """To the card, to the gift card, or some to each."""
    letter = LETTERS[name]
    assert says in " ".join(letter.text.split())
    assert says in " ".join(visible(letter.html).split()).replace(" .", ".")


AFTER_WITHDRAWAL = {
    Outcome.CANCELLED: ("Nothing had been packed", "Do not send it.", "pouch show ORDER-1"),
    Outcome.ENDED: ("This order had ended before you wrote", "There is nothing left to do.", "pouch show ORDER-1"),
    Outcome.UNPAID: ("This order has not been paid", "It is not paid", "pouch show ORDER-1"),
    Outcome.UNSENT: ("Your order was about to leave us", "do not send it and cancel it", "pouch cancel ORDER-1"),
    Outcome.PARTLY_SENT: (
        "What has not left us yet is not sent.",
        "The shop holds what has not left yet: do not send it.",
        "pouch return receive ORDER-1",
    ),
    Outcome.SENT: (
        "What you have got comes back to us",
        "What was sent comes back. Once it is there, say so, and the money goes back.",
        "pouch return receive ORDER-1",
    ),
    Outcome.AGREED: (
        "You had asked to send it back",
        "The return that was asked for needs no answer any more",
        "pouch return receive ORDER-1",
    ),
    Outcome.COMING: (
        "We had agreed already to take it back.",
        "You had agreed already to take all of it back.",
        "pouch return receive ORDER-1",
    ),
    Outcome.RETURNED: (
        "All of it had come back to us before you wrote.",
        "All of it had come back before.",
        "pouch show ORDER-1",
    ),
    Outcome.NOTHING: ("A person looks at it and writes to you.", "Nothing was left to cancel", "pouch show ORDER-1"),
}


@pytest.mark.parametrize("outcome", AFTER_WITHDRAWAL)
def test_after_a_withdrawal_customer_and_owner_read_what_really_happens_next(outcome: Outcome) -> None:
    """And neither reads what happens in another case."""
    order, (customer, owner, command) = withdrawn(outcome), AFTER_WITHDRAWAL[outcome]
    messages = {message.name: message for message in order.messages}
    for name, says in (("withdrawal:W1", (customer,)), ("owner:withdrawal:W1", (owner, command))):
        letter = letters().write(order, messages[name])
        read = (" ".join(letter.text.split()), " ".join(visible(letter.html).split()))
        assert all(text in one for one in read for text in says)
        others = {case[0 if name == "withdrawal:W1" else 1] for case in AFTER_WITHDRAWAL.values()} - set(says)
        assert not [other for other in others if other in read[0]]


def test_the_owner_reads_what_to_do_with_money_that_comes_after_a_withdrawal() -> None:
    late = decide(replace(withdrawn(Outcome.UNPAID), session="cs_1"), facts(), NOW + 60).order
    letter = letters().write(late, late.messages[-1])
    for read in (" ".join(letter.text.split()), " ".join(visible(letter.html).split())):
        assert "its customer had withdrawn before the money came. Nothing has been confirmed to them." in read
        assert "pouch cancel ORDER-1" in read
        assert "Compare the payment in Stripe" not in read


def test_what_customers_write_reaches_the_owner_in_full() -> None:
    text = " ".join(ATTACKED["owner:question:Q1"].text.split())
    assert '<script>alert(1)</script>"><img src=x onerror=alert(1)>cod.exe Bcc: eve@evil.example' in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in ATTACKED["owner:question:Q1"].html


def test_an_answer_to_what_a_customer_writes_goes_to_the_customer() -> None:
    """All other mails are answered to the shop."""
    answered = {name for name, letter in LETTERS.items() if letter.reply_to}
    assert answered == {
        "owner:address:2", "owner:question:Q1", "owner:return:R1", "owner:return:R2", "owner:return:R3",
        "owner:withdrawal:N-1", "owner:withdrawal:W1", "owner:withdrawal:W2", "owner:withdrawal:W3",
    }  # fmt: skip
    assert {LETTERS[name].reply_to for name in answered} == {"ada@example.org"}
    assert "Answer this mail: your answer goes to the customer." in LETTERS["owner:question:Q1"].text


@pytest.mark.parametrize("email", ["", '"ada lovelace"@example.org', "ada@example.org\r\nBcc: eve@evil.example"])
def test_an_odd_address_keeps_no_question_from_the_owner(email: str) -> None:
    """It then says where to look, or shows the address to be copied (R23)."""
    order = replace(done(paid(), Ask("Q1", "Where is it?")), email=email)
    letter = letters().write(order, order.messages[-1])
    message = envelop(letter, SENDER, NOW)
    assert (letter.reply_to, message["Reply-To"], message["Bcc"]) == ("", None, None)
    assert "Where is it?" in letter.text


def test_the_name_of_a_thing_cannot_break_a_subject() -> None:
    facts = {"name": "Print\r\nBcc: eve@evil.example", "path": "/products/print/"}
    letter = back_in_stock(facts)
    assert letter.subject == "It is back: Print"
    assert envelop(letter, SENDER, NOW)["Bcc"] is None


def back_in_stock(facts: dict[str, str]) -> Letter:
    """The news that something is back."""
    notice = Notice("N-9", 1, Message(Kind.BACK_IN_STOCK, "ada@example.org", NOW), facts)
    return letters().write(notice, notice.message)


def test_mails_that_nobody_needs_have_a_way_out_and_no_others() -> None:
    assert {name for name, letter in LETTERS.items() if letter.unsubscribe} == {
        "review",
        "coupon:tern5",
        "back_in_stock",
    }
    assert {name for name, letter in LETTERS.items() if letter.stream is Stream.MARKETING} == {"review", "coupon:tern5"}
    for name in ("review", "coupon:tern5", "back_in_stock"):
        assert LETTERS[name].unsubscribe in hrefs(LETTERS[name].html)


def test_an_address_is_written_the_same_wherever_it_stands() -> None:
    """To the customer, to the owner, and on the invoice's page and file (tests/web/test_invoice.py)."""
    lines = ["Ada Byrne", "4 Quay Street", "Flat 5", "Westport", "Mayo", "F28 X000", "Ireland"]
    for name in ("confirmation", "owner:address:2"):
        assert " ".join(lines) in " ".join(LETTERS[name].text.split())
        assert " ".join(lines) in " ".join(visible(LETTERS[name].html).split())


def test_a_rate_of_tax_is_written_the_same_in_text_and_html() -> None:
    """As the shop's language has it."""
    german = every_letter(letters(replace(SETTINGS, language="de")))["confirmation"]
    for letter, rate in ((LETTERS["confirmation"], "of which VAT 23%"), (german, "darin VAT 23\u00a0%")):
        assert rate in letter.text
        assert rate in visible(letter.html)


def test_a_coupon_is_told_as_its_promotion_has_it() -> None:
    """The code as the owner writes it, what it is for, and the last day of its time."""
    letter = LETTERS["coupon:tern5"]
    assert letter.subject == "A code for you at Small Shop: Welcome <back>"
    text = " ".join(letter.text.split())
    assert "TERN-5 It is for goods worth €40.00 or more. It is valid until 31 January 2027." in text
    assert "<h1" in letter.html
    assert "Welcome &lt;back&gt;" in letter.html


def test_news_of_a_mail_finds_its_way_back() -> None:
    assert LETTERS["shipped:1"].tags == {"order": "ORDR-KEPT-0001", "message": "shipped:1"}
    assert LETTERS["shipped:1"].message_id == "ORDR-KEPT-0001.shipped.1"
    assert LETTERS["back_in_stock"].tags == {"notice": "N-2"}


def test_a_parcel_is_followed_at_its_carrier() -> None:
    assert "https://www.dhl.com/en/express/tracking.html?AWB=00340434161094022115" in LETTERS["shipped:1"].text
    assert "https://www.anpost.com/Post-Parcels/Track/History?item=CE123456789IE" in LETTERS["shipped:2"].text


def test_mails_say_the_same_once_their_styles_are_in_the_elements(tmp_path: Path) -> None:
    publish_mails(inlined_mails(THEME), tmp_path)
    for name, letter in every_letter(letters(SETTINGS, tmp_path / "templates")).items():
        assert visible(letter.html).split() == visible(LETTERS[name].html).split(), name


def test_a_shop_without_a_region_leaves_no_gap_in_its_address() -> None:
    moved = replace(SETTINGS, language="en-IE", address=replace(SETTINGS.address, region=""))
    assert "Small Shop Ltd, 1 Pier Road, Harbour, F26 X0X0, Ireland" in every_letter(letters(moved))["link:1"].text


def test_lines_are_wrapped_with_their_indent_and_addresses_stay_whole() -> None:
    assert wrapped("    " + "word " * 20).split("\n") == [
        "    " + "word " * 13 + "word",
        "    word word word word word word",
    ]
    assert wrapped("1. " + "word " * 20).split("\n")[1].startswith("   word")
    assert wrapped("See  https://small.example/" + "a" * 90) == "See\nhttps://small.example/" + "a" * 90
    assert wrapped("A" * 100) == "A" * 74 + "\n" + "A" * 26
    assert wrapped("a\n\n\n\n\nb") == "a\n\n\nb"


def test_marks_that_turn_writing_around_are_taken_out() -> None:
    assert harmless("a\u202eb\u2066c\u061cd\x00e\r\nf\tg\x85h") == "abcde\nf\tgh"


def visible(html: str) -> str:
    """What a mail program shows of HTML, but for what stands beside the subject."""
    shown = re.sub(r'<head>.*</head>|<div class="preview".*?</div>', "", html, flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]*>", " ", shown))


def body(text: str) -> str:
    """The text without addresses of the web, which HTML hides behind words."""
    return LINK.sub("", text)


def numbers(text: str) -> set[str]:
    """Every number in a text; those of a list are its own."""
    return {*NUMBER.findall(re.sub(r"^\d\. ", "", text, flags=re.MULTILINE))}


def links(text: str) -> set[str]:
    return set(LINK.findall(text))


def hrefs(html: str) -> list[str]:
    return [unescape(link) for link in re.findall(r'(?:href|src|action)="([^"]*)"', html)]


def web_links(html: str) -> set[str]:
    return {link for link in hrefs(html) if link.startswith("http")}
