"""What a stack says, and what the two stacks of an account are called."""

import json
import re
from pathlib import Path
from uuid import uuid4

import boto3
import pytest

from release.kind import LIVE, SANDBOX
from release.template import load_template
from release.told_stack import Stack, read_stack
from tests.release.pipelines import ROOT, WORKFLOWS

TEMPLATE = json.dumps(
    {
        "Parameters": {"Kind": {"Type": "String"}},
        "Resources": {"Topic": {"Type": "AWS::SNS::Topic"}},
        "Outputs": {"Url": {"Value": "https://shop.example"}},
    }
)
SANDBOXED = [{"ParameterKey": "Kind", "ParameterValue": "sandbox"}]


def test_a_stack_says_its_parameters_its_outputs_and_the_time(aws: str) -> None:
    cloudformation, name = boto3.client("cloudformation"), f"pouch-{uuid4().hex}"
    cloudformation.create_stack(StackName=name, TemplateBody=TEMPLATE, Parameters=SANDBOXED)
    found = read_stack(cloudformation, name)
    assert found
    assert (found.parameters, found.outputs) == ({"Kind": "sandbox"}, {"Url": "https://shop.example"})
    assert (found.status, found.live, found.never_made) == ("CREATE_COMPLETE", False, False)
    assert found.date.endswith(" GMT")


def test_a_stack_that_is_only_proposed_or_not_there_is_none(aws: str) -> None:
    cloudformation, name = boto3.client("cloudformation"), f"pouch-{uuid4().hex}"
    assert read_stack(cloudformation, name) is None
    cloudformation.create_change_set(
        StackName=name, ChangeSetName="first", ChangeSetType="CREATE", TemplateBody=TEMPLATE, Parameters=SANDBOXED
    )
    assert read_stack(cloudformation, name) is None


@pytest.mark.parametrize("status", ["ROLLBACK_COMPLETE", "CREATE_FAILED", "ROLLBACK_FAILED"])
def test_what_is_left_of_a_stack_that_could_not_be_made_is_known(status: str) -> None:
    assert Stack("pouch-live", {}, {}, status).never_made
    assert not Stack("pouch-live", {}, {}, "UPDATE_ROLLBACK_COMPLETE").never_made


def test_the_two_stacks_are_named_in_one_place() -> None:
    """Beside it only where no Python is: as defaults of the roles' template, and in the pipelines' own commands."""
    named = [path.name for path in sorted(ROOT.glob("release/**/*.py")) if _names(path)]
    assert named == []
    parameters = load_template(ROOT / "release" / "pipeline.yaml")["Parameters"]
    assert parameters["LiveStack"]["Default"] == LIVE.stack == "pouch-live"
    assert parameters["SandboxStack"]["Default"] == SANDBOX.stack == "pouch-sandbox"
    assert set().union(*map(_names, WORKFLOWS)) <= {LIVE.stack, SANDBOX.stack}


def _names(path: Path) -> set[str]:
    return set(re.findall(r"\bpouch-(?:live|sandbox)\b", path.read_text(encoding="utf-8")))
