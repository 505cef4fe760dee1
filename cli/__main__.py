"""`python -m cli COMMAND`, or `pouch COMMAND` once `make setup` has run: the owner's commands, and those of the
Makefile.
"""

from importlib import import_module

import click
from click.exceptions import NoSuchCommand

COMMANDS = {
    "orders": "cli.orders:orders",
    "show": "cli.show:show",
    "pack": "cli.parcels:pack",
    "ship": "cli.parcels:ship",
    "track": "cli.track:track",
    "deliver": "cli.parcels:deliver",
    "hold": "cli.parcels:hold",
    "let-go": "cli.parcels:let_go",
    "warn": "cli.mails:warn",
    "email": "cli.mails:email",
    "resend": "cli.mails:resend",
    "coupon": "cli.coupon:coupon",
    "refund": "cli.money:refund",
    "cancel": "cli.money:cancel",
    "return": "cli.returns:returns",
    "stock": "cli.stock:stock",
    "export": "cli.export:export",
    "erase": "cli.erase:erase",
    "reconcile": "cli.reconcile:reconcile",
    "audit": "cli.audit:audit",
    "doctor": "cli.doctor:doctor",
    "package": "cli.package:package",
    "publish": "cli.publish:publish",
    "rollback": "cli.rollback:rollback",
    "releases": "cli.releases:releases",
    "deploy": "cli.deploy:deploy",
    "check": "cli.check:check",
    "serve": "cli.serve:serve",
    "why": "cli.why:why",
}
"""Where each command is, in the order in which they are listed."""


class Commands(click.Group):
    """Commands of which only the one that was typed is loaded: an order is packed without loading the build."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """All names."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of a name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that was typed. Of one that there is not, it is said which one may be meant."""
        try:
            return super().resolve_command(ctx, args)
        except NoSuchCommand as error:
            raise NoSuchCommand(error.command_name, possibilities=COMMANDS, ctx=ctx) from error


@click.command(cls=Commands)
def pouch() -> None:
    """Pouch: a shop in a folder of Markdown.

    An order's NUMBER may be typed in small letters, without hyphens, or only its beginning. Commands end with 0 when
    they are done, 1 when it cannot be done, 2 when something was typed wrongly, and 3 when trying again may help.
    """


if __name__ == "__main__":
    pouch(prog_name="pouch")
