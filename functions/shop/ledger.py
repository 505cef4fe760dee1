"""The ledger of gift cards and points: entries that are only ever added, and what orders spend, sell and earn by them.

A balance is the sum of its entries. Amounts are minor units of the account's currency. Every entry has a key of its
own, made of the order and what is done, so that whatever is done twice is written once (R14).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from functions.shop.code import BalanceKind, Codes, account_of, label
from functions.shop.line import LineItem
from functions.shop.money import minimum_charge

MOST_SPENT = 4  # balances in one order
MOST_CARDS = 10  # gift cards in one order: a store must be able to write them all in one transaction


class EntryKind(StrEnum):
    """Why a balance changes: gift cards are sold or made void, points are earned, both are spent and come back."""

    SOLD = "sold"
    VOIDED = "voided"
    EARNED = "earned"
    SPENT = "spent"
    GIVEN_BACK = "given_back"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True)
class Entry:
    """One change of one balance: `amount` is above 0 when it grows. `at` is in Unix seconds."""

    key: str
    account: str
    amount: int
    kind: EntryKind
    order: str
    at: int


@dataclass(frozen=True, slots=True)
class Balance:
    """What a code is worth now; `label` is what may be shown of the code."""

    account: str
    kind: BalanceKind
    amount: int
    label: str


@dataclass(frozen=True, slots=True)
class Spending:
    """What an order takes from one balance, and how much of that has come back by refunds."""

    account: str
    kind: BalanceKind
    amount: int
    label: str
    returned: int = 0

    @property
    def left(self) -> int:
        """What can still come back."""
        return self.amount - self.returned


@dataclass(frozen=True, slots=True)
class Credit:
    """Money (minor units) that went back to a balance. Its `key` names the act, and is that of the refund by which the
    payment got its part of the same money, if it got any.
    """

    key: str
    label: str
    amount: int
    at: int


@dataclass(frozen=True, slots=True)
class Card:
    """A gift card that an order buys; `void` once the order was cancelled."""

    account: str
    amount: int
    label: str
    void: bool = False


@dataclass(frozen=True, slots=True)
class Earning:
    """The points that an order earns. The account is known once it is known who pays.

    Of what refunds undid, `reversed` came off the balance; `missing` had been spent before and stays with the customer.
    """

    amount: int
    account: str = ""
    reversed: int = 0
    missing: int = 0


def spendable(balance: int, total: int, currency: str) -> int:
    """How much of a balance a total can take, so that the rest is nothing or not too little to be charged (R6)."""
    amount, least = min(balance, total), minimum_charge(currency)
    if amount == total or total - amount >= least:
        return amount
    return max(0, total - least)


def spendings(balances: Sequence[Balance], total: int, currency: str, *, cards: int = 0) -> tuple[Spending, ...]:
    """What each balance pays of a total, the first one first; those that pay nothing are left out.

    `cards` is what the gift cards in the cart cost, for which no balance pays.
    """
    left = spendable(min(sum(balance.amount for balance in balances), total - cards), total, currency)
    found = []
    for balance in balances:
        if amount := min(balance.amount, left):
            found.append(Spending(balance.account, balance.kind, amount, balance.label))
            left -= amount
    return tuple(found)


def cards_in(lines: Iterable[LineItem], order_id: str, currency: str, codes: Codes) -> tuple[Card, ...]:
    """The gift cards that an order with these lines buys, one for each piece, each worth what it costs."""
    prices = [line.unit_price for line in lines if line.gift_card for _ in range(line.quantity)]
    made = [(codes.gift_card(order_id, number), price) for number, price in enumerate(prices)]
    return tuple(Card(account_of(code, currency), price, label(code)) for code, price in made)


def sold(order_id: str, cards: Iterable[Card], at: int) -> tuple[Entry, ...]:
    """The entries by which gift cards get their balance."""
    return tuple(
        Entry(f"{order_id}:card:{number}", card.account, card.amount, EntryKind.SOLD, order_id, at)
        for number, card in enumerate(cards)
    )


def voided(order_id: str, cards: Iterable[Card], at: int) -> tuple[Entry, ...]:
    """The entries by which gift cards lose what they were sold with."""
    return tuple(
        Entry(f"{order_id}:void:{number}", card.account, -card.amount, EntryKind.VOIDED, order_id, at)
        for number, card in enumerate(cards)
    )


def earned(order_id: str, earning: Earning | None, at: int) -> tuple[Entry, ...]:
    """The entry by which an order's points are earned; none when there are none, or nobody to have them."""
    if not earning or not earning.account:
        return ()
    return (Entry(f"{order_id}:points", earning.account, earning.amount, EntryKind.EARNED, order_id, at),)


def spent(order_id: str, by: Iterable[Spending], at: int, act: str = "spend") -> tuple[Entry, ...]:
    """The entries by which an order takes what it spends. `act` tells one such time from another."""
    return tuple(
        Entry(f"{order_id}:{act}:{number}", one.account, -one.amount, EntryKind.SPENT, order_id, at)
        for number, one in enumerate(by)
    )


def given_back(
    order_id: str, by: Sequence[Spending], amounts: Sequence[int], at: int, act: str = "end"
) -> tuple[Entry, ...]:
    """The entries by which so much of each spending goes back where it came from; what is nothing is left out."""
    return tuple(
        Entry(f"{order_id}:{act}:{number}", one.account, amount, EntryKind.GIVEN_BACK, order_id, at)
        for number, (one, amount) in enumerate(zip(by, amounts, strict=True))
        if amount
    )


def taken_back(order_id: str, earning: Earning | None, amount: int, at: int, act: str) -> tuple[Entry, ...]:
    """The entry by which earned points go again; none when it is about nothing."""
    if not earning or not amount:
        return ()
    return (Entry(f"{order_id}:{act}:points", earning.account, -amount, EntryKind.TAKEN_BACK, order_id, at),)
