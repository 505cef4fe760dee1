"""How far an order has come."""

from dataclasses import replace

from functions.shop.acts import Actor, Cancel, Deliver, Ship
from functions.shop.order import Order
from functions.shop.progress import Stage, Step, steps
from functions.shop.shipment import Pieces
from tests.shop.living import LATER, PAID_AT, POSTCARDS, done, paid
from tests.shop.sample import NOW


def stages(order: Order) -> list[tuple[str, int]]:
    return [(step.stage.value, step.at) for step in steps(order)]


def test_a_paid_order_has_its_next_steps_before_it() -> None:
    """What is to come has no moment yet."""
    assert stages(paid()) == [("ordered", NOW), ("paid", PAID_AT), ("packed", 0), ("shipped", 0), ("delivered", 0)]
    assert [step.stage for step in steps(paid()) if step.here] == [Stage.PAID]


def test_each_parcel_has_steps_of_its_own_and_so_has_the_rest() -> None:
    """Two parcels: one is there, the other has not left."""
    order = done(paid(), Ship("DHL", "1", (Pieces(POSTCARDS, 2),)), Deliver(), now=LATER)
    parcel = order.shipments[0]
    assert steps(order)[2:] == (
        Step(Stage.PACKED, LATER),
        Step(Stage.SHIPPED, LATER, parcel),
        Step(Stage.SHIPPED),
        Step(Stage.DELIVERED, LATER, parcel, here=True),
        Step(Stage.DELIVERED),
    )


def test_a_cancelled_order_ends_there() -> None:
    """Nothing is to come."""
    cancelled = done(paid(), Cancel(Actor.CUSTOMER), now=LATER)
    assert stages(cancelled) == [("ordered", NOW), ("paid", PAID_AT), ("cancelled", LATER)]


def test_files_have_no_parcels() -> None:
    """They go by e-mail once it is paid."""
    order = replace(paid(), lines=tuple(replace(line, digital=True) for line in paid().lines))
    assert stages(order) == [("ordered", NOW), ("paid", PAID_AT)]
