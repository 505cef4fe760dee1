"""A job: one file of the output, what it is made from, and how."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from plugins.output import Output
from plugins.parallel import batches, spreading


class Job(NamedTuple):
    """The file at `address` is what `make` gives. It is made again only when `key` changes, which must name all that it
    is made from; with an empty key it is made in every build. `cards` are the products whose cards it shows, by slug.
    """

    address: str
    key: bytes
    make: Callable[[], str | bytes]
    cards: Sequence[str] = ()


@contextmanager
def doing(jobs: Sequence[Job], output: Output) -> Iterator[Iterator[None]]:
    """Make and write files, many of them in other processes, while this one may do something else. What it gives yields
    once for each file, and must be gone through to the end (see `spreading`).
    """

    def write(numbers: Iterable[int]) -> Iterator[tuple[int, int, int]]:
        for some in batches(numbers):
            contents = [jobs[number].make() for number in some]
            for number, content in zip(some, contents, strict=True):
                _, size, time = output.put(jobs[number].address, content, jobs[number].key)
                yield (number, size, time)

    def noted(written: Iterable[tuple[int, int, int]]) -> Iterator[None]:
        for number, size, time in written:
            output.note(jobs[number].address, (jobs[number].key, size, time))
            yield

    with spreading(write, range(len(jobs))) as written:
        yield noted(written)
