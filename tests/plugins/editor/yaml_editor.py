"""What an editor makes of YAML: the core schema of YAML 1.2, in which `24.00` is a number and `no` a text."""

import re
from typing import Any

import yaml


class _Core(yaml.SafeLoader):
    """PyYAML with the scalars of YAML 1.2 instead of those of YAML 1.1."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012


_SCALARS = {
    "bool": (r"true|True|TRUE|false|False|FALSE", "tTfF"),
    "null": (r"~|null|Null|NULL|", "~nN"),
    "int": (r"[-+]?[0-9]+", "-+0123456789"),
    "float": (r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?", "-+.0123456789"),
}
for _name, (_pattern, _first) in _SCALARS.items():
    _tag = f"tag:yaml.org,2002:{_name}"
    _Core.add_implicit_resolver(_tag, re.compile(f"(?:{_pattern})$"), [*_first, *([""] if _name == "null" else [])])


def as_an_editor_reads_it(text: str, name: str) -> Any:
    """The fields of a file: a YAML file, or the front matter of a Markdown file. Raises yaml.YAMLError."""
    front = text.split("---\n")[1] if name.endswith(".md") else text
    return yaml.load(front, _Core)  # noqa: S506 (a subclass of the safe loader)
