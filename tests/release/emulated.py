"""The template as the emulator of AWS takes it: SAM's transform done here, without what the emulator has not."""

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from unittest.mock import patch

from ministack.services.cloudformation.provisioners import _RESOURCE_HANDLERS
from samtranslator.translator.transform import transform

from release.deploy import code_parameters, find_packages
from release.template import load_template

LEFT_OUT = {
    "AWS::Budgets::Budget": {"Budget"},
    "AWS::CloudFront::CachePolicy": {"PagesCache", "StockCache"},
    "AWS::CloudFront::Function": {"AnswersFunction", "FunctionsFunction", "PagesFunction"},
    "AWS::CloudFront::OriginAccessControl": {"PagesAccess"},
    "AWS::CloudFront::OriginRequestPolicy": {"FunctionsRequest"},
    "AWS::CloudFront::ResponseHeadersPolicy": {"PagesHeaders", "SearchWorkerHeaders"},
    "AWS::Logs::MetricFilter": {
        "DifferenceMetric", "FailureMetric", "HeldMetric", "NotDoneMetric", "OverdueMailMetric", "RepairMetric",
        "RunMetric", "SignatureMetric",
    },
}  # fmt: skip
"""What the emulator cannot make. tests/release/test_template.py and test_edge.py look at each of these instead."""


def left_out(template: Mapping[str, Any]) -> dict[str, set[str]]:
    """Resources of a template that the emulator cannot make, by type."""
    found: dict[str, set[str]] = {}
    for name, one in template["Resources"].items():
        if one["Type"] not in _RESOURCE_HANDLERS:
            found.setdefault(one["Type"], set()).add(name)
    return found


def transformed(codes: Mapping[str, str]) -> dict[str, Any]:
    """The template once SAM's transform is done, with these packages."""
    with patch.dict(os.environ, {"AWS_DEFAULT_REGION": "eu-central-1"}):
        done: dict[str, Any] = transform(load_template(), dict(codes), None)
    return done


def template(packages: Path) -> str:
    """The template that the emulator takes, for the packages in a folder."""
    made = find_packages(packages)
    hashes = {group: hashlib.sha256(path.read_bytes()).hexdigest() for group, path in made.items()}
    names = dict(zip(sorted(code_parameters()), sorted(hashes), strict=True))
    return _emulated({name: hashes[group] for name, group in names.items()})


def _emulated(codes: Mapping[str, str]) -> str:
    made = transformed(codes)
    gone = {name for names in left_out(made).values() for name in names}
    made["Resources"] = {name: one for name, one in made["Resources"].items() if name not in gone}
    return json.dumps(_without(made, gone))


def _without(value: Any, gone: set[str]) -> Any:
    """A value in which what is left out stands by its name."""
    if isinstance(value, list):
        return [_without(one, gone) for one in value]
    if not isinstance(value, dict):
        return value
    if value.get("Ref") in gone:
        return value["Ref"]
    attribute = value.get("Fn::GetAtt")
    if isinstance(attribute, list) and attribute[0] in gone:
        return ".".join(attribute)
    return {name: _without(one, gone) for name, one in value.items()}
