"""Messages: when one is due, who may send it, and when it is tried again."""

from dataclasses import replace

import pytest

from functions.shop.message import Kind, Message, delayed, is_due, leased, sent

NOW = 1_800_000_000
FRESH = Message(Kind.CONFIRMATION, "ada@example.org", due_at=NOW)


def test_a_message_is_due_from_its_time_on() -> None:
    assert not is_due(FRESH, NOW - 1)
    assert is_due(FRESH, NOW)
    assert is_due(FRESH, NOW + 1_000_000)


def test_while_one_process_sends_it_no_other_does_for_two_minutes() -> None:
    taken = leased(FRESH, NOW)
    assert taken == Message(Kind.CONFIRMATION, "ada@example.org", NOW, attempts=1, leased_until=NOW + 120)
    assert not is_due(taken, NOW)
    assert not is_due(taken, NOW + 119)
    assert is_due(taken, NOW + 120)


def test_a_message_that_was_sent_is_never_due_again() -> None:
    done = sent(leased(FRESH, NOW), NOW + 3)
    assert done == Message(Kind.CONFIRMATION, "ada@example.org", NOW, attempts=1, leased_until=0, sent_at=NOW + 3)
    assert not is_due(done, NOW + 1_000_000)


@pytest.mark.parametrize(
    ("attempts", "wait"),
    [(0, 60), (1, 60), (2, 120), (3, 240), (4, 480), (10, 30_720), (11, 61_440), (12, 86_400), (500, 86_400)],
)
def test_after_a_failure_it_waits_longer_each_time_and_a_day_at_most(attempts: int, wait: int) -> None:
    failed = delayed(replace(FRESH, attempts=attempts, leased_until=NOW + 120), NOW)
    assert failed == replace(FRESH, attempts=attempts, due_at=NOW + wait, leased_until=0)
    assert not is_due(failed, NOW + wait - 1)
    assert is_due(failed, NOW + wait)
