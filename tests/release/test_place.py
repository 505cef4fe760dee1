"""Where a shop is published: what its stack says, what the environment says, and what is told to an owner otherwise."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import boto3
import pytest

from release.aws import client
from release.cloudfront_edge import CloudFrontEdge
from release.kind import stack_of
from release.place import NoPlace, open_place
from release.ports import Label, PurgeFailed

pytestmark = pytest.mark.slow


BUCKET = {"Type": "AWS::S3::Bucket", "Properties": {"VersioningConfiguration": {"Status": "Enabled"}}}


def make_stack(**outputs: object) -> str:
    """A stack with two buckets and these outputs."""
    name = f"pouch-{uuid4().hex}"
    template = {
        "Resources": {"PagesBucket": BUCKET, "ReleaseBucket": BUCKET},
        "Outputs": {output: {"Value": value} for output, value in outputs.items()},
    }
    boto3.client("cloudformation").create_stack(StackName=name, TemplateBody=json.dumps(template))
    return name


def named() -> dict[str, object]:
    return {"PagesBucket": {"Ref": "PagesBucket"}, "ReleaseBucket": {"Ref": "ReleaseBucket"}, "Distribution": "E1"}


@pytest.mark.parametrize(
    ("environ", "site", "sandbox", "stack"),
    [
        ({}, "main", False, "pouch-live"),
        ({}, "main", True, "pouch-sandbox"),
        ({}, "a-branch", False, "pouch-sandbox"),
        ({"POUCH_STACK": "tern"}, "main", False, "tern"),
        ({"POUCH_STACK": "tern"}, "a-branch", True, "tern"),
    ],
)
def test_the_live_shop_has_a_stack_and_previews_are_in_the_sandbox(
    environ: dict[str, str], site: str, sandbox: bool, stack: str
) -> None:
    assert stack_of(environ, site, sandbox=sandbox) == stack


def test_a_stack_says_where_its_buckets_are(aws: str) -> None:
    place = open_place({}, make_stack(**named(), Url="https://shop.example"))
    assert place.url == "https://shop.example"
    place.pages.put("main/index.html", b"home", Label())
    assert place.private.get("main/index.html") is None
    assert place.pages.get("main/index.html") is not None


def test_the_environment_says_so_too_and_then_no_stack_is_asked(aws: str) -> None:
    own = {"POUCH_PAGES_BUCKET": "pages", "POUCH_RELEASE_BUCKET": "releases", "POUCH_DISTRIBUTION": "E1"}
    assert open_place(own, "no-such-stack").url == ""
    del own["POUCH_DISTRIBUTION"]
    with pytest.raises(NoPlace, match=r"^POUCH_DISTRIBUTION must be set too, or none of POUCH_PAGES_BUCKET"):
        open_place(own, "no-such-stack")


def test_a_stack_that_is_not_there_or_not_complete_says_what_to_do(aws: str) -> None:
    with pytest.raises(NoPlace, match=r"There is no shop pouch-nowhere in eu-central-1 yet. Make it: pouch deploy\."):
        open_place({}, "pouch-nowhere")
    with pytest.raises(NoPlace, match=r"is not complete yet: it names no Distribution. Finish it: pouch deploy"):
        open_place({}, make_stack(PagesBucket="a", ReleaseBucket="b"))
    with pytest.raises(NoPlace, match="Make it: pouch deploy --sandbox"):
        open_place({}, "pouch-sandbox")


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[pytest.MonkeyPatch]:
    """Somebody who is not logged in, on a machine without settings of AWS."""
    home = tmp_path_factory.mktemp("home")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(home / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(home / "credentials"))
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    yield monkeypatch
    boto3.DEFAULT_SESSION = None


def test_who_is_not_logged_in_is_told_how(nobody: pytest.MonkeyPatch) -> None:
    nobody.setenv("AWS_REGION", "eu-central-1")
    with pytest.raises(NoPlace, match=r"^AWS does not know who you are. Log in: docs/going-live.md, step 1.$"):
        open_place({}, "pouch-live")


LOGGED_IN = "arn:aws:iam::123456789012:user/ada"


def logged_in(home: Path, **token: object) -> None:
    """What `aws login` leaves on a machine."""
    cache = home / "cache"
    cache.mkdir()
    kept = {"refreshToken": "r", "clientId": "c", "dpopKey": "k", "accessToken": token}
    (cache / f"{sha256(LOGGED_IN.encode()).hexdigest()}.json").write_text(json.dumps(kept))
    (home / "config").write_text(f"[default]\nlogin_session = {LOGGED_IN}\nregion = eu-central-1\n")


def test_who_typed_aws_login_is_known_without_more(nobody: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """boto3 takes its keys, and new ones when these end, with what `boto3[crt]` adds to it."""
    keys = {"accessKeyId": "A", "secretAccessKey": "s", "sessionToken": "t", "accountId": "123456789012"}
    logged_in(tmp_path, **keys, expiresAt="2099-01-01T00:00:00Z")
    nobody.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    nobody.setenv("AWS_LOGIN_CACHE_DIRECTORY", str(tmp_path / "cache"))
    found = boto3.Session().get_credentials().get_frozen_credentials()
    assert (found.access_key, found.secret_key, found.token) == ("A", "s", "t")
    assert client("s3").meta.region_name == "eu-central-1"


def test_who_logged_in_too_long_ago_is_told_to_do_it_again(nobody: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "config").write_text(f"[default]\nlogin_session = {LOGGED_IN}\nregion = eu-central-1\n")
    nobody.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    nobody.setenv("AWS_LOGIN_CACHE_DIRECTORY", str(tmp_path))
    with pytest.raises(NoPlace, match=r"^AWS does not know who you are. Log in: docs/going-live.md, step 1.$"):
        open_place({}, "pouch-live")


def test_without_a_region_it_is_asked_for(nobody: pytest.MonkeyPatch) -> None:
    with pytest.raises(NoPlace, match=r"^AWS_REGION is not set. Write where your shop is: export AWS_REGION="):
        open_place({}, "pouch-live")


def test_the_edge_is_told_what_to_forget_and_says_when_it_was_not(aws: str) -> None:
    cloudfront = boto3.client("cloudfront")
    origin = {"Id": "pages", "DomainName": "pages.example", "S3OriginConfig": {"OriginAccessIdentity": ""}}
    behaviour = {"TargetOriginId": "pages", "ViewerProtocolPolicy": "https-only", "CachePolicyId": "x"}
    config = {"CallerReference": "1", "Comment": "", "Enabled": True, "Origins": {"Quantity": 1, "Items": [origin]}}
    made = cloudfront.create_distribution(DistributionConfig=config | {"DefaultCacheBehavior": behaviour})
    name = made["Distribution"]["Id"]
    CloudFrontEdge(name, client("cloudfront")).purge(["/about/", "/main/about/index.html"])
    [told] = cloudfront.list_invalidations(DistributionId=name)["InvalidationList"]["Items"]
    batch = cloudfront.get_invalidation(DistributionId=name, Id=told["Id"])["Invalidation"]["InvalidationBatch"]
    assert batch["Paths"]["Items"] == ["/about/", "/main/about/index.html"]
    with pytest.raises(PurgeFailed, match=r"^CloudFront was not told \(NoSuchDistribution\)\.$"):
        CloudFrontEdge("E-NONE", client("cloudfront")).purge(["/about/"])
