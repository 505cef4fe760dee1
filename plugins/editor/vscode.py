"""VS Code's files: opened in it, the folder of a shop marks what is wrong where it is written.

`python -m plugins.editor.vscode` writes them. YAML files are checked against the schemas while somebody types; in the
front matter of Markdown no extension does that, so there the task "Check the shop" marks what it finds.
"""

import json
from pathlib import Path
from typing import Any

from plugins.editor.schemas import KINDS

FINDING = r"^(content/.+?):(\d+):(\d+): (?:(warning): )?(.+)$"
"""A fault or a warning, as the check and the build print it: file, line, column, severity, what is wrong."""


def files() -> dict[str, str]:
    """Each file by its path, as it stands in the repository."""
    found = {"extensions.json": _EXTENSIONS, "settings.json": _settings(), "tasks.json": _TASKS}
    return {f".vscode/{name}": json.dumps(value, indent=2) + "\n" for name, value in found.items()}


def _settings() -> dict[str, Any]:
    yaml = (kind for kind in KINDS if kind.files.endswith(".yaml"))
    return {
        "yaml.schemas": {f"./build/schemas/{kind.name}.json": kind.files for kind in yaml},
        "[markdown]": {"editor.wordWrap": "on"},
    }


_EXTENSIONS = {"recommendations": ["redhat.vscode-yaml"]}
_MATCHER = {
    "owner": "pouch",
    "source": "Pouch",
    "fileLocation": ["relative", "${workspaceFolder}"],
    "severity": "error",
    "pattern": {"regexp": FINDING, "file": 1, "line": 2, "column": 3, "severity": 4, "message": 5},
}
_TASKS = {
    "version": "2.0.0",
    "tasks": [
        {
            "label": "Check the shop",
            "detail": "What is wrong in content/, and what a shopper would still ask",
            "type": "shell",
            "command": "make check-content",
            "options": {"env": {"TERM": "dumb"}},
            "group": {"kind": "test", "isDefault": True},
            "presentation": {"reveal": "silent", "panel": "shared", "clear": True},
            "problemMatcher": _MATCHER,
        },
        {
            "label": "Build the shop",
            "detail": "The pages into output/, or every fault in content/",
            "type": "shell",
            "command": "make html",
            "options": {"env": {"TERM": "dumb"}},
            "group": {"kind": "build", "isDefault": True},
            "presentation": {"reveal": "silent", "panel": "shared", "clear": True},
            "problemMatcher": _MATCHER,
        },
    ],
}


def main(root: Path = Path()) -> None:
    """Write the files below `root`."""
    for name, text in files().items():
        path = root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
