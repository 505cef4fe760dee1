"""Matter: what of an order, or of what a notice says, a mail is about, as its templates need it."""

from typing import Any

from functions.shop.cancelling import Outcome, outcome
from functions.shop.carrier import tracking_url
from functions.shop.message import Kind, Message
from functions.shop.notice import Notice
from functions.shop.order import Order
from functions.shop.payment import Refund
from functions.shop.returns import Withdrawal
from functions.shop.reversal import amount_to_balances
from functions.shop.shipment import Shipment, to_ship

_RETURNS = {Kind.RETURN_ASKED, Kind.RETURN_APPROVED, Kind.RETURN_REJECTED, Kind.RETURN_RECEIVED}


def matter_of(order: Order, message: Message) -> dict[str, Any]:
    """The parcel, return, refund, withdrawal or remark that a mail is about. Raises LookupError when it is gone."""
    if message.kind in {Kind.SHIPPED, Kind.TRACKING, Kind.DELIVERED}:
        return _parcel(order, _named(order.shipments, message.about.partition(":")[0]))
    if message.kind in _RETURNS:
        back = _named(order.returns, message.about)
        return {"back": back, "pieces": back.items}
    if message.kind is Kind.WITHDRAWAL:
        said = _named(order.withdrawals, message.about)
        return {"withdrawal": said, "number": order.id, "next": outcome(order, said).value}
    if message.kind is Kind.REFUNDED:
        return _money_back(order, message.about)
    if message.kind is Kind.LATE:
        return {"remark": order.remarks[int(message.about)]}
    return {}


def _money_back(order: Order, about: str) -> dict[str, Any]:
    """What went back, by the payment and to gift cards and points (minor units)."""
    alone = amount_to_balances(about)
    if alone is not None:
        return {"by_payment": 0, "to_balances": alone}
    refund = refund_of(order, about)
    return {"by_payment": refund.amount, "to_balances": refund.beside}


def refund_of(order: Order, key: str) -> Refund:
    """The refund with a key. Raises LookupError."""
    return {one.key: one for one in order.refunds}[key]


def matter_noticed(notice: Notice) -> dict[str, Any]:
    """The same for a notice: its facts, and for a withdrawal that fits no order what was stated."""
    facts = notice.facts
    if notice.message.kind is not Kind.WITHDRAWAL:
        return {"facts": facts}
    said = Withdrawal(notice.id, facts["name"], notice.message.to, facts["text"], int(facts["at"]))
    return {"withdrawal": said, "number": facts["number"], "next": Outcome.UNCLEAR.value}


def _parcel(order: Order, parcel: Shipment) -> dict[str, Any]:
    followed = tracking_url(parcel.carrier, parcel.tracking)
    return {"parcel": parcel, "pieces": parcel.items, "tracking_url": followed, "rest": to_ship(order)}


def _named(things: Any, name: str) -> Any:
    found = next((one for one in things if one.id == name), None)
    if found is None:
        raise LookupError(f"The order has nothing of the name {name!r} any more.")
    return found
