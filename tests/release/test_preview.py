"""The comment of a preview: where it is, what it changes, what a shopper would still ask."""

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from release.preview import comment, main

ADDRESS = "https://sandbox.example/_preview/autumn/"
TERN: dict[str, Any] = {
    "path": "content/products/tern.md",
    "title": "Tern",
    "score": 60,
    "questions": ["How heavy is it?", "Who made it?"],
}
GULL = {"path": "content/products/gull.md", "title": "Gull", "score": 91, "questions": []}
CHECKED = {"faults": [], "warnings": [], "products": [TERN, GULL]}


def test_a_comment_says_where_what_and_how_complete() -> None:
    said = comment(address=ADDRESS, said="3 prices, 2 pages\n", checked=CHECKED, changed={"content/products/tern.md"})
    assert said == (
        "<!-- pouch preview -->\n\n"
        "**[Look at the preview](https://sandbox.example/_preview/autumn/)** "
        "(a shop of its own, with test payments; card 4242 4242 4242 4242)\n\n"
        "**What it changes:** 3 prices, 2 pages\n\n"
        "**Completeness:** the products tell 76 of 100 points, those changed here 60.\n\n"
        "**A shopper would still ask:**\n\n"
        "- Tern: How heavy is it? Who made it?\n"
    )


def test_products_that_a_branch_leaves_alone_are_not_asked_about() -> None:
    said = comment(address=ADDRESS, said="1 page", checked=CHECKED, changed={"content/pages/faq.md"})
    assert said.endswith("**Completeness:** the products tell 76 of 100 points.\n")


def test_a_shop_without_products_has_no_score() -> None:
    said = comment(address=ADDRESS, said="1 page", checked={"products": []}, changed=())
    assert said.endswith("**Completeness:** there are no products yet.\n")


def test_a_long_list_ends_with_how_many_more_there_are() -> None:
    many = [TERN | {"path": str(number)} for number in range(12)]
    said = comment(address=ADDRESS, said="", checked={"products": many}, changed=set(map(str, range(12))))
    assert said.count("- Tern") == 10
    assert said.endswith("- … and 2 more. `make check-content` lists them all.\n")


def test_what_an_owner_typed_is_neither_markup_nor_a_call() -> None:
    """A title must not make a link, close the comment's mark or notify somebody."""
    title = "**Sale**\n<!-- @everyone [x](https://evil.example)"
    said = comment(address=ADDRESS, said="", checked={"products": [TERN | {"title": title}]}, changed={TERN["path"]})
    assert r"- \*\*Sale\*\* \<!-- @" + "\u200b" + r"everyone \[x\](https://evil.example): How" in said


def test_the_command_reads_files_and_writes_the_comment(tmp_path: Path) -> None:
    for name, text in {"said": "1 page", "checked": json.dumps(CHECKED), "changed": f"{GULL['path']}\n"}.items():
        (tmp_path / name).write_text(text)
    options = [f"--{name}={tmp_path / name}" for name in ("said", "checked", "changed")]
    answer = CliRunner().invoke(main, ["--address", ADDRESS, *options])
    assert answer.exit_code == 0
    assert answer.output == comment(
        address=ADDRESS, said="1 page", checked=CHECKED, changed={"content/products/gull.md"}
    )
