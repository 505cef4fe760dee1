"""Refunds: money that goes back, from the intent to Stripe's word that it went (R7, R8)."""

from dataclasses import replace
from itertools import chain

from functions.shop.facts import RefundFacts
from functions.shop.message import Alarm, Kind
from functions.shop.order import Order, owing
from functions.shop.payment import FAILED, Payment, Refund


def intended_refunds(order: Order) -> tuple[Refund, ...]:
    """The refunds that are written down but not yet made."""
    return tuple(refund for refund in order.refunds if not refund.made)


def intending(
    order: Order, payment: Payment, amount: int, reason: str, now: int, *, act: str, told: bool = False
) -> Order:
    """The order with the intent to give so much of a payment back; `act` names it. Of nothing nothing goes back."""
    if not amount:
        return order
    refund = Refund(f"{order.id}:{act}", payment.id, amount, reason, now, told=told)
    return replace(order, refunds=(*order.refunds, refund))


def refunded(order: Order, key: str, facts: RefundFacts, now: int) -> Order:
    """The order once Stripe has made the refund that was intended under `key`, which its customer is told."""
    intended = next((one for one in order.refunds if one.key == key), None)
    if intended is None:
        return order
    made = replace(intended, stripe_id=facts.id, status=_latest(intended, facts))
    order = replace(order, refunds=tuple(made if one.key == key else one for one in order.refunds))
    return order if made.told else owing(order, Kind.REFUNDED, now, about=key)


def refund_failing(order: Order, key: str, now: int) -> Order:
    """The order when Stripe refuses an intended refund. It stays intended; the owner is told, once."""
    return owing(order, Kind.OWNER, now, about=_refusal(key))


def _refusal(key: str) -> str:
    """What the owner's mail is about when Stripe refuses the refund with a key."""
    return f"{Alarm.REFUND_REFUSED}:{key}"


def adopted(order: Order, facts: tuple[RefundFacts, ...], now: int) -> Order:
    """The order's refunds as Stripe has them: those made in its dashboard too, and those that failed since (R8)."""
    for one in facts:
        order = _adopted(order, one, now)
    return _bounded(order)


def _adopted(order: Order, facts: RefundFacts, now: int) -> Order:
    known = _known(order, facts)
    if known is None:
        return _by_hand(order, facts, now)
    if not known.made:
        return refunded(order, known.key, facts, now)
    changed = replace(known, status=_latest(known, facts))
    if changed == known:
        return order
    order = replace(order, refunds=tuple(changed if one.key == known.key else one for one in order.refunds))
    return order if changed.counts else owing(order, Kind.OWNER, now, about=f"{Alarm.REFUND_FAILED}:{known.key}")


def _latest(known: Refund, facts: RefundFacts) -> str:
    """The later one of two statuses. A refund is on its way, has arrived, and may then be sent back by a bank; what was
    read at Stripe before that, and is written after it, is no news (R18): https://docs.stripe.com/refunds#failed-refunds.
    """
    return max(facts.status, known.status, key=lambda status: 2 if status in FAILED else status == "succeeded")


def _known(order: Order, facts: RefundFacts) -> Refund | None:
    """The refund that these facts are about: the one with that id, or else with that key, or else one that is intended
    and that somebody has made by hand.
    """
    intended = [one for one in order.refunds if not one.made]
    by_id = (one for one in order.refunds if one.made and one.stripe_id == facts.id)
    by_key = (one for one in intended if one.key == facts.key)
    same = (facts.payment, facts.amount)
    by_hand = (one for one in intended if not facts.key and (one.payment, one.amount) == same)
    return next(chain(by_id, by_key, by_hand), None)


def _by_hand(order: Order, facts: RefundFacts, now: int) -> Order:
    key = f"{order.id}:{facts.id}"
    refund = Refund(key, facts.payment, facts.amount, "Made at Stripe.", facts.at, facts.id, facts.status)
    order = replace(order, refunds=(*order.refunds, refund))
    return owing(order, Kind.REFUNDED, now, about=key) if refund.counts else order


def _bounded(order: Order) -> Order:
    """What is still intended cannot be more than is left of its payment (R7). When that is nothing it is intended no
    more, and the owner need not hear that it was refused.
    """
    left = {payment.id: payment.amount for payment in order.payments}
    for refund in order.refunds:
        if refund.made and refund.counts:
            left[refund.payment] = left.get(refund.payment, 0) - refund.amount
    kept = []
    for refund in order.refunds:
        if not refund.made:
            amount = max(0, min(refund.amount, left.get(refund.payment, 0)))
            left[refund.payment] = left.get(refund.payment, 0) - amount
            refund = replace(refund, amount=amount)  # noqa: PLW2901
        if refund.amount:
            kept.append(refund)
    if kept == [*order.refunds]:
        return order
    moot = {_refusal(refund.key) for refund in order.refunds} - {_refusal(refund.key) for refund in kept}
    messages = tuple(one for one in order.messages if one.sent_at or one.about not in moot)
    return replace(order, refunds=tuple(kept), messages=messages)
