"""Checkout: from a quote that the shopper has seen to a payment page, order first (R1 to R5)."""

from dataclasses import dataclass

from functions.ports import Clock, Payments, Release, SessionLinks, Store
from functions.service.settlement import known, record, save
from functions.shop.code import Codes
from functions.shop.decision import Decision
from functions.shop.discount import Claim, claims
from functions.shop.email import customer_key
from functions.shop.errors import CheckoutRefused, Conflict, NotEnough, OutOfStock, PaymentRefused, UsedUp
from functions.shop.ledger import cards_in
from functions.shop.note import NO_NOTES, Notes
from functions.shop.order import Order
from functions.shop.placing import place
from functions.shop.points import points_for
from functions.shop.quote import Quote, waiting
from functions.shop.sentence import Sentence
from functions.shop.settings import Settings
from functions.shop.settling import expire_unsold

_USED = Sentence("A promotion in your cart has just been used for the last time. Please look at your cart again.")
_SOLD = Sentence("Somebody was faster: something here has just been sold.")


@dataclass(frozen=True, slots=True)
class Terms:
    """What an order has beside its quote: points it earns, limited promotions it uses, who buys, if known, notes, and
    the place it comes from, as limits count it.
    """

    points: int = 0
    claims: tuple[Claim, ...] = ()
    email: str = ""
    notes: Notes = NO_NOTES
    from_place: str = ""


PLAIN = Terms()
"""An order that earns nothing and uses nothing that is limited, by somebody unknown."""


def terms_of(quote: Quote, email: str, settings: Settings, notes: Notes = NO_NOTES, *, from_place: str = "") -> Terms:
    """What an order of this quote earns and claims and has to say; `email` is empty while it is not known."""
    customer = customer_key(email) if email else ""
    points = points_for(quote.lines, [line.discount for line in quote.lines], settings.points)
    return Terms(points, claims(settings.promotions, quote.discounts, customer), email, notes, from_place)


def check_out(
    order_id: str,
    quote: Quote,
    *,
    release: Release,
    store: Store,
    payments: Payments,
    clock: Clock,
    codes: Codes,
    links: SessionLinks,
    terms: Terms = PLAIN,
) -> Order:
    """A new order for a quote, with its payment page.

    Raises CheckoutRefused when the quote cannot be sold as it is; PaymentsUnavailable when Stripe does not answer.
    The order is kept then, and resume() goes on with it.
    """
    order = _placed(order_id, quote, terms, release, store, clock, codes)
    return resume(order, release=release, store=store, payments=payments, clock=clock, codes=codes, links=links)


def resume(
    order: Order,
    *,
    release: Release,
    store: Store,
    payments: Payments,
    clock: Clock,
    codes: Codes,
    links: SessionLinks,
) -> Order:
    """An order with its payment page, made now if it has none yet. Doing it again gives the same page."""
    if order.pay_url or not order.open:
        return order
    try:
        facts = payments.open_session(order, release.settings, links)
    except PaymentRefused:
        _abandon(order, store, clock)
        raise
    # Somebody may have written the order meanwhile: a second click, the webhook, or whoever gave it up.
    return record(order, facts, store=store, payments=payments, clock=clock, codes=codes)


def _placed(
    order_id: str, quote: Quote, terms: Terms, release: Release, store: Store, clock: Clock, codes: Codes
) -> Order:
    if quote.problems:
        return _twin(order_id, store, CheckoutRefused(quote.problems[0].message))
    decision = _new(order_id, quote, terms, release, clock, codes)
    try:
        store.save(decision.order, decision.stock, claims=decision.claims, entries=decision.entries)
    except Conflict:
        return known(order_id, store)  # a second click was faster; its order is ours
    except OutOfStock as error:
        later = waiting(quote, error.sku)
        if later == quote:
            return _twin(order_id, store, CheckoutRefused(_SOLD))
        # Somebody was faster: a line that can wait is back-ordered, and the payment page says so.
        return _placed(order_id, later, terms, release, store, clock, codes)
    except (NotEnough, UsedUp) as error:
        return _twin(order_id, store, CheckoutRefused(_gone(error, quote)))
    return decision.order


def _new(order_id: str, quote: Quote, terms: Terms, release: Release, clock: Clock, codes: Codes) -> Decision:
    cards = cards_in(quote.lines, order_id, quote.currency, codes)
    return place(
        order_id,
        quote,
        release.id,
        clock(),
        spent=quote.spent,
        cards=cards,
        points=terms.points,
        claims=terms.claims,
        email=terms.email,
        notes=terms.notes,
        from_place=terms.from_place,
    )


def _gone(error: NotEnough | UsedUp, quote: Quote) -> Sentence:
    """Which of the things that the shopper counted on is gone."""
    if isinstance(error, UsedUp):
        return _USED
    name = next(one.label for one in quote.spent if one.account == error.account)
    return Sentence("The balance of {label} has just been spent elsewhere. Please look at your cart again.", label=name)


def _twin(order_id: str, store: Store, error: CheckoutRefused) -> Order:
    """The order of a second click that was faster and holds the very thing that is missing here; else the error."""
    order = store.order(order_id)
    if order is None:
        raise error
    return order


def _abandon(order: Order, store: Store, clock: Clock) -> None:
    """Free what an order reserved that can get no payment page. Should money come all the same, it is settled."""
    try:
        save(expire_unsold(order, clock()), store)
    except Conflict:
        return
