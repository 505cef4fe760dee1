"""`python -m release.nightly`: what the issue of the nightly audit says, as Markdown; nothing when all is well.

The issue of a public repository is public. So it counts what the audit found and names no order: the owner sees the
rest with `pouch audit`. What the doctor says is about the set-up, and stands there as it is.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from release.markdown import plain

MARK = "<!-- pouch nightly -->"
"""How the pipeline finds its issue again; it begins with this."""
WELL = frozenset({"ok", "good", "note"})
"""Severities for which nobody has to do anything."""
UNSEEN = "unknown"
"""The severity of what could not be looked at. The role of the audit may not see everything, so it is no news."""

Findings = Sequence[Mapping[str, str]]


def report(audit: Findings, doctor: Findings) -> str:
    """The issue's text; empty when the books agree and nothing in the set-up is known to be wrong.

    `audit` is the JSON of `pouch audit` (rule, about, text), `doctor` the findings in that of `pouch doctor`
    (severity, text, fix and more).
    """
    ailing = [finding for finding in doctor if finding["severity"] not in WELL | {UNSEEN}]
    if not audit and not ailing:
        return ""
    last = "The newest night is shown. Close this when all is mended."
    parts = (MARK, _books(audit), _set_up(ailing), unseen(doctor), last)
    return "\n\n".join(part for part in parts if part) + "\n"


def unseen(doctor: Findings) -> str:
    """How much of the set-up could not be looked at, in a sentence; empty when all could be."""
    number = sum(finding["severity"] == UNSEEN for finding in doctor)
    if not number:
        return ""
    return f"Not looked at, for want of rights or of an answer: {number} of {len(doctor)}. Your own `pouch doctor` can."


def _books(audit: Findings) -> str:
    if not audit:
        return ""
    rules = Counter(finding["rule"] for finding in audit)
    counted = ", ".join(f"{plain(rule)} ({number})" for rule, number in sorted(rules.items()))
    return (
        f"**The books do not agree.** Rules broken, and how often: {counted}. "
        "`pouch audit` names the orders and `pouch reconcile` mends what it can; see docs/recovery.md."
    )


def _set_up(ailing: Findings) -> str:
    if not ailing:
        return ""
    lines = (f"- {plain(one['severity'])}: {plain(one['text'])} {plain(one['fix'])}".rstrip() for one in ailing)
    return "\n".join(("**The set-up needs a look** (`pouch doctor`):\n", *lines))


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--audit", required=True, type=_FILE, help="What `pouch audit --json` says.")
@click.option("--doctor", required=True, type=_FILE, help="What `pouch doctor --json` says.")
def main(audit: Path, doctor: Path) -> None:
    """Write the report of a night to the standard output; what could not be looked at is a notice of the run, too."""
    findings = _read(doctor)["findings"]
    click.echo(report(_read(audit), findings), nl=False)
    if said := unseen(findings):
        click.echo(f"::notice::{said}", err=True)


if __name__ == "__main__":
    main()
