"""A part: a few routes that are mounted together, with the checks and the error pages that all parts share."""

import time
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from functions.deadline import answering
from functions.log import Event, note
from functions.ports import Catalogue
from functions.shop.errors import NoRelease, PaymentRefused, PaymentsUnavailable, ShopError, StoreUnavailable
from functions.shop.sentence import Sentence
from functions.web.page import Pages

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

View = Callable[..., Response]
MAX_BODY = 64 * 1024  # a form of 50 lines is under 4 KB
OTHERS = {"cross-site", "same-site"}
NOT_FOUND = 404
FAULTS = 400
MATCHED = "pouch.matched"  # in the request's environ: the route that answers it, and what its places hold


class ShopRequest(Request):
    """A request with bounds on what it may carry."""

    max_content_length = MAX_BODY
    max_form_memory_size = MAX_BODY
    max_form_parts = 200


class Part:
    """A WSGI application of a few routes. `url` is the shop's own address; posts from elsewhere are refused (R25).

    `headers` gives what an address carries (functions/web/headers.py).
    """

    routes: tuple[str, ...]
    """What it answers, such as `GET /cart`."""

    def __init__(
        self,
        routes: Mapping[str, View],
        *,
        pages: Pages,
        catalogue: Catalogue,
        url: str,
        headers: Callable[[str], Mapping[str, str]],
        foreign_posts: bool = False,
        request_class: type[Request] = ShopRequest,
    ) -> None:
        self.routes = tuple(routes)
        self._rules = [_rule(route, view) for route, view in routes.items()]
        self._map = Map(self._rules, strict_slashes=False, redirect_defaults=False, merge_slashes=False)
        self._pages, self._catalogue, self._url = pages, catalogue, url
        self._headers, self._foreign_posts, self._request_class = headers, foreign_posts, request_class

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        request, began = self._request_class(environ), time.perf_counter()
        with answering():
            response = self._answer(request)
        _note_answer(request, response, time.perf_counter() - began)
        for name, value in self._headers(request.path).items():
            response.headers.setdefault(name, value)
        return response(environ, start_response)

    def _answer(self, request: Request) -> Response:
        try:
            rule, arguments = self._map.bind_to_environ(request.environ).match(return_rule=True)
            request.environ[MATCHED] = (rule.rule, arguments)
            if request.method == "POST" and not self._foreign_posts:
                self._refuse_foreign(request)
            response: Response = rule.endpoint(request, **arguments)
        except HTTPException as error:
            response = self._http_error(request, error)
        except (PaymentsUnavailable, PaymentRefused, StoreUnavailable) as error:
            note(Event.WAITING, error=error)
            response = self._message(request, 503, Sentence("Something is not answering"), _TRY_AGAIN)
        except ShopError as error:
            response = self._message(request, 400, _FAILED, error.sentence)
        except Exception as error:
            note(Event.FAILED, error=error)
            response = self._message(request, 500, Sentence("Something broke on our side"), _TRY_AGAIN)
        return response

    def _refuse_foreign(self, request: Request) -> None:
        origin = request.headers.get("Origin")
        foreign = origin != self._url if origin else request.headers.get("Sec-Fetch-Site") in OTHERS
        if foreign:
            raise Foreign

    def _http_error(self, request: Request, error: HTTPException) -> Response:
        status = error.code or 500
        title, text = _SENTENCES.get(status, (_FAILED, Sentence("The request could not be understood.")))
        response = self._message(request, status, title, text)
        if isinstance(error, MethodNotAllowed) and error.valid_methods:
            response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
        return response

    def _message(self, request: Request, status: int, title: str, text: str) -> Response:
        links = [*_LINKS, (Sentence("Find your order"), "/order-link")] if status == NOT_FOUND else _LINKS
        try:
            release = self._catalogue.current()
        except NoRelease:
            return Response(f"{title}. {text}", 503, mimetype="text/plain")
        template = "functions/message.html"
        return self._pages.page(request, release, template, title=title, status=status, text=text, links=links)


def _note_answer(request: Request, response: Response, seconds: float) -> None:
    """Write down which route answered how. An order is named once it has shown itself: else its number is anybody's."""
    route, arguments = request.environ.get(MATCHED, (None, {}))
    note(
        Event.ANSWERED,
        method=request.method,
        route=route,
        status=response.status_code,
        milliseconds=round(seconds * 1000),
        order=arguments.get("order_id") if response.status_code < FAULTS else None,
    )


class Foreign(HTTPException):
    """A form that was posted from another site."""

    code = 403


def _rule(route: str, view: View) -> Rule:
    """A rule for a text such as `GET /cart`."""
    method, path = route.split(" ", 1)
    return Rule(path, methods=[method], endpoint=view)


_LINKS = [(Sentence("Go to your cart"), "/cart"), (Sentence("Back to the shop"), "/")]
_FAILED = Sentence("That did not work")
_UNREADABLE = Sentence("The form could not be read. Please go back and try again.")
_TRY_AGAIN = Sentence(
    "Please try again in a minute; your cart is kept. If you have paid already, your order is safe: "
    "do not pay again, and call us if in doubt."
)
_SENTENCES = {
    400: (_FAILED, _UNREADABLE),
    403: (
        Sentence("This form came from elsewhere"),
        Sentence("For your safety we only accept forms from our own pages."),
    ),
    404: (
        Sentence("Not here"),
        Sentence(
            "There is nothing at this address. An order opens with the link in its confirmation mail; or call us."
        ),
    ),
    405: (
        Sentence("Not like this"),
        Sentence("This address does not work that way. Please start from your cart."),
    ),
    413: (Sentence("Too much"), Sentence("That was more than we can take at once.")),
    415: (_FAILED, _UNREADABLE),
}
