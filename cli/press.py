"""The press: what publishes the shop, as the owner's commands use it."""

import os
import re
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from cli.desk import AGAIN, Refused, confirm, somebody_is_there
from cli.tables import errors
from functions.app import clock
from functions.ports import Clock
from functions.shop.errors import ShopError
from plugins.git import repository
from release.branch import MAIN
from release.difference import Side
from release.kind import stack_of
from release.leaks import Leak, find_leaks
from release.lease import TakenOver
from release.manifest import Built, Manifest, built, manifest_of
from release.place import Place, open_place
from release.ports import BucketFailed
from release.publish import Publisher
from release.rollback import OldVersions

ROOT = Path(__file__).parents[1]
_SITE = re.compile(r"[a-z0-9-]{1,40}")
_ERRORS = 2  # the error output: the answer may be JSON
OWN_SECRETS = ("STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRETS", "SHOP_SECRET_KEYS", "SMTP_PASSWORD", "SHOP_ORIGIN_SECRET")
F = TypeVar("F", bound=Callable[..., object])


@dataclass(frozen=True)
class Press:
    """Where the shop is built and published, the clock, and whether somebody is there to answer."""

    root: Path = ROOT
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
    clock: Clock = clock
    terminal: bool = field(default_factory=somebody_is_there)
    open: Callable[[Mapping[str, str], str], Place] = open_place
    wait: Callable[[float], None] = time.sleep

    def place(self, site: str, *, sandbox: bool) -> Place:
        """Where a site is published. Raises NoPlace."""
        return self.open(self.environ, stack_of(self.environ, site, sandbox=sandbox))

    def publisher(self, place: Place, site: str, progress: "Bars | None" = None) -> Publisher:
        """Somebody who publishes there."""
        holder = f"{socket.gethostname()} {secrets.token_hex(8)}"
        tell = progress.tell if progress else (lambda *_: None)
        return Publisher(place.pages, place.private, place.edge, self.clock, holder, self.wait, site, tell)

    def build(self, url: str) -> int:
        """Build the shop as it is published, at this address; without one, at SHOP_URL. Gives when that began."""
        began = self.clock()
        environ = {**self.environ, "SHOP_URL": url or self.environ.get("SHOP_URL", "")}
        command = [sys.executable, "-m", "plugins.build", "publishconf.py"]
        done = subprocess.run(command, cwd=self.root, env=environ, stdout=_ERRORS, check=False)  # noqa: S603
        if done.returncode:
            raise Refused("The shop was not built, so nothing was published.")
        return began

    def built(self) -> Built:
        """What was built last."""
        if not (self.root / "build" / "release.json").is_file():
            raise Refused("The shop is not built yet. Leave out --no-build.")
        return built(self.root / "output", self.root / "build")

    def release(self, built: Built, made: int | None) -> Manifest:
        """What was built, as a release. Without `made`, it was made when the last of its files was written."""
        found = repository(self.root)
        commit, made = found.head if found else "", built.written if made is None else made
        return manifest_of(built, made=made, commit=commit, memory=self.root / "build" / "cache" / "hashes.json")

    def leaks(self, built: Built, release: Manifest, before: Manifest | None) -> list[Leak]:
        """Secrets in files of a release that were not in the one before (R33)."""
        own = [one for name in OWN_SECRETS for one in self.environ.get(name, "").split(",") if one]
        seen = {file.sha256 for file in before.files.values()} if before else set()
        kept = {*before.kept, *before.sold} if before else set()
        public = (
            (f"output{path}", built.page(path)) for path, file in release.files.items() if file.sha256 not in seen
        )
        private = ((f"build/catalogue/{name}", built.kept(name)) for name in release.kept if name not in kept)
        sold = (
            (f"content/files/{name}", built.sold(each)) for name, each in built.for_sale().items() if each not in kept
        )
        files = chain(public, private, sold)
        return [leak for name, content in files for leak in find_leaks(name, content, own)]

    def confirm(self, question: str, *, yes: bool) -> None:
        """Ask before the shop changes."""
        confirm(question, yes=yes, terminal=self.terminal)


class PressCommand(click.Command):
    """A command whose errors end it with a sentence and a code: 3 when trying again may help."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run it."""
        try:
            return super().invoke(ctx)
        except (BucketFailed, TakenOver) as error:
            raise Refused(str(error), AGAIN) from error
        except ShopError as error:
            raise Refused(str(error)) from error
        except KeyboardInterrupt as error:
            raise Refused(f"Stopped. Every page that shoppers see works. To go on: pouch {ctx.info_name}") from error


pass_press = click.make_pass_decorator(Press, ensure=True)


def side(publisher: Publisher, release: Manifest) -> Side:
    """A release that was published, to be compared."""
    return Side(release, OldVersions(publisher.pages, publisher.private, publisher.site, release).kept)


class Bars:
    """A line of progress for each thing that is being done."""

    def __init__(self, progress: Progress) -> None:
        self._progress, self._task, self._what = progress, progress.add_task("", visible=False), ""

    def tell(self, what: str, done: int, total: int) -> None:
        """So much of it is done."""
        if what != self._what:
            self._what = what
            self._progress.reset(self._task, description=what, visible=True)
        self._progress.update(self._task, completed=done, total=total)


@contextmanager
def bars() -> Iterator[Bars]:
    """Progress, on the error output, for as long as the block lasts."""
    columns: Sequence[TextColumn | BarColumn | MofNCompleteColumn] = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
    )
    console = errors()
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        yield Bars(progress)


def _site(_: click.Context, __: click.Parameter, value: str) -> str:
    if not _SITE.fullmatch(value):
        raise click.BadParameter("It has up to 40 of a-z, 0-9 and hyphens, such as new-prices.")
    return value


def site_option(command: F) -> F:
    """`--site`: another one than the shop itself."""
    text = "Which site: the shop, or in the sandbox a preview."
    return click.option("--site", default=MAIN, show_default=True, metavar="NAME", callback=_site, help=text)(command)


def sandbox_option(command: F) -> F:
    """`--sandbox`: the second shop."""
    return click.option("--sandbox", is_flag=True, help="The second shop, with test payments and previews.")(command)


def dry_run_option(command: F) -> F:
    """`--dry-run`: only say."""
    return click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")(command)
