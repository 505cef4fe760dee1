"""Trouble: refunds made elsewhere, disputes and fraud warnings, as Stripe tells them."""

from dataclasses import replace

from functions.shop.decision import Decision
from functions.shop.facts import PaymentFacts
from functions.shop.message import Alarm, Kind
from functions.shop.order import Order, owing, stopped
from functions.shop.payment import Dispute, FraudWarning
from functions.shop.refunds import adopted
from functions.shop.reversal import points_reversed
from functions.shop.state import LEAVING


def learn(order: Order, facts: PaymentFacts, now: int, *, points_left: int = 0) -> Decision:
    """What Stripe says has happened to a payment since it came in. What is new stops an order that has not left yet.

    `points_left` is the balance from which points go that were earned by money that went back.
    """
    after = adopted(order, facts.refunds, now)
    for dispute in facts.disputes:
        after = _disputed(after, dispute, now)
    for warning in facts.warnings:
        after = _warned(after, warning, now)
    return points_reversed(after, points_left, now) if after != order else Decision(order)


def _disputed(order: Order, dispute: Dispute, now: int) -> Order:
    known = next((one for one in order.disputes if one.id == dispute.id), None)
    if known == dispute:
        return order
    others = tuple(one for one in order.disputes if one.id != dispute.id)
    order = replace(order, disputes=(*others, dispute))
    told = owing(order, Kind.OWNER, now, about=f"{Alarm.DISPUTE}:{dispute.id}:{dispute.status}")
    return told if known else _stopped(told, "The buyer's bank disputes the payment. Answer it at Stripe first.")


def _warned(order: Order, warning: FraudWarning, now: int) -> Order:
    if any(one.id == warning.id for one in order.warnings):
        return order
    order = replace(order, warnings=(*order.warnings, warning))
    told = owing(order, Kind.OWNER, now, about=f"{Alarm.FRAUD_WARNING}:{warning.id}")
    return _stopped(told, "The card's issuer takes the payment for fraud. Giving it back avoids a dispute.")


def _stopped(order: Order, why: str) -> Order:
    """The order held, unless all of it has left."""
    return stopped(order, why) if order.state in LEAVING else order
