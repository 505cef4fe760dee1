"""release/pipeline.yaml: who the pipeline may be at AWS, and what each of its roles may do."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import boto3
import botocore.session
import pytest
from botocore import xform_name
from cfnlint.decode.cfn_yaml import load

from release.template import load_template

ROOT = Path(__file__).parents[2]
PATH = ROOT / "release" / "pipeline.yaml"
RESOURCES: dict[str, Any] = load(str(PATH))["Resources"]
FROM_GITHUB = {"PublishRole": "shop", "PreviewRole": "preview", "AuditRole": "audit"}
READS = re.compile(r"[a-z0-9]+:(Get|BatchGet|List|Describe|Query|Scan)\w*")
STATEMENT = re.compile(r"- Sid: (\w+)\n(.*?)(?=\n +- Sid:|\n  \w|\nOutputs)", re.DOTALL)
PROVIDER = "arn:aws:iam::000000000000:oidc-provider/token.actions.githubusercontent.com"
CLAIM = "token.actions.githubusercontent.com:"


def statements(role: str) -> list[dict[str, Any]]:
    return [
        one for policy in RESOURCES[role]["Properties"]["Policies"] for one in policy["PolicyDocument"]["Statement"]
    ]


def actions(role: str) -> set[str]:
    return {action for one in statements(role) for action in as_list(one["Action"])}


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def trust(role: str) -> dict[str, Any]:
    (statement,) = RESOURCES[role]["Properties"]["AssumeRolePolicyDocument"]["Statement"]
    condition: dict[str, Any] = statement["Condition"]
    return condition


@pytest.mark.slow
def test_cfn_lint_finds_nothing() -> None:
    typed = [str(Path(sys.executable).parent / "cfn-lint"), str(PATH)]
    answer = subprocess.run(typed, capture_output=True, text=True, timeout=60, check=False)
    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize(("sid", "text"), STATEMENT.findall(PATH.read_text(encoding="utf-8")))
def test_every_star_has_its_reason_beside_it(sid: str, text: str) -> None:
    assert "*" not in re.sub(r"#.*", "", text) or "# Why *: " in text, sid


def test_the_statements_are_found_at_all() -> None:
    assert len(STATEMENT.findall(PATH.read_text(encoding="utf-8"))) == sum(
        len(statements(role)) for role in [*FROM_GITHUB, "DeployRole"]
    )


@pytest.mark.parametrize(("role", "environment"), FROM_GITHUB.items())
def test_a_role_is_for_one_environment_of_one_repository(role: str, environment: str) -> None:
    """`sub` in both of GitHub's forms, and the repository's number, which never becomes somebody else's."""
    old, new = trust(role)["StringLike"][f"{CLAIM}sub"]
    assert old == {"Fn::Sub": f"repo:${{Repository}}:environment:{environment}"}
    assert new["Fn::Sub"][0] == f"repo:${{Owner}}@*/${{Name}}@${{RepositoryId}}:environment:{environment}"
    assert trust(role)["StringEquals"][f"{CLAIM}repository_id"] == {"Ref": "RepositoryId"}
    assert trust(role)["StringEquals"][f"{CLAIM}aud"] == "sts.amazonaws.com"


@pytest.mark.parametrize("role", ["PublishRole", "AuditRole"])
def test_what_touches_the_live_shop_comes_from_main(role: str) -> None:
    assert trust(role)["StringEquals"][f"{CLAIM}ref"] == {"Fn::Sub": "refs/heads/${Branch}"}


def test_the_audit_reads_and_nothing_else() -> None:
    assert [action for action in actions("AuditRole") if not READS.fullmatch(action)] == []


DOCTOR = {
    "describe_alarms": "cloudwatch:DescribeAlarms",
    "describe_continuous_backups": "dynamodb:DescribeContinuousBackups",
    "describe_stack_resource": "cloudformation:DescribeStackResource",
    "describe_stacks": "cloudformation:DescribeStacks",
    "describe_table": "dynamodb:DescribeTable",
    "describe_time_to_live": "dynamodb:DescribeTimeToLive",
    "get_account": "ses:GetAccount",
    "get_bucket_policy": "s3:GetBucketPolicy",
    "get_bucket_versioning": "s3:GetBucketVersioning",
    "get_email_identity": "ses:GetEmailIdentity",
    "get_metric_statistics": "cloudwatch:GetMetricStatistics",
    "get_public_access_block": "s3:GetBucketPublicAccessBlock",
    "get_queue_attributes": "sqs:GetQueueAttributes",
    "list_subscriptions_by_topic": "sns:ListSubscriptionsByTopic",
}
"""The right that each of the doctor's calls takes."""
WITHOUT_RIGHTS = {"get_parameter", "head_object"}  # a secret, which the audit never reads; and a stranger's knock
SERVICES = ("cloudformation", "cloudwatch", "dynamodb", "s3", "sesv2", "sns", "sqs", "ssm")


def called_by_the_doctor() -> set[str]:
    """Every operation of AWS's that its modules name."""
    session = botocore.session.get_session()
    known = {xform_name(one) for name in SERVICES for one in session.get_service_model(name).operation_names}
    read = [*(ROOT / "release" / "doctor").glob("*.py"), ROOT / "release" / "told_stack.py"]
    named = {
        name for path in read for name in re.findall(r'(?:[\w)]\.|\(")([a-z]+(?:_[a-z]+)+)\b', path.read_text("utf-8"))
    }
    return named & known


def test_the_audit_may_look_at_all_that_the_doctor_looks_at_but_secrets() -> None:
    """Else a part of the set-up is never seen by night."""
    assert called_by_the_doctor() == set(DOCTOR) | WITHOUT_RIGHTS
    assert set(DOCTOR.values()) | {"s3:ListBucket", "s3:GetObject"} <= actions("AuditRole")


@pytest.mark.parametrize("role", [*FROM_GITHUB, "DeployRole"])
def test_no_role_reads_a_secret_or_deletes_what_cannot_be_made_again(role: str) -> None:
    never = re.compile(r"\*|ssm:(?!DescribeParameters).*|kms:.*|dynamodb:(\*|Delete.*)|s3:(\*|DeleteBucket)|ses:Send.*")
    assert [action for action in actions(role) if never.fullmatch(action)] == []


@pytest.mark.parametrize("role", ["PublishRole", "PreviewRole", "DeployRole"])
def test_only_the_audit_reads_orders(role: str) -> None:
    assert not actions(role) & {"dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:Scan"}


def test_a_preview_cannot_touch_the_live_shop() -> None:
    assert "LiveStack" not in str(statements("PreviewRole"))


def files(role: str, effect: str = "Allow") -> set[str]:
    """The files of buckets that a role may write, or may never."""
    return {
        resource["Fn::Sub"].rpartition(":")[2]
        for one in statements(role)
        if "s3:PutObject" in as_list(one["Action"]) and one["Effect"] == effect
        for resource in as_list(one["Resource"])
        if "pouch-code" not in resource["Fn::Sub"]
    }


def test_main_is_put_into_both_shops_and_a_preview_only_beside_it() -> None:
    """The one who publishes writes no preview, and no preview writes what was merged."""
    assert files("PublishRole") == {"${LiveStack}-*/*", "${SandboxStack}-*/main/*"}
    assert files("PreviewRole") == {"${SandboxStack}-*/*"}
    assert files("PreviewRole", "Deny") == {"${SandboxStack}-*/main/*"}
    (never,) = (one for one in statements("PreviewRole") if one["Effect"] == "Deny")
    changes = {action for action in actions("PreviewRole") if action.startswith("s3:") and not READS.fullmatch(action)}
    assert changes - set(never["Action"]) == {"s3:AbortMultipartUpload"}


def test_publishing_hands_only_the_role_for_deploying_and_only_to_cloudformation() -> None:
    (passing,) = (one for one in statements("PublishRole") if one["Action"] == "iam:PassRole")
    assert passing["Resource"] == {"Fn::GetAtt": ["DeployRole", "Arn"]}
    assert passing["Condition"] == {"StringEquals": {"iam:PassedToService": "cloudformation.amazonaws.com"}}
    assert not any(action.startswith("iam:") for action in actions("PublishRole") - {"iam:PassRole"})


def test_who_moves_away_deletes_the_role_for_deploying_last() -> None:
    """CloudFormation deletes the shop's stacks with it."""
    text = (ROOT / "docs" / "moving-away.md").read_text(encoding="utf-8")
    assert re.findall(r"delete-stack --stack-name (\S+)", text) == ["pouch-sandbox", "pouch-live", "pouch-pipeline"]


@pytest.mark.parametrize("role", ["PublishRole", "DeployRole"])
def test_who_deploys_may_have_the_template_transformed(role: str) -> None:
    """AWS asks it of whoever makes the change set and of the role that the stack is changed by."""
    transform = load_template()["Transform"].removeprefix("AWS::")
    allowed = [one for one in statements(role) if "cloudformation:CreateChangeSet" in as_list(one["Action"])]
    resources = [resource["Fn::Sub"] for one in allowed for resource in as_list(one["Resource"])]
    assert f"arn:${{AWS::Partition}}:cloudformation:${{AWS::Region}}:aws:transform/{transform}" in resources


def test_only_cloudformation_is_the_role_for_deploying() -> None:
    (statement,) = RESOURCES["DeployRole"]["Properties"]["AssumeRolePolicyDocument"]["Statement"]
    assert statement["Principal"] == {"Service": "cloudformation.amazonaws.com"}
    assert statement["Action"] == "sts:AssumeRole"


@pytest.fixture(scope="module")
def roles(aws: str) -> dict[str, Any]:
    """The roles as CloudFormation makes them, by their names in the template. The emulator has no OIDC provider."""
    cloudformation, iam = boto3.client("cloudformation"), boto3.client("iam")
    given = {"Repository": "tern/shop", "RepositoryId": "4711", "Provider": PROVIDER}
    cloudformation.create_stack(
        StackName="pouch-pipeline",
        TemplateBody=PATH.read_text(encoding="utf-8"),
        Parameters=[{"ParameterKey": name, "ParameterValue": value} for name, value in given.items()],
        Capabilities=["CAPABILITY_IAM"],
    )
    cloudformation.get_waiter("stack_create_complete").wait(
        StackName="pouch-pipeline", WaiterConfig={"Delay": 1, "MaxAttempts": 20}
    )
    (stack,) = cloudformation.describe_stacks(StackName="pouch-pipeline")["Stacks"]
    named = {one["OutputKey"]: one["OutputValue"].rpartition("/")[2] for one in stack["Outputs"]}
    return {key: iam.get_role(RoleName=name)["Role"] for key, name in named.items()}


@pytest.mark.slow
@pytest.mark.parametrize(("role", "environment"), FROM_GITHUB.items())
def test_as_made_a_role_trusts_this_repository_alone(role: str, environment: str, roles: dict[str, Any]) -> None:
    (statement,) = roles[role]["AssumeRolePolicyDocument"]["Statement"]
    assert statement["Principal"] == {"Federated": PROVIDER}
    assert statement["Condition"]["StringLike"][f"{CLAIM}sub"] == [
        f"repo:tern/shop:environment:{environment}",
        f"repo:tern@*/shop@4711:environment:{environment}",
    ]


@pytest.mark.slow
@pytest.mark.parametrize("role", [*FROM_GITHUB, "DeployRole"])
def test_as_made_a_role_is_short_enough_for_aws(role: str, roles: dict[str, Any]) -> None:
    """Inline policies of a role have 10,240 characters together."""
    iam, name = boto3.client("iam"), roles[role]["RoleName"]
    found = [
        iam.get_role_policy(RoleName=name, PolicyName=one)
        for one in iam.list_role_policies(RoleName=name)["PolicyNames"]
    ]
    assert 0 < sum(len(json.dumps(one["PolicyDocument"], separators=(",", ":"))) for one in found) < 9_000
