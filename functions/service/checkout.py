"""Checkout: from a quote that the shopper has seen to a payment page, order first (R1 to R5)."""

from functions.ports import Clock, Payments, Release, SessionLinks, Store
from functions.service.settlement import known, save
from functions.shop.errors import CheckoutRefused, Conflict, OutOfStock, PaymentRefused
from functions.shop.order import Order, SessionFacts, decide, expire_unsold, place
from functions.shop.quote import Quote, waiting
from functions.shop.sentence import Sentence


def check_out(
    order_id: str,
    quote: Quote,
    *,
    release: Release,
    store: Store,
    payments: Payments,
    clock: Clock,
    links: SessionLinks,
) -> Order:
    """A new order for a quote, with its payment page.

    Raises CheckoutRefused when the quote cannot be sold as it is; PaymentsUnavailable when Stripe does not answer.
    The order is kept then, and resume() goes on with it.
    """
    order = _placed(order_id, quote, release, store, clock)
    return resume(order, release=release, store=store, payments=payments, clock=clock, links=links)


def resume(
    order: Order, *, release: Release, store: Store, payments: Payments, clock: Clock, links: SessionLinks
) -> Order:
    """An order with its payment page, made now if it has none yet. Doing it again gives the same page."""
    if order.pay_url or not order.open:
        return order
    try:
        facts = payments.open_session(order, release.settings, links)
    except PaymentRefused:
        _abandon(order, store)
        raise
    return _informed(order, facts, store, clock)


def _placed(order_id: str, quote: Quote, release: Release, store: Store, clock: Clock) -> Order:
    if quote.problems:
        return _twin(order_id, store, CheckoutRefused(quote.problems[0].message))
    decision = place(order_id, quote, release.id, clock())
    try:
        store.save(decision.order, decision.stock)
    except Conflict:
        return known(order_id, store)  # a second click was faster; its order is ours
    except OutOfStock as error:
        return _without(error.sku, order_id, quote, release, store, clock)
    return decision.order


def _without(sku: str, order_id: str, quote: Quote, release: Release, store: Store, clock: Clock) -> Order:
    """The order when somebody was faster: a line that can wait is back-ordered, and the payment page says so."""
    later = waiting(quote, sku)
    if later == quote:
        faster = Sentence("Somebody was faster: something here has just been sold.")
        return _twin(order_id, store, CheckoutRefused(faster))
    return _placed(order_id, later, release, store, clock)


def _twin(order_id: str, store: Store, error: CheckoutRefused) -> Order:
    """The order of a second click that was faster and holds the very stock that is missing here; else the error."""
    order = store.order(order_id)
    if order is None:
        raise error
    return order


def _informed(order: Order, facts: SessionFacts, store: Store, clock: Clock) -> Order:
    try:
        return save(decide(order, facts, clock()), store)
    except Conflict:
        return known(order.id, store)  # a second click or the webhook wrote the same session


def _abandon(order: Order, store: Store) -> None:
    """Free the stock of an order that can get no payment page. Should money come all the same, it is settled."""
    try:
        save(expire_unsold(order), store)
    except Conflict:
        return
