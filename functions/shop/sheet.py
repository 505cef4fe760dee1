"""Sheet: orders and their line items as rows of a spreadsheet."""

from collections.abc import Iterator

from functions.shop.day import local_time
from functions.shop.money import amount_text
from functions.shop.order import Order
from functions.shop.plain_text import in_one_line
from functions.shop.settings import Address
from functions.shop.status import fulfilment_status, given_back, payment_status

ORDER_COLUMNS = (
    *("number", "placed", "paid", "state", "payment", "fulfilment", "invoice", "email"),
    *("name", "line1", "line2", "city", "region", "postcode", "country", "vat_id"),
    *("currency", "subtotal", "discount", "shipping", "tax", "total", "paid_by_balances", "given_back"),
    *("shipping_name", "dispatch_by", "arrives_to", "tracking", "gift_note", "carrier_note"),
)
LINE_COLUMNS = (
    *("number", "placed", "state", "invoice", "country"),
    *("sku", "name", "quantity", "currency", "unit_price", "discount", "total", "tax_category", "gift"),
)
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # https://owasp.org/www-community/attacks/CSV_Injection


def order_row(order: Order, time_zone: str) -> tuple[str, ...]:
    """One order as cells under ORDER_COLUMNS; times are by the clock of the shop, amounts are decimals."""
    to = order.address or Address(country=order.country)
    standing = (order.state.value, payment_status(order).value, fulfilment_status(order).value)
    return _harmless(
        *(order.id, _local(order.created_at, time_zone), _local(order.paid_at, time_zone), *standing),
        *(str(order.invoice or ""), order.email, to.name, to.line1, to.line2, to.city, to.region, to.postcode),
        *(to.country, order.vat_id, order.currency, *(amount_text(sum_, order.currency) for sum_ in _sums(order))),
        *(order.shipping.name if order.shipping else "", order.dispatch_by, order.arrives_to),
        " ".join(parcel.tracking for parcel in order.shipments if parcel.tracking),
        *(order.notes.gift, order.notes.delivery),
    )


def line_rows(order: Order, time_zone: str) -> Iterator[tuple[str, ...]]:
    """The line items of an order, each as cells under LINE_COLUMNS."""
    placed = _local(order.created_at, time_zone)
    for line in order.lines:
        money = (amount_text(each, order.currency) for each in (line.unit_price, line.discount, line.cost))
        yield _harmless(
            *(order.id, placed, order.state.value, str(order.invoice or ""), order.country),
            *(line.sku, line.name, str(line.quantity), order.currency, *money, line.tax, "yes" if line.gift else ""),
        )


def _sums(order: Order) -> tuple[int, ...]:
    """The amounts from `subtotal` to `given_back`."""
    shipping = order.shipping.price if order.shipping else 0
    balances = sum(one.amount for one in order.spent)
    return order.subtotal, order.discount, shipping, order.tax, order.total, balances, given_back(order)


def _harmless(*cells: str) -> tuple[str, ...]:
    """Cells of which a spreadsheet calculates none (R28). Tabs and line ends, which can begin a formula, go as well."""
    return tuple(f"'{text}" if text.startswith(_FORMULA) else text for text in map(in_one_line, cells))


def _local(moment: int, time_zone: str) -> str:
    return local_time(moment, time_zone).replace("T", " ") if moment else ""
