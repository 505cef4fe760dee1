"""A shop at AWS as far as that can be had on one machine: the stack that `pouch deploy` makes, functions that run from
their zips, pages and orders where the stack says, Stripe, and an owner with a copy of `content/` who types commands.
"""

import io
import json
import os
import shutil
import subprocess
import sys
import urllib.request
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import pytest
from click.testing import CliRunner
from PIL import Image
from werkzeug.test import Client

from cli.__main__ import pouch
from cli.deploy import Works
from cli.press import Press
from functions.adapters.dynamodb.store import DynamoStore
from functions.local.standin import Settings, Standin, running_standin
from functions.ports import Store
from release import shop_secrets
from release.account import this_account
from release.deploy import told
from release.groups import GROUPS
from release.kind import LIVE
from release.shop_secrets import STRIPE_KEY, WEBHOOK, WEBHOOK_PATH
from tests.emulator import aws_settings, bare_interpreter, running_emulator
from tests.living_shop import free_port
from tests.release.cdn import Cdn, serving
from tests.release.emulated import template
from tests.release.packing import ROOT, packed
from tests.release.rendering import LIVE as PARAMETERS
from tests.release.rendering import Stack
from tests.web.over_http import browser_at

URL = f"https://{PARAMETERS['Domain']}"
ANSWERS = {name: PARAMETERS[name] for name in ("Email", "Domain", "OtherDomain", "Certificate")}
ACCOUNT = "222222222222"
PROGRAM = ("functions", "plugins", "theme", "pelicanconf.py", "publishconf.py")
SOON = 0.02  # seconds between two looks at the stack
KEY = "sk_test_standin"  # the live shop's, because the stand-in takes no key for real money


@dataclass(frozen=True)
class LiveShop:
    """A shop that was deployed. `root` is the owner's folder, `said` what its stack says of itself, `front` where the
    CDN answers on this machine, for AWS at `aws`.
    """

    root: Path
    said: Mapping[str, str]
    aws: str
    cdn: Cdn
    front: str
    standin: Standin

    def browser(self) -> Client:
        """Somebody's browser, without cookies yet."""
        return browser_at(self.front, URL)

    def type(self, *words: str) -> str:
        """What a command of the owner's says, which goes well."""
        press = Press(self.root, terminal=False)
        done = CliRunner().invoke(pouch, [*words, "--yes"], obj=press, prog_name="pouch")
        assert done.exit_code == 0, done.output
        return done.output

    def type_to_desk(self, *words: str, **settings: str) -> str:
        """What a command says that works on the orders of the live shop."""
        done = CliRunner().invoke(pouch, words, env={"POUCH_SHOP": "live", **settings}, prog_name="pouch")
        assert done.exit_code == 0, done.output
        return done.output

    def write(self, file: str, old: str, new: str) -> None:
        """Change a text in a file of the content."""
        path = self.root / "content" / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")

    def tick(self) -> dict[str, Any]:
        """What the function says that the stack's schedule calls."""
        scheduler = _client("scheduler")
        [one] = scheduler.list_schedules(NamePrefix=LIVE.stack)["Schedules"]
        target = scheduler.get_schedule(Name=one["Name"], GroupName=one["GroupName"])["Target"]
        report: dict[str, Any] = _called(target["Arn"], {"detail-type": "Scheduled Event"})
        return report

    def run(self, code: str) -> Any:
        """What a function made of this code answers, run as the shop's own are."""
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as zipped:
            zipped.writestr("probe.py", code)
        [own, *_] = _functions()
        settings = {name: own[name] for name in ("Runtime", "Role", "Timeout")}
        made = _client("lambda").create_function(
            FunctionName="probe", Handler="probe.handler", Code={"ZipFile": content.getvalue()}, **settings
        )
        return _called(made["FunctionArn"], {})

    def settings(self, group: str) -> dict[str, str]:
        """What the stack says to a group of functions."""
        [found] = [one for one in _functions() if one["Handler"] == GROUPS[group].entry + ".handler"]
        return dict(found["Environment"]["Variables"])

    def tell_aws(self, source: str, kind: str, detail: object) -> None:
        """Bring news to EventBridge, as a service of AWS does."""
        entry = {"Source": source, "DetailType": kind, "Detail": json.dumps(detail)}
        assert _client("events").put_events(Entries=[entry])["FailedEntryCount"] == 0

    def log(self) -> list[dict[str, Any]]:
        """What the stack's functions have logged, each line as the fields that it has."""
        logs = _client("logs")
        [group] = [one["logGroupName"] for one in logs.describe_log_groups()["logGroups"] if LIVE.stack in one["arn"]]
        events = logs.filter_log_events(logGroupName=group, filterPattern="")["events"]
        texts = (text for one in events for text in one["message"].splitlines())
        return [json.loads(text) for text in texts if text.startswith("{")]

    @property
    def store(self) -> Store:
        """The stack's table."""
        return DynamoStore(self.said["Table"])

    def stock(self, sku: str) -> tuple[int, int]:
        """On hand and reserved."""
        found = self.store.stock([sku])[sku]
        return found.on_hand, found.reserved

    def mails(self, to: str) -> list[dict[str, str]]:
        """What SES has taken for somebody, the oldest first."""
        with urllib.request.urlopen(f"{self.aws}/_ministack/ses/messages?account={ACCOUNT}", timeout=10) as answer:
            taken = json.load(answer)["messages"].get(ACCOUNT, [])
        return [mail for mail in taken if mail["To"] == [to]]


@contextmanager
def live_shop(folder: Path) -> Iterator[LiveShop]:
    """A shop that is deployed and not published yet, for as long as the block lasts, and AWS with it."""
    root, port = owners_folder(folder), free_port()
    with (
        running_standin(Settings(shop_name="Tern & Gale")) as standin,
        _aws(folder, STRIPE_API_BASE=standin.url) as aws,
        pytest.MonkeyPatch.context() as surroundings,
    ):
        for name in [name for name in os.environ if name.startswith(("POUCH_", "SHOP_", "STRIPE_"))]:
            surroundings.delenv(name)
        for name, value in aws_settings(aws, ACCOUNT).items():
            surroundings.setenv(name, value)
        said = _deployed(_packages(folder, root), hook=f"http://127.0.0.1:{port}{WEBHOOK_PATH}", stripe=standin.url)
        cdn = _cdn(aws, said)
        with serving(cdn, port) as front:
            yield LiveShop(root, said, aws, cdn, front, standin)


def owners_folder(folder: Path) -> Path:
    """The repository with a copy of `content/`, whose pictures are all one: to make sizes of the real ones takes a
    minute and a half.
    """
    root = folder / "shop"
    shutil.copytree(ROOT / "content", root / "content")
    plain = io.BytesIO()
    Image.new("RGB", (800, 1000), "#8a9ba8").save(plain, "JPEG")
    for picture in (root / "content" / "images").glob("*.jpg"):
        picture.write_bytes(plain.getvalue())
    for name in PROGRAM:
        (root / name).symlink_to(ROOT / name)
    return root


@contextmanager
def _aws(folder: Path, **functions_see: str) -> Iterator[str]:
    """An emulator of its own, in which functions find their package alone."""
    place = folder / "aws"
    place.mkdir()
    command = bare_interpreter(folder / "runtime")
    with running_emulator(place, free_port(), command=command, **functions_see) as address:
        yield address


def _packages(folder: Path, root: Path) -> Path:
    """Zips of the functions, for the shop as it is built first."""
    build = [sys.executable, "-m", "plugins.build"]
    subprocess.run(build, cwd=root, check=True, capture_output=True, timeout=120)
    made = packed(folder, root=root)
    return made["cart"].path.parent


def _deployed(packages: Path, *, hook: str, stripe: str) -> Mapping[str, str]:
    """What a stack says that `pouch deploy` has made. Stripe knows already where its news goes, because the stand-in
    writes to this machine only.
    """
    account = this_account()
    secret = shop_secrets.make_endpoint(KEY, hook, stripe)
    for name, value in ((STRIPE_KEY, KEY), (WEBHOOK, secret)):
        shop_secrets.keep(account.ssm, LIVE.secrets, name, value)
    works = Works(account=lambda: account, terminal=False, pause=SOON, template=template(packages))
    sets = [text for name, value in ANSWERS.items() for text in ("--set", f"{name}={value}")]
    typed = ["deploy", "--packages", str(packages), "--yes", *sets]
    done = CliRunner().invoke(pouch, typed, obj=works, prog_name="pouch")
    assert done.exit_code == 0, done.output
    return told(account, LIVE)


def _cdn(aws: str, said: Mapping[str, str]) -> Cdn:
    """The stack's CDN, which knows the secret that the stack was made with."""
    [api] = _client("apigatewayv2").get_apis()["Items"]
    [secret] = {one["Environment"]["Variables"]["SHOP_ORIGIN_SECRET"] for one in _functions()}
    stack = Stack(PARAMETERS | {"OriginSecret": secret})
    return Cdn(stack, aws=aws, account=ACCOUNT, api=api["ApiId"], pages=said["PagesBucket"])


def _functions() -> list[dict[str, Any]]:
    """The stack's functions, as AWS has them."""
    found: list[dict[str, Any]] = _client("lambda").list_functions()["Functions"]
    return [one for one in found if one["FunctionName"].startswith(LIVE.stack)]


def _called(function: str, event: object) -> Any:
    """What a function answers that is asked for by name."""
    done = _client("lambda").invoke(FunctionName=function, Payload=json.dumps(event))
    answer = json.load(done["Payload"])
    assert "FunctionError" not in done, answer
    return answer


def _client(service: str) -> Any:
    """One for this account; boto3's own keeps the first one's."""
    return boto3.Session().client(service)
