"""A statement of withdrawal, as it is typed into its form and as it is shown to be confirmed."""

from dataclasses import astuple, dataclass

from werkzeug.datastructures import MultiDict

from functions.shop.email import parse_email
from functions.shop.errors import InvalidEmail
from functions.web.text import LONGEST, MISSING, TOO_LONG, one_line, some_lines
from functions.web.tokens import Purpose, Tokens

LONGEST_NUMBER = 40  # characters of an order number, however it is typed
_MOST = {"name": 100, "number": LONGEST_NUMBER}


@dataclass(frozen=True, slots=True)
class Statement:
    """Who withdraws, from which order, where the receipt goes, and what else they say. `id` is that of the form."""

    id: str = ""
    name: str = ""
    number: str = ""
    email: str = ""
    text: str = ""


def stated(form: MultiDict[str, str], form_id: str) -> Statement:
    """What a form says."""
    fields = {name: one_line(form.get(name, "")) for name in ("name", "number", "email")}
    return Statement(form_id, text=some_lines(form.get("text", "")), **fields)


def problems_of(statement: Statement) -> dict[str, str]:
    """What is wrong, by field. Any number will do: what fits no order is accepted as well."""
    found: dict[str, str] = {name: MISSING for name in _MOST if not getattr(statement, name)}
    found |= {name: TOO_LONG for name, most in _MOST.items() if len(getattr(statement, name)) > most}
    try:
        parse_email(statement.email)
    except InvalidEmail as error:
        found["email"] = error.sentence if statement.email else MISSING
    return found | ({"text": TOO_LONG} if len(statement.text) > LONGEST else {})


def sealed(statement: Statement, tokens: Tokens) -> str:
    """The statement as a signed field, so that what was shown is what is sent."""
    return tokens.sign(Purpose.WITHDRAWAL, astuple(statement))


def unsealed(token: str, tokens: Tokens) -> Statement:
    """The statement in a signed field. Raises TokenRefused."""
    return Statement(*map(str, tokens.signed(Purpose.WITHDRAWAL, token)))
