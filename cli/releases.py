"""`pouch releases`: what was published, and when."""

import click

from cli.desk import json_option
from cli.press import Press, PressCommand, pass_press, sandbox_option, side, site_option
from cli.tables import print_json, row, screen, table
from cli.words import moment
from functions.shop.settings import Settings
from release.difference import settings_of
from release.pointer import Past, Pointer
from release.publish import Publisher

_BY = {"publish": "published", "rollback": "rolled back to"}


@click.command(cls=PressCommand)
@site_option
@sandbox_option
@json_option
@pass_press
def releases(press: Press, site: str, sandbox: bool, as_json: bool) -> None:
    """List what was published of late, the newest first.

    To one of the last 30 days the shop can go back: pouch rollback ID
    """
    publisher = press.publisher(press.place(site, sandbox=sandbox), site)
    pointer = publisher.pointer()
    recent = pointer.recent(press.clock())
    if as_json:
        print_json([_facts(one, at, recent) for at, one in enumerate(pointer.history)])
    elif not pointer.live:
        click.echo("Nothing is published yet. Publish the shop: pouch publish")
    else:
        _print(pointer, recent, _settings(publisher, pointer.live.id))


def _facts(one: Past, at: int, recent: set[str]) -> dict[str, object]:
    can_go_back = one.id in recent
    return {"id": one.id, "at": one.at, "by": one.by, "commit": one.commit, "live": at == 0, "kept": can_go_back}


def _settings(publisher: Publisher, live: str) -> Settings | None:
    release = publisher.manifest(live)
    return settings_of(side(publisher, release)) if release else None


def _print(pointer: Pointer, recent: set[str], settings: Settings | None) -> None:
    made = table("Release", "When", "", "Commit", keep=("Release", "When", "Commit"))
    for at, one in enumerate(pointer.history):
        when = moment(one.at, settings) if settings else str(one.at)
        said = [_BY.get(one.by, one.by), *(["live"] if at == 0 else [] if one.id in recent else ["kept no more"])]
        row(made, one.id, when, ", ".join(said), one.commit[:7], style="bold" if at == 0 else "")
    screen().print(made)
