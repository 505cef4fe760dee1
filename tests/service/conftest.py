"""A till: the services over a real database and the payment stand-in, with a clock that tests turn."""

import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from functions.adapters.sqlite import SqliteStore
from functions.adapters.stripe_payments import StripePayments
from functions.local.standin import Settings, Standin, running_standin
from functions.ports import Letter, SessionLinks
from functions.service.acting import perform
from functions.service.checkout import PLAIN, Terms, check_out
from functions.shop.acts import Act
from functions.shop.cart import Cart, CartLine
from functions.shop.catalogue import Variant
from functions.shop.code import Codes
from functions.shop.errors import MailFailed
from functions.shop.ledger import Spending
from functions.shop.message import Message
from functions.shop.notice import Notice
from functions.shop.order import Order
from functions.shop.quote import make_quote
from functions.shop.settings import Settings as ShopSettings
from tests.shop.balanced import GIFT_CARD
from tests.small_shop import SETTINGS
from tests.small_shop import VARIANTS as PLAIN_VARIANTS

CODES = Codes(["a-secret-of-a-small-shop"])
VARIANTS = (*PLAIN_VARIANTS, GIFT_CARD)
LINKS = SessionLinks(paid="http://127.0.0.1:8000/order/paid", back="http://127.0.0.1:8000/order/back")


@dataclass
class Clock:
    """Unix seconds that pass when a test says so."""

    now: int = field(default_factory=lambda: int(time.time()))

    def __call__(self) -> int:
        return self.now


@dataclass
class PostOffice:
    """ports.Mail that remembers what it took, and refuses while it is closed."""

    taken: list[Letter] = field(default_factory=list)
    closed: bool = False

    def send(self, letter: Letter) -> None:
        if self.closed:
            raise MailFailed("The post office is closed.")
        self.taken.append(letter)


@dataclass(frozen=True)
class SmallRelease:
    """ports.Release of the small shop."""

    id: str = "release-1"
    settings: ShopSettings = SETTINGS
    chrome: str = ""
    assets: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)

    def variants(self, skus: Collection[str]) -> dict[str, Variant]:
        return {variant.sku: variant for variant in VARIANTS if variant.sku in skus}

    def every_variant(self) -> Iterable[Variant]:
        return VARIANTS


@dataclass
class Till:
    """Everything a purchase needs, and the steps of one."""

    store: SqliteStore
    payments: StripePayments
    standin: Standin
    clock: Clock
    path: Path
    mail: PostOffice = field(default_factory=PostOffice)

    def order(
        self,
        order_id: str = "ORDR-0001-AAAA",
        sku: str = "LAST",
        quantity: int = 1,
        terms: Terms = PLAIN,
        spent: tuple[Spending, ...] = (),
    ) -> Order:
        """Place an order with its payment page, as if the cart had shown that balances pay so much."""
        cart = Cart((CartLine(sku, quantity),))
        available = {held: stock.available for held, stock in self.store.stock([sku]).items()}
        quote = make_quote(cart, variants={v.sku: v for v in VARIANTS}, available=available, settings=SETTINGS)
        return check_out(
            order_id,
            replace(quote, spent=spent),
            release=SmallRelease(),
            store=self.store,
            payments=self.payments,
            clock=self.clock,
            codes=CODES,
            links=LINKS,
            terms=terms,
        )

    def do(self, order_id: str, act: Act) -> Order:
        """What the owner or a customer does to an order."""
        return perform(order_id, act, store=self.store, payments=self.payments, clock=self.clock, codes=CODES)

    def lose_the_answer_to(self, call: str) -> None:
        """Stripe does what is asked next, and its answer and both retries are lost."""
        self.standin.fail_calls("close_after", times=1, match=call)
        self.standin.fail_calls("close_before", times=2, match=call)

    def now(self, order_id: str = "ORDR-0001-AAAA") -> Order:
        """An order as it is stored."""
        found = self.store.order(order_id)
        assert found
        return found

    def stock(self, sku: str = "LAST") -> tuple[int, int]:
        """On hand and reserved."""
        found = self.store.stock([sku])[sku]
        return found.on_hand, found.reserved


def write(of: Order | Notice, message: Message) -> Letter:
    """A letter that says which message it is."""
    to = message.to or "owner@small.example"
    return Letter(to, f"{message.kind} of {of.id}", "text", "<p>html</p>", f"{of.id}.{message.kind}")


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    """A till with the small shop's stock."""
    clock = Clock()
    with running_standin(Settings(), clock=lambda: float(clock.now)) as standin:
        store = SqliteStore(tmp_path / "shop.db")
        store.declare_stock({variant.sku: variant.declared for variant in VARIANTS if variant.tracked})
        payments = StripePayments("sk_test_x", shop="http://127.0.0.1:8000", api_base=standin.url)
        yield Till(store, payments, standin, clock, tmp_path / "shop.db")
