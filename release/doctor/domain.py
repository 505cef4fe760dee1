"""The domain and its certificate: where the name leads, and what a browser would say."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from release.doctor.finding import Verdict, fault, ok, warning
from release.doctor.look import Check, Look
from release.doctor.network import Handshake
from release.doctor.setup import SetUp

SUBJECT = "Domain and certificate"
SOON, VERY_SOON = 30, 7  # days; Amazon renews 60 days before the end


@dataclass(frozen=True, slots=True)
class Leading:
    """Where a name leads, and where the CDN is."""

    name: str
    alias: str
    addresses: frozenset[str]
    cdn: str
    cdn_addresses: frozenset[str]


def looks(setup: SetUp) -> list[Look[Any]]:
    """The shop's name, another one if it has one, and their certificates."""
    if not setup.stack:
        return []
    return [
        Look(SUBJECT, partial(_leading, setup, "Domain"), (Check("domain.leads", "Where your domain leads", leads),)),
        Look(SUBJECT, partial(_leading, setup, "OtherDomain"), (
            Check("domain.other", "Where your other domain leads", other),
        )),
        Look(SUBJECT, partial(_shown, setup), (
            Check("domain.certificate", "Whether browsers believe the certificate", certificates),
        )),
    ]  # fmt: skip


def _leading(setup: SetUp, parameter: str) -> Leading:
    name = setup.parameter(parameter)
    cdn = setup.output("CdnDomain").lower()
    if not name:
        return Leading("", "", frozenset(), cdn, frozenset())
    ask = setup.names
    return Leading(name, ask.alias(name), frozenset(ask.addresses(name)), cdn, frozenset(ask.addresses(cdn)))


def _shown(setup: SetUp) -> Mapping[str, Handshake]:
    """The certificate of every name."""
    parts = urlsplit(setup.url())
    port = parts.port or 443
    names = [setup.host(), *filter(None, [setup.parameter("OtherDomain")])]
    return {name: setup.web.handshake(name, port) for name in names} if parts.scheme == "https" else {}


def leads(found: Leading) -> Verdict:
    """Whether the shop's name leads to its CDN."""
    if not found.name:
        return ok(f"The shop has no domain of its own, and is at {found.cdn}.")
    return _led(found)


def other(found: Leading) -> Verdict | None:
    """The same for another name, if there is one."""
    return _led(found) if found.name else None


def _led(found: Leading) -> Verdict:
    record = f"Where your domain is kept, enter: {found.name} ALIAS (or CNAME) {found.cdn}"
    if not found.addresses:
        return fault(f"{found.name} leads nowhere.", record)
    if found.alias == found.cdn or found.addresses & found.cdn_addresses:
        return ok(f"{found.name} leads to the shop.")
    addresses = ", ".join(sorted(found.addresses)[:3])
    return warning(f"{found.name} leads to {addresses}, and the shop is elsewhere as seen from here.",
                   f"{record}. If it is entered already, wait an hour.")  # fmt: skip


def certificates(found: Mapping[str, Handshake]) -> Verdict:
    """Whether every name has a certificate that is believed, and for how long."""
    if not found:
        return fault("The shop's address does not begin with https.", "pouch deploy")
    for name, shown in found.items():
        if shown.problem:
            return fault(f"Browsers warn of {name}: {shown.problem}.",
                         "Make a certificate for all of the shop's names in us-east-1, and deploy with it: "
                         "docs/going-live.md, step 3.")  # fmt: skip
    name, shown = min(found.items(), key=lambda each: each[1].days)
    if shown.days < SOON:
        say = fault if shown.days < VERY_SOON else warning
        return say(f"The certificate of {name} ends in {shown.days} days and was not renewed.",
                   "In AWS's console, Certificate Manager (us-east-1): see which record it misses, and enter it "
                   "where your domain is kept.")  # fmt: skip
    return ok(f"The certificate is valid for {' and '.join(found)}, for {shown.days} days more.")
