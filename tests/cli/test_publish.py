"""`pouch publish`, `rollback` and `releases` against an emulator of AWS, as an owner types them."""

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import boto3
import pytest
from click.testing import CliRunner, Result

from cli.__main__ import pouch
from cli.press import Press
from functions.adapters.aws.s3 import bucket
from functions.adapters.s3_catalogue import S3Catalogue
from tests.small_shop import VARIANTS, write_release

pytestmark = pytest.mark.slow


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
    build_pages(price, text)


def build_pages(price: int, text: str = "Home") -> None:
    """Its public side."""
    (Path("build") / "redirects.json").write_text("{}")
    pages = {"index.html": text, "404.html": "Not here", f"{FIRST.path.strip('/')}/index.html": f"It costs {price}"}
    for name, content in pages.items():
        file = Path("output") / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)


@pytest.fixture
def type_(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Type:
    """Types a command in an empty folder, with nobody there to answer."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SHOP_URL", "https://other.example")
    return lambda *words: CliRunner().invoke(pouch, words, obj=Press(tmp_path, terminal=False), prog_name="pouch")


def charged(private: str) -> int:
    """What functions ask for the first thing now."""
    release = S3Catalogue(bucket(private), "main", lambda: 0).current()
    return release.variants([FIRST.sku])[FIRST.sku].price


def test_a_price_goes_live_and_back_with_one_command_each(private: str, type_: Type) -> None:
    """And the functions ask for the right price each time."""
    build(2400)
    first = type_("publish", "--no-build", "--yes")
    assert first.exit_code == 0, first.output
    assert first.output.startswith("5 new products, 3 new pages.\n  New: Postcard\n")
    assert first.output.endswith(" is live: https://shop.example\n")
    assert charged(private) == 2400
    build(2100)
    assert type_("publish", "--no-build", "--dry-run").output == (
        "1 price, 1 page.\n  Postcard (CARD): €24.00 → €21.00\nThis would upload 1 public file. Nothing was changed.\n"
    )
    assert charged(private) == 2400
    second = json.loads(type_("publish", "--no-build", "--yes", "--json").output)
    assert (second["summary"], second["new"], second["files"], second["purged"]) == ("1 price, 1 page", True, 1, True)
    assert second["changes"]["prices"] == [{"name": "Postcard", "sku": "CARD", "old": 2400, "new": 2100}]
    assert charged(private) == 2100
    seen = type_("rollback", "--dry-run").output
    assert seen.endswith("  Postcard (CARD): €21.00 → €24.00\nThis would upload 1 public file. Nothing was changed.\n")
    assert charged(private) == 2100
    back = type_("rollback", "--yes")
    assert (back.exit_code, back.output.startswith("Going back to release ")) == (0, True), back.output
    assert charged(private) == 2400
    listed = [(one["by"], one["live"]) for one in json.loads(type_("releases", "--json").output)]
    assert listed == [("rollback", True), ("publish", False), ("publish", False)]
    assert "rolled back to, live" in type_("releases").output.splitlines()[1]


def test_the_same_again_is_nothing_new(private: str, type_: Type) -> None:
    build(2400)
    type_("publish", "--no-build", "--yes")
    again = type_("publish", "--no-build", "--yes")
    assert (again.exit_code, again.output.startswith("Nothing changed.\nRelease ")) == (0, True)
    assert again.output.endswith(" is live already.\n")


def test_a_secret_is_never_published(private: str, type_: Type) -> None:
    """R33: the file and the line are said, and not the secret."""
    build(2400, "Home\nsk_live_abcdefghijklmnop")
    refused = type_("publish", "--no-build", "--yes")
    assert refused.exit_code == 1
    assert "Nothing was published, for secrets would be seen by everybody" in refused.output
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
    expected = "Error: There is no shop nobodys in eu-central-1 yet. Make it: pouch deploy. "
    assert (refused.exit_code, refused.output.startswith(expected)) == (1, True)


def test_there_is_nothing_to_go_back_to_at_first(private: str, type_: Type) -> None:
    build(2400)
    type_("publish", "--no-build", "--yes")
    refused = type_("rollback", "--yes")
    assert (refused.exit_code, "There is no older release of the last 30 days" in refused.output) == (1, True)


def test_a_secret_of_the_private_side_is_found_as_well(private: str, type_: Type) -> None:
    """Functions show what is in there; what was looked through for the release before is not looked through again."""
    write_release(Path("build"), (replace(FIRST, title="whsec_" + "abcdEFGH12345678"), *VARIANTS[1:]))
    build_pages(2400)
    refused = type_("publish", "--no-build", "--yes")
    assert refused.exit_code == 1
    assert "build/catalogue/" in refused.output


def test_a_secret_in_a_file_that_is_sold_is_found_by_the_owners_name_for_it(private: str, type_: Type) -> None:
    """Whoever buys it would have it."""
    build(2400)
    content = b"Read this first: sk_" + b"live_abcdefghijklmnop"
    name = hashlib.sha256(content).hexdigest()
    Path("build/files").mkdir()
    Path("build/files", name).write_bytes(content)
    told = json.loads(Path("build/release.json").read_text())
    Path("build/release.json").write_text(json.dumps(told | {"files": {"Field guide.pdf": name}}))
    refused = type_("publish", "--no-build", "--yes")
    assert refused.exit_code == 1
    assert "content/files/Field guide.pdf:1: this looks like a secret key of Stripe; take it out" in refused.output


def test_what_was_built_before_the_live_release_is_refused_with_what_to_do(private: str, type_: Type) -> None:
    """R32; and nothing is asked for first."""
    build(2400)
    for path in Path().rglob("*.*"):
        os.utime(path, (2_000_000_000, 2_000_000_000))
    assert type_("publish", "--no-build", "--yes").exit_code == 0
    build(2100)
    refused = type_("publish", "--no-build", "--yes")
    assert (refused.exit_code, "A newer release is live" in refused.output) == (1, True), refused.output


def test_a_site_that_cannot_be_one_is_a_mistake_in_typing(type_: Type) -> None:
    assert type_("publish", "--site", "../x").exit_code == 2


def test_without_a_build_there_is_nothing_to_publish(private: str, type_: Type) -> None:
    refused = type_("publish", "--no-build", "--yes")
    assert (refused.exit_code, refused.output) == (1, "Error: The shop is not built yet. Leave out --no-build.\n")


def test_before_anything_is_published_it_is_said_how(private: str, type_: Type) -> None:
    assert type_("releases").output == "Nothing is published yet. Publish the shop: pouch publish\n"


BUILD = """
import os, pathlib, sys
pathlib.Path("asked").write_text(f"{sys.argv[1]} {os.environ['SHOP_URL']}")
sys.exit(int(pathlib.Path("code").read_text()))
"""


def test_it_builds_first_for_the_address_that_the_stack_says(private: str, type_: Type, tmp_path: Path) -> None:
    """Not for one that was exported for another shop; and where the build finds faults, nothing is published."""
    build(2400)
    (tmp_path / "plugins").mkdir()
    (tmp_path / "plugins" / "build.py").write_text(BUILD)
    (tmp_path / "code").write_text("1")
    refused = type_("publish", "--yes")
    assert (refused.exit_code, refused.output) == (1, "Error: The shop was not built, so nothing was published.\n")
    assert (tmp_path / "asked").read_text() == "publishconf.py https://shop.example"
    (tmp_path / "code").write_text("0")
    assert type_("publish", "--yes").exit_code == 0
    assert charged(private) == 2400
