"""What tests and people can tell the stand-in to do: the methods, the same as JSON, and the page at `/`."""

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from http import HTTPStatus
from typing import Any

from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from . import countries, disputes, errors, payments, refunds, sessions, test_cards
from .account import Account
from .currencies import shown
from .faults import Fault, FaultKind, Faults
from .pages import page
from .payments import Result, Shopper
from .store import Json
from .sweep import sweep
from .typed import allowed_countries
from .webhooks import Deliveries, Order

SOMEONE = Shopper(
    email="sam.shopper@example.com",
    name="Sam Shopper",
    address={
        "line1": "Teststraße 12",
        "line2": None,
        "city": "Hamburg",
        "state": None,
        "country": "DE",
        "postal_code": "20457",
    },
)
_SHOWN_ON_PAGE = 50


def _someone(session: Json) -> Shopper:
    """Somebody whose address the payment page would take."""
    allowed = allowed_countries(session)
    if not allowed or SOMEONE.address["country"] in allowed:
        return SOMEONE
    return replace(SOMEONE, address=SOMEONE.address | {"country": allowed[0], **vars(countries.sample(allowed[0]))})


class Control:
    """Everything here takes effect at once and is safe from any thread."""

    def __init__(self, account: Account, deliveries: Deliveries, faults: Faults) -> None:
        self._account = account
        self._deliveries = deliveries
        self._faults = faults

    def pay(
        self,
        session: str,
        number: str = "4242424242424242",
        shopper: Shopper | None = None,
        shipping_rate: str | None = None,
    ) -> Result:
        """Pays as the payment page would, without a browser; somebody pays where the session may be sent to.

        Raises ApiError for an unknown session or number.
        """
        sweep(self._account)
        means = test_cards.found(number)
        if means is None:
            raise errors.invalid(f"{number} is no test card.", param="number")
        shopper = shopper or _someone(self._account.require(sessions.KIND, session))
        return payments.pay(self._account, session, shopper, means, shipping_rate)

    def authenticate(self, session: str, *, authorised: bool = True) -> Result:
        """Answers 3-D Secure."""
        return payments.authenticate(self._account, session, authorised=authorised)

    def settle(self, payment: str, *, success: bool = True) -> Json:
        """Ends a delayed payment, named by its payment intent or its session, and returns the session."""
        if payment.startswith("cs_"):
            payment = self._account.require(sessions.KIND, payment)["payment_intent"] or ""
        return payments.settle(self._account, payment, success=success)

    def expire(self, session: str) -> Json:
        """As someone would in Stripe's dashboard."""
        with self._account.store.transaction():
            return sessions.expire(self._account, {}, session)

    def refund(self, payment_intent: str, amount: int | None = None) -> Json:
        """As someone would in Stripe's dashboard; in minor units, the whole rest without an amount."""
        params = {"payment_intent": payment_intent} | ({} if amount is None else {"amount": amount})
        with self._account.store.transaction():
            return refunds.create(self._account, params)

    def fail_refund(self, refund: str) -> Json:
        """The bank sends a refund back."""
        return refunds.fail(self._account, refund)

    def dispute(self, payment_intent: str, reason: str = "fraudulent") -> Json:
        """The buyer's bank claims the money of a payment back."""
        return disputes.open_dispute(self._account, payment_intent, reason)

    def move_dispute(self, dispute: str, status: str) -> Json:
        """A dispute goes on: under_review, won or lost."""
        return disputes.move_dispute(self._account, dispute, status)

    def warn(self, payment_intent: str) -> Json:
        """The card's issuer warns of fraud."""
        return disputes.warn(self._account, payment_intent)

    def advance_clock(self, seconds: float) -> None:
        """Moves only the stand-in's time: sessions expire, delayed payments settle, keys are forgotten."""
        self._account.clock.advance(seconds)
        sweep(self._account)

    def hold(self) -> None:
        """Keeps all deliveries back until `release`."""
        self._deliveries.rules.hold = True

    def release(self, order: str = Order.AS_CREATED) -> list[Json]:
        """Delivers what waits, in order: as_created, reversed or shuffled. Returns the deliveries as they ended."""
        return self._deliveries.release(Order(order))

    def delay(self, seconds: float) -> None:
        """Every event leaves this much later, in real seconds; 0 ends it."""
        self._deliveries.rules.delay = seconds

    def duplicate(self, copies: int) -> None:
        """Every event is sent this often in all; 1 ends it."""
        self._deliveries.rules.copies = max(1, copies)

    def reorder(self, *, on: bool = True) -> None:
        """Events that come close together leave in the opposite order."""
        self._deliveries.rules.reorder = on

    def lose_next(self, count: int = 1) -> None:
        """The next deliveries never leave; `send_again` still sends their events."""
        self._deliveries.rules.lose_next = count

    def lose_all(self, *, on: bool = True) -> None:
        self._deliveries.rules.lose_all = on

    def send_again(self, event: str) -> None:
        self._deliveries.send_again(self._account.require("event", event))

    def fail_calls(self, kind: str, times: int = 1, seconds: float = 0.0, match: str = "") -> None:
        """The next API calls go wrong; `kind` is one of FaultKind, `match` a part of `POST /v1/…`."""
        self._faults.add(Fault(FaultKind(kind), times, seconds, match))

    def behave(self) -> None:
        """Ends all faults and all misbehaviour of deliveries; what is held is delivered."""
        self._faults.clear()
        rules = self._deliveries.rules
        rules.delay, rules.copies, rules.reorder, rules.lose_next, rules.lose_all = 0.0, 1, False, 0, False
        self._deliveries.release()

    def wait_until_delivered(self, timeout: float = 10.0) -> bool:
        """True as soon as no delivery is under way, False after `timeout` seconds."""
        return self._deliveries.wait_until_idle(timeout)

    def sessions(self) -> list[Json]:
        """Newest first, as are the others."""
        return self._account.store.newest(sessions.KIND)

    def events(self) -> list[Json]:
        return self._account.store.newest("event")

    def deliveries(self) -> list[Json]:
        return self._account.store.newest("delivery")

    def state(self) -> Json:
        return {
            "now": self._account.clock.now(),
            "rules": asdict(self._deliveries.rules),
            "faults": [asdict(fault) for fault in self._faults.waiting()],
            "sessions": self.sessions(),
            "events": self.events(),
            "deliveries": self.deliveries(),
        }


def _result(result: Result) -> Json:
    return {"attempt": result.attempt, "message": result.message, "session": result.session}


def _yes(value: str) -> bool:
    return value in ("true", "1", "on", "yes")


Step = Callable[[Control, dict[str, str]], Any]
ACTIONS: dict[str, Step] = {
    "pay": lambda c, p: _result(c.pay(p["session"], p.get("number", "4242424242424242"))),
    "authenticate": lambda c, p: _result(c.authenticate(p["session"], authorised=_yes(p.get("authorised", "true")))),
    "settle": lambda c, p: c.settle(p["payment"], success=_yes(p.get("success", "true"))),
    "expire": lambda c, p: c.expire(p["session"]),
    "refund": lambda c, p: c.refund(p["payment_intent"], int(p["amount"]) if p.get("amount") else None),
    "fail_refund": lambda c, p: c.fail_refund(p["refund"]),
    "dispute": lambda c, p: c.dispute(p["payment_intent"], p.get("reason", "fraudulent")),
    "move_dispute": lambda c, p: c.move_dispute(p["dispute"], p["status"]),
    "warn": lambda c, p: c.warn(p["payment_intent"]),
    "advance_clock": lambda c, p: c.advance_clock(float(p["seconds"])),
    "hold": lambda c, _: c.hold(),
    "release": lambda c, p: c.release(p.get("order", Order.AS_CREATED)),
    "delay": lambda c, p: c.delay(float(p["seconds"])),
    "duplicate": lambda c, p: c.duplicate(int(p["copies"])),
    "reorder": lambda c, p: c.reorder(on=_yes(p.get("on", "true"))),
    "lose_next": lambda c, p: c.lose_next(int(p.get("count", "1"))),
    "lose_all": lambda c, p: c.lose_all(on=_yes(p.get("on", "true"))),
    "send_again": lambda c, p: c.send_again(p["event"]),
    "fail_calls": lambda c, p: c.fail_calls(
        p["kind"], int(p.get("times", "1")), float(p.get("seconds", "0")), p.get("match", "")
    ),
    "behave": lambda c, _: c.behave(),
}


def act(control: Control, request: Request, action: str, home: str) -> Response:
    """`POST /_control/<action>` with JSON or a form. Answers JSON, or goes back to the page for a browser. A page that
    is open elsewhere in the same browser steers nothing; `home` is the stand-in's own address.
    """
    if _is_foreign(request, home):
        refused = f"a page of {request.headers.get('Origin') or 'another site'} sent this; use the page at {home}/"
        return _json({"error": refused}, HTTPStatus.FORBIDDEN)
    step = ACTIONS.get(action)
    if step is None:
        return _json({"error": f"there is no {action}; there is {', '.join(ACTIONS)}"}, HTTPStatus.NOT_FOUND)
    try:
        result = step(control, _sent(request))
    except (KeyError, ValueError) as problem:
        return _json({"error": f"{action}: {problem}"}, HTTPStatus.BAD_REQUEST)
    except errors.ApiError as problem:
        return _json(problem.body(), problem.status)
    if request.accept_mimetypes.best_match(["application/json", "text/html"]) == "text/html":
        return redirect("/", HTTPStatus.SEE_OTHER)
    return _json({"result": result}, HTTPStatus.OK)


def _is_foreign(request: Request, home: str) -> bool:
    """Whether another page sends it. Browsers say where a form or a script is from; programs say nothing."""
    origin = request.headers.get("Origin")
    if origin is None:
        return request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"}
    return origin not in {home, home.replace("//127.0.0.1:", "//localhost:")}


def _sent(request: Request) -> dict[str, str]:
    if request.is_json:
        return {name: _plain(value) for name, value in request.get_json().items()}
    return request.form.to_dict()


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def state(control: Control) -> Response:
    return _json(control.state(), HTTPStatus.OK)


def _json(body: Json, status: int) -> Response:
    return Response(json.dumps(body, indent=2), status, mimetype="application/json")


def overview(account: Account, control: Control) -> Response:
    """The page at `/`."""
    now = control.state()
    return page(
        account,
        "control.html",
        sessions=now["sessions"][:_SHOWN_ON_PAGE],
        events=now["events"][:_SHOWN_ON_PAGE],
        states=_states(now["deliveries"]),
        rules=now["rules"],
        faults=now["faults"],
        kinds=list(FaultKind),
        orders=list(Order),
        money=shown,
    )


def _states(deliveries: list[Json]) -> dict[str, list[str]]:
    """How the deliveries of each event stand."""
    found: dict[str, list[str]] = {}
    for delivery in deliveries:
        answer = f" ({delivery['answer']})" if delivery["answer"] else ""
        found.setdefault(delivery["event"], []).append(f"{delivery['state']}{answer}")
    return found
