"""A job: one file of the output, what it is made from, and how."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from plugins.output import Output
from plugins.parallel import batches, spread


class Job(NamedTuple):
    """The file at `address` is what `make` gives. It is made again only when `key` changes, which must name all that it
    is made from; with an empty key it is made in every build. `cards` are the products whose cards it shows, by slug.
    """

    address: str
    key: bytes
    make: Callable[[], str | bytes]
    cards: Sequence[str] = ()


def do(jobs: Sequence[Job], output: Output) -> Iterator[None]:
    """Make and write files, many of them in several processes. Yields once for each."""

    def write(numbers: Iterable[int]) -> Iterator[tuple[int, int, int]]:
        for some in batches(numbers):
            contents = [jobs[number].make() for number in some]
            for number, content in zip(some, contents, strict=True):
                _, size, time = output.put(jobs[number].address, content, jobs[number].key)
                yield (number, size, time)

    for number, size, time in spread(write, range(len(jobs))):
        output.note(jobs[number].address, (jobs[number].key, size, time))
        yield
