"""The report of a night: it says what is wrong, and names nobody."""

import json
from pathlib import Path

from click.testing import CliRunner

from release.nightly import main, report

FINDINGS = [
    {"rule": "R8", "about": "7K3M-9QXD-4FTR", "text": "refunded 1200, at Stripe 2400"},
    {"rule": "R8", "about": "AAAA-9QXD-4FTR", "text": "refunded 0, at Stripe 100"},
    {"rule": "R11", "about": "TERN-A4", "text": "reserved 2, orders say 1"},
]
ALARM = {
    "sentence": "The alarm for held orders is off.",
    "severity": "warning",
    "fix": "Switch it on with pouch deploy.",
}
CLOCK = {"sentence": "The clock is right.", "severity": "ok", "fix": ""}


def test_a_good_night_has_no_report() -> None:
    assert report([], [CLOCK]) == ""


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


def test_the_command_reads_files_and_writes_the_report(tmp_path: Path) -> None:
    (tmp_path / "audit").write_text(json.dumps(FINDINGS))
    (tmp_path / "doctor").write_text("[]")
    answer = CliRunner().invoke(main, [f"--audit={tmp_path / 'audit'}", f"--doctor={tmp_path / 'doctor'}"])
    assert answer.exit_code == 0
    assert answer.output == report(FINDINGS, [])
