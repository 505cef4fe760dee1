"""An order in portions, as chance deals them out."""

from random import Random

from functions.shop.order import Order
from functions.shop.portion import Portion


def portions(order: Order, luck: Random, most: int) -> list[Portion]:
    """Up to `most` portions, some of them empty: every piece lies in one of them, and so does shipping."""
    count = luck.randint(1, most)
    pieces = [[0] * len(order.lines) for _ in range(count)]
    for at, line in enumerate(order.lines):
        for _ in range(line.quantity):
            luck.choice(pieces)[at] += 1
    shipped = luck.randrange(count)
    return [Portion(tuple(some), shipping=number == shipped) for number, some in enumerate(pieces)]
