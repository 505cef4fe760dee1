"""Sections: the parts of `pouch show`, each a table."""

from collections.abc import Iterator

from rich.table import Table

from cli.next_steps import next_steps
from cli.tables import row, table
from cli.words import contents, count, moment, money
from functions.shop.message import TO_OWNER, Message
from functions.shop.order import Order
from functions.shop.plain_text import in_one_line
from functions.shop.reversal import refundable
from functions.shop.settings import Settings
from functions.shop.shipment import counted, to_ship


def sections(order: Order, settings: Settings) -> Iterator[tuple[str, Table]]:
    """Each with its title; those of which there is nothing are left out."""
    yield "Goods", _goods(order, settings)
    if order.payments or order.spent:
        yield "Money", _money(order, settings)
    if order.shipments:
        yield "Parcels", _parcels(order, settings)
    if order.returns:
        yield "Returns", _returns(order, settings)
    if order.questions or order.withdrawals or order.remarks:
        yield "What was written", _written(order, settings)
    if order.messages:
        yield "Mails", _mails(order, settings)
    if steps := list(next_steps(order)):
        made = table("command", "what", keep=("command",), title=False)
        for command, what in steps:
            row(made, command, what)
        yield "What you can do", made


def _goods(order: Order, settings: Settings) -> Table:
    right = ("Pieces", "To ship", "Each", "Total")
    made, left = table("SKU", "What", *right, right=right, keep=("SKU",)), counted(to_ship(order))
    for at, line in enumerate(order.lines):
        each, cost = money(line.unit_price, order, settings), money(line.cost, order, settings)
        waits = "by mail" if line.digital else str(left[at])
        row(made, line.sku, line.name + (" (gift)" if line.gift else ""), str(line.quantity), waits, each, cost)
    if order.shipping:
        row(made, "", order.shipping.name, "", "", "", money(order.shipping.price, order, settings))
    row(
        made,
        "",
        f"Total, with {money(order.tax, order, settings)} tax",
        "",
        "",
        "",
        money(order.total, order, settings),
    )
    return made


def _money(order: Order, settings: Settings) -> Table:
    made = table("when", "what", "amount", "more", right=("amount",), keep=("when",), title=False)
    for payment in order.payments:
        row(made, moment(payment.at, settings), "paid", money(payment.amount, order, settings), payment.id)
    for spent in order.spent:
        row(made, "", f"paid with {spent.label}", money(spent.amount, order, settings))
        if spent.returned:
            row(made, "", f"back to {spent.label}", money(-spent.returned, order, settings))
    for refund in order.refunds:
        how = (
            "given back"
            if refund.made and refund.counts
            else "came back"
            if refund.made
            else "to go back, not yet made"
        )
        style = "" if refund.made and refund.counts else "yellow"
        amount = money(-refund.amount, order, settings)
        row(made, moment(refund.at, settings), how, amount, in_one_line(refund.reason), style=style)
    for dispute in order.disputes:
        amount = money(-dispute.amount, order, settings)
        row(made, moment(dispute.at, settings), f"disputed: {dispute.status}", amount, dispute.reason, style="magenta")
    for warning in order.warnings:
        row(made, moment(warning.at, settings), "fraud warning", "", warning.kind, style="magenta")
    row(made, "", "can still be given back", money(refundable(order), order, settings))
    if order.earned and order.earned.account:
        points = order.earned.amount - order.earned.reversed - order.earned.missing
        row(made, "", "earned in points", money(points, order, settings))
    return made


def _parcels(order: Order, settings: Settings) -> Table:
    made = table("id", "left", "what", "how", "arrived", keep=("left",), title=False)
    for parcel in order.shipments:
        arrived = f"arrived {moment(parcel.delivered_at, settings)}" if parcel.delivered_at else "on its way"
        before = ", ".join(f"{said.carrier} {said.tracking}" for said in parcel.corrections)
        how = in_one_line(f"{parcel.carrier} {parcel.tracking}" + (f" (before: {before})" if before else ""))
        row(made, parcel.id, moment(parcel.shipped_at, settings), contents(order, parcel.items), how, arrived)
    return made


def _returns(order: Order, settings: Settings) -> Table:
    made = table("asked", "state", "what", "why", keep=("asked",), title=False)
    for one in order.returns:
        said = in_one_line(f"{one.reason} {f'→ {one.answer}' if one.answer else ''}")
        state = one.state.value + (f", {money(one.amount, order, settings)} given back" if one.amount else "")
        row(made, moment(one.asked_at, settings), state, contents(order, one.items), said)
    return made


def _written(order: Order, settings: Settings) -> Table:
    made = table("when", "who", "text", keep=("when",), title=False)
    said = [(one.at, "customer asks", one.text) for one in order.questions]
    said += [(one.at, "customer withdraws", f"{one.name} {one.text}") for one in order.withdrawals]
    for at, who, text in sorted(said):
        row(made, moment(at, settings), who, in_one_line(text))
    for text in order.remarks:
        row(made, "", "you", in_one_line(text))
    return made


def _subject(message: Message, order: Order) -> str:
    """What a mail is about: `shipped 1`."""
    about = message.about.removeprefix(f"{order.id}:")
    return f"{message.kind.value.replace('_', ' ')} {in_one_line(about)}".strip()


def _reader(message: Message, order: Order) -> str:
    if message.kind in TO_OWNER:
        return "to you"
    return "to the customer" if message.to in {order.email, ""} else f"to {in_one_line(message.to)}"


def _mails(order: Order, settings: Settings) -> Table:
    made = table("when", "name", "to", "fate", keep=("when",), title=False)
    for one in order.messages:
        tries = f", {count(one.attempts, 'try').replace('trys', 'tries')}" if one.attempts else ""
        fate = (one.fate.value if one.fate else "sent") if one.sent_at else f"waits{tries}"
        style = "" if one.sent_at and fate in {"sent", "delivered"} else "yellow"
        row(
            made,
            moment(one.sent_at or one.due_at, settings),
            _subject(one, order),
            _reader(one, order),
            fate,
            style=style,
        )
    return made
