"""Puts the stand-in together: one WSGI application, its background threads, and a server around them."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.routing import Map, Rule
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

from . import control, endpoints, hosted_page, pages
from .account import Account
from .api import Api
from .clock import Clock
from .control import Control
from .faults import Faults
from .store import Json, Store
from .sweep import Sweeper
from .webhooks import Deliveries, Patience

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


@dataclass(frozen=True)
class Settings:
    """How a stand-in is set up. Without `state` it forgets everything when it ends.

    `settle_after` is how many seconds a delayed payment takes; with `secret_key` only that API key is taken.
    """

    host: str = "127.0.0.1"
    port: int = 0
    state: Path | None = None
    webhook_url: str | None = None
    webhook_secret: str | None = None
    shop_name: str = "Test shop"
    secret_key: str | None = None
    settle_after: int = 20
    patience: Patience = field(default_factory=Patience)


_PAGES = Map(
    [
        Rule("/", methods=["GET"], endpoint="overview"),
        Rule("/_static/standin.css", methods=["GET"], endpoint="style"),
        Rule("/_control/state", methods=["GET"], endpoint="state"),
        Rule("/_control/<action>", methods=["POST"], endpoint="act"),
        Rule("/pay/<name>", methods=["GET"], endpoint="show"),
        Rule("/pay/<name>", methods=["POST"], endpoint="take"),
        Rule("/pay/<name>/authenticate", methods=["GET"], endpoint="show_authentication"),
        Rule("/pay/<name>/authenticate", methods=["POST"], endpoint="take_authentication"),
    ]
)


class Application:
    """The WSGI application: `/v1` is the API, the rest are pages."""

    def __init__(self, account: Account, control_: Control, api: Api) -> None:
        self._account = account
        self._control = control_
        self._api = api

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        request = Request(environ)
        return self._answer(request)(environ, start_response)

    def _answer(self, request: Request) -> Response:
        if request.path.startswith("/v1"):
            return self._api.answer(request)
        try:
            endpoint, values = _PAGES.bind_to_environ(request.environ).match()
            return self._page(endpoint, request, dict(values))
        except NotFound:
            return hosted_page.nothing(self._account)
        except HTTPException as problem:
            return Response.from_app(problem, request.environ)

    def _page(self, endpoint: str, request: Request, values: dict[str, Any]) -> Response:
        answers: dict[str, Callable[..., Response]] = {
            "overview": lambda: control.overview(self._account, self._control),
            "style": pages.style,
            "state": lambda: control.state(self._control),
            "act": lambda action: control.act(self._control, request, action, self._account.base_url),
            "show": lambda name: hosted_page.show(self._account, request, name),
            "take": lambda name: hosted_page.take(self._account, request, name),
            "show_authentication": lambda name: hosted_page.show_authentication(self._account, request, name),
            "take_authentication": lambda name: hosted_page.take_authentication(self._account, request, name),
        }
        return answers[endpoint](**values)


class _Handler(WSGIRequestHandler):
    """Says nothing about requests that went well; the shop's own output is worth more on a terminal."""

    def connection_dropped(
        self,
        error: BaseException,  # noqa: ARG002 - the signature is werkzeug's
        environ: "WSGIEnvironment | None" = None,  # noqa: ARG002
    ) -> None:
        """Hangs up: without this, a client would wait for the answer to a call that was told to fail."""
        self.close_connection = True

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass


def _unready(_environ: "WSGIEnvironment", _start_response: "StartResponse") -> Iterable[bytes]:
    raise RuntimeError("the server answers before it is set up")


class Standin(Control):
    """A running payment stand-in. `url` is what STRIPE_API_BASE is set to; `app` its WSGI application."""

    def __init__(self, settings: Settings | None = None, clock: Callable[[], float] = time.time) -> None:
        settings = settings or Settings()
        if settings.webhook_url:
            endpoints.local_url(settings.webhook_url)
        self._server: BaseWSGIServer = make_server(
            settings.host, settings.port, _unready, threaded=True, request_handler=_Handler
        )
        self.url = f"http://{settings.host}:{self._server.port}"
        self._store = Store(settings.state)
        own_clock = Clock(clock)
        deliveries = Deliveries(self._store, own_clock, settings.patience)
        account = Account(self._store, own_clock, deliveries, self.url, settings.shop_name, settings.settle_after)
        faults = Faults()
        super().__init__(account, deliveries, faults)
        self.app = Application(account, self, Api(account, faults, settings.secret_key))
        self._server.app = self.app
        self._sweeper = Sweeper(account)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        if settings.webhook_url and settings.webhook_secret:
            self.add_endpoint(settings.webhook_url, settings.webhook_secret)

    def add_endpoint(self, url: str, secret: str, name: str = "we_commandline") -> Json:
        """Registers a webhook endpoint for all events, as in Stripe's dashboard. Raises ApiError if not local."""
        return endpoints.register(self._account, url, secret, name)

    def start(self) -> "Standin":
        self._deliveries.start()
        self._sweeper.start()
        self._thread.start()
        return self

    def close(self) -> None:
        """Stops answering and delivering; what was not yet delivered stays in the state file."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        self._sweeper.stop()
        self._deliveries.stop()
        self._store.close()


@contextmanager
def running_standin(settings: Settings | None = None, clock: Callable[[], float] = time.time) -> Iterator[Standin]:
    """A stand-in on a free port for as long as the block lasts."""
    standin = Standin(settings, clock).start()
    try:
        yield standin
    finally:
        standin.close()
