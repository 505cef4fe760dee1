"""The template of a shop's stack as CloudFormation takes it: without YAML's anchors, with the code of the edge."""

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent
TEMPLATE = ROOT / "template.yaml"
_HASH = "AutoPublishCodeSha256"
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
    return as_json(load_template(path))


def as_json(template: Mapping[str, Any]) -> str:
    """A template that was read, as CloudFormation takes it."""
    return json.dumps(template, separators=(",", ":"), default=str)


def with_versions(
    template: Mapping[str, Any], packages: Mapping[str, str], settings: Mapping[str, str]
) -> dict[str, Any]:
    """A template in which the hash of each function is one of all that it runs with: its package, the parameters'
    values, and what the template says of it. `packages` are the SHA-256 of packages, by parameter.

    SAM publishes a version, and leads the alias to it, only when this hash is another one: of a package alone, a new
    `Domain` would not reach what shoppers ask. Lambda refuses a version of what is as it was in the last one, so the
    hash stands in the environment as well.
    """
    alike = [dict(settings), template["Globals"]]
    resources = {name: _with_version(one, packages, alike) for name, one in template["Resources"].items()}
    return {**template, "Resources": resources}


def _with_version(resource: dict[str, Any], packages: Mapping[str, str], alike: list[Any]) -> dict[str, Any]:
    properties = resource.get("Properties", {})
    if _HASH not in properties:
        return resource
    said = json.dumps([packages[properties[_HASH]["Ref"]], properties, *alike], sort_keys=True, default=str)
    version = hashlib.sha256(said.encode()).hexdigest()
    variables = properties.get("Environment", {}).get("Variables", {}) | {"VERSION": version}
    return {**resource, "Properties": {**properties, _HASH: version, "Environment": {"Variables": variables}}}


def _with_edge(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _with_edge(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_with_edge(each) for each in value]
    if isinstance(value, str) and _EDGE.fullmatch(value):
        return (ROOT / value).read_text(encoding="utf-8")
    return value
