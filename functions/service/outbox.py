"""Outbox: sending the messages that wait inside an order.

A message is leased, sent, and then marked, each by a conditional write: two processes never send the same one, and a
crash between sending and marking costs one extra copy at most (R20 to R22).
"""

from collections.abc import Callable
from dataclasses import replace

from functions.ports import Clock, Letter, Mail, Store
from functions.service.settlement import known, save
from functions.shop.decision import Decision
from functions.shop.errors import Conflict, MailFailed
from functions.shop.message import Kind, Message, delayed, is_due, leased, sent
from functions.shop.order import Order

WriteLetter = Callable[[Order, Message], Letter]
ATTEMPTS = 8


def deliver(order_id: str, *, store: Store, mail: Mail, clock: Clock, write: WriteLetter) -> None:
    """Send what is due for one order. What fails stays in the outbox, due again later."""
    for kind in Kind:
        order = known(order_id, store)
        message = next((m for m in order.messages if m.kind is kind and is_due(m, clock())), None)
        if message and _lease(order, message, store, clock):
            _send(order, message, store, mail, clock, write)


def _lease(order: Order, message: Message, store: Store, clock: Clock) -> bool:
    """Take the message for ourselves; False when somebody else did."""
    try:
        save(Decision(_with(order, leased(message, clock()))), store)
    except Conflict:
        return False
    return True


def _send(order: Order, message: Message, store: Store, mail: Mail, clock: Clock, write: WriteLetter) -> None:
    try:
        mail.send(write(order, message))
    except MailFailed:
        _mark(order.id, message.kind, lambda m: delayed(m, clock()), store)
    else:
        _mark(order.id, message.kind, lambda m: sent(m, clock()), store)


def _mark(order_id: str, kind: Kind, change: Callable[[Message], Message], store: Store) -> None:
    """Note how it went, on top of whatever was written to the order meanwhile."""
    for _ in range(ATTEMPTS):
        order = known(order_id, store)
        message = next(m for m in order.messages if m.kind is kind)
        try:
            save(Decision(_with(order, change(message))), store)
        except Conflict:
            continue
        return


def _with(order: Order, message: Message) -> Order:
    return replace(order, messages=tuple(message if m.kind is message.kind else m for m in order.messages))
