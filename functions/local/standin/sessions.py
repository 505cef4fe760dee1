"""Checkout Sessions: create, read, list, change, expire; what a shopper does to one is in `payments`."""

from . import coupons, errors, events, lines, listing, money_checks, session_checks, shipping_rates
from .account import Account
from .identifiers import new_id
from .metadata import cleaned, merged
from .pricing import Sums, sums
from .store import Json

KIND = "checkout.session"
DEBITS = {"eur": "sepa_debit", "gbp": "bacs_debit", "usd": "us_bank_account"}


def create(account: Account, params: Json) -> Json:
    session_checks.check(params, account.clock.now())
    items = lines.made(account, params)
    currency = items[0]["currency"]
    rates = shipping_rates.offered(account, params, currency)
    coupon = _coupon(account, params, currency)
    priced = _priced(items, coupon, rates[0] if rates else None)
    for total in [priced.total, *(_priced(items, coupon, rate).total for rate in rates)]:
        money_checks.chargeable(total, currency)
    session = _shape(account, params, currency) | _amounts(priced, rates[0] if rates else None)
    session["shipping_options"] = [_option(rate) for rate in rates]
    notes = {
        "lines": lines.discounted(items, priced.discounts),
        "coupon": coupon,
        "payment": params.get("payment_intent_data", {}),
    }
    return account.store.add(KIND, session, notes=notes, due=session["expires_at"])


def _coupon(account: Account, params: Json, currency: str) -> Json | None:
    for discount in params.get("discounts", []):
        if "promotion_code" in discount:
            param = "discounts[0][promotion_code]"
            raise errors.no_such("promotion code", discount["promotion_code"], param)
        if "coupon" not in discount:
            raise errors.missing("discounts[0][coupon]")
        coupon = coupons.redeemable(account, discount["coupon"], "discounts[0][coupon]")
        if coupon["currency"] not in (None, currency):
            message = f"The coupon is in {coupon['currency']}, the session in {currency}."
            raise errors.invalid(message, param="discounts[0][coupon]")
        return coupon
    return None


def _priced(items: list[Json], coupon: Json | None, rate: Json | None) -> Sums:
    shipping = rate["fixed_amount"]["amount"] if rate else 0
    return sums([line["amount_subtotal"] for line in items], coupon, shipping)


def _amounts(priced: Sums, rate: Json | None) -> Json:
    details = {"amount_discount": priced.discount, "amount_shipping": priced.shipping, "amount_tax": 0}
    return {
        "amount_subtotal": priced.subtotal,
        "amount_total": priced.total,
        "payment_status": "unpaid" if priced.total else "no_payment_required",
        "shipping_cost": _shipping_cost(rate),
        "total_details": details,
    }


def _shipping_cost(rate: Json | None) -> Json | None:
    if rate is None:
        return None
    amount = rate["fixed_amount"]["amount"]
    return {
        "amount_subtotal": amount,
        "amount_tax": 0,
        "amount_total": amount,
        "shipping_rate": rate["id"],
    }


def _option(rate: Json) -> Json:
    return {"shipping_amount": rate["fixed_amount"]["amount"], "shipping_rate": rate["id"]}


def _automatic_tax(params: Json) -> Json:
    """As with an account that is registered for tax nowhere: it is worked out, and comes to nothing."""
    if not params.get("automatic_tax", {}).get("enabled"):
        return {"enabled": False, "liability": None, "provider": None, "status": None}
    return {"enabled": True, "liability": {"type": "self"}, "provider": "stripe", "status": "complete"}


def _shape(account: Account, params: Json, currency: str) -> Json:
    name = new_id("cs")
    now = account.clock.now()
    custom_text = params.get("custom_text", {})
    texts = ("after_submit", "shipping_address", "submit", "terms_of_service_acceptance")
    return {
        "id": name,
        "object": KIND,
        "adaptive_pricing": {"enabled": False},
        "after_expiration": None,
        "allow_promotion_codes": params.get("allow_promotion_codes"),
        "allowed_payment_method_types": params.get("allowed_payment_method_types"),
        "amount_subtotal": None,
        "amount_total": None,
        "automatic_tax": _automatic_tax(params),
        "billing_address_collection": params.get("billing_address_collection"),
        "branding_settings": _branding(account, params.get("branding_settings", {})),
        "cancel_url": params.get("cancel_url"),
        "client_reference_id": params.get("client_reference_id"),
        "client_secret": None,
        "collected_information": None,
        "consent": None,
        "consent_collection": None,
        "created": now,
        "currency": currency,
        "currency_conversion": None,
        "custom_fields": [],
        "custom_text": {text: custom_text.get(text) or None for text in texts},
        "customer": None,
        "customer_account": None,
        "customer_creation": "if_required",
        "customer_details": _known_customer(params.get("customer_email")),
        "customer_email": params.get("customer_email"),
        "discounts": [
            {"coupon": discount["coupon"], "promotion_code": None} for discount in params.get("discounts", [])
        ],
        "excluded_payment_method_types": params.get("excluded_payment_method_types"),
        "expires_at": params.get("expires_at", now + session_checks.LONGEST_LIFE),
        "integration_identifier": params.get("integration_identifier"),
        "invoice": None,
        "invoice_creation": {"enabled": False, "invoice_data": {}},
        "livemode": False,
        "locale": params.get("locale"),
        "managed_payments": None,
        "metadata": cleaned(params.get("metadata")),
        "mode": "payment",
        "name_collection": None,
        "optional_items": [],
        "origin_context": params.get("origin_context"),
        "payment_intent": None,
        "payment_link": None,
        "payment_method_collection": "if_required",
        "payment_method_configuration_details": None,
        "payment_method_options": {},
        "payment_method_types": _methods(params, currency),
        "payment_status": "unpaid",
        "permissions": None,
        "phone_number_collection": params.get("phone_number_collection", {"enabled": False}),
        "presentment_details": None,
        "recovered_from": None,
        "redirect_on_completion": None,
        "return_url": None,
        "saved_payment_method_options": None,
        "setup_intent": None,
        "shipping_address_collection": params.get("shipping_address_collection"),
        "shipping_cost": None,
        "shipping_options": [],
        "status": "open",
        "submit_type": params.get("submit_type"),
        "subscription": None,
        "success_url": params["success_url"],
        "tax_id_collection": {"enabled": False, "required": "never"},
        "total_details": None,
        "ui_mode": "hosted_page",
        "url": f"{account.base_url}/pay/{name}",
        "wallet_options": params.get("wallet_options"),
    }


def _branding(account: Account, wanted: Json) -> Json:
    usual = {
        "background_color": "#ffffff",
        "border_style": "rounded",
        "button_color": "#1f4d43",
        "display_name": account.shop_name,
        "font_family": "default",
        "icon": None,
        "logo": None,
    }
    return usual | wanted


def _known_customer(email: str | None) -> Json | None:
    return None if email is None else customer_details(email=email)


def customer_details(
    *, email: str, name: str | None = None, phone: str | None = None, address: Json | None = None
) -> Json:
    return {
        "address": address,
        "business_name": None,
        "email": email,
        "individual_name": None,
        "name": name,
        "phone": phone,
        "tax_exempt": "none",
        "tax_ids": [],
    }


def _methods(params: Json, currency: str) -> list[str]:
    """Card, and the bank debit of the currency; narrowed by what the session allows or excludes."""
    usual = ["card", *([DEBITS[currency]] if currency in DEBITS else [])]
    allowed = params.get("allowed_payment_method_types", usual)
    excluded = params.get("excluded_payment_method_types", [])
    methods = [method for method in usual if method in allowed and method not in excluded]
    if not methods:
        message = f"Of the methods that the stand-in knows ({', '.join(usual)}), none is left."
        raise errors.invalid(message, param="allowed_payment_method_types")
    return methods


def choose_shipping(account: Account, session: Json, rate_id: str) -> Json:
    """The session with another of its shipping options and the new total. Raises ApiError for any other rate."""
    if rate_id not in [option["shipping_rate"] for option in session["shipping_options"]]:
        raise errors.no_such("shipping rate", rate_id, "shipping_rate")
    notes = account.store.notes(session["id"])
    rate = account.require("shipping_rate", rate_id)
    return account.change(session, **_amounts(_priced(notes["lines"], notes["coupon"], rate), rate))


def retrieve(account: Account, _params: Json, name: str) -> Json:
    return account.require(KIND, name, "session")


def page(account: Account, params: Json) -> Json:
    for param in ("customer", "customer_account", "payment_link", "subscription"):
        if param in params:
            raise errors.no_such(param, params[param], param)

    def wanted(session: Json) -> bool:
        email = params.get("customer_details", {}).get("email")
        known = (session["customer_details"] or {}).get("email")
        return (
            params.get("payment_intent") in (None, session["payment_intent"])
            and params.get("status") in (None, session["status"])
            and email in (None, known)
        )

    return listing.page(account, KIND, "/v1/checkout/sessions", params, wanted)


def line_items(account: Account, params: Json, name: str) -> Json:
    account.require(KIND, name, "session")
    items = account.store.notes(name)["lines"]
    names = {line["id"] for line in items}

    def require(cursor: str) -> None:
        if cursor not in names:
            raise errors.no_such("line item", cursor, "starting_after")

    return listing.cut(items, f"/v1/checkout/sessions/{name}/line_items", params, require)


def update(account: Account, params: Json, name: str) -> Json:
    """Only metadata: the rest of Stripe's update is for embedded pages."""
    session = account.require(KIND, name, "session")
    for param in params:
        if param not in ("metadata", "expand"):
            raise errors.not_imitated(f"updating {param}", param)
    return account.change(session, metadata=merged(session["metadata"], params.get("metadata")))


def expire(account: Account, _params: Json, name: str) -> Json:
    """Raises ApiError when the session is no longer open: it may have been paid."""
    session = account.require(KIND, name, "session")
    if session["status"] != "open":
        message = f"Only an open session can be expired; this one is {session['status']}."
        raise errors.refused(message, param="session")
    return end(account, session)


def end(account: Account, session: Json) -> Json:
    """Expires an open session, and cancels the payment that was begun in it."""
    _cancel_payment(account, session["payment_intent"])
    account.store.set_due(session["id"], None)
    expired = account.change(session, status="expired", url=None)
    events.record(account, "checkout.session.expired", expired)
    return expired


def _cancel_payment(account: Account, name: str | None) -> None:
    payment = account.store.get("payment_intent", name) if name else None
    if payment is None:
        return
    facts = {"status": "canceled", "canceled_at": account.clock.now(), "cancellation_reason": "automatic"}
    events.record(account, "payment_intent.canceled", account.change(payment, next_action=None, **facts))
