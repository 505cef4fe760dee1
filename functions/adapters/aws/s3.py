"""Files in a bucket of S3: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import quote

from functions.adapters.aws.answers import Answer, AwsFailed, Refused
from functions.adapters.aws.channel import READ, Channel, connect, replaced_address
from functions.adapters.aws.signing import Call
from functions.deadline import time_left

PATIENCE = 1.5  # seconds within which a further attempt may begin, so that one that hangs is the last (R35)
_PAUSE = 0.05  # seconds between two


@dataclass(frozen=True, slots=True)
class Found:
    """A file as it is now, and the tag of this version of it."""

    content: bytes
    tag: str


class Bucket:
    """What lies in a bucket, by key."""

    def __init__(self, channel: Channel, prefix: str = "/") -> None:
        self._channel, self._prefix = channel, prefix

    @property
    def origin(self) -> str:
        """Where it is, such as `https://….amazonaws.com`."""
        return self._channel.address

    def size(self, key: str) -> int:
        """How large the file with this key is, in bytes. Raises as `get` does."""
        return int(self._asked(Call("HEAD", f"{self._prefix}{quote(key)}", {}), READ).headers["content-length"])

    def address(self, key: str, answer: Mapping[str, str], *, lasts: int) -> str:
        """Where anybody may read the file with this key for so many seconds. `answer` are headers that it then comes
        with: content-disposition, content-type and cache-control, for example.
        """
        query = {f"response-{name}": value for name, value in answer.items()}
        return self._channel.address_of(f"{self._prefix}{quote(key)}", query, lasts=lasts)

    def get(self, key: str, *, unless: str = "", wait: float = READ) -> Found | None:
        """The file with this key; None while its tag is `unless`. It waits so many seconds for each answer.

        Raises Refused with the status 404, or 403 where the files may not be listed, when there is none, and AwsFailed
        for anything else.
        """
        headers = {"if-none-match": unless} if unless else {}
        answer = self._asked(Call("GET", f"{self._prefix}{quote(key)}", headers), wait)
        tag = answer.headers.get("etag", "")
        return None if answer.status == HTTPStatus.NOT_MODIFIED else Found(answer.body, tag)

    def _asked(self, call: Call, wait: float) -> Answer:
        """The answer to a call, which is repeated while what keeps it from success may pass."""
        ends = time.monotonic() + min(PATIENCE, time_left())
        while True:
            try:
                return self._channel.send(call, read=wait)
            except AwsFailed as error:
                if time.monotonic() > ends or (isinstance(error, Refused) and not error.passes):
                    raise
            time.sleep(_PAUSE)


def bucket(name: str) -> Bucket:
    """The bucket of this name, with the region and rights that AWS's own settings say."""
    if replaced_address():
        return Bucket(connect("s3", ""), f"/{name}/")
    return Bucket(connect("s3", f"{name}.s3.{{region}}"))
