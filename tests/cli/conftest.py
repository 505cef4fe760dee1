"""A counter: the owner's commands over a real database and the payment stand-in, with a clock that stands."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cli.__main__ import pouch
from cli.desk import Desk
from functions.adapters.file_catalogue import every_variant
from functions.app import App
from functions.local.standin import Settings, Shopper, Standin, running_standin
from functions.ports import SessionLinks
from functions.service.acting import perform
from functions.service.checkout import check_out
from functions.service.settlement import known, save, settle
from functions.service.stocking import declare
from functions.shop.acts import Act
from functions.shop.code import BalanceKind
from functions.shop.decision import Decision
from functions.shop.ledger import Entry, EntryKind, Spending
from functions.shop.order import Order
from tests.living_shop import settings
from tests.service.conftest import Clock
from tests.shop.sample import NOW, cart, placed, quote
from tests.small_shop import write_release

ADA = "7K3M-9QXD-4FTR"
BEN = "7K9A-0000-0001"
GIFT = "gift_card:EUR:1"
LINKS = SessionLinks(paid="http://127.0.0.1:8000/order/paid", back="http://127.0.0.1:8000/order/back")
WESTPORT = {"line1": "4 Quay Street", "line2": None, "city": "Westport", "state": "Mayo", "country": "IE"}
BUYER = Shopper("ada@example.org", "Ada Byrne", WESTPORT | {"postal_code": "F28 X000"})


@dataclass
class Counter:
    """A shop with its owner at the counter. It is Friday, 15 January 2027, 8 o'clock."""

    app: App
    standin: Standin
    clock: Clock
    somebody: bool = True
    columns: int = 100

    def run(self, *arguments: str, typed: str = "") -> Result:
        """What a command says when it is typed, and `typed` is answered to what it asks."""
        desk = Desk(self.app, self.clock, self.somebody)
        return CliRunner().invoke(
            pouch, arguments, obj=desk, input=typed, env={"COLUMNS": str(self.columns)}, prog_name="pouch"
        )

    def done(self, *arguments: str, typed: str = "") -> str:
        """What it says when it goes well."""
        result = self.run(*arguments, typed=typed)
        assert (result.exit_code, result.exception) == (0, None), result.output
        return result.stdout

    def facts(self, *arguments: str) -> Any:
        """What it says to programs."""
        return json.loads(self.done(*arguments, "--json"))

    def refused(self, *arguments: str, typed: str = "") -> tuple[int, str]:
        """The code and the last line that it ends with when it cannot be done."""
        result = self.run(*arguments, typed=typed)
        return result.exit_code, result.stderr.strip().splitlines()[-1]

    def place(self, order_id: str = ADA, spent: tuple[Spending, ...] = (), way: str = "", **quantities: int) -> Order:
        """An order that is not paid yet, of which balances pay some, to be sent in a way."""
        release = self.app.catalogue.current()
        wanted = cart(**(quantities or {"CARD": 2, "PRINT_A4": 1}))
        bought = replace(quote(wanted, country="IE", shipping_id=way), spent=spent)
        shop = self.app
        return check_out(
            order_id, bought, release=release, store=shop.store, payments=shop.payments, clock=self.clock,
            codes=shop.codes, links=LINKS,
        )  # fmt: skip

    def buy(
        self,
        order_id: str = ADA,
        *,
        shopper: Shopper = BUYER,
        by: str = "",
        spent: tuple[Spending, ...] = (),
        way: str = "",
        **quantities: int,
    ) -> Order:
        """A paid order; two postcards and a print unless said. `by` is the day on which it must leave."""
        opened = self.place(order_id, spent, way, **quantities)
        if by:
            save(Decision(replace(opened, dispatch_by=by, arrives_from=by, arrives_to=by)), self.app.store)
        self.standin.pay(opened.session, shopper=shopper)
        shop = self.app
        return settle(order_id, store=shop.store, payments=shop.payments, clock=self.clock, codes=shop.codes)

    def buy_with_a_gift_card(self) -> Order:
        """A paid order, 10.00 of which a gift card has paid."""
        self.app.store.save(placed("GIFT-0000-0000"), entries=(Entry("sold", GIFT, 1000, EntryKind.SOLD, "GIFT", 0),))
        return self.buy(spent=(Spending(GIFT, BalanceKind.GIFT_CARD, 1000, "Gift card ending 7X3K"),))

    def ask(self, act: Act) -> Order:
        """What a customer does to Ada's order on its page."""
        shop = self.app
        return perform(ADA, act, store=shop.store, payments=shop.payments, clock=self.clock, codes=shop.codes)

    def now(self, order_id: str = ADA) -> Order:
        """An order as it is stored."""
        return known(order_id, self.app.store)

    def refunds(self) -> list[int]:
        """What Stripe has given back, refund by refund."""
        [payment] = self.now().payments
        return [one.amount for one in self.app.payments.payment(payment.id).refunds]

    def lose_the_answer_to(self, call: str) -> None:
        """Stripe does what is asked next, and its answer and both retries are lost."""
        self.standin.fail_calls("close_after", times=1, match=call)
        self.standin.fail_calls("close_before", times=2, match=call)


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    """A small shop that is open."""
    clock = Clock(NOW)
    write_release(tmp_path)
    with running_standin(Settings(), clock=lambda: float(clock.now)) as standin:
        app = App(settings("http://127.0.0.1:8000", standin.url, tmp_path, tmp_path))
        declare(every_variant(tmp_path), app.store)
        yield Counter(app, standin, clock)
