"""Order facts: an order as plain values for other programs. Names, once published, stay.

Amounts are decimals in texts (`"12.50"`), times are UTC (`"2026-11-28T20:11:03Z"`) or null, days are ISO 8601 or null.
Nothing of it opens anything: no token, no code of a gift card, no payment page.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from functions.shop.carrier import tracking_url
from functions.shop.money import amount_text
from functions.shop.order import Order
from functions.shop.record import to_json
from functions.shop.reversal import refundable
from functions.shop.shipment import Pieces, counted, to_ship, unsent
from functions.shop.status import dispute_status, fulfilment_status, given_back, payment_status, return_status

Facts = dict[str, Any]
_TIMES = ("paid", "packed", "cancelled", "erased")
_DAYS = ("dispatch_by", "arrives_from", "arrives_to")


def order_facts(order: Order) -> Facts:
    """All that is known of an order but its secrets."""
    return {
        "number": order.id,
        **_standing(order),
        "placed_at": _utc(order.created_at),
        **{f"{name}_at": _utc(getattr(order, f"{name}_at")) for name in _TIMES},
        **{name: getattr(order, name) or None for name in _DAYS},
        "email": order.email,
        "address": to_json(order.address),
        "vat_id": order.vat_id,
        "notes": to_json(order.notes),
        **_sums(order),
        "lines": _lines(order),
        **_money_moved(order),
        "parcels": _parcels(order),
        "returns": _returns(order),
        "withdrawals": [{"name": one.name, "text": one.text, "at": _utc(one.at)} for one in order.withdrawals],
        "questions": [{"text": one.text, "at": _utc(one.at)} for one in order.questions],
        "mails": _mails(order),
    }


def order_brief(order: Order) -> Facts:
    """What a list says of an order."""
    name = order.address.name if order.address else ""
    facts = {"number": order.id, **_standing(order), "placed_at": _utc(order.created_at), "email": order.email}
    days = {each: getattr(order, each) or None for each in _DAYS}
    return {**facts, "name": name, **days, "currency": order.currency, "total": _amount(order.total, order)}


def _standing(order: Order) -> Facts:
    return {
        "state": order.state.value,
        "payment": payment_status(order).value,
        "fulfilment": fulfilment_status(order).value,
        "return": return_status(order).value,
        "dispute": dispute_status(order).value,
        "held": order.held,
        "invoice": order.invoice or None,
    }


def _sums(order: Order) -> Facts:
    sums = {
        "subtotal": order.subtotal,
        "discount": order.discount,
        "shipping": order.shipping.price if order.shipping else 0,
        "tax": order.tax,
        "total": order.total,
        "paid_by_balances": sum(one.amount for one in order.spent),
        "given_back": given_back(order),
        "refundable": refundable(order) if order.paid_like else 0,
    }
    way = order.shipping.name if order.shipping else ""
    return {"currency": order.currency, **{name: _amount(sums[name], order) for name in sums}, "shipping_name": way}


def _lines(order: Order) -> list[Facts]:
    left, out = counted(to_ship(order)), unsent(order)
    return [
        {
            "sku": line.sku,
            "name": line.name,
            "quantity": line.quantity,
            "to_ship": left[at],
            "not_sent": out[at],
            "unit_price": _amount(line.unit_price, order),
            "discount": _amount(line.discount, order),
            "total": _amount(line.cost, order),
            "gift": line.gift,
        }
        for at, line in enumerate(order.lines)
    ]


def _money_moved(order: Order) -> Facts:
    """Payments, balances, refunds and disputes. A refund that is written down and not yet made is `intended`."""
    return {
        "payments": [
            {"id": one.id, "amount": _amount(one.amount, order), "at": _utc(one.at)} for one in order.payments
        ],
        "balances": [
            {"label": one.label, "amount": _amount(one.amount, order), "given_back": _amount(one.returned, order)}
            for one in order.spent
        ],
        "refunds": [
            {
                "id": one.stripe_id or None,
                "amount": _amount(one.amount, order),
                "reason": one.reason,
                "status": one.status or "intended",
                "at": _utc(one.at),
            }
            for one in order.refunds
        ],
        "disputes": [
            {"id": one.id, "amount": _amount(one.amount, order), "status": one.status, "reason": one.reason}
            for one in order.disputes
        ],
    }


def _parcels(order: Order) -> list[Facts]:
    return [
        {
            "id": one.id,
            "items": _items(order, one.items),
            "carrier": one.carrier,
            "tracking": one.tracking,
            "tracking_url": tracking_url(one.carrier, one.tracking),
            "shipped_at": _utc(one.shipped_at),
            "delivered_at": _utc(one.delivered_at),
            "corrections": [
                {"carrier": said.carrier, "tracking": said.tracking, "at": _utc(said.at)} for said in one.corrections
            ],
        }
        for one in order.shipments
    ]


def _returns(order: Order) -> list[Facts]:
    return [
        {
            "id": one.id,
            "state": one.state.value,
            "items": _items(order, one.items),
            "reason": one.reason,
            "answer": one.answer,
            "amount": _amount(one.amount, order),
            "asked_at": _utc(one.asked_at),
            "received_at": _utc(one.received_at),
        }
        for one in order.returns
    ]


def _mails(order: Order) -> list[Facts]:
    return [
        {
            "name": one.name,
            "to": one.to,
            "due_at": _utc(one.due_at),
            "sent_at": _utc(one.sent_at),
            "attempts": one.attempts,
            "fate": one.fate.value if one.fate else None,
        }
        for one in order.messages
    ]


def _items(order: Order, items: Iterable[Pieces]) -> list[Facts]:
    return [{"sku": order.lines[item.line].sku, "quantity": item.quantity} for item in items]


def _amount(minor: int, order: Order) -> str:
    return amount_text(minor, order.currency)


def _utc(moment: int) -> str | None:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None
