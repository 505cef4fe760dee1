"""A Store in memory, as fast as a simulation needs it. It passes the same contract as the real ones."""

from bisect import insort
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import count

from functions.adapters.cursor import from_cursor, to_cursor
from functions.ports import MOST_AWAITED, Page, Stock, Uses
from functions.shop.decision import ClaimChange, Number, StockChange
from functions.shop.email import customer_key
from functions.shop.errors import Conflict, NotEnough, OutOfStock, UsedUp
from functions.shop.ledger import Entry
from functions.shop.listing import Listing, listings, notice_listing
from functions.shop.notice import Notice
from functions.shop.order import Order


class MemoryStore:
    """A Store for one thread at a time. Each write happens at once or not at all."""

    def __init__(self) -> None:
        self.written: dict[str, Order] = {}
        self.counts: dict[str, Stock] = {}
        self.balances: dict[str, int] = {}
        self.ledger: dict[str, Entry] = {}
        self.used: Counter[tuple[str, str]] = Counter()
        self.lists: dict[str, list[tuple[str, str]]] = {}
        self._listed: dict[str, frozenset[Listing]] = {}
        self._declared: dict[str, int] = {}
        self._customers: set[str] = set()
        self._silenced: set[str] = set()
        self.notices: dict[str, Notice] = {}
        self._numbers: dict[str, int] = {}
        self._tries: dict[str, tuple[int, int]] = {}
        self._waiting: dict[tuple[str, str], int] = {}
        self._asked_at: dict[tuple[str, str], int] = {}
        self._places = count()

    def order(self, order_id: str) -> Order | None:
        """The order as last written."""
        return self.written.get(order_id)

    def orders(self, order_ids: Collection[str]) -> Mapping[str, Order]:
        """The orders with these ids as last written, by id."""
        return {one: self.written[one] for one in order_ids if one in self.written}

    def save(
        self,
        order: Order,
        stock: Sequence[StockChange] = (),
        *,
        claims: Sequence[ClaimChange] = (),
        entries: Sequence[Entry] = (),
        numbers: Sequence[Number] = (),
    ) -> None:
        """Check everything, then write everything."""
        self._check_version(order)
        moved = self._moved(stock)
        used = self._counted(claims)
        new = {entry.key: entry for entry in entries if entry.key not in self.ledger}
        balances = self._balanced(new.values())
        taken = self._taken(numbers)
        self.written[order.id] = order
        self.counts |= moved
        self.used = used
        self.ledger |= new
        self.balances |= balances
        self._numbers |= taken
        self._list(order.id, listings(order))
        if order.paid_like and order.email:
            self._customers.add(customer_key(order.email))

    def uses(self, promotions: Collection[str], customer: str = "") -> Mapping[str, Uses]:
        """How often these promotions are used."""
        known = [one for one in promotions if (one, "") in self.used]
        return {one: Uses(self.used[one, ""], self.used[one, customer] if customer else 0) for one in known}

    def is_customer(self, customer: str) -> bool:
        """Whether an order of this customer was ever paid."""
        return customer in self._customers

    def balance(self, account: str) -> int | None:
        """What is left on an account."""
        return self.balances.get(account)

    def entries(self, account: str) -> Sequence[Entry]:
        """All that has changed an account, the oldest first."""
        return [entry for entry in self.ledger.values() if entry.account == account]

    def stock(self, skus: Collection[str]) -> Mapping[str, Stock]:
        """The stock of these SKUs."""
        return {sku: self.counts[sku] for sku in skus if sku in self.counts}

    def counted(self, cursor: str = "", limit: int = 1000) -> Page:
        """SKUs that have stock."""
        after = from_cursor(cursor, 1)[0] if cursor else ""
        found = sorted(sku for sku in self.counts if sku > after)
        return Page(tuple(found[:limit]), to_cursor(found[limit - 1]) if len(found) > limit else "")

    def declare_stock(self, counts: Mapping[str, int]) -> None:
        """Take over the counts that differ from the ones last declared."""
        for sku, number in counts.items():
            if self._declared.get(sku) != number:
                reserved = self.counts[sku].reserved if sku in self.counts else 0
                sold = self.counts[sku].sold if sku in self.counts else 0
                self.counts[sku] = Stock(max(number, reserved), reserved, sold)
                self._declared[sku] = number

    def set_stock(self, sku: str, on_hand: int) -> None:
        """So many pieces are on hand."""
        if sku not in self.counts or on_hand < self.counts[sku].reserved:
            raise OutOfStock(sku)
        self.counts[sku] = replace(self.counts[sku], on_hand=on_hand)

    def add_stock(self, sku: str, by: int) -> None:
        """So many pieces more on hand, or fewer."""
        moved = self._moved([StockChange(sku, by, 0)])
        self.counts[sku] = replace(moved[sku], sold=self.counts[sku].sold)

    def ask_for_stock(self, sku: str, email: str, now: int) -> None:
        """Note that somebody waits for a SKU."""
        self._waiting.setdefault((email, sku), next(self._places))
        self._asked_at.setdefault((email, sku), now)
        own = sorted((key for key in self._waiting if key[0] == email), key=self._waiting.__getitem__)
        for given_up in own[:-MOST_AWAITED]:
            del self._waiting[given_up], self._asked_at[given_up]

    def waiting_for_stock(self, sku: str, limit: int = 100) -> Sequence[str]:
        """Who waits for a SKU, the ones that have waited longest first."""
        found = sorted((key for key in self._waiting if key[1] == sku), key=self._waiting.__getitem__)
        return [email for email, _ in found[:limit]]

    def awaited(self, limit: int = 100) -> Sequence[str]:
        """SKUs that somebody waits for, the ones that have been waited for longest first."""
        found = sorted(self._waiting, key=self._waiting.__getitem__)
        return list(dict.fromkeys(sku for _, sku in found))[:limit]

    def forget_waiting(self, email: str, sku: str = "") -> None:
        """Note that an address waits no more."""
        for key in [key for key in self._waiting if key[0] == email and sku in {"", key[1]}]:
            del self._waiting[key], self._asked_at[key]

    def forget_waiting_since(self, moment: int) -> None:
        """Forget whoever asked before that moment."""
        for key in [key for key, asked in self._asked_at.items() if asked < moment]:
            del self._waiting[key], self._asked_at[key]

    def listed(
        self, name: str, *, until: str = "", newest_first: bool = False, cursor: str = "", limit: int = 100
    ) -> Page:
        """Ids in a list."""
        found = [place for place in self.lists.get(name, []) if not until or place[0] <= until]
        if newest_first:
            found.reverse()
        if cursor:
            edge = from_cursor(cursor, 2)
            found = [place for place in found if (place < edge if newest_first else place > edge)]
        more = to_cursor(*found[limit - 1]) if len(found) > limit else ""
        return Page(tuple(order_id for _, order_id in found[:limit]), more)

    def last_number(self, series: str) -> int:
        """The number that was taken last."""
        return self._numbers.get(series, 0)

    def notice(self, notice_id: str) -> Notice | None:
        """The notice as last written."""
        return self.notices.get(notice_id)

    def save_notice(self, notice: Notice) -> None:
        """Write the next version of a notice."""
        known = self.notices.get(notice.id)
        if notice.version != (known.version if known else 0) + 1:
            raise Conflict(f"Notice {notice.id} is not at version {notice.version - 1}.")
        self.notices[notice.id] = notice
        self._list(f"notice {notice.id}", frozenset({notice_listing(notice)}), notice.id)

    def forget_notice(self, notice_id: str) -> None:
        """Forget a notice."""
        self.notices.pop(notice_id, None)
        self._list(f"notice {notice_id}", frozenset(), notice_id)

    def hit(self, key: str, until: int, now: int) -> int:
        """Count one more try."""
        tries, ends = self._tries.get(key, (0, until))
        tries, ends = (tries, ends) if ends > now else (0, until)
        self._tries[key] = (tries + 1, ends)
        return tries + 1

    def silence(self, customer: str) -> None:
        """Note that a customer wants no other mails."""
        self._silenced.add(customer)

    def is_silenced(self, customer: str) -> bool:
        """Whether they said so."""
        return customer in self._silenced

    def forget_customer(self, customer: str) -> None:
        """Forget that this customer ever bought."""
        self._customers.discard(customer)
        for key in [key for key in self.used if key[1] == customer]:
            del self.used[key]

    def _check_version(self, order: Order) -> None:
        known = self.written.get(order.id)
        if order.version != (known.version if known else 0) + 1:
            raise Conflict(f"Order {order.id} is not at version {order.version - 1}.")
        if order.session and any(o.session == order.session and o.id != order.id for o in self.written.values()):
            raise Conflict(f"Order {order.id} or its payment session is already written.")

    def _moved(self, stock: Sequence[StockChange]) -> dict[str, Stock]:
        after: dict[str, Stock] = {}
        for change in stock:
            before = after.get(change.sku) or self.counts.get(change.sku)
            if before is None:
                raise OutOfStock(change.sku)
            moved = Stock(
                before.on_hand + change.on_hand, before.reserved + change.reserved, before.sold - change.on_hand
            )
            if not 0 <= moved.reserved <= moved.on_hand:
                raise OutOfStock(change.sku)
            after[change.sku] = moved
        return after

    def _counted(self, claims: Sequence[ClaimChange]) -> Counter[tuple[str, str]]:
        used = Counter(self.used)
        for change in claims:
            claim = change.claim
            limits = [("", claim.uses), *([(claim.customer, claim.uses_per_customer)] if claim.customer else [])]
            for customer, limit in limits:
                number = max(0, used[claim.promotion, customer] + change.by)
                if change.by > 0 and limit is not None and number > limit:
                    raise UsedUp(claim.promotion)
                used[claim.promotion, customer] = number
        return used

    def _balanced(self, entries: Collection[Entry]) -> dict[str, int]:
        after: dict[str, int] = {}
        for entry in entries:
            after[entry.account] = after.get(entry.account, self.balances.get(entry.account, 0)) + entry.amount
            if after[entry.account] < 0:
                raise NotEnough(entry.account)
        return after

    def _taken(self, numbers: Sequence[Number]) -> dict[str, int]:
        for number in numbers:
            if number.value != self.last_number(number.series) + 1:
                raise Conflict(f"{number.value} is not the next {number.series} number.")
        return {number.series: number.value for number in numbers}

    def _list(self, key: str, now: frozenset[Listing], name: str = "") -> None:
        had = self._listed.get(key, frozenset())
        for gone in had - now:
            self.lists[gone.list].remove((gone.key, name or key))
        for new in now - had:
            insort(self.lists.setdefault(new.list, []), (new.key, name or key))
        self._listed[key] = now
