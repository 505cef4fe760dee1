"""Work that is spread over processes forked from this one, so that they share what it has read already."""

import gc
import marshal
import multiprocessing
import os
import pickle
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

WORKERS = 2
FEW = 64  # tasks that are done sooner than processes are started
BATCH = 32  # tasks that a process takes at once and does step by step together, and results that travel together
PORTIONS = 4_096  # at most; their numbers must fit into a pipe that nobody empties yet
_WIDTH = 4  # bytes of a number

T = TypeVar("T")
Result = Any
"""What a process can hand over: None, numbers, texts, bytes, and tuples, lists and dicts of these."""


class WorkFailed(RuntimeError):
    """A process was ended, or met an error that cannot be told."""


def spread(work: Callable[[Iterable[T]], Iterator[Result]], tasks: Sequence[T]) -> Iterator[Result]:
    """The results of `work` on all tasks, as they come; see `spreading`."""
    with spreading(work, tasks) as results:
        yield from results


@contextmanager
def spreading(work: Callable[[Iterable[T]], Iterator[Result]], tasks: Sequence[T]) -> Iterator[Iterator[Result]]:
    """The results of `work` on all tasks, as they come. Many tasks are dealt out to processes, which are at work from
    now on, so that this one can do something else before it asks for results. Few are done here, when it asks. It must
    ask for all of them.

    `work` gets an iterable of tasks and yields results that `marshal` can write. It may change nothing that this
    process relies on, for a forked process changes only its own copy. An error that it raises is raised here.
    """
    with _at_work(work, tasks) as results:
        yield results
        if any(True for _ in results):
            raise AssertionError("work was given out, and its results were not read to the end")


@contextmanager
def _at_work(work: Callable[[Iterable[T]], Iterator[Result]], tasks: Sequence[T]) -> Iterator[Iterator[Result]]:
    if len(tasks) < FEW or not hasattr(os, "fork"):
        yield work(tasks)
        return
    gc.freeze()  # so that collecting garbage does not touch, and thereby copy, what the processes share
    size = max(BATCH, -(-len(tasks) // PORTIONS))
    numbers = _numbered(-(-len(tasks) // size))
    processes, inboxes = _started(work, lambda: _taken(tasks, size, numbers))
    try:
        yield _received(inboxes)
    finally:
        _end(processes)
        os.close(numbers)
        gc.unfreeze()


def _started(
    work: Callable[[Any], Iterator[Result]], tasks: Callable[[], Iterator[Any]]
) -> "tuple[list[BaseProcess], list[Connection]]":
    """Processes at work, and where their results come in."""
    context = multiprocessing.get_context("fork")
    ends = [context.Pipe(duplex=False) for _ in range(WORKERS)]
    inboxes = [inbox for inbox, _ in ends]
    processes: list[BaseProcess] = [
        context.Process(target=_run, args=(work, tasks(), outbox, inboxes), daemon=True) for _, outbox in ends
    ]
    for process in processes:
        process.start()
    for _, outbox in ends:
        outbox.close()
    return processes, inboxes


def _numbered(count: int) -> int:
    """A pipe to read so many numbers from, each of which only one process gets. So none waits while there is work."""
    reading, writing = os.pipe()
    os.write(writing, b"".join(number.to_bytes(_WIDTH, "big") for number in range(count)))
    os.close(writing)
    return reading


def _taken(tasks: Sequence[T], size: int, numbers: int) -> Iterator[T]:
    """The tasks that this process takes, a portion at a time."""
    while number := os.read(numbers, _WIDTH):
        start = int.from_bytes(number, "big") * size
        yield from tasks[start : start + size]


def batches(tasks: Iterable[T]) -> Iterator[list[T]]:
    """The tasks in lots. A step that is done for a whole lot before the next step takes a fifth less time than steps
    that take turns: the processor finds its instructions, and the names they look up, where it left them.
    """
    following = iter(tasks)
    while lot := list(islice(following, BATCH)):
        yield lot


def _received(inboxes: "list[Connection]") -> Iterator[Result]:
    """Every result of every process until all have said that they are done."""
    from multiprocessing.connection import wait  # noqa: PLC0415 (few builds have so much to do)

    open_ones = list(inboxes)
    while open_ones:
        for inbox in cast("list[Connection]", wait(open_ones)):
            batch = _batch(inbox)
            if batch is None:
                open_ones.remove(inbox)
            else:
                yield from batch


def _batch(inbox: "Connection") -> list[Result] | None:
    """What a process sent: results, None when it is done, or the error that it met, which is raised here."""
    try:
        batch: list[Result] | bytes | None = marshal.loads(inbox.recv_bytes())  # noqa: S302 (our own process wrote it)
    except EOFError:
        raise WorkFailed("A process that built pages was ended before it was done. Build again.") from None
    if isinstance(batch, bytes):
        raise pickle.loads(batch)  # noqa: S301
    return batch


def _end(processes: "Sequence[BaseProcess]") -> None:
    for process in processes:
        process.join(timeout=0 if sys.exc_info()[0] else 5)
        if process.is_alive():
            process.terminate()
            process.join()


def _run(work: Callable[[Any], Iterator[Result]], tasks: Any, outbox: "Connection", others: "list[Connection]") -> None:
    """In the forked process: send results in batches, then None. It ends without Python's long goodbye."""
    for inbox in others:
        inbox.close()
    gc.disable()  # short-lived; what it makes has hardly any cycles
    try:
        batch: list[Result] = []
        for result in work(tasks):
            batch.append(result)
            if len(batch) == BATCH:
                outbox.send_bytes(marshal.dumps(batch))
                batch = []
        outbox.send_bytes(marshal.dumps(batch))
        outbox.send_bytes(marshal.dumps(None))
    except BaseException as error:
        outbox.send_bytes(marshal.dumps(_packed(error)))
    os._exit(0)


def _packed(error: BaseException) -> bytes:
    """The error, to be raised where the work was given out; one that cannot travel is printed and leaves a note."""
    try:
        return pickle.dumps(error)
    except Exception:
        traceback.print_exception(error)
        return pickle.dumps(WorkFailed(f"A process that built pages failed: {error!r}"))
