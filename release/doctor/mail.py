"""Mail: whether it may be sent, from whom, and the records that make it yours."""

import smtplib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from botocore.exceptions import ClientError

from functions.adapters.envelope import parse_sender
from release.doctor.finding import Verdict, fault, note, ok, warning
from release.doctor.look import Check, Look, Once
from release.doctor.network import TIMEOUT, Names
from release.doctor.setup import SetUp
from release.doctor.unreached import Unseen

SUBJECT = "Mail"
_SES = "In AWS's console, Amazon SES, "
ENTER = "Where your domain is kept, enter"


@dataclass(frozen=True, slots=True)
class Sending:
    """What SES says of an account in a region: mails in a day, at most and sent."""

    production: bool = True
    enabled: bool = True
    health: str = "HEALTHY"
    most: int = 50_000
    sent: int = 0
    suppressed: tuple[str, ...] = ("BOUNCE", "COMPLAINT")


@dataclass(frozen=True, slots=True)
class Identity:
    """A domain or an address that mail comes from, as SES knows it. `known` is whether it does."""

    name: str
    known: bool = True
    verified: bool = True
    dkim: str = "SUCCESS"
    tokens: tuple[str, ...] = ()
    envelope: str = ""
    envelope_status: str = ""
    region: str = ""

    @property
    def domain(self) -> str:
        """The domain; that of an address, too."""
        return self.name.rpartition("@")[2]

    @property
    def is_domain(self) -> bool:
        """Whether it is a whole domain."""
        return "@" not in self.name


@dataclass(frozen=True, slots=True)
class Records:
    """What the domain name system says beside an identity: TXT and MX, and where each DKIM token's name leads."""

    identity: Identity
    aliases: tuple[str, ...] = ()
    spf: tuple[str, ...] = ()
    exchangers: tuple[str, ...] = ()
    dmarc: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Greeting:
    """What a mail server says when one connects."""

    server: str
    tls: bool = True


def looks(setup: SetUp) -> list[Look[Any]]:
    """All that is asked about mail: through SES for a stack, else the mail server that is set."""
    if setup.stack:
        return _of_ses(setup)
    host = setup.environ.get("SMTP_HOST", "")
    if not host:
        return [Look(SUBJECT, lambda: None, (Check("mail.smtp", "", lambda _: _nowhere()),))]
    port = setup.environ.get("SMTP_PORT") or "587"
    return [
        Look(SUBJECT, partial(_greeting, host, port), (Check("mail.smtp", f"Whether {host} takes mail", greeted),)),
        Look(SUBJECT, lambda: _written(setup), (
            Check("mail.spf", "Who may send mail in your name (SPF)", sender_policy),
            Check("mail.dmarc", "What becomes of mail in your name that is not yours (DMARC)", dmarc),
        )),
    ]  # fmt: skip


def _of_ses(setup: SetUp) -> list[Look[Any]]:
    ses = partial(setup.aws, "sesv2")
    identity = Once(lambda: _identity(ses(), _identity_name(setup)))
    return [
        Look(SUBJECT, lambda: _sending(ses()), (
            Check("mail.sending", "Whether SES sends your mail", sending),
            Check("mail.sandbox", "Whether SES sends mail to anybody", partial(sandbox, live=setup.live)),
            Check("mail.suppression", "Whether SES stops writing to addresses that do not work", suppression),
        )),
        Look(SUBJECT, identity, (
            Check("mail.identity", "Whether SES knows that your domain is yours", verified),
            Check("mail.dkim", "Whether SES signs your mail (DKIM)", signed),
            Check("mail.envelope", "Whether mail has an envelope of yours (MAIL FROM)", enveloped),
        )),
        Look(SUBJECT, lambda: _records(setup.names, identity()), (
            Check("mail.dkim-records", "Whether the records for DKIM are there", dkim_records),
            Check("mail.spf", "Who may send mail in your name (SPF)", spf),
            Check("mail.dmarc", "What becomes of mail in your name that is not yours (DMARC)", dmarc),
        )),
    ]  # fmt: skip


def _identity_name(setup: SetUp) -> str:
    """The domain that mails come from; the owner's address where there is none."""
    return setup.parameter("MailDomain") or setup.parameter("Domain") or setup.parameter("Email")


def _sending(ses: Any) -> Sending:
    found = ses.get_account()
    quota = found.get("SendQuota", {})
    return Sending(
        bool(found.get("ProductionAccessEnabled")), bool(found.get("SendingEnabled")),
        found.get("EnforcementStatus", "HEALTHY"), int(quota.get("Max24HourSend", 0)),
        int(quota.get("SentLast24Hours", 0)),
        tuple(found.get("SuppressionAttributes", {}).get("SuppressedReasons", ())),
    )  # fmt: skip


def _identity(ses: Any, name: str) -> Identity:
    region = ses.meta.region_name
    try:
        found = ses.get_email_identity(EmailIdentity=name)
    except ClientError as error:
        if error.response["Error"]["Code"] == "NotFoundException":
            return Identity(name, known=False, region=region)
        raise
    dkim, envelope = found.get("DkimAttributes", {}), found.get("MailFromAttributes", {})
    return Identity(
        name, True, bool(found.get("VerifiedForSendingStatus")), dkim.get("Status", "NOT_STARTED"),
        tuple(dkim.get("Tokens", ())), envelope.get("MailFromDomain", ""), envelope.get("MailFromDomainStatus", ""),
        region,
    )  # fmt: skip


def _records(names: Names, identity: Identity) -> Records:
    envelope = identity.envelope or identity.domain
    return Records(
        identity,
        tuple(names.alias(f"{token}._domainkey.{identity.domain}") for token in identity.tokens),
        names.texts(envelope),
        names.exchangers(envelope) if identity.envelope else (),
        _policies(names, identity.domain),
    )


def _policies(names: Names, domain: str) -> tuple[str, ...]:
    """The DMARC records of a domain or, without one, of the nearest domain above that has some (RFC 7489, 6.6.3)."""
    labels = domain.split(".")
    above = (".".join(labels[at:]) for at in range(max(1, len(labels) - 1)))
    return next((found for found in (names.texts(f"_dmarc.{name}") for name in above) if found), ())


def _written(setup: SetUp) -> Records:
    settings = setup.release().settings
    sender = parse_sender(setup.environ.get("MAIL_FROM") or f"{settings.name} <{settings.email}>")
    domain = str(sender.domain)
    return Records(Identity(domain), (), setup.names.texts(domain), (), _policies(setup.names, domain))


def _greeting(host: str, port: str) -> Greeting:
    if not port.isdecimal():
        raise Unseen("SMTP_PORT is no number", "Set SMTP_PORT to the port of your mail server, such as 587.")
    try:
        with smtplib.SMTP(host, int(port), timeout=TIMEOUT) as server:
            server.ehlo()
            return Greeting(f"{host}:{port}", server.has_extn("starttls"))
    except smtplib.SMTPException as error:
        raise Unseen(
            f"{host}:{port} does not speak as a mail server does", "Look at SMTP_HOST and SMTP_PORT."
        ) from error


def _nowhere() -> Verdict:
    return note("No mail server is set: mails are written into a folder, and make serve shows them.",
                "To send them, set SMTP_HOST: docs/settings.md.")  # fmt: skip


def greeted(greeting: Greeting) -> Verdict:
    """Whether a mail server keeps to itself what it is told."""
    if greeting.tls:
        return ok(f"The mail server {greeting.server} answers and offers TLS.")
    return fault(f"The mail server {greeting.server} answers and offers no TLS: anybody on the way could read "
                 "your mails.",
                 "Ask who runs it for a port with STARTTLS, mostly 587, and set SMTP_PORT.")  # fmt: skip


def sending(found: Sending) -> Verdict:
    """Whether SES sends at all."""
    if not found.enabled or found.health == "SHUTDOWN":
        return fault(
            "SES has stopped sending your mail.", f"{_SES}Account dashboard: read why, and answer Amazon there."
        )
    if found.health == "PROBATION":
        return warning("Amazon watches your mail, for too much of it came back or was called spam.",
                       f"{_SES}Reputation metrics: see what is wrong, and mend it before Amazon stops "
                       "your mail.")  # fmt: skip
    return ok(f"SES sends your mail, {found.sent} of {found.most} in the last day.")


def sandbox(found: Sending, *, live: bool) -> Verdict:
    """Whether it may write to customers."""
    if found.production:
        return ok("SES may write to anybody.")
    say = warning if live else note
    return say("SES is in its sandbox: it writes only to addresses that you have confirmed.",
               f"{_SES}Account dashboard, Request production access: docs/going-live.md, step 6.")  # fmt: skip


def suppression(found: Sending) -> Verdict:
    """Whether it stops by itself."""
    if {"BOUNCE", "COMPLAINT"} <= {*found.suppressed}:
        return ok("SES stops writing to addresses that do not work or complain.")
    return note("Your account goes on writing to addresses that do not work or complain; what the shop sends does not.",
                f"{_SES}Suppression list, Edit account-level settings: choose bounces and complaints.")  # fmt: skip


def verified(found: Identity) -> Verdict:
    """Whether the sender is proved to be the owner's."""
    if not found.known:
        return fault(f"SES does not know {found.name}, so it takes no mail from it.", "pouch deploy")
    if found.verified:
        return ok(f"SES knows that {found.name} is yours.")
    fix = (
        "Enter the records for DKIM (below), then wait up to an hour."
        if found.is_domain
        else "Click the link in Amazon's mail to that address."
    )
    return fault(f"SES does not know yet that {found.name} is yours, so it takes no mail from it.", fix)


def signed(found: Identity) -> Verdict | None:
    """Whether mails are signed."""
    if not found.known:
        return None
    if not found.is_domain:
        return note(f"Mails come from the address {found.name} and are not signed, so some land among spam.",
                    "Get a domain, and deploy with it: docs/going-live.md, step 3.")  # fmt: skip
    if found.dkim == "SUCCESS":
        return ok("SES signs your mail (DKIM).")
    return fault(
        f"SES does not sign your mail yet (DKIM: {found.dkim}).",
        "Enter the records for DKIM (below), then wait up to an hour.",
    )


def enveloped(found: Identity) -> Verdict | None:
    """Whether bounces and SPF are of the owner's domain."""
    if not found.known or not found.is_domain:
        return None
    if not found.envelope:
        return warning("Mails go out in an envelope of Amazon's and not of yours.", "pouch deploy")
    if found.envelope_status == "SUCCESS":
        return ok(f"Mails go out in an envelope of yours, {found.envelope}.")
    return warning(f"The envelope {found.envelope} is not ready (MAIL FROM: {found.envelope_status}), so Amazon's "
                   "own is used.",
                   "Enter the records MX and SPF (below), then wait up to an hour.")  # fmt: skip


def dkim_records(found: Records) -> Verdict | None:
    """Whether the three names lead to Amazon."""
    one = found.identity
    if not one.tokens or not one.is_domain:
        return None
    wanted = [f"{token}.dkim.amazonses.com" for token in one.tokens]
    missing = [token for token, want, has in zip(one.tokens, wanted, found.aliases, strict=True) if want != has]
    if not missing:
        return ok(f"The {len(wanted)} records for DKIM are there.")
    records = "; ".join(f"{token}._domainkey.{one.domain} CNAME {token}.dkim.amazonses.com" for token in missing)
    return fault(
        f"{len(missing)} of {len(wanted)} records for DKIM are missing or lead elsewhere.", f"{ENTER}: {records}"
    )


def spf(found: Records) -> Verdict | None:
    """Whether the envelope's domain lets Amazon send, and takes what comes back."""
    one = found.identity
    if not one.envelope:
        return None
    exchanger = f"feedback-smtp.{one.region}.amazonses.com"
    lets = any(text.startswith("v=spf1") and "include:amazonses.com" in text for text in found.spf)
    missing = ([] if exchanger in found.exchangers else [f"{one.envelope} MX 10 {exchanger}"]) + (
        [] if lets else [f'{one.envelope} TXT "v=spf1 include:amazonses.com ~all"']
    )
    if not missing:
        return ok(f"The envelope's records (MX and SPF of {one.envelope}) are there.")
    return fault(
        f"Of the envelope {one.envelope}, {_count(missing)} missing or wrong.", f"{ENTER}: {'; '.join(missing)}"
    )


def sender_policy(found: Records) -> Verdict:
    """Whether a domain says who may send for it, where a mail server of one's own does."""
    texts = [text for text in found.spf if text.startswith("v=spf1")]
    domain = found.identity.domain
    if len(texts) == 1:
        return ok(f"{domain} says who may send mail in its name (SPF).")
    if texts:
        return fault(f"{domain} says {len(texts)} times who may send mail in its name (SPF), so none of it counts.",
                     "Where your domain is kept, make one TXT record v=spf1 of them.")  # fmt: skip
    return warning(f"{domain} does not say who may send mail in its name (SPF), so your mails land among spam.",
                   f'{ENTER} the TXT record that who runs your mail server names, such as: {domain} TXT "v=spf1 '
                   'include:… ~all"')  # fmt: skip


def dmarc(found: Records) -> Verdict:
    """Whether mail in the owner's name that is not theirs is thrown away."""
    domain = found.identity.domain
    record = f'_dmarc.{domain} TXT "v=DMARC1; p=quarantine"'
    policies = [text for text in found.dmarc if text.replace(" ", "").startswith("v=DMARC1")]
    if not policies:
        return fault(f"{domain} has no DMARC record: large mail providers refuse such mail.", f"{ENTER}: {record}")
    if len(policies) > 1:
        return fault(
            f"{domain} has {len(policies)} DMARC records, so none of them counts: large mail providers refuse "
            "such mail.",
            "Where your domain is kept, keep one of them.",
        )
    if "p=none" in policies[0].replace(" ", ""):
        return note(
            f"The DMARC record of {domain} only watches (p=none).",
            f"When all your mail is signed, {ENTER[0].lower()}{ENTER[1:]}: {record}",
        )
    return ok(f"{domain} has a DMARC record.")


def _count(records: Sequence[str]) -> str:
    return "one record is" if len(records) == 1 else f"{len(records)} records are"
