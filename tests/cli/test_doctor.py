"""How the doctor's findings look in a terminal: the worst first, calm, in 80 columns and without colour."""

import click
import pytest
from click.testing import CliRunner

from cli.doctor import _print, summary
from release.doctor.finding import Finding, Severity

FINDINGS = [
    Finding("a.one", "Mail", Severity.OK, "SES sends your mail."),
    Finding("a.two", "Mail", Severity.NOTE, "The DMARC record only watches."),
    Finding(
        "a.three", "Mail", Severity.UNKNOWN, "Whether the moon is full is not known: nobody answers.", "Try again."
    ),
    Finding("a.four", "Mail", Severity.UNKNOWN, "Whether it rains is not known: nobody answers.", "Try again."),
    Finding(
        "a.five",
        "Mail",
        Severity.FAULT,
        "2 of 3 records for DKIM are missing or lead elsewhere, and so most of your confirmations land among spam.",
        "Enter: abcdefghijklmnopqrstuvwxyz234567._domainkey.shop.example CNAME "
        "abcdefghijklmnopqrstuvwxyz234567.dkim.amazonses.com",
    ),
    Finding("a.six", "Mail", Severity.OK, "SES may write to anybody."),
    Finding("b.one", "Clock", Severity.WARNING, "The clock is [bold]odd[/bold].", "Look at it."),
]
SHOWN = """\
The stack pouch-live at AWS, a live shop: https://shop.example

Mail
  ✗ 2 of 3 records for DKIM are missing or lead elsewhere, and so most of your
    confirmations land among spam.
    → Enter: abcdefghijklmnopqrstuvwxyz234567._domainkey.shop.example CNAME
      abcdefghijklmnopqrstuvwxyz234567.dkim.amazonses.com
  ? Whether the moon is full is not known: nobody answers.
  ? Whether it rains is not known: nobody answers.
    → Try again.
  · The DMARC record only watches.
  ✓ 2 things well

Clock
  ! The clock is [bold]odd[/bold].
    → Look at it.

1 fault, 1 warning, 1 note, 2 not known; 2 well.
"""


def shown(*, everything: bool = False) -> str:
    """What is printed into a pipe of 80 columns."""

    @click.command()
    def printing() -> None:
        _print("The stack pouch-live at AWS, a live shop: https://shop.example", FINDINGS, everything=everything)

    return CliRunner().invoke(printing, env={"COLUMNS": "80"}).stdout


def test_findings_are_grouped_by_subject_with_the_worst_first() -> None:
    """What mends several is said once, and what is well is counted."""
    assert shown() == SHOWN


def test_what_is_well_is_shown_when_asked_for() -> None:
    """Each by its sentence."""
    assert "  ✓ SES sends your mail.\n  ✓ SES may write to anybody.\n" in shown(everything=True)


def test_no_line_is_longer_than_the_terminal() -> None:
    """But for records, which are never broken."""
    assert max(len(line) for line in shown().splitlines()) <= 80


@pytest.mark.parametrize(
    ("findings", "expected"),
    [(FINDINGS[:1], "All is well: 1 thing looked at."), (FINDINGS[2:4], "2 not known; 0 well.")],
)
def test_the_last_line_counts(findings: list[Finding], expected: str) -> None:
    """All of it in one line."""
    assert summary(findings) == expected
