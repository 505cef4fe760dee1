"""What a publication takes against an emulator of S3: calls, files, seconds, and how many of these are our own
processor's, whatever the network.
"""

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch

import boto3

from release.aws import AT_ONCE, client
from release.cloudfront_edge import CloudFrontEdge
from release.difference import Side, difference
from release.manifest import built, manifest_of
from release.publish import Publisher
from release.rollback import OldVersions, rollback
from release.s3_bucket import S3Bucket
from release.words import summary
from tests.bench import shop
from tests.bench.catalogue import COLLECTIONS
from tests.bench.process import seconds
from tests.bench.rounds import workplace
from tests.emulator import aws_settings, running_emulator
from tests.living_shop import free_port

SIZE, SIZE_IF_QUICK = 10_000, 300
CALLS = 30  # that one changed product may take
_MOMENTS = count(1_000)


@dataclass
class Press:
    """The place of one shop, with all calls counted."""

    folder: Path
    pages: S3Bucket
    private: S3Bucket
    edge: CloudFrontEdge
    calls: list[str]

    def publisher(self) -> Publisher:
        now = next(_MOMENTS)
        return Publisher(self.pages, self.private, self.edge, lambda: now, f"run {now}", time.sleep)

    def publish(self) -> int:
        """Publish what was built last. Gives how many public files were written."""
        release = built(self.folder / "output", self.folder / "build")
        publisher = self.publisher()
        return len(publisher.publish(manifest_of(release, made=publisher.clock()), release).written)

    def changes(self) -> str:
        """What is other than in the release that is live, in words."""
        publisher = self.publisher()
        live = publisher.pointer().live
        before = publisher.manifest(live.id) if live else None
        assert before
        release = built(self.folder / "output", self.folder / "build")
        old = OldVersions(self.pages, self.private, "main", before)
        return summary(difference(Side(before, old.kept), Side(manifest_of(release), release.kept)))


def measure(*, quick: bool) -> Iterator[tuple[str, str]]:
    """Rows of what was measured and its figure."""
    size = SIZE_IF_QUICK if quick else SIZE
    with workplace() as folder:
        shop.write_shop(folder / "shop", size)
        seconds(shop.command(), folder / "shop")
        with running_emulator(folder, free_port()) as address, patch.dict(os.environ, aws_settings(address)):
            press = _press(folder / "shop")
            name = f"{size:,} products, published"
            yield f"{name} for the first time, {AT_ONCE} at a time", _figure(press, press.publish)
            _edit_description(press.folder, size // 2)
            yield from _edited(press, f"{name} with one description changed")
            shop.edit_price(press.folder, size // 2)
            yield from _edited(press, f"{name} with one price changed in a collection with two")
            shop.edit_price(press.folder, size // 2 + COLLECTIONS)
            yield from _edited(press, f"{name} with one price changed in a collection with several")
            yield (
                f"{size:,} products, a price rolled back",
                _figure(press, lambda: len(rollback(press.publisher()).written)),
            )
            press.publish()
            yield f"{name}, nothing changed", _figure(press, press.publish)


def _edited(press: Press, name: str) -> Iterator[tuple[str, str]]:
    seconds(shop.command(), press.folder)
    changes = press.changes()
    yield name, f"{_figure(press, press.publish)} (goal {CALLS} calls): {changes}"


def _figure(press: Press, act: Callable[[], int]) -> str:
    press.calls.clear()
    began, worked = time.perf_counter(), time.process_time()
    written = act()
    took, worked = time.perf_counter() - began, time.process_time() - worked
    return f"{len(press.calls):,} calls, {written:,} files, {took:.1f} s, {worked:.1f} s of it our processor's"


def _edit_description(folder: Path, number: int) -> None:
    path = shop.product_path(folder, number)
    path.write_text(path.read_text(encoding="utf-8") + "\nOne sentence more.\n", encoding="utf-8")


def _press(folder: Path) -> Press:
    calls: list[str] = []

    def counted(**said: Any) -> None:
        calls.append(said["event_name"])

    clients = {service: client(service) for service in ("s3", "cloudfront")}
    for service, each in clients.items():
        each.meta.events.register(f"before-send.{service}", counted)
    buckets = [_bucket(name, clients["s3"]) for name in ("pages", "releases")]
    return Press(folder, buckets[0], buckets[1], CloudFrontEdge(_distribution(), clients["cloudfront"]), calls)


def _bucket(name: str, s3: Any) -> S3Bucket:
    s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    return S3Bucket(name, s3)


def _distribution() -> str:
    origin = {"Id": "pages", "DomainName": "pages.example", "S3OriginConfig": {"OriginAccessIdentity": ""}}
    behaviour = {"TargetOriginId": "pages", "ViewerProtocolPolicy": "https-only", "CachePolicyId": "x"}
    config = {"CallerReference": "1", "Comment": "", "Enabled": True, "Origins": {"Quantity": 1, "Items": [origin]}}
    made = boto3.client("cloudfront").create_distribution(
        DistributionConfig=config | {"DefaultCacheBehavior": behaviour}
    )
    return str(made["Distribution"]["Id"])
