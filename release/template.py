"""The template of a shop's stack as CloudFormation takes it: without YAML's anchors, with the code of the edge."""

import json
import re
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent
TEMPLATE = ROOT / "template.yaml"
_EDGE = re.compile(r"edge/[a-z-]+\.js", re.ASCII)


class _Loader(yaml.SafeLoader):
    """Reads YAML with CloudFormation's short forms, such as `!Ref Table`."""


def _short_form(loader: _Loader, tag: str, node: yaml.Node) -> dict[str, Any]:
    """`!Ref x` as `{"Ref": "x"}`, `!Sub x` as `{"Fn::Sub": "x"}`, `!GetAtt x.y` as `{"Fn::GetAtt": ["x", "y"]}`."""
    value: Any
    if isinstance(node, yaml.MappingNode):
        value = loader.construct_mapping(node, deep=True)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_scalar(node)  # type: ignore[arg-type]  # there is no fourth kind of node
    if tag == "GetAtt":
        value = value.split(".", 1)
    return {tag if tag in {"Ref", "Condition"} else f"Fn::{tag}": value}


_Loader.add_multi_constructor("!", _short_form)


def load_template(path: Path = TEMPLATE) -> dict[str, Any]:
    """A template as plain values, in CloudFormation's long forms. A text that names a file of the edge becomes it."""
    read = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a SafeLoader with short forms
    loaded: dict[str, Any] = _with_edge(read)
    return loaded


def template_json(path: Path = TEMPLATE) -> str:
    """The same as CloudFormation takes it."""
    return json.dumps(load_template(path), separators=(",", ":"), default=str)


def _with_edge(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _with_edge(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_with_edge(each) for each in value]
    if isinstance(value, str) and _EDGE.fullmatch(value):
        return (ROOT / value).read_text(encoding="utf-8")
    return value
