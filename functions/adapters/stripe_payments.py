"""Payments through Stripe's hosted Checkout, at the API version that the locked library pins."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

import stripe

from functions.adapters.stripe_calls import StripeCalls, Told
from functions.language import Words, words_in
from functions.ports import SessionLinks
from functions.shop.errors import PaymentRefused, PaymentsUnavailable, UnknownSession
from functions.shop.facts import Bill, PaymentFacts, RefundFacts, SessionFacts, Sold
from functions.shop.line import LineItem
from functions.shop.order import Order
from functions.shop.payment import FAILED, Dispute, FraudWarning
from functions.shop.settings import Address, Settings
from functions.shop.shipping import ShippingChoice
from functions.shop.tax import Service, Tax

if TYPE_CHECKING:
    from stripe.params import CouponCreateParams, RefundCreateParams
    from stripe.params.checkout import (
        SessionCreateParams,
        SessionCreateParamsLineItem,
        SessionCreateParamsLineItemPriceDataProductData,
        SessionCreateParamsShippingOption,
        SessionCreateParamsShippingOptionShippingRateData,
        SessionCreateParamsShippingOptionShippingRateDataDeliveryEstimate,
    )

TIMEOUT = 5.0  # seconds for one attempt, as far as there is time for it (R35)
LONGEST_COUPON = 40  # characters of a coupon's name
SESSIONS, REFUNDS, DISPUTES, WARNINGS = "checkout/sessions", "refunds", "disputes", "radar/early_fraud_warnings"
SESSIONS_AT_ONCE = 25  # each with its payment, so that a hundred might take longer than an answer is waited for
SKEW = 300  # seconds that Stripe's clock may be behind ours
# Languages of Stripe's payment page: https://docs.stripe.com/js/appendix/supported_locales
LOCALES = frozenset(
    "bg cs da de el en en-GB es es-419 et fi fil fr fr-CA hi-IN hr hu id it ja ko lt lv ms mt nb nl pl pt pt-BR ro ru "
    "sk sl sv th tr vi zh zh-HK zh-TW".split()
)
# A delayed payment that did not come leaves its intent like this: https://docs.stripe.com/payments/paymentintents/lifecycle
NOTHING_COMES = frozenset({"requires_payment_method", "canceled"})

_WITH_SHIPPING: Any = {"expand": ["shipping_cost.shipping_rate"]}
_WITH_CHARGE: Any = {"expand": ["payment_intent.latest_charge"]}


class StripePayments:
    """Stripe as the payment provider. `shop` marks our sessions, so that several shops can share an account."""

    def __init__(
        self, api_key: str, *, shop: str, api_base: str = stripe.DEFAULT_API_BASE, timeout: float = TIMEOUT
    ) -> None:
        self._shop = shop
        self._stripe = StripeCalls(api_key, api_base=api_base, timeout=timeout)

    def open_session(self, order: Order, settings: Settings, links: SessionLinks) -> SessionFacts:
        """Make the order's payment page; calling again with the same order gives the same one."""
        params = _session_params(order, settings, links, self._shop)
        with _own_errors():
            if _off(order):
                params["discounts"] = [{"coupon": self._coupon(order, settings)}]
            try:
                return _facts(self._stripe.post(SESSIONS, params, f"{order.id}:session"))
            except stripe.IdempotencyError:
                # Asked before in other words (the shop was published anew between two clicks): that page counts.
                return self._made_before(order)

    def session(self, session_id: str) -> SessionFacts:
        """What is true of a session now."""
        with _own_errors():
            return _facts(self._stripe.get(f"{SESSIONS}/{quote(session_id)}", _WITH_CHARGE))

    def expire_session(self, session_id: str) -> SessionFacts:
        """Close a payment page. One that is no longer open stays what it is, and the facts say what that is."""
        with _own_errors():
            try:
                return _facts(self._stripe.post(f"{SESSIONS}/{quote(session_id)}/expire", _WITH_CHARGE))
            except stripe.InvalidRequestError:
                return self.session(session_id)

    def sessions_since(self, moment: int) -> Sequence[SessionFacts]:
        """All of this shop's sessions made since then, the newest first; the last minutes before it are in, too."""
        with _own_errors():
            asked = {"created": {"gte": moment - SKEW}, "expand": ["data.payment_intent.latest_charge"]}
            listed = self._stripe.listed(SESSIONS, asked, SESSIONS_AT_ONCE)
            return [_facts(each) for each in listed if _metadata(each).get("shop") == self._shop]

    def refund(self, payment: str, amount: int, key: str) -> RefundFacts:
        """Give money back, once for each key. Stripe forgets keys after a day, so it is asked first (R7)."""
        with _own_errors():
            made = [one for one in self._refunds(payment) if one.status not in FAILED]
            found = next((one for one in made if one.key == key), None)
            return found or self._new_refund(payment, amount, key)

    def bill(self, session_id: str) -> Bill:
        """What a payment page asks money for, line by line."""
        with _own_errors():
            path = f"{SESSIONS}/{quote(session_id)}"
            session = self._stripe.get(path, _WITH_SHIPPING)
            return _bill(session, [_sold(item) for item in self._stripe.listed(f"{path}/line_items", {})])

    def payment(self, payment: str) -> PaymentFacts:
        """What has happened to a payment since it came in; a payment of nothing has no history."""
        if not payment.startswith("pi_"):
            return PaymentFacts(payment)
        with _own_errors():
            asked = {"payment_intent": payment}
            return PaymentFacts(
                payment,
                tuple(self._refunds(payment)),
                tuple(_dispute(one, payment) for one in self._stripe.listed(DISPUTES, asked)),
                tuple(_warning(one, payment) for one in self._stripe.listed(WARNINGS, asked)),
            )

    def troubled_since(self, moment: int) -> Sequence[str]:
        """Payments with a refund, dispute or fraud warning made since then; the last minutes before it are in, too."""
        since = {"created": {"gte": moment - SKEW}}
        with _own_errors():
            found = [one for each in (REFUNDS, DISPUTES, WARNINGS) for one in self._stripe.listed(each, since)]
            return tuple(dict.fromkeys(_payment(one) for one in found if _payment(one)))

    def _refunds(self, payment: str) -> list[RefundFacts]:
        return [_refund(one, payment) for one in self._stripe.listed(REFUNDS, {"payment_intent": payment})]

    def _coupon(self, order: Order, settings: Settings) -> str:
        """What takes off the lines what balances pay of them. Its id is the order's, so there is one at most."""
        coupon: CouponCreateParams = {
            "id": order.id,
            "name": _reasons(order, settings)[:LONGEST_COUPON],
            "amount_off": _off(order),
            "currency": order.currency.lower(),
            "duration": "once",
            "max_redemptions": 1,
        }
        try:
            return str(self._stripe.post("coupons", coupon, f"{order.id}:coupon")["id"])
        except stripe.InvalidRequestError as error:
            if error.code == "resource_already_exists":
                return order.id
            raise

    def _made_before(self, order: Order) -> SessionFacts:
        found = next((facts for facts in self.sessions_since(order.created_at) if facts.order == order.id), None)
        if found is None:
            raise PaymentRefused(f"Stripe knows a request for order {order.id} and no session that came of it.")
        return found

    def _new_refund(self, payment: str, amount: int, key: str) -> RefundFacts:
        asked: RefundCreateParams = {
            "payment_intent": payment,
            "amount": amount,
            "metadata": {"shop": self._shop, "key": key},
        }
        return _refund(self._stripe.post(REFUNDS, asked, key), payment)


def _session_params(order: Order, settings: Settings, links: SessionLinks, shop: str) -> "SessionCreateParams":
    """What Stripe is asked for. Tax on top of prices is a line of its own, unless Stripe works it out; the one shipping
    option is the one that was chosen.
    """
    words = words_in(settings.language)
    metadata = {"shop": shop, "order_id": order.id, "digest": order.digest}
    params: SessionCreateParams = {
        "mode": "payment",
        "ui_mode": "hosted_page",
        "line_items": [
            *(_line_item(line, order.currency, settings, words) for line in order.lines),
            *_tax(order, settings),
        ],
        "phone_number_collection": {"enabled": False},
        "adaptive_pricing": {"enabled": False},
        "client_reference_id": order.id,
        "metadata": metadata,
        "expires_at": order.expires_at,
        "locale": _locale(settings.language),
        "success_url": links.paid,
        "cancel_url": links.back,
    }
    if settings.tax.service is Service.STRIPE:
        params["automatic_tax"] = {"enabled": True}
    if order.due:  # a free order has no payment that could carry this
        params["payment_intent_data"] = {"description": words.say("Order {id}", id=order.id), "metadata": metadata}
    if order.email:  # who has to be known for a promotion cannot become somebody else there
        params["customer_email"] = order.email
    if order.country and not (order.shipping and order.shipping.pickup):
        params["shipping_address_collection"] = {"allowed_countries": [order.country]}
    if order.shipping:
        params["shipping_options"] = [_shipping_option(order.shipping, order, settings.tax, settings.time_zone)]
    return params


def _tax(order: Order, settings: Settings) -> "Iterator[SessionCreateParamsLineItem]":
    """The tax that comes on top of prices without it, which Stripe would not add by itself."""
    if on_top := _on_top(order):
        product: SessionCreateParamsLineItemPriceDataProductData = {"name": settings.tax.name}
        currency = order.currency.lower()
        yield {"quantity": 1, "price_data": {"currency": currency, "unit_amount": on_top, "product_data": product}}


def _on_top(order: Order) -> int:
    """Tax that is not contained in prices."""
    sending = order.shipping.price if order.shipping else 0
    return max(0, order.total - (order.subtotal - order.discount + sending))


def _items(order: Order) -> int:
    """What the payment page's lines come to, before anything is taken off."""
    return sum(line.total for line in order.lines) + _on_top(order)


def _off(order: Order) -> int:
    """What promotions, balances and relief from tax take off the lines: all that can be, for a coupon takes nothing
    off shipping at Stripe.
    """
    sending = order.shipping.price if order.shipping else 0
    return min(_items(order) + sending - order.due, _items(order))


def _reasons(order: Order, settings: Settings) -> str:
    """What takes something off, by name: promotions and balances, or else relief from tax."""
    names = [*(discount.name for discount in order.discounts), *(one.label for one in order.spent)]
    return ", ".join(names) or settings.tax.name


def _shipping_price(order: Order) -> int:
    """What is left of the price of shipping when the coupon has taken all that it can."""
    return order.due - (_items(order) - _off(order))


def _line_item(line: LineItem, currency: str, settings: Settings, words: Words) -> "SessionCreateParamsLineItem":
    product: SessionCreateParamsLineItemPriceDataProductData = {"name": line.title}
    if described := ". ".join(text for text in (line.label, str(words.tell(line.promise(settings.days)))) if text):
        product["description"] = described
    tax = settings.tax
    if code := tax.codes.get(line.tax):
        product["tax_code"] = code
    return {
        "quantity": line.quantity,
        "metadata": {"sku": line.sku},
        "price_data": {
            "currency": currency.lower(),
            "unit_amount": line.unit_price,
            "tax_behavior": "inclusive" if tax.inclusive else "exclusive",
            "product_data": product,
        },
    }


def _shipping_option(
    choice: ShippingChoice, order: Order, tax: Tax, time_zone: str
) -> "SessionCreateParamsShippingOption":
    """The way that was chosen. What is sent later than the rest says so in its line."""
    rate: SessionCreateParamsShippingOptionShippingRateData = {
        "type": "fixed_amount",
        "display_name": choice.name,
        "fixed_amount": {"amount": _shipping_price(order), "currency": order.currency.lower()},
        "tax_behavior": "inclusive" if tax.inclusive else "exclusive",
    }
    if order.arrives_to:
        rate["delivery_estimate"] = _estimate(order, time_zone)
    return {"shipping_rate_data": rate}


def _estimate(order: Order, time_zone: str) -> "SessionCreateParamsShippingOptionShippingRateDataDeliveryEstimate":
    """The promised days, counted from the day of the order; Stripe takes whole days above zero only."""
    ordered = datetime.fromtimestamp(order.created_at, ZoneInfo(time_zone)).date()
    least, most = (max(1, (date.fromisoformat(day) - ordered).days) for day in (order.arrives_from, order.arrives_to))
    return {"minimum": {"unit": "day", "value": least}, "maximum": {"unit": "day", "value": most}}


def _locale(language: str) -> str:
    """The payment page's language: as the shop's, or at least the same tongue, or the browser's."""
    tongue = language.partition("-")[0]
    return next((known for known in (language, tongue) if known in LOCALES), "auto")


def _facts(session: Told) -> SessionFacts:
    """What Stripe tells, as plain facts. What was charged counts, once something was."""
    intent = _expanded(session.get("payment_intent"))
    paid = session["payment_status"] == "paid" and "amount_received" in intent
    return SessionFacts(
        session=session["id"],
        order=_metadata(session).get("order_id", ""),
        status=session["status"],
        payment_status=session["payment_status"],
        amount=intent["amount_received"] if paid else session["amount_total"],
        currency=(intent["currency"] if paid else session["currency"]).upper(),
        url=session.get("url") or "",
        payment=intent.get("id", ""),
        email=(session.get("customer_details") or {}).get("email") or "",
        address=_address((session.get("collected_information") or {}).get("shipping_details")),
        failed=_failed(session, intent),
        troubled=_troubled(intent),
        **_worked_out(session),
    )


def _sold(item: Told) -> Sold:
    quantity = item["quantity"] or 1
    return Sold(
        _metadata(item).get("sku", ""), item["description"] or "", quantity, item["amount_subtotal"] // quantity
    )


def _bill(session: Told, lines: list[Sold]) -> Bill:
    cost = session.get("shipping_cost") or {"amount_total": 0}
    rate = _expanded(cost.get("shipping_rate"))
    digest = _metadata(session).get("digest", "")
    return Bill(tuple(lines), rate.get("display_name", ""), cost["amount_total"], digest, session["created"])


def _refund(told: Told, payment: str) -> RefundFacts:
    key = _metadata(told).get("key", "")
    return RefundFacts(told["id"], payment, told["amount"], told["status"] or "", key, told["created"])


def _dispute(told: Told, payment: str) -> Dispute:
    return Dispute(told["id"], payment, told["amount"], told["status"], told["reason"], told["created"])


def _warning(told: Told, payment: str) -> FraudWarning:
    return FraudWarning(told["id"], payment, told["fraud_type"], told["created"])


def _payment(told: Told) -> str:
    """The payment intent that something is about."""
    return str(_expanded(told.get("payment_intent")).get("id", ""))


def _troubled(intent: Told) -> bool:
    """Whether some of its money went back or is disputed."""
    charge = _expanded(intent.get("latest_charge"))
    return bool(charge.get("amount_refunded") or charge.get("disputed"))


def _worked_out(session: Told) -> dict[str, Any]:
    """The tax that Stripe worked out: all of it, and what of it is on top of what it was given."""
    if not (session.get("automatic_tax") or {}).get("enabled"):
        return {}
    details, shipping = session["total_details"], session.get("shipping_cost") or {"amount_subtotal": 0}
    given = session["amount_subtotal"] - details["amount_discount"] + shipping["amount_subtotal"]
    return {"tax": details["amount_tax"], "tax_on_top": session["amount_total"] - given}


def _failed(session: Told, intent: Told) -> bool:
    """Whether a delayed payment was promised and did not come."""
    promised = session["status"] == "complete" and session["payment_status"] == "unpaid"
    return promised and intent.get("status") in NOTHING_COMES


def _expanded(intent: Any) -> Told:
    """The payment intent; where Stripe gives only its id, that alone. A session without money has none."""
    return {"id": intent} if isinstance(intent, str) else intent or {}


def _metadata(told: Told) -> Mapping[str, str]:
    return told.get("metadata") or {}


def _address(details: Mapping[str, Any] | None) -> Address | None:
    if not details:
        return None
    place = {name: _line(text) for name, text in details["address"].items()}
    return Address(
        name=_line(details.get("name")),
        line1=place.get("line1", ""),
        line2=place.get("line2", ""),
        city=place.get("city", ""),
        region=place.get("state", ""),
        postcode=place.get("postal_code", ""),
        country=place.get("country", ""),
    )


def _line(text: str | None) -> str:
    """A shopper's text in one line, without the characters that turn the direction of what follows."""
    kept = "".join(character for character in text or "" if unicodedata.category(character) != "Cf")
    return " ".join(kept.split())


@contextmanager
def _own_errors() -> Iterator[None]:
    """Stripe's errors as the shop's: worth another try, or not. Its texts stay out, they may quote a person (R26)."""
    try:
        yield
    except (stripe.APIConnectionError, stripe.RateLimitError, stripe.APIError) as error:
        raise PaymentsUnavailable(f"Stripe cannot be used at the moment: {_reason(error)}.") from None
    except stripe.StripeError as error:
        if error.code == "resource_missing":
            raise UnknownSession(f"Stripe does not know what was asked for: {_reason(error)}.") from None
        raise PaymentRefused(f"Stripe refused the request: {_reason(error)}.") from None


def _reason(error: "stripe.StripeError") -> str:
    """Kind, code, parameter and Stripe's number of the request, by which its dashboard finds it."""
    parts = (type(error).__name__, error.code, getattr(error, "param", None), error.request_id)
    return ", ".join(part for part in parts if part)
