"""Several at a time: each thing once, progress is told, and the first error ends it."""

import threading

import pytest

from release.several import each

THINGS = [str(number) for number in range(2_000)]


@pytest.mark.parametrize("at_once", [1, 8])
def test_everything_is_done_once_and_the_last_word_is_that_all_is(at_once: int) -> None:
    done, told = list[str](), list[int]()
    each(done.append, THINGS, at_once, told.append)
    assert sorted(done) == sorted(THINGS)
    assert told[-1] == 2_000
    assert told == sorted(told)


def test_of_nothing_nothing_is_done() -> None:
    told = list[int]()
    each(lambda _: pytest.fail("There is nothing."), [], 8, told.append)
    assert told == []


@pytest.mark.parametrize("at_once", [1, 4])
def test_the_first_error_ends_it(at_once: int) -> None:
    """What the others are at is done; nothing is begun after it was seen."""
    done = list[str]()

    def do(thing: str) -> None:
        if thing == "7":
            raise ValueError(thing)
        threading.Event().wait(0.002)
        done.append(thing)

    with pytest.raises(ValueError, match=r"^7$"):
        each(do, THINGS, at_once, lambda _: None)
    assert len(done) < 500


def test_who_stops_it_while_it_waits_stops_all() -> None:
    """An owner who presses Ctrl-C."""
    done = list[str]()

    def do(thing: str) -> None:
        threading.Event().wait(0.002)
        done.append(thing)

    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        each(do, THINGS, 4, interrupted)
    assert 0 < len(done) < 1_900
