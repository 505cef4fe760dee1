"""The rules that a history must keep (docs: R1 to R30), looked at after every step and again at rest."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from functions.ports import Letter, PaymentEvent
from functions.shop.decision import StockChange, held
from functions.shop.ledger import EntryKind
from functions.shop.order import Order
from functions.shop.payment import FAILED
from functions.shop.quote import Quote
from functions.shop.returns import Outcome, ReturnState
from functions.shop.shipment import counted, packable, shipped
from functions.shop.state import SOLD, TRANSITIONS, State
from tests.simulation.memory_store import MemoryStore
from tests.simulation.orders import Writes, charged
from tests.simulation.outside import Answer, Log, of_answer, of_letter, of_log, of_status
from tests.simulation.stripe import Session, Stripe
from tests.simulation.world import World

if TYPE_CHECKING:
    from tests.simulation.ports import SimulatedMail

UNAVAILABLE, TURNED_AWAY = {0, 503}, {400, 404}
USES, USES_EACH = 2, 1  # what the coupon of the simulated shop allows


class Violation(BaseException):
    """A rule is broken. No part of the shop takes it for a fault of its own and answers all the same."""


class Rules:
    """Watches one history."""

    def __init__(self, world: World, stripe: Stripe, memory: MemoryStore) -> None:
        self.world, self.stripe, self.memory = world, stripe, memory
        self.writes = Writes(world, stripe)
        self.mail: SimulatedMail | None = None
        self.start: dict[str, int] = {}
        self.shown: dict[str, Quote] = {}
        self.told: list[PaymentEvent] = []
        self.withdrawn: set[str] = set()
        self.kept: dict[str, Counter[int]] = {}

    # At every write, and after every call

    def step(self, before: Order | None, after: Order, stock: Sequence[StockChange]) -> None:
        """What must be true of each write of an order."""
        self.none(self.writes.of(before, after, stock))
        self._steps(before, after)

    def done(self, what: str) -> None:
        """R25: something else was done, which no look may do."""
        self.none(self.writes.other(what))

    def answered(self, answer: Answer) -> None:
        """Somebody got an answer."""
        self.none(of_answer(answer, self.world.troubles))

    def acted(self, status: int) -> None:
        """Somebody else got a status: Stripe, or a queue."""
        self.none(of_status(status, self.world.troubles))

    def sent(self, letter: Letter) -> None:
        """A mail server takes a letter."""
        self.none(of_letter(letter))

    def logged(self, log: Log) -> None:
        """R26, of all that was written down."""
        self.none(of_log(log))

    def unmoved(self, before: Mapping[str, Order]) -> None:
        """R18: all news once more, in another order, and nothing is otherwise than it was."""
        for order_id, order in before.items():
            now = self.memory.written[order_id]
            self.holds("R18", now == order, f"{order_id} depends on how often and when its news came")

    def none(self, broken: Iterable[tuple[str, str]]) -> None:
        """Raise Violation with the first of the rules that are broken, if there is one."""
        for rule, text in broken:
            self.holds(rule, False, text)

    def _steps(self, before: Order | None, after: Order) -> None:
        """R16: one version more, a legal step, and lists that only grow."""
        self.holds("R16", after.version == (before.version if before else 0) + 1, f"{after.id} skips a version")
        if before is None:
            self.holds("R16", after.state in {State.PENDING, State.PAID}, f"{after.id} begins as {after.state}")
            return
        legal = (
            after.state is before.state
            or after.state in TRANSITIONS[before.state]
            or self._in_two_steps(before.state, after.state)
        )
        self.holds("R16", legal, f"{after.id}: {before.state} to {after.state}")
        for name in ("payments", "shipments", "withdrawals"):
            had, has = getattr(before, name), getattr(after, name)
            self.holds("R16", len(has) >= len(had), f"{after.id} forgets some of its {name}")
        self._leaves(before, after)

    def _leaves(self, before: Order, after: Order) -> None:
        """R17: nothing leaves once its customer has withdrawn, unless the owner lets it go, or once it is paid back."""
        if len(after.withdrawals) > len(before.withdrawals):
            self.withdrawn.add(after.id)
        elif before.held and not after.held:
            self.withdrawn.discard(after.id)
        left = shipped(after) - shipped(before)
        self.holds("R17", not left or after.id not in self.withdrawn, f"{after.id} was withdrawn from, and leaves")
        kept = self.kept.setdefault(after.id, Counter())
        statements = {one.id for one in after.withdrawals}
        for old, new in zip(before.returns, after.returns, strict=False):
            if new.state is ReturnState.RECEIVED is not old.state and new.id in statements:
                kept += counted(new.items) & (packable(after) - shipped(before) - kept)
        for portion in after.portions[len(before.portions) :]:
            kept.update(dict(enumerate(portion.unsent)))
        over = shipped(after) + kept - packable(after)
        self.holds("R17", not left or not over, f"{after.id} was paid back, and leaves")

    def count(self, sku: str, by: int) -> None:
        """The owner has counted so many pieces more."""
        self.start[sku] += by

    def always(self) -> None:
        """What holds after every single step."""
        self._stock()
        self._money()
        self._promotions()
        self._mails()
        for order in self.memory.written.values():
            page = self.stripe.sessions.get(order.session)
            payable = order.state is State.EXPIRED and page is not None and page.status == "open"
            self.holds("R1", not payable, f"{order.id} has ended, and its page can still be paid")
            gone = order.state is State.CANCELLED and order.shipments
            self.holds("R17", not gone, f"{order.id} is cancelled and shipped")
            over = order.shipments and shipped(order) - packable(order)
            self.holds("R17", not over, f"{order.id} has shipped more than was bought")

    def unbroken(self, faults: Sequence[str]) -> None:
        """Whatever goes wrong outside, a function knows what to do."""
        self.holds("Faults", not faults, "; ".join(faults))

    def turned_away(self, rule: str, order: Order, status: int) -> None:
        """R24 and R27: who does not sign, or has no key, gets nowhere."""
        self.holds(rule, status in {*TURNED_AWAY, *UNAVAILABLE}, f"a stranger got {status} about {order.id}")

    def reconciled(self) -> None:
        """R1: once the reconciler has run, no page is open whose order has ended, whoever knows of it."""
        for session in self.stripe.sessions.values():
            order = self.memory.written.get(session.order)
            left = order is not None and order.state is State.EXPIRED and session.status == "open"
            self.holds("R1", not left, f"{session.order} has ended, and {session.id} can still be paid")

    def acknowledged(self, event: PaymentEvent) -> None:
        """R19: what Stripe need not tell again is written down."""
        for session in self._paid_when(event):
            if session.id == event.session:
                self.holds("R19", self._knows(session), f"{session.order}: 2xx for {session.id}, nothing is written")

    # At rest

    def at_rest(self) -> None:
        """What holds once faults are over and the reconciler has run twice (Q)."""
        self.always()
        self._agree_with_stripe()
        self.none(charged(self.stripe.sessions.values()))
        for order in self.memory.written.values():
            self._rests(order)
        for notice in self.memory.notices.values():
            self.holds("R20", notice.message.sent_at > 0, f"{notice.id} was never sent")

    def _rests(self, order: Order) -> None:
        self.holds("R11", not order.open, f"{order.id} is still {order.state}")
        unsent = [message.name for message in order.messages if not message.sent_at]
        self.holds("R20", not unsent, f"{order.id}: {', '.join(unsent)} was never sent")
        assert self.mail
        unheard = [m.name for m in order.messages if m.sent_at and not self.mail.accepted[f"{order.id}.{m.name}"]]
        self.holds("R20", not unheard, f"{order.id}: {', '.join(unheard)} is marked and was never accepted")
        missing = self._owed(order) - {message.name for message in order.messages}
        self.holds("R20", not missing, f"{order.id} is {order.state} and owes no {', '.join(sorted(missing))}")
        failed = any(refund.status in FAILED for refund in order.refunds)
        waiting = [refund.key for refund in order.refunds if not refund.made]
        refused = any(message.name.startswith("owner:refund_refused") for message in order.messages)
        self.holds("R8", refused or not waiting, f"{order.id}: {', '.join(waiting)} was never made")
        if order.state in {State.CANCELLED, State.UNFULFILLABLE} and not failed and not refused:
            for payment in order.payments:
                disputed = any(one.payment == payment.id for one in order.disputes)
                back = sum(one.amount for one in order.refunds if one.payment == payment.id and one.made)
                self.holds("R3", disputed or back == payment.amount, f"{order.id} keeps money of {payment.id}")
        for payment in order.payments[1:]:
            back = sum(one.amount for one in order.refunds if one.payment == payment.id and one.made)
            self.holds("R3", failed or back == payment.amount, f"{order.id} keeps a second payment, {payment.id}")

    @staticmethod
    def _owed(order: Order) -> set[str]:
        """The mails that an order must have owed by now; who was forgotten is owed nothing."""
        if order.erased_at:
            return set()
        owed = {f"shipped:{parcel.id}" for parcel in order.shipments}
        owed |= {f"delivered:{parcel.id}" for parcel in order.shipments if parcel.delivered_at}
        owed |= {f"withdrawal:{one.id}" for one in order.withdrawals if one.email}  # some may be forgotten
        told = {"held" if any(one.outcome is Outcome.UNPAID for one in order.withdrawals) else "confirmation"}
        by_state = {State.CANCELLED: {*told, "cancelled"}, State.UNFULFILLABLE: {"apology"}}
        return owed | by_state.get(order.state, told if order.state in SOLD else set())

    def _agree_with_stripe(self) -> None:
        for session in self._complete():
            self.holds("R1", self._knows(session), f"{session.id} of {session.order} is paid, and no order knows it")
        for order in self.memory.written.values():
            for payment in order.payments:
                paid = self.stripe.payments.get(payment.id)
                theirs = {(one.id, one.amount, one.status) for one in paid.refunds} if paid else set()
                ours = {
                    (one.stripe_id, one.amount, one.status)
                    for one in order.refunds
                    if one.payment == payment.id and one.made
                }
                self.holds("R8", theirs == ours, f"{order.id}: Stripe has {sorted(theirs)}, we have {sorted(ours)}")
                disputes = {(one.id, one.status) for one in paid.disputes} if paid else set()
                known = {(one.id, one.status) for one in order.disputes if one.payment == payment.id}
                warned = {one.id for one in paid.warnings} if paid else set()
                heard = {one.id for one in order.warnings if one.payment == payment.id}
                self.holds("R8", warned == heard, f"{order.id}: warnings {warned}, we have {heard}")
                self.holds("R8", disputes == known, f"{order.id}: disputes {disputes}, we have {known}")

    # The rules

    def _stock(self) -> None:
        reserved, gone = dict.fromkeys(self.start, 0), dict.fromkeys(self.start, 0)
        for order in self.memory.written.values():
            keeps = reserved if order.open else gone if order.state in SOLD else None
            if keeps is not None:
                for sku, pieces in held(order).items():
                    keeps[sku] += pieces
            for sku, pieces in self._back(order):
                gone[sku] -= pieces
        for sku, stock in self.memory.counts.items():
            self.holds(
                "R9", 0 <= stock.reserved <= stock.on_hand, f"{sku}: {stock.reserved} of {stock.on_hand} reserved"
            )
            self.holds(
                "R11",
                stock.reserved == reserved[sku],
                f"{sku}: {stock.reserved} reserved, open orders keep {reserved[sku]}",
            )
            expected = self.start[sku] - gone[sku]
            self.holds("R10", stock.on_hand == expected, f"{sku}: {stock.on_hand} on hand, {expected} must be")

    @staticmethod
    def _back(order: Order) -> Iterator[tuple[str, int]]:
        """What came back of an order and can be sold again; of what never left, what it had taken from the stock."""
        if order.state not in SOLD:
            return
        for back in order.returns:
            if back.state is ReturnState.RECEIVED:
                pieces, never = counted(back.items), counted(back.unsent)
                for at, line in enumerate(order.lines):
                    number = pieces[at] - (never[at] if line.backordered else 0)
                    yield from ((part.sku, part.quantity * number) for part in line.each)
        for portion in order.portions:
            for line, number in zip(order.lines, portion.unsent, strict=False):
                if not line.backordered:
                    yield from ((part.sku, part.quantity * number) for part in line.each)

    def _money(self) -> None:
        complete = {session.id: session.order for session in self._complete()}
        for order in self.memory.written.values():
            self._paid_by(order, complete)
            shown = self.shown.get(order.id)
            self.holds("R5", shown is None or order.total == shown.total, f"{order.id} costs {order.total}")
            for payment in order.payments:
                back = sum(one.amount for one in order.refunds if one.payment == payment.id and one.counts)
                self.holds("R7", back <= payment.amount, f"{order.id}: {back} of {payment.amount} went back")
            first = order.payments[0] if order.payments else None
            exact = first is None or first.amount == order.due or order.held
            self.holds("R4", bool(exact), f"{order.id}: {first and first.amount} paid, {order.due} due")
        for paid in self.stripe.payments.values():
            self.holds("R7", paid.left >= 0, f"{paid.id} gave back more than came in")
            keys = Counter(one.key for one in paid.refunds if one.key and one.status not in FAILED)
            twice = [key for key, times in keys.items() if times > 1]
            self.holds("R7", not twice, f"{paid.id} was refunded twice for {twice}")
            shares = [key.partition("#")[0] for key in keys]
            self.holds("R7", len(shares) == len(set(shares)), f"{paid.id} was refunded twice for one intent")

    def _paid_by(self, order: Order, complete: dict[str, str]) -> None:
        """R2 and R3: money without which it would not be paid, and each payment once."""
        genuine = [one for one in order.payments if complete.get(one.session) == order.id]
        self.holds("R2", len(genuine) == len(order.payments), f"{order.id} takes a payment for its own that is none")
        self.holds("R2", not order.paid_like or bool(genuine), f"{order.id} is {order.state} and nobody has paid")
        names = [payment.session for payment in order.payments]
        self.holds("R3", len(names) == len(set(names)), f"{order.id} counts a payment twice")

    def _promotions(self) -> None:
        uses: Counter[str] = Counter()
        people: Counter[str] = Counter()
        for order in self.memory.written.values():
            if order.open or order.state in SOLD:
                uses.update(claim.promotion for claim in order.claims)
                people.update(claim.customer for claim in order.claims if claim.customer)
        for promotion, number in uses.items():
            self.holds("R13", number <= USES, f"{promotion} is used {number} times")
            counted = self.memory.used[promotion, ""]
            self.holds("R13", counted == number, f"{promotion}: {counted} uses counted, {number} orders use it")
        for customer, number in people.items():
            self.holds("R13", number <= USES_EACH, f"{customer} used a coupon {number} times")
        self._balances()

    def _balances(self) -> None:
        sums: Counter[str] = Counter()
        for entry in self.memory.ledger.values():
            sums[entry.account] += entry.amount
        for account, balance in self.memory.balances.items():
            self.holds("R14", balance >= 0, f"{account} is at {balance}")
            self.holds("R14", balance == sums[account], f"{account}: {balance}, its entries come to {sums[account]}")
        earned = Counter([one.order for one in self.memory.ledger.values() if one.kind is EntryKind.EARNED])
        self.holds("R14", all(times == 1 for times in earned.values()), "an order earned points twice")
        for order in self.memory.written.values():
            if order.state in {State.EXPIRED, State.UNFULFILLABLE}:
                self.holds("R14", self._spent(order) == 0, f"{order.id} is {order.state} and keeps a balance")
            if order.state is State.CANCELLED:
                left = self._entries(order, EntryKind.SOLD, EntryKind.VOIDED)
                self.holds("R14", left == 0, f"{order.id} is cancelled, and its gift cards have {left}")
            if order.state in SOLD and not order.reversals:
                due = -sum(one.amount for one in order.spent)
                self.holds("R14", self._spent(order) == due, f"{order.id} spent {self._spent(order)}, not {due}")

    def _spent(self, order: Order) -> int:
        return self._entries(order, EntryKind.SPENT, EntryKind.GIVEN_BACK)

    def _entries(self, order: Order, *kinds: EntryKind) -> int:
        return sum(one.amount for one in self.memory.ledger.values() if one.order == order.id and one.kind in kinds)

    def _mails(self) -> None:
        """R21 and R23: a copy for each lost answer at most, and one recipient."""
        if self.mail is None:
            return
        for name, copies in self.mail.accepted.items():
            explained = self.mail.explained[name]
            self.holds("R21", copies <= 1 + explained, f"{name} was sent {copies} times, and {explained} explain that")
            order = self.memory.written.get(name.partition(".")[0])
            corrected = order is not None and order.epoch > 0
            self.holds("R23", corrected or len(self.mail.to[name]) == 1, f"{name} went to {self.mail.to[name]}")

    def is_noted(self, message_id: str) -> bool:
        """Whether the shop knows that this mail was accepted."""
        order_id, _, name = message_id.partition(".")
        messages = self.memory.written[order_id].messages if order_id in self.memory.written else ()
        return any(message.name == name and message.sent_at for message in messages)

    def _complete(self) -> list[Session]:
        done = {"paid", "no_payment_required"}
        return [one for one in self.stripe.sessions.values() if one.status == "complete" and one.payment_status in done]

    def _knows(self, session: Session) -> bool:
        order = self.memory.written.get(session.order)
        return bool(order and any(payment.session == session.id for payment in order.payments))

    def _paid_when(self, event: PaymentEvent) -> Iterator[Session]:
        """The sessions that were paid when the event was made: a later payment is told by a later event."""
        later = self.stripe.news[int(event.id.removeprefix("evt_")) + 1 :]
        return (one for one in self._complete() if not any(news.session == one.id for news in later))

    @staticmethod
    def _in_two_steps(before: State, after: State) -> bool:
        """A parcel that is the last one and has arrived moves an order twice in one write, never more."""
        return any(after in TRANSITIONS[between] for between in TRANSITIONS[before]) and after is State.DELIVERED

    def holds(self, rule: str, true: bool, text: str) -> None:
        """Raise Violation when it is not."""
        if not true:
            raise Violation(f"{rule}: {text}")
