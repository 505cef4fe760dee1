"""Histories in which everything may go wrong keep the rules; with any one guard taken away, they do not."""

import os
from dataclasses import replace
from typing import Any

import pytest

from functions.adapters.stripe_events import StripeEvents
from functions.service import outbox, settlement
from functions.shop import cancelling, fulfilment, settling
from functions.shop.decision import Decision, stock_changed
from functions.shop.errors import PaymentRefused
from functions.shop.message import Message, delayed, sent
from functions.shop.order import Order
from functions.shop.shipment import listed, packable, shipped
from functions.shop.state import State
from functions.web.cookies import Cookies
from tests.simulation.history import History
from tests.simulation.memory_store import MemoryStore
from tests.simulation.rules import Violation
from tests.simulation.stripe import Stripe

pytestmark = pytest.mark.slow


SEEDS = int(os.environ.get("SEEDS", "200"))
PARTS = 8
Patch = pytest.MonkeyPatch


def breaks(seed: int) -> bool:
    """Whether the history of a seed breaks a rule."""
    try:
        History(seed).run()
    except Violation:
        return True
    return False


@pytest.mark.parametrize("part", range(PARTS))
def test_every_history_keeps_every_rule(part: int) -> None:
    for seed in range(part, SEEDS, PARTS):
        History(seed).run()


def test_a_seed_tells_the_same_story_every_time() -> None:
    once, again = History(7), History(7)
    once.run()
    again.run()
    assert once.world.story == again.world.story
    assert len(once.world.story) > 100


def _any_version(patch: Patch) -> None:
    patch.setattr(MemoryStore, "_check_version", lambda *_: None)


def _sells_what_is_reserved(patch: Patch) -> None:
    def moved(store: MemoryStore, stock: Any) -> dict[str, Any]:
        after: dict[str, Any] = {}
        for change in stock:
            before = after.get(change.sku) or store.counts[change.sku]
            after[change.sku] = replace(
                before, on_hand=before.on_hand + change.on_hand, reserved=before.reserved + change.reserved
            )
        return after

    patch.setattr(MemoryStore, "_moved", moved)


def _counts_no_limit(patch: Patch) -> None:
    real = MemoryStore._counted

    def counted(store: MemoryStore, claims: Any) -> Any:
        free = [replace(one, claim=replace(one.claim, uses=None, uses_per_customer=None)) for one in claims]
        return real(store, free)

    patch.setattr(MemoryStore, "_counted", counted)


def _overdraws(patch: Patch) -> None:
    def balanced(store: MemoryStore, entries: Any) -> dict[str, int]:
        after: dict[str, int] = {}
        for entry in entries:
            after[entry.account] = after.get(entry.account, store.balances.get(entry.account, 0)) + entry.amount
        return after

    patch.setattr(MemoryStore, "_balanced", balanced)


def _forgets_late_money(patch: Patch) -> None:
    real = settling._settled

    def settled(before: Order, *rest: Any) -> Decision:
        return Decision(before) if before.state is State.EXPIRED else real(before, *rest)

    patch.setattr(settling, "_settled", settled)


def _keeps_second_payments(patch: Patch) -> None:
    patch.setattr(settling, "_all_back", lambda paid, *_, **__: paid)


def _refunds_under_new_keys(patch: Patch) -> None:
    real, numbers = Stripe.refund, iter(range(10**6))

    def refund(stripe: Stripe, payment: str, amount: int, key: str) -> Any:
        return real(stripe, payment, amount, f"{key}#{next(numbers)}")

    patch.setattr(Stripe, "refund", refund)


def _marks_before_sending(patch: Patch) -> None:
    real = outbox.Outbox._sent

    def send(box: outbox.Outbox, of: outbox.Owed, message: Message) -> bool:
        box._mark(message.name, sent)
        return real(box, of, message)

    patch.setattr(outbox.Outbox, "_sent", send)


def _sends_without_a_lease(patch: Patch) -> None:
    def send(box: outbox.Outbox, of: outbox.Owed, message: Message) -> list[bool]:
        went = box._sent(of, message)
        box._mark(message.name, sent if went else delayed)
        return [went]

    patch.setattr(outbox.Outbox, "_deal_with", send)


def _believes_any_session(patch: Patch) -> None:
    real = settling.decide

    def decide(before: Order, facts: Any, now: int, **known: Any) -> Decision:
        return real(before, replace(facts, payment_status="paid", status="complete"), now, **known)

    patch.setattr(settlement, "decide", decide)


def _ends_without_asking(patch: Patch) -> None:
    def release(order_id: str, *, store: Any, clock: Any, **_: Any) -> Order:
        known = settlement.known(order_id, store)
        if not known.open:
            return known
        return settlement.save(settling._ended(known, clock()), store)

    patch.setattr(settlement, "release", release)
    patch.setattr("functions.service.reconcile.release", release)


def _cancels_what_has_left(patch: Patch) -> None:
    patch.setattr(cancelling, "can_cancel", lambda *_: True)
    patch.setattr(cancelling, "moved", lambda before, state: replace(before, state=state))


def _ships_what_is_not_there(patch: Patch) -> None:
    patch.setattr(fulfilment, "_must_be_left", lambda *_: None)
    patch.setattr(fulfilment, "_must_leave", lambda *_: None)


def _ships_what_was_withdrawn_from(patch: Patch) -> None:
    patch.setattr(cancelling, "stopped", lambda before, _: before)


def _ships_what_was_paid_after_a_withdrawal(patch: Patch) -> None:
    patch.setattr(settling, "stopped", lambda before, _: before)


def _ships_what_is_back_on_sale(patch: Patch) -> None:
    patch.setattr(fulfilment, "to_ship", lambda order: listed(packable(order) - shipped(order)))


def _acknowledges_before_writing(patch: Patch) -> None:
    def lazy(*_: Any, **__: Any) -> tuple[str, ...]:
        return ()

    patch.setattr("functions.web.stripe_events.heed", lazy)
    patch.setattr("functions.service.news.heed", lazy)


def _is_deaf_to_refunds(patch: Patch) -> None:
    patch.setattr(settlement, "learn", lambda before, *_, **__: Decision(before))


def _forgets_uses_of_what_ends(patch: Patch) -> None:
    patch.setattr(settling, "claims_moved", lambda *_: ())


def _keeps_stock_of_what_ends(patch: Patch) -> None:
    patch.setattr(settling, "stock_moved", lambda *_, **__: ())


def _gives_stock_back_twice(patch: Patch) -> None:
    patch.setattr(cancelling, "stock_changed", lambda pieces: 2 * stock_changed(pieces))


def _forgets_mails(patch: Patch) -> None:
    patch.setattr(settling, "owing", lambda before, *_, **__: before)


def _never_looks_for_a_lost_page(patch: Patch) -> None:
    patch.setattr(settlement, "lost_session", lambda *_: "")
    patch.setattr("functions.service.reconcile.lost_session", lambda *_: "")
    patch.setattr("functions.service.reconcile._catch_up", lambda *_: False)


def _leaves_pages_open(patch: Patch) -> None:
    patch.setattr(settlement, "_left_open", lambda *_: False)


def _lets_everybody_in(patch: Patch) -> None:
    patch.setattr(Cookies, "may_see", lambda *_: True)


def _believes_any_signature(patch: Patch) -> None:
    patch.setattr(StripeEvents, "_check_signature", lambda *_: None)


def _breaks_when_the_store_does(patch: Patch) -> None:
    patch.setattr("functions.web.part.StoreUnavailable", PaymentRefused)
    patch.setattr("functions.web.part.ShopError", PaymentRefused)


GUARDS = {
    "the version of an order": _any_version,
    "stock that is reserved at once": _sells_what_is_reserved,
    "limits of a promotion": _counts_no_limit,
    "balances that do not go below nothing": _overdraws,
    "money that comes late": _forgets_late_money,
    "money that must go back": _keeps_second_payments,
    "one key for a refund": _refunds_under_new_keys,
    "a mark after sending": _marks_before_sending,
    "a lease before sending": _sends_without_a_lease,
    "facts before belief": _believes_any_session,
    "asking before ending": _ends_without_asking,
    "nothing is cancelled that has left": _cancels_what_has_left,
    "nothing is shipped that is not there": _ships_what_is_not_there,
    "nothing leaves that was withdrawn from": _ships_what_was_withdrawn_from,
    "nothing leaves whose money came after a withdrawal": _ships_what_was_paid_after_a_withdrawal,
    "nothing leaves that is back on sale": _ships_what_is_back_on_sale,
    "writing before answering": _acknowledges_before_writing,
    "refunds and disputes from elsewhere": _is_deaf_to_refunds,
    "uses of what has ended": _forgets_uses_of_what_ends,
    "stock of what has ended": _keeps_stock_of_what_ends,
    "stock that goes back once": _gives_stock_back_twice,
    "mails that are owed": _forgets_mails,
    "pages whose making was not answered": _never_looks_for_a_lost_page,
    "pages of what has ended": _leaves_pages_open,
    "the key to an order": _lets_everybody_in,
    "the signature of news": _believes_any_signature,
    "an answer when nothing answers": _breaks_when_the_store_does,
}


@pytest.mark.parametrize("guard", GUARDS)
def test_without_a_guard_a_rule_is_broken_within_500_histories(guard: str, monkeypatch: pytest.MonkeyPatch) -> None:
    GUARDS[guard](monkeypatch)
    assert any(breaks(seed) for seed in range(500))
