"""How the doctor looks: all at once, nothing twice, and nobody is waited for longer than was said."""

import time
from threading import Event

import pytest
import stripe
from botocore.exceptions import ClientError, EndpointConnectionError, NoCredentialsError, NoRegionError
from dns.resolver import LifetimeTimeout

from functions.shop.errors import NoRelease
from release.doctor.finding import Finding, Severity, Verdict, exit_code, note, ok
from release.doctor.look import Check, Look, Once, look_at, unknown
from release.doctor.unreached import Unseen

GOOD: Check[str] = Check("a.good", "Whether a is good", lambda found: ok(f"It is {found}."))


def raising(error: Exception) -> str:
    raise error


def test_an_answer_is_judged_by_each_check_of_a_look() -> None:
    """Where a check does not apply, it says nothing."""
    silent = Check[str]("a.silent", "Whether a is silent", lambda _: None)
    small = Check[str]("a.small", "Whether a is small", lambda _: note("It is small.", "Grow it."))
    assert look_at([Look("A", lambda: "good", (GOOD, silent, small))]) == [
        Finding("a.good", "A", Severity.OK, "It is good."),
        Finding("a.small", "A", Severity.NOTE, "It is small.", "Grow it."),
    ]


def test_who_hangs_is_not_waited_for_and_others_are_heard() -> None:
    """Looks are at work at the same time, so that ten who hang take no longer than one."""
    never = Event()
    hanging = [Look(f"H{at}", lambda: str(never.wait(20)), (GOOD,)) for at in range(10)]
    begun = time.monotonic()
    found = look_at([*hanging, Look("A", lambda: "good", (GOOD,))], patience=0.1)
    assert time.monotonic() - begun < 10
    never.set()
    assert [one.severity for one in found] == [Severity.UNKNOWN] * 10 + [Severity.OK]
    assert found[0].text == "Whether a is good is not known: no answer came within 0.1 seconds."
    assert found[0].fix == "Try again; if it stays so, look at your connection."


def test_what_several_looks_ask_is_asked_once() -> None:
    """An error, too, is told to each of them."""
    asked: list[str] = []

    def ask() -> str:
        asked.append("good")
        return asked[-1]

    answer = Once(ask)
    failing = Once(lambda: raising(Unseen("nobody is there", "Wait.")))
    looks = [
        Look("A", answer, (GOOD,)),
        Look("B", answer, (GOOD,)),
        Look("C", failing, (GOOD,)),
        Look("D", failing, (GOOD,)),
    ]
    assert [(one.subject, one.severity) for one in look_at(looks)] == [
        ("A", Severity.OK),
        ("B", Severity.OK),
        ("C", Severity.UNKNOWN),
        ("D", Severity.UNKNOWN),
    ]
    assert asked == ["good"]


AWAY = "Look at your connection, then try again."
SIGN_IN = "Log in at AWS as the owner of the shop's account: docs/going-live.md, step 1."
COPY = "Copy it anew from Stripe: Developers, API keys."
APART: Exception = stripe.APIConnectionError("x")  # type: ignore[no-untyped-call]
DENIED = ClientError({"Error": {"Code": "AccessDenied", "Message": "secret"}}, "GetAccount")
BUSY = ClientError({"Error": {"Code": "Throttling"}}, "GetAccount")
SLOW: Exception = LifetimeTimeout(timeout=3, errors=[])  # type: ignore[no-untyped-call]
KEYS = "In Stripe, Developers, API keys: let the key read it, or look with the secret key."


@pytest.mark.parametrize(
    ("error", "text", "fix"),
    [
        (DENIED, "AWS does not let you look (AccessDenied)", SIGN_IN),
        (BUSY, "AWS answers Throttling to GetAccount", "Try again in a minute."),
        (NoCredentialsError(), "AWS does not know you", SIGN_IN),
        (NoRegionError(), "AWS_REGION is not set", "export AWS_REGION=eu-central-1"),
        (EndpointConnectionError(endpoint_url="x"), "AWS does not answer (EndpointConnectionError)", AWAY),
        (stripe.PermissionError("sk_live_secret"), "your restricted key may not look at it", KEYS),
        (stripe.AuthenticationError("sk_live_secret"), "Stripe does not take the key", COPY),
        (APART, "Stripe does not answer", AWAY),
        (stripe.APIError("x"), "Stripe refuses to say (APIError)", "Look at https://status.stripe.com"),
        (SLOW, "the name server does not answer (LifetimeTimeout)", AWAY),
        (ConnectionRefusedError("x"), "nobody answers (ConnectionRefusedError)", AWAY),
        (NoRelease("catalogue/ab is damaged. Publish."), "catalogue/ab is damaged. Publish", ""),
        (KeyError("secret"), "the answer cannot be read (KeyError)", "Try again; if it stays so, tell us."),
    ],
)  # fmt: skip
def test_why_something_is_not_known_is_said_without_what_others_wrote(error: Exception, text: str, fix: str) -> None:
    """Words of others may hold secrets (R26)."""
    assert unknown("Whether it works", error) == Verdict(
        Severity.UNKNOWN, f"Whether it works is not known: {text}.", fix
    )


@pytest.mark.parametrize(
    ("severities", "code"),
    [("ok", 0), ("ok note warning", 0), ("ok unknown", 3), ("unknown fault ok", 1), ("", 0)],
)
def test_the_exit_code_tells_faults_before_what_is_not_known(severities: str, code: int) -> None:
    """0 without faults, 1 with faults, 3 when something could not be looked at."""
    assert exit_code([Finding("a", "A", Severity(one), "") for one in severities.split()]) == code
