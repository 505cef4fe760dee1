"""Audit: do the books agree? It reports what does not, and never changes a number."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from functions.ports import Payments, Stock, Store
from functions.service.finding import orders_in
from functions.shop.decision import gone, held
from functions.shop.errors import PaymentRefused
from functions.shop.listing import List
from functions.shop.order import Order
from functions.shop.state import State

GIVEN_BACK = frozenset({State.EXPIRED, State.CANCELLED, State.UNFULFILLABLE})
"""States in which nothing is kept of the uses that an order claimed."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not agree: the rule of docs/rules.md, what it is about, and both numbers in a sentence."""

    rule: str
    about: str
    text: str


@dataclass(slots=True)
class _Books:
    """What all orders together say that the store must hold."""

    reserved: Counter[str] = field(default_factory=Counter)
    sold: Counter[str] = field(default_factory=Counter)
    uses: Counter[str] = field(default_factory=Counter)
    accounts: set[str] = field(default_factory=set)


def audit(*, store: Store, payments: Payments | None = None) -> Iterator[Finding]:
    """Everything that does not agree, order by order, then stock, uses and balances; with Stripe's side where
    `payments` are given (one request for each order that was paid).
    """
    books = _Books()
    for order in orders_in(List.ALL, store):
        yield from _of_order(order)
        if payments and order.payments:
            yield from _of_stripe(order, payments)
        _enter(order, books)
    yield from _of_stock(books, store)
    yield from _of_uses(books, store)
    yield from _of_balances(books, store)


def _enter(order: Order, books: _Books) -> None:
    if order.open:
        books.reserved.update(held(order))
    books.sold.update(gone(order))
    if order.state not in GIVEN_BACK:
        books.uses.update(claim.promotion for claim in order.claims)
    books.accounts.update(one.account for one in order.spent)
    books.accounts.update(card.account for card in order.cards)
    if order.earned and order.earned.account:
        books.accounts.add(order.earned.account)


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


def _of_stock(books: _Books, store: Store) -> Iterator[Finding]:
    """R10 and R11: of all that was ever counted, open orders keep what is reserved, others have what is gone."""
    for skus in _batches(sorted({*_counted(store), *books.reserved, *books.sold})):
        found = store.stock(skus)
        for sku in skus:
            stock = found.get(sku, Stock(0, 0))
            if stock.reserved != books.reserved[sku]:
                yield Finding("R11", sku, f"{stock.reserved} are reserved, open orders keep {books.reserved[sku]}")
            if stock.sold != books.sold[sku]:
                yield Finding("R10", sku, f"{stock.sold} went from the stock, orders have {books.sold[sku]}")


def _of_uses(books: _Books, store: Store) -> Iterator[Finding]:
    """R13: what orders claim is what is counted."""
    counted = store.uses(sorted(books.uses))
    for promotion, orders in sorted(books.uses.items()):
        used = counted[promotion].all if promotion in counted else 0
        if used != orders:
            yield Finding("R13", promotion, f"{used} uses are counted, {orders} orders use it")


def _of_balances(books: _Books, store: Store) -> Iterator[Finding]:
    """R14: a balance is the sum of its entries, and not below nothing."""
    for account in sorted(books.accounts):
        balance = store.balance(account) or 0
        total = sum(entry.amount for entry in store.entries(account))
        if balance != total or balance < 0:
            yield Finding("R14", account, f"the balance is {balance}, its entries come to {total}")


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
