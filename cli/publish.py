"""`pouch publish`, `pouch rollback` and `pouch releases`: a release up, one back, and what there is."""

import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from cli.desk import AGAIN, OwnerCommand, Refused, json_option, somebody_is_there, yes_option
from cli.tables import print_json, row, screen, table
from functions.app import clock
from release.branch import MAIN
from release.cloudfront_edge import CloudFrontEdge
from release.garbage import sweep
from release.leaks import find_leaks
from release.manifest import Built, Manifest, built, manifest_of
from release.place import LIVE, SANDBOX, NoPlace, Place, place_of
from release.ports import BucketFailed
from release.publish import Outcome, Publisher, TakenOver
from release.publish import Refused as NotPublished
from release.rollback import OldVersions, chosen
from release.rollback import rollback as roll_back
from release.s3_bucket import S3Bucket, client
from release.words import counted, said

_SITE = click.option("--site", default=MAIN, metavar="NAME", help="A preview in the sandbox, in place of the shop.")
_DRY = click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")


@dataclass(frozen=True)
class _Bar:
    """A line that shows how far it is."""

    progress: Progress
    task: TaskID

    def tell(self, what: str, done: int, whole: int) -> None:
        self.progress.update(self.task, description=what, completed=done, total=whole)


@click.command(cls=OwnerCommand)
@click.option("--no-build", is_flag=True, help="Publish what was built last.")
@_SITE
@_DRY
@yes_option
@json_option
def publish(no_build: bool, site: str, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Build the shop and put it live.

    Only what changed is uploaded. It can be stopped at any moment, and started again.
    """
    place = _place(site)
    if not no_build:
        _build(place.url)
    release = _built()
    target = manifest_of(release, made=clock(), commit=_commit())
    _refuse_leaks(release, target)
    _carry_out(place, site, dry_run, yes, as_json, target, release)


@click.command(cls=OwnerCommand)
@click.argument("release", default="")
@_SITE
@_DRY
@yes_option
@json_option
def rollback(release: str, site: str, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Go back to the release before, or to one by its id (pouch releases). Nothing is built."""
    place = _place(site)
    publisher = _publisher(place, site)
    with _Shown(publisher) as told:
        target = chosen(publisher, release)
        contents = OldVersions(publisher.pages, publisher.private, site, target)
        question = f"Go back to {target.id}? {_words(publisher, target, contents.kept)}."
        _ask(question, yes=yes or dry_run)
        if dry_run:
            click.echo(f"{_words(publisher, target, contents.kept)}. Nothing was changed.")
            return
        told.update(_done(roll_back(publisher, target.id), ""))
    _print(told, as_json, "Back")


@click.command(cls=OwnerCommand)
@_SITE
@json_option
def releases(site: str, as_json: bool) -> None:
    """List what was published in the last 30 days, the newest first."""
    pointer = _publisher(_place(site), site).pointer()
    if as_json:
        print_json([asdict(one) for one in pointer.history])
        return
    if not pointer.history:
        click.echo("Nothing is published yet: pouch publish")
        return
    made = table("Release", "Live since", "By", "Commit", keep=["Release"])
    for at, one in enumerate(pointer.history):
        since = f"{datetime.fromtimestamp(one.at, UTC):%Y-%m-%d %H:%M} UTC"
        row(made, one.id, since, f"{one.by}{' (live)' if at == 0 else ''}", one.commit[:10])
    screen().print(made)


def _carry_out(
    place: Place, site: str, dry_run: bool, yes: bool, as_json: bool, target: Manifest, release: Built
) -> None:
    publisher = _publisher(place, site)
    with _Shown(publisher) as told:
        words = _words(publisher, target, release.kept)
        if dry_run:
            click.echo(f"{words}. Nothing was changed.")
            return
        if site == MAIN:
            _ask(f"Publish at {place.url}? {words}.", yes=yes)
        told.update(_done(publisher.publish(target, release), words))
        _sweep(publisher)
    _print(told, as_json, "Published")


def _publisher(place: Place, site: str) -> Publisher:
    s3 = client("s3")
    edge = CloudFrontEdge(place.distribution, client("cloudfront"))
    holder = f"{int(time.time())}-{secrets.token_hex(4)}"
    return Publisher(S3Bucket(place.pages, s3), S3Bucket(place.private, s3), edge, clock, holder, time.sleep, site)


class _Shown:
    """Shows how far a publisher is, and turns what stops it into words and an exit code."""

    def __init__(self, publisher: Publisher) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        self._progress = Progress(*columns, console=screen(), transient=True, disable=not sys.stderr.isatty())
        bar = _Bar(self._progress, self._progress.add_task("Looking", total=None))
        publisher.tell = bar.tell

    def __enter__(self) -> dict[str, Any]:
        self._progress.start()
        return {}

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        self._progress.stop()
        if isinstance(error, BucketFailed | TakenOver):
            raise Refused(f"{error} What was live is live; going on is safe.", AGAIN) from error
        if isinstance(error, NotPublished):
            raise Refused(str(error)) from error


def _words(publisher: Publisher, target: Manifest, read: Callable[[str], bytes]) -> str:
    """What would change, in words."""
    live = publisher.pointer().live
    before = publisher.manifest(live.id) if live else None
    old = OldVersions(publisher.pages, publisher.private, publisher.site, before) if before else None
    return said(before, target, old.kept if old else read, read)


def _done(outcome: Outcome, words: str) -> dict[str, Any]:
    return {
        "release": outcome.release.id,
        "new": outcome.is_new,
        "written": len(outcome.written),
        "changed": words,
        "purged": outcome.purged,
    }


def _print(told: dict[str, Any], as_json: bool, verb: str) -> None:
    if as_json:
        print_json(told)
    elif told and not told["new"]:
        click.echo(f"Nothing is new; {told['release']} is live.")
    elif told:
        words = f": {told['changed']}" if told["changed"] else ""
        click.echo(f"{verb} {told['release']}{words}. {counted(range(told['written']), 'file', 'files')} written.")
        if not told["purged"]:
            click.echo("CloudFront was not told yet; the next publishing tells it, or a day passes.", err=True)


def _sweep(publisher: Publisher) -> None:
    """Once a day: what nobody has needed for 30 days is deleted."""
    names = publisher.due_to_sweep()
    if names:
        needed = [found for found in map(publisher.manifest, names) if found]
        sweep(publisher.pages, publisher.private, publisher.site, needed, clock())
        publisher.swept()


def _place(site: str) -> Place:
    try:
        return place_of(LIVE if site == MAIN else SANDBOX)
    except NoPlace as error:
        raise Refused(str(error)) from error


def _build(url: str) -> None:
    """Build the shop for its address."""
    command = [sys.executable, "-m", "plugins.build", "publishconf.py"]
    if subprocess.run(command, env=os.environ | {"SHOP_URL": url}, check=False).returncode:  # noqa: S603
        raise Refused("The shop was not built, so nothing was published.")


def _built() -> Built:
    try:
        return built(Path("output"), Path("build"))
    except OSError as error:
        raise Refused("There is no built shop here. Leave --no-build out.") from error


def _refuse_leaks(release: Built, target: Manifest) -> None:
    names = ("STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRETS", "SHOP_SECRET_KEYS", "SMTP_PASSWORD")
    own = [secret for name in names for secret in os.environ.get(name, "").split(",") if secret]
    found = [leak for path in target.files for leak in find_leaks(f"output{path}", release.page(path), own)]
    found += [leak for name in target.kept for leak in find_leaks(f"build/{name}", release.kept(name), own)]
    if found:
        raise Refused("\n".join([*map(str, found), "Nothing was published."]))


def _commit() -> str:
    found = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False)  # noqa: S607
    return found.stdout.strip() if found.returncode == 0 else ""


def _ask(question: str, *, yes: bool) -> None:
    if yes:
        return
    if not somebody_is_there():
        raise click.UsageError(f"Nobody is here to answer: {question} Add --yes to do it without being asked.")
    if not click.confirm(question, err=True):
        raise Refused("Nothing was changed.")
