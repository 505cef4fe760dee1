"""A shop's stack at an emulated AWS, as far as the doctor looks at it, with one small release in it."""

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from release.aws import buckets
from release.doctor.setup import aws
from release.manifest import Manifest, file_of
from release.pointer import Live, Past, Pointer
from release.ports import Label
from tests.small_shop import write_release

CLOSED = dict.fromkeys(("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"), True)
BUCKET = {
    "Type": "AWS::S3::Bucket",
    "Properties": {"VersioningConfiguration": {"Status": "Enabled"}},
}
TABLE = {
    "Type": "AWS::DynamoDB::Table",
    "Properties": {
        "BillingMode": "PAY_PER_REQUEST",
        "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
        "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
        "DeletionProtectionEnabled": True,
    },
}


def template(url: str) -> dict[str, Any]:
    """The parameters, resources and outputs of release/template.yaml that the doctor asks for."""
    names = ("Kind", "Email", "Domain", "OtherDomain", "MailDomain", "MailFrom", "StripeEventSource")
    outputs: dict[str, Any] = {name: {"Ref": name} for name in ("PagesBucket", "ReleaseBucket", "Table", "Topic")}
    outputs |= {"Url": url, "CdnDomain": "d1.cloudfront.net", "Distribution": "E1"}
    return {
        "Parameters": {name: {"Type": "String", "Default": ""} for name in names},
        "Resources": {
            "PagesBucket": BUCKET,
            "ReleaseBucket": BUCKET,
            "Table": TABLE,
            "Topic": {"Type": "AWS::SNS::Topic"},
            "DeadLetters": {"Type": "AWS::SQS::Queue"},
        },
        "Outputs": {name: {"Value": value} for name, value in outputs.items()},
    }


@dataclass(frozen=True)
class MadeStack:
    """Its name, and its outputs by name."""

    name: str
    outputs: dict[str, str]


def make_stack(url: str, **parameters: str) -> MadeStack:
    """A stack of its own for each test."""
    name = f"shop-{uuid4().hex[:8]}"
    made = aws("cloudformation")
    made.create_stack(
        StackName=name,
        TemplateBody=json.dumps(template(url)),
        Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()],
    )
    ends = time.monotonic() + 20
    while (found := made.describe_stacks(StackName=name)["Stacks"][0])["StackStatus"] != "CREATE_COMPLETE":
        assert time.monotonic() < ends, found
        assert found["StackStatus"] == "CREATE_IN_PROGRESS", found
        time.sleep(0.05)
    outputs = {one["OutputKey"]: one["OutputValue"] for one in found["Outputs"]}
    _guard(outputs)
    return MadeStack(name, outputs)


def _guard(outputs: dict[str, str]) -> None:
    """What the emulator's CloudFormation leaves out."""
    for bucket in ("PagesBucket", "ReleaseBucket"):
        aws("s3").put_public_access_block(Bucket=outputs[bucket], PublicAccessBlockConfiguration=CLOSED)
    aws("dynamodb").update_continuous_backups(
        TableName=outputs["Table"], PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
    )
    expires = {"Enabled": True, "AttributeName": "until"}
    aws("dynamodb").update_time_to_live(TableName=outputs["Table"], TimeToLiveSpecification=expires)


def put_release(stack: MadeStack, folder: Path, now: int) -> Manifest:
    """A release of the small shop with two pages, in force since now."""
    write_release(folder)
    listed = (folder / "release.json").read_bytes()
    kept = {path.name: path.read_bytes() for path in (folder / "catalogue").iterdir()}
    catalogue = file_of(listed).sha256
    kept[catalogue] = listed
    pages = {"/index.html": b"home", "/404.html": b"none"}
    manifest = Manifest({path: file_of(page) for path, page in pages.items()}, catalogue, (*kept,), made=now)
    pointer = Pointer(Live(manifest.id, catalogue, now), history=(Past(manifest.id, now, "publish"),))
    files = {f"catalogue/{name}": content for name, content in kept.items()}
    files |= {f"releases/{manifest.id}.json": manifest.text(), "release.json": pointer.text()}
    _put(stack.outputs["ReleaseBucket"], files)
    _put(stack.outputs["PagesBucket"], {path[1:]: page for path, page in pages.items()})
    return manifest


def _put(bucket: str, files: dict[str, bytes]) -> None:
    (made,) = buckets(bucket)
    for path, content in files.items():
        made.put(f"main/{path}", content, Label())
