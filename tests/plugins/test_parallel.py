"""Work spread over processes gives what it gives in one, and its errors arrive where it was given out."""

import os
import time
from collections.abc import Iterable, Iterator

import pytest

from plugins.content import ContentFaults, Fault
from plugins.parallel import FEW, WorkFailed, spread, spreading

MANY = list(range(FEW * 5))


def squares(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Each number with its square, and the process that made it."""
    return ((number * number, os.getpid()) for number in numbers)


def test_many_tasks_are_done_in_two_other_processes() -> None:
    def slow_squares(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
        for number in numbers:
            time.sleep(0.001)
            yield number * number, os.getpid()

    found = list(spread(slow_squares, MANY))
    assert sorted(square for square, _ in found) == [number * number for number in MANY]
    assert len({process for _, process in found} - {os.getpid()}) == 2


def test_few_tasks_are_done_here_in_their_order() -> None:
    assert list(spread(squares, [3, 1, 2])) == [(9, os.getpid()), (1, os.getpid()), (4, os.getpid())]


def test_an_error_is_raised_here_as_it_was_there() -> None:
    fault = Fault("content/products/mug.md", 3, 8, "price", "'x' is no amount")

    def fail(numbers: Iterable[int]) -> Iterator[int]:
        yield from list(numbers)[:3]
        raise ContentFaults((fault,))

    with pytest.raises(ContentFaults) as raised:
        list(spread(fail, MANY))
    assert raised.value.faults == (fault,)


def test_a_process_that_is_killed_is_an_error_and_no_endless_wait() -> None:
    def die(_numbers: Iterable[int]) -> Iterator[int]:
        os._exit(9)
        yield 0

    with pytest.raises(WorkFailed, match="was ended before it was done"):
        list(spread(die, MANY))


def test_no_process_is_left_when_nobody_wants_the_rest() -> None:
    results = spread(squares, MANY)
    _, process = next(results)
    results.close()  # type: ignore[attr-defined]
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


@pytest.mark.parametrize("count", [3, FEW * 5])
def test_results_that_nobody_reads_are_an_error(count: int) -> None:
    """Else work would be left out in silence."""
    with pytest.raises(AssertionError, match="its results were not read to the end"), spreading(squares, range(count)):
        pass


def test_processes_are_at_work_while_this_one_does_something_else_and_end_when_that_fails() -> None:
    began: list[int] = []

    def fail() -> None:
        with spreading(squares, MANY) as results:
            began.append(next(results)[1])
            raise ValueError("no such feed")

    with pytest.raises(ValueError, match="no such feed"):
        fail()
    with pytest.raises(ProcessLookupError):
        os.kill(began[0], 0)
