"""The packages of the functions: what is in them, that they are the same twice, and that each runs by itself."""

import base64
import json
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client

from functions.app import App
from functions.local.standin import Standin, running_standin
from release.groups import GROUPS
from release.package_error import PackageFailed
from release.packages import Package
from release.wheels import make_lean
from tests.release.packing import HERE, called, packed, unzipped
from tests.small_shop import write_release
from tests.web.aws_shop import aws_shop, http_event
from tests.web.forms import add, cart_form
from tests.web.ordering import buy
from tests.web.paying import event_body, pay, signature
from tests.web.test_checkout import ordered

pytestmark = pytest.mark.slow
LIMITS = {"cart": 1.6, "checkout": 3.6, "order": 3.8, "invoice": 3.0}  # million bytes


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Package]:
    """All packages, with byte-code."""
    return packed(tmp_path_factory.mktemp("packages"))


@pytest.fixture(scope="module")
def homes(packages: dict[str, Package], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Where each is unpacked."""
    folder = tmp_path_factory.mktemp("task")
    return {group: unzipped(package, folder) for group, package in packages.items()}


@pytest.fixture
def standin() -> Iterator[Standin]:
    """Stripe."""
    with running_standin() as running:
        yield running


@pytest.fixture
def environ(aws: str, tmp_path: Path, standin: Standin) -> dict[str, str]:
    """The settings of a shop on AWS, and of AWS."""
    write_release(tmp_path / "build")
    own = {name: value for name, value in os.environ.items() if name.startswith("AWS_")}
    return own | aws_shop(tmp_path / "build", standin.url)


def names(package: Package) -> list[str]:
    """What is in a zip."""
    with zipfile.ZipFile(package.path) as zipped:
        return zipped.namelist()


def test_there_is_one_for_each_group(packages: dict[str, Package]) -> None:
    assert set(packages) == set(GROUPS)


def test_they_are_the_same_from_another_folder_and_for_another_umask(
    packages: dict[str, Package], tmp_path: Path
) -> None:
    old = os.umask(0o077)
    try:
        again = packed(tmp_path, groups=("cart", "checkout"))
    finally:
        os.umask(old)
    assert [again[group].sha256 for group in again] == [packages[group].sha256 for group in ("cart", "checkout")]


def test_no_group_has_what_it_does_not_need(packages: dict[str, Package]) -> None:
    for package in packages.values():
        found = names(package)
        assert not [name for name in found if name.endswith(".py") or "test" in name.split("/")]
        assert not [
            name
            for name in found
            if name.startswith(("boto", "requests/", "urllib3/", "plugins/", "cli/", "release/", "stripe/params"))
        ]
        assert not [name for name in found if name.endswith((".pyi", ".mo", ".po", "py.typed"))]
        assert not [name for name in found if name.startswith("functions/local/")]
        assert [name for name in found if "lambda_" in name] == [f"functions/lambda_{package.group}.pyc"]
        home = "/home/" + os.environ.get("USER", "nobody")
        assert not [name for name in found if name.startswith("/") or ".." in name or home in name]
    assert not [name for name in names(packages["cart"]) if name.startswith(("stripe/", "reportlab/"))]
    for group in set(GROUPS) - {"reconcile"}:
        mails = ("theme/templates/mail", "build/templates/mail")
        assert not [name for name in names(packages[group]) if name.startswith(mails)]
    assert [name for name in names(packages["invoice"]) if name.endswith(".ttf")]
    assert "build/templates/mail/confirmation.html" in names(packages["reconcile"])


@pytest.mark.parametrize("group", LIMITS)
def test_they_are_small(packages: dict[str, Package], group: str) -> None:
    assert packages[group].size < LIMITS[group] * 1_000_000


def test_a_package_says_what_it_was_compiled_for(packages: dict[str, Package]) -> None:
    with zipfile.ZipFile(packages["cart"].path) as zipped:
        assert json.loads(zipped.read("package.json")) == {"group": "cart", "bytecode": HERE}
    assert packages["cart"].python == HERE


def test_without_the_runtimes_python_they_hold_sources_and_say_so(tmp_path: Path, environ: dict[str, str]) -> None:
    made = packed(tmp_path, runtime="9.9", groups=("cart",))["cart"]
    assert made.python == ""
    assert not [name for name in names(made) if name.endswith((".pyc", ".bin"))]
    [answer], _, _ = called(unzipped(made, tmp_path), "cart", [http_event("GET", "/cart")], environ)
    assert answer["statusCode"] == 200


def test_nothing_in_a_package_says_where_it_was_made(packages: dict[str, Package]) -> None:
    with zipfile.ZipFile(packages["order"].path) as zipped:
        for name in zipped.namelist():
            assert b"/packages0/" not in zipped.read(name), name


LEAVES_MAILS = {"MAIL_FUNCTION": "due:live"}  # which the emulator does not have: nobody hears of them
ADD = http_event("POST", "/cart", {"action": "add", "sku": "CARD", "quantity": "2"})


def test_the_cart_sells_from_its_package_and_loads_no_stripe(homes: dict[str, Path], environ: dict[str, str]) -> None:
    [added], _, _ = called(homes["cart"], "cart", [ADD], environ)
    cookies = dict(each.partition(";")[0].split("=", 1) for each in added["cookies"])
    asked = [http_event("GET", path, cookies=cookies) for path in ("/cart", "/stock?sku=CARD", "/wishlist", "/nowhere")]
    answers, _, modules = called(homes["cart"], "cart", asked, environ)
    assert [one["statusCode"] for one in answers] == [200, 200, 200, 404]
    assert "€5.00" in answers[0]["body"]
    assert not {"stripe", "requests", "boto3", "botocore", "urllib3"} & set(modules)


def test_templates_are_compiled_beforehand(homes: dict[str, Path], environ: dict[str, str]) -> None:
    for path in homes["cart"].glob("theme/templates/functions/cart.html"):
        path.write_text("written later than compiled")
    try:
        [answer], _, _ = called(homes["cart"], "cart", [http_event("GET", "/cart")], environ)
    finally:
        assert "written later" not in answer["body"]


def test_the_checkout_asks_stripe_from_its_package(homes: dict[str, Path], environ: dict[str, str]) -> None:
    app = App(environ)
    browser = Client(app)
    form = filled(browser)
    cookies = {name: browser.get_cookie(name).value for name in ("cart", "destination") if browser.get_cookie(name)}  # type: ignore[union-attr]
    asked = http_event("POST", "/checkout", form, cookies=cookies)
    [answer], _, _ = called(homes["checkout"], "checkout", [asked], environ)
    assert answer["statusCode"] == 303
    assert answer["headers"]["location"].startswith(environ["STRIPE_API_BASE"])


def filled(browser: Client) -> dict[str, str]:
    """The form of a cart with two postcards."""
    add(browser, "CARD", 2)
    return cart_form(browser)


def test_orders_and_invoices_are_shown_from_their_packages(homes: dict[str, Path], environ: dict[str, str]) -> None:
    app = App(environ)
    order = buy(app, Client(app), CARD=2)
    cookies = {f"order-{order.id}": app.tokens.for_order(order.id, order.epoch)}
    page = http_event("GET", f"/order/{order.id}", cookies=cookies)
    [shown, linked], _, _ = called(homes["order"], "order", [page, http_event("GET", "/order-link")], environ)
    assert (shown["statusCode"], linked["statusCode"]) == (200, 200)
    assert "Postcard" in shown["body"]
    file = http_event("GET", f"/order/{order.id}/invoice.pdf", cookies=cookies)
    [answer], _, _ = called(homes["invoice"], "invoice", [file], environ)
    assert answer["statusCode"] == 200
    assert base64.b64decode(answer["body"]).startswith(b"%PDF-")


def paid_event(app: App) -> tuple[str, bytes]:
    """The id of an order that was just paid, and what Stripe has to say about it."""
    order = ordered(app, Client(app))
    pay(order.pay_url)
    return order.id, event_body(order.session, order.id)


def test_the_webhook_settles_from_its_package_and_the_reconciler_mails_from_its_own(
    homes: dict[str, Path], environ: dict[str, str]
) -> None:
    app = App(environ)
    order_id, body = paid_event(app)
    event: dict[str, Any] = http_event("POST", "/stripe/events", headers={"stripe-signature": signature(body)})
    event["body"] = base64.b64encode(body).decode()
    [answer], _, modules = called(homes["stripe"], "stripe", [event], environ | LEAVES_MAILS)
    assert answer["statusCode"] == 204
    assert not {"jinja2", "functions.service.outbox", "functions.web.letters", "email.policy"} & set(modules)
    assert_confirmed(app, order_id, homes["reconcile"], environ)


def test_a_webhook_that_is_not_stripes_loads_no_templates(homes: dict[str, Path], environ: dict[str, str]) -> None:
    home, event = homes["stripe"], http_event("POST", "/stripe/events", headers={"stripe-signature": "t=1,v1=0"})
    _, _, modules = called(home, "stripe", [], environ | LEAVES_MAILS)
    assert "jinja2" not in modules
    [answer], _, _ = called(home, "stripe", [event], environ | LEAVES_MAILS)
    assert answer["statusCode"] == 400


def test_the_bridge_settles_from_its_package(homes: dict[str, Path], environ: dict[str, str]) -> None:
    app = App(environ)
    order_id, body = paid_event(app)
    record = {"messageId": "1", "body": json.dumps({"detail": json.loads(body)})}
    [answer], _, _ = called(homes["bridge"], "bridge", [{"Records": [record]}], environ | LEAVES_MAILS)
    assert answer == {"batchItemFailures": []}
    assert_confirmed(app, order_id, homes["reconcile"], environ)


def test_the_reconciler_and_news_of_mails_run_from_their_packages(
    homes: dict[str, Path], environ: dict[str, str]
) -> None:
    app = App(environ)
    order_id, _ = paid_event(app)
    answers, _, _ = called(homes["reconcile"], "reconcile", [{}, {}], environ)
    assert [one["failures"] for one in answers] == [0, 0]
    assert app.store.order(order_id).email == "sam@example.com"  # type: ignore[union-attr]
    [answer], _, _ = called(homes["mail_events"], "mail_events", [{"Records": []}], environ)
    assert answer == {"batchItemFailures": []}


def assert_confirmed(app: App, order_id: str, reconciler: Path, environ: dict[str, str]) -> None:
    """An order is paid, and its confirmation goes to Amazon SES once the reconciler's function is told of it."""
    order = app.store.order(order_id)
    assert order
    assert [(message.kind, message.sent_at) for message in order.messages] == [("confirmation", 0)]
    [told], _, _ = called(reconciler, "reconcile", [{"order": order_id}], environ)
    assert told == {"sent": 1, "unsent": 0}
    order = app.store.order(order_id)
    assert order
    assert [(message.kind, message.sent_at > 0) for message in order.messages] == [("confirmation", True)]


def test_a_library_that_has_changed_is_not_cut_blindly(tmp_path: Path) -> None:
    for name in ("werkzeug", "jinja2", "PIL", "stripe"):
        (tmp_path / name).mkdir()
    (tmp_path / "stripe" / "_http_client.py").write_text("import anyio\n")
    with pytest.raises(
        PackageFailed, match=r"^stripe/_http_client\.py has changed: 'import asyncio' is not in it once"
    ):
        make_lean(tmp_path)
