"""Settling: what a fact from Stripe does to an order, and how one ends unpaid."""

from dataclasses import replace
from datetime import UTC, datetime

from functions.shop import ledger
from functions.shop.arrival import keeps
from functions.shop.correspondence import within_reach
from functions.shop.decision import Decision, Number, claims_moved, stock_moved
from functions.shop.download import downloadable
from functions.shop.errors import IllegalTransition
from functions.shop.facts import SessionFacts
from functions.shop.line import back_ordered
from functions.shop.message import Kind
from functions.shop.order import Order, moved, owing, stopped
from functions.shop.payment import Payment
from functions.shop.refunds import intending
from functions.shop.state import SOLD, State
from functions.shop.withdrawn import UNPAID


def decide(
    order: Order,
    facts: SessionFacts,
    now: int,
    *,
    points_account: str = "",
    restock: bool = True,
    invoice: int = 0,
) -> Decision:
    """What a fact from Stripe does to an order. A fact is never refused; one that says nothing new changes nothing.

    `points_account` is where the points of this buyer go. `restock` says whether an order whose money came late may
    still take again what it gave back: its stock, its uses and what it spends. When that is gone, call again with
    False, and the money is given back (state `unfulfillable`). `invoice` is the number it gets when it is bought.
    """
    if facts.order != order.id:
        return Decision(order)  # a payment counts for the order it was made for, and for no other (R2, R3)
    if facts.complete:
        return _settled(order, facts, now, points_account, restock, invoice)
    if facts.status == "expired" or facts.failed:
        return _expired(order, facts, now)
    if facts.status == "complete" and order.state is State.PENDING:
        waits = moved(_informed(order, facts), State.AWAITING_PAYMENT)
        return Decision(owing(waits, Kind.AWAITING_PAYMENT, now))
    if facts.status == "open" and order.state is State.EXPIRED:
        return Decision(order)  # it ended while its page was made; nobody is to be led there
    return Decision(_informed(order, facts))


def expire_unsold(order: Order, now: int) -> Decision:
    """End a pending order that Stripe never heard of: nobody can pay it, so all that it reserved goes back."""
    if order.session:
        raise IllegalTransition(f"Order {order.id} has a payment session; ask Stripe before ending it.")
    if order.state is not State.PENDING:
        raise IllegalTransition(f"Order {order.id} is {order.state}; only a pending order can end unpaid.")
    return _ended(order, now)


def credit(order: Order, now: int, *, points_account: str = "") -> Decision:
    """The balances that a paid order brings about: its gift cards, with the mail that tells the codes, and its points.
    What it has to download is told as well.

    A held order brings about none. Who lets it go calls this; doing it twice writes every entry once.
    """
    if order.held:
        return Decision(order)
    if order.earned and points_account:
        order = replace(order, earned=replace(order.earned, account=points_account))
    if order.cards:
        order = owing(order, Kind.GIFT_CARD, now)
    if downloadable(order):
        order = owing(order, Kind.DOWNLOAD, now)
    entries = (*ledger.sold(order.id, order.cards, now), *ledger.earned(order.id, order.earned, now))
    return Decision(order, entries=entries)


def let_go(order: Order, now: int, *, points_account: str = "", invoice: int = 0) -> Decision:
    """A held order goes on, with the balances it brings about. Raises IllegalTransition while a dispute is open.

    One that was never confirmed is so now: its customer had withdrawn before it was paid, or it was rebuilt. What was
    rebuilt was never billed either; `invoice` is the number it then gets. One that has been cancelled meanwhile brings
    nothing about: its gift cards would have a balance though their money went back.
    """
    if any(dispute.open for dispute in order.disputes):
        raise IllegalTransition(f"Order {order.id} is disputed. It cannot go before the dispute is won.")
    if not order.held:
        return Decision(order)
    free = _told(replace(order, held=""), now)
    if order.state not in SOLD:
        return Decision(free)
    if not unbilled(order):
        return credit(free, now, points_account=points_account)
    return _numbered(credit(_billed(free, invoice), now, points_account=points_account), invoice)


def unbilled(order: Order) -> bool:
    """Whether it was bought, and has no number for its invoice yet."""
    return order.state in SOLD and not order.invoice


def waiting(order: Order, sku: str) -> Order:
    """The order when `sku` has been sold meanwhile: one more line is back-ordered, if one of them can be."""
    lines = back_ordered(order.lines, sku)
    return replace(order if keeps(order.lines, lines) else _undated(order), lines=lines)


def _settled(order: Order, facts: SessionFacts, now: int, points_account: str, restock: bool, invoice: int) -> Decision:
    if any(payment.session == facts.session for payment in order.payments):
        return Decision(order)
    if order.paid_like:
        return Decision(_all_back(_with_payment(order, facts, now), "The order had been paid before.", now))
    paid = _with_payment(_taxed(_bought(order, facts), facts), facts, now)
    if order.open or restock:
        return _bought_at_last(order, _confirmed(paid, facts, now), points_account, now, invoice)
    given_up = moved(paid, State.UNFULFILLABLE)
    reason = "The payment came after the order had expired and what it kept was gone."
    return Decision(owing(_all_back(given_up, reason, now, told=True), Kind.APOLOGY, now))


def _bought_at_last(before: Order, paid: Order, points_account: str, now: int, invoice: int) -> Decision:
    """What was reserved is kept for good; an order that had ended takes it again. Both then earn what they earn."""
    credited = _numbered(credit(_billed(paid, invoice), now, points_account=points_account), invoice)
    if before.open:
        return replace(credited, stock=stock_moved(before, on_hand=-1, reserved=-1))
    taken = ledger.spent(before.id, before.spent, now, act="spend-late")
    stock = stock_moved(before, on_hand=-1, reserved=0)
    return replace(credited, stock=stock, claims=claims_moved(before, 1), entries=(*taken, *credited.entries))


def _billed(order: Order, invoice: int) -> Order:
    return replace(order, invoice=invoice, billed=order.address if invoice else None)


def _numbered(decision: Decision, invoice: int) -> Decision:
    """The decision with the number that is taken in the same write, so that none is missing."""
    return replace(decision, numbers=(Number("invoice", invoice),) if invoice else ())


def _told(order: Order, now: int) -> Order:
    """The order with its confirmation, unless there was one, it has ended, or nobody knows whom to tell."""
    known = any(one.kind is Kind.CONFIRMATION for one in order.messages)
    owed = order.state in SOLD and order.email and not known
    return owing(order, Kind.CONFIRMATION, now) if owed else order


def _confirmed(order: Order, facts: SessionFacts, now: int) -> Order:
    held = _mismatch(order, facts) or _astray(order)
    paid = replace(moved(_dated(order, now), State.PAID), paid_at=now, held=held)
    if order.withdrawals:
        return owing(stopped(paid, UNPAID), Kind.HELD, now)
    confirmed = owing(paid, Kind.CONFIRMATION, now)
    return owing(confirmed, Kind.HELD, now) if held else confirmed


def _dated(order: Order, now: int) -> Order:
    """The order with what was promised, unless it should have left on a day before the money came (by UTC)."""
    paid_on = datetime.fromtimestamp(now, UTC).date().isoformat()
    return order if paid_on <= order.dispatch_by else _undated(order)


def _undated(order: Order) -> Order:
    return replace(order, dispatch_by="", arrives_from="", arrives_to="")


def _mismatch(order: Order, facts: SessionFacts) -> str:
    """Why the order must be held (R4): Stripe charged something else than was ordered. Empty when all agrees.

    Tax that Stripe worked out is in the order's total by then.
    """
    if (facts.amount, facts.currency) == (order.due, order.currency):
        return ""
    wanted, got = f"{order.due} {order.currency}", f"{facts.amount} {facts.currency}"
    return f"Stripe charged {got} (in minor units) instead of {wanted}."


def _astray(order: Order) -> str:
    """Why the order must be held: its address is not where its delivery was priced for. Empty when it is."""
    if order.address is None or within_reach(order, order.address):
        return ""
    return (
        "The address lies outside of where its delivery was priced for. "
        "Agree with the customer on the difference or on another address, or give the money back."
    )


def _ended(order: Order, now: int) -> Decision:
    """The order when it ends unpaid, and all that it reserved on the way back."""
    back = ledger.given_back(order.id, order.spent, [one.amount for one in order.spent], now)
    return Decision(
        moved(order, State.EXPIRED), stock_moved(order, on_hand=0, reserved=-1), claims_moved(order, -1), back
    )


def _expired(order: Order, facts: SessionFacts, now: int) -> Decision:
    """End an order whose session can bring no money. One that knows of no session yet learns here that this was it."""
    if not order.open or order.session not in {"", facts.session}:
        return Decision(order)
    ended = _ended(replace(order, session=facts.session), now)
    if order.state is not State.AWAITING_PAYMENT:
        return ended
    return replace(ended, order=owing(ended.order, Kind.PAYMENT_FAILED, now))


def _informed(order: Order, facts: SessionFacts) -> Order:
    """The order with what Stripe knows and it did not: its session, its payment page, and who buys."""
    session = order.session or facts.session
    order = replace(order, session=session, pay_url=order.pay_url or (facts.url if facts.session == session else ""))
    if order.erased_at:
        return order
    return replace(order, email=order.email or facts.email, address=order.address or facts.address)


def _bought(order: Order, facts: SessionFacts) -> Order:
    """The order as its payer left it: what was typed in last, when paying, is where it goes. Who was forgotten and
    pays after all is known again.
    """
    informed = replace(_informed(order, facts), erased_at=0)
    return replace(informed, email=facts.email or order.email, address=facts.address or order.address)


def _taxed(order: Order, facts: SessionFacts) -> Order:
    """The order with the tax that Stripe worked out on the payment page, where it was left to Stripe."""
    if not facts.tax:
        return order
    return replace(order, tax=facts.tax, total=order.total + facts.tax_on_top)


def _with_payment(order: Order, facts: SessionFacts, now: int) -> Order:
    payment = Payment(facts.payment or facts.session, facts.session, facts.amount, facts.currency, now)
    return replace(order, payments=(*order.payments, payment))


def _all_back(order: Order, reason: str, now: int, *, told: bool = False) -> Order:
    """The intent to give the latest payment back in full; a payment of nothing needs none."""
    latest = order.payments[-1]
    return intending(order, latest, latest.amount, reason, now, act=f"refund:{latest.id}", told=told)
