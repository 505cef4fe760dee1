"""The Store that a shop in the cloud has. Each noun has a module of its own; here they come together."""

from collections.abc import Collection, Mapping, Sequence

from functions.adapters.dynamodb import (
    customers,
    ledger,
    lists,
    notices,
    orders,
    saving,
    stock,
    tries,
    uses,
    waiting,
)
from functions.adapters.dynamodb import (
    numbers as numbering,
)
from functions.adapters.dynamodb.calls import Client, Table, connect
from functions.ports import Page, Stock, Uses
from functions.shop.decision import ClaimChange, Number, StockChange
from functions.shop.ledger import Entry
from functions.shop.notice import Notice
from functions.shop.order import Order

Changes = Sequence[StockChange]


class DynamoStore:
    """A Store in the DynamoDB table of this name (see functions/adapters/dynamodb/schema.py)."""

    def __init__(self, name: str, client: Client | None = None) -> None:
        self._client = client or connect()
        self._name = name

    @property
    def _table(self) -> Table:
        """The table for one operation."""
        return Table(self._client, self._name)

    def order(self, order_id: str) -> Order | None:
        """The order as last written."""
        return orders.read(self._table, order_id)

    def orders(self, order_ids: Collection[str]) -> Mapping[str, Order]:
        """The orders with these ids as last written, by id; those that are not there are left out."""
        return orders.read_all(self._table, order_ids)

    def save(
        self,
        order: Order,
        stock: Changes = (),
        *,
        claims: Sequence[ClaimChange] = (),
        entries: Sequence[Entry] = (),
        numbers: Sequence[Number] = (),
    ) -> None:
        """Write an order with its lists, stock, uses, balances and numbers in one transaction, or raise and write
        nothing.

        Raises TooLarge for a new order that has more to it than one transaction takes.
        """
        saving.save(self._table, order, stock, claims, entries, numbers)

    def uses(self, promotions: Collection[str], customer: str = "") -> Mapping[str, Uses]:
        """How often these promotions are used, in paid orders and in open ones."""
        return uses.read(self._table, promotions, customer)

    def is_customer(self, customer: str) -> bool:
        """Whether an order of this customer was ever paid."""
        return customers.is_customer(self._table, customer)

    def balance(self, account: str) -> int | None:
        """What is left on an account; None when it never had anything."""
        return ledger.balance(self._table, account)

    def entries(self, account: str) -> Sequence[Entry]:
        """All that has changed an account, the oldest first. The latest one may be missing for a moment."""
        return ledger.history(self._table, account)

    def stock(self, skus: Collection[str]) -> Mapping[str, Stock]:
        """The stock of these SKUs; those never counted are left out."""
        return stock.read(self._table, skus)

    def counted(self, cursor: str = "", limit: int = 1000) -> Page:
        """SKUs that have stock, in their order."""
        return stock.counted(self._table, cursor, limit)

    def declare_stock(self, counts: Mapping[str, int]) -> None:
        """Take over the counts that differ from the ones last declared, some together."""
        stock.declare(self._table, counts)

    def set_stock(self, sku: str, on_hand: int) -> None:
        """So many pieces are on hand, as somebody has just counted."""
        stock.count(self._table, sku, on_hand)

    def add_stock(self, sku: str, by: int) -> None:
        """So many pieces more on hand, or fewer."""
        stock.add(self._table, sku, by)

    def ask_for_stock(self, sku: str, email: str, now: int) -> None:
        """Note that somebody waits for a SKU, in place of what they asked for first when it is one too many."""
        waiting.ask(self._table, sku, email, now)

    def waiting_for_stock(self, sku: str, limit: int = 100) -> Sequence[str]:
        """E-mail addresses that wait for a SKU, the ones that have waited longest first."""
        return waiting.waiting(self._table, sku, limit)

    def awaited(self, limit: int = 100) -> Sequence[str]:
        """SKUs that somebody waits for, the ones that have been waited for longest first. The latest may be missing."""
        return waiting.awaited(self._table, limit)

    def forget_waiting(self, email: str, sku: str = "") -> None:
        """Note that an address waits for a SKU no more, or for nothing."""
        waiting.forget(self._table, email, sku)

    def forget_waiting_since(self, moment: int) -> None:
        """Forget whoever asked for stock before that moment and waits still."""
        waiting.forget_since(self._table, moment)

    def listed(
        self, name: str, *, until: str = "", newest_first: bool = False, cursor: str = "", limit: int = 100
    ) -> Page:
        """Ids in a list, in the order of their keys or the other way round."""
        partition = lists.listed(name)
        return lists.page(self._table, partition, until=until, newest_first=newest_first, cursor=cursor, limit=limit)

    def last_number(self, series: str) -> int:
        """The number of a series that was taken last; 0 before the first."""
        return numbering.last(self._table, series)

    def notice(self, notice_id: str) -> Notice | None:
        """The notice as last written."""
        return notices.read(self._table, notice_id)

    def save_notice(self, notice: Notice) -> None:
        """Write the next version of a notice."""
        notices.save(self._table, notice)

    def forget_notice(self, notice_id: str) -> None:
        """Forget a notice."""
        notices.forget(self._table, notice_id)

    def hit(self, key: str, until: int, now: int) -> int:
        """Count one more try of something, and say how many there were until its count is forgotten."""
        return tries.hit(self._table, key, until, now)

    def silence(self, customer: str) -> None:
        """Note that a customer wants no mails but those about their orders."""
        customers.silence(self._table, customer)

    def is_silenced(self, customer: str) -> bool:
        """Whether they said so."""
        return customers.is_silenced(self._table, customer)

    def forget_customer(self, customer: str) -> None:
        """Forget that this customer ever bought, and which promotions they used."""
        customers.forget(self._table, customer)
