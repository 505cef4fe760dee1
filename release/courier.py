"""A courier: carries files to a bucket of S3 and from it, over lines that stay open, and tries again what may pass.

boto3 needs our processor five times as long for a call, and calls are what a publication is made of: docs/decisions.md.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from http import HTTPStatus
from urllib.parse import quote

from functions.adapters.aws.answers import Answer, AwsFailed, refused
from functions.adapters.aws.channel import Channel
from functions.adapters.aws.signing import Call
from release.several import pause

ATTEMPTS, READ = 5, 20  # tries of a call; seconds for an answer
SLOWEST = 2_000  # bytes a second; a file that is sent may take as long as that, and the seconds beside it
ENOUGH = 300  # seconds; what takes longer than that has to travel at the least speed of a large file
SLOWEST_LARGE = 100_000  # bytes a second; a time-out in Python is for all that is sent
LONGEST = 20  # seconds between two tries
_PASSES = frozenset({"RequestTimeout"})


class Courier:
    """Calls about the files of one bucket, by any number of threads. `folder` is where its files begin at the address
    of the channel; `wait` lets some seconds pass before the next try.
    """

    def __init__(
        self,
        channel: Channel,
        folder: str = "/",
        *,
        attempts: int = ATTEMPTS,
        read: float = READ,
        wait: Callable[[float], None] = pause,
    ) -> None:
        self._channel, self._folder = channel, folder
        self._attempts, self._read, self._wait = attempts, read, wait

    def ask(
        self, method: str, key: str, headers: Mapping[str, str] | None = None, body: bytes = b"", query: str = ""
    ) -> Answer:
        """What S3 answers when it has done it. Raises Refused and Silent when it has not, after some tries, and Stopped
        in place of another try when the work of several that it belongs to is stopped.
        """
        call = Call(method, f"{self._folder}{quote(key)}", headers or {}, body, query)
        for seconds in _pauses(self._attempts):
            try:
                return self._answered(call)
            except AwsFailed as error:
                if not _passes(error):
                    raise
            self._wait(seconds)
        return self._answered(call)

    def _answered(self, call: Call) -> Answer:
        answer = self._channel.send(call, read=self._read + _travel(len(call.body)))
        if answer.status != HTTPStatus.OK:  # such as that the bucket is elsewhere
            raise refused(answer)
        return answer


def _travel(size: int) -> float:
    """How many seconds so many bytes may be on their way."""
    return min(size / SLOWEST, max(ENOUGH, size / SLOWEST_LARGE))


def _pauses(attempts: int) -> Iterator[float]:
    """Longer and longer, and each by chance, so that those who were sent away together do not come back together."""
    for number in range(attempts - 1):
        yield random.random() * min(LONGEST, 2**number)  # noqa: S311 (nothing is kept secret by it)


def _passes(error: AwsFailed) -> bool:
    """Whether the same call may succeed in a moment."""
    return error.passes or error.code in _PASSES
