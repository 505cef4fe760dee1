"""Settings: secrets that are long enough, a sender that is the shop's own, an address that is safe."""

from functools import partial
from typing import Any

from functions.adapters.envelope import parse_sender
from functions.shop.errors import BadSetting
from functions.web.tokens import SHORTEST_KEY
from release.doctor.finding import Verdict, fault, note, ok, warning
from release.doctor.look import Check, Look
from release.doctor.setup import SetUp

SUBJECT = "Settings"
_NEW_KEY = "Make one with openssl rand -hex 32, and store it as SHOP_SECRET_KEYS: docs/going-live.md, step 2."


def looks(setup: SetUp) -> list[Look[Any]]:
    """What functions read when they start. On a laptop `make serve` chooses what is not set."""
    here = setup.stack is None
    hooks = Look(SUBJECT, lambda: setup.secret("STRIPE_WEBHOOK_SECRETS"), (
        Check("settings.webhook-secrets", "Whether the shop knows what Stripe signs with", webhook_secrets),
    ))  # fmt: skip
    of_stack: list[Look[Any]] = [
        Look(SUBJECT, setup.url, (
            Check("settings.url", "Whether the shop's address is safe", partial(address, live=setup.live)),
        )),
        hooks,
        Look(SUBJECT, partial(_sender, setup), (
            Check("settings.sender", "Who mails come from", lambda found: sender(*found)),
        )),
    ]  # fmt: skip
    return [
        Look(SUBJECT, lambda: setup.secret("SHOP_SECRET_KEYS"), (
            Check("settings.keys", "Whether what links are signed with is long enough", partial(keys, here=here)),
        )),
        *([] if here else of_stack),
    ]  # fmt: skip


def _sender(setup: SetUp) -> tuple[str, str]:
    """Who mails come from, and the domain or address that SES knows."""
    identity = setup.parameter("MailDomain") or setup.parameter("Domain")
    email = setup.parameter("Email")
    written = setup.parameter("MailFrom") or (email if not identity else "")
    if not written:
        settings = setup.release().settings
        written = f"{settings.name} <{settings.email}>"
    return written, identity or email


def keys(value: str, *, here: bool) -> Verdict:
    """Whether links can be forged."""
    if not value:
        if here:
            return ok("What links are signed with is made by make serve.")
        return fault("SHOP_SECRET_KEYS is not set, so nothing works.", _NEW_KEY)
    every = value.split(",")
    if any(len(key) < SHORTEST_KEY for key in every):
        return fault(f"SHOP_SECRET_KEYS holds a secret of less than {SHORTEST_KEY} characters.", _NEW_KEY)
    return ok("What links are signed with is long enough.")


def webhook_secrets(value: str) -> Verdict:
    """Whether news can be told from forged news."""
    every = [secret.strip() for secret in value.split(",")]
    if not value:
        return fault("STRIPE_WEBHOOK_SECRETS is not set, so the shop takes no news from Stripe.",
                     "In Stripe, Developers, Webhooks, choose the endpoint: copy its signing secret, and store it: "
                     "docs/going-live.md")  # fmt: skip
    if not all(secret.startswith("whsec_") for secret in every):
        return fault("STRIPE_WEBHOOK_SECRETS holds something that is no signing secret of Stripe's.",
                     "In Stripe, Developers, Webhooks, choose the endpoint: copy its signing secret, "
                     "whsec_…")  # fmt: skip
    if len(every) > 2:  # noqa: PLR2004 (one, and the one before it while they are exchanged)
        return note(
            f"STRIPE_WEBHOOK_SECRETS holds {len(every)} secrets.",
            "Take out those that Stripe does not sign with any more.",
        )
    return ok("The shop knows what Stripe signs its news with.")


def address(url: str, *, live: bool) -> Verdict:
    """Whether what shoppers send is read by nobody else."""
    if url.startswith("https://"):
        return ok(f"The shop is at {url}.")
    say = fault if live else warning
    return say(
        f"The shop's address, {url or 'none'}, does not begin with https.",
        "pouch deploy --set Domain=…, with a certificate: docs/going-live.md, step 3.",
    )


def sender(written: str, identity: str) -> Verdict:
    """Whether mails come from whom SES knows."""
    try:
        found = parse_sender(written)
    except BadSetting:
        return fault(
            f"MAIL_FROM is {written!r}, which is no sender.",
            "pouch deploy --set 'MailFrom=Tern & Gale <hello@shop.example>'",
        )
    domain = str(found.domain).lower()
    whose = identity.rpartition("@")[2].lower()
    if found.addr_spec.lower() == identity.lower() or (
        "@" not in identity and (domain == whose or domain.endswith(f".{whose}"))
    ):
        return ok(f"Mails come from {found.addr_spec}, which SES knows.")
    return fault(f"Mails come from {found.addr_spec}, and SES knows {identity or 'nobody'} only, so it takes none "
                 "of them.",
                 f"pouch deploy --set 'MailFrom=…@{whose or 'shop.example'}'")  # fmt: skip
