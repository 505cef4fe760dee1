"""What `pouch publish` takes once the shop is built: calls, files, seconds, and how many of these are our own
processor's, whatever the network. Against an emulator of AWS, and against a bucket that is far away and does nothing.
"""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

import boto3
from click import Command
from click.testing import CliRunner

from cli.press import Press
from cli.publish import publish
from cli.rollback import rollback
from release.publish import AT_ONCE
from tests.bench import shop
from tests.bench.catalogue import COLLECTIONS, ROOT
from tests.bench.process import seconds
from tests.bench.rounds import workplace
from tests.bench.shop import WITHOUT_SEARCH
from tests.emulator import aws_settings, running_emulator
from tests.living_shop import free_port

SIZE, SIZE_IF_QUICK = 10_000, 300
CALLS = 30  # that one changed product may take
RATIO, SHARE = 1.25, 0.33  # of a bare upload's time; of the time that may be our processor's
FAR = 0.03  # seconds to a bucket and back
_PATIENCE = 10  # seconds
_BUCKETS = {"POUCH_PAGES_BUCKET": "pages", "POUCH_RELEASE_BUCKET": "releases"}


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took: calls, files that it put in place, seconds, and those of our processor; and what it said."""

    calls: int
    files: int
    took: float
    worked: float
    said: str

    def __str__(self) -> str:
        return (
            f"{self.calls:,} calls, {self.files:,} files, {self.took:.1f} s, {self.worked:.1f} s of it our processor's"
        )


def measure(*, quick: bool) -> Iterator[tuple[str, str]]:
    """Rows of what was measured and its figure."""
    size = SIZE_IF_QUICK if quick else SIZE
    folder = workplace()
    with patch.dict(os.environ):
        place = folder / "shop"
        shop.write_shop(place, size)
        seconds(shop.command(), place)
        name = f"{size:,} products {WITHOUT_SEARCH}, published"
        with _far_bucket(FAR) as address:
            yield (
                f"{name} for the first time, {AT_ONCE} at a time, to a bucket {FAR * 1000:.0f} ms away",
                _first(place, address, "E1"),
            )
        with running_emulator(folder, free_port()) as address:
            yield f"{name} for the first time, {AT_ONCE} at a time", _first(place, address, _made(address))
            yield from _changed(place, name, size // 2)


def _first(place: Path, address: str, distribution: str) -> str:
    settings = aws_settings(address) | _BUCKETS | {"POUCH_DISTRIBUTION": distribution}
    os.environ.update(settings)
    bare = _bare(place, address)
    cost = _cost(place, publish, "--no-build")
    share = cost.worked / cost.took
    return (
        f"{cost}, {share:.2f} (goal {SHARE}); {cost.took / bare:.2f} of a bare upload of as many bytes (goal {RATIO})"
    )


def _changed(place: Path, name: str, middle: int) -> Iterator[tuple[str, str]]:
    """Rows of small changes after the first time."""
    last = middle + COLLECTIONS
    yield f"{name} with one description changed", _edited(place, partial(_edit_description, place, middle))
    for what, number in (
        ("in a collection where all cost the same", middle),
        ("so that it passes half of its collection", last),
        ("so that it passes no other", last),
    ):
        yield f"{name} with one price changed {what}", _edited(place, partial(shop.edit_price, place, number))
    yield f"{name} with a price rolled back", str(_cost(place, rollback))
    (place / "build" / "release.json").touch()  # as a build would: what was built before a roll-back is refused
    _cost(place, publish, "--no-build")
    yield f"{name}, nothing changed", str(_cost(place, publish, "--no-build"))


def _edited(place: Path, edit: Callable[[], object]) -> str:
    edit()
    seconds(shop.command(), place)
    cost = _cost(place, publish, "--no-build")
    return f"{cost} (goal {CALLS} calls): {cost.said}"


def _edit_description(place: Path, number: int) -> None:
    path = shop.product_path(place, number)
    path.write_text(path.read_text(encoding="utf-8") + "\nOne sentence more.\n", encoding="utf-8")


def _cost(place: Path, command: Command, *words: str) -> Cost:
    """Type a command, and count."""
    with _counting() as calls:
        began, worked = time.perf_counter(), time.process_time()
        done = CliRunner().invoke(command, [*words, "--yes", "--json"], obj=Press(place), catch_exceptions=False)
        took, worked = time.perf_counter() - began, time.process_time() - worked
    told = json.loads(done.stdout)
    return Cost(len(calls), told["files"], took, worked, told["summary"])


@contextmanager
def _counting() -> Iterator[list[str]]:
    """Every request, whoever makes it: boto3 stands on http.client as our own lines do."""
    calls, put = list[str](), http.client.HTTPConnection.putrequest

    def counted(line: http.client.HTTPConnection, method: str, *rest: Any, **more: Any) -> None:
        calls.append(method)
        put(line, method, *rest, **more)

    with patch.object(http.client.HTTPConnection, "putrequest", counted):
        yield calls


def _bare(place: Path, address: str) -> float:
    """Seconds that it takes to send as many files with the same bytes and do nothing else: what the way sets."""
    paths = chain((place / "output").rglob("*"), (place / "build" / "catalogue").iterdir())
    files = [path for path in paths if path.is_file()]
    began = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as threads:
        list(threads.map(lambda first: _send(address, files[first::AT_ONCE]), range(AT_ONCE)))
    return time.perf_counter() - began


def _send(address: str, paths: list[Path]) -> None:
    """One after the other over one line."""
    line = http.client.HTTPConnection(urlsplit(address).netloc)
    for path in paths:
        line.request("PUT", f"/bare/{path.name}", path.read_bytes())
        line.getresponse().read()
    line.close()


@contextmanager
def _far_bucket(delay: float) -> Iterator[str]:
    """The address of one, for as long as the block lasts."""
    port = free_port()
    command = [sys.executable, "-m", "tests.bench.far_bucket", str(port), str(delay)]
    with subprocess.Popen(command, cwd=ROOT) as process:
        try:
            _wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()


def _wait_for(port: int) -> None:
    patience = time.monotonic() + _PATIENCE
    while time.monotonic() < patience:
        try:
            with socket.create_connection(("127.0.0.1", port)):
                return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(f"Nobody answers at port {port}.")


def _made(address: str) -> str:
    """Make the buckets and a distribution at an emulator of AWS. Gives the latter's id."""
    os.environ.update(aws_settings(address))
    s3 = boto3.Session().client("s3")
    for name in ("bare", *_BUCKETS.values()):
        s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
        s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    origin = {"Id": "pages", "DomainName": "pages.example", "S3OriginConfig": {"OriginAccessIdentity": ""}}
    behaviour = {"TargetOriginId": "pages", "ViewerProtocolPolicy": "https-only", "CachePolicyId": "x"}
    config = {"CallerReference": "1", "Comment": "", "Enabled": True, "Origins": {"Quantity": 1, "Items": [origin]}}
    made = boto3.Session().client("cloudfront").create_distribution(
        DistributionConfig=config | {"DefaultCacheBehavior": behaviour}
    )  # fmt: skip
    return str(made["Distribution"]["Id"])
