"""The contract of a Store. A new implementation inherits StoreContract and says how it is opened."""

import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from itertools import count, takewhile
from pathlib import Path
from typing import Any

import pytest

from functions.adapters.sqlite import SqliteStore
from functions.ports import MOST_AWAITED, Page, Stock, Store, Uses
from functions.shop.acts import Erase
from functions.shop.correspondence import erase
from functions.shop.decision import ClaimChange, Decision, Number, StockChange
from functions.shop.discount import Claim
from functions.shop.email import customer_key
from functions.shop.errors import Conflict, InvalidCursor, NotEnough, OutOfStock, UsedUp
from functions.shop.facts import RefundFacts
from functions.shop.ledger import Entry, EntryKind
from functions.shop.listing import NOTICES, SENT_NOTICES, SENT_STATEMENTS, List, moment_key, payment_list, search_list
from functions.shop.message import Kind, Message
from functions.shop.notice import Notice
from functions.shop.order import Order
from functions.shop.payment import Refund
from functions.shop.placing import place
from functions.shop.refunds import refunded
from functions.shop.settings import Address
from functions.shop.settling import decide, expire_unsold
from functions.shop.state import State
from tests.contract.buyer import opened, top_up
from tests.shop.balanced import CARD_ACCOUNT, GIFT_CARD, ONCE, spending
from tests.shop.sample import NOW, cart, facts, placed, quote

ROOT = Path(__file__).parent.parent.parent
HOLD = 2100


def open_sqlite(address: str) -> SqliteStore:
    """The SQLite store in a file."""
    return SqliteStore(Path(address))


def reserve(sku: str, pieces: int = 1) -> StockChange:
    """A change that keeps pieces for an order."""
    return StockChange(sku, 0, pieces)


def use(claim: Claim = ONCE, by: int = 1) -> ClaimChange:
    """One use of a promotion more."""
    return ClaimChange(claim, by)


def entry(amount: int, key: str = "key-1", account: str = CARD_ACCOUNT) -> Entry:
    """A change of a balance."""
    return Entry(key, account, amount, EntryKind.SPENT if amount < 0 else EntryKind.SOLD, "ORDER-1", NOW)


def write(store: Store, decision: Decision, version: int = 1) -> None:
    """Write a decision as a version of its order, without stock."""
    store.save(replace(decision.order, version=version), claims=decision.claims, entries=decision.entries)


def buyer(opener: str, address: str, name: str, times: int) -> "subprocess.Popen[str]":
    """Another process that buys from the same store."""
    command = [sys.executable, "-m", "tests.contract.buyer", opener, address, name, str(times)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


REFUNDED = RefundFacts("re_1", "pi_1", 3350, "succeeded", "key-1", NOW)


def overdue(store: Store, moment: int, limit: int = 100) -> list[str]:
    """Open orders whose payment page closes by then."""
    return list(store.listed(List.OPEN, until=moment_key(moment), limit=limit).ids)


def due(store: Store, moment: int, limit: int = 100) -> list[str]:
    """Orders with a mail that is due by then."""
    return list(store.listed(List.MAIL, until=moment_key(moment), limit=limit).ids)


class StoreContract:
    """What every Store does. `opener` names a function that opens one at `address`, in any process."""

    opener = ""

    @pytest.fixture
    def address(self, tmp_path: Path) -> str:
        """Where the store is."""
        raise NotImplementedError

    @pytest.fixture
    def store(self, address: str) -> Store:
        """An empty store."""
        return opened(self.opener, address)

    # Orders

    def test_an_order_comes_back_as_it_was_saved(self, store: Store) -> None:
        store.declare_stock({"CARD": 2, "PRINT-A4": 1})
        paid = decide(placed(), facts(address=Address("Åsa Müller", "Ünïcode 5", country="IE")), NOW).order
        store.save(paid)
        assert store.order("ORDER-1") == paid

    def test_an_order_that_was_never_saved_is_none(self, store: Store) -> None:
        assert store.order("ORDER-1") is None

    def test_orders_are_read_together_and_those_that_are_not_there_are_left_out(self, store: Store) -> None:
        ids = [f"ORDER-{number}" for number in range(1, 106)]  # more than DynamoDB reads in one call
        orders = {one: replace(placed(), id=one, session="") for one in ids}
        for order in orders.values():
            store.save(order)
        assert store.orders([*ids, "ORDER-0"]) == orders
        assert store.orders(set()) == {}

    def test_a_second_order_with_the_same_id_is_a_conflict_and_the_first_one_stays(self, store: Store) -> None:
        first = placed()
        store.save(first)
        with pytest.raises(Conflict, match="ORDER-1"):
            store.save(replace(first, email="eve@example.org"))
        assert store.order("ORDER-1") == first

    def test_the_next_version_replaces_the_last_one(self, store: Store) -> None:
        store.save(placed())
        store.save(replace(placed(), version=2, email="ada@example.org"))
        found = store.order("ORDER-1")
        assert found is not None
        assert (found.version, found.email) == (2, "ada@example.org")

    @pytest.mark.parametrize("version", [0, 2, 4])
    def test_any_other_version_is_a_conflict_and_changes_nothing(self, store: Store, version: int) -> None:
        store.save(placed())
        store.save(replace(placed(), version=2))
        with pytest.raises(Conflict, match="ORDER-1"):
            store.save(replace(placed(), version=version, email="eve@example.org"))
        assert store.order("ORDER-1") == replace(placed(), version=2)

    def test_a_second_version_of_an_unknown_order_is_a_conflict(self, store: Store) -> None:
        with pytest.raises(Conflict, match="ORDER-1"):
            store.save(replace(placed(), version=2))
        assert store.order("ORDER-1") is None

    def test_a_payment_session_belongs_to_one_order_only(self, store: Store) -> None:
        store.declare_stock({"CARD": 5})
        store.save(replace(placed("ORDER-1"), session="cs_1"))
        with pytest.raises(Conflict):
            store.save(replace(placed("ORDER-2"), session="cs_1"), (reserve("CARD"),))
        store.save(placed("ORDER-2"))
        with pytest.raises(Conflict):
            store.save(replace(placed("ORDER-2"), version=2, session="cs_1"), (reserve("CARD"),))
        assert store.order("ORDER-2") == placed("ORDER-2")
        assert store.stock(["CARD"]) == {"CARD": Stock(5, 0)}

    def test_any_number_of_orders_have_no_session_yet(self, store: Store) -> None:
        for number in range(3):
            store.save(placed(f"ORDER-{number}"))
        assert store.order("ORDER-2") == placed("ORDER-2")

    # Stock

    def test_a_sale_takes_exactly_what_was_bought(self, store: Store) -> None:
        store.declare_stock({"CARD": 10, "PRINT-A4": 3, "LAST": 1})
        decision = place("ORDER-1", quote(cart(CARD=2, PRINT_A4=1)), "release-1", NOW)
        store.save(decision.order, decision.stock)
        assert store.stock(["CARD", "PRINT-A4", "LAST"]) == {
            "CARD": Stock(10, 2), "PRINT-A4": Stock(3, 1), "LAST": Stock(1, 0),
        }  # fmt: skip
        settled = decide(decision.order, facts(), NOW)
        store.save(replace(settled.order, version=2), settled.stock)
        assert store.stock(["CARD", "PRINT-A4", "LAST"]) == {
            "CARD": Stock(8, 0), "PRINT-A4": Stock(2, 0), "LAST": Stock(1, 0),
        }  # fmt: skip

    def test_stock_of_skus_that_were_never_counted_is_left_out(self, store: Store) -> None:
        store.declare_stock({"CARD": 10})
        assert store.stock(["CARD", "NEVER", "'; DROP TABLE stock; --"]) == {"CARD": Stock(10, 0)}
        assert store.stock([]) == {}

    def test_available_is_what_is_on_hand_and_not_reserved(self, store: Store) -> None:
        store.declare_stock({"CARD": 10})
        store.save(placed(), (reserve("CARD", 4),))
        assert store.stock(["CARD"])["CARD"].available == 6

    @pytest.mark.parametrize(
        "change",
        [
            StockChange("CARD", 0, 4),
            StockChange("CARD", -4, 0),
            StockChange("CARD", 0, -1),
            StockChange("CARD", -1, -1),
            StockChange("NEVER", 0, 1),
            StockChange("NEVER", 0, 0),
        ],
    )
    def test_a_change_that_breaks_the_rule_of_stock_writes_nothing_at_all(
        self, store: Store, change: StockChange
    ) -> None:
        store.declare_stock({"PRINT-A4": 3, "CARD": 3})
        with pytest.raises(OutOfStock) as refusal:
            store.save(placed(), (reserve("PRINT-A4"), change))
        assert refusal.value.sku == change.sku
        assert store.order("ORDER-1") is None
        assert store.stock(["PRINT-A4", "CARD"]) == {"PRINT-A4": Stock(3, 0), "CARD": Stock(3, 0)}

    def test_a_conflict_moves_no_stock(self, store: Store) -> None:
        store.declare_stock({"CARD": 3})
        store.save(placed(), (reserve("CARD"),))
        with pytest.raises(Conflict):
            store.save(placed(), (reserve("CARD"),))
        assert store.stock(["CARD"]) == {"CARD": Stock(3, 1)}

    def test_a_refused_save_leaves_the_store_working(self, store: Store) -> None:
        store.declare_stock({"CARD": 1})
        with pytest.raises(OutOfStock):
            store.save(placed(), (reserve("CARD", 2),))
        store.save(placed(), (reserve("CARD", 1),))
        assert store.stock(["CARD"]) == {"CARD": Stock(1, 1)}

    # Declared stock

    def test_the_first_count_is_taken_over(self, store: Store) -> None:
        store.declare_stock({"CARD": 7, "LAST": 0})
        assert store.stock(["CARD", "LAST"]) == {"CARD": Stock(7, 0), "LAST": Stock(0, 0)}

    def test_the_same_count_again_changes_nothing_so_sales_stay_sold(self, store: Store) -> None:
        store.declare_stock({"CARD": 7})
        store.save(placed(), (StockChange("CARD", -2, 1),))
        store.declare_stock({"CARD": 7})
        assert store.stock(["CARD"]) == {"CARD": Stock(5, 1)}

    def test_another_count_is_a_new_count(self, store: Store) -> None:
        store.declare_stock({"CARD": 7})
        store.save(placed(), (StockChange("CARD", -2, 1),))
        store.declare_stock({"CARD": 20})
        assert store.stock(["CARD"]) == {"CARD": Stock(20, 1)}
        store.declare_stock({"CARD": 7})
        assert store.stock(["CARD"]) == {"CARD": Stock(7, 1)}

    def test_a_new_count_never_goes_below_what_is_reserved(self, store: Store) -> None:
        store.declare_stock({"CARD": 7})
        store.save(placed(), (reserve("CARD", 5),))
        store.declare_stock({"CARD": 2})
        assert store.stock(["CARD"]) == {"CARD": Stock(5, 5)}

    def test_a_sku_that_is_not_declared_any_more_keeps_its_stock(self, store: Store) -> None:
        store.declare_stock({"CARD": 7, "LAST": 1})
        store.declare_stock({"CARD": 7})
        assert store.stock(["LAST"]) == {"LAST": Stock(1, 0)}

    def test_a_thousand_skus_are_declared_and_read_at_once(self, store: Store) -> None:
        counts = {f"SKU-{number}": number for number in range(1000)}
        store.declare_stock(counts)
        assert {sku: stock.on_hand for sku, stock in store.stock(list(counts)).items()} == counts

    def test_all_that_was_ever_counted_is_listed_page_by_page(self, store: Store) -> None:
        assert store.counted() == Page(())
        store.declare_stock({"LAST": 1, "CARD": 2, "PRINT-A4": 3})
        store.declare_stock({"CARD": 7})
        first = store.counted(limit=2)
        assert first.ids == ("CARD", "LAST")
        assert store.counted(first.cursor, limit=2) == Page(("PRINT-A4",))
        assert store.counted() == Page(("CARD", "LAST", "PRINT-A4"))

    # Stock as somebody counts it

    def test_what_was_counted_is_on_hand_and_what_is_reserved_stays(self, store: Store) -> None:
        store.declare_stock({"CARD": 7, "LAST": 1})
        store.save(placed(), (reserve("CARD", 2),))
        store.set_stock("CARD", 2)
        assert store.stock(["CARD", "LAST"]) == {"CARD": Stock(2, 2), "LAST": Stock(1, 0)}
        store.set_stock("CARD", 30)
        assert store.stock(["CARD"]) == {"CARD": Stock(30, 2)}

    def test_pieces_are_added_and_taken_away(self, store: Store) -> None:
        store.declare_stock({"CARD": 7})
        store.add_stock("CARD", 5)
        store.add_stock("CARD", -3)
        assert store.stock(["CARD"]) == {"CARD": Stock(9, 0)}

    def test_no_count_goes_below_what_is_reserved_and_no_sku_is_made_up(self, store: Store) -> None:
        store.declare_stock({"CARD": 7})
        store.save(placed(), (reserve("CARD", 2),))
        for change, sku, pieces in (
            (store.set_stock, "CARD", 1),
            (store.add_stock, "CARD", -6),
            (store.set_stock, "NEVER", 5),
            (store.add_stock, "NEVER", 5),
        ):
            with pytest.raises(OutOfStock) as refusal:
                change(sku, pieces)
            assert refusal.value.sku == sku
        assert store.stock(["CARD", "NEVER"]) == {"CARD": Stock(7, 2)}

    def test_a_count_by_hand_stays_until_the_product_file_says_something_new(self, store: Store) -> None:
        store.declare_stock({"CARD": 7})
        store.set_stock("CARD", 4)
        store.declare_stock({"CARD": 7})
        assert store.stock(["CARD"]) == {"CARD": Stock(4, 0)}
        store.declare_stock({"CARD": 8})
        assert store.stock(["CARD"]) == {"CARD": Stock(8, 0)}

    # Balances

    def test_an_account_that_never_had_anything_is_none_and_one_that_is_spent_is_nothing(self, store: Store) -> None:
        assert store.balance(CARD_ACCOUNT) is None
        store.save(placed("A"), entries=(entry(500),))
        store.save(placed("B"), entries=(entry(-500, "key-2"),))
        assert store.balance(CARD_ACCOUNT) == 0
        assert store.entries(CARD_ACCOUNT) == [entry(500), entry(-500, "key-2")]

    def test_the_same_entry_twice_is_one_entry_and_the_order_is_written(self, store: Store) -> None:
        for order_id in ("A", "B"):
            store.save(placed(order_id), entries=(entry(500),))
        assert (store.balance(CARD_ACCOUNT), len(store.entries(CARD_ACCOUNT))) == (500, 1)
        assert store.order("B") == placed("B")

    @pytest.mark.parametrize("account", [CARD_ACCOUNT, "gift_card:EUR:never"])
    def test_a_balance_that_would_go_below_nothing_writes_nothing_at_all(self, store: Store, account: str) -> None:
        store.declare_stock({"CARD": 3})
        store.save(placed("A"), entries=(entry(500),))
        changes = (entry(70, "other", "points:EUR:x"), entry(-501, "key-2", account))
        with pytest.raises(NotEnough) as refusal:
            store.save(placed("B"), (reserve("CARD"),), claims=(use(),), entries=changes)
        assert refusal.value.account == account
        assert (store.order("B"), store.stock(["CARD"]), store.uses(["welcome"])) == (None, {"CARD": Stock(3, 0)}, {})
        assert (store.balance(CARD_ACCOUNT), store.balance("points:EUR:x")) == (500, None)
        assert store.entries(account) == ([entry(500)] if account == CARD_ACCOUNT else [])

    def test_a_conflict_moves_no_balance_and_no_use(self, store: Store) -> None:
        store.save(placed(), entries=(entry(500),))
        with pytest.raises(Conflict):
            store.save(placed(), claims=(use(),), entries=(entry(-100, "key-2"),))
        assert (store.balance(CARD_ACCOUNT), store.uses(["welcome"])) == (500, {})

    def test_what_an_order_spends_is_taken_when_it_is_placed_and_comes_back_once_when_it_ends(
        self, store: Store
    ) -> None:
        top_up(store, 1500)
        decision = spending(1000, claims=(ONCE,))
        write(store, decision)
        assert (store.balance(CARD_ACCOUNT), store.uses(["welcome"], "ada")) == (500, {"welcome": Uses(1, 1)})
        write(store, expire_unsold(decision.order, NOW), version=2)
        assert (store.balance(CARD_ACCOUNT), store.uses(["welcome"], "ada")) == (1500, {"welcome": Uses(0, 0)})

    def test_late_money_is_refused_when_the_balance_has_gone_to_another_order(self, store: Store) -> None:
        top_up(store, 1000)
        first = spending(1000)
        write(store, first)
        ended = expire_unsold(first.order, NOW)
        write(store, ended, version=2)
        write(store, spending(1000, "ORDER-2"))
        late = decide(ended.order, facts(amount=2350), NOW)
        with pytest.raises(NotEnough):
            write(store, late, version=3)
        assert store.balance(CARD_ACCOUNT) == 0

    # Uses of promotions

    def test_a_use_is_counted_among_all_and_among_the_customers_own(self, store: Store) -> None:
        claim = Claim("autumn", None, 3, "ada")
        store.save(placed("A"), claims=(use(claim), use(Claim("free-post", 9, None))))
        store.save(placed("B"), claims=(use(replace(claim, customer="bea")),))
        assert store.uses(["autumn", "free-post", "never"], "ada") == {"autumn": Uses(2, 1), "free-post": Uses(1, 0)}
        assert store.uses(["autumn"]) == {"autumn": Uses(2, 0)}

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            (Claim("welcome", 1, None), Claim("welcome", 1, None)),
            (Claim("welcome", None, 1, "ada"), Claim("welcome", None, 1, "ada")),
            (Claim("welcome", 1, 5, "ada"), Claim("welcome", 1, 5, "bea")),
        ],
    )
    def test_one_use_more_than_there_may_be_writes_nothing_at_all(
        self, store: Store, first: Claim, second: Claim
    ) -> None:
        store.declare_stock({"CARD": 3})
        store.save(placed("A"), claims=(use(first),))
        with pytest.raises(UsedUp) as refusal:
            store.save(placed("B"), (reserve("CARD"),), claims=(use(second),), entries=(entry(500),))
        assert refusal.value.promotion == "welcome"
        assert (store.order("B"), store.stock(["CARD"])) == (None, {"CARD": Stock(3, 0)})
        assert (store.balance(CARD_ACCOUNT), store.uses(["welcome"])) == (None, {"welcome": Uses(1, 0)})

    def test_a_use_that_is_given_back_can_be_had_again_even_when_the_limit_was_lowered(self, store: Store) -> None:
        for order_id in ("A", "B"):
            store.save(placed(order_id), claims=(use(Claim("welcome", 2, None)),))
        store.save(placed("C"), claims=(use(Claim("welcome", 1, None), -1),))
        with pytest.raises(UsedUp):
            store.save(placed("D"), claims=(use(Claim("welcome", 1, None)),))
        store.save(placed("D"), claims=(use(Claim("welcome", 2, None)),))
        assert store.uses(["welcome"]) == {"welcome": Uses(2, 0)}

    def test_ways_to_write_one_address_are_one_customer(self, store: Store) -> None:
        spellings = ("ada.b@gmail.com", "Ada.B+shop@Gmail.com", "adab@googlemail.com")
        won = []
        for number, email in enumerate(spellings):
            claim = Claim("welcome", None, 1, customer_key(email))
            won.append(_succeeds(lambda n=number, c=claim: store.save(placed(f"ORDER-{n}"), claims=(use(c),))))  # type: ignore[misc]
        assert won == [True, False, False]

    # Several refusals

    def test_of_several_refusals_the_first_is_told_version_before_stock_before_uses_before_balances(
        self, store: Store
    ) -> None:
        store.declare_stock({"CARD": 1})
        store.save(placed("A"), claims=(use(),))
        short, used, poor = (reserve("CARD", 2),), (use(),), (entry(-1),)
        for order, stock, claims, expected in (
            (placed("A"), short, used, Conflict),
            (placed("B"), short, used, OutOfStock),
            (placed("B"), (), used, UsedUp),
            (placed("B"), (), (), NotEnough),
        ):
            with pytest.raises(expected):
                store.save(order, stock, claims=claims, entries=poor)
        assert store.order("B") is None

    # Lists

    def test_overdue_are_the_open_orders_whose_page_has_closed_the_oldest_first(self, store: Store) -> None:
        store.save(placed("LATER", now=NOW + 10))
        store.save(placed("SOONER", now=NOW))
        store.save(replace(placed("WAITING", now=NOW + 5), state=State.AWAITING_PAYMENT))
        for state in set(State) - {State.PENDING, State.AWAITING_PAYMENT}:
            store.save(replace(placed(state.value), state=state))
        assert overdue(store, NOW + HOLD - 1) == []
        assert overdue(store, NOW + HOLD) == ["SOONER"]
        assert overdue(store, NOW + HOLD + 10) == ["SOONER", "WAITING", "LATER"]
        assert overdue(store, NOW + HOLD + 10, limit=2) == ["SOONER", "WAITING"]

    def test_an_order_that_is_no_longer_open_is_no_longer_overdue(self, store: Store) -> None:
        store.save(placed())
        store.save(replace(placed(), version=2, state=State.EXPIRED))
        assert overdue(store, NOW + HOLD) == []

    def test_due_messages_are_listed_by_their_order_the_oldest_first(self, store: Store) -> None:
        store.save(with_message("LATE", due_at=NOW + 5))
        store.save(with_message("EARLY", due_at=NOW))
        store.save(placed("SILENT"))
        assert due(store, NOW - 1) == []
        assert due(store, NOW) == ["EARLY"]
        assert due(store, NOW + 5) == ["EARLY", "LATE"]
        assert due(store, NOW + 5, limit=1) == ["EARLY"]

    def test_a_message_that_somebody_is_sending_is_listed_when_the_lease_is_over(self, store: Store) -> None:
        store.save(with_message("LEASED", due_at=NOW, leased_until=NOW + 120))
        assert due(store, NOW + 119) == []
        assert due(store, NOW + 120) == ["LEASED"]

    def test_a_message_that_was_sent_is_not_listed_and_another_one_still_is(self, store: Store) -> None:
        order = with_message("ORDER-1", due_at=NOW, sent_at=NOW)
        store.save(order)
        assert due(store, NOW + 100) == []
        apology = Message(Kind.APOLOGY, "ada@example.org", NOW + 50)
        store.save(replace(order, version=2, messages=(*order.messages, apology)))
        assert due(store, NOW + 49) == []
        assert due(store, NOW + 50) == ["ORDER-1"]

    def test_refunds_that_are_intended_are_listed_until_they_are_made(self, store: Store) -> None:
        refund = Refund("key-1", "pi_1", 3350, "Paid twice.", NOW)
        order = replace(placed(), refunds=(refund,))
        store.save(order)
        store.save(replace(placed("OLDER", now=NOW - 1), refunds=(refund,)))
        store.save(placed("NOTHING"))
        assert list(store.listed(List.REFUNDS).ids) == ["OLDER", "ORDER-1"]
        assert list(store.listed(List.REFUNDS, limit=1).ids) == ["OLDER"]
        store.save(replace(refunded(order, "key-1", REFUNDED, NOW), version=2))
        assert list(store.listed(List.REFUNDS).ids) == ["OLDER"]

    def test_an_order_of_a_gift_card_is_over_once_it_is_paid_until_its_buyer_is_forgotten(self, store: Store) -> None:
        """It is never sent, and so never in another state."""
        order = place("ORDER-1", quote(cart(VOUCHER=1), variants=(GIFT_CARD,)), "release-1", NOW).order
        store.save(order)
        paid = replace(decide(order, facts(amount=order.due), NOW + 60).order, version=2)
        store.save(paid)
        paid_at = moment_key(NOW + 60)
        assert store.listed(List.FINISHED, until=moment_key(NOW + 59)).ids == ()
        assert store.listed(List.FINISHED, until=paid_at).ids == ("ORDER-1",)
        store.save(replace(erase(paid, Erase(), NOW + 90), version=3))
        assert store.listed(List.FINISHED).ids == ()

    def test_a_list_is_read_page_by_page_from_either_end(self, store: Store) -> None:
        for number in range(5):
            store.save(placed(f"ORDER-{number}", now=NOW + number // 2))
        first = store.listed(List.ALL, limit=2)
        assert first.ids == ("ORDER-0", "ORDER-1")
        second = store.listed(List.ALL, limit=2, cursor=first.cursor)
        assert second.ids == ("ORDER-2", "ORDER-3")
        assert store.listed(List.ALL, limit=2, cursor=second.cursor) == Page(("ORDER-4",))
        newest = store.listed(List.ALL, newest_first=True, limit=3)
        assert newest.ids == ("ORDER-4", "ORDER-3", "ORDER-2")
        assert store.listed(List.ALL, newest_first=True, cursor=newest.cursor) == Page(("ORDER-1", "ORDER-0"))
        assert store.listed(List.ALL, until=moment_key(NOW), newest_first=True) == Page(("ORDER-1", "ORDER-0"))

    @pytest.mark.parametrize("newest_first", [False, True])
    def test_a_page_begins_where_the_last_one_ended_also_when_that_order_has_left_the_list(
        self, store: Store, newest_first: bool
    ) -> None:
        for number in range(4):
            store.save(placed(f"ORDER-{number}", now=NOW))
        until = moment_key(NOW + HOLD)
        first = store.listed(List.OPEN, until=until, newest_first=newest_first, limit=2)
        for order_id in first.ids:
            store.save(replace(placed(order_id, now=NOW), version=2, state=State.EXPIRED))
        rest = store.listed(List.OPEN, until=until, newest_first=newest_first, cursor=first.cursor)
        assert rest == Page(("ORDER-1", "ORDER-0") if newest_first else ("ORDER-2", "ORDER-3"))
        before = moment_key(NOW)
        assert store.listed(List.OPEN, until=before, newest_first=newest_first, cursor=first.cursor) == Page(())

    def test_the_last_page_has_no_cursor_however_full_it_is(self, store: Store) -> None:
        for number in range(4):
            store.save(placed(f"ORDER-{number}"))
        assert store.listed(List.ALL, limit=4) == Page(("ORDER-0", "ORDER-1", "ORDER-2", "ORDER-3"))

    @pytest.mark.parametrize("cursor", ["x", "é", "Mg", "bnVsbA", "W10", "WyJhIiwgMV0", "WyJcdWRjZmYiXQ", "W1tb" * 999])
    def test_what_is_no_cursor_is_refused(self, store: Store, cursor: str) -> None:
        with pytest.raises(InvalidCursor):
            store.listed(List.ALL, cursor=cursor)
        with pytest.raises(InvalidCursor):
            store.counted(cursor)

    def test_an_order_is_found_by_its_words_and_its_payment(self, store: Store) -> None:
        bought = decide(replace(placed(), session="cs_1"), facts(), NOW)
        store.save(placed())
        write(store, bought, version=2)
        assert store.listed(search_list("Byrne")).ids == ("ORDER-1",)
        assert store.listed(payment_list("pi_1")).ids == ("ORDER-1",)
        assert store.listed(search_list("nobody")) == Page(())

    def test_what_orders_take_for_good_is_counted_and_counting_stock_does_not_change_it(self, store: Store) -> None:
        store.declare_stock({"CARD": 5})
        store.save(placed("FIRST"), (StockChange("CARD", 0, 2),))
        assert store.stock(["CARD"])["CARD"].sold == 0
        store.save(replace(placed("FIRST"), version=2), (StockChange("CARD", -2, -2),))
        store.set_stock("CARD", 9)
        store.add_stock("CARD", -1)
        store.declare_stock({"CARD": 4})
        assert store.stock(["CARD"])["CARD"].sold == 2
        store.save(replace(placed("FIRST"), version=3), (StockChange("CARD", 1, 0),))
        assert store.stock(["CARD"])["CARD"].sold == 1

    # Numbers

    def test_numbers_are_taken_without_gaps_each_by_one_order(self, store: Store) -> None:
        assert store.last_number("invoice") == 0
        store.save(placed("FIRST"), numbers=(Number("invoice", 1),))
        with pytest.raises(Conflict, match="1 is not the next invoice number"):
            store.save(placed("SECOND"), numbers=(Number("invoice", 1),))
        with pytest.raises(Conflict, match="3 is not the next invoice number"):
            store.save(placed("SECOND"), numbers=(Number("invoice", 3),))
        assert store.order("SECOND") is None
        store.save(placed("SECOND"), numbers=(Number("invoice", 2),))
        assert (store.last_number("invoice"), store.last_number("other")) == (2, 0)

    # Notices

    def test_a_notice_waits_in_its_list_until_it_is_sent(self, store: Store) -> None:
        notice = Notice("late:1", 1, Message(Kind.OWNER, "", NOW), {"orders": "3"})
        store.save_notice(notice)
        assert store.notice("late:1") == notice
        assert store.listed(NOTICES, until=moment_key(NOW)).ids == ("late:1",)
        assert store.listed(NOTICES, until=moment_key(NOW - 1)).ids == ()
        with pytest.raises(Conflict, match="Notice late:1 is not at version 0"):
            store.save_notice(notice)
        store.save_notice(replace(notice, version=2, message=replace(notice.message, sent_at=NOW)))
        assert store.listed(NOTICES).ids == ()
        assert store.notice("another") is None

    def test_a_notice_that_was_sent_is_listed_until_it_is_forgotten(self, store: Store) -> None:
        """Withdrawals in a list of their own, be it their receipt or what the owner gets."""
        keys = {"stock:1": "", "withdrawal:1": "withdrawal:1", "owner:1": "owner:withdrawal:1"}
        for number, (name, key) in enumerate(keys.items()):
            kind = Kind(key.partition(":")[0] or "back_in_stock")
            message = Message(kind, "ada@example.org", NOW, key=key, sent_at=NOW + number)
            store.save_notice(Notice(name, 1, message))
        assert store.listed(SENT_NOTICES).ids == ("stock:1",)
        assert store.listed(SENT_STATEMENTS, until=moment_key(NOW + 1)).ids == ("withdrawal:1",)
        assert store.listed(SENT_STATEMENTS).ids == ("withdrawal:1", "owner:1")
        for _ in range(2):
            store.forget_notice("withdrawal:1")
            assert store.listed(SENT_STATEMENTS).ids == ("owner:1",)
        assert (store.notice("withdrawal:1"), store.listed(SENT_NOTICES).ids) == (None, ("stock:1",))

    # Tries

    def test_tries_are_counted_until_their_time_is_over(self, store: Store) -> None:
        assert [store.hit("coupon:1.2.3.4", NOW + 60, NOW) for _ in range(3)] == [1, 2, 3]
        assert store.hit("coupon:5.6.7.8", NOW + 60, NOW) == 1
        assert store.hit("coupon:1.2.3.4", NOW + 120, NOW + 59) == 4
        assert store.hit("coupon:1.2.3.4", NOW + 120, NOW + 60) == 1

    # Customers

    def test_who_wants_no_other_mails_is_remembered(self, store: Store) -> None:
        assert not store.is_silenced("ada")
        store.silence("ada")
        store.silence("ada")
        assert (store.is_silenced("ada"), store.is_silenced("bea")) == (True, False)

    def test_who_is_forgotten_is_a_new_customer_with_no_uses_and_the_limit_of_all_still_holds(
        self, store: Store
    ) -> None:
        ada = customer_key("ada@example.org")
        claim = Claim("welcome", 2, 1, ada)
        store.save(placed(), claims=(ClaimChange(claim, 1),))
        store.save(replace(placed(), version=2, state=State.PAID, email="ada@example.org"))
        assert store.is_customer(ada)
        store.forget_customer(ada)
        assert not store.is_customer(ada)
        assert store.uses(["welcome"], ada) == {"welcome": Uses(1, 0)}

    # Who waits for stock

    def test_who_waits_for_a_sku_is_listed_in_the_order_of_asking(self, store: Store) -> None:
        store.ask_for_stock("LAST", "bea@example.org", NOW)
        store.ask_for_stock("LAST", "ada@example.org", NOW)
        store.ask_for_stock("CARD", "cas@example.org", NOW - 9)
        assert list(store.waiting_for_stock("LAST")) == ["bea@example.org", "ada@example.org"]
        assert list(store.waiting_for_stock("LAST", limit=1)) == ["bea@example.org"]
        assert list(store.waiting_for_stock("CARD")) == ["cas@example.org"]
        assert list(store.waiting_for_stock("NEVER")) == []

    def test_what_is_waited_for_is_listed_by_who_has_waited_longest(self, store: Store) -> None:
        assert list(store.awaited()) == []
        for sku, email in (("LAST", "bea@example.org"), ("CARD", "ada@example.org"), ("LAST", "ada@example.org")):
            store.ask_for_stock(sku, email, NOW)
        assert list(store.awaited()) == ["LAST", "CARD"]
        assert list(store.awaited(limit=1)) == ["LAST"]
        store.forget_waiting("bea@example.org", "LAST")
        assert list(store.awaited()) == ["CARD", "LAST"]

    def test_who_asks_again_keeps_their_place(self, store: Store) -> None:
        for email in ("ada@example.org", "bea@example.org", "ada@example.org"):
            store.ask_for_stock("LAST", email, NOW)
        assert list(store.waiting_for_stock("LAST")) == ["ada@example.org", "bea@example.org"]

    def test_who_asks_for_one_more_than_is_allowed_gives_up_the_first(self, store: Store) -> None:
        store.ask_for_stock("SKU-0", "bea@example.org", NOW)
        for number in range(MOST_AWAITED):
            store.ask_for_stock(f"SKU-{number}", "ada@example.org", NOW)
        assert list(store.waiting_for_stock("SKU-0")) == ["bea@example.org", "ada@example.org"]
        store.ask_for_stock("SKU-1", "ada@example.org", NOW)
        assert list(store.waiting_for_stock("SKU-0")) == ["bea@example.org", "ada@example.org"]
        store.ask_for_stock("ONE-MORE", "ada@example.org", NOW)
        waiting = [sku for n in range(MOST_AWAITED) if "ada@example.org" in store.waiting_for_stock(sku := f"SKU-{n}")]
        assert waiting == [f"SKU-{number}" for number in range(1, MOST_AWAITED)]
        assert list(store.waiting_for_stock("ONE-MORE")) == ["ada@example.org"]
        assert list(store.waiting_for_stock("SKU-0")) == ["bea@example.org"]

    def test_an_address_is_forgotten_for_one_sku_or_altogether_and_again_changes_nothing(self, store: Store) -> None:
        for sku in ("LAST", "CARD", "FREE"):
            store.ask_for_stock(sku, "ada@example.org", NOW)
            store.ask_for_stock(sku, "bea@example.org", NOW)
        for _ in range(2):
            store.forget_waiting("ada@example.org", "LAST")
            assert list(store.waiting_for_stock("LAST")) == ["bea@example.org"]
            assert list(store.waiting_for_stock("CARD")) == ["ada@example.org", "bea@example.org"]
        for _ in range(2):
            store.forget_waiting("ada@example.org")
            assert [list(store.waiting_for_stock(sku)) for sku in ("LAST", "CARD", "FREE")] == [["bea@example.org"]] * 3

    def test_who_has_waited_since_before_a_moment_is_forgotten(self, store: Store) -> None:
        store.ask_for_stock("LAST", "ada@example.org", NOW)
        store.ask_for_stock("LAST", "bea@example.org", NOW + 1)
        store.ask_for_stock("CARD", "ada@example.org", NOW + 2)
        for _ in range(2):
            store.forget_waiting_since(NOW + 1)
            assert list(store.waiting_for_stock("LAST")) == ["bea@example.org"]
            assert list(store.waiting_for_stock("CARD")) == ["ada@example.org"]
        store.ask_for_stock("LAST", "ada@example.org", NOW + 3)
        assert list(store.waiting_for_stock("LAST")) == ["bea@example.org", "ada@example.org"]

    def test_twenty_who_ask_at_once_all_wait_and_one_who_asks_twenty_times_waits_once(self, store: Store) -> None:
        start = threading.Barrier(20)

        def ask(number: int) -> None:
            start.wait()
            store.ask_for_stock("LAST", f"{number}@example.org", NOW)
            store.ask_for_stock("CARD", "ada@example.org", NOW)

        with ThreadPoolExecutor(20) as threads:
            list(threads.map(ask, range(20)))
        assert sorted(store.waiting_for_stock("LAST")) == sorted(f"{number}@example.org" for number in range(20))
        assert list(store.waiting_for_stock("CARD")) == ["ada@example.org"]

    # Many at once

    def test_of_two_hundred_threads_that_want_the_last_one_exactly_one_gets_it_and_gives_it_back_when_it_ends(
        self, store: Store
    ) -> None:
        store.declare_stock({"LAST": 1})
        start = threading.Barrier(200)

        def buy(number: int) -> bool:
            start.wait()
            try:
                store.save(placed(f"ORDER-{number}", cart(LAST=1)), (reserve("LAST"),))
            except OutOfStock:
                return False
            return True

        with ThreadPoolExecutor(200) as threads:
            won = list(threads.map(buy, range(200)))
        assert won.count(True) == 1
        assert store.stock(["LAST"]) == {"LAST": Stock(1, 1)}
        orders = [order for number in range(200) if (order := store.order(f"ORDER-{number}"))]
        assert [order.id for order in orders] == [f"ORDER-{won.index(True)}"]
        ended = expire_unsold(orders[0], NOW + HOLD)
        store.save(replace(ended.order, version=2), ended.stock)
        assert store.stock(["LAST"]) == {"LAST": Stock(1, 0)}

    def test_of_fifty_threads_that_want_the_last_use_of_a_coupon_exactly_one_gets_it(self, store: Store) -> None:
        spellings = ("ada.b@gmail.com", "adab+x@gmail.com", "ADAB@googlemail.com")
        claims = [Claim("welcome", None, 1, customer_key(spellings[number % 3])) for number in range(50)]
        everybody = Claim("opening", 1, None)

        def buy(number: int) -> None:
            store.save(placed(f"ORDER-{number}"), claims=(use(claims[number]),))

        def race(number: int) -> None:
            store.save(placed(f"RACE-{number}"), claims=(use(everybody),))

        assert (_winners(buy, 50), _winners(race, 50)) == (1, 1)
        assert store.uses(["welcome", "opening"]) == {"welcome": Uses(1, 0), "opening": Uses(1, 0)}

    def test_of_fifty_threads_that_want_the_last_of_a_gift_card_exactly_one_gets_it(self, store: Store) -> None:
        top_up(store, 1500)
        assert _winners(lambda number: write(store, spending(1000, f"ORDER-{number}")), 50) == 1
        assert store.balance(CARD_ACCOUNT) == 500
        assert sum(one.amount for one in store.entries(CARD_ACCOUNT)) == 500
        assert len([number for number in range(50) if store.order(f"ORDER-{number}")]) == 1

    def test_fifty_threads_that_settle_the_same_order_credit_it_once(self, store: Store) -> None:
        write(store, Decision(placed()))
        paid = Decision(placed(), entries=(entry(500),))
        assert _winners(lambda _: write(store, paid, version=2), 50) == 1
        assert (store.balance(CARD_ACCOUNT), len(store.entries(CARD_ACCOUNT))) == (500, 1)

    def test_of_twenty_threads_that_write_one_entry_with_orders_of_their_own_all_do_and_it_counts_once(
        self, store: Store
    ) -> None:
        assert _winners(lambda number: store.save(placed(f"ORDER-{number}"), entries=(entry(500),)), 20) == 20
        assert (store.balance(CARD_ACCOUNT), len(store.entries(CARD_ACCOUNT))) == (500, 1)

    def test_a_new_count_that_many_declare_while_it_is_sold_is_taken_over_once(self, store: Store) -> None:
        store.declare_stock({"CARD": 10})

        def sell(number: int) -> None:
            store.save(placed(f"ORDER-{number}"), (reserve("CARD"),))
            store.declare_stock({"CARD": 30, "LAST": 1})
            store.save(replace(placed(f"ORDER-{number}"), version=2), (StockChange("CARD", -1, -1),))

        assert _winners(sell, 10) == 10
        assert store.stock(["CARD", "LAST"]) == {"CARD": Stock(20, 0), "LAST": Stock(1, 0)}

    def test_of_twenty_threads_that_write_the_same_version_exactly_one_does(self, store: Store) -> None:
        store.save(placed())
        start = threading.Barrier(20)

        def write(number: int) -> bool:
            start.wait()
            try:
                store.save(replace(placed(), version=2, email=f"{number}@example.org"))
            except Conflict:
                return False
            return True

        with ThreadPoolExecutor(20) as threads:
            won = list(threads.map(write, range(20)))
        found = store.order("ORDER-1")
        assert found is not None
        assert won.count(True) == 1
        assert found.email == f"{won.index(True)}@example.org"

    @pytest.mark.slow
    def test_two_processes_never_sell_more_than_there_is(self, store: Store, address: str) -> None:
        store.declare_stock({"CARD": 31})
        racers = [buyer(self.opener, address, name, 25) for name in ("EINS", "ZWEI")]
        won = [int(racer.communicate(timeout=60)[0]) for racer in racers]
        open_, paid = counted(store, "EINS"), counted(store, "ZWEI")
        assert sum(won) == 31
        assert store.stock(["CARD"]) == {"CARD": Stock(31 - open_[1] - paid[1], open_[0] + paid[0])}
        assert open_[0] + open_[1] + paid[0] + paid[1] == 31

    @pytest.mark.slow
    def test_two_processes_never_spend_more_than_there_is_nor_use_a_coupon_too_often(
        self, store: Store, address: str
    ) -> None:
        store.declare_stock({"CARD": 1000})
        top_up(store, 31 * 100)
        racers = [buyer(self.opener, address, f"{name}-BALANCE", 25) for name in ("EINS", "ZWEI")]
        won = [int(racer.communicate(timeout=60)[0]) for racer in racers]
        assert sum(won) == 31
        assert (store.balance(CARD_ACCOUNT), store.uses(["opening"])) == (0, {"opening": Uses(31, 0)})
        assert sum(one.amount for one in store.entries(CARD_ACCOUNT)) == 0
        assert len(store.entries(CARD_ACCOUNT)) == 32

    @pytest.mark.slow
    def test_a_process_that_is_killed_leaves_whole_orders_and_the_stock_that_belongs_to_them(
        self, store: Store, address: str
    ) -> None:
        store.declare_stock({"CARD": 100_000})
        unpaid = sold = 0
        for name in ("A", "B", "C", "D", "E"):
            victim = buyer(self.opener, address, name, 100_000)
            wait_for(store, f"{name}-7")
            victim.kill()
            victim.communicate()
            counts = counted(store, name)
            unpaid, sold = unpaid + counts[0], sold + counts[1]
            assert opened(self.opener, address).stock(["CARD"]) == {"CARD": Stock(100_000 - sold, unpaid)}
        assert unpaid >= 20
        assert sold >= 15


class Crash(Exception):
    """The process ends here."""


class FragileStore(SqliteStore):
    """A store whose process ends after so many statements of a save."""

    def __init__(self, path: Path, survived: int) -> None:
        self._left = 10_000
        super().__init__(path)
        self.close()
        self._left = survived

    def _connect(self) -> sqlite3.Connection:
        left = self._left

        class Fragile(sqlite3.Connection):
            statements = -2  # the two by which a connection is set up

            def execute(self, *arguments: Any) -> sqlite3.Cursor:
                if self.statements >= left:
                    raise Crash
                self.statements += 1
                return super().execute(*arguments)

            def executemany(self, *arguments: Any) -> sqlite3.Cursor:
                if self.statements >= left:
                    raise Crash
                self.statements += 1
                return super().executemany(*arguments)

        db = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False, factory=Fragile)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        return db


def everything(address: str) -> list[str]:
    """All that a database holds."""
    with closing(sqlite3.connect(address)) as db:
        return list(db.iterdump())


class TestSqliteStore(StoreContract):
    """The store of a shop on one machine."""

    opener = "tests.contract.test_store:open_sqlite"

    @pytest.fixture
    def address(self, tmp_path: Path) -> str:
        """A file that is not there yet, in a folder that is not there yet."""
        return str(tmp_path / "var" / "shop.db")

    def test_what_was_saved_is_there_after_opening_again(self, store: SqliteStore, address: str) -> None:
        store.declare_stock({"CARD": 3})
        store.save(placed(), (reserve("CARD"),))
        store.close()
        again = open_sqlite(address)
        assert again.order("ORDER-1") == placed()
        assert again.stock(["CARD"]) == {"CARD": Stock(3, 1)}

    def test_notices_that_were_sent_before_they_had_a_list_get_one(self, store: SqliteStore, address: str) -> None:
        """A file of the version before, whose orders' stock is not counted a second time."""
        store.declare_stock({"CARD": 3})
        sent = Notice("stock:1", 1, Message(Kind.BACK_IN_STOCK, "ada@example.org", NOW, sent_at=NOW))
        store.save_notice(sent)
        store.close()
        with closing(sqlite3.connect(address)) as db, db:
            db.execute("DELETE FROM listings")
            db.execute("PRAGMA user_version = 2")
        again = open_sqlite(address)
        assert again.listed(SENT_NOTICES, until=moment_key(NOW)).ids == ("stock:1",)
        assert (again.notice("stock:1"), again.stock(["CARD"])) == (sent, {"CARD": Stock(3, 0)})

    def test_only_the_owner_of_the_file_can_read_addresses_in_it(self, store: SqliteStore, address: str) -> None:
        store.save(placed())
        modes = {path.stat().st_mode & 0o777 for path in Path(address).parent.iterdir()}
        assert modes == {0o600}

    def test_a_crash_between_any_two_statements_leaves_nothing_half_done(
        self, store: SqliteStore, address: str
    ) -> None:
        store.declare_stock({"CARD": 3})
        top_up(store, 1500)
        decision = spending(1000, claims=(ONCE,))
        before = everything(address)
        for survived in range(50):
            fragile = FragileStore(Path(address), survived)
            try:
                fragile.save(decision.order, (reserve("CARD"),), claims=decision.claims, entries=decision.entries)
            except Crash:
                assert everything(address) == before
            else:
                break
        assert (
            survived == 15
        )  # how long to wait, begin, order, three for its lists, stock, two by two for both counts, entry, two for its
        # balance, commit
        assert store.balance(CARD_ACCOUNT) == 500
        assert (store.stock(["CARD"]), store.uses(["welcome"])) == ({"CARD": Stock(3, 1)}, {"welcome": Uses(1, 0)})

    def test_ten_stores_can_be_opened_on_a_new_file_at_once(self, address: str) -> None:
        start = threading.Barrier(10)

        def open_and_save(number: int) -> None:
            start.wait()
            open_sqlite(address).save(placed(f"ORDER-{number}"))

        with ThreadPoolExecutor(10) as threads:
            list(threads.map(open_and_save, range(10)))
        assert len(overdue(open_sqlite(address), NOW + HOLD)) == 10


def _succeeds(act: Callable[[], None]) -> bool:
    """Whether a write is taken; what is refused for want of a balance, a use or a version is not."""
    try:
        act()
    except (NotEnough, UsedUp, Conflict):
        return False
    return True


def _winners(act: Callable[[int], None], count: int) -> int:
    """How many of so many threads that do the same at the same moment succeed."""
    start = threading.Barrier(count)

    def run(number: int) -> bool:
        start.wait()
        return _succeeds(lambda: act(number))

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(run, range(count))).count(True)


def with_message(order_id: str, due_at: int, *, leased_until: int = 0, sent_at: int = 0) -> Order:
    """An order that owes one mail."""
    message = Message(Kind.CONFIRMATION, "ada@example.org", due_at, leased_until=leased_until, sent_at=sent_at)
    return replace(placed(order_id), messages=(message,))


def counted(store: Store, name: str) -> tuple[int, int]:
    """How many orders a buyer has placed and not paid, and how many it has paid."""
    found = list(takewhile(bool, (store.order(f"{name}-{number}") for number in count())))
    unpaid = sum(order.state is State.PENDING for order in found if order)
    return unpaid, len(found) - unpaid


def wait_for(store: Store, order_id: str) -> None:
    """Until another process has saved an order."""
    patience = time.monotonic() + 30
    while store.order(order_id) is None:
        assert time.monotonic() < patience, f"{order_id} was not saved within 30 seconds"
        time.sleep(0.02)
