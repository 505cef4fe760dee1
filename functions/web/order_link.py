"""`/order-link`: the link to an order once more, for who knows its number and the address it was ordered with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from werkzeug.wrappers import Request, Response

from functions.service.recognising import recognise
from functions.shop.acts import Resend
from functions.shop.email import parse_email
from functions.shop.errors import InvalidEmail
from functions.shop.message import Kind
from functions.shop.order_number import spellings
from functions.shop.sentence import Sentence
from functions.web.limit import TOO_OFTEN, Limit, ask_to_wait
from functions.web.order_page import STYLES, OrderPage
from functions.web.statement import LONGEST_NUMBER
from functions.web.text import MISSING, TOO_LONG, one_line

_PLACES, _NUMBERS = Limit("link-from", most=20), Limit("link-order", most=5)


@dataclass(frozen=True, slots=True)
class LinkPage:
    """The form and its answer, which is the same for everybody."""

    orders: OrderPage

    def routes(self) -> Mapping[str, Callable[..., Response]]:
        """The views, by method and path."""
        return {"GET /order-link": self._shown, "POST /order-link": self.send}

    def send(self, request: Request) -> Response:
        """Send the link, if there is such an order; or the form again with what is wrong."""
        number, email = (one_line(request.form.get(name, "")) for name in ("number", "email"))
        problems = {} if number else {"number": MISSING}
        problems |= {"number": TOO_LONG} if len(number) > LONGEST_NUMBER else {}
        try:
            parse_email(email)
        except InvalidEmail as error:
            problems["email"] = error.sentence if email else MISSING
        if problems:
            return self._shown(request, problems=problems, status=400)
        if limit := self._exceeded(request, number):
            return ask_to_wait(self._shown(request, notice=TOO_OFTEN, status=429), limit)
        if order := recognise(number, email, self.orders.page.store):
            self.orders.perform(order, Resend(Kind.LINK))
        return self._shown(request, sent=True)

    def _exceeded(self, request: Request, number: str) -> Limit | None:
        limits = self.orders.page.limits
        return limits.exceeded((_PLACES, limits.place(request)), (_NUMBERS, spellings(number)[-1]))

    def _shown(
        self,
        request: Request,
        *,
        problems: Mapping[str, str] | None = None,
        notice: str = "",
        sent: bool = False,
        status: int = 200,
    ) -> Response:
        page = self.orders.page
        return page.pages.page(
            request,
            page.catalogue.current(),
            "functions/order_link.html",
            title=Sentence("Find your order"),
            count=page.cart(request).count,
            status=status,
            styles=STYLES,
            entered=request.form,
            problems=problems or {},
            notice=notice,
            sent=sent,
        )
