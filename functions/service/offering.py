"""Offering: a coupon goes to customers of orders, by a mail that nobody needs and anybody may refuse."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from functions.ports import Clock, Payments, Store
from functions.service.acting import perform
from functions.shop.acts import OfferCoupon
from functions.shop.code import Codes
from functions.shop.coupon import coupon_of
from functions.shop.day import local_time
from functions.shop.email import customer_key
from functions.shop.errors import NotOffered, UnknownCoupon
from functions.shop.message import Kind
from functions.shop.order import Order
from functions.shop.promotion import Promotion, code_key
from functions.shop.settings import Settings


class Answer(StrEnum):
    """What becomes of an offer to the customer of an order."""

    DUE = "due"  # its mail is due now
    KNOWN = "known"  # they got this code for this order before
    TWICE = "twice"  # another one of the orders is theirs as well
    SILENCED = "silenced"  # they want no such mails
    UNPAID = "unpaid"  # they never bought
    NAMELESS = "nameless"  # there is no address of theirs, perhaps no more
    USED = "used"  # they have used it as often as they may


@dataclass(frozen=True, slots=True)
class Offered:
    """An order, and what became of the offer to its customer."""

    order: Order
    answer: Answer


def coupon_in_force(code: str, *, settings: Settings, store: Store, now: int) -> Promotion:
    """The coupon of a code, if those who have bought before can use it now.

    Raises UnknownCoupon, and NotOffered with a sentence that says why.
    """
    coupon = coupon_of(code, settings.promotions)
    if coupon is None:
        raise UnknownCoupon(f"{code!r} is no coupon of promotions.yaml.")
    rules, moment = coupon.conditions, local_time(now, settings.time_zone)[:16]
    if moment < rules.starts:
        raise NotOffered(f"{coupon.code} is not valid before {rules.starts.replace('T', ' ')}.")
    if rules.ends and moment >= rules.ends:
        raise NotOffered(f"{coupon.code} was valid until {rules.ends.replace('T', ' ')}.")
    if rules.first_order:
        raise NotOffered(f"{coupon.code} is for first orders only, and these customers have ordered before.")
    used = store.uses([coupon.id])
    if rules.uses is not None and coupon.id in used and used[coupon.id].all >= rules.uses:
        raise NotOffered(f"{coupon.code} has been used as often as it may be.")
    return coupon


def answers(coupon: Promotion, orders: Sequence[Order], store: Store) -> Iterator[Offered]:
    """What becomes of an offer to each of the orders' customers; nobody gets a code twice."""
    seen: set[str] = set()
    for order in orders:
        customer = customer_key(order.email)
        yield Offered(order, Answer.TWICE if customer in seen else _answer(coupon, order, customer, store))
        seen |= {customer} if order.email else set()


def offer(
    coupon: Promotion, offered: Offered, *, store: Store, payments: Payments, clock: Clock, codes: Codes
) -> Order:
    """Owe the mail to the customer of an order, if it is due to them."""
    if offered.answer is not Answer.DUE:
        return offered.order
    act = OfferCoupon(coupon.code)
    return perform(offered.order.id, act, store=store, payments=payments, clock=clock, codes=codes)


def _answer(coupon: Promotion, order: Order, customer: str, store: Store) -> Answer:
    """What stands in the way first."""
    if not order.paid_at:
        return Answer.UNPAID
    if not order.email:
        return Answer.NAMELESS
    if store.is_silenced(customer):
        return Answer.SILENCED
    if any(one.name == f"{Kind.COUPON}:{code_key(coupon.code)}" for one in order.messages):
        return Answer.KNOWN
    return Answer.USED if _used(coupon, customer, store) else Answer.DUE


def _used(coupon: Promotion, customer: str, store: Store) -> bool:
    most, used = coupon.conditions.uses_per_customer, store.uses([coupon.id], customer)
    return most is not None and coupon.id in used and used[coupon.id].own >= most
