"""The contract of a Mail. A new implementation inherits MailContract and says how its mails are read back."""

import json
import re
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from functions.adapters.file_mail import FileMail
from functions.adapters.ses_mail import SesMail, connect
from functions.adapters.ses_tags import untagged
from functions.adapters.smtp_mail import SmtpMail
from functions.ports import Letter, Mail, Stream
from functions.shop.errors import BadSetting, MailFailed
from tests.contract.post_office import PostOffice, post_office
from tests.contract.ses_office import SesOffice, ses_office

SENDER = "Søren & Gale <hello@shop.example>"
NOW = 1_800_000_000
LETTER = Letter(
    to="ada@example.org",
    subject="Your order 7K3M-9QXD-4FTR – thank you, Zoë",
    text="Dear Zoë,\n\n1 × Print, A4: €24.00\n.\nA line that is rather long " + "and longer " * 100 + "\n",
    html="<p>Dear Zoë,</p><p>1 × Print, A4: <b>€24.00</b></p>",
    message_id="7K3M-9QXD-4FTR.confirmation",
)

AWS = {
    "AWS_REGION": "eu-west-1",
    "AWS_DEFAULT_REGION": "eu-west-1",
    "AWS_ACCESS_KEY_ID": "x",
    "AWS_SECRET_ACCESS_KEY": "x",
}
Received = Callable[[], list[EmailMessage]]


def part(message: EmailMessage, kind: str) -> str:
    """The text of a mail's text or HTML part, with the line breaks that Python uses."""
    found = message.get_body((kind,))
    assert found is not None
    return str(found.get_content()).replace("\r\n", "\n")


# Each is one plain address by its characters, and something else once a mail program has decoded it.
ENCODED = ["=?utf-8?q?=0d=0aBcc=3a_x=40evil.example?=@b.example", "=?utf-8?b?DQpCY2M6IHhAZXZpbC5leGFtcGxl?=@b.example"]


class MailContract:
    """What every Mail does, sent from SENDER at NOW."""

    @pytest.fixture
    def mail(self) -> Mail:
        """The mail server as the shop sees it."""
        raise NotImplementedError

    @pytest.fixture
    def received(self) -> Received:
        """The mails that were accepted so far, the oldest first."""
        raise NotImplementedError

    @pytest.mark.parametrize("address", ENCODED)
    def test_an_address_that_hides_a_header_is_refused_before_anything_goes_out(
        self, mail: Mail, received: Received, address: str
    ) -> None:
        with pytest.raises(MailFailed, match="looks like an encoded one"):
            mail.send(replace(LETTER, to=address))
        with pytest.raises(MailFailed, match="looks like an encoded one"):
            mail.send(replace(LETTER, subject=address))
        assert received() == []

    def test_text_and_html_arrive_as_they_were_written(self, mail: Mail, received: Received) -> None:
        mail.send(LETTER)
        [message] = received()
        assert message.get_content_type() == "multipart/alternative"
        assert [each.get_content_type() for each in message.iter_parts()] == ["text/plain", "text/html"]
        assert part(message, "plain") == LETTER.text
        assert part(message, "html").strip() == LETTER.html

    def test_headers_say_from_whom_to_whom_what_and_when(self, mail: Mail, received: Received) -> None:
        mail.send(LETTER)
        [message] = received()
        assert message["From"] == "Søren & Gale <hello@shop.example>"
        assert message["To"] == "ada@example.org"
        assert message["Subject"] == "Your order 7K3M-9QXD-4FTR – thank you, Zoë"
        assert message["Date"] == "Fri, 15 Jan 2027 08:00:00 +0000"
        assert message["Message-ID"] == "<7K3M-9QXD-4FTR.confirmation@shop.example>"
        assert message["Auto-Submitted"] == "auto-generated"

    def test_a_second_try_has_the_same_id_so_that_mail_programs_can_tell(self, mail: Mail, received: Received) -> None:
        mail.send(LETTER)
        mail.send(LETTER)
        first, second = received()
        assert first["Message-ID"] == second["Message-ID"]

    def test_mails_stay_in_the_order_in_which_they_were_sent(self, mail: Mail, received: Received) -> None:
        for number in range(12):
            mail.send(replace(LETTER, message_id=f"mail-{number}"))
        assert [message["Message-ID"] for message in received()] == [
            f"<mail-{number}@shop.example>" for number in range(12)
        ]

    def test_a_domain_with_umlauts_is_written_as_mail_servers_know_it(self, mail: Mail, received: Received) -> None:
        mail.send(replace(LETTER, to="zoe@bücher.example"))
        [message] = received()
        assert message["To"] == "zoe@xn--bcher-kva.example"

    @pytest.mark.parametrize(
        "to",
        [
            "",
            "nobody",
            "@example.org",
            "ada@",
            "ada@example.org, eve@example.org",
            "ada@example.org;eve@example.org",
            "ada@example.org\r\nBcc: eve@example.org",
            "ada@example.org\nBcc: eve@example.org",
            "Ada <ada@example.org>",
            "ada@example.org>",
            "<ada@example.org> NOTIFY=NEVER",
            "ada@example.org\x00",
            "ada@example.org\u2028Bcc: eve@example.org",
            "a" * 65 + "@example.org",
            "zoë@example.org",
            "ada@" + "ü" * 80 + ".example",
        ],
    )
    def test_anything_but_one_plain_recipient_is_refused_and_nothing_goes_out(
        self, mail: Mail, received: Received, to: str
    ) -> None:
        with pytest.raises(MailFailed, match=r"^Mail '7K3M-9QXD-4FTR\.confirmation' cannot be written: "):
            mail.send(replace(LETTER, to=to))
        assert received() == []

    def test_an_answer_goes_where_the_letter_says(self, mail: Mail, received: Received) -> None:
        """To the sender, unless it says otherwise."""
        mail.send(replace(LETTER, reply_to="zoe@bücher.example"))
        mail.send(LETTER)
        first, second = received()
        assert (first["Reply-To"], second["Reply-To"]) == ("zoe@xn--bcher-kva.example", None)
        assert (first["To"], first["From"]) == ("ada@example.org", SENDER)

    @pytest.mark.parametrize(
        "reply_to",
        [
            "nobody",
            "ada@example.org, eve@example.org",
            "ada@example.org\r\nBcc: eve@example.org",
            "ada@example.org\nBcc: eve@example.org",
            "ada@example.org\u2028Bcc: eve@example.org",
            "Ada <ada@example.org>",
            *ENCODED,
        ],
    )
    def test_an_answer_goes_to_one_plain_address_or_nothing_goes_out(
        self, mail: Mail, received: Received, reply_to: str
    ) -> None:
        with pytest.raises(MailFailed, match=r"^Mail '7K3M-9QXD-4FTR\.confirmation' cannot be written: "):
            mail.send(replace(LETTER, reply_to=reply_to))
        assert received() == []

    @pytest.mark.parametrize(
        "line_break", ["\r\n", "\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029", "\x00", "\ud800"]
    )
    def test_a_line_break_in_the_subject_is_refused_and_nothing_goes_out(
        self, mail: Mail, received: Received, line_break: str
    ) -> None:
        with pytest.raises(MailFailed):
            mail.send(replace(LETTER, subject=f"Thanks{line_break}Bcc: eve@example.org"))
        assert received() == []

    @pytest.mark.parametrize("message_id", ["", "a b", "a>\r\nBcc: eve@example.org", "a@b", "é"])
    def test_an_odd_message_id_is_refused_and_nothing_goes_out(
        self, mail: Mail, received: Received, message_id: str
    ) -> None:
        with pytest.raises(MailFailed):
            mail.send(replace(LETTER, message_id=message_id))
        assert received() == []

    def test_text_that_is_no_text_is_a_failed_mail(self, mail: Mail, received: Received) -> None:
        with pytest.raises(MailFailed):
            mail.send(replace(LETTER, text="half a character: \ud800"))
        assert received() == []

    def test_a_long_subject_arrives_whole(self, mail: Mail, received: Received) -> None:
        subject = "Ünusually long " * 40 + "end"
        mail.send(replace(LETTER, subject=subject))
        assert received()[0]["Subject"] == subject

    def test_a_way_out_in_one_click_is_in_the_headers_whole(self, mail: Mail, received: Received) -> None:
        """https://www.rfc-editor.org/rfc/rfc8058; a link that is longer than a line is not broken into two."""
        link = "https://shop.example/unsubscribe/" + "WyJ.tX-_" * 20
        mail.send(replace(LETTER, unsubscribe=link))
        mail.send(LETTER)
        refusable, needed = received()
        assert refusable["List-Unsubscribe"] == f"<{link}>"
        assert refusable["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert [needed["List-Unsubscribe"], needed["List-Unsubscribe-Post"]] == [None, None]

    @pytest.mark.parametrize(
        "link",
        [
            "https://shop.example/>,<mailto:eve@evil.example",
            "https://a.example/\r\nBcc: eve@evil.example",
            "javascript:",
        ],
    )
    def test_a_way_out_that_is_no_link_is_refused_and_nothing_goes_out(
        self, mail: Mail, received: Received, link: str
    ) -> None:
        with pytest.raises(MailFailed, match="the link that ends such mails is none"):
            mail.send(replace(LETTER, unsubscribe=link))
        assert received() == []


class TestFileMail(MailContract):
    """Mails in a folder."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        """A folder that is not there yet."""
        return tmp_path / "var" / "mail"

    @pytest.fixture
    def mail(self, folder: Path) -> FileMail:
        """Mail into the folder."""
        return FileMail(folder, sender=SENDER, clock=lambda: NOW)

    @pytest.fixture
    def received(self, folder: Path) -> Received:
        """The files in the order of their names."""
        return lambda: [message_from_bytes(path.read_bytes(), policy=default) for path in sorted(folder.glob("*"))]

    def test_names_sort_by_time_and_none_is_written_twice(self, folder: Path) -> None:
        moments = iter([NOW + 1, NOW, NOW, NOW + 3600])
        mail = FileMail(folder, sender=SENDER, clock=lambda: next(moments))
        for _ in range(4):
            mail.send(LETTER)
        assert sorted(path.name for path in folder.iterdir()) == [
            "20270115T080000Z-001.eml",
            "20270115T080000Z-002.eml",
            "20270115T080001Z-001.eml",
            "20270115T090000Z-001.eml",
        ]

    def test_a_folder_that_cannot_be_written_is_a_failed_mail(self, tmp_path: Path) -> None:
        (tmp_path / "mail").write_text("a file where the folder should be")
        with pytest.raises(MailFailed, match="cannot be written"):
            FileMail(tmp_path / "mail", sender=SENDER, clock=lambda: NOW).send(LETTER)


class TestSmtpMail(MailContract):
    """Mails through a server that speaks SMTP."""

    @pytest.fixture
    def office(self) -> Iterator[PostOffice]:
        """The server."""
        with post_office() as office:
            yield office

    @pytest.fixture
    def mail(self, office: PostOffice) -> SmtpMail:
        """Mail through the server."""
        return SmtpMail("127.0.0.1", office.port, sender=SENDER, clock=lambda: NOW)

    @pytest.fixture
    def received(self, office: PostOffice) -> Received:
        """What the server accepted."""
        return office.received

    def test_the_server_is_told_one_sender_and_one_recipient(self, mail: SmtpMail, office: PostOffice) -> None:
        mail.send(LETTER)
        assert office.envelopes == [("hello@shop.example", ["ada@example.org"])]

    def test_what_goes_over_the_wire_is_plain_ascii_in_short_lines(self, mail: SmtpMail, office: PostOffice) -> None:
        mail.send(LETTER)
        assert office.raw[0].isascii()
        assert max(len(line) for line in office.raw[0].split(b"\r\n")) <= 78

    @pytest.mark.parametrize(
        ("verb", "answer", "reason"),
        [
            ("EHLO", "hang up", "SMTPServerDisconnected"),
            ("MAIL", "452 full", "SMTPSenderRefused 452"),
            ("RCPT", "550 ada@example.org is unknown", "SMTPRecipientsRefused 550"),
            ("DATA", "451 later", "SMTPDataError 451"),
            (".", "554 spam", "SMTPDataError 554"),
            ("DATA", "hang up", "SMTPServerDisconnected"),
        ],
    )
    def test_a_mail_that_is_not_accepted_fails_with_a_reason_that_names_nobody(
        self, mail: SmtpMail, office: PostOffice, verb: str, answer: str, reason: str
    ) -> None:
        office.answers[verb] = answer
        with pytest.raises(MailFailed) as failure:
            mail.send(LETTER)
        assert str(failure.value) == f"127.0.0.1:{office.port} did not take the mail: {reason}."
        assert office.received() == []

    @pytest.mark.parametrize("answer", ["hang up", "421 going down"])
    def test_a_fault_after_acceptance_does_not_make_the_mail_look_lost(
        self, mail: SmtpMail, office: PostOffice, answer: str
    ) -> None:
        office.answers["QUIT"] = answer
        mail.send(LETTER)
        assert len(office.received()) == 1

    def test_a_user_logs_in_before_the_mail_is_sent(self, office: PostOffice) -> None:
        office.answers |= {"EHLO": "250-post.example\r\n250 AUTH PLAIN", "AUTH": "235 welcome"}
        mail = SmtpMail("127.0.0.1", office.port, user="tern", password="gale-8", sender=SENDER, clock=lambda: NOW)
        mail.send(LETTER)
        assert office.verbs == ["EHLO", "AUTH", "MAIL", "RCPT", "DATA", "QUIT"]

    def test_a_wrong_password_is_a_failed_mail_and_stays_out_of_the_message(self, office: PostOffice) -> None:
        office.answers |= {"EHLO": "250-post.example\r\n250 AUTH PLAIN", "AUTH": "535 no, gale-8 is wrong"}
        mail = SmtpMail("127.0.0.1", office.port, user="tern", password="gale-8", sender=SENDER, clock=lambda: NOW)
        with pytest.raises(MailFailed, match=r"did not take the mail: SMTPAuthenticationError 535\.$"):
            mail.send(LETTER)
        assert office.received() == []

    def test_a_server_that_is_not_there_is_a_failed_mail(self) -> None:
        with post_office() as closed:
            port = closed.port
        with pytest.raises(MailFailed, match=f"^127.0.0.1:{port} did not take the mail: ConnectionRefusedError.$"):
            SmtpMail("127.0.0.1", port, sender=SENDER, clock=lambda: NOW).send(LETTER)

    def test_a_server_without_encryption_gets_no_mail_where_encryption_is_asked_for(self, office: PostOffice) -> None:
        mail = SmtpMail("127.0.0.1", office.port, sender=SENDER, clock=lambda: NOW, starttls=True)
        with pytest.raises(MailFailed, match="SMTPNotSupportedError"):
            mail.send(LETTER)
        assert office.received() == []

    def test_a_password_never_goes_over_the_network_in_plain_text(self) -> None:
        with pytest.raises(BadSetting, match=r"mail\.example would go over the network in plain text"):
            SmtpMail("mail.example", 587, user="u", password="p", sender=SENDER, clock=lambda: NOW, starttls=False)

    @pytest.mark.parametrize(
        ("text", "header"),
        [
            ("hello@shop.example", "hello@shop.example"),
            ("Tern & Gale <hello@shop.example>", "Tern & Gale <hello@shop.example>"),
            ('"Gale, Tern" <hello@shop.example>', '"Gale, Tern" <hello@shop.example>'),
            ("<hello@shop.example>", "hello@shop.example"),
        ],
    )
    def test_a_sender_is_written_as_in_any_mail_program(self, office: PostOffice, text: str, header: str) -> None:
        SmtpMail("127.0.0.1", office.port, sender=text, clock=lambda: NOW).send(LETTER)
        assert office.received()[0]["From"] == header

    @pytest.mark.parametrize(
        "sender",
        [
            "",
            "nobody",
            "A <a@b.example\r\nBcc: c@d.example>",
            "A\r\nBcc: c@d.example\r\n <a@b.example>",
            "a@b.example, c@d.example",
            "A <a@b.example> <c@d.example>",
        ],
    )
    def test_a_sender_that_is_none_stops_the_start(self, sender: str) -> None:
        with pytest.raises(BadSetting, match=r"write it like Tern & Gale <hello@shop\.example>"):
            SmtpMail("127.0.0.1", 25, sender=sender, clock=lambda: NOW)


class TestSesMail(MailContract):
    """Mails through Amazon SES."""

    @pytest.fixture
    def office(self) -> Iterator[SesOffice]:
        """Amazon SES."""
        with ses_office() as office:
            yield office

    @pytest.fixture
    def mail(self, office: SesOffice, monkeypatch: pytest.MonkeyPatch) -> SesMail:
        """Mail through it."""
        for name, value in AWS.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("AWS_ENDPOINT_URL", office.url)
        return SesMail(connect(), sender=SENDER, clock=lambda: NOW, configuration_set="orders", marketing_set="reviews")

    @pytest.fixture
    def received(self, office: SesOffice) -> Received:
        """What it accepted."""
        return office.received

    def test_it_is_told_one_sender_and_one_recipient(self, mail: SesMail, office: SesOffice) -> None:
        mail.send(LETTER)
        [request] = office.requests
        assert request["FromEmailAddress"] == "hello@shop.example"
        assert request["Destination"] == {"ToAddresses": ["ada@example.org"]}

    def test_tags_go_along_in_signs_that_it_takes_and_come_back_as_they_were(
        self, mail: SesMail, office: SesOffice
    ) -> None:
        tags = {"order": "7K3M-9QXD-4FTR", "message": "refunded:7K3M-9QXD-4FTR:re_1"}
        mail.send(replace(LETTER, tags=tags))
        sent = {tag["Name"]: [tag["Value"]] for tag in office.requests[0]["EmailTags"]}
        assert all(re.fullmatch("[A-Za-z0-9_-]{1,256}", value) for [value] in sent.values())
        assert untagged(sent) == tags

    def test_mails_that_nobody_needs_have_a_stream_of_their_own(self, mail: SesMail, office: SesOffice) -> None:
        mail.send(LETTER)
        mail.send(replace(LETTER, stream=Stream.MARKETING))
        assert [request["ConfigurationSetName"] for request in office.requests] == ["orders", "reviews"]

    def test_a_mail_that_is_not_accepted_fails_with_a_reason_that_names_nobody(
        self, mail: SesMail, office: SesOffice
    ) -> None:
        office.refusal = "MessageRejected"
        with pytest.raises(MailFailed, match=r"^SES did not take the mail: MessageRejected\.$"):
            mail.send(LETTER)
        assert (office.requests, office.tries) == ([], 1)

    def test_an_answer_that_does_not_come_is_a_failed_mail_after_seconds_and_one_try(
        self, mail: SesMail, office: SesOffice
    ) -> None:
        office.hang = 3.5
        began = time.monotonic()
        with pytest.raises(MailFailed, match=r"^SES did not take the mail: NoAnswer\.$"):
            mail.send(LETTER)
        assert (time.monotonic() - began < 4, office.tries) == (True, 1)

    def test_where_nobody_answers_a_mail_fails(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name, value in AWS.items():
            monkeypatch.setenv(name, value)
        with ses_office() as closed:
            monkeypatch.setenv("AWS_ENDPOINT_URL", closed.url)
        with pytest.raises(MailFailed, match=r"^SES did not take the mail: NotReached\.$"):
            SesMail(connect(), sender=SENDER, clock=lambda: NOW, configuration_set="orders").send(LETTER)


def test_the_emulator_of_aws_takes_such_mails_too(aws: str) -> None:
    """It speaks the whole of SES, by other hands than ours; but it keeps no headers, so the contract runs on ours."""
    mail = SesMail(connect(), sender=SENDER, clock=lambda: NOW, configuration_set="orders")
    mail.send(replace(LETTER, subject="To the emulator", tags={"order": "7K3M-9QXD-4FTR", "message": "shipped:1"}))
    with urllib.request.urlopen(f"{aws}/_ministack/ses/messages", timeout=5) as answer:
        kept = [mail for mails in json.load(answer)["messages"].values() for mail in mails]
    [taken] = [mail for mail in kept if mail["Subject"] == "To the emulator"]  # other tests send mails there as well
    assert (taken["Source"], taken["To"]) == ("hello@shop.example", [LETTER.to])
