"""Owner news: what a mail to the shop's owner says has happened to an order, and what to do next."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from functions.shop.acts import Actor
from functions.shop.address_text import address_lines
from functions.shop.cancelling import can_cancel
from functions.shop.day import day_text
from functions.shop.delay import delay_text
from functions.shop.message import Alarm, Message
from functions.shop.money import format_amount
from functions.shop.notice import Notice, of_days
from functions.shop.order import Order
from functions.shop.returns import Outcome
from functions.shop.sentence import Sentence
from functions.shop.settings import Settings
from functions.shop.status import given_back
from functions.shop.withdrawal_text import LOOK_AT, TO_SEND, TODO
from functions.web.matter import refund_of


@dataclass(frozen=True, slots=True)
class Case:
    """One of several orders that a mail is about: its number, a day, and the command to type for it."""

    number: str
    day: str
    command: str


@dataclass(frozen=True, slots=True)
class Cases:
    """Orders with which it is the same. `draft` is what each of their customers gets to read by the command."""

    title: Sentence
    orders: tuple[Case, ...]
    draft: Sentence


@dataclass(frozen=True, slots=True)
class News:
    """What the mail is called, what happened, what somebody wrote, what to do, and the command to type for it.

    `reply_to` is where an answer goes; to the shop itself when it is empty. `cases` are orders, where it is of several.
    """

    title: str
    happened: str
    todo: str
    command: str = ""
    quote: str = ""
    reply_to: str = ""
    cases: tuple[Cases, ...] = ()


def news_of(order: Order, message: Message, settings: Settings) -> News:
    """The news of an `owner` message. A topic that nobody has written about yet is shown by its name."""
    topic, _, name = message.about.partition(":")
    told = _TOPICS.get(topic)
    return told(order, name, settings) if told else _unknown(order, message)


def news_noticed(notice: Notice, settings: Settings) -> News:
    """The news of a notice to the owner."""
    return _NOTICED.get(notice.message.about.partition(":")[0], _new_notice)(notice.facts, settings)


_LATE = (
    ("due", Sentence("Today these must leave:"), False),
    ("overdue", Sentence("These should have left by now:"), False),
    ("held", Sentence("These are held, and should leave today or have left:"), False),
    ("arriving", Sentence("Today these should arrive at the latest:"), True),
    ("undelivered", Sentence("These should have arrived by now:"), True),
)


def _late(facts: Mapping[str, str], settings: Settings) -> News:
    drafts = {left: delay_text("", settings.days, left=left) for left in (False, True)}
    return News(
        Sentence("Orders that cannot wait"),
        Sentence("What you promised to the customers of these orders is for today, or is over."),
        Sentence("Send what you can. Whoever has to wait longer is glad to hear it from you before they ask."),
        "pouch orders --late",
        cases=tuple(
            Cases(title, tuple(_promises(facts[name], settings)), drafts[left])
            for name, title, left in _LATE
            if facts.get(name)
        ),
    )


def _promises(fact: str, settings: Settings) -> Iterator[Case]:
    for number, day in of_days(fact).items():
        yield Case(number, day_text(day, settings.days) if day else "", f"pouch warn {number}")


def _audit(facts: Mapping[str, str], _: Settings) -> News:
    return News(
        Sentence("The books do not agree"),
        Sentence(
            "Once a day orders, stock, promotions and balances are compared, and nothing is changed. "
            "What does not agree ({count}):",
            count=facts["count"],
        ),
        Sentence("Find out why before you set a number right; compare it with Stripe as well."),
        "pouch audit --stripe",
        facts["findings"],
    )


def _undeliverable(facts: Mapping[str, str], _: Settings) -> News:
    return News(
        Sentence("A mail did not arrive"),
        Sentence("The mail “{name}” to {to} could not be delivered.", name=facts["name"], to=facts["to"]),
        Sentence("Look whether the address is right, and tell whoever it is in another way."),
    )


def _unmatched(facts: Mapping[str, str], _: Settings) -> News:
    return News(
        Sentence("A withdrawal that fits no order"),
        Sentence(
            "Somebody withdraws from order {number}, and has got a receipt; "
            "no order has both this number and this e-mail address.",
            **facts,
        ),
        Sentence("Look for it by name or e-mail, cancel it or say how to send things back, and write to them."),
        "pouch orders --search …",
        f"{facts['name']} <{facts['email']}>\n{facts['text']}".strip(),
        facts["email"],
    )


def _new_notice(facts: Mapping[str, str], _: Settings) -> News:
    said = ", ".join(f"{name}: {value}" for name, value in facts.items())
    return News(Sentence("There is news"), Sentence("Something has happened: {facts}.", facts=said), "")


def _cancelled(order: Order, _: str, settings: Settings) -> News:
    amount = format_amount(given_back(order), settings.money)
    return News(
        Sentence("Order {id} is cancelled", id=order.id),
        Sentence("Its customer has cancelled order {id}. {amount} goes back by itself.", id=order.id, amount=amount),
        Sentence("Do not send it. If it is packed after all, unpack it; the stock counts it as there again."),
        _show(order),
    )


def _return(order: Order, name: str, _: Settings) -> News:
    back = next(one for one in order.returns if one.id == name)
    pieces = ", ".join(f"{one.quantity} × {order.lines[one.line].name}" for one in back.items)
    return News(
        Sentence("Order {id}: somebody wants to send something back", id=order.id),
        Sentence("From order {id} this shall come back: {pieces}.", id=order.id, pieces=pieces),
        Sentence("Agree, or say why not; the customer has been told to wait for your answer."),
        f"pouch return approve {order.id}",
        back.reason,
        order.email,
    )


def _withdrawal(order: Order, name: str, _: Settings) -> News:
    said = next(one for one in order.withdrawals if one.id == name)
    return News(
        Sentence("Order {id}: a withdrawal", id=order.id),
        Sentence("The customer withdraws from the contract of order {id} and has got a receipt.", id=order.id),
        TODO.get(said.outcome, LOOK_AT),
        _after_withdrawal(order, said.outcome),
        f"{said.name} <{said.email}>\n{said.text}".strip(),
        said.email,
    )


def _after_withdrawal(order: Order, outcome: Outcome) -> str:
    """The command for what comes next."""
    if outcome is Outcome.UNSENT and can_cancel(order, Actor.OWNER):
        return f"pouch cancel {order.id}"
    return f"pouch return receive {order.id}" if outcome in TO_SEND else _show(order)


_NO_ADDRESS = Sentence("No e-mail address of the customer is known yet. Look at the order for another way.")


def _question(order: Order, name: str, _: Settings) -> News:
    asked = next(one for one in order.questions if one.id == name)
    return News(
        Sentence("Order {id}: a question", id=order.id),
        Sentence("The customer of order {id} writes:", id=order.id),
        Sentence("Answer this mail: your answer goes to the customer.") if order.email else _NO_ADDRESS,
        _show(order),
        asked.text,
        order.email,
    )


def _address(order: Order, _: str, settings: Settings) -> News:
    lines = address_lines(order.address, settings.countries) if order.address else []
    return News(
        Sentence("Order {id} goes to another address", id=order.id),
        Sentence("The customer has changed the address of order {id}. It now goes to:", id=order.id),
        Sentence("If a label is printed already, print it anew."),
        _show(order),
        "\n".join(lines),
        order.email,
    )


def _dispute(order: Order, name: str, settings: Settings) -> News:
    one = next(one for one in order.disputes if one.id == name.partition(":")[0])
    values = {"id": order.id, "amount": format_amount(one.amount, settings.money)}
    if one.open:
        return News(
            Sentence("Order {id}: a payment is disputed", id=order.id),
            Sentence(
                "The buyer's bank claims back {amount} of order {id} (at Stripe: {reason}, {status}).",
                **values,
                reason=one.reason,
                status=one.status,
            ),
            Sentence("Answer it in Stripe's dashboard in time, or the money is lost. Send nothing before."),
            _show(order),
        )
    lost = Sentence("{amount} of order {id} is gone: the bank has decided for the buyer.", **values)
    kept = Sentence("You keep {amount} of order {id}: the dispute is over.", **values)
    return News(
        Sentence("Order {id}: the dispute is decided", id=order.id),
        lost if one.lost else kept,
        Sentence("If the order is held because of it, let it go or cancel it."),
        _show(order),
    )


def _fraud_warning(order: Order, _: str, __: Settings) -> News:
    return News(
        Sentence("Order {id}: perhaps a stolen card", id=order.id),
        Sentence("The card's issuer takes the payment of order {id} for fraud. A dispute may follow.", id=order.id),
        Sentence("If you do not know the buyer, give the money back now: that avoids the dispute's fee."),
        f"pouch {'cancel' if can_cancel(order, Actor.OWNER) else 'refund'} {order.id}",
    )


def _refund_refused(order: Order, key: str, settings: Settings) -> News:
    values = {"id": order.id, "amount": format_amount(refund_of(order, key).amount, settings.money)}
    return News(
        Sentence("Order {id}: a refund cannot be made", id=order.id),
        Sentence("Stripe refuses to give back {amount} of order {id}. We try again by ourselves.", **values),
        Sentence("Look in Stripe's dashboard whether the balance is too low or the payment is disputed."),
        f"pouch refund {order.id}",
    )


def _refund_failed(order: Order, key: str, settings: Settings) -> News:
    values = {"id": order.id, "amount": format_amount(refund_of(order, key).amount, settings.money)}
    return News(
        Sentence("Order {id}: a refund came back", id=order.id),
        Sentence("The bank did not take {amount} that went back for order {id}; Stripe has it again.", **values),
        Sentence("Ask the customer for an account, and pay it there by hand."),
        _show(order),
    )


def _bounced(order: Order, name: str, _: Settings) -> News:
    return News(
        Sentence("Order {id}: a mail did not arrive", id=order.id),
        Sentence(
            "The mail “{name}” of order {id} came back; nobody has got it.",
            id=order.id,
            name=name,
        ),
        Sentence("Find out the right address and correct it; the confirmation is then sent anew."),
        f"pouch email {order.id} …",
    )


def _complained(order: Order, name: str, _: Settings) -> News:
    return News(
        Sentence("Order {id}: a mail was marked as spam", id=order.id),
        Sentence("Whoever got the mail “{name}” of order {id} has marked it as spam.", id=order.id, name=name),
        Sentence("Mails to this address may not arrive any more. Call the customer if something is important."),
        _show(order),
    )


def _unsent(order: Order, name: str, _: Settings) -> News:
    return News(
        Sentence("Order {id}: a mail cannot be sent", id=order.id),
        Sentence("The mail “{name}” of order {id} could not be sent for three days.", id=order.id, name=name),
        Sentence("We keep trying. Look whether the address is right, and tell the customer in another way."),
        _show(order),
    )


def _unknown(order: Order, message: Message) -> News:
    return News(
        Sentence("Order {id}: there is news", id=order.id),
        Sentence("Something has happened to order {id}: {topic}.", id=order.id, topic=message.about),
        Sentence("Look at the order."),
        _show(order),
    )


def _show(order: Order) -> str:
    return f"pouch show {order.id}"


_TOPICS: dict[str, Callable[[Order, str, Settings], News]] = {
    "cancelled": _cancelled,
    "return": _return,
    "withdrawal": _withdrawal,
    "question": _question,
    "address": _address,
    Alarm.DISPUTE: _dispute,
    Alarm.FRAUD_WARNING: _fraud_warning,
    Alarm.REFUND_REFUSED: _refund_refused,
    Alarm.REFUND_FAILED: _refund_failed,
    "bounced": _bounced,
    "complained": _complained,
    "unsent": _unsent,
}
_NOTICED: dict[str, Callable[[Mapping[str, str], Settings], News]] = {
    "late": _late,
    "audit": _audit,
    "withdrawal": _unmatched,
    "unsent": _undeliverable,
    "bounced": _undeliverable,
}
