"""The role that CloudFormation has, held against what it needs to make, change and delete each resource.

What a type needs says its own schema, which AWS publishes with the permissions of its handlers; on what a right can be
given says IAM's own list. cfn-lint has both. What is not needed stands below, with a reason.
"""

import fnmatch
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cfnlint
import pytest
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

from release.deploy import code_parameters
from tests.release.emulated import transformed
from tests.release.rendering import ACCOUNT, REGION
from tests.release.test_pipeline_roles import as_list, statements

RESOURCES: dict[str, Any] = transformed(
    dict.fromkeys(code_parameters(), "0" * 64) | {"StripeEventSource": "aws.partner/stripe.com/ed_test_1"}
)["Resources"]
TYPES = sorted({one["Type"] for one in RESOURCES.values()})
IAM = json.loads((Path(cfnlint.__file__).parent / "data" / "AdditionalSpecs" / "Policies.json").read_text())
OPERATIONS = ("create", "read", "update", "delete")  # and not `list`, which no stack asks for
NAMES = {
    "AWS::Partition": "aws",
    "AWS::AccountId": ACCOUNT,
    "AWS::Region": REGION,
    "LiveStack": "pouch-live",
    "SandboxStack": "pouch-sandbox",
}
PLACE = f"{REGION}:{ACCOUNT}"
STRIPE = "aws.partner/stripe.com/ed_test_1"
ARNS = {
    "apigateway": {
        "Api": f"arn:aws:apigateway:{REGION}::/apis/a1b2c3",
        "Apis": f"arn:aws:apigateway:{REGION}::/apis",
        "Integration": f"arn:aws:apigateway:{REGION}::/apis/a1b2c3/integrations/i1",
        "Integrations": f"arn:aws:apigateway:{REGION}::/apis/a1b2c3/integrations",
        "Route": f"arn:aws:apigateway:{REGION}::/apis/a1b2c3/routes/r1",
        "Routes": f"arn:aws:apigateway:{REGION}::/apis/a1b2c3/routes",
        "Stage": f"arn:aws:apigateway:{REGION}::/apis/a1b2c3/stages/$default",
        "Stages": f"arn:aws:apigateway:{REGION}::/apis/a1b2c3/stages",
        "Tags": f"arn:aws:apigateway:{REGION}::/tags/arn%3Aaws%3Aapigateway%3A{REGION}%3A%3A%2Fapis%2Fa1b2c3",
    },
    "billing": {"billingview": f"arn:aws:billing::{ACCOUNT}:billingview/primary"},
    "budgets": {"budget": f"arn:aws:budgets::{ACCOUNT}:budget/Budget-a1b2"},
    "cloudfront": {
        kind: f"arn:aws:cloudfront::{ACCOUNT}:{kind}/E1"
        for kind in (
            "cache-policy",
            "distribution",
            "function",
            "origin-access-control",
            "origin-request-policy",
            "response-headers-policy",
        )
    },
    "cloudwatch": {"alarm": f"arn:aws:cloudwatch:{PLACE}:alarm:pouch-live-HeldAlarm-A1"},
    "dynamodb": {"table": f"arn:aws:dynamodb:{PLACE}:table/pouch-live-Table-A1"},
    "events": {
        "event-bus": f"arn:aws:events:{PLACE}:event-bus/{STRIPE}",
        "event-source": f"arn:aws:events:{REGION}::event-source/{STRIPE}",
        "rule-on-custom-event-bus": f"arn:aws:events:{PLACE}:rule/{STRIPE}/pouch-live-StripeRule-A1",
        "rule-on-default-event-bus": f"arn:aws:events:{PLACE}:rule/pouch-live-MailEventsRule-A1",
    },
    "iam": {"role": f"arn:aws:iam::{ACCOUNT}:role/pouch-live-CartRole-A1"},
    "lambda": {
        "eventSourceMapping": f"arn:aws:lambda:{PLACE}:event-source-mapping:a1b2",
        "function": f"arn:aws:lambda:{PLACE}:function:pouch-live-CartFunction-A1",
        "function alias": f"arn:aws:lambda:{PLACE}:function:pouch-live-CartFunction-A1:live",
        "function version": f"arn:aws:lambda:{PLACE}:function:pouch-live-CartFunction-A1:7",
    },
    "logs": {"log-group": f"arn:aws:logs:{PLACE}:log-group:pouch-live-Log-A1"},
    "s3": {
        "bucket": "arn:aws:s3:::pouch-live-pagesbucket-a1",
        "object": f"arn:aws:s3:::pouch-code-{ACCOUNT}-{REGION}/code/{'0' * 64}.zip",
    },
    "scheduler": {"schedule": f"arn:aws:scheduler:{PLACE}:schedule/default/pouch-live-Every15Minutes-A1"},
    "ses": {
        "configuration-set": f"arn:aws:ses:{PLACE}:configuration-set/OrderMails-A1",
        "identity": f"arn:aws:ses:{PLACE}:identity/shop.example",
    },
    "sns": {"topic": f"arn:aws:sns:{PLACE}:pouch-live-Topic-A1"},
    "sqs": {"queue": f"arn:aws:sqs:{PLACE}:pouch-live-DeadLetters-A1"},
}
"""Resources of a shop as AWS names them, by the names that IAM has for their kinds."""


@dataclass(frozen=True)
class NotNeeded:
    """Rights that a type's handlers have for what the template does not do. `unset` are the properties for them."""

    type: str
    actions: str
    reason: str
    unset: str = ""


OWN_KEYS = "Everything is encrypted with Amazon's own keys."
NOT_NEEDED = (
    NotNeeded("AWS::CloudFront::Distribution", "cloudfront:*ConnectionGroup", "For many shops at one distribution."),
    NotNeeded("AWS::CloudFront::Distribution", "cloudfront:GetVpcOrigin", "No origin is in a network of one's own."),
    NotNeeded("AWS::CloudFront::Distribution", "cloudfront:*WithStagingConfig", "Nothing is tried on some first."),
    NotNeeded("AWS::CloudFront::Distribution", "cloudfront:CreateDistributionWithTags", "IAM knows no such right."),
    NotNeeded("AWS::DynamoDB::Table", "dynamodb:DeleteTable", "The table is kept, whatever becomes of the stack."),
    NotNeeded("AWS::DynamoDB::Table", "dynamodb:*Import*", "It begins empty.", "ImportSourceSpecification"),
    NotNeeded("AWS::DynamoDB::Table", "logs:*", "What an import has to say.", "ImportSourceSpecification"),
    NotNeeded("AWS::DynamoDB::Table", "s3:*", "Where an import comes from.", "ImportSourceSpecification"),
    NotNeeded("AWS::DynamoDB::Table", "dynamodb:*ContributorInsights", "None.", "ContributorInsightsSpecification"),
    NotNeeded("AWS::DynamoDB::Table", "dynamodb:*KinesisStreaming*", "None.", "KinesisStreamSpecification"),
    NotNeeded("AWS::DynamoDB::Table", "kinesis:*", "None.", "KinesisStreamSpecification"),
    NotNeeded("AWS::DynamoDB::Table", "dynamodb:*ResourcePolicy", "Roles say who reads orders.", "ResourcePolicy"),
    NotNeeded("AWS::DynamoDB::Table", "dynamodb:*TableReplica", "It is in one region."),
    NotNeeded("AWS::DynamoDB::Table", "dynamodb:*Item", "What replicas need; this role reads no order."),
    NotNeeded("AWS::DynamoDB::Table", "dynamodb:Scan", "What replicas need; this role reads no order."),
    NotNeeded("AWS::DynamoDB::Table", "dynamodb:Query", "What replicas need; this role reads no order."),
    NotNeeded("AWS::DynamoDB::Table", "iam:CreateServiceLinkedRole", "What replicas need."),
    NotNeeded("AWS::DynamoDB::Table", "kms:*", OWN_KEYS, "SSESpecification"),
    NotNeeded("AWS::Events::EventBus", "kms:*", OWN_KEYS, "KmsKeyIdentifier"),
    NotNeeded("AWS::Events::EventBus", "events:*Permission", "The bus is for this account alone.", "Policy"),
    NotNeeded("AWS::IAM::Role", "iam:*PermissionsBoundary", "No role has one.", "PermissionsBoundary"),
    NotNeeded("AWS::Lambda::Alias", "codedeploy:*", "A new version takes over at once.", "RoutingConfig"),
    NotNeeded("AWS::Lambda::EventSourceMapping", "kms:*", OWN_KEYS, "KmsKeyArn"),
    NotNeeded("AWS::Lambda::Function", "kms:*", OWN_KEYS, "KmsKeyArn"),
    NotNeeded("AWS::Lambda::Function", "ec2:*", "No function is in a network of one's own.", "VpcConfig"),
    NotNeeded("AWS::Lambda::Function", "elasticfilesystem:*", "No function has a disk.", "FileSystemConfigs"),
    NotNeeded("AWS::Lambda::Function", "s3files:*", "No function has a disk.", "FileSystemConfigs"),
    NotNeeded("AWS::Lambda::Function", "s3:GetObjectVersion", "A package is named after what is in it."),
    NotNeeded("AWS::Lambda::Function", "lambda:AssociateRuntimeAlias", "IAM knows no such right."),
    NotNeeded("AWS::Lambda::Function", "lambda:GetCodeSigningConfig", "None.", "CodeSigningConfigArn"),
    NotNeeded("AWS::Lambda::Function", "lambda:GetLayerVersion", "A package holds all of it.", "Layers"),
    NotNeeded("AWS::Lambda::Function", "lambda:PassCapacityProvider", "None.", "CapacityProviderConfig"),
    NotNeeded("AWS::Logs::LogGroup", "logs:PutDataProtectionPolicy", "Nothing of people.", "DataProtectionPolicy"),
    NotNeeded("AWS::Logs::LogGroup", "logs:*IndexPolicy", "No field has an index.", "FieldIndexPolicies"),
    NotNeeded("AWS::Logs::LogGroup", "logs:*ResourcePolicy", "Roles say who writes.", "ResourcePolicyDocument"),
    NotNeeded("AWS::Logs::LogGroup", "logs:*ssociateKmsKey", OWN_KEYS, "KmsKeyId"),
    NotNeeded("AWS::Logs::LogGroup", "logs:*DeletionProtection", "It ends by itself.", "DeletionProtectionEnabled"),
    NotNeeded("AWS::Logs::LogGroup", "logs:*BearerToken*", "No writer has one.", "BearerTokenAuthenticationEnabled"),
    NotNeeded("AWS::Logs::LogGroup", "logs:CreateLogDelivery", "It is handed on to nobody.", "DataProtectionPolicy"),
    NotNeeded("AWS::Logs::LogGroup", "s3:*", "It is handed on to nobody.", "DataProtectionPolicy"),
    NotNeeded("AWS::Logs::LogGroup", "firehose:*", "It is handed on to nobody.", "DataProtectionPolicy"),
    NotNeeded("AWS::S3::Bucket", "s3:DeleteBucket", "Buckets are kept, whatever becomes of the stack."),
    NotNeeded("AWS::S3::Bucket", "s3:DeleteObject", "Files are published and cleared away, not deployed."),
    NotNeeded("AWS::S3::Bucket", "s3:*Acl", "Buckets know no lists of access any more.", "AccessControl"),
    NotNeeded("AWS::S3::Bucket", "s3:PutBucketAbac", "Rights go by names, not by tags.", "AbacStatus"),
    NotNeeded("AWS::S3::Bucket", "s3:*Analytics*", "None.", "AnalyticsConfigurations"),
    NotNeeded("AWS::S3::Bucket", "s3:*C[Oo][Rr][Ss]", "No script of another site reads here.", "CorsConfiguration"),
    NotNeeded("AWS::S3::Bucket", "s3:*Inventory*", "None.", "InventoryConfigurations"),
    NotNeeded("AWS::S3::Bucket", "s3:*Metrics*", "None.", "MetricsConfigurations"),
    NotNeeded("AWS::S3::Bucket", "s3:*Notification*", "Nobody is told.", "NotificationConfiguration"),
    NotNeeded("AWS::S3::Bucket", "s3:*Replication*", "Files are in one region.", "ReplicationConfiguration"),
    NotNeeded("AWS::S3::Bucket", "s3:*Website*", "The CDN serves pages.", "WebsiteConfiguration"),
    NotNeeded("AWS::S3::Bucket", "s3:*Accelerate*", "None.", "AccelerateConfiguration"),
    NotNeeded("AWS::S3::Bucket", "s3:*ObjectLock*", "None.", "ObjectLockConfiguration"),
    NotNeeded("AWS::S3::Bucket", "s3:*IntelligentTiering*", "None.", "IntelligentTieringConfigurations"),
    NotNeeded("AWS::S3::Bucket", "s3:*Logging*", "Nobody is written down who looks at a page.", "LoggingConfiguration"),
    NotNeeded("AWS::S3::Bucket", "s3:*BucketMetadata*", "None.", "MetadataTableConfiguration"),
    NotNeeded("AWS::S3::Bucket", "s3tables:*", "None.", "MetadataTableConfiguration"),
    NotNeeded("AWS::S3::Bucket", "s3:DeleteBucketEncryption", "The template always has it."),
    NotNeeded("AWS::S3::Bucket", "s3:DeleteBucketLifecycle", "The template always has it."),
)  # fmt: skip


def needed(kind: str) -> set[str]:
    """The rights that a type's handlers have."""
    handlers = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", kind).schema["handlers"]
    return {action for one in OPERATIONS for action in handlers.get(one, {}).get("permissions", ())}


def is_excused(kind: str, action: str) -> bool:
    return any(one.type == kind and fnmatch.fnmatchcase(action, one.actions) for one in NOT_NEEDED)


def may(action: str) -> bool:
    """Whether the role may do it with all that a shop has of what the right is for."""
    allowed = [
        pattern
        for one in statements("DeployRole")
        if any(fnmatch.fnmatchcase(action.lower(), each.lower()) for each in as_list(one["Action"]))
        for pattern in map(_resolved, as_list(one["Resource"]))
    ]
    return all(any(fnmatch.fnmatchcase(arn, pattern) for pattern in allowed) for arn in _concerned(action))


def _concerned(action: str) -> list[str]:
    """What of a shop a right is for: `*` where IAM knows it for the whole account only."""
    service, _, name = action.lower().partition(":")
    arns = ARNS[service]
    if service == "apigateway":  # where the right is one of a method, or the tag of whatever is made
        return list(arns.values())
    kinds = IAM[service]["Actions"][name].get("Resources")
    return [arns[kind] for kind in kinds if kind in arns] or [f"no example of {kinds}"] if kinds else ["*"]


def _resolved(resource: Any) -> str:
    if isinstance(resource, str):
        return resource
    text = re.sub(r"\$\{([^}]+)\}", lambda found: NAMES[found[1]], resource["Fn::Sub"])
    return str(text).replace("[", "[[]")


@pytest.mark.parametrize("kind", TYPES)
def test_the_role_may_do_all_that_a_resource_needs(kind: str) -> None:
    """To be made, looked at, changed and deleted: a right that is missing stops a deployment in its middle."""
    asked = {action for action in needed(kind) if not is_excused(kind, action)}
    assert asked
    assert sorted(action for action in asked if not may(action)) == []


@pytest.mark.parametrize("one", NOT_NEEDED, ids=lambda one: f"{one.type} {one.actions}")
def test_what_is_not_needed_is_asked_for_by_the_type_and_not_used_by_the_template(one: NotNeeded) -> None:
    assert [action for action in needed(one.type) if fnmatch.fnmatchcase(action, one.actions)]
    users = [name for name, each in RESOURCES.items() if each["Type"] == one.type]
    assert [name for name in users if one.unset and one.unset in RESOURCES[name]["Properties"]] == []
    known = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", one.type).schema["properties"]
    assert not one.unset or one.unset in known


def test_what_is_kept_may_not_be_deleted_and_so_need_not() -> None:
    for kind in ("AWS::DynamoDB::Table", "AWS::S3::Bucket"):
        found = [one for one in RESOURCES.values() if one["Type"] == kind]
        assert {one["DeletionPolicy"] for one in found} == {one["UpdateReplacePolicy"] for one in found} == {"Retain"}


def test_a_right_is_missed_where_it_does_not_reach_what_it_is_for() -> None:
    """The judge of the tests above."""
    assert may("iam:CreateRole")
    assert not may("iam:CreateUser")
    assert not may("dynamodb:DeleteTable")
    assert not may("logs:CreateLogStream")
    assert _concerned("cloudfront:CreateFunction") == ["*"]
    assert _concerned("cloudfront:DeleteFunction") == [f"arn:aws:cloudfront::{ACCOUNT}:function/E1"]
