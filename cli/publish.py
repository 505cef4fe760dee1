"""`pouch publish`: the shop as it is in this folder comes into force."""

from collections.abc import Sequence
from dataclasses import asdict

import click

from cli.desk import Refused, json_option, yes_option
from cli.press import (
    Press,
    PressCommand,
    bars,
    dry_run_option,
    pass_press,
    sandbox_option,
    side,
    site_option,
)
from cli.tables import print_json
from cli.words import count
from release.difference import Difference, Side, difference
from release.garbage import clear_away
from release.leaks import Leak
from release.outlook import Outlook, outlook
from release.ports import BucketFailed
from release.publish import Outcome, Publisher
from release.words import NOTHING, details, summary

_LEAKS_SHOWN = 20


@click.command(cls=PressCommand)
@click.option("--no-build", is_flag=True, help="Publish what was built last.")
@site_option
@sandbox_option
@dry_run_option
@yes_option
@json_option
@pass_press
def publish(press: Press, no_build: bool, site: str, sandbox: bool, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Build the shop and publish it.

    Only what changed is uploaded. Type it again when it was interrupted; shoppers never see half of it.
    """
    place = press.place(site, sandbox=sandbox)
    made = None if no_build else press.build(place.url)
    built = press.built()
    target = press.release(built, made)
    publisher = press.publisher(place, site)
    ahead = outlook(publisher, target)
    refuse_leaks(press.leaks(built, target, ahead.before))
    before = side(publisher, ahead.before) if ahead.before else None
    found = difference(before, Side(ahead.after, built.kept))
    if not as_json:
        say_changes(found)
    if dry_run:
        say_plan(ahead, found, as_json=as_json)
        return
    if ahead.todo.pages or ahead.todo.assets or summary(found):
        press.confirm(f"Publish this{_where(site, sandbox)}?", yes=yes)
    with bars() as progress:
        publisher.tell = progress.tell
        outcome = publisher.publish(target, built)
    say_outcome(outcome, found, place.url, as_json=as_json)
    _clear_away(publisher)


def refuse_leaks(leaks: Sequence[Leak]) -> None:
    """Raise Refused when there are secrets in what is to be published (R33)."""
    if leaks:
        lines = [str(leak) for leak in leaks[:_LEAKS_SHOWN]]
        more = [f"… and {len(leaks) - _LEAKS_SHOWN} more"] if len(leaks) > _LEAKS_SHOWN else []
        raise Refused("\n".join(["Nothing was published, for secrets would be seen by everybody:", *lines, *more]))


def say_changes(found: Difference) -> None:
    """What is other than in the release that is live."""
    said = summary(found)
    click.echo(f"{said}." if said else NOTHING)
    for line in details(found):
        click.echo(f"  {line}")


def say_plan(ahead: Outlook, found: Difference, *, as_json: bool) -> None:
    """What would be done."""
    files = len(ahead.todo.pages) + len(ahead.todo.assets)
    if as_json:
        print_json(told(found) | {"id": ahead.after.id, "files": files, "dry_run": True})
    else:
        click.echo(f"This would upload {count(files, 'public file')}. Nothing was changed.")


def say_outcome(outcome: Outcome, found: Difference, url: str, *, as_json: bool) -> None:
    """What was done."""
    if as_json:
        said = {"id": outcome.release.id, "new": outcome.is_new, "files": len(outcome.written), "url": url}
        print_json(told(found) | said | {"purged": outcome.purged})
        return
    if not outcome.is_new:
        click.echo(f"Release {outcome.release.id} is live already.")
        return
    if outcome.before and outcome.before.id == outcome.release.id and outcome.written:
        click.echo(f"{count(len(outcome.written), 'file')} that somebody deleted or changed in the bucket: put back.")
    click.echo(f"Release {outcome.release.id} is live{f': {url}' if url else '.'}")
    if not outcome.purged:
        click.echo(
            "CloudFront did not take the news, so some shoppers may see old pages for up to a day. Publish again in a "
            "minute to tell it.",
            err=True,
        )


def told(found: Difference) -> dict[str, object]:
    """A difference for programs."""
    facts = {name: value for name, value in asdict(found).items() if name != "money"}
    return {"summary": summary(found), "changes": facts}


def _where(site: str, sandbox: bool) -> str:
    return f" as {site} in the sandbox" if site != "main" else " in the sandbox" if sandbox else ""


def _clear_away(publisher: Publisher) -> None:
    try:
        clear_away(publisher)
    except BucketFailed as error:  # it is done tomorrow
        click.echo(f"Old files could not be cleared away today. {error}", err=True)
