"""Audit: do the books agree? It reports what does not, and never changes a number.

A shop sells while it is audited, and orders and figures are read one after the other. So whatever does not agree is
looked at once more, with what it is about read anew, before it is reported.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from functions.ports import Payments, Stock, Store, Uses
from functions.service.finding import orders_in
from functions.service.settlement import known
from functions.shop.decision import gone, held
from functions.shop.errors import PaymentRefused
from functions.shop.listing import List
from functions.shop.order import Order
from functions.shop.state import State

GIVEN_BACK = frozenset({State.EXPIRED, State.CANCELLED, State.UNFULFILLABLE})
"""States in which nothing is kept of the uses that an order claimed."""
LOOKS = 4  # at something that moves all the while; then it is left to the next audit
Figure = tuple[str, str]
"""What a figure is: the rule that says what it must be, and the SKU or promotion that it is of."""
_UNEQUAL = {
    "R10": "{stored} went from the stock, orders have {sum}",
    "R11": "{stored} are reserved, open orders keep {sum}",
    "R13": "{stored} uses are counted, {sum} orders use it",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not agree: the rule of docs/rules.md, what it is about, and both numbers in a sentence."""

    rule: str
    about: str
    text: str


@dataclass(slots=True)
class _Books:
    """What all orders together say that the store must hold."""

    sums: Counter[Figure] = field(default_factory=Counter)
    accounts: set[str] = field(default_factory=set)

    def enter(self, order: Order) -> None:
        """Add what an order says."""
        if order.open:
            self.sums.update({("R11", sku): pieces for sku, pieces in held(order).items()})
        self.sums.update({("R10", sku): pieces for sku, pieces in gone(order).items()})
        if order.state not in GIVEN_BACK:
            self.sums.update(("R13", claim.promotion) for claim in order.claims)
        self.accounts.update(one.account for one in order.spent)
        self.accounts.update(card.account for card in order.cards)
        if order.earned and order.earned.account:
            self.accounts.add(order.earned.account)


def audit(
    *, store: Store, payments: Payments | None = None, in_time: Callable[[], object] = lambda: None
) -> Iterator[Finding]:
    """Everything that does not agree, order by order, then stock, uses and balances; with Stripe's side where
    `payments` are given (one request for each order that was paid).

    `in_time` is called before each order and each balance; it may raise, to end it there.
    """
    books = _Books()
    for order in _orders(store, in_time):
        yield from _in_order(order, store, payments)
        books.enter(order)
    figures = {*books.sums, *((rule, sku) for sku in _counted(store) for rule in ("R10", "R11"))}
    stored = _stored(figures, store)
    yield from _unequal({one for one in figures if stored[one] != books.sums[one]}, store, in_time)
    for account in sorted(books.accounts):
        in_time()
        yield from _of_balance(account, store)


def _orders(store: Store, in_time: Callable[[], object]) -> Iterator[Order]:
    for order in orders_in(List.ALL, store):
        in_time()
        yield order


def _in_order(order: Order, store: Store, payments: Payments | None) -> Iterator[Finding]:
    """What an order has twice: as it was read, and as it is now."""
    if found := {one.rule for one in _of(order, payments)}:
        yield from (one for one in _of(known(order.id, store), payments) if one.rule in found)


def _of(order: Order, payments: Payments | None) -> Iterator[Finding]:
    yield from _of_order(order)
    if payments:
        yield from _of_stripe(order, payments)


def _of_order(order: Order) -> Iterator[Finding]:
    """R4 and R7, from the order alone."""
    lines = sum(line.subtotal for line in order.lines)
    if lines != order.subtotal:
        yield Finding("R4", order.id, f"its lines come to {lines}, its subtotal is {order.subtotal}")
    came = order.payments[0].amount if order.payments else order.due
    if came != order.due and not order.held:
        yield Finding("R4", order.id, f"{came} was paid, {order.due} was due, and it is not held")
    for payment in order.payments:
        back = sum(one.amount for one in order.refunds if one.payment == payment.id and one.counts)
        if back > payment.amount:
            yield Finding("R7", order.id, f"{back} went back of a payment of {payment.amount}")


def _of_stripe(order: Order, payments: Payments) -> Iterator[Finding]:
    """R4 and R8: the session and the refunds as Stripe has them."""
    for payment in order.payments:
        try:
            session, history = payments.session(payment.session), payments.payment(payment.id)
        except PaymentRefused as error:
            yield Finding("R2", order.id, f"Stripe does not know its payment: {error}")
            continue
        if (session.amount, session.currency) != (payment.amount, payment.currency):
            yield Finding("R4", order.id, f"Stripe has {session.amount} {session.currency}, we have {payment.amount}")
        theirs = sum(one.amount for one in history.refunds if one.status not in {"failed", "canceled"})
        ours = sum(one.amount for one in order.refunds if one.payment == payment.id and one.made and one.counts)
        if theirs != ours:
            yield Finding("R8", order.id, f"Stripe has refunds of {theirs}, we have {ours}")


def _unequal(figures: set[Figure], store: Store, in_time: Callable[[], object]) -> Iterator[Finding]:
    """R10, R11 and R13: of all that was ever counted, open orders keep what is reserved, others have what is gone; and
    what orders claim is what is counted. What moves while the orders are read is looked at again.
    """
    for _ in range(LOOKS):
        if not figures:
            return
        before, books = _stored(figures, store), _Books()
        for order in _orders(store, in_time):
            books.enter(order)
        stored = _stored(figures, store)
        still = {one for one in figures if before[one] == stored[one]}
        for rule, about in sorted(one for one in still if stored[one] != books.sums[one]):
            numbers = {"stored": stored[rule, about], "sum": books.sums[rule, about]}
            yield Finding(rule, about, _UNEQUAL[rule].format(**numbers))
        figures -= still


def _stored(figures: Collection[Figure], store: Store) -> Mapping[Figure, int]:
    """What the store has of these figures; nothing where it was never counted."""
    stock: dict[str, Stock] = {}
    for skus in _batches(sorted({about for rule, about in figures if rule != "R13"})):
        stock.update(store.stock(skus))
    uses = store.uses(sorted(about for rule, about in figures if rule == "R13"))
    none = Stock(0, 0)
    kinds: Mapping[str, Callable[[str], int]] = {
        "R10": lambda sku: stock.get(sku, none).sold,
        "R11": lambda sku: stock.get(sku, none).reserved,
        "R13": lambda promotion: uses.get(promotion, Uses()).all,
    }
    return {(rule, about): kinds[rule](about) for rule, about in figures}


def _of_balance(account: str, store: Store) -> Iterator[Finding]:
    """R14: a balance is the sum of its entries, and not below nothing."""
    for _ in range(LOOKS):
        before = store.balance(account) or 0
        total = sum(entry.amount for entry in store.entries(account))
        balance = store.balance(account) or 0
        if before != balance:
            continue  # it was spent or filled meanwhile
        if balance != total or balance < 0:
            yield Finding("R14", account, f"the balance is {balance}, its entries come to {total}")
        return


def _counted(store: Store) -> Iterator[str]:
    cursor = ""
    while True:
        page = store.counted(cursor)
        yield from page.ids
        cursor = page.cursor
        if not cursor:
            return


def _batches(skus: Sequence[str], size: int = 100) -> Iterator[Sequence[str]]:
    return (skus[at : at + size] for at in range(0, len(skus), size))
