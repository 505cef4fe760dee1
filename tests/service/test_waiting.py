"""Who waits for something is told once, when it can be had again, and is forgotten then."""

from functions.service.waiting import tell_who_waits
from functions.shop.listing import NOTICES
from functions.shop.message import Kind
from tests.service.conftest import SmallRelease, Till


def told(till: Till) -> int:
    return tell_who_waits(release=SmallRelease(), store=till.store, clock=till.clock)


def ask(till: Till, *emails: str, sku: str = "LAST") -> None:
    for email in emails:
        till.store.ask_for_stock(sku, email, till.clock())


def test_nobody_is_told_while_it_is_sold_out_or_not_sold_any_more(till: Till) -> None:
    till.order()  # holds the last one
    ask(till, "ada@example.org")
    ask(till, "ada@example.org", sku="GONE")
    assert told(till) == 0
    assert till.store.waiting_for_stock("LAST") == ["ada@example.org"]


def test_each_is_told_once_and_forgotten(till: Till) -> None:
    ask(till, "ada@example.org", "bea@example.org")
    assert (told(till), told(till)) == (2, 0)
    notices = [till.store.notice(name) for name in till.store.listed(NOTICES).ids]
    assert sorted((one.message.kind, one.message.to, one.facts["name"]) for one in notices if one) == [
        (Kind.BACK_IN_STOCK, "ada@example.org", "The last one"),
        (Kind.BACK_IN_STOCK, "bea@example.org", "The last one"),
    ]
    assert till.store.awaited() == []


def test_who_waits_again_another_day_is_told_again(till: Till) -> None:
    ask(till, "ada@example.org")
    assert told(till) == 1
    till.clock.now += 86_400
    ask(till, "ada@example.org")
    assert told(till) == 1
    assert len(till.store.listed(NOTICES).ids) == 2


def test_a_crash_between_writing_and_forgetting_costs_no_second_mail(till: Till) -> None:
    ask(till, "ada@example.org")
    assert told(till) == 1
    ask(till, "ada@example.org")  # as if it had not been forgotten
    assert told(till) == 1
    assert len(till.store.listed(NOTICES).ids) == 1
