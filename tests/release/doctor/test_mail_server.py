"""A mail server of one's own: what it says when the doctor connects."""

import pytest

from release.doctor.mail import Greeting, _greeting
from release.doctor.unreached import Unseen
from tests.contract.post_office import post_office

BYE = {"QUIT": "221 bye"}


@pytest.mark.parametrize(
    ("answer", "tls"), [("250 post.example", False), ("250-post.example\r\n250 STARTTLS", True)], ids=["none", "tls"]
)
def test_a_mail_server_says_whether_it_offers_tls(answer: str, tls: bool) -> None:
    """Nothing is sent."""
    with post_office() as office:
        office.answers = BYE | {"EHLO": answer}
        assert _greeting("127.0.0.1", str(office.port)) == Greeting(f"127.0.0.1:{office.port}", tls)
        assert office.verbs == ["EHLO", "QUIT"]


def test_what_is_no_mail_server_is_said_to_be_none() -> None:
    """It hangs up, or its port is no number."""
    with post_office() as office:
        office.answers = {"EHLO": "hang up"}
        with pytest.raises(Unseen, match="does not speak as a mail server does"):
            _greeting("127.0.0.1", str(office.port))
    with pytest.raises(Unseen, match="SMTP_PORT is no number"):
        _greeting("127.0.0.1", "smtp")
