"""Nothing is said to shoppers past the catalogues: not in a template, not in code, not in a script."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from functions.language.words import FOLDER
from plugins.translation import CALLS, CODE, ROOT

TEMPLATES = ROOT / "theme" / "templates"
FOR_BUILDERS = {"parts_page.html"}
"""What shoppers never see."""
NOT_WORDS = {"GTIN", "Subject:"}
"""A name that is the same in every language, and what marks the first line of a mail for functions/web/letters.py."""
TOLD_TO_SHOPPERS = {
    "CheckoutRefused", "CodeProblem", "InvalidCart", "InvalidCode", "InvalidEmail", "InvalidNote", "InvalidVatId",
    "InvalidWishlist", "Nudge", "Problem", "StillOnSale", "TokenRefused",
}  # fmt: skip
"""What is raised or made with a text that a page shows."""
FOR_SCRIPTS = {("functions/web/stock.py", "InvalidCart")}
"""An answer that only whoever writes a script sees."""
SAID_ELSEWHERE = {
    "functions/language/words.py", "functions/service/balances.py", "functions/shop/changes.py",
    "functions/shop/coupon.py", "functions/shop/note.py", "functions/shop/nudge.py",
    "functions/shop/promise_text.py", "functions/shop/sentence.py", "functions/shop/undelivered.py",
    "plugins/content/placeholders.py",
}  # fmt: skip
"""Say what others hand over, or what is marked by `msgid`."""
KEYS = {"Escape", "Enter"}
"""What scripts call a key."""
_TAG = re.compile(r"<style>.*?</style>|<!--.*?-->|<[^<>]*>|[\w-]+=\"\{\}\"", re.DOTALL)
_SAID_IN_TAG = re.compile(r'\b(?:aria-label|alt|title|placeholder|content|data-\w+)="([^"{}<>]*)"')
_WORD = re.compile(r"[^\W\d_]{2,}")
_IN_SCRIPT = re.compile(r'/\*[\s\S]*?\*/|(?<!:)//.*|\b_\("[^"]+"\)|"([^"\n]*)"|`([^`]*)`')
_BEGINS_A_SENTENCE = re.compile(r"\W*[A-Z][a-z]+(?:\W|$)")


def templates() -> list[str]:
    paths = (path for ending in ("html", "txt") for path in TEMPLATES.rglob(f"*.{ending}"))
    return sorted(path.relative_to(TEMPLATES).as_posix() for path in paths)


def written(node: nodes.Node) -> Iterator[str]:
    """The constant texts of a template in their order, with a sign for each value that is not one."""
    if isinstance(node, nodes.TemplateData):
        yield node.data
    elif isinstance(node, nodes.Output):
        for part in node.nodes:
            yield from written(part) if isinstance(part, nodes.TemplateData) else values(part)
    else:
        for child in node.iter_child_nodes():
            yield from written(child)


def values(node: nodes.Node) -> Iterator[str]:
    """The constant texts that an expression can come to."""
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, nodes.CondExpr | nodes.Concat | nodes.Or | nodes.Add):
        for child in node.iter_child_nodes():
            if child is not getattr(node, "test", None):
                yield from values(child)
    else:
        yield "{}"


@pytest.mark.parametrize("name", sorted({*templates()} - FOR_BUILDERS))
def test_a_template_has_no_text_beside_its_translated_ones(name: str) -> None:
    environment = Environment(autoescape=True, extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True)
    text = "".join(written(environment.parse((TEMPLATES / name).read_text(encoding="utf-8"))))
    bare = [word for word in _TAG.sub(" ", text).split() if _WORD.search(word) and word not in NOT_WORDS]
    attributes = [said for tag in _TAG.findall(text) for said in _SAID_IN_TAG.findall(tag) if is_said(tag, said)]
    assert (bare, attributes) == ([], [])


def is_said(tag: str, said: str) -> bool:
    """Whether a constant attribute is for people: a `meta` says things to browsers alone."""
    return bool(_WORD.search(said)) and not tag.startswith("<meta")


def modules() -> list[Path]:
    return [path for folder in CODE for path in sorted((ROOT / folder).rglob("*.py"))]


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            function = node.func
            yield getattr(function, "attr", getattr(function, "id", "")), node


def is_text(node: ast.expr) -> bool:
    """Whether words are written out on the spot, with or without values in them."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    return any(isinstance(part, ast.Constant) and _WORD.search(str(part.value)) for part in parts)


def test_what_code_tells_shoppers_is_a_sentence() -> None:
    """Errors and problems that pages show, titles and notices of pages."""
    bare = set()
    for path in modules():
        name = path.relative_to(ROOT).as_posix()
        for called, call in calls(path):
            told = [*call.args, *(keyword.value for keyword in call.keywords)] if called in TOLD_TO_SHOPPERS else []
            if name.startswith("functions/web/"):
                told += [keyword.value for keyword in call.keywords if keyword.arg in {"title", "notice"}]
            if any(map(is_text, told)):
                bare.add((name, called))
    assert bare == FOR_SCRIPTS


def test_who_translates_can_find_every_sentence() -> None:
    """It is written where it is said."""
    hidden = [
        (path.name, ast.unparse(call))
        for path in modules()
        if path.relative_to(ROOT).as_posix() not in SAID_ELSEWHERE
        for called, call in calls(path)
        if called in CALLS
        and "progress" not in ast.unparse(call.func)
        and not (call.args and isinstance(call.args[0], ast.Constant))
    ]
    assert hidden == []


@pytest.mark.parametrize("path", sorted((ROOT / "theme" / "static" / "js").glob("*.js")), ids=lambda path: path.name)
def test_a_script_says_nothing_but_translated_texts(path: Path) -> None:
    texts = ("".join(found) for found in _IN_SCRIPT.findall(path.read_text(encoding="utf-8")))
    assert [text for text in texts if _BEGINS_A_SENTENCE.match(text) and text not in KEYS] == []


def test_there_is_a_catalogue_for_each_compiled_one() -> None:
    assert {path.stem for path in FOLDER.glob("*.po")} == {path.stem for path in FOLDER.glob("*.mo")}
