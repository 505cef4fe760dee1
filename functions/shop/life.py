"""Life: the one function by which an act moves an order (R16). Facts from Stripe come in by settling and trouble."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from functions.shop import acts, cancelling, correspondence, fulfilment, returning
from functions.shop.acts import Act
from functions.shop.decision import Decision
from functions.shop.leaving_out import leave_out
from functions.shop.order import Order
from functions.shop.reversal import give_back
from functions.shop.settling import let_go, unbilled


@dataclass(frozen=True, slots=True)
class Known:
    """What an act may depend on beside the order: the moment, what is left on the order's accounts, the account to
    which its buyer's points go, and the next number of an invoice where it takes one.
    """

    now: int
    balances: Mapping[str, int] = field(default_factory=dict)
    points_account: str = ""
    invoice: int = 0


def apply(order: Order, act: Act, known: Known) -> Decision:
    """What an act does to an order. An act that was done already changes nothing.

    Raises IllegalTransition, with a sentence that says why, when it does not fit the state the order is in.
    """
    return _ACTS[type(act)](order, act, known)


def accounts(order: Order) -> frozenset[str]:
    """The accounts of which an act may need the balance."""
    return frozenset(
        {*(card.account for card in order.cards), *((order.earned.account,) if order.earned else ())} - {""}
    )


def takes_number(order: Order, act: Act) -> bool:
    """Whether an act may need the next number of an invoice."""
    return isinstance(act, acts.LetGo) and unbilled(order)


def _alone(change: Callable[..., Order]) -> Callable[[Order, Act, Known], Decision]:
    """For acts that change the order and nothing else."""
    return lambda order, act, known: Decision(change(order, act, known.now))


def _moving(change: Callable[..., Decision]) -> Callable[[Order, Act, Known], Decision]:
    """For acts by which stock, uses or balances move."""
    return lambda order, act, known: change(order, act, known.balances, known.now)


def _give_back(order: Order, act: acts.GiveBack, known: Known) -> Decision:
    if act.portion and any(act.portion.unsent):
        return leave_out(order, act, act.portion, known.balances, known.now)
    return give_back(
        order,
        act.amount,
        known.balances,
        reason=act.reason,
        number=act.number,
        now=known.now,
        portion=act.portion,
    )


def _let_go(order: Order, _: acts.LetGo, known: Known) -> Decision:
    return let_go(order, known.now, points_account=known.points_account, invoice=known.invoice)


_ACTS: dict[type, Callable[..., Decision]] = {
    acts.Pack: _alone(fulfilment.pack),
    acts.Ship: _alone(fulfilment.ship),
    acts.Deliver: _alone(fulfilment.deliver),
    acts.CorrectTracking: _alone(fulfilment.correct_tracking),
    acts.Cancel: _moving(cancelling.cancel),
    acts.Withdraw: _moving(cancelling.withdraw),
    acts.GiveBack: _give_back,
    acts.ChangeAddress: _alone(correspondence.change_address),
    acts.AskReturn: _alone(returning.ask),
    acts.ApproveReturn: _alone(returning.approve),
    acts.RejectReturn: _alone(returning.reject),
    acts.ReceiveReturn: _moving(returning.receive),
    acts.Ask: _alone(correspondence.ask),
    acts.Hold: _alone(correspondence.hold),
    acts.LetGo: _let_go,
    acts.CorrectEmail: _alone(correspondence.correct_email),
    acts.Resend: _alone(correspondence.resend),
    acts.Warn: _alone(correspondence.warn),
    acts.OfferCoupon: _alone(correspondence.offer_coupon),
    acts.NoteFate: _alone(correspondence.note_fate),
    acts.Erase: _alone(correspondence.erase),
}
