"""`pouch rollback`: an older release comes into force again."""

import click

from cli.desk import json_option, yes_option
from cli.press import Press, PressCommand, bars, dry_run_option, pass_press, sandbox_option, side, site_option
from cli.publish import say_changes, say_outcome, say_plan
from release.difference import difference
from release.outlook import outlook
from release.rollback import older
from release.rollback import rollback as go_back


@click.command(cls=PressCommand)
@click.argument("release_id", metavar="[ID]", required=False, default="")
@site_option
@sandbox_option
@dry_run_option
@yes_option
@json_option
@pass_press
def rollback(press: Press, release_id: str, site: str, sandbox: bool, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Go back to the release before, or to one of the last 30 days.

    Nothing is built. ID is what pouch releases shows, or its beginning.
    """
    place = press.place(site, sandbox=sandbox)
    publisher = press.publisher(place, site)
    target = older(publisher, release_id)
    ahead = outlook(publisher, target, by="rollback")
    before = side(publisher, ahead.before) if ahead.before else None
    found = difference(before, side(publisher, ahead.after))
    if not as_json:
        click.echo(f"Going back to release {target.id}:")
        say_changes(found)
    if dry_run:
        say_plan(ahead, found, as_json=as_json)
        return
    press.confirm(f"Go back to release {target.id}?", yes=yes)
    with bars() as progress:
        publisher.tell = progress.tell
        outcome = go_back(publisher, target.id)
    say_outcome(outcome, found, place.url, as_json=as_json)
