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


def report(audit: Sequence[Mapping[str, str]], doctor: Sequence[Mapping[str, str]]) -> str:
    """The issue's text; empty when the books agree and the set-up is sound.

    `audit` is the JSON of `pouch audit` (rule, about, text), `doctor` that of `pouch doctor` (sentence, severity, fix).
    """
    ailing = [check for check in doctor if check["severity"] not in WELL]
    if not audit and not ailing:
        return ""
    parts = (MARK, _books(audit), _set_up(ailing), "The newest night is shown. Close this when all is mended.")
    return "\n\n".join(part for part in parts if part) + "\n"


def _books(audit: Sequence[Mapping[str, str]]) -> str:
    if not audit:
        return ""
    rules = Counter(finding["rule"] for finding in audit)
    counted = ", ".join(f"{plain(rule)} ({number})" for rule, number in sorted(rules.items()))
    return (
        f"**The books do not agree.** Rules broken, and how often: {counted}. "
        "`pouch audit` names the orders and `pouch reconcile` mends what it can; see docs/recovery.md."
    )


def _set_up(ailing: Sequence[Mapping[str, str]]) -> str:
    if not ailing:
        return ""
    lines = (f"- {plain(check['severity'])}: {plain(check['sentence'])} {plain(check['fix'])}" for check in ailing)
    return "\n".join(("**The set-up needs a look** (`pouch doctor`):\n", *lines))


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--audit", required=True, type=_FILE, help="What `pouch audit --json` says.")
@click.option("--doctor", required=True, type=_FILE, help="What `pouch doctor --json` says.")
def main(audit: Path, doctor: Path) -> None:
    """Write the report of a night to the standard output."""
    click.echo(report(_read(audit), _read(doctor)), nl=False)


if __name__ == "__main__":
    main()
