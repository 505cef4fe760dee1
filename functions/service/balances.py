"""Balances: what the codes of gift cards and points that a shopper typed are worth, now."""

from collections.abc import Collection

from functions.ports import Store
from functions.shop.code import account_of, kind_of, label, parse_code
from functions.shop.coupon import CodeProblem
from functions.shop.errors import InvalidCode
from functions.shop.ledger import MOST_SPENT, Balance
from functions.shop.sentence import Sentence, msgid

_UNKNOWN = msgid("There is no balance behind {label}. Please compare the code with your mail.")
_EMPTY = msgid("{label} is used up. Please remove it.")
_TOO_MANY = msgid("An order takes {most} such codes at most. Please use {label} for your next one.")


def balance_of(code: str, *, store: Store, currency: str) -> Balance:
    """What is behind a code as it was typed. Raises InvalidCode, which says whether it holds a slip, is unknown or
    used up.
    """
    written = parse_code(code)
    account = account_of(written, currency)
    amount, shown = store.balance(account), label(written)
    if amount is None:
        raise InvalidCode(Sentence(_UNKNOWN, label=shown))
    if amount == 0:
        raise InvalidCode(Sentence(_EMPTY, label=shown))
    return Balance(account, kind_of(written), amount, shown)


def balances(
    codes: Collection[str], *, store: Store, currency: str
) -> tuple[tuple[Balance, ...], tuple[CodeProblem, ...]]:
    """What is behind several codes, each once and in their order, and what is wrong with the others."""
    found: dict[str, Balance] = {}
    problems = []
    for code in codes:
        try:
            balance = balance_of(code, store=store, currency=currency)
        except InvalidCode as error:
            problems.append(CodeProblem(code, error.sentence))
            continue
        if len(found) < MOST_SPENT or balance.account in found:
            found[balance.account] = balance
        else:
            problems.append(CodeProblem(code, Sentence(_TOO_MANY, most=MOST_SPENT, label=balance.label)))
    return tuple(found.values()), tuple(problems)
