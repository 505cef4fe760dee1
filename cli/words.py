"""Words: how the owner's commands write amounts, moments, and how an order stands. They are in English."""

from datetime import date

from functions.shop.carrier import tracking_url
from functions.shop.day import ENGLISH, days_text, local_time
from functions.shop.lateness import Due, due
from functions.shop.money import amount_text, format_amount
from functions.shop.order import Order
from functions.shop.plain_text import in_one_line
from functions.shop.returns import ReturnState
from functions.shop.settings import Settings
from functions.shop.shipment import Pieces
from functions.shop.state import State
from functions.shop.status import FulfilmentStatus, PaymentStatus, fulfilment_status, mail_came_back, payment_status

_STATES = {
    State.PENDING: "at the checkout",
    State.AWAITING_PAYMENT: "waits for payment",
    State.PAID: "to ship",
    State.PARTIALLY_SHIPPED: "partly shipped",
    State.SHIPPED: "shipped",
    State.DELIVERED: "delivered",
    State.EXPIRED: "not paid",
    State.CANCELLED: "cancelled",
    State.UNFULFILLABLE: "given back",
}


def money(minor: int, order: Order, settings: Settings) -> str:
    """An amount of an order as the shop writes amounts."""
    if order.currency == settings.currency:
        return format_amount(minor, settings.money)
    return f"{amount_text(minor, order.currency)} {order.currency}"


def moment(at: int, settings: Settings) -> str:
    """A moment by the clock of the shop: `28 Nov 2026 20:11`."""
    day, _, time = local_time(at, settings.time_zone).partition("T")
    return f"{date.fromisoformat(day).day} {_month(day)} {day[:4]} {time}"


def moment_day(at: int, settings: Settings, today: str) -> str:
    """The day of a moment: `28 Nov`, with the year when that is another one than today's."""
    day = local_time(at, settings.time_zone)[:10]
    year = "" if day[:4] == today[:4] else f" {day[:4]}"
    return f"{date.fromisoformat(day).day} {_month(day)}{year}"


def short_day(day: str) -> str:
    """A day (ISO 8601) as `Mon 30 Nov`; empty for none."""
    return days_text(day, day, ENGLISH) if day else ""


def _month(day: str) -> str:
    return ENGLISH.months[int(day[5:7]) - 1]


def standing(order: Order) -> str:
    """How it stands, in a few words: `held`, `packed`, `shipped, partly given back`."""
    said = [_fulfilment(order)]
    if order.state is not State.UNFULFILLABLE:
        said += {PaymentStatus.PARTIALLY_REFUNDED: ["partly given back"], PaymentStatus.REFUNDED: ["given back"]}.get(
            payment_status(order), []
        )
    if any(one.state is ReturnState.ASKED for one in order.returns):
        said.append("return asked")
    if mail_came_back(order):
        said.append("mail came back")
    return ", ".join(said)


def _fulfilment(order: Order) -> str:
    if order.held:
        return "held"
    if order.state is State.PAID:
        status = fulfilment_status(order)
        words = {FulfilmentStatus.PACKED: "packed", FulfilmentStatus.NOTHING_TO_SHIP: "paid, nothing to ship"}
        return words.get(status, _STATES[State.PAID])
    return _STATES[order.state]


def promised(order: Order, today: str) -> str:
    """By when something must happen, and whether it is late."""
    state = due(order, today)
    if state is Due.LATE_TO_LEAVE:
        return f"{short_day(order.dispatch_by)}, late"
    if state is Due.LATE_TO_ARRIVE:
        return f"{short_day(order.arrives_to)}, not there"
    if order.state in {State.PAID, State.PARTIALLY_SHIPPED}:
        return short_day(order.dispatch_by)
    return short_day(order.arrives_to) if order.state is State.SHIPPED else ""


def customer(order: Order) -> str:
    """Who bought it, in a word or two."""
    name = in_one_line(order.address.name) if order.address else ""
    return name or in_one_line(order.email) or "–"


def notes(order: Order) -> list[str]:
    """What its shopper wants to be added or told; line by line as a card has it."""
    gift = [f"Gift note: {' / '.join(in_one_line(line) for line in order.notes.gift.splitlines() if line)}"]
    return (gift if order.notes.gift else []) + (
        [f"For the carrier: {in_one_line(order.notes.delivery)}"] if order.notes.delivery else []
    )


def shorten(text: str, longest: int) -> str:
    """A text of at most so many signs."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def contents(order: Order, items: tuple[Pieces, ...]) -> str:
    """Pieces as `2 × CARD, 1 × PRINT-A4`."""
    return ", ".join(f"{item.quantity} × {order.lines[item.line].sku}" for item in items)


def unfollowed(carrier: str, tracking: str) -> list[str]:
    """That no page to follow a parcel is known, where that is so."""
    if not tracking or tracking_url(carrier, tracking):
        return []
    return [f"No page to follow parcels is known for {carrier}; the mail names the number alone."]


def count(number: int, word: str) -> str:
    """`1 order`, `2 orders`."""
    return f"{number} {word}{'' if number == 1 else 's'}"
