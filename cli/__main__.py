"""`python -m cli COMMAND`: the commands behind the Makefile."""

import click

from cli.check import check
from cli.serve import serve
from cli.why import why


@click.group()
def pouch() -> None:
    """Pouch: a shop in a folder of Markdown."""


pouch.add_command(check)
pouch.add_command(serve)
pouch.add_command(why)

if __name__ == "__main__":
    pouch(prog_name="pouch")
