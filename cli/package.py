"""`pouch package`: the functions as AWS takes them."""

import shutil
import sys
from dataclasses import asdict
from pathlib import Path

import click

from cli.desk import OwnerCommand, json_option
from cli.tables import print_json
from release.bytecode import version
from release.package_error import PackageFailed
from release.packages import Package, make_packages
from release.wheels import RUNTIME, unpacked

ROOT = Path(__file__).parents[1]


@click.command(cls=OwnerCommand)
@click.option("--python", "given", metavar="PATH", help=f"The Python {RUNTIME} that compiles; looked for unless said.")
@json_option
def package(given: str | None, as_json: bool) -> None:
    """Pack the functions for AWS.

    One small file for each group, in build/packages/, for the shop as it was built last.
    """
    target, made = ROOT / "build" / "packages", []
    wheels = unpacked(ROOT / "requirements-functions.txt", ROOT / "build" / "cache")
    for one in make_packages(ROOT, target, wheels=wheels, python=Path(given) if given else fitting_python()):
        made.append(one)
        if not as_json:
            click.echo(f"{one.group:<12} {one.size / 1_000_000:5.1f} MB  {one.sha256[:12]}")
    if as_json:
        print_json([asdict(one) | {"path": str(one.path.relative_to(ROOT))} for one in made])
    if slow := _slow(made):
        click.echo(slow, err=True)


def fitting_python() -> Path:
    """A Python of AWS's version, where one is found; else the one that runs."""
    candidates = (sys.executable, shutil.which(f"python{RUNTIME}"))
    return next((Path(each) for each in candidates if each and _fits(Path(each))), Path(sys.executable))


def _fits(python: Path) -> bool:
    try:
        return version(python) == RUNTIME
    except PackageFailed:
        return False


def _slow(made: list[Package]) -> str:
    """What to say when the packages have no byte-code."""
    if all(one.python for one in made):
        return ""
    return (
        f"These packages hold sources only, because no Python {RUNTIME} was found: they work, but each function takes "
        f"about twice as long to start. Install Python {RUNTIME}, or name it: pouch package --python PATH"
    )
