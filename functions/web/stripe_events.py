"""`/stripe/events`: Stripe's webhook. It answers 2xx only once what the event means is written down (R19)."""

from collections.abc import Callable, Mapping

from werkzeug.exceptions import BadRequest, NotFound
from werkzeug.wrappers import Request, Response

from functions.ports import Clock, Payments, Store, VerifyEvent
from functions.service.news import heed
from functions.shop.code import Codes
from functions.shop.errors import EventRefused, UnknownOrder, UnknownSession
from functions.shop.order import Order

MAX_EVENT = 1024 * 1024


class EventRequest(Request):
    """A request that may be as large as Stripe's events are."""

    max_content_length = MAX_EVENT


def routes(
    verify: VerifyEvent, store: Store, payments: Payments, clock: Clock, codes: Codes, post: Callable[[Order], object]
) -> Mapping[str, Callable[..., Response]]:
    """The views, by method and path. `post` has the mails sent that are due for an order."""

    def receive(request: Request) -> Response:
        try:
            event = verify(request.get_data(), request.headers.get("Stripe-Signature", ""))
            for order in heed(event, store=store, payments=payments, clock=clock, codes=codes) if event else ():
                post(order)
        except EventRefused as error:
            raise BadRequest(str(error)) from error
        except (UnknownOrder, UnknownSession) as error:
            raise NotFound(str(error)) from error
        return Response(status=204)

    return {"POST /stripe/events": receive}
