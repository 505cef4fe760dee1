"""The pipelines as data. Every value is a text, so that `on` stays a word and `3.13` keeps its form."""

from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".github" / "workflows"
WORKFLOWS = sorted(FOLDER.glob("*.yaml"))


def workflow(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 (texts only)
    return loaded


JOBS: dict[str, dict[str, Any]] = {
    f"{path.stem}/{name}": job for path in WORKFLOWS for name, job in workflow(path)["jobs"].items()
}
"""Every job, by its workflow and its name."""


def steps(job: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = job.get("steps", [])
    return found
