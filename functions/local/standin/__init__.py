"""The payment stand-in: a local server that speaks Stripe's API as the locked `stripe` library sends it.

The shop's own code talks to it unchanged; only STRIPE_API_BASE differs. Shoppers get a payment page where test
cards pay, are declined, ask for 3-D Secure, or arrive later; the shop gets signed webhooks.

Imitated: Checkout Sessions of mode `payment` on the hosted page with inline prices, shipping options, one coupon,
metadata, expiry; payment intents, charges and payment methods as they result; refunds in whole or part, and banks
that send one back; disputes and fraud warnings; coupons; events; webhook endpoints; `expand`; lists with cursors;
idempotency keys with replay, mismatch and conflict; errors in Stripe's form; smallest and largest amounts; retried
deliveries.

Refused with a clear error, never silently different: everything else that the library knows (customers,
subscriptions, saved prices, promotion codes, adaptive pricing, manual capture, embedded pages …),
every parameter it does not know, other API versions, live keys, webhook addresses that are not on this machine.

Different from Stripe: messages have their own words (types, codes and params are Stripe's); the payment page is in
English; a percentage is rounded once for the session, half up, and split over the lines; deliveries are retried
after 1, 2, 4 … seconds instead of hours; there are no fees and no balance transactions; automatic tax comes to nothing,
as with an account that is registered nowhere.

    with running_standin(Settings(shop_name="Tern & Gale")) as standin:
        standin.add_endpoint("http://127.0.0.1:8000/stripe/events", "whsec_…")
        client = stripe.StripeClient("sk_test_x", base_addresses={"api": standin.url})
        session = client.v1.checkout.sessions.create({…})
        standin.pay(session.id)
        standin.wait_until_delivered()
"""

from .app import Settings, Standin, running_standin
from .payments import Attempt, Shopper
from .webhooks import Patience

__all__ = ["Attempt", "Patience", "Settings", "Shopper", "Standin", "running_standin"]
