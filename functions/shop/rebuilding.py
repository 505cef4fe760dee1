"""Rebuilding: an order that was paid and is missing here, made again from what Stripe knows of it (R1)."""

from dataclasses import replace

from functions.shop.discount import Discount
from functions.shop.facts import Bill, SessionFacts, Sold
from functions.shop.line import LineItem
from functions.shop.message import Kind
from functions.shop.money import split, step
from functions.shop.order import Order, owing
from functions.shop.payment import Payment
from functions.shop.shipping import ShippingChoice
from functions.shop.state import State
from functions.shop.working_days import Days

WHY = (
    "This order was missing here and has been rebuilt from what Stripe knows. Compare it with its confirmation mail, "
    "and count what it holds: its stock has not been taken."
)


def rebuilt(facts: SessionFacts, bill: Bill, now: int) -> Order:
    """The order behind a session that was paid, held until its owner has looked at it.

    What Stripe does not know is lost: options, taxes rate by rate, promotions by name, balances, what was promised. So
    no stock, no points and no gift cards follow from it.
    """
    goods = tuple(_line(sold) for sold in bill.lines)
    subtotal = sum(line.total for line in goods)
    off = max(0, subtotal + bill.shipping_price - facts.amount)
    amounts = split(off, [line.total for line in goods], step(facts.currency))
    lines = tuple(replace(line, discount=amount) for line, amount in zip(goods, amounts, strict=True))
    order = Order(
        id=facts.order,
        state=State.PAID,
        version=1,
        release="",
        digest=bill.digest,
        created_at=bill.at,
        expires_at=bill.at,
        currency=facts.currency,
        country=facts.address.country if facts.address else "",
        lines=lines,
        subtotal=subtotal,
        shipping=ShippingChoice("rebuilt", bill.shipping, bill.shipping_price, Days(0, 0)) if bill.shipping else None,
        tax=0,
        total=facts.amount,
        session=facts.session,
        email=facts.email,
        address=facts.address,
        paid_at=now,
        held=WHY,
        payments=(Payment(facts.payment or facts.session, facts.session, facts.amount, facts.currency, now),),
        discounts=(Discount("rebuilt", "Discount", "", off, amounts),) if off else (),
    )
    return owing(order, Kind.HELD, now)


def _line(sold: Sold) -> LineItem:
    total = sold.quantity * sold.unit_price
    return LineItem(sold.sku, sold.title, "", sold.quantity, sold.unit_price, total, "/", tracked=False)
