"""Placing: a quote becomes an order, before Stripe hears of it."""

from dataclasses import replace

from functions.shop import ledger
from functions.shop.decision import Decision, claims_moved, stock_moved
from functions.shop.discount import Claim
from functions.shop.ledger import Card, Earning, Spending
from functions.shop.note import NO_NOTES, Notes
from functions.shop.order import Order
from functions.shop.quote import Quote
from functions.shop.state import State

HOLD = (
    35 * 60
)  # seconds for which a payment page stays open and stock stays reserved; Stripe allows no less than 30 min


def place(
    order_id: str,
    quote: Quote,
    release: str,
    now: int,
    *,
    spent: tuple[Spending, ...] = (),
    cards: tuple[Card, ...] = (),
    points: int = 0,
    claims: tuple[Claim, ...] = (),
    email: str = "",
    notes: Notes = NO_NOTES,
    from_place: str = "",
) -> Decision:
    """A new order for a quote, with its stock, uses and balances reserved. Nothing has been said to Stripe yet.

    `points` is what it will earn.
    """
    promise = quote.shipping.promise if quote.shipping else None
    order = Order(
        id=order_id,
        state=State.PENDING,
        version=1,
        release=release,
        digest=quote.digest,
        created_at=now,
        expires_at=now + HOLD,
        currency=quote.currency,
        country=quote.country,
        postcode=quote.destination.postcode,
        region=quote.destination.region,
        lines=quote.lines,
        subtotal=quote.subtotal,
        shipping=replace(quote.shipping, promise=None, least=_least(quote)) if quote.shipping else None,
        tax=quote.tax,
        total=quote.total,
        taxes=quote.taxes,
        vat_id=quote.vat_id,
        discounts=quote.discounts,
        spent=spent,
        cards=cards,
        earned=Earning(points) if points else None,
        claims=claims,
        email=email,
        notes=notes.fitting(sent=bool(quote.country), fetched=bool(quote.shipping and quote.shipping.pickup)),
        reach=quote.reach,
        dispatch_by=promise.dispatch_by if promise else "",
        arrives_from=promise.arrives_from if promise else "",
        arrives_to=promise.arrives_to if promise else "",
        from_place=from_place,
    )
    taken = ledger.spent(order_id, spent, now)
    return Decision(order, stock_moved(order, on_hand=0, reserved=1), claims_moved(order, 1), taken)


def _least(quote: Quote) -> int | None:
    """What the cheapest way to have it sent costs; None where all that is offered is to collect it."""
    return min((choice.price for choice in quote.choices if not choice.pickup), default=None)
