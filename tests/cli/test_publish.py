"""`pouch publish`, `rollback` and `releases` against an emulator of AWS, as an owner types them."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import boto3
import pytest
from click.testing import CliRunner, Result

from cli.__main__ import pouch
from functions.adapters.aws.s3 import bucket
from functions.adapters.s3_catalogue import S3Catalogue
from tests.small_shop import VARIANTS, write_release

FIRST = VARIANTS[0]
Type = Callable[..., Result]


@pytest.fixture
def private(aws: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The bucket of releases of a stack of its own, which is the one that commands are about."""
    return stack(monkeypatch)


def stack(monkeypatch: pytest.MonkeyPatch) -> str:
    """A stack that says where to publish."""
    name = f"shop-{uuid4().hex[:12]}"
    names = {"PagesBucket": f"{name}-pages", "ReleaseBucket": f"{name}-private"}
    s3 = boto3.client("s3")
    for each in names.values():
        s3.create_bucket(Bucket=each, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
        s3.put_bucket_versioning(Bucket=each, VersioningConfiguration={"Status": "Enabled"})
    told = names | {"Distribution": distribution(), "Url": "https://shop.example"}
    template = {
        "Resources": {"Topic": {"Type": "AWS::SNS::Topic"}},
        "Outputs": {key: {"Value": value} for key, value in told.items()},
    }
    boto3.client("cloudformation").create_stack(StackName=name, TemplateBody=json.dumps(template))
    monkeypatch.setenv("POUCH_STACK", name)
    return names["ReleaseBucket"]


def distribution() -> str:
    """The id of a distribution."""
    origin = {"Id": "o", "DomainName": "o.example", "CustomOriginConfig": {
        "HTTPPort": 80, "HTTPSPort": 443, "OriginProtocolPolicy": "https-only"}}  # fmt: skip
    made = boto3.client("cloudfront").create_distribution(
        DistributionConfig={
            "CallerReference": uuid4().hex,
            "Comment": "",
            "Enabled": True,
            "Origins": {"Quantity": 1, "Items": [origin]},
            "DefaultCacheBehavior": {"TargetOriginId": "o", "ViewerProtocolPolicy": "redirect-to-https"},
        }
    )
    return str(made["Distribution"]["Id"])


def build(price: int, text: str = "Home") -> None:
    """A small shop as the build leaves it in the present folder, in which the first thing costs so much."""
    write_release(Path("build"), (replace(FIRST, price=price), *VARIANTS[1:]))
    (Path("build") / "redirects.json").write_text("{}")
    pages = {"index.html": text, "404.html": "Not here", f"{FIRST.path.strip('/')}/index.html": f"It costs {price}"}
    for name, content in pages.items():
        file = Path("output") / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)


@pytest.fixture
def type_(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Type:
    """Types a command in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(pouch, words)


def charged(private: str) -> int:
    """What functions ask for the first thing now."""
    release = S3Catalogue(bucket(private), "main", lambda: 0).current()
    return release.variants([FIRST.sku])[FIRST.sku].price


def test_a_price_goes_live_and_back_with_one_command_each(private: str, type_: Type) -> None:
    """And the functions ask for the right price each time."""
    build(2400)
    first = type_("publish", "--no-build", "--yes")
    assert (first.exit_code, "The first release: 3 pages. 3 files written." in first.output) == (0, True), first.output
    assert charged(private) == 2400
    build(2100)
    assert type_("publish", "--no-build", "--dry-run").output == "1 price. Nothing was changed.\n"
    assert charged(private) == 2400
    second = json.loads(type_("publish", "--no-build", "--yes", "--json").output)
    assert second == {
        "release": second["release"], "new": True, "written": 1, "changed": "1 price", "purged": True
    }  # fmt: skip
    assert charged(private) == 2100
    back = type_("rollback", "--yes")
    assert (back.exit_code, back.output.startswith("Back ")) == (0, True), back.output
    assert charged(private) == 2400
    listed = type_("releases").output
    assert [line.split()[4] for line in listed.splitlines()[1:]] == ["rollback", "publish", "publish"]
    assert "(live)" in listed.splitlines()[1]


def test_the_same_again_is_nothing_new(private: str, type_: Type) -> None:
    build(2400)
    type_("publish", "--no-build", "--yes")
    again = type_("publish", "--no-build", "--yes")
    assert (again.exit_code, again.output.startswith("Nothing is new;")) == (0, True)


def test_a_secret_is_never_published(private: str, type_: Type) -> None:
    """R33: the file and the line are said, and not the secret."""
    build(2400, "Home\nsk_live_abcdefghijklmnop")
    refused = type_("publish", "--no-build", "--yes")
    assert refused.exit_code == 1
    assert "output/index.html:2: this looks like a secret key of Stripe; take it out" in refused.output
    assert "abcdefghij" not in refused.output
    assert boto3.client("s3").list_objects_v2(Bucket=private)["KeyCount"] == 0


def test_nothing_is_published_unasked(private: str, type_: Type) -> None:
    build(2400)
    refused = type_("publish", "--no-build")
    assert (refused.exit_code, "Add --yes to do it without being asked." in refused.output) == (2, True)


def test_a_stack_that_is_not_there_is_said_so(aws: str, type_: Type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POUCH_STACK", "nobodys")
    refused = type_("releases")
    expected = "Error: There is no stack nobodys in this account and region. First: pouch deploy\n"
    assert (refused.exit_code, refused.output) == (1, expected)


def test_there_is_nothing_to_go_back_to_at_first(private: str, type_: Type) -> None:
    build(2400)
    type_("publish", "--no-build", "--yes")
    refused = type_("rollback", "--yes")
    assert (refused.exit_code, "There is no older release of the last 30 days" in refused.output) == (1, True)
