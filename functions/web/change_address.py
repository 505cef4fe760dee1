"""`/order/<id>/address`: where it goes, to be changed as long as it is not packed."""

from collections.abc import Callable, Mapping

from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Request, Response

from functions.shop.acts import ChangeAddress
from functions.shop.correspondence import ASTRAY, can_change_address, within_reach
from functions.shop.errors import IllegalTransition, TokenRefused
from functions.shop.order import Order
from functions.shop.sentence import Sentence
from functions.shop.settings import Address
from functions.web.order_page import OrderPage
from functions.web.text import MISSING, TOO_LONG, one_line
from functions.web.tokens import Purpose

LONGEST = 100  # characters of a line; carriers' labels have no room for more
_NEEDED = ("name", "line1", "city")
_FIELDS = ("name", "line1", "line2", "city", "region", "postcode")


def routes(page: OrderPage) -> Mapping[str, Callable[..., Response]]:
    """The views, by method and path."""
    return {"GET /order/<order_id>/address": page.reading(show), "POST /order/<order_id>/address": page.acting(change)}


def show(
    page: OrderPage,
    request: Request,
    order: Order,
    *,
    entered: Address | None = None,
    problems: Mapping[str, str] | None = None,
    notice: str = "",
    status: int = 200,
) -> Response:
    """The form, as it was filled in last."""
    return page.shown(
        request,
        order,
        "address",
        title=Sentence("Where order {id} goes", id=order.id),
        status=status,
        possible=can_change_address(order),
        entered=entered or order.address or Address(country=order.country),
        problems=problems or {},
        form=page.token(Purpose.ADDRESS, order),
        notice=notice,
    )


def change(page: OrderPage, request: Request, order: Order) -> Response:
    """Send it there; or the form again with what is wrong, each beside its field."""
    entered = _address(request.form, order)
    problems = _problems(entered, order)
    if problems:
        return show(page, request, order, entered=entered, problems=problems, status=400)
    try:
        page.form_id(request, Purpose.ADDRESS, order)
        page.perform(order, ChangeAddress(entered))
    except (IllegalTransition, TokenRefused) as error:
        return show(page, request, page.reread(order), entered=entered, notice=error.sentence, status=409)
    return page.done(order, Purpose.ADDRESS, "#where")


def _address(form: MultiDict[str, str], order: Order) -> Address:
    """What the form says; the country is the order's, whatever it says."""
    return Address(country=order.country, **{name: one_line(form.get(name, "")) for name in _FIELDS})


def _problems(entered: Address, order: Order) -> dict[str, str]:
    """What is wrong, by field. A postcode is needed where the present address has one."""
    needed = (*_NEEDED, "postcode") if order.address and order.address.postcode else _NEEDED
    found: dict[str, str] = {name: MISSING for name in needed if not getattr(entered, name)}
    found |= {name: TOO_LONG for name in _FIELDS if len(getattr(entered, name)) > LONGEST}
    return found or ({} if within_reach(order, entered) else {"postcode": ASTRAY})
