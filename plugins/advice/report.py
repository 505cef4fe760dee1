"""Reports of a check-up for other programs: one JSON text, or annotations as GitHub's runners understand them."""

import json
from typing import Any

from plugins.advice.checkup import Checkup, Finding
from plugins.advice.score import Score


def as_json(found: Checkup) -> str:
    """Everything as one JSON text: faults, warnings, and products with their scores, the worst first."""
    return json.dumps(
        {
            "faults": [_finding(finding) for finding in found.faults],
            "warnings": [_finding(finding) | {"question": finding.question or None} for finding in found.warnings],
            "products": [_score(score) for score in found.scores],
        },
        ensure_ascii=False,
        indent=2,
    )


def as_annotations(found: Checkup) -> str:
    """One line for each finding; a pull request then shows it beside the line that is meant.

    How they are written and escaped: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    and `escapeData`, `escapeProperty` in https://github.com/actions/toolkit (packages/core/src/command.ts).
    """
    return "\n".join(_annotation(finding) for finding in found.findings)


def _finding(finding: Finding) -> dict[str, Any]:
    fault = finding.fault
    places = {"path": fault.path, "line": fault.line, "column": fault.column}
    return places | {"field": fault.field, "message": fault.sentence}


def _score(score: Score) -> dict[str, Any]:
    return {
        "path": score.path.as_posix(),
        "title": score.title,
        "score": score.points,
        "questions": list(score.questions),
    }


def _annotation(finding: Finding) -> str:
    fault = finding.fault
    level = "warning" if finding.is_warning else "error"
    place = f"file={_property(fault.path)},line={fault.line},col={fault.column}"
    return f"::{level} {place}::{_data(f'{fault.field}: {fault.sentence}')}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
