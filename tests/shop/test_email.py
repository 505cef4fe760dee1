"""E-mail addresses: what may be one, and the one form in which it is kept."""

import pytest

from functions.shop.email import customer_key, parse_email
from functions.shop.errors import InvalidEmail


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("ada@example.org", "ada@example.org"),
        ("  Ada.Byrne+shop@Example.ORG\n", "ada.byrne+shop@example.org"),
        ("o'brien@a-b.example.co", "o'brien@a-b.example.co"),
        ("x@xn--bcher-kva.example", "x@xn--bcher-kva.example"),
        ("a" * 64 + "@example.org", "a" * 64 + "@example.org"),
    ],
)
def test_an_address_is_kept_in_small_letters_without_spaces_around_it(text: str, kept: str) -> None:
    assert parse_email(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "ada", "ada@", "@example.org", "ada@example", "ada@@example.org", "ada@example..org",
        ".ada@example.org", "ada.@example.org", "ada@-a.org", "ada@a-.org", "ada@example.org, b@example.org",
        "ada@example.org\r\nBcc: b@c.de",
        "Ada <ada@example.org>", "ada byrne@example.org", "ada@127.0.0.1", "ada@exa_mple.org", "ädä@example.org",
        "a" * 65 + "@example.org", "a@" + "b." * 130 + "org", "a@" + "b" * 64 + ".org", "ada@example.org\0",
    ],
)  # fmt: skip
def test_anything_else_is_refused_with_advice_and_is_not_repeated(text: str) -> None:
    with pytest.raises(InvalidEmail) as refused:
        parse_email(text)
    assert str(refused.value) == "That is no e-mail address. Please write it like name@example.com."


@pytest.mark.parametrize(
    "same",
    [
        ["ada.byrne@gmail.com", "adabyrne@gmail.com", "A.d.a.Byrne+shop@Googlemail.com", " adabyrne+a+b@gmail.com "],
        ["ada.byrne@outlook.com", "ada.byrne+shop@outlook.com", "Ada.Byrne@Outlook.com"],
        ["ada@icloud.com", "ada@me.com", "ada+x@mac.com"],
        ["ada.byrne@proton.me", "ada-byrne@protonmail.com", "adabyrne+x@pm.me"],
        ["ada@fastmail.com", "ada+shop@fastmail.com"],
        ["ada@example.org", "ADA@example.org"],
    ],
)
def test_ways_to_write_one_mailbox_are_one_customer(same: list[str]) -> None:
    assert len({customer_key(email) for email in same}) == 1


@pytest.mark.parametrize(
    "other",
    [
        ["ada.byrne@outlook.com", "adabyrne@outlook.com"],
        ["ada@example.org", "ada+shop@example.org", "a.da@example.org", "ada@example.com"],
        ["ada@gmail.com", "ada@outlook.com", "ada@mail.gmail.com"],
        ["ada@fastmail.com", "ada@fastmail.fm"],
    ],
)
def test_who_may_be_somebody_else_is(other: list[str]) -> None:
    """A dot means something at most providers, and a plus at those that are not known."""
    assert len({customer_key(email) for email in other}) == len(other)


def test_the_key_holds_no_address_and_never_changes_as_claims_are_kept_by_it() -> None:
    assert customer_key("ada@example.org") == "3022b1df48fba1ea6d5551d339322bdf"
