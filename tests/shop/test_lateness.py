"""Which orders are late, and which will be."""

from dataclasses import replace

import pytest

from functions.shop.acts import Deliver, Ship
from functions.shop.lateness import Due, due
from functions.shop.order import Order
from functions.shop.shipment import Pieces
from tests.shop.living import POSTCARDS, done, paid

PROMISED = replace(paid(), dispatch_by="2026-12-01", arrives_from="2026-12-03", arrives_to="2026-12-04")
BEGUN = done(PROMISED, Ship("DHL", "1", (Pieces(POSTCARDS, 1),)))
SHIPPED = done(PROMISED, Ship("DHL", "1"))


@pytest.mark.parametrize(
    ("order", "today", "expected"),
    [
        (PROMISED, "2026-11-29", None),
        (PROMISED, "2026-11-30", Due.SOON),
        (PROMISED, "2026-12-01", Due.SOON),
        (PROMISED, "2026-12-02", Due.LATE_TO_LEAVE),
        (BEGUN, "2026-12-02", Due.LATE_TO_LEAVE),
        (SHIPPED, "2026-12-04", None),
        (SHIPPED, "2026-12-05", Due.LATE_TO_ARRIVE),
        (done(SHIPPED, Deliver()), "2026-12-05", None),
        (paid(), "2026-12-05", None),
    ],
)
def test_an_order_is_late_the_day_after_what_was_promised(order: Order, today: str, expected: Due | None) -> None:
    assert due(order, today) is expected
