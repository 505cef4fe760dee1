"""`python -m release.preview`: what a preview's comment on its pull request says, as Markdown."""

import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from release.markdown import plain

MARK = "<!-- pouch preview -->"
"""How the pipeline finds its comment again; it begins with this."""
_SHOWN = 10
_FULL = 100


def comment(*, address: str, said: str, checked: Mapping[str, Any], changed: Collection[str]) -> str:
    """The whole comment: where the preview is, what it would change, and what a shopper would still ask.

    `said` is what changes in words (release/words.py), `checked` the JSON of `pouch check`, `changed` the paths of
    the files that the branch changes.
    """
    products = checked["products"]
    touched = [product for product in products if product["path"] in changed]
    parts = (
        MARK,
        f"**[Look at the preview]({address})** (a shop of its own, with test payments; card 4242 4242 4242 4242)",
        f"**What it changes:** {plain(said.strip())}",
        f"**Completeness:** {_score(products, touched)}",
        _questions(touched),
    )
    return "\n\n".join(part for part in parts if part) + "\n"


def _score(products: Sequence[Mapping[str, Any]], touched: Sequence[Mapping[str, Any]]) -> str:
    if not products:
        return "there are no products yet."
    shop = f"the products tell {_average(products)} of {_FULL} points"
    return f"{shop}, those changed here {_average(touched)}." if touched else f"{shop}."


def _average(products: Sequence[Mapping[str, Any]]) -> int:
    return round(sum(int(product["score"]) for product in products) / len(products))


def _questions(touched: Sequence[Mapping[str, Any]]) -> str:
    """What a shopper would ask of the changed products; they come with the least complete first."""
    asked = [product for product in touched if product["questions"]]
    lines = [
        f"- {plain(product['title'])}: {' '.join(plain(question) for question in product['questions'])}"
        for product in asked[:_SHOWN]
    ]
    if len(asked) > _SHOWN:
        lines.append(f"- … and {len(asked) - _SHOWN} more. `make check-content` lists them all.")
    return "\n".join(("**A shopper would still ask:**\n", *lines)) if lines else ""


_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--address", required=True, help="Where the preview is.")
@click.option("--said", required=True, type=_FILE, help="What changes, in words.")
@click.option("--checked", required=True, type=_FILE, help="What `pouch check --format json` says.")
@click.option("--changed", required=True, type=_FILE, help="The files that the branch changes, one a line.")
def main(address: str, said: Path, checked: Path, changed: Path) -> None:
    """Write the comment of a preview to the standard output."""
    text = comment(
        address=address,
        said=said.read_text(encoding="utf-8"),
        checked=json.loads(checked.read_text(encoding="utf-8")),
        changed=set(changed.read_text(encoding="utf-8").splitlines()),
    )
    click.echo(text, nl=False)


if __name__ == "__main__":
    main()
