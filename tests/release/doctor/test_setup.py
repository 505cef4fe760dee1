"""`pouch doctor` over a whole set-up on this machine: emulated AWS, payment stand-in, name server, and a shop."""

import json
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import stripe
from click.testing import CliRunner, Result

from cli.__main__ import pouch
from cli.doctor import Surgery
from functions.local.standin import Settings, running_standin
from release.doctor.network import Names, Web
from release.doctor.setup import aws as make_client
from tests.release.doctor.name_server import name_server
from tests.release.doctor.stack import MadeStack, make_stack, put_release
from tests.release.doctor.test_network import shop
from tests.small_shop import write_release

ZONE = {
    ("shop.example", "A"): ["127.0.0.1"],
    ("d1.cloudfront.net", "A"): ["127.0.0.1"],
    ("_dmarc.shop.example", "TXT"): ['"v=DMARC1; p=reject"'],
}
KEY = "sk_test_51AbCdEfGhIjKlMnOp"
SIGNING = "0123456789abcdef-canary"
HOOK = "whsec_canary"
NO_AWS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE", "AWS_ENDPOINT_URL")
OF_SHOP = (
    "STRIPE_SECRET_KEY",
    "STRIPE_API_BASE",
    "SMTP_HOST",
    "SHOP_SECRET_KEYS",
    "SHOP_SECRETS",
    "SHOP_URL",
    "POUCH_STACK",
)


def run(surgery: Surgery, *arguments: str, columns: int = 80) -> Result:
    """What the command says."""
    return CliRunner().invoke(pouch, ["doctor", *arguments], obj=surgery, env={"COLUMNS": str(columns)})


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings of whoever runs the tests."""
    for name in OF_SHOP:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))


@dataclass(frozen=True)
class Place:
    """A sandbox at the emulated AWS, and who looks at it."""

    stack: MadeStack
    surgery: Surgery
    url: str
    stripe: str

    def findings(self) -> dict[str, dict[str, str]]:
        """What each check finds, by its id."""
        said: dict[str, Any] = json.loads(run(self.surgery, "--json").stdout)
        return {one["id"]: one for one in said["findings"]}


@pytest.fixture
def place(aws: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Place]:
    with running_standin(Settings(secret_key=KEY)) as standin, name_server(ZONE) as server, shop() as port:
        url = f"http://shop.example:{port}"
        stack = make_stack(url, Kind="sandbox", Domain="shop.example", Email="ada@shop.example")
        put_release(stack, tmp_path, int(time.time()))
        monkeypatch.setenv("POUCH_STACK", stack.name)
        monkeypatch.setenv("STRIPE_API_BASE", standin.url)
        monkeypatch.setenv("SHOP_SECRETS", f"/{stack.name}/")
        keep(stack.name, STRIPE_SECRET_KEY=KEY, SHOP_SECRET_KEYS=SIGNING, STRIPE_WEBHOOK_SECRETS=HOOK)
        yield Place(stack, Surgery(Web(Names(server.address))), url, standin.url)


def keep(path: str, **secrets: str) -> None:
    """Secrets in the Parameter Store."""
    for name, value in secrets.items():
        make_client("ssm").put_parameter(Name=f"/{path}/{name}", Value=value, Type="SecureString", Overwrite=True)


def said(found: dict[str, dict[str, str]], *names: str) -> list[tuple[str, str]]:
    """Severity and sentence of some checks."""
    return [(found[name]["severity"], found[name]["text"]) for name in names]


@pytest.mark.slow
def test_a_sandbox_is_looked_at_from_end_to_end(place: Place) -> None:
    """Stripe's side is the stand-in, which has no endpoint yet; the emulator has no rights, so it lets strangers in."""
    found = place.findings()
    assert said(
        found, "payments.key", "payments.rights", "payments.charges", "payments.payouts", "payments.statement"
    ) == [
        ("ok", "The key sk_test_…MnOp is for test payments, as this shop is."),
        ("ok", "The key sk_test_…MnOp may do everything."),
        ("ok", "Stripe takes payments for you."),
        ("ok", "Stripe pays out to your bank."),
        ("ok", "Your customers' statements say TEST SHOP."),
    ]
    assert said(found, "payments.currency", "payments.endpoint", "clock.stripe", "clock.aws") == [
        ("ok", "The shop sells in EUR, as Stripe pays out."),
        ("fault", f"Stripe sends no news to {place.url}/stripe/events, so orders are confirmed up to 15 minutes late."),
        ("ok", "This machine's clock agrees with Stripe's."),
        ("ok", "This machine's clock agrees with AWS's."),
    ]
    assert found["payments.delayed"]["text"].startswith("SEPA Direct Debit: with this way to pay, it takes days")
    assert said(
        found, "buckets.pages.closed", "buckets.releases.closed", "buckets.pages.versions", "buckets.pages.refuses"
    ) == [
        ("ok", "The bucket of pages is closed."),
        ("ok", "The bucket of releases is closed."),
        ("ok", "The bucket of pages keeps old versions."),
        ("fault", "Whoever asks the bucket of pages itself is let in (it answers 200)."),
    ]
    assert said(found, "table.recovery", "table.protected", "table.expiry", "schedules.undealt", "alarms.there") == [
        ("ok", "Orders can be brought back as they were at any moment of the last 35 days."),
        ("ok", "The table cannot be deleted by a slip."),
        ("ok", "What is over is forgotten by itself."),
        ("ok", "There is no news that nobody could deal with."),
        ("ok", "A sandbox wakes nobody."),
    ]
    assert said(found, "release.purged", "release.publishing", "release.pages", "release.catalogue") == [
        ("ok", "The CDN knows of every changed page."),
        ("ok", "No publication was left half done."),
        ("ok", "All 2 public files of the release are there."),
        ("ok", "All that the functions read and sell is there."),
    ]
    assert said(found, "domain.leads", "pages.home", "pages.stock", "pages.missing", "mail.dmarc", "mail.identity") == [
        ("ok", "shop.example leads to the shop."),
        ("ok", "The home page answers (/)."),
        ("ok", "The stock answers (/stock?sku=CARD)."),
        ("fault", "Where nothing is, the shop answers 200 and not 404."),
        ("ok", "shop.example has a DMARC record."),
        ("fault", "SES does not know shop.example, so it takes no mail from it."),
    ]
    assert said(found, "settings.keys", "settings.webhook-secrets", "content.minimum", "content.choices") == [
        ("ok", "What links are signed with is long enough."),
        ("ok", "The shop knows what Stripe signs its news with."),
        ("ok", "Whatever is sold, and however it is sent, comes to an amount that Stripe takes."),
        ("ok", "Shoppers choose from five ways of delivery at most."),
    ]
    assert "unknown" not in {one["severity"] for one in found.values()}, found


@pytest.mark.slow
def test_what_breaks_is_seen(place: Place) -> None:
    """A page is deleted, a bucket opened, secrets exchanged for bad ones; and SES hears of the domain."""
    make_client("sesv2").create_email_identity(EmailIdentity="shop.example")
    make_client("s3").delete_object(Bucket=place.stack.outputs["PagesBucket"], Key="main/404.html")
    make_client("s3").delete_public_access_block(Bucket=place.stack.outputs["ReleaseBucket"])
    keep(place.stack.name, SHOP_SECRET_KEYS="short", STRIPE_SECRET_KEY="sk_test_51AnotherKeyAltogether")
    found = place.findings()
    assert found["mail.identity"]["text"].startswith("SES knows")
    assert found["release.pages"]["text"].startswith("/404.html of release ")
    assert found["buckets.releases.closed"]["text"].startswith("The bucket of releases does not block public access")
    assert said(found, "settings.keys", "payments.key", "payments.charges") == [
        ("fault", "SHOP_SECRET_KEYS holds a secret of less than 16 characters."),
        ("fault", "Stripe does not take the key sk_test_…ther; it may have been rolled or deleted."),
        ("unknown", "Whether Stripe takes payments for you is not known: Stripe does not take the key."),
    ]


@pytest.mark.slow
def test_an_endpoint_at_stripe_is_looked_at(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """The stand-in takes endpoints of this machine only, so the shop is one that is served here."""
    url = "http://127.0.0.1:1"
    monkeypatch.setenv("POUCH_STACK", make_stack(url, Kind="sandbox", Email="ada@shop.example").name)
    hooks = stripe.StripeClient(KEY, base_addresses={"api": place.stripe}).v1.webhook_endpoints
    hooks.create({"url": f"{url}/stripe/events", "enabled_events": ["checkout.session.completed"]})
    found = place.findings()
    assert said(found, "payments.endpoint") == [("ok", f"Stripe sends its news to {url}/stripe/events.")]
    assert found["payments.events"]["text"].startswith("Stripe does not tell the shop of checkout.session.expired, ")
    assert found["payments.endpoint-version"]["text"].startswith("The news is written in your account's own version")


@pytest.mark.slow
def test_no_secret_is_ever_shown(place: Place) -> None:
    """Neither in words nor for programs (R26)."""
    for arguments in ((), ("--all",), ("--json",)):
        shown = run(place.surgery, *arguments).output
        assert [secret for secret in (KEY, SIGNING, HOOK) if secret in shown] == []


@pytest.mark.slow
def test_a_live_shop_has_to_have_alarms_that_reach_somebody(
    aws: str, monkeypatch: pytest.MonkeyPatch, place: Place
) -> None:
    """And its reconciler has to run."""
    stack = make_stack(place.url, Kind="live", Domain="shop.example", Email="ada@shop.example")
    monkeypatch.setenv("POUCH_STACK", stack.name)
    found = place.findings()
    assert said(found, "alarms.there", "alarms.heard", "schedules.reconciler", "payments.key", "release.live") == [
        ("fault", "There are no alarms."),
        ("fault", "Nobody gets the alarms."),
        ("fault", "The shop has not looked after its orders for six hours or more."),
        ("fault", "The key sk_test_…MnOp is for test payments, and this shop is not."),
        ("fault", "Nothing is published yet."),
    ]
    cloudwatch, topic = make_client("cloudwatch"), stack.outputs["Topic"]
    cloudwatch.put_metric_data(Namespace=stack.name, MetricData=[{"MetricName": "Runs", "Value": 1}])
    cloudwatch.put_metric_alarm(
        AlarmName=f"{stack.name}-HeldAlarm", AlarmActions=[topic], Namespace=stack.name, MetricName="Held", Period=60,
        EvaluationPeriods=1, Threshold=0, ComparisonOperator="GreaterThanThreshold", Statistic="Sum",
    )  # fmt: skip
    cloudwatch.set_alarm_state(AlarmName=f"{stack.name}-HeldAlarm", StateValue="ALARM", StateReason="x")
    make_client("sns").subscribe(TopicArn=topic, Protocol="email", Endpoint="ada@shop.example")
    found = place.findings()
    assert said(found, "alarms.there", "alarms.quiet", "schedules.reconciler") == [
        ("ok", "There is one alarm."),
        ("warning", f"An alarm rings: {stack.name}-HeldAlarm."),
        ("ok", "The shop looks after its orders."),
    ]


def test_a_shop_on_this_machine_is_looked_at_as_such(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without credentials of AWS there is nothing else to look at, and the first line says so."""
    for name in NO_AWS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_REGION", "eu-central-1")
    monkeypatch.setenv("SHOP_BUILD", str(tmp_path))
    write_release(tmp_path)
    result = run(Surgery(Web(Names("127.0.0.1:9"))))
    assert (result.exit_code, result.output) == (0, LOCAL)


LOCAL = """\
The shop on this machine, because you are not logged in at AWS. What only a
published shop has is left out.

Settings
  ✓ What links are signed with is made by make serve.

Payments (Stripe)
  · Payments go to the stand-in of make serve, and no money moves.
    → For test payments at Stripe, set STRIPE_SECRET_KEY: docs/settings.md.

Mail
  · No mail server is set: mails are written into a folder, and make serve shows
    them.
    → To send them, set SMTP_HOST: docs/settings.md.

Release
  ✓ The shop is built.

Content
  ✓ 2 things well

2 notes; 4 well.
"""


@pytest.fixture
def hole() -> Iterator[str]:
    """An address that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


@pytest.mark.slow
def test_everything_that_hangs_is_named_within_twelve_seconds(hole: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """AWS, Stripe and the name server never answer; each check says so, and the command ends."""
    settings = {"AWS_ENDPOINT_URL": hole, "AWS_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "a"}
    for name, value in (settings | {"AWS_SECRET_ACCESS_KEY": "b", "STRIPE_API_BASE": hole}).items():
        monkeypatch.setenv(name, value)
    with name_server({}, silent=True) as server:
        begun = time.monotonic()
        result = run(Surgery(Web(Names(server.address))), "--json")
        took = time.monotonic() - begun
    told = json.loads(result.stdout)
    assert took < 12
    assert (result.exit_code, told["setup"]) == (3, "The stack pouch-live at AWS, which cannot be reached.")
    assert {one["severity"] for one in told["findings"]} == {"unknown"}
    assert len(told["findings"]) == len({one["id"] for one in told["findings"]}) == 59
    assert all("is not known: AWS does not answer (ReadTimeoutError)." in one["text"] for one in told["findings"])


@pytest.mark.slow
def test_stripe_names_and_pages_that_hang_leave_the_rest_to_be_seen(
    place: Place, hole: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """AWS answers all the same, and what it says counts."""
    monkeypatch.setenv("STRIPE_API_BASE", hole)
    url = hole.replace("127.0.0.1", "localhost")
    monkeypatch.setenv("POUCH_STACK", make_stack(url, Kind="sandbox", Domain="shop.example").name)
    with name_server({}, silent=True) as server:
        begun = time.monotonic()
        found = replace(place, surgery=Surgery(Web(Names(server.address)))).findings()
        took = time.monotonic() - begun
    assert took < 12
    assert said(found, "payments.charges", "domain.leads", "pages.home", "table.recovery") == [
        ("unknown", "Whether Stripe takes payments for you is not known: Stripe does not answer."),
        ("unknown", "Where your domain leads is not known: the name server does not answer (LifetimeTimeout)."),
        ("unknown", "Whether the home page answers is not known: nobody answers (TimeoutError)."),
        ("ok", "Orders can be brought back as they were at any moment of the last 35 days."),
    ]
