"""The account at Stripe, as several subjects ask for it."""

from dataclasses import dataclass

import stripe

from functions.adapters.lines import LineBroken, Lines
from release.doctor.unreached import Unseen


@dataclass(frozen=True, slots=True)
class Account:
    """An account. `date` is Stripe's clock as its answer says it; `version` what the account speaks by itself."""

    charges: bool = True
    payouts: bool = True
    currency: str = ""
    statement: str = ""
    date: str = ""
    version: str = ""


def ask_account(client: stripe.StripeClient, key: str, address: str) -> Account:
    """The account of a key. Asked without a version, so that Stripe says which is the account's own."""
    told = client.v1.accounts.retrieve_current()
    found = told.to_dict()
    statement_of = ((found.get("settings") or {}).get("payments") or {}).get("statement_descriptor") or ""
    date, spoken_version = _said_by_the_way(key, address)
    return Account(
        bool(found.get("charges_enabled")), bool(found.get("payouts_enabled")),
        str(found.get("default_currency") or "").upper(), statement_of, date, spoken_version,
    )  # fmt: skip


def _said_by_the_way(key: str, address: str) -> tuple[str, str]:
    """Stripe's clock and the account's own version, from the headers of an answer."""
    lines = Lines(address, certificates=stripe.ca_bundle_path)
    try:
        heard = lines.ask("GET", "/v1/account", {"Authorization": f"Bearer {key}"}, None, wait=3)
    except LineBroken as error:
        raise Unseen("Stripe does not answer", "Look at your connection, then try again.") from error
    return heard.headers.get("date", ""), heard.headers.get("stripe-version", "")
