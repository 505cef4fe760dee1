"""Stripe: the key, the account, the webhook endpoint, and ways to pay whose money comes later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import stripe

from functions.adapters.stripe_events import HEEDED
from release.doctor.finding import Verdict, fault, note, ok, warning
from release.doctor.look import Check, Look
from release.doctor.setup import SetUp
from release.doctor.stripe_account import Account

SUBJECT = "Payments (Stripe)"
ENDPOINT = "/stripe/events"
_KEYS = "In Stripe, Developers, API keys: "
_HOOKS = "In Stripe, Developers, Webhooks: "
DELAYED = {
    "acss_debit": "Pre-authorised debit (Canada)",
    "au_becs_debit": "BECS Direct Debit",
    "bacs_debit": "Bacs Direct Debit",
    "boleto": "Boleto",
    "customer_balance": "Bank transfer",
    "konbini": "Konbini",
    "multibanco": "Multibanco",
    "nz_bank_account": "BECS Direct Debit (New Zealand)",
    "oxxo": "OXXO",
    "sepa_debit": "SEPA Direct Debit",
    "us_bank_account": "ACH Direct Debit",
}
"""Ways to pay of which Stripe hears hours or days later whether money comes (delayed notification)."""
READS = {
    "Checkout Sessions": "checkout.sessions",
    "Charges and Refunds": "refunds",
    "Disputes": "disputes",
    "Early fraud warnings": "radar.early_fraud_warnings",
    "Coupons": "coupons",
}
"""What the shop reads, as a restricted key's rights are named, and by what the library asks."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key, which is never shown as it is, and whether Stripe refused it."""

    text: str = field(repr=False)
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where Stripe sends news, and which."""

    url: str
    status: str
    events: tuple[str, ...]
    version: str


def masked(key: str) -> str:
    """A key as it may be shown (R26)."""
    kind = "_".join(key.split("_", 2)[:2])
    return f"{kind}_…{key[-4:]}" if kind in {"sk_test", "sk_live", "rk_test", "rk_live"} and len(key) > 20 else "…"  # noqa: PLR2004


def looks(setup: SetUp) -> list[Look[Any]]:
    """All that is asked about Stripe."""
    account = setup.account
    return [
        Look(SUBJECT, partial(_key, setup), (
            Check("payments.key", "Whether Stripe's key is the right one", partial(key, live=setup.live)),
        )),
        Look(SUBJECT, partial(_rights, setup), (Check("payments.rights", "What the key may do", rights),)),
        Look(SUBJECT, account, (
            Check("payments.charges", "Whether Stripe takes payments for you", charges),
            Check("payments.payouts", "Whether Stripe pays out to you", payouts),
            Check("payments.statement", "What stands on your customers' statements", statement),
            Check("payments.version", "Which version Stripe's account speaks", version),
        )),
        Look(SUBJECT, lambda: (account().currency, setup.release().settings.currency), (
            Check("payments.currency", "Whether Stripe changes the money", lambda found: currency(*found)),
        )),
        Look(SUBJECT, partial(_hooked, setup), (
            Check("payments.endpoint", "Whether Stripe sends its news here", lambda found: endpoint(*found)),
            Check("payments.events", "Whether Stripe sends all news", lambda found: events(*found)),
            Check("payments.endpoint-version", "In which version Stripe sends its news", lambda found: spoken(*found)),
        )) if setup.stack else Look(SUBJECT, lambda: None, ()),
        Look(SUBJECT, partial(_ways, setup), (Check("payments.delayed", "Which ways to pay are on", delayed),)),
    ]  # fmt: skip


def _key(setup: SetUp) -> Key:
    """The key, and whether Stripe takes it; where Stripe does not answer, others say so."""
    text = setup.secret("STRIPE_SECRET_KEY").strip()
    try:
        setup.account()
    except stripe.AuthenticationError:
        return Key(text, refused=True)
    except Exception:  # whatever it is, the looks at the account say it
        return Key(text)
    return Key(text)


def _rights(setup: SetUp) -> tuple[str, tuple[str, ...]]:
    """The key as it may be shown, and what it may not read. A secret key may do everything and is not asked."""
    text = setup.secret("STRIPE_SECRET_KEY").strip()
    client = setup.at_stripe().v1
    if not text.startswith("rk_"):
        return masked(text), ()
    return masked(text), tuple(name for name, path in READS.items() if not _readable(client, path))


def _readable(client: Any, path: str) -> bool:
    service = client
    for name in path.split("."):
        service = getattr(service, name)
    try:
        service.list({"limit": 1})
    except stripe.PermissionError:
        return False
    return True


def _hooked(setup: SetUp) -> tuple[tuple[Endpoint, ...], str]:
    """All endpoints, and the address that there has to be one for; none where news comes by EventBridge."""
    if setup.parameter("StripeEventSource"):
        return (), ""
    return _endpoints(setup), f"{setup.url()}{ENDPOINT}"


def _endpoints(setup: SetUp) -> tuple[Endpoint, ...]:
    listed = setup.at_stripe().v1.webhook_endpoints.list({"limit": 100})
    return tuple(
        Endpoint(one.url, one.status, tuple(one.enabled_events), one.api_version or "")
        for one in listed.auto_paging_iter()
    )


def _ways(setup: SetUp) -> tuple[str, ...]:
    """The ways to pay that the account's own settings switch on, by Stripe's names."""
    listed = setup.at_stripe().v1.payment_method_configurations.list({"limit": 100})
    found = [one.to_dict() for one in listed.auto_paging_iter()]
    chosen = [one for one in found if one.get("is_default") and not one.get("parent")] or found
    return tuple(
        sorted({name for one in chosen if one.get("active", True) for name, way in one.items() if _is_on(way)})
    )


def _is_on(way: Any) -> bool:
    if not isinstance(way, Mapping) or not way.get("available"):
        return False
    return (way.get("display_preference") or {}).get("value") == "on"


def key(found: Key, *, live: bool) -> Verdict:
    """Whether a key is taken, and of the mode that the shop is for."""
    mode, shown = "live" if live else "test", masked(found.text)
    copy = f"{_KEYS}copy the secret key, sk_{mode}_…, and store it as STRIPE_SECRET_KEY: docs/going-live.md"
    if not found.text:
        return fault("STRIPE_SECRET_KEY is not set.", copy)
    if not found.text.startswith(("sk_", "rk_")):
        return fault("STRIPE_SECRET_KEY is no secret key of Stripe's.", copy)
    if not found.text.startswith((f"sk_{mode}_", f"rk_{mode}_")):
        other = "test payments" if live else "real money"
        return fault(f"The key {shown} is for {other}, and this shop is not.", copy)
    if found.refused:
        return fault(f"Stripe does not take the key {shown}; it may have been rolled or deleted.", copy)
    return ok(f"The key {shown} is for {'real money' if live else 'test payments'}, as this shop is.")


def rights(found: tuple[str, tuple[str, ...]]) -> Verdict:
    """What a key may read; what it may write nobody can see without writing."""
    shown, missing = found
    if missing:
        return fault(
            f"The restricted key {shown} may not read {_listed(missing)}.",
            f"{_KEYS}give it these rights, to read and to write.",
        )
    if shown.startswith("rk_"):
        return note(f"The restricted key {shown} may read what the shop reads. Whether it may write cannot be seen.",
                    f"{_KEYS}see that it may write Checkout Sessions, Refunds and Coupons.")  # fmt: skip
    return ok(f"The key {shown} may do everything.")


def charges(account: Account) -> Verdict:
    """Whether anybody can pay."""
    if account.charges:
        return ok("Stripe takes payments for you.")
    return fault("Stripe does not take payments for you yet.", "In Stripe's dashboard, follow Activate payments.")


def payouts(account: Account) -> Verdict:
    """Whether money reaches the owner."""
    if account.payouts:
        return ok("Stripe pays out to your bank.")
    return warning("Stripe does not pay out to your bank: what customers pay stays at Stripe.",
                   "In Stripe, Settings, Payouts: enter a bank account, and what else is asked there.")  # fmt: skip


def statement(account: Account) -> Verdict:
    """What customers read on their statements; a name that they do not know leads to disputes."""
    if account.statement:
        return ok(f"Your customers' statements say {account.statement}.")
    return warning("Nothing is set that your customers' statements would say, so they may not know whom they paid.",
                   "In Stripe, Settings, Business, Public details: set the statement descriptor to your "
                   "shop's name.")  # fmt: skip


def version(account: Account) -> Verdict:
    """The account's own version; the shop always asks in the one that its library pins."""
    if account.version in {"", stripe.api_version}:
        return ok(f"The shop speaks Stripe's version {stripe.api_version}.")
    return note(f"The shop speaks Stripe's version {stripe.api_version}; your account by itself {account.version}. "
                "That is no trouble: the shop says each time which it means.")  # fmt: skip


def currency(stripes: str, shops: str) -> Verdict:
    """Whether Stripe changes money."""
    if not stripes or stripes == shops:
        return ok(f"The shop sells in {shops}, as Stripe pays out.")
    return note(f"The shop sells in {shops} and Stripe pays out in {stripes}: Stripe changes the money, for a fee.",
                f"In Stripe, Settings, Payouts: add a bank account in {shops}, if you have one.")  # fmt: skip


def _ours(found: Sequence[Endpoint], url: str) -> Endpoint | None:
    """The endpoint of this shop; of several the one that is on."""
    ours = [one for one in found if one.url.rstrip("/") == url]
    return next((one for one in ours if one.status == "enabled"), ours[0] if ours else None)


def endpoint(found: Sequence[Endpoint], url: str) -> Verdict:
    """Whether there is an endpoint for this address, and is on."""
    if not url:
        return ok("Stripe's news comes by EventBridge.")
    one = _ours(found, url)
    if one is None:
        return fault(f"Stripe sends no news to {url}, so orders are confirmed up to 15 minutes late.",
                     f"{_HOOKS}add an endpoint with this address and these events: {', '.join(HEEDED)}. "
                     "Store its signing secret as STRIPE_WEBHOOK_SECRETS.")  # fmt: skip
    if one.status != "enabled":
        return fault(
            f"Stripe's endpoint {url} is switched off, so orders are confirmed up to 15 minutes late.",
            f"{_HOOKS}choose the endpoint, then Enable.",
        )
    return ok(f"Stripe sends its news to {url}.")


def events(found: Sequence[Endpoint], url: str) -> Verdict | None:
    """Whether it sends all that the shop heeds."""
    one = _ours(found, url)
    if one is None:
        return None
    missing = () if "*" in one.events else tuple(name for name in HEEDED if name not in one.events)
    if not missing:
        return ok("Stripe sends all the news that the shop needs.")
    say = fault if any(name.startswith("checkout.") for name in missing) else warning
    return say(
        f"Stripe does not tell the shop of {_listed(missing)}.",
        f"{_HOOKS}choose the endpoint, Update details, and add these events.",
    )


def spoken(found: Sequence[Endpoint], url: str) -> Verdict | None:
    """Whether the news is written as the shop reads it."""
    one = _ours(found, url)
    if one is None:
        return None
    if one.version == stripe.api_version:
        return ok(f"The news is written in version {stripe.api_version}, which the shop speaks.")
    said = f"version {one.version}" if one.version else "your account's own version"
    return note(f"The news is written in {said}, and the shop speaks {stripe.api_version}. It takes only names "
                "from news "
                "and asks for the rest, so nothing is lost.",
                f"{_HOOKS}make the endpoint anew in version {stripe.api_version}, and store its signing "
                "secret.")  # fmt: skip


def delayed(ways: Sequence[str]) -> Verdict:
    """Ways to pay whose money comes later than the promise begins."""
    late = [DELAYED[name] for name in ways if name in DELAYED]
    if not late:
        return ok("All ways to pay that are on say at once whether the money comes.")
    return note(f"{_listed(late)}: with {'this way' if len(late) == 1 else 'these ways'} to pay, it takes days "
                "until Stripe knows "
                "whether money comes. Until then the order waits and keeps its pieces from other shoppers; if it "
                "comes after the "
                "day on which the order should have left, the days that were promised do not hold any more.",
                "If you do not want that: in Stripe, Settings, Payment methods, turn off what takes days.")  # fmt: skip


def _listed(names: Sequence[str]) -> str:
    """`a, b and c`."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
