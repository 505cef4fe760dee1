"""`/withdraw`: the function by which consumers in the EU withdraw from a contract, in two steps.

Directive 2011/83/EU, article 11a, as directive (EU) 2023/2673 has it from 19 June 2026 on: a statement with name,
contract and an address for the receipt, then a button that confirms it. It works without a link, and answers the same
whether or not there is such an order, so that nobody can ask it for orders.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from functions.service.recognising import numbered, recognise
from functions.service.withdrawing import withdraw, withdraw_unmatched
from functions.shop.acts import Withdraw
from functions.shop.email import parse_email
from functions.shop.errors import TokenRefused
from functions.shop.order import Order
from functions.shop.order_number import spellings
from functions.shop.returns import Outcome, Withdrawal, agreed
from functions.shop.sentence import Sentence
from functions.shop.shipment import packable, parcelled
from functions.shop.state import State
from functions.shop.withdrawal_text import NEXT, TO_SEND
from functions.web.limit import TOO_OFTEN, Limit, ask_to_wait
from functions.web.order_page import STYLES, OrderPage
from functions.web.statement import LONGEST_NUMBER, Statement, problems_of, sealed, stated, unsealed
from functions.web.text import one_line

TITLE = Sentence("Withdraw from contract")
LEAST_DAYS = 14  # directive 2011/83/EU, article 9
DAY = 86_400
_BOUGHT = frozenset({State.PAID, State.PARTIALLY_SHIPPED, State.SHIPPED, State.DELIVERED})
_PLACES, _EMAILS = Limit("withdraw-from", most=20), Limit("withdraw-email", most=5)
_NUMBERS = Limit("withdraw-order", most=5)


def can_withdraw(order: Order, days: int, now: int) -> bool:
    """Whether an order's page should offer it: until so many days after its last parcel, and 14 at least, as long as
    something of it is not coming back for certain. Who has asked for a return and waits for the answer may withdraw.
    """
    arrived = [parcel.delivered_at for parcel in order.shipments]
    over = bool(arrived) and all(arrived) and now > max(arrived) + max(days, LEAST_DAYS) * DAY
    left = parcelled(order) - agreed(order) if packable(order) else not order.withdrawals
    return order.state in _BOUGHT and not over and bool(left)


@dataclass(frozen=True, slots=True)
class WithdrawalPage:
    """The two steps, and the answer."""

    orders: OrderPage

    def routes(self) -> Mapping[str, Callable[..., Response]]:
        """The views, by method and path."""
        return {
            "GET /withdraw": self.ask,
            "POST /withdraw": self.check,
            "GET /withdraw/confirm": lambda _: redirect("/withdraw", 303),
            "POST /withdraw/confirm": self.confirm,
        }

    def ask(self, request: Request) -> Response:
        """The first step, filled in as far as this browser knows the order that is named."""
        number = one_line(request.args.get("order", ""))[:LONGEST_NUMBER]
        order = numbered(number, self.orders.page.store)
        if order is None or not self._knows(request, order):
            return self._form(request, Statement(number=number))
        name = order.address.name if order.address else ""
        return self._form(request, Statement("", name, order.id, order.email))

    def check(self, request: Request) -> Response:
        """The second step: what will be sent. Or the first one again, to change something or with what is wrong."""
        tokens = self.orders.page.tokens
        if "change" in request.form:
            try:
                return self._form(request, unsealed(request.form.get("form", ""), tokens))
            except TokenRefused as error:
                return self._form(request, Statement(), notice=error.sentence, status=409)
        statement = stated(request.form, self.orders.page.new_id())
        if problems := problems_of(statement):
            return self._form(request, statement, problems=problems, status=400)
        return self._shown(request, "withdraw_confirm", statement=statement, form=sealed(statement, tokens))

    def confirm(self, request: Request) -> Response:
        """Withdraw. The answer says when that was; sent twice it is said once."""
        try:
            statement = unsealed(request.form.get("form", ""), self.orders.page.tokens)
        except TokenRefused as error:
            return self._form(request, Statement(), notice=error.sentence, status=409)
        if limit := self._exceeded(request, statement):
            return ask_to_wait(self._form(request, statement, notice=TOO_OFTEN, status=429), limit)
        order = recognise(statement.number, statement.email, self.orders.page.store)
        said = self._withdrawn(statement, order)
        outcome = said.outcome if order and self._knows(request, order) else Outcome.UNKNOWN
        return self._shown(
            request,
            "withdrawn",
            statement=statement,
            at=said.at,
            next=NEXT.get(outcome, ""),
            to_send=outcome in TO_SEND,
        )

    def _withdrawn(self, statement: Statement, order: Order | None) -> Withdrawal:
        page = self.orders.page
        act = Withdraw(statement.id, statement.name, parse_email(statement.email), statement.text)
        if order is None:
            return withdraw_unmatched(statement.number, act, store=page.store, now=page.clock())
        said = withdraw(order, act, store=page.store, payments=self.orders.payments, clock=page.clock, codes=page.codes)
        self.orders.send_mails(order)
        return said

    def _knows(self, request: Request, order: Order) -> bool:
        """Whether this browser may be told how an order stands; all others get the same answer (R27)."""
        return self.orders.page.cookies.may_see(request, order)

    def _exceeded(self, request: Request, statement: Statement) -> Limit | None:
        limits, number = self.orders.page.limits, spellings(statement.number)[-1]
        return limits.exceeded((_PLACES, limits.place(request)), (_EMAILS, statement.email.lower()), (_NUMBERS, number))

    def _form(
        self,
        request: Request,
        statement: Statement,
        *,
        problems: Mapping[str, str] | None = None,
        notice: str = "",
        status: int = 200,
    ) -> Response:
        return self._shown(
            request, "withdraw", status=status, statement=statement, problems=problems or {}, notice=notice
        )

    def _shown(self, request: Request, template: str, *, status: int = 200, **context: object) -> Response:
        page = self.orders.page
        return page.pages.page(
            request,
            page.catalogue.current(),
            f"functions/{template}.html",
            title=TITLE,
            count=page.cart(request).count,
            status=status,
            styles=STYLES,
            **context,
        )
