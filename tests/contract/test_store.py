"""The contract of a Store. A new implementation inherits StoreContract and says how it is opened."""

import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from functions.adapters.sqlite import SqliteStore
from functions.ports import MOST_AWAITED, Stock, Store
from functions.shop.errors import Conflict, OutOfStock
from functions.shop.message import Kind, Message
from functions.shop.order import Order, Refund, State, StockChange, decide, place, refunded
from functions.shop.settings import Address
from tests.contract.buyer import opened
from tests.shop.sample import NOW, cart, facts, placed, quote

ROOT = Path(__file__).parent.parent.parent
HOLD = 2100


def open_sqlite(address: str) -> SqliteStore:
    """The SQLite store in a file."""
    return SqliteStore(Path(address))


def reserve(sku: str, pieces: int = 1) -> StockChange:
    """A change that keeps pieces for an order."""
    return StockChange(sku, 0, pieces)


def buyer(opener: str, address: str, name: str, times: int) -> "subprocess.Popen[str]":
    """Another process that buys from the same store."""
    command = [sys.executable, "-m", "tests.contract.buyer", opener, address, name, str(times)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


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

    # Lists

    def test_overdue_are_the_open_orders_whose_page_has_closed_the_oldest_first(self, store: Store) -> None:
        store.save(placed("LATER", now=NOW + 10))
        store.save(placed("SOONER", now=NOW))
        store.save(replace(placed("WAITING", now=NOW + 5), state=State.AWAITING_PAYMENT))
        for state in set(State) - {State.PENDING, State.AWAITING_PAYMENT}:
            store.save(replace(placed(state.value), state=state))
        assert list(store.open_orders_ending_before(NOW + HOLD - 1)) == []
        assert list(store.open_orders_ending_before(NOW + HOLD)) == ["SOONER"]
        assert list(store.open_orders_ending_before(NOW + HOLD + 10)) == ["SOONER", "WAITING", "LATER"]
        assert list(store.open_orders_ending_before(NOW + HOLD + 10, limit=2)) == ["SOONER", "WAITING"]

    def test_an_order_that_is_no_longer_open_is_no_longer_overdue(self, store: Store) -> None:
        store.save(placed())
        store.save(replace(placed(), version=2, state=State.EXPIRED))
        assert list(store.open_orders_ending_before(NOW + HOLD)) == []

    def test_due_messages_are_listed_by_their_order_the_oldest_first(self, store: Store) -> None:
        store.save(with_message("LATE", due_at=NOW + 5))
        store.save(with_message("EARLY", due_at=NOW))
        store.save(placed("SILENT"))
        assert list(store.orders_with_due_messages(NOW - 1)) == []
        assert list(store.orders_with_due_messages(NOW)) == ["EARLY"]
        assert list(store.orders_with_due_messages(NOW + 5)) == ["EARLY", "LATE"]
        assert list(store.orders_with_due_messages(NOW + 5, limit=1)) == ["EARLY"]

    def test_a_message_that_somebody_is_sending_is_listed_when_the_lease_is_over(self, store: Store) -> None:
        store.save(with_message("LEASED", due_at=NOW, leased_until=NOW + 120))
        assert list(store.orders_with_due_messages(NOW + 119)) == []
        assert list(store.orders_with_due_messages(NOW + 120)) == ["LEASED"]

    def test_a_message_that_was_sent_is_not_listed_and_another_one_still_is(self, store: Store) -> None:
        order = with_message("ORDER-1", due_at=NOW, sent_at=NOW)
        store.save(order)
        assert list(store.orders_with_due_messages(NOW + 100)) == []
        apology = Message(Kind.APOLOGY, "ada@example.org", NOW + 50)
        store.save(replace(order, version=2, messages=(*order.messages, apology)))
        assert list(store.orders_with_due_messages(NOW + 49)) == []
        assert list(store.orders_with_due_messages(NOW + 50)) == ["ORDER-1"]

    def test_refunds_that_are_intended_are_listed_until_they_are_made(self, store: Store) -> None:
        refund = Refund("key-1", "pi_1", 3350, "Paid twice.", NOW)
        order = replace(placed(), refunds=(refund,))
        store.save(order)
        store.save(replace(placed("OLDER", now=NOW - 1), refunds=(refund,)))
        store.save(placed("NOTHING"))
        assert list(store.orders_with_intended_refunds()) == ["OLDER", "ORDER-1"]
        assert list(store.orders_with_intended_refunds(limit=1)) == ["OLDER"]
        store.save(replace(refunded(order, "key-1", "re_1"), version=2))
        assert list(store.orders_with_intended_refunds()) == ["OLDER"]

    # Who waits for stock

    def test_who_waits_for_a_sku_is_listed_in_the_order_of_asking(self, store: Store) -> None:
        store.ask_for_stock("LAST", "bea@example.org", NOW)
        store.ask_for_stock("LAST", "ada@example.org", NOW)
        store.ask_for_stock("CARD", "cas@example.org", NOW - 9)
        assert list(store.waiting_for_stock("LAST")) == ["bea@example.org", "ada@example.org"]
        assert list(store.waiting_for_stock("LAST", limit=1)) == ["bea@example.org"]
        assert list(store.waiting_for_stock("CARD")) == ["cas@example.org"]
        assert list(store.waiting_for_stock("NEVER")) == []

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

    def test_of_fifty_threads_that_want_the_last_one_exactly_one_gets_it(self, store: Store) -> None:
        store.declare_stock({"LAST": 1})
        start = threading.Barrier(50)

        def buy(number: int) -> bool:
            start.wait()
            try:
                store.save(placed(f"ORDER-{number}", cart(LAST=1)), (reserve("LAST"),))
            except OutOfStock:
                return False
            return True

        with ThreadPoolExecutor(50) as threads:
            won = list(threads.map(buy, range(50)))
        assert won.count(True) == 1
        assert store.stock(["LAST"]) == {"LAST": Stock(1, 1)}
        assert [number for number in range(50) if store.order(f"ORDER-{number}")] == [won.index(True)]

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

    def test_only_the_owner_of_the_file_can_read_addresses_in_it(self, store: SqliteStore, address: str) -> None:
        store.save(placed())
        modes = {path.stat().st_mode & 0o777 for path in Path(address).parent.iterdir()}
        assert modes == {0o600}

    def test_ten_stores_can_be_opened_on_a_new_file_at_once(self, address: str) -> None:
        start = threading.Barrier(10)

        def open_and_save(number: int) -> None:
            start.wait()
            open_sqlite(address).save(placed(f"ORDER-{number}"))

        with ThreadPoolExecutor(10) as threads:
            list(threads.map(open_and_save, range(10)))
        assert len(open_sqlite(address).open_orders_ending_before(NOW + HOLD)) == 10


def with_message(order_id: str, due_at: int, *, leased_until: int = 0, sent_at: int = 0) -> Order:
    """An order that owes one mail."""
    message = Message(Kind.CONFIRMATION, "ada@example.org", due_at, leased_until=leased_until, sent_at=sent_at)
    return replace(placed(order_id), messages=(message,))


def counted(store: Store, name: str) -> tuple[int, int]:
    """How many orders a buyer has placed and not paid, and how many it has paid."""
    found = [order for number in range(2000) if (order := store.order(f"{name}-{number}"))]
    unpaid = sum(order.state is State.PENDING for order in found)
    return unpaid, len(found) - unpaid


def wait_for(store: Store, order_id: str) -> None:
    """Until another process has saved an order."""
    patience = time.monotonic() + 30
    while store.order(order_id) is None:
        assert time.monotonic() < patience, f"{order_id} was not saved within 30 seconds"
        time.sleep(0.005)
