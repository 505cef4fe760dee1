"""A bucket that is far away: it answers each request some milliseconds later, any number of them at the same time.

`python -m tests.bench.far_bucket PORT SECONDS`. It is a process of its own that does little, so that whoever uploads is
limited by the way there, as by a network. It knows what publishing for the first time asks of S3 and CloudFront.
"""

import asyncio
import hashlib
import sys

OK, CREATED, MISSING, CHANGED = "200 OK", "201 Created", "404 Not Found", "412 Precondition Failed"
KEPT = b"/releases/"  # the bucket of which something is read again
_END = b"\r\n\r\n"


class Clerk(asyncio.Protocol):
    """One line. All lines share what is there: the tag of each file by its address, and what is in some of them."""

    def __init__(self, delay: float, tags: dict[bytes, str], contents: dict[bytes, bytes]) -> None:
        self._delay, self._tags, self._contents = delay, tags, contents
        self._got = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody is there."""
        self._line = transport

    def data_received(self, data: bytes) -> None:
        """Answer as soon as all of a request is there."""
        self._got += data
        head, end, body = self._got.partition(_END)
        headers = _headers(head) if end else {}
        if not end or len(body) < int(headers.get(b"content-length", b"0")):
            return
        self._got = bytearray()
        method, address, _ = bytes(head).split(b" ", 2)
        answer = self._answer(method, address.partition(b"?")[0], headers, bytes(body))
        asyncio.get_running_loop().call_later(self._delay, self._line.write, answer)  # type: ignore[attr-defined]

    def _answer(self, method: bytes, address: bytes, headers: dict[bytes, bytes], body: bytes) -> bytes:
        if method == b"PUT":
            return self._put(address, headers, body)
        if method == b"POST":
            return _told(CREATED, b"<Invalidation/>")
        if address.count(b"/") == 1:  # a list, which is asked for before anything is there
            return _told(OK, b"<ListBucketResult/>")
        if address in self._contents:
            return _told(OK, self._contents[address], self._tags[address])
        return _told(MISSING, b"<Error><Code>NoSuchKey</Code></Error>")

    def _put(self, address: bytes, headers: dict[bytes, bytes], body: bytes) -> bytes:
        there = self._tags.get(address, "")
        wanted = headers.get(b"if-match", b"").decode().strip('"')
        if (b"if-none-match" in headers and there) or (wanted and wanted != there):
            return _told(CHANGED, b"<Error><Code>PreconditionFailed</Code></Error>")
        self._tags[address] = hashlib.md5(body, usedforsecurity=False).hexdigest()
        if address.startswith(KEPT):
            self._contents[address] = body
        return _told(OK, b"", self._tags[address])


def _headers(head: bytearray) -> dict[bytes, bytes]:
    lines = (line.partition(b":") for line in bytes(head).split(b"\r\n")[1:])
    return {name.lower(): value.strip() for name, _, value in lines}


def _told(status: str, body: bytes, tag: str = "") -> bytes:
    """An answer with as many headers as S3 gives."""
    return (
        f"HTTP/1.1 {status}\r\nx-amz-id-2: {'x' * 76}\r\nx-amz-request-id: 0123456789ABCDEF\r\n"
        "Date: Sun, 29 Nov 2026 12:00:00 GMT\r\nServer: AmazonS3\r\nx-amz-server-side-encryption: AES256\r\n"
        f'x-amz-version-id: {"v" * 32}\r\nETag: "{tag}"\r\nContent-Length: {len(body)}\r\n\r\n'
    ).encode() + body


async def serve(port: int, delay: float) -> None:
    """Until the process is ended."""
    tags, contents = dict[bytes, str](), dict[bytes, bytes]()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Clerk(delay, tags, contents), "127.0.0.1", port, backlog=256)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), float(sys.argv[2])))
