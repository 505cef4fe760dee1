"""Matter: what of an order, or of what a notice says, a mail is about, as its templates need it."""

from dataclasses import dataclass
from typing import Any

from functions.shop.carrier import tracking_url
from functions.shop.message import Kind, Message
from functions.shop.notice import Notice
from functions.shop.order import Order
from functions.shop.payment import Refund
from functions.shop.returns import Return, Withdrawal
from functions.shop.shipment import Shipment, listed, to_ship, unsent
from functions.shop.withdrawal_text import LOOKED_AT, NEXT


@dataclass(frozen=True, slots=True)
class MoneyBack:
    """Money (minor units) that goes back: so much to the payment, and so much to each balance, by its label."""

    payment: int
    balances: tuple[tuple[str, int], ...] = ()

    @property
    def total(self) -> int:
        """All of it."""
        return self.payment + sum(amount for _, amount in self.balances)


_RETURNS = {Kind.RETURN_ASKED, Kind.RETURN_APPROVED, Kind.RETURN_REJECTED, Kind.RETURN_RECEIVED}
_MONEY = {Kind.REFUNDED, Kind.CANCELLED, Kind.APOLOGY}  # about what went back under a key, or all that did


def matter_of(order: Order, message: Message) -> dict[str, Any]:
    """The parcel, return, money, withdrawal or remark that a mail is about. Raises LookupError when it is gone."""
    if message.kind in {Kind.SHIPPED, Kind.TRACKING, Kind.DELIVERED}:
        return _parcel(order, _named(order.shipments, message.about.partition(":")[0]))
    if message.kind in _RETURNS:
        back = _named(order.returns, message.about)
        return {"back": back, "pieces": back.items, "went_back": _for_return(order, back)}
    if message.kind is Kind.WITHDRAWAL:
        said = _named(order.withdrawals, message.about)
        return {"withdrawal": said, "number": order.id, "next": NEXT.get(said.outcome, LOOKED_AT)}
    if message.kind in _MONEY:
        went_back = _given_back(order, message.about) if message.about else _all_given_back(order)
        return {"went_back": went_back, "pieces": listed(unsent(order))}
    if message.kind is Kind.LATE:
        return {"remark": order.remarks[int(message.about)]}
    return {}


def refund_of(order: Order, key: str) -> Refund:
    """The refund with a key. Raises LookupError."""
    return {one.key: one for one in order.refunds}[key]


def _given_back(order: Order, key: str) -> MoneyBack:
    """What went back under a key. Raises LookupError when nothing did."""
    found = _under(order, key)
    if not found.total:
        raise LookupError(f"Nothing of order {order.id} was given back under {key!r}.")
    return found


def _under(order: Order, key: str) -> MoneyBack:
    refunds = [one.amount for one in order.refunds if one.key == key]
    return MoneyBack(sum(refunds), tuple((one.label, one.amount) for one in order.credits if one.key == key))


def _for_return(order: Order, back: Return) -> MoneyBack:
    """What went back for a return: nothing, when all of the order's money had gone back before, in Stripe's dashboard.
    Of returns of old it is not known to what it went.
    """
    return _under(order, back.money) if back.money else MoneyBack(back.amount)


def _all_given_back(order: Order) -> MoneyBack:
    """All that went back of an order."""
    refunded = sum(one.amount for one in order.refunds if one.counts)
    return MoneyBack(refunded, tuple((one.label, one.returned) for one in order.spent if one.returned))


def matter_noticed(notice: Notice) -> dict[str, Any]:
    """The same for a notice: its facts, and for a withdrawal that fits no order what was stated."""
    facts = notice.facts
    if notice.message.kind is not Kind.WITHDRAWAL:
        return {"facts": facts}
    said = Withdrawal(notice.id, facts["name"], notice.message.to, facts["text"], int(facts["at"]))
    return {"withdrawal": said, "number": facts["number"], "next": LOOKED_AT}


def _parcel(order: Order, parcel: Shipment) -> dict[str, Any]:
    followed = tracking_url(parcel.carrier, parcel.tracking)
    return {"parcel": parcel, "pieces": parcel.items, "tracking_url": followed, "rest": to_ship(order)}


def _named(things: Any, name: str) -> Any:
    found = next((one for one in things if one.id == name), None)
    if found is None:
        raise LookupError(f"The order has nothing of the name {name!r} any more.")
    return found
