"""The rules of one order, looked at in the moment in which it is written, by whomever (R6, R12, R15, R25, R29)."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import fields

from functions.shop.cart import MAX_LINES
from functions.shop.decision import StockChange
from functions.shop.note import NO_NOTES
from functions.shop.order import Order
from functions.shop.returns import ReturnState
from functions.shop.state import State
from tests.simulation.stripe import Session, Stripe
from tests.simulation.world import World

LEAST = 50  # cents, below which Stripe charges nothing
LEAFLET, LEAFLET_FROM = "LEAFLET", 1000  # what comes with goods that are sent, and from how much on, in cents
LIMITS = {"TO-ORDER": 5}  # pieces at once, where that is not 99
TOLD = frozenset(
    "version state session pay_url email address paid_at held payments refunds messages earned invoice billed disputes "
    "warnings from_place lines dispatch_by arrives_from arrives_to reversals portions credits erased_at".split()
)
"""What of an order Stripe's facts may change."""
SHOWN_BY: Mapping[State, Callable[[Session], bool]] = {
    State.AWAITING_PAYMENT: lambda session: session.status == "complete",
    State.PAID: lambda session: session.payment_status in {"paid", "no_payment_required"},
    State.UNFULFILLABLE: lambda session: session.payment_status in {"paid", "no_payment_required"},
    State.EXPIRED: lambda session: session.status == "expired" or session.failed,
}
"""What Stripe must say for a look to find an order so."""
PEOPLE = ("customer", "withdrawal", "desk")
"""How the processes are named in which somebody writes something about an order."""
Broken = Iterator[tuple[str, str]]


class Writes:
    """All writes of a history. Each of its methods gives the rules that are broken, and how."""

    def __init__(self, world: World, stripe: Stripe) -> None:
        self._world, self._stripe = world, stripe
        self._moves: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def of(self, before: Order | None, after: Order, stock: Sequence[StockChange]) -> Broken:
        """An order was written, and its stock with it."""
        if before is None:
            yield from _goods(after)
            yield from _gift(after)
        yield from self._stock(after, stock)
        if look := self._world.look:
            yield from self._seen(look, before, after)
        if after.erased_at:
            yield from self._forgotten(before, after)

    def other(self, what: str) -> Broken:
        """Something was done that is no write of an order."""
        if self._world.look:
            yield "R25", f"{self._world.look} had this done: {what}"

    def _stock(self, order: Order, stock: Sequence[StockChange]) -> Broken:
        """R12: what it kept is taken or let go in one go; what it had comes back with it, in returns, or left out."""
        kinds = {(_sign(one.on_hand), _sign(one.reserved)) for one in stock}
        if len(kinds) > 1:
            yield "R12", f"{order.id} does several things with its stock at once"
        moved = self._moves[order.id]
        for on_hand, reserved in kinds:
            moved["kept"] += reserved > 0
            moved["let go"] += reserved < 0
            moved["taken"] += on_hand < 0
            moved["back"] += on_hand > 0
        received = sum(one.state is ReturnState.RECEIVED for one in order.returns)
        left_out = sum(any(one.unsent) for one in order.portions)
        most = {"kept": 1, "let go": 1, "taken": 1, "back": 1 + received + left_out}
        for deed, times in moved.items():
            if times > most[deed]:
                yield "R12", f"{order.id} has {deed} its stock {times} times"

    def _forgotten(self, before: Order | None, after: Order) -> Broken:
        """R29: nothing of them is left that their invoice does not say, nor comes back but by what they or the owner
        write later. Who pays later is known again.
        """
        earlier = before is not None and before.erased_at > 0
        if earlier and self._world.running.startswith(PEOPLE):
            return
        if left := _kept(after) - (_kept(before) if before and earlier else set()):
            yield "R29", f"{after.id} is of somebody who was forgotten, and keeps {', '.join(sorted(left))}"

    def _seen(self, look: str, before: Order | None, after: Order) -> Broken:
        """R25: a look at an order writes nothing but what Stripe says of it, and one by HEAD nothing at all."""
        if before is None or look.startswith("HEAD") or f"/order/{after.id}" not in look:
            yield "R25", f"{look} has written {after.id}"
            return
        changed = {one.name for one in fields(Order) if getattr(before, one.name) != getattr(after, one.name)}
        if more := changed - TOLD:
            yield "R25", f"{look} has changed {', '.join(sorted(more))}"
        session = self._stripe.sessions.get(after.session)
        if after.state is not before.state and not _is_shown(after.state, session):
            yield "R25", f"{look} has made it {after.state}"
        if made := _made(after) - _made(before) - self._refunds(after):
            yield "R25", f"{look} has written of refunds {', '.join(sorted(made))}, which Stripe does not know"
        meant = {one.key for one in after.refunds if not one.made} - {one.key for one in before.refunds}
        if len(meant) > len(after.payments) - len(before.payments):
            yield "R25", f"{look} means to give money back: {', '.join(sorted(meant))}"

    def _refunds(self, order: Order) -> set[str]:
        paid = [self._stripe.payments.get(payment.id) for payment in order.payments]
        return {refund.id for one in paid if one for refund in one.refunds}


def charged(sessions: Collection[Session]) -> Broken:
    """R6: what Stripe was asked to charge is nothing, or enough."""
    for session in sessions:
        if 0 < session.amount < LEAST or session.amount < 0:
            yield "R6", f"{session.id} charges {session.amount}"


def _is_shown(state: State, session: Session | None) -> bool:
    return session is not None and state in SHOWN_BY and SHOWN_BY[state](session)


def _made(order: Order) -> set[str]:
    return {refund.stripe_id for refund in order.refunds if refund.made}


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def _goods(order: Order) -> Broken:
    """R6: so many lines, so many of each, and no discount beyond what is bought."""
    if not 1 <= len([line for line in order.lines if not line.gift]) <= MAX_LINES:
        yield "R6", f"{order.id} has {len(order.lines)} lines"
    for line in order.lines:
        if not 1 <= line.quantity <= LIMITS.get(line.sku, 99):
            yield "R6", f"{order.id} has {line.quantity} of {line.sku}"
        if not 0 <= line.discount <= line.total:
            yield "R6", f"{order.id} takes {line.discount} off {line.total} of {line.sku}"
    if order.total < 0 or order.due < 0 or 0 < order.due < LEAST:
        yield "R6", f"{order.id} costs {order.total}, of which {order.due} are due"


def _gift(order: Order) -> Broken:
    """R15: the leaflet is in it exactly when what is sent costs enough."""
    goods = sum(line.total for line in order.lines if not line.gift and not line.gift_card)
    due = goods >= LEAFLET_FROM and bool(order.country)
    if (got := sum(line.quantity for line in order.lines if line.gift)) != due:
        yield "R15", f"{order.id} has {got} gifts with goods of {goods}"


def _kept(order: Order) -> set[str]:
    """What it has of somebody beside what is on its invoice, of which R29 wants nothing once they are forgotten."""
    kept: Mapping[str, object] = {
        "email": order.email,
        "questions": order.questions,
        "remarks": order.remarks,
        "notes": order.notes != NO_NOTES,
        "mails": [one.to for one in order.messages if one.to],
        "claims": [one.customer for one in order.claims if one.customer],
        "returns": [one.reason for one in order.returns if one.reason],
        "withdrawals": [one for one in order.withdrawals if one.name or one.email or one.text],
        "address": order.address and not order.paid_at,
    }
    return {name for name, value in kept.items() if value}
