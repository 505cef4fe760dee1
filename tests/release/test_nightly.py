"""The report of a night: it says what is wrong, and names nobody."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.__main__ import pouch
from release.doctor.finding import Finding, Severity
from release.nightly import main, report

FINDINGS = [
    {"rule": "R8", "about": "7K3M-9QXD-4FTR", "text": "refunded 1200, at Stripe 2400"},
    {"rule": "R8", "about": "AAAA-9QXD-4FTR", "text": "refunded 0, at Stripe 100"},
    {"rule": "R11", "about": "TERN-A4", "text": "reserved 2, orders say 1"},
]
ALARM = asdict(
    Finding(
        "alarms.heard",
        "Alarms",
        Severity.WARNING,
        "The alarm for held orders is off.",
        "Switch it on with pouch deploy.",
    )
)
CLOCK = asdict(Finding("clock.aws", "Clocks", Severity.OK, "The clock is right."))
NOT_HERE = (
    "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE", "AWS_ENDPOINT_URL",
    "SHOP_SECRETS", "SHOP_URL", "SMTP_HOST", "POUCH_STACK",
)  # fmt: skip
HIDDEN = asdict(
    Finding(
        "settings.keys", "Settings", Severity.UNKNOWN, "Whether keys are long enough is not known.", "Log in at AWS."
    )
)


def test_a_good_night_has_no_report() -> None:
    assert report([], [CLOCK]) == ""


def test_what_could_not_be_looked_at_opens_no_issue() -> None:
    """The role of the audit never sees the shop's secrets, so the issue would stay open for good."""
    assert report([], [HIDDEN, CLOCK]) == ""


def test_a_report_says_how_much_could_not_be_looked_at() -> None:
    assert report([], [ALARM, HIDDEN, CLOCK]) == (
        "<!-- pouch nightly -->\n\n"
        "**The set-up needs a look** (`pouch doctor`):\n\n"
        "- warning: The alarm for held orders is off. Switch it on with pouch deploy.\n\n"
        "Not looked at, for want of rights or of an answer: 1 of 3. Your own `pouch doctor` can.\n\n"
        "The newest night is shown. Close this when all is mended.\n"
    )


def test_the_books_are_told_by_rule_and_never_by_order() -> None:
    """The issue of a public repository is public."""
    said = report(FINDINGS, [CLOCK])
    assert said == (
        "<!-- pouch nightly -->\n\n"
        "**The books do not agree.** Rules broken, and how often: R11 (1), R8 (2). `pouch audit` names the orders "
        "and `pouch reconcile` mends what it can; see docs/recovery.md.\n\n"
        "The newest night is shown. Close this when all is mended.\n"
    )
    assert "7K3M" not in said


def test_the_doctor_is_told_with_what_to_do() -> None:
    assert report([], [ALARM, CLOCK]) == (
        "<!-- pouch nightly -->\n\n"
        "**The set-up needs a look** (`pouch doctor`):\n\n"
        "- warning: The alarm for held orders is off. Switch it on with pouch deploy.\n\n"
        "The newest night is shown. Close this when all is mended.\n"
    )


def test_the_command_reads_what_audit_and_doctor_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The doctor's own command writes it, for a shop on this machine that is not built yet and has a wrong key."""
    monkeypatch.setenv("SHOP_BUILD", str(tmp_path))
    monkeypatch.setenv("STRIPE_SECRET_KEY", "wrong")
    monkeypatch.setenv("STRIPE_API_BASE", "http://127.0.0.1:9")
    for name in NOT_HERE:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    examined = CliRunner().invoke(pouch, ["doctor", "--json"])
    (tmp_path / "audit").write_text(json.dumps(FINDINGS))
    (tmp_path / "doctor").write_text(examined.stdout)
    answer = CliRunner().invoke(main, [f"--audit={tmp_path / 'audit'}", f"--doctor={tmp_path / 'doctor'}"])
    assert answer.exit_code == 0
    assert "- fault: STRIPE\\_SECRET\\_KEY is no secret key of Stripe's. In Stripe, " in answer.stdout
    assert "Rules broken, and how often: R11 (1), R8 (2)." in answer.stdout
    assert answer.stderr.startswith("::notice::Not looked at, for want of rights or of an answer: ")
