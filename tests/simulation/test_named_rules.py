"""An edit that breaks a rule is found as that very rule: those that are looked at in single writes and answers."""

from dataclasses import replace
from typing import Any

import pytest
from markupsafe import Markup
from werkzeug.utils import redirect
from werkzeug.wrappers import Request

from functions.service import outbox, settlement
from functions.service.acting import perform
from functions.shop import correspondence, discount, settling
from functions.shop.acts import Actor, Cancel
from functions.shop.decision import Decision
from functions.shop.errors import MailFailed
from functions.shop.order import Order
from functions.shop.returns import Question
from functions.shop.state import State
from functions.web.order_page import OrderPage
from tests.simulation.history import History
from tests.simulation.rules import Violation

pytestmark = pytest.mark.slow

Patch = pytest.MonkeyPatch


def _sells_whatever_is_asked_for(patch: Patch) -> None:
    patch.setattr("functions.shop.quote._problems", lambda *_: ())


def _takes_again_what_it_has_given_back(patch: Patch) -> None:
    real = settling._bought_at_last

    def bought(before: Order, *rest: Any) -> Decision:
        return real(replace(before, state=State.PENDING), *rest)

    patch.setattr(settling, "_bought_at_last", bought)


def _gives_no_gifts(patch: Patch) -> None:
    patch.setattr(discount, "_gifts", lambda *_: ())


def _leaves_cards_good_that_went_back(patch: Patch) -> None:
    patch.setattr("functions.shop.cancelling._credited", lambda _: False)


def _takes_the_latest_news_for_the_payment(patch: Patch) -> None:
    real = settling.decide

    def decide(before: Order, facts: Any, now: int, **known: Any) -> Decision:
        decision = real(before, facts, now, **known)
        return replace(decision, order=replace(decision.order, paid_at=now)) if before.paid_like else decision

    patch.setattr(settlement, "decide", decide)


def _turns_away_when_no_mail_goes(patch: Patch) -> None:
    def sent(box: outbox.Outbox, of: outbox.Owed, message: Any) -> bool:
        box.mail.send(box.write(of, message))
        return True

    patch.setattr(outbox.Outbox, "_sent", sent)
    patch.setattr(OrderPage, "send_mails", lambda page, order: page.post(page.reread(order)))
    patch.setattr("functions.web.part.PaymentRefused", MailFailed)


def _gives_money_back_when_looked_at(patch: Patch) -> None:
    real = settlement.settle

    def settle(order_id: str, *, only_look: bool = False, **tools: Any) -> Order:
        return real(order_id, **tools)

    patch.setattr(settlement, "settle", settle)


def _gives_up_when_looked_at(patch: Patch) -> None:
    def given_up(page: OrderPage, order: Order) -> Order:
        shop = page.page
        return settlement.release(
            order.id, store=shop.store, payments=page.payments, clock=shop.clock, codes=shop.codes
        )

    patch.setattr("functions.web.order._settled", given_up)


def _cancels_when_the_form_is_looked_at(patch: Patch) -> None:
    real = OrderPage.token

    def token(page: OrderPage, purpose: Any, order: Order) -> str:
        shop = page.page
        tools: dict[str, Any] = {
            "store": shop.store,
            "payments": page.payments,
            "clock": shop.clock,
            "codes": shop.codes,
        }
        perform(order.id, Cancel(Actor.CUSTOMER), **tools)
        return real(page, purpose, order)

    patch.setattr(OrderPage, "token", token)


def _takes_head_for_get(patch: Patch) -> None:
    real = OrderPage.shown

    def shown(page: OrderPage, request: Request, order: Order, template: str, **context: Any) -> Any:
        if request.method == "HEAD" and order.open:
            shop = page.page
            settlement.settle(order.id, store=shop.store, payments=page.payments, clock=shop.clock, codes=shop.codes)
        return real(page, request, order, template, **context)

    patch.setattr(OrderPage, "shown", shown)


def _logs_what_an_error_says(patch: Patch) -> None:
    patch.setattr("functions.log.told_of", lambda error: {"error": str(error)})
    patch.setattr("functions.log.allowed", dict)


def _trusts_what_people_write(patch: Patch) -> None:
    def asked(name: str, text: str, at: int) -> Question:
        return Question(name, Markup(text), at)  # noqa: S704, what must not be done is done

    patch.setattr(correspondence, "Question", asked)


def _remembers_who_was_forgotten(patch: Patch) -> None:
    patch.setattr(correspondence, "_unaddressed", lambda message: message)


def _does_not_know_where_the_owner_is(patch: Patch) -> None:
    patch.setattr("functions.web.letters.TO_OWNER", frozenset[object]())


def _leads_elsewhere(patch: Patch) -> None:
    patch.setattr("functions.web.order_page.back_to", lambda *_: redirect("https://elsewhere.example/", 303))


EDITS = {
    "R6 nothing is sold that must not be": _sells_whatever_is_asked_for,
    "R12 stock is let go once": _takes_again_what_it_has_given_back,
    "R14 what is cancelled has no balance": _leaves_cards_good_that_went_back,
    "R15 a gift comes with what earns it": _gives_no_gifts,
    "R18 news says nothing twice": _takes_the_latest_news_for_the_payment,
    "R22 no mail is waited for": _turns_away_when_no_mail_goes,
    "R23 no mail goes to nobody": _does_not_know_where_the_owner_is,
    "R25 no look gives money back": _gives_money_back_when_looked_at,
    "R25 no look gives an order up": _gives_up_when_looked_at,
    "R25 a form does nothing by itself": _cancels_when_the_form_is_looked_at,
    "R25 HEAD writes nothing": _takes_head_for_get,
    "R26 the log says nothing of people": _logs_what_an_error_says,
    "R28 what people write is escaped": _trusts_what_people_write,
    "R29 who is forgotten is forgotten": _remembers_who_was_forgotten,
    "R30 answers lead to the shop": _leads_elsewhere,
}


def broken_by(seed: int) -> str:
    """The first rule that the history of a seed breaks; empty when it keeps all."""
    try:
        History(seed).run()
    except Violation as broken:
        return str(broken).partition(":")[0]
    return ""


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_is_found_as_the_rule_that_it_breaks(edit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Within 500 histories; what else it breaks may be found before."""
    EDITS[edit](monkeypatch)
    assert any(broken_by(seed) == edit.split(maxsplit=1)[0] for seed in range(500))
