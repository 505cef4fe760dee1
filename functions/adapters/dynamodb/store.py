"""The Store that a shop in the cloud has. Each noun has a module of its own; here they come together."""

from collections.abc import Collection, Mapping, Sequence

from functions.adapters.dynamodb import ledger, orders, saving, stock, uses, waiting
from functions.adapters.dynamodb.calls import Client, Table, connect
from functions.ports import Stock, Uses
from functions.shop.decision import ClaimChange, StockChange
from functions.shop.ledger import Entry
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

    def save(
        self,
        order: Order,
        stock: Changes = (),
        *,
        claims: Sequence[ClaimChange] = (),
        entries: Sequence[Entry] = (),
    ) -> None:
        """Write an order with its stock, uses and balances in one transaction, or raise and write nothing.

        Raises TooLarge for a new order that has more to it than one transaction takes.
        """
        saving.save(self._table, order, stock, claims, entries)

    def uses(self, promotions: Collection[str], customer: str = "") -> Mapping[str, Uses]:
        """How often these promotions are used, in paid orders and in open ones."""
        return uses.read(self._table, promotions, customer)

    def is_customer(self, customer: str) -> bool:
        """Whether an order of this customer was ever paid."""
        return orders.is_customer(self._table, customer)

    def balance(self, account: str) -> int | None:
        """What is left on an account; None when it never had anything."""
        return ledger.balance(self._table, account)

    def entries(self, account: str) -> Sequence[Entry]:
        """All that has changed an account, the oldest first. The latest one may be missing for a moment."""
        return ledger.history(self._table, account)

    def stock(self, skus: Collection[str]) -> Mapping[str, Stock]:
        """The stock of these SKUs; those never counted are left out."""
        return stock.read(self._table, skus)

    def declare_stock(self, counts: Mapping[str, int]) -> None:
        """Take over the counts that differ from the ones last declared, some together."""
        stock.declare(self._table, counts)

    def ask_for_stock(self, sku: str, email: str, now: int) -> None:
        """Note that somebody waits for a SKU, in place of what they asked for first when it is one too many."""
        waiting.ask(self._table, sku, email, now)

    def waiting_for_stock(self, sku: str, limit: int = 100) -> Sequence[str]:
        """E-mail addresses that wait for a SKU, the ones that have waited longest first."""
        return waiting.waiting(self._table, sku, limit)

    def forget_waiting(self, email: str, sku: str = "") -> None:
        """Note that an address waits for a SKU no more, or for nothing."""
        waiting.forget(self._table, email, sku)

    def open_orders_ending_before(self, moment: int, limit: int = 1000) -> Sequence[str]:
        """Ids of open orders whose payment page closes before that moment or has closed, the oldest first."""
        return orders.listed(self._table, "open", until=moment, limit=limit)

    def orders_with_due_messages(self, now: int, limit: int = 100) -> Sequence[str]:
        """Ids of orders with a message that should be sent now, the oldest first."""
        return orders.listed(self._table, "due", until=now, limit=limit)

    def orders_with_intended_refunds(self, limit: int = 100) -> Sequence[str]:
        """Ids of orders with a refund that is written down and not yet made, the oldest first."""
        return orders.listed(self._table, "refunds", until=None, limit=limit)
