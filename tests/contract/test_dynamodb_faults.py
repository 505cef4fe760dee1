"""DynamoDB when not all goes well: answers that are lost, rivals, a line that hangs, and orders that are too large."""

import json
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import boto3
import pytest

from functions.adapters.aws.answers import Answer, Refused, Silent, refused
from functions.adapters.aws.channel import READ, Channel
from functions.adapters.aws.credentials import Credentials
from functions.adapters.aws.signing import Call
from functions.adapters.dynamodb import schema
from functions.adapters.dynamodb.calls import Client
from functions.adapters.dynamodb.saving import most_actions
from functions.adapters.dynamodb.store import DynamoStore
from functions.adapters.lines import Lines
from functions.ports import Stock, Uses
from functions.shop.decision import ClaimChange, Decision, StockChange
from functions.shop.discount import Claim
from functions.shop.errors import Conflict, OutOfStock, StoreUnavailable, TooLarge
from functions.shop.ledger import Card, Earning, Entry, EntryKind
from functions.shop.listing import search_list
from functions.shop.message import Kind, Message
from functions.shop.order import Order
from functions.shop.settings import Address
from functions.shop.settling import decide, expire_unsold
from tests.contract.buyer import top_up
from tests.emulator import new_table
from tests.shop.balanced import CARD_ACCOUNT, ONCE, POINTS_ACCOUNT, pays, spending
from tests.shop.sample import NOW, facts, placed

pytestmark = pytest.mark.slow


WRITE, UPDATE, READ_MANY = "TransactWriteItems", "UpdateItem", "BatchGetItem"


class Line(Channel):
    """The way to DynamoDB, and what happens to calls on it, the next so many times."""

    def __init__(self, address: str) -> None:
        super().__init__("dynamodb", Lines(address), region="eu-central-1", credentials=Credentials())
        self.sent: list[dict[str, Any]] = []
        self._lost: Counter[str] = Counter()
        self._instead: dict[str, list[Answer]] = {}

    def send(self, call: Call, *, read: float = READ) -> Answer:
        """Do it, or what is to happen instead."""
        operation = call.headers["x-amz-target"].rpartition(".")[2]
        if operation == WRITE:
            self.sent.append(json.loads(call.body))
        if self._instead.get(operation):
            return taken(self._instead[operation].pop())
        answer = heard(lambda: super(Line, self).send(call, read=read))
        if self._lost[operation]:
            self._lost[operation] -= 1
            raise Silent("Interrupted")
        return taken(answer)

    def lose_answers(self, times: int, call: str = WRITE) -> None:
        """DynamoDB does what is asked, and nobody hears of it."""
        self._lost[call] = times

    def answer(self, body: dict[str, Any], status: int, *, times: int, call: str = WRITE) -> None:
        """Somebody else answers, and DynamoDB never hears of it."""
        self._instead[call] = [Answer(status, {}, json.dumps(body).encode())] * times


def heard(send: Callable[[], Answer]) -> Answer:
    """An answer, be it an error's."""
    try:
        return send()
    except Refused as error:
        return Answer(error.status, {}, json.dumps({"__type": error.code, **error.told}).encode())


def taken(answer: Answer) -> Answer:
    """An answer as a channel gives it."""
    if answer.status >= 400:
        raise refused(answer)
    return answer


@pytest.fixture
def table(aws: str) -> str:
    """A new table."""
    return new_table()


@pytest.fixture
def line(aws: str) -> Line:
    """The line between store and DynamoDB."""
    return Line(aws)


@pytest.fixture
def store(line: Line, table: str) -> DynamoStore:
    """A store with three postcards, and 15.00 on a gift card."""
    store = DynamoStore(table, Client(line))
    store.declare_stock({"CARD": 3})
    top_up(store, 1500)
    return store


def buy(store: DynamoStore, order_id: str = "ORDER-1", pieces: int = 1) -> Order:
    """Place an order that takes a postcard, uses a coupon, and spends 10.00."""
    decision = spending(1000, order_id, claims=(ONCE,))
    changes = (StockChange("CARD", 0, pieces),)
    store.save(decision.order, changes, claims=decision.claims, entries=decision.entries)
    return decision.order


def what_moved(store: DynamoStore) -> tuple[Stock, dict[str, Uses], int | None, int]:
    """Stock, uses, the balance of the gift card, and how many entries it has."""
    uses = dict(store.uses(["welcome"], "ada"))
    return store.stock(["CARD"])["CARD"], uses, store.balance(CARD_ACCOUNT), len(store.entries(CARD_ACCOUNT))


BOUGHT_ONCE = (Stock(3, 1), {"welcome": Uses(1, 1)}, 500, 2)
NOT_BOUGHT: tuple[Stock, dict[str, Uses], int, int] = (Stock(3, 0), {}, 1500, 1)


@pytest.mark.parametrize("lost", [1, 3])
def test_a_write_whose_answer_is_lost_is_done_once_and_is_no_conflict(
    store: DynamoStore, line: Line, lost: int
) -> None:
    line.lose_answers(lost)
    order = buy(store)
    assert store.order("ORDER-1") == order
    assert what_moved(store) == BOUGHT_ONCE
    assert len({call["ClientRequestToken"] for call in line.sent[-lost - 1 :]}) == 1


def test_the_next_version_too_is_written_once_when_its_answer_is_lost(store: DynamoStore, line: Line) -> None:
    order = buy(store)
    line.lose_answers(2)
    ended = expire_unsold(order, NOW)
    back = (StockChange("CARD", 0, -1),)
    store.save(replace(ended.order, version=2), back, claims=ended.claims, entries=ended.entries)
    assert store.order("ORDER-1") == replace(ended.order, version=2)
    assert what_moved(store) == (Stock(3, 0), {"welcome": Uses(0, 0)}, 1500, 3)


def test_a_refusal_that_is_lost_is_still_a_refusal(store: DynamoStore, line: Line) -> None:
    line.lose_answers(2)
    with pytest.raises(OutOfStock):
        buy(store, pieces=4)
    assert what_moved(store) == NOT_BOUGHT


def test_another_one_who_writes_the_very_same_hears_of_the_conflict(store: DynamoStore) -> None:
    buy(store)
    with pytest.raises(Conflict):
        buy(store)
    assert what_moved(store) == BOUGHT_ONCE


def test_when_all_answers_are_lost_the_store_says_so_and_has_written_once(
    store: DynamoStore, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("functions.adapters.dynamodb.calls.PATIENCE", 0.2)
    line.lose_answers(1000)
    with pytest.raises(StoreUnavailable, match=r"^DynamoDB does not answer for table shop-\w+: Interrupted$"):
        buy(store)
    assert what_moved(store) == BOUGHT_ONCE


def cancelled(*codes: str) -> dict[str, Any]:
    """The answer to a transaction that is not done."""
    reasons = [{"Code": code} for code in codes]
    return {"__type": "TransactionCanceledException", "message": "", "CancellationReasons": reasons}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (cancelled("None", "TransactionConflict"), 400),
        (cancelled("None", "TransactionConflict", "ConditionalCheckFailed"), 400),
        (cancelled("ThrottlingError"), 400),
        ({"__type": "TransactionInProgressException", "message": ""}, 400),
        ({"__type": "ThrottlingException", "message": ""}, 400),
        ({"__type": "InternalServerError", "message": ""}, 500),
        ({}, 503),
    ],
)
def test_what_passes_is_waited_for(store: DynamoStore, line: Line, body: dict[str, Any], status: int) -> None:
    line.answer(body, status, times=3)
    buy(store)
    assert what_moved(store) == BOUGHT_ONCE


def test_rivals_who_never_leave_are_not_waited_for_without_end(
    store: DynamoStore, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("functions.adapters.dynamodb.calls.PATIENCE", 0.2)
    line.answer(cancelled("TransactionConflict"), 400, times=1000)
    with pytest.raises(StoreUnavailable, match=r"^DynamoDB does not do what table \S+ is asked for: TransactionConf"):
        buy(store)
    assert what_moved(store) == NOT_BOUGHT
    assert 2 <= len(line.sent) < 50


def test_a_write_without_the_right_to_it_is_told_at_once_and_without_any_key(store: DynamoStore, line: Line) -> None:
    line.answer({"__type": "AccessDeniedException", "message": "not on ada@example.org"}, 400, times=1)
    with pytest.raises(StoreUnavailable, match=r"^DynamoDB does not do what table \S+ is asked for: AccessDenied\w+$"):
        buy(store)
    assert what_moved(store) == NOT_BOUGHT


def test_what_is_answered_for_later_is_asked_for_again(store: DynamoStore, line: Line, table: str) -> None:
    key = {"pk": {"S": "stock#CARD"}, "sk": {"S": "stock"}}
    later = {"Responses": {}, "UnprocessedKeys": {table: {"Keys": [key], "ConsistentRead": True}}}
    line.answer(later, 200, times=3, call=READ_MANY)
    assert store.stock(["CARD"]) == {"CARD": Stock(3, 0)}


def test_what_is_never_answered_for_is_not_left_out(
    store: DynamoStore, line: Line, table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("functions.adapters.dynamodb.calls.PATIENCE", 0.2)
    key = {"pk": {"S": "stock#CARD"}, "sk": {"S": "stock"}}
    line.answer({"Responses": {}, "UnprocessedKeys": {table: {"Keys": [key]}}}, 200, times=1000, call=READ_MANY)
    with pytest.raises(StoreUnavailable):
        store.stock(["CARD"])


@pytest.mark.slow
def test_a_line_that_hangs_is_given_up_within_ten_seconds(aws: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:  # takes connections, and never says a word
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{silent.getsockname()[1]}")
        began = time.monotonic()
        with pytest.raises(StoreUnavailable, match=r"^DynamoDB does not answer for table shop: NoAnswer$"):
            DynamoStore("shop").order("ORDER-1")
        assert 3 < time.monotonic() - began < 10


def test_one_use_fewer_than_none_is_left_out_and_the_rest_is_written(store: DynamoStore) -> None:
    never, once = Claim("never", 5, 5, "ada"), Claim("opening", 5, None)
    store.save(placed("A"), claims=(ClaimChange(once, 1),))
    store.save(placed("B"), claims=(ClaimChange(never, -1), ClaimChange(once, -1)))
    assert store.uses(["never", "opening"]) == {"opening": Uses(0, 0)}
    assert store.order("B") == placed("B")


def test_changes_of_one_account_are_one_sum_that_is_never_below_nothing_on_the_way(store: DynamoStore) -> None:
    entries = [Entry(f"key-{n}", CARD_ACCOUNT, amount, EntryKind.SPENT, "A", NOW) for n, amount in enumerate((-5, 3))]
    store.save(placed("A"), entries=entries)
    assert store.balance(CARD_ACCOUNT) == 1498
    assert [entry.key for entry in store.entries(CARD_ACCOUNT)] == ["TOP-UP:card:0", "key-0", "key-1"]


@pytest.mark.parametrize("order_id", ["", "x" * 5000, "ü" * 3000, "\udcff", "a/b#c"])
def test_whatever_an_address_names_can_be_asked_for(store: DynamoStore, order_id: str) -> None:
    assert store.order(order_id) is None
    assert store.stock([order_id, "CARD"]) == {"CARD": Stock(3, 0)}


BEING_SENT = Message(Kind.PAYMENT_FAILED, "ada@example.org", NOW - 9, leased_until=NOW + 120)
OLD = Address("Ada Mary Ann Byrne Lee", "Quay 1", country="IE")


def large(skus: int) -> Order:
    """An order of so many things, that spends from four balances, buys ten gift cards and earns points."""
    [line, *_] = placed().lines
    spent = tuple(pays(25, f"gift_card:EUR:spent-{number}")[0] for number in range(4))
    return replace(
        placed(),
        lines=tuple(replace(line, sku=f"SKU-{number}", parts=()) for number in range(skus)),
        spent=spent,
        cards=tuple(Card(f"gift_card:EUR:bought-{number}", 100, "") for number in range(10)),
        earned=Earning(10),
        email="ada@example.org",
        address=OLD,
    )


MOVED = Address("Zoë Adler van der Berg", "Quay 2", country="IE")


def test_the_largest_order_fits_into_one_transaction_also_when_its_money_comes_late_from_somebody_else(
    store: DynamoStore, line: Line
) -> None:
    order = large(48)
    store.declare_stock({f"SKU-{number}": 9 for number in range(48)})
    funds = [Entry(f"fund-{n}", one.account, 25, EntryKind.SOLD, "FUND", NOW) for n, one in enumerate(order.spent)]
    store.save(placed("FUND"), entries=funds)
    store.save(order)
    ended = replace(expire_unsold(order, NOW).order, version=2, messages=(BEING_SENT,))
    store.save(ended)
    paid = late(ended)
    store.save(
        replace(paid.order, version=3), paid.stock, claims=paid.claims, entries=paid.entries, numbers=paid.numbers
    )
    assert most_actions(order) == 100
    assert len(line.sent[-1]["TransactItems"]) == 99  # 21 of its own, 48 of stock, 30 of balances
    assert store.stock(["SKU-47"]) == {"SKU-47": Stock(7, 0)}
    assert store.balance("gift_card:EUR:bought-9") == 100
    assert store.balance(POINTS_ACCOUNT) == 10
    assert store.last_number("invoice") == 1
    assert (store.listed(search_list("Byrne")).ids, store.listed(search_list("Adler")).ids) == ((), ("ORDER-1",))


def test_an_order_that_is_paid_in_time_leaves_the_lists_of_open_orders_and_of_its_place(
    store: DynamoStore, line: Line
) -> None:
    order = replace(large(1), spent=(), cards=(), messages=(BEING_SENT,), from_place="9f86d081")
    store.declare_stock({"SKU-0": 9})
    store.save(order, (StockChange("SKU-0", 0, 2),))
    paid = late(order)
    store.save(replace(paid.order, version=2), paid.stock, entries=paid.entries, numbers=paid.numbers)
    assert most_actions(order) == 25
    assert len(line.sent[-1]["TransactItems"]) == 25  # 22 of its own, 1 of stock, 2 of points


def late(order: Order) -> Decision:
    """What it means that the money for an order comes from somebody who is called otherwise than was said before."""
    told = facts(amount=order.due, email="zoe@example.org", address=MOVED)
    return decide(order, told, NOW, points_account=POINTS_ACCOUNT, invoice=1)


def test_an_order_that_could_not_be_paid_in_one_transaction_is_not_even_placed(store: DynamoStore) -> None:
    order = large(58)
    assert most_actions(order) == 110
    with pytest.raises(TooLarge, match=r"^That is more than one order can hold\. Please order it in two parts\.$"):
        store.save(order)
    assert store.order("ORDER-1") is None


def test_a_try_whose_answer_is_lost_may_count_as_two(store: DynamoStore, line: Line) -> None:
    assert store.hit("code:1.2.3.4", NOW + 60, NOW) == 1
    line.lose_answers(1, UPDATE)
    assert store.hit("code:1.2.3.4", NOW + 60, NOW) == 3


def test_twenty_who_try_at_once_are_all_counted_also_when_an_old_count_is_over(store: DynamoStore) -> None:
    store.hit("code:1.2.3.4", NOW, NOW - 60)
    start = threading.Barrier(20)

    def attempt(_: int) -> int:
        start.wait()
        return store.hit("code:1.2.3.4", NOW + 60, NOW)

    with ThreadPoolExecutor(20) as threads:
        assert sorted(threads.map(attempt, range(20))) == list(range(1, 21))


def test_who_used_a_hundred_and_one_promotions_is_forgotten_altogether(store: DynamoStore) -> None:
    claims = [Claim(f"autumn-{number}", None, 1, "ada") for number in range(101)]
    for at in range(0, 101, 30):
        store.save(placed(f"ORDER-{at}"), claims=[ClaimChange(claim, 1) for claim in claims[at : at + 30]])
    store.forget_customer("ada")
    found = store.uses([claim.promotion for claim in claims], "ada")
    assert set(found.values()) == {Uses(1, 0)}
    assert len(found) == 101


def test_the_table_is_as_it_is_described(store: DynamoStore, table: str) -> None:
    client = boto3.client("dynamodb")
    found = client.describe_table(TableName=table)["Table"]
    described = schema.table(table)
    assert found["KeySchema"] == described["KeySchema"]
    assert found["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST"
    assert found["DeletionProtectionEnabled"] is True
    [index] = found["GlobalSecondaryIndexes"]
    assert (index["IndexName"], index["Projection"]) == ("lists", {"ProjectionType": "ALL"})
    lives = client.describe_time_to_live(TableName=table)["TimeToLiveDescription"]
    assert (lives["AttributeName"], lives["TimeToLiveStatus"]) == ("until", "ENABLED")
    backups = client.describe_continuous_backups(TableName=table)["ContinuousBackupsDescription"]
    assert backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"] == "ENABLED"
