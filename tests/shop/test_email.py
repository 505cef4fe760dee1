"""E-mail addresses: what may be one, and the one form in which it is kept."""

import pytest

from functions.shop.email import parse_email
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
