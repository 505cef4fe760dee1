"""Deploying on the emulator: the stack is made, looked at, changed, refused and explained."""

import hashlib
import json
import os
import re
import urllib.error
import urllib.request
import zipfile
from itertools import count
from pathlib import Path
from typing import Any

import boto3
import pytest
import stripe
from botocore.exceptions import ClientError
from click.testing import CliRunner, Result

from cli.__main__ import pouch
from cli.deploy import Works, check_data
from cli.desk import Refused
from functions.adapters.stripe_events import HEEDED
from functions.local.standin import running_standin
from release import shop_secrets
from release.account import Account, DeployFailed, ready_bucket, this_account
from release.deploy import PIPELINE_STACK, code_parameters, find_packages, propose_shop, told
from release.kind import LIVE, SANDBOX
from release.shop_secrets import SIGNING, STRIPE_KEY, WEBHOOK, Unseen
from release.stack import Change, Proposal, drop, execute, explain, find_stack
from tests.release.emulated import LEFT_OUT, left_out, transformed
from tests.release.emulated import template as emulated
from tests.release.rendering import LIVE as PARAMETERS

pytestmark = pytest.mark.slow


GROUPS = ["bridge", "cart", "checkout", "invoice", "mail_events", "order", "reconcile", "stripe"]
NAMED = ("Domain", "OtherDomain", "Certificate")
ANSWERS = {"Email": "owner@shop.example", "StripeEventSource": "aws.partner/stripe.com/ed_test_1"}
ANSWERS |= {name: PARAMETERS[name] for name in NAMED}
NUMBERS = count(100_000_000_001)
SOON = 0.02  # seconds between two looks


@pytest.fixture
def account(aws: str, monkeypatch: pytest.MonkeyPatch) -> Account:
    """An account in which nothing is yet: the emulator has one for each access key of twelve digits."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", str(next(NUMBERS)))
    found = this_account()
    # The emulator deletes a change set and answers without the part that boto3 asks for.
    found.cloudformation.meta.events.register("before-parse.cloudformation.DeleteChangeSet", _as_aws_answers)
    return found


def _as_aws_answers(response_dict: dict[str, Any], **_: object) -> None:
    response_dict["body"] = b"<DeleteChangeSetResponse><DeleteChangeSetResult/></DeleteChangeSetResponse>"


def client(service: str) -> Any:
    """One for the account of this test; boto3's own keeps the first one's."""
    return boto3.Session().client(service)


def write_package(folder: Path, group: str, said: str = "") -> None:
    """A package that says who it is and what it was asked for."""
    code = f"def handler(event, _):\n    return {{'statusCode': 200, 'body': '{said or group} ' + event['rawPath']}}\n"
    with zipfile.ZipFile(folder / f"{group}.zip", "w") as made:
        for name, text in ((f"functions/lambda_{group}.py", code), ("functions/__init__.py", "")):
            made.writestr(zipfile.ZipInfo(name), text)


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    folder = tmp_path / "packages"
    folder.mkdir()
    for group in GROUPS:
        write_package(folder, group)
    return folder


def deployed(account: Account, packages: Path, **answers: str) -> list[str]:
    """What changed, by name and what was done; nothing when there was nothing to do."""
    proposal = propose_shop(
        account, LIVE, find_packages(packages), ANSWERS | answers, template=emulated(packages), pause=SOON
    )
    if proposal is None:
        return []
    for _ in execute(account.cloudformation, proposal, SOON):
        pass
    return [f"{one.action} {one.name}" for one in proposal.changes]


def test_what_the_emulator_has_not_is_known() -> None:
    """A piece of the template that nobody looks at would be one more here."""
    assert left_out(transformed(dict.fromkeys(code_parameters(), "0" * 64))) == LEFT_OUT


def test_packages_are_the_templates_functions() -> None:
    assert sorted(code_parameters()) == sorted(f"{group.title().replace('_', '')}Code" for group in GROUPS)


def test_a_missing_package_is_named(packages: Path) -> None:
    (packages / "order.zip").unlink()
    with pytest.raises(DeployFailed, match=r"has no order\.zip\. Make the packages: pouch package"):
        find_packages(packages)


@pytest.mark.slow
def test_the_whole_stack_is_made_and_says_where_everything_is(account: Account, packages: Path) -> None:
    made = deployed(account, packages)
    assert "Add Table" in made
    said = told(account, LIVE)
    assert set(said) == {"Url", "CdnDomain", "Distribution", "PagesBucket", "ReleaseBucket", "Table", "Topic"}
    assert said["Url"] == "https://shop.example"
    table = client("dynamodb").describe_table(TableName=said["Table"])["Table"]
    assert [one["IndexName"] for one in table["GlobalSecondaryIndexes"]] == ["lists"]
    for bucket in (said["PagesBucket"], said["ReleaseBucket"], account.code_bucket):
        assert account.s3.get_bucket_versioning(Bucket=bucket)["Status"] == "Enabled"
    [schedule] = client("scheduler").list_schedules()["Schedules"]
    assert schedule["Target"]["Arn"].endswith(":live")
    [stack] = account.cloudformation.describe_stacks(StackName="pouch-live")["Stacks"]
    assert stack["Tags"] == [{"Key": "pouch", "Value": "live"}]


def asked(aws: str, api: str, path: str) -> str:
    """What the API answers."""
    whose = (
        f"AWS4-HMAC-SHA256 Credential={os.environ['AWS_ACCESS_KEY_ID']}/20260101/eu-central-1/execute-api/aws4_request"
    )
    headers = {"Host": f"{api}.execute-api.localhost", "Authorization": whose}  # the emulator has many accounts
    request = urllib.request.Request(f"{aws}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return str(answer.read().decode())
    except urllib.error.HTTPError as error:
        return str(error.code)


@pytest.mark.slow
def test_the_api_asks_each_function_for_what_is_its_own(aws: str, account: Account, packages: Path) -> None:
    deployed(account, packages)
    [api] = client("apigatewayv2").get_apis()["Items"]
    paths = {
        "/cart": "cart", "/wishlist": "cart", "/stock": "cart", "/unsubscribe/abc": "cart", "/checkout": "checkout",
        "/order/7K3M-9QXD-4FTR": "order", "/order/7K3M-9QXD-4FTR/cancel": "order", "/order-link": "order",
        "/download/abc": "order", "/withdraw/confirm": "order", "/stripe/events": "stripe",
        "/order/7K3M-9QXD-4FTR/invoice.pdf": "invoice",
    }  # fmt: skip
    assert {path: asked(aws, api["ApiId"], path) for path in paths} == {
        path: f"{group} {path}" for path, group in paths.items()
    }
    assert asked(aws, api["ApiId"], "/cartography") == "404"


@pytest.mark.slow
def test_what_is_as_it_should_be_is_left_alone_and_one_package_changes_one_function(
    account: Account, packages: Path
) -> None:
    deployed(account, packages)
    assert deployed(account, packages) == []
    write_package(packages, "cart", "another cart")
    changed = deployed(account, packages)
    assert "Modify CartFunction" in changed
    assert [one for one in changed if "Cart" not in one] == []


@pytest.mark.slow
def test_answers_are_kept_with_the_shop(account: Account, packages: Path) -> None:
    """A pipeline says none of them, and the secret of the CDN stays the same."""
    deployed(account, packages)
    secret = client("lambda").list_functions()["Functions"][0]["Environment"]["Variables"]["SHOP_ORIGIN_SECRET"]
    made = find_packages(packages)
    assert propose_shop(account, LIVE, made, {}, template=emulated(packages), pause=SOON) is None
    deployed(account, packages, LogDays="7")
    functions = client("lambda").list_functions()["Functions"]
    assert {one["Environment"]["Variables"]["SHOP_ORIGIN_SECRET"] for one in functions} == {secret}
    assert len(secret) == 43


def test_what_is_handed_over_has_versions_of_its_own(account: Account, packages: Path) -> None:
    """No package's own hash, which would be the same with another domain."""
    proposal = propose_shop(account, LIVE, find_packages(packages), ANSWERS, pause=SOON)
    assert proposal
    drop(account.cloudformation, proposal)
    [one] = account.s3.list_objects_v2(Bucket=account.code_bucket, Prefix="templates/")["Contents"]
    handed = json.loads(account.s3.get_object(Bucket=account.code_bucket, Key=one["Key"])["Body"].read())
    said = handed["Resources"]["CartFunction"]["Properties"]["AutoPublishCodeSha256"]
    assert re.fullmatch("[0-9a-f]{64}", said)
    assert said != hashlib.sha256((packages / "cart.zip").read_bytes()).hexdigest()


def test_what_is_no_parameter_is_refused(account: Account, packages: Path) -> None:
    with pytest.raises(DeployFailed, match=r"Domian is nothing that can be set\. What can: BridgeCode, CartCode"):
        propose_shop(account, LIVE, find_packages(packages), {"Domian": "x"}, pause=SOON)


@pytest.mark.slow
def test_a_failure_names_the_first_that_failed_and_another_try_starts_anew(account: Account, packages: Path) -> None:
    """Here because the emulator knows no such thing; the rest was undone."""
    broken = json.loads(emulated(packages))
    broken["Resources"]["Strange"] = {"Type": "AWS::Nowhere::Thing", "Properties": {}}
    made = find_packages(packages)
    proposal = propose_shop(account, LIVE, made, ANSWERS, template=json.dumps(broken), pause=SOON)
    assert proposal
    with pytest.raises(
        DeployFailed, match=r"Strange \(AWS::Nowhere::Thing\) could not be made or changed: Unsupported"
    ):
        list(execute(account.cloudformation, proposal, SOON))
    proposal = propose_shop(account, LIVE, made, {}, template=emulated(packages), pause=SOON)
    assert proposal
    assert len(list(execute(account.cloudformation, proposal, SOON))) > len(proposal.changes)
    assert told(account, LIVE)["Url"] == "https://shop.example"  # as was said the first time


def test_the_bucket_for_code_is_made_once(account: Account) -> None:
    ready_bucket(account)
    ready_bucket(account)
    assert account.code_bucket == f"pouch-code-{account.number}-eu-central-1"
    assert account.s3.get_bucket_encryption(Bucket=account.code_bucket)
    closed = account.s3.get_public_access_block(Bucket=account.code_bucket)["PublicAccessBlockConfiguration"]
    assert list(closed.values()) == [True] * 4


@pytest.mark.parametrize(
    ("reason", "advice"),
    [
        ("The specified SSL certificate doesn't exist, isn't in us-east-1 region", "be issued, and name the domain"),
        ("One or more of the CNAMEs you provided are already associated", "Another distribution of CloudFront has"),
        ("Your account must be verified before you can add new CloudFront resources", "Write to AWS Support"),
        ("Resource of type 'AWS::SES::EmailIdentity' with identifier 'x' already exists", "SES knows this domain"),
        ("Specified ReservedConcurrentExecutions decreases account's Unreserved", "A limit of this account"),
        ("User: arn:aws:iam::1:user/x is not authorized to perform: iam:CreateRole", "Log in as the account's owner"),
        ("Rate exceeded", "AWS is busy"),
        ("Something quite new", ""),
    ],
)
def test_a_reason_comes_with_what_to_do(reason: str, advice: str) -> None:
    said = explain(reason)
    assert said.startswith(reason)
    assert advice in said
    assert advice or said == "Something quite new."


# Secrets.


def test_secrets_that_are_missing_are_named_and_kept_encrypted(account: Account) -> None:
    assert shop_secrets.missing(account.ssm, "/pouch/live/") == [SIGNING, STRIPE_KEY, WEBHOOK]
    shop_secrets.keep(account.ssm, "/pouch/live/", SIGNING, "a-key-of-more-than-16")
    assert shop_secrets.missing(account.ssm, "/pouch/live/") == [STRIPE_KEY, WEBHOOK]
    assert account.ssm.get_parameter(Name=f"/pouch/live/{SIGNING}")["Parameter"]["Type"] == "SecureString"
    assert shop_secrets.read(account.ssm, "/pouch/live/", SIGNING) == "a-key-of-more-than-16"


def test_a_secret_is_never_written_over(account: Account) -> None:
    """Another signing key would close every link that was ever mailed."""
    shop_secrets.keep(account.ssm, "/pouch/live/", SIGNING, "first-key-of-the-shop")
    with pytest.raises(ClientError, match="ParameterAlreadyExists"):
        shop_secrets.keep(account.ssm, "/pouch/live/", SIGNING, "another")
    assert shop_secrets.read(account.ssm, "/pouch/live/", SIGNING) == "first-key-of-the-shop"


class Closed:
    """The Parameter Store to whom it is closed, which the emulator cannot be."""

    def get_parameters(self, **_: Any) -> None:
        """Refuses."""
        raise ClientError({"Error": {"Code": "AccessDeniedException", "Message": ""}}, "GetParameters")


def test_a_pipeline_may_not_look_at_secrets() -> None:
    with pytest.raises(Unseen):
        shop_secrets.missing(Closed(), "/pouch/live/")


@pytest.mark.parametrize(
    ("key", "live"), [("sk_test_1", True), ("sk_live_1", False), ("pk_live_1", True), ("", True), ("whsec_1", False)]
)
def test_a_key_of_another_kind_is_refused_and_not_repeated(key: str, live: bool) -> None:
    with pytest.raises(DeployFailed) as refused:
        shop_secrets.check_stripe_key(key, live=live)
    assert not key or key not in str(refused.value)


def test_stripe_hears_where_its_news_goes() -> None:
    url = "http://127.0.0.1:9/stripe/events"
    with running_standin() as standin:
        secret = shop_secrets.make_endpoint("sk_test_standin", url, standin.url)
        client = stripe.StripeClient("sk_test_standin", base_addresses={"api": standin.url})
        [made] = client.v1.webhook_endpoints.list().data
        assert secret.startswith("whsec_")
        assert (made.url, made.api_version) == (url, stripe.api_version)
        assert made.enabled_events == list(HEEDED)
        with pytest.raises(DeployFailed, match=r"Stripe has an endpoint for .* already\. Copy its signing secret"):
            shop_secrets.make_endpoint("sk_test_standin", url, standin.url)


# The command.


def typed(
    account: Account, packages: Path, *arguments: str, terminal: bool = False, answers: str = "", template: str = ""
) -> Result:
    """`pouch deploy` with these arguments."""
    works = Works(account=lambda: account, terminal=terminal, pause=SOON, template=template or emulated(packages))
    command = ["deploy", "--packages", str(packages), *arguments]
    return CliRunner().invoke(pouch, command, obj=works, input=answers)


SETS = [text for name, value in ANSWERS.items() for text in ("--set", f"{name}={value}")]


def test_a_dry_run_shows_what_would_change_and_leaves_nothing(account: Account, packages: Path) -> None:
    said = typed(account, packages, "--dry-run", *SETS)
    assert said.exit_code == 0, said.output
    assert "Table" in said.output
    assert said.output.endswith("Nothing was changed.\n")
    assert find_stack(account.cloudformation, "pouch-live") is None
    assert account.cloudformation.list_stacks(StackStatusFilter=["REVIEW_IN_PROGRESS"])["StackSummaries"] == []
    assert shop_secrets.missing(account.ssm, "/pouch/live/") == [SIGNING, STRIPE_KEY, WEBHOOK]


@pytest.mark.slow
def test_a_shop_is_deployed_from_the_first_question_to_the_address(
    account: Account, packages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(STRIPE_KEY, raising=False)
    shop_secrets.keep(account.ssm, "/pouch/live/", WEBHOOK, "whsec_1")
    answers = "owner@shop.example\nshop.example\n\n" + PARAMETERS["Certificate"] + "\n\nsk_live_canary\ny\n"
    said = typed(account, packages, "--set", ANSWERS_BRIDGE, terminal=True, answers=answers)
    assert said.exit_code == 0, said.output
    assert "https://shop.example" in said.output
    assert "changes in pouch-live. Go on?" in said.output
    assert "sk_live_canary" not in said.output
    assert shop_secrets.read(account.ssm, "/pouch/live/", STRIPE_KEY) == "sk_live_canary"
    assert shop_secrets.missing(account.ssm, "/pouch/live/") == []
    again = typed(account, packages, "--yes")
    assert again.output.startswith("Everything is as it should be; nothing to change.\n")


@pytest.mark.slow
def test_a_dry_run_clears_nothing_away(account: Account, packages: Path) -> None:
    """Not even what is left of a stack that could not be made."""
    template = json.dumps({"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}})
    account.cloudformation.create_stack(StackName="pouch-live", TemplateBody=template)
    account.cloudformation.meta.events.register("after-call.cloudformation.DescribeStacks", _as_if_it_had_failed)
    said = typed(account, packages, "--dry-run", *SETS)
    assert said.exit_code == 1
    assert "pouch-live could not be made the last time, and what is left of that has to go" in said.output
    there = client("cloudformation").list_stacks()["StackSummaries"]
    assert [(one["StackName"], one["StackStatus"]) for one in there] == [("pouch-live", "CREATE_COMPLETE")]


def _as_if_it_had_failed(parsed: dict[str, Any], **_: object) -> None:
    """The emulator makes whatever it is asked for."""
    for one in parsed.get("Stacks", ()):  # other stacks are not there
        one["StackStatus"] = "ROLLBACK_COMPLETE"


def test_fast_starts_wait_until_functions_can_start(account: Account, packages: Path) -> None:
    """AWS starts each to take its picture, and they need to know Stripe's secret, which the first deployment brings."""
    refused = typed(account, packages, *SETS, "--set", "FastStart=yes", "--yes")
    assert (refused.exit_code, "FastStart has to wait until the shop is there" in refused.output) == (2, True)
    assert find_stack(account.cloudformation, "pouch-live") is None
    for name in (SIGNING, STRIPE_KEY, WEBHOOK):
        shop_secrets.keep(account.ssm, "/pouch/live/", name, "sk_live_1")
    shown = typed(account, packages, *SETS, "--set", "FastStart=yes", "--dry-run")
    assert shown.exit_code == 0, shown.output


def test_a_sender_that_ses_knows_already_is_not_made_again(account: Account, packages: Path) -> None:
    """AWS refuses a second one: the other shop's, or one made by hand. Until the sender changes it stays so."""
    client("sesv2").create_email_identity(EmailIdentity="shop.example")
    found = []
    for answers in ({}, {"LogDays": "60"}, {"MailDomain": "letters.shop.example"}, {"LogDays": "90"}):
        deployed(account, packages, **answers)
        stack = find_stack(account.cloudformation, "pouch-live")
        found.append(stack and stack.parameters["MakesIdentity"])
    assert found == ["no", "no", "yes", "yes"]


def test_a_restart_is_a_change_of_its_own_and_is_kept(account: Account, packages: Path) -> None:
    """Nothing else changed, and the deployment after it starts nothing anew."""
    deployed(account, packages)
    for name in (SIGNING, STRIPE_KEY, WEBHOOK):
        shop_secrets.keep(account.ssm, "/pouch/live/", name, "sk_live_1")
    assert typed(account, packages, "--yes").output.startswith("Everything is as it should be")
    said = typed(account, packages, "--restart", "--yes")
    assert said.exit_code == 0, said.output
    assert all(f"{function}Function" in said.output for function in ("Cart", "Checkout", "Order", "Reconcile"))
    stack = find_stack(account.cloudformation, "pouch-live")
    assert stack
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", stack.parameters["Restarted"])
    assert typed(account, packages, "--yes").output.startswith("Everything is as it should be")


@pytest.mark.slow
def test_another_secret_of_the_cdn_starts_functions_anew(account: Account, packages: Path) -> None:
    """AWS does not tell it, so no hash can see that it is another one."""
    deployed(account, packages)
    for name in (SIGNING, STRIPE_KEY, WEBHOOK):
        shop_secrets.keep(account.ssm, "/pouch/live/", name, "sk_live_1")
    assert find_stack(account.cloudformation, "pouch-live").parameters["Restarted"] == ""  # type: ignore[union-attr]
    said = typed(account, packages, "--set", f"OriginSecret={'n' * 43}", "--yes")
    assert said.exit_code == 0, said.output
    assert find_stack(account.cloudformation, "pouch-live").parameters["Restarted"]  # type: ignore[union-attr]


def would(*changes: Change) -> Proposal:
    """A proposal of these changes."""
    return Proposal("pouch-live", "arn:1", changes, new=False)


@pytest.mark.parametrize(
    "change",
    [
        Change("Modify", "Table", "AWS::DynamoDB::Table", replaces=True),
        Change("Modify", "PagesBucket", "AWS::S3::Bucket", replaces=True),
        Change("Remove", "ReleaseBucket", "AWS::S3::Bucket", replaces=False),
    ],
)
def test_what_holds_a_shops_data_is_not_made_anew(change: Change) -> None:
    with pytest.raises(
        Refused, match=rf"^{change.name} would be made anew, and empty: .* pouch deploy --replace-data$"
    ):
        check_data(would(Change("Add", "Topic", "AWS::SNS::Topic", replaces=False), change))


def test_what_holds_no_data_may_be_made_anew_and_what_does_may_change() -> None:
    api = Change("Modify", "Api", "AWS::ApiGatewayV2::Api", replaces=True)
    check_data(would(api, Change("Modify", "Table", "AWS::DynamoDB::Table", replaces=False)))


@pytest.mark.slow
def test_yes_is_no_yes_to_an_empty_table(account: Account, packages: Path) -> None:
    """Nothing is changed and nothing is left lying, unless it is said in so many words."""
    deployed(account, packages)
    for name in (SIGNING, STRIPE_KEY, WEBHOOK):
        shop_secrets.keep(account.ssm, "/pouch/live/", name, "sk_live_1")
    other = emulated(packages).replace('"Table"', '"Orders"')
    said = typed(account, packages, "--yes", template=other)
    assert (said.exit_code, "Table would be made anew, and empty" in said.output) == (1, True)
    left = account.cloudformation.list_change_sets(StackName="pouch-live")["Summaries"]
    assert [one["Status"] for one in left if one["ExecutionStatus"] == "AVAILABLE"] == []
    said = typed(account, packages, "--yes", "--replace-data", template=other)
    assert said.exit_code == 0, said.output
    assert find_stack(account.cloudformation, "pouch-live").parameters["Restarted"]  # type: ignore[union-attr]


ANSWERS_BRIDGE = f"StripeEventSource={ANSWERS['StripeEventSource']}"


def test_no_is_no(account: Account, packages: Path) -> None:
    shop_secrets.keep(account.ssm, "/pouch/live/", STRIPE_KEY, "sk_live_1")
    given = [text for name in ("OtherDomain", "MonthlyBudget") for text in ("--set", f"{name}=0")]
    said = typed(account, packages, *given, *SETS, terminal=True, answers="n\n")
    assert (said.exit_code, "Nothing was changed." in said.output) == (1, True)
    assert find_stack(account.cloudformation, "pouch-live") is None


def test_with_nobody_there_nothing_is_guessed(account: Account, packages: Path) -> None:
    said = typed(account, packages, "--yes")
    assert (said.exit_code, "The address for alarms? Say it: --set Email=…" in said.output) == (2, True)
    said = typed(account, packages, "--yes", "--set", "Email=owner@shop.example")
    assert (said.exit_code, "Put Stripe's key into the environment" in said.output) == (2, True)


def test_a_sandbox_takes_no_key_for_real_money(
    account: Account, packages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(STRIPE_KEY, "sk_live_canary")
    said = typed(account, packages, "--sandbox", "--yes", "--set", "Email=owner@shop.example")
    assert (said.exit_code, "it begins with sk_test_. It is one for real money." in said.output) == (1, True)
    assert "canary" not in said.output


@pytest.mark.slow
def test_the_sandbox_is_a_second_shop_with_the_keys_of_its_own(
    account: Account, packages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(STRIPE_KEY, "sk_test_1")
    shop_secrets.keep(account.ssm, "/pouch/sandbox/", WEBHOOK, "whsec_1")
    said = typed(account, packages, "--sandbox", "--yes", "--set", "Email=owner@shop.example", "--set", ANSWERS_BRIDGE)
    assert said.exit_code == 0, said.output
    assert "Next: pouch publish --sandbox. What is missing says pouch doctor --sandbox." in said.output
    assert find_stack(account.cloudformation, "pouch-live") is None
    assert told(account, SANDBOX)["Url"].endswith(".cloudfront.net")
    settings = client("lambda").list_functions()["Functions"][0]["Environment"]["Variables"]
    assert (settings["SHOP_PREVIEWS"], settings["SHOP_SECRETS"]) == ("yes", "/pouch/sandbox/")
    assert settings["MAIL_FROM"] == "owner@shop.example"


def test_a_pipeline_is_let_in_by_its_number(account: Account, packages: Path) -> None:
    said = typed(account, packages, "--pipeline", "tern/shop")
    assert (said.exit_code, "--repository-id, as gh api repos/tern/shop prints it" in said.output) == (2, True)
    assert find_stack(account.cloudformation, PIPELINE_STACK) is None


def test_nobody_is_logged_in(monkeypatch: pytest.MonkeyPatch, packages: Path) -> None:
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nowhere")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nowhere")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    with pytest.raises(DeployFailed, match="AWS_REGION is not set"):
        this_account()
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    with pytest.raises(DeployFailed, match="AWS does not know you"):
        this_account()
