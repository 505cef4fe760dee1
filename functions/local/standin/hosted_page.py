"""The payment page: one HTML form that works without JavaScript.

Addresses: `/pay/<session>` shows and takes the form, `/pay/<session>/authenticate` is the 3-D Secure step.
The main button is `button[name=pay]`; a button `button[name=use][value=<number>]` pays with that test card.
"""

from http import HTTPStatus
from urllib.parse import urlsplit

from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from . import countries, payments, sessions, typed
from .account import Account
from .currencies import shown
from .endpoints import LOCAL_HOSTS
from .pages import page
from .payments import Attempt, Result
from .store import Json
from .sweep import sweep
from .test_cards import CARDS, DEBITS
from .typed import Typed


def show(account: Account, _request: Request, name: str) -> Response:
    sweep(account)
    session = account.store.get(sessions.KIND, name)
    if session is None or session["status"] != "open":
        return _closed(account, session)
    return _form(account, session, typed.prefilled(session), HTTPStatus.OK)


def take(account: Account, request: Request, name: str) -> Response:
    """Pays, or shows the form again with what is wrong. A second try after success pays nothing again."""
    sweep(account)
    session = account.store.get(sessions.KIND, name)
    if session is None or session["status"] != "open":
        return _closed(account, session)
    sent = typed.read(session, request.form, account.clock.now())
    if sent.errors:
        return _form(account, session, sent, HTTPStatus.UNPROCESSABLE_ENTITY)
    result = payments.pay(account, name, sent.shopper(), sent.means, sent.values.get("shipping_rate"))
    return _answer(account, result, sent)


def show_authentication(account: Account, _request: Request, name: str) -> Response:
    sweep(account)
    session = account.store.get(sessions.KIND, name)
    if session is None or session["status"] != "open":
        return _closed(account, session)
    payment = account.store.get("payment_intent", session["payment_intent"] or "")
    if payment is None or payment["status"] != "requires_action":
        return redirect(session["url"], HTTPStatus.SEE_OTHER)
    return page(account, "authenticate.html", session=session, total=_total(session))


def take_authentication(account: Account, request: Request, name: str) -> Response:
    sweep(account)
    if account.store.get(sessions.KIND, name) is None:
        return _closed(account, None)
    result = payments.authenticate(account, name, authorised=request.form.get("outcome") == "authorise")
    return _answer(account, result, typed.prefilled(result.session))


def _answer(account: Account, result: Result, sent: Typed) -> Response:
    match result.attempt:
        case Attempt.COMPLETE:
            return redirect(success_url(result.session), HTTPStatus.SEE_OTHER)
        case Attempt.AUTHENTICATE:
            return redirect(f"{result.session['url']}/authenticate", HTTPStatus.SEE_OTHER)
        case Attempt.CLOSED:
            return _closed(account, result.session)
        case Attempt.DECLINED:
            return _declined(account, result, sent)


def _declined(account: Account, result: Result, sent: Typed) -> Response:
    """The form again, with what the shopper typed about themselves and the card that works."""
    values = sent.values | typed.CARD_FIELDS | {"method": "card"}
    again = Typed(values)
    return _form(account, result.session, again, HTTPStatus.PAYMENT_REQUIRED, declined=result.message)


def success_url(session: Json) -> str:
    return str(session["success_url"]).replace("{CHECKOUT_SESSION_ID}", session["id"])


def _closed(account: Account, session: Json | None) -> Response:
    if session is None:
        return page(account, "closed.html", HTTPStatus.NOT_FOUND, session=None, back=None)
    if session["status"] == "complete":
        return page(account, "closed.html", HTTPStatus.CONFLICT, session=session, back=success_url(session))
    if session["status"] == "expired":
        return page(account, "closed.html", HTTPStatus.GONE, session=session, back=session["cancel_url"])
    return redirect(session["url"], HTTPStatus.SEE_OTHER)


def _form(account: Account, session: Json, sent: Typed, status: HTTPStatus, declined: str | None = None) -> Response:
    items = [_item(account, line) for line in account.store.notes(session["id"])["lines"]]
    return page(
        account,
        "pay.html",
        status,
        session=session,
        values=sent.values,
        errors=sent.errors,
        declined=declined,
        items=items,
        pictured=any(item["image"] for item in items),
        rates=_rates(account, session),
        countries=[(code, countries.name(code)) for code in typed.allowed_countries(session)],
        states=any(countries.has_states(code) for code in typed.allowed_countries(session)),
        total=_total(session),
        money=lambda amount: shown(amount, session["currency"]),
        cards=CARDS if "card" in session["payment_method_types"] else (),
        debits=DEBITS if session["payment_method_types"] != ["card"] else (),
    )


def _total(session: Json) -> str:
    return shown(session["amount_total"], session["currency"])


def _item(account: Account, line: Json) -> Json:
    product = account.require("product", line["price"]["product"])
    local = [image for image in product["images"] if urlsplit(image).hostname in LOCAL_HOSTS]
    return line | {"image": local[0] if local else None, "detail": product["description"]}


def _rates(account: Account, session: Json) -> list[Json]:
    """The shipping options with the total that each leads to."""
    goods = session["amount_total"] - session["total_details"]["amount_shipping"]
    found = [account.require("shipping_rate", option["shipping_rate"]) for option in session["shipping_options"]]
    return [rate | {"total": goods + rate["fixed_amount"]["amount"], "when": _when(rate)} for rate in found]


def _when(rate: Json) -> str:
    """Such as `2–4 business days`; empty without an estimate."""
    estimate = rate["delivery_estimate"] or {}
    bounds = [estimate[edge] for edge in ("minimum", "maximum") if estimate.get(edge)]
    if not bounds:
        return ""
    values = "–".join(dict.fromkeys(str(bound["value"]) for bound in bounds))
    unit = bounds[-1]["unit"].replace("_", " ")
    return f"{values} {unit}{'' if values == '1' else 's'}"


def nothing(account: Account) -> Response:
    """For an address where there is nothing at all."""
    return _closed(account, None)
