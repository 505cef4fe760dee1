"""Rights: what the functions ask of AWS in a purchase and all around it, held against what their roles allow.

The emulator lets everybody do everything; so each call is noted with the function that makes it, and judged here.
"""

import fnmatch
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest
from werkzeug.test import Client

from functions.adapters.aws.answers import Answer
from functions.adapters.aws.channel import Channel
from functions.adapters.aws.signing import Call
from functions.adapters.s3_catalogue import S3Downloads
from functions.app import App
from functions.local.standin import running_standin
from functions.shop.acts import Actor, Cancel
from functions.shop.email import customer_key
from functions.shop.message import Kind, Message
from functions.shop.notice import Notice
from functions.web.tokens import MAILS, WAITING
from tests.release.rendering import BRIDGED, Stack, as_list, statements
from tests.small_shop import write_release
from tests.web.aws_shop import aws_shop
from tests.web.forms import SELF
from tests.web.ordering import EMAIL, buy, do, link

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

STACK = Stack(BRIDGED)
GROUP = {
    **dict.fromkeys(("cart", "wishlist", "stock", "notify", "unsubscribe"), "Cart"),
    **dict.fromkeys(("order", "order-link", "withdraw", "download"), "Order"),
    "checkout": "Checkout",
    "stripe": "Stripe",
}
WRITES = {"Put": "PutItem", "Update": "UpdateItem", "Delete": "DeleteItem", "ConditionCheck": "ConditionCheckItem"}


@dataclass
class Notes:
    """Who asks at this moment, and all that was asked: function, action, and what for."""

    function: str = ""
    calls: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, action: str, resources: Iterable[str]) -> None:
        """A call that needs a right."""
        self.calls += [(self.function, action, resource) for resource in resources]

    def dynamodb(self, operation: str, request: dict[str, Any]) -> None:
        """What DynamoDB asks the rights for: a transaction needs those of its parts."""
        if operation == "TransactWriteItems":
            for part in request["TransactItems"]:
                [(kind, one)] = part.items()
                self.add(f"dynamodb:{WRITES[kind]}", [(one.get("Key") or one["Item"])["pk"]["S"]])
        elif operation == "BatchGetItem":
            [table] = request["RequestItems"].values()
            self.add("dynamodb:BatchGetItem", [key["pk"]["S"] for key in table["Keys"]])
        elif operation == "Query":
            self.add("dynamodb:Query", [request.get("IndexName", "")])
        else:
            self.add(f"dynamodb:{operation}", [request["Key"]["pk"]["S"]])


@pytest.fixture
def notes(monkeypatch: pytest.MonkeyPatch) -> Notes:
    """Listens to every channel to AWS; each call goes on as it was."""
    noted, ask, send = Notes(), Channel.ask, Channel.send

    def asking(channel: Channel, operation: str, request: dict[str, Any], version: str) -> dict[str, Any]:
        service, _, name = operation.partition(".")
        if service.startswith("DynamoDB"):
            noted.dynamodb(name, request)
        else:
            noted.add(f"ssm:{name}", [request["Name"].rpartition("/")[2]])
        return ask(channel, operation, request, version)

    def sending(channel: Channel, call: Call, **options: Any) -> Answer:
        if call.method in {"GET", "HEAD"}:  # both are this right
            noted.add("s3:GetObject", [unquote(call.path).split("/", 2)[2]])
        elif "/v2/email" in call.path:
            kinds = {"Raw": "ses:SendRawEmail", "Simple": "ses:SendEmail", "Template": "ses:SendTemplatedEmail"}
            noted.add(kinds[next(iter(json.loads(call.body)["Content"]))], [""])  # the right goes by what is sent
        elif call.path.endswith("/invocations"):
            noted.add("lambda:InvokeFunction", [""])
        return send(channel, call, **options)

    monkeypatch.setattr(Channel, "ask", asking)
    monkeypatch.setattr(Channel, "send", sending)
    return noted


class NotedApp(App):
    """The shop, noting which function a request would go to."""

    def __init__(self, environ: Mapping[str, str], notes: Notes) -> None:
        super().__init__(environ)
        self._notes = notes

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        self._notes.function = "Invoice" if path.endswith("/invoice.pdf") else GROUP[path.split("/")[1]]
        return super().__call__(environ, start_response)


@pytest.fixture
def app(aws: str, tmp_path: Path, notes: Notes) -> Iterator[NotedApp]:
    """A shop on AWS."""
    assert aws
    write_release(tmp_path / "build")
    with running_standin() as standin:
        yield NotedApp(aws_shop(tmp_path / "build", standin.url) | {"MAIL_FUNCTION": "due:live"}, notes)


def may(function: str, action: str, what: str) -> bool:
    """Whether the role of a function allows it."""
    return any(
        _fits(one, action, what)
        for name, one in statements(STACK)
        if name == f"{function}Role" and action in as_list(one["Action"])
    )


def _fits(one: dict[str, Any], action: str, what: str) -> bool:
    resources = as_list(one["Resource"])
    if action.startswith("dynamodb:"):
        keys = one.get("Condition", {}).get("ForAllValues:StringLike", {}).get("dynamodb:LeadingKeys", ["*"])
        if action == "dynamodb:Query":
            return f"<Table.Arn>/index/{what}" in resources if what else "<Table.Arn>" in resources
        return any(fnmatch.fnmatchcase(what, key) for key in keys)
    if action == "s3:GetObject":
        return any(fnmatch.fnmatchcase(f"<ReleaseBucket.Arn>/{what}", resource) for resource in resources)
    return not what or any(resource.endswith(f"/{what}") for resource in resources)


def waiting(app: App) -> str:
    """The id of news that something is back, whose reader waits for another thing: written by the reconciler."""
    notice = Notice("stock:LAST:2027-01-15:sam", 1, Message(Kind.BACK_IN_STOCK, EMAIL, 0))
    app.store.save_notice(notice)
    app.store.ask_for_stock("CARD", EMAIL, 1)
    return notice.id


def around_a_purchase(app: App, front: Client, notes: Notes) -> None:
    """All that shoppers do, and what comes by itself."""
    for path in ("/cart", "/wishlist", "/stock?sku=CARD", "/order-link", "/withdraw", "/unsubscribe/nothing"):
        front.get(path)
    front.post("/wishlist", data={"action": "add", "sku": "CARD"}, headers=SELF)
    notes.function = ""  # what the owner does has no role of the shop's
    app.store.set_stock("LAST", 0)
    assert front.post("/notify", data={"sku": "LAST", "email": EMAIL}, headers=SELF).status_code == 303
    notes.function = "Reconcile"
    for token in (app.tokens.for_silence(MAILS, customer_key(EMAIL)), app.tokens.for_silence(WAITING, waiting(app))):
        assert front.post(f"/unsubscribe/{token}", headers=SELF).status_code == 200
    front.post("/order-link", data={"email": "sam@example.com", "number": "7K3M"}, headers=SELF)
    order = buy(app, front, CARD=2)
    front.get(link(app, order))
    for page in ("", "/cancel", "/invoice", "/invoice.pdf", "/help", "/address"):
        assert front.get(f"/order/{order.id}{page}").status_code == 200
    notes.function = "Reconcile"
    app.reconcile()
    do(app, order, Cancel(Actor.OWNER))
    app.reconcile()


@pytest.mark.slow
def test_no_function_asks_for_more_than_its_role_allows(app: NotedApp, notes: Notes) -> None:
    """The roles allow each call of a purchase, and of what comes before and after it."""
    around_a_purchase(app, Client(app), notes)
    asked = {(function, action) for function, action, _ in notes.calls if function}
    assert ("Checkout", "dynamodb:PutItem") in asked
    assert {("Stripe", "dynamodb:UpdateItem"), ("Stripe", "lambda:InvokeFunction")} <= asked
    assert ("Reconcile", "ses:SendRawEmail") in asked
    assert {("Cart", f"dynamodb:{kind}Item") for kind in ("Put", "Delete")} <= asked
    assert {function for function, _ in asked} == {"Cart", "Checkout", "Order", "Invoice", "Stripe", "Reconcile"}
    assert sorted({call for call in notes.calls if call[0] and not may(*call)}) == []


def test_a_sold_file_is_read_and_handed_on_by_the_rights_of_orders(app: NotedApp, notes: Notes) -> None:
    """An address that is handed on is worth no more than the rights of the role that signed it."""
    files, notes.function = S3Downloads(app._bucket, "main"), "Order"
    assert files.open("a" * 64, "map.pdf") is None
    asked = ("Order", "s3:GetObject", f"main/files/{'a' * 64}")
    assert [call for call in notes.calls if call[0]] == [asked]
    assert may(*asked)
    assert [one for one in ("Cart", "Checkout", "Invoice", "Stripe", "Reconcile") if may(one, *asked[1:])] == []


def test_what_a_role_does_not_allow_is_seen() -> None:
    """The judge of the test above: the cart may count tries and read orders, and not write them."""
    assert may("Cart", "dynamodb:UpdateItem", "tries#abc")
    assert may("Cart", "dynamodb:GetItem", "order#7K3M-9QXD-4FTR")
    assert not may("Cart", "dynamodb:PutItem", "order#7K3M-9QXD-4FTR")
    assert not may("Cart", "dynamodb:Query", "lists")
    assert not may("Cart", "s3:GetObject", "main/files/abc")
    assert not may("Checkout", "ssm:GetParameter", "STRIPE_WEBHOOK_SECRETS")
