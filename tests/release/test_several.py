"""Several at a time: each thing once, progress is told, and the first error ends it."""

import threading
import time

import pytest

from release.several import Stopped, each, pause

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


def test_the_first_error_ends_pauses_as_well() -> None:
    """Who waits to try again does not try again; what is raised is the error and not that the others were stopped."""
    ended, began = list[str](), time.monotonic()

    def do(thing: str) -> None:
        if thing == "3":
            raise ValueError(thing)
        try:
            pause(30)
        except Stopped:
            ended.append(thing)
            raise

    with pytest.raises(ValueError, match=r"^3$"):
        each(do, THINGS, 4, lambda _: None)
    assert sorted(ended) == ["0", "1", "2"]
    assert time.monotonic() - began < 10


def test_a_pause_that_nobody_stops_takes_its_time() -> None:
    began = time.monotonic()
    pause(0.05)
    assert time.monotonic() - began >= 0.05
