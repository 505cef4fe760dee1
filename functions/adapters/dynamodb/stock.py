"""Stock. A condition cannot subtract, so `available` is kept beside the two whose difference it is."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from functions.adapters.dynamodb import lists
from functions.adapters.dynamodb.action import IS_NEW, Action, AlreadyDone, put, update
from functions.adapters.dynamodb.calls import Table
from functions.adapters.dynamodb.sums import Sum, sums
from functions.adapters.dynamodb.wire import key, short
from functions.ports import Page, Stock
from functions.shop.decision import StockChange
from functions.shop.errors import OutOfStock, StoreUnavailable

BATCH = 50  # SKUs that are declared together, for each new one is two items
COUNTED = key("skus", "counted")["pk"]
ATTEMPTS = 8  # sales and other declarations that may come between before it is given up


def read(table: Table, skus: Collection[str]) -> dict[str, Stock]:
    """The stock of these SKUs; those never counted are left out."""
    return {
        sku: Stock(item["on_hand"], item["reserved"], item.get("sold", 0)) for sku, item in _items(table, skus).items()
    }


def counted(table: Table, cursor: str, limit: int) -> Page:
    """SKUs that were ever counted, in their order."""
    return lists.page(table, COUNTED, cursor=cursor, limit=limit)


def actions(changes: Sequence[StockChange]) -> list[Action]:
    """What moves stock, each refused as OutOfStock when it would break `0 ≤ reserved ≤ on hand` (R9)."""
    reserved = sums((change.sku, change.reserved) for change in changes)
    available = sums((change.sku, change.on_hand - change.reserved) for change in changes)
    return [_move(sku, reserved[sku], available[sku], sold=True) for sku in reserved]


def declare(table: Table, counts: Mapping[str, int]) -> None:
    """Take over the counts that differ from the ones last declared. Each batch has its own time: shops may be large."""
    skus = list(counts)
    for start in range(0, len(skus), BATCH):
        _declare(table.afresh(), {sku: counts[sku] for sku in skus[start : start + BATCH]})


def count(table: Table, sku: str, on_hand: int) -> None:
    """So many pieces are on hand, as somebody has just counted. Raises OutOfStock below what is reserved (R9)."""
    if not _items(table, [sku]):
        raise OutOfStock(sku)  # nothing can be reckoned with what is not there
    counted = "SET #on_hand = :count, #available = :count - #reserved"
    table.write([update(key("stock", sku), counted, OutOfStock(sku), condition="#reserved <= :count", count=on_hand)])


def add(table: Table, sku: str, by: int) -> None:
    """So many pieces more on hand, or fewer. Raises OutOfStock below what is reserved (R9)."""
    [reserved], [available] = (sums([(sku, pieces)]).values() for pieces in (0, by))
    table.write([_move(sku, reserved, available, sold=False)])


def _move(sku: str, reserved: Sum, available: Sum, *, sold: bool) -> Action:
    """Move pieces; those that orders take or give back are `sold`, or come back."""
    on_hand = reserved.total + available.total
    return update(
        key("stock", sku),
        "ADD #on_hand :on_hand, #reserved :reserved, #available :available, #sold :sold",
        OutOfStock(sku),
        condition="#reserved >= :reserved_before AND #available >= :available_before",
        on_hand=on_hand,
        reserved=reserved.total,
        available=available.total,
        sold=-on_hand if sold else 0,
        reserved_before=-reserved.least,
        available_before=-available.least,
    )


def _declare(table: Table, counts: Mapping[str, int]) -> None:
    for _ in range(ATTEMPTS):
        found = _items(table, counts)
        news = [
            action
            for sku, count in counts.items()
            if _is_news(count, found.get(sku))
            for action in _count(sku, count, found.get(sku))
        ]
        try:
            return table.write(news) if news else None
        except AlreadyDone:
            continue  # somebody was faster; what is left to be done is another thing now
    raise StoreUnavailable(f"Stock is being written by too many at once: {', '.join(counts)}")


def _is_news(count: int, item: Mapping[str, Any] | None) -> bool:
    return item is None or item["declared"] != count


def _count(sku: str, count: int, item: Mapping[str, Any] | None) -> Iterator[Action]:
    """A new count. It never goes below what is reserved, and which of both is more must still be so when it is done."""
    where, raced = key("stock", sku), AlreadyDone(sku)
    if item is None:
        first = {"on_hand": count, "reserved": 0, "available": count, "declared": count, "sku": sku}
        yield put(where | first, raced, condition=IS_NEW)
        yield put({"pk": COUNTED, "sk": short(sku), "id": sku})
    elif item["reserved"] > count:
        kept = "SET #on_hand = #reserved, #available = :none, #declared = :count"
        yield update(where, kept, raced, condition="#declared <> :count AND #reserved > :count", count=count, none=0)
    else:
        taken = "SET #on_hand = :count, #available = :count - #reserved, #declared = :count"
        yield update(where, taken, raced, condition="#declared <> :count AND #reserved <= :count", count=count)


def _items(table: Table, skus: Collection[str]) -> dict[str, dict[str, Any]]:
    return {item["sku"]: item for item in table.get_all(key("stock", sku) for sku in dict.fromkeys(skus))}
