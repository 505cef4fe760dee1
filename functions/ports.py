"""What the services need from outside, as Protocols. Each has adapters in functions/adapters and one contract suite.

The clock and the maker of new ids are plain callables: `Clock` gives Unix seconds, `NewId` an id never given before.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import BinaryIO, Protocol

from functions.shop.catalogue import Variant
from functions.shop.decision import ClaimChange, Number, StockChange
from functions.shop.facts import Bill, PaymentFacts, RefundFacts, SessionFacts
from functions.shop.ledger import Entry
from functions.shop.message import Fate
from functions.shop.notice import Notice
from functions.shop.order import Order
from functions.shop.settings import Settings

Clock = Callable[[], int]
NewId = Callable[[], str]
TOGETHER = 100  # orders that are best asked for at once: as many as DynamoDB gives in one answer
MOST_AWAITED = 50  # SKUs that one e-mail address may wait for


class Release(Protocol):
    """One published state of the shop; it never changes, so a quote made from one is consistent (R32)."""

    @property
    def id(self) -> str: ...

    @property
    def settings(self) -> Settings: ...

    @property
    def chrome(self) -> str:
        """The empty page that function pages are poured into (see functions/web/page.py)."""
        ...

    @property
    def assets(self) -> Mapping[str, str]:
        """Where files of the theme are published, by name: `css/wishlist.css` at `/static/wishlist.1a2b3c4d.css`."""
        ...

    @property
    def files(self) -> Mapping[str, str]:
        """The files that are sold: under which name each is kept, by its own, such as `map.pdf`."""
        ...

    def variants(self, skus: Collection[str]) -> Mapping[str, Variant]:
        """The variants of these SKUs that are on sale; the others are left out. Reads only their shards."""
        ...

    def every_variant(self) -> Iterable[Variant]:
        """Everything that is on sale. Reads every shard."""
        ...


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A file that is had at an address of its own, and not through the shop. Whoever has the address has the file, for
    some minutes.
    """

    address: str


class Downloads(Protocol):
    """Where the files that are sold are kept, never published."""

    @property
    def origin(self) -> str:
        """With what every address of an `Elsewhere` begins, such as `https://….amazonaws.com`; empty for none."""
        ...

    def open(self, name: str, called: str) -> BinaryIO | Elsewhere | None:
        """The file that a release keeps under this name, or where it is had as a file `called` so, if it is too large
        to be handed through; None when it is gone.
        """
        ...


class Catalogue(Protocol):
    """Where releases are kept."""

    def current(self) -> Release:
        """The release in force, looked up at most every few seconds. Raises NoRelease when there is none."""
        ...


@dataclass(frozen=True, slots=True)
class Stock:
    """Pieces of one SKU: `0 ≤ reserved ≤ on_hand` (R9).

    `sold` is how many orders have taken for good, less those that came back; counting anew does not change it (R10).
    """

    on_hand: int
    reserved: int
    sold: int = field(default=0, compare=False)

    @property
    def available(self) -> int:
        """Pieces that can still be sold."""
        return self.on_hand - self.reserved


@dataclass(frozen=True, slots=True)
class Uses:
    """In how many orders a promotion is used: in all of them, and in those of one customer."""

    all: int = 0
    own: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """Some of a list: ids, and where to go on; `cursor` is empty at the end."""

    ids: tuple[str, ...]
    cursor: str = ""


class Store(Protocol):
    """Orders, stock and who waits for some, uses of promotions, and balances. Safe for several processes at once."""

    def order(self, order_id: str) -> Order | None:
        """The order as last written."""
        ...

    def orders(self, order_ids: Collection[str]) -> Mapping[str, Order]:
        """The orders with these ids as last written, by id; those that are not there are left out."""
        ...

    def save(
        self,
        order: Order,
        stock: Sequence[StockChange] = (),
        *,
        claims: Sequence[ClaimChange] = (),
        entries: Sequence[Entry] = (),
        numbers: Sequence[Number] = (),
    ) -> None:
        """Write an order, its places in lists, and the stock, uses, balances and numbers that move with it, all or
        nothing.

        The order must be the next version of what is stored (version 1: of nothing). An entry whose key is written
        already is left out, its amount too.

        Raises Conflict when the version is another one or a number is not the next of its series, OutOfStock when a
        change would break `0 ≤ reserved ≤ on hand` or the SKU is unknown, UsedUp when one use more would exceed the
        claim's limits (R13), and NotEnough when a balance would go below 0 (R14); nothing is written then. One use
        fewer than none is none.
        Raises TooLarge for a new order that has more to it than a store can write at once.
        """
        ...

    def uses(self, promotions: Collection[str], customer: str = "") -> Mapping[str, Uses]:
        """How often these promotions are used: in paid orders, and in open ones, which hold a use. `customer` is a
        `customer_key`; those never used are left out.
        """
        ...

    def is_customer(self, customer: str) -> bool:
        """Whether an order of this customer, by their `customer_key`, was ever paid."""
        ...

    def balance(self, account: str) -> int | None:
        """What is left on an account, in minor units; None when it never had anything."""
        ...

    def entries(self, account: str) -> Sequence[Entry]:
        """All that has changed an account, the oldest first. Their sum is its balance."""
        ...

    def stock(self, skus: Collection[str]) -> Mapping[str, Stock]:
        """The stock of these SKUs; those never counted are left out."""
        ...

    def counted(self, cursor: str = "", limit: int = 1000) -> Page:
        """SKUs that were ever counted, in their order, page by page like `listed`."""
        ...

    def declare_stock(self, counts: Mapping[str, int]) -> None:
        """Take over what product files say is on hand.

        A count that differs from the one last declared for that SKU is a new count: on hand becomes that number, but
        never less than what is reserved. A count that was declared before changes nothing, so sales stay sold.
        """
        ...

    def set_stock(self, sku: str, on_hand: int) -> None:
        """So many pieces are on hand, as somebody has just counted; what product files declare stays as it is.

        Raises OutOfStock when that is less than what is reserved, or the SKU was never declared.
        """
        ...

    def add_stock(self, sku: str, by: int) -> None:
        """So many pieces more on hand, or fewer, whatever is sold meanwhile. Raises OutOfStock like `set_stock`."""
        ...

    def ask_for_stock(self, sku: str, email: str, now: int) -> None:
        """Note that somebody waits for a SKU. `email` is in the form in which addresses are kept.

        Who asks again keeps their place. Who asks for one more than MOST_AWAITED gives up what they asked for first.
        """
        ...

    def waiting_for_stock(self, sku: str, limit: int = 100) -> Sequence[str]:
        """E-mail addresses that wait for a SKU, the ones that have waited longest first."""
        ...

    def awaited(self, limit: int = 100) -> Sequence[str]:
        """SKUs that somebody waits for, the ones that have been waited for longest first."""
        ...

    def forget_waiting(self, email: str, sku: str = "") -> None:
        """Note that an address waits for a SKU no more, or for nothing (R29). Doing it again changes nothing."""
        ...

    def forget_waiting_since(self, moment: int) -> None:
        """Forget whoever asked for stock before that moment (Unix seconds) and waits still (R29)."""
        ...

    def listed(
        self, name: str, *, until: str = "", newest_first: bool = False, cursor: str = "", limit: int = 100
    ) -> Page:
        """Ids in a list (functions/shop/listing.py), in the order of their keys or the other way round.

        `until` leaves out keys above it. `cursor` is from the page before; raises InvalidCursor for any other text.
        """
        ...

    def last_number(self, series: str) -> int:
        """The number of a series that was taken last; 0 before the first."""
        ...

    def notice(self, notice_id: str) -> Notice | None:
        """The notice as last written."""
        ...

    def save_notice(self, notice: Notice) -> None:
        """Write the next version of a notice. Raises Conflict. Those that are not sent are in the list `notices`, by
        when they are due; the others in `notices_sent` or `statements_sent`, by when they were sent.
        """
        ...

    def forget_notice(self, notice_id: str) -> None:
        """Forget a notice, with whom it went to and what it said (R29). Doing it again changes nothing."""
        ...

    def hit(self, key: str, until: int, now: int) -> int:
        """Count one more try of something, and say how many there were, this one included. The count is forgotten
        after `until` (Unix seconds), which the first try sets.
        """
        ...

    def silence(self, customer: str) -> None:
        """Note that a customer (`customer_key`) wants no mails but those about their orders."""
        ...

    def is_silenced(self, customer: str) -> bool:
        """Whether they said so."""
        ...

    def forget_customer(self, customer: str) -> None:
        """Forget that this customer ever bought, and which promotions they used (R29)."""
        ...


@dataclass(frozen=True, slots=True)
class SessionLinks:
    """Where Stripe sends the shopper: after paying, and back without having paid. Both on this shop (R30)."""

    paid: str
    back: str


class Payments(Protocol):
    """The payment provider. Every call may raise PaymentsUnavailable (try again) or PaymentRefused (do not)."""

    def open_session(self, order: Order, settings: Settings, links: SessionLinks) -> SessionFacts:
        """Make the order's payment page; calling again with the same order gives the same one."""
        ...

    def session(self, session_id: str) -> SessionFacts:
        """What is true of a session now."""
        ...

    def expire_session(self, session_id: str) -> SessionFacts:
        """Close a payment page, if it is still open, and say what is true of it then. It may turn out to be paid."""
        ...

    def sessions_since(self, moment: int) -> Sequence[SessionFacts]:
        """All of this shop's sessions made since then, and perhaps some made just before: clocks differ."""
        ...

    def refund(self, payment: str, amount: int, key: str) -> RefundFacts:
        """Give money back. One `key` leads to one refund, ever (R7)."""
        ...

    def bill(self, session_id: str) -> Bill:
        """What a payment page asks money for, line by line."""
        ...

    def payment(self, payment: str) -> PaymentFacts:
        """What has happened to a payment since it came in."""
        ...

    def troubled_since(self, moment: int) -> Sequence[str]:
        """Payments with a refund, dispute or fraud warning made since then, and perhaps some made just before."""
        ...


@dataclass(frozen=True, slots=True)
class PaymentEvent:
    """News that a session or a payment changed. Only the ids are believed; the facts are asked for.

    News of a session names the order as well; news of refunds, disputes and warnings names the payment.
    """

    id: str
    session: str
    order: str
    payment: str = ""


VerifyEvent = Callable[[bytes, str], PaymentEvent | None]
"""Body and signature header in, the event out; None when it is genuine and of no concern. Raises EventRefused."""


class Stream(StrEnum):
    """What a mail is to its reader: part of an order, or something that nobody needs and anybody may refuse."""

    ORDERS = "orders"
    MARKETING = "marketing"


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail, ready to send: one recipient (R23), text and HTML saying the same. A second try has the same id.

    `unsubscribe` is the address that ends such mails by one POST (RFC 8058), where there is one. `tags` come back with
    the news of what became of the mail, from servers that tell. An answer goes to `reply_to`, one plain e-mail address,
    where it is not to go to the sender.
    """

    to: str
    subject: str
    text: str
    html: str
    message_id: str
    stream: Stream = Stream.ORDERS
    unsubscribe: str = ""
    tags: Mapping[str, str] = field(default_factory=dict)
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class MailEvent:
    """What became of a mail: one of the order, by its name there, or a notice."""

    fate: Fate
    order: str = ""
    message: str = ""
    notice: str = ""


class Mail(Protocol):
    """A mail server."""

    def send(self, letter: Letter) -> None:
        """Hand a mail over. Returns when it was accepted; raises MailFailed when it was not."""
        ...
