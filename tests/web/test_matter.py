"""What a mail is about, when that has changed since the mail came to be due."""

from functions.shop.acts import AskReturn, Deliver, ReceiveReturn, Ship
from functions.shop.message import Kind
from functions.shop.shipment import Pieces
from functions.web.matter import MoneyBack, matter_of
from tests.shop.living import POSTCARDS, done, paid
from tests.shop.test_trouble import refund, told


def test_a_return_is_confirmed_though_all_its_money_had_gone_back_in_stripes_dashboard() -> None:
    """The refund that was meant for it has nothing left to give, and its mail promises none."""
    asked = done(paid(), Ship("DHL", "1"), Deliver(), AskReturn("R1", (Pieces(POSTCARDS, 1),), "Too small.", days=14))
    order = told(done(asked, ReceiveReturn("R1", 250)), refund(1000), refund(2350, "re_2"))
    [received] = [one for one in order.messages if one.kind is Kind.RETURN_RECEIVED]
    assert [one.amount for one in order.refunds] == [1000, 2350]
    assert matter_of(order, received)["went_back"] == MoneyBack(0)
