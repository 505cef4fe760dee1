"""The CommonMark specification's own examples: our way from a file to a page adds nothing and takes nothing away."""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import comrak

from plugins.content.comrak_engine import USUAL, Comrak
from plugins.content.facts import Facts
from plugins.content.fault import Report
from plugins.content.front_matter import take_apart
from plugins.content.markdown import html
from plugins.content.page import read_page
from plugins.content.picture import PictureFolder
from plugins.content.text_file import read_text
from tests.node_tools import package

_EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", re.MULTILINE | re.DOTALL)
FRONT = "---\ntitle: An example\nsummary: From the specification.\n---\n"


class Example(NamedTuple):
    """A text, and the HTML that the specification gives for it."""

    text: str
    html: str


@cache
def examples() -> tuple[Example, ...]:
    """Every example of the specification; it writes tabs as arrows."""
    spec = (package("commonmark-spec") / "spec.txt").read_text(encoding="utf-8")
    return tuple(Example(*(part.replace("→", "\t") for part in found)) for found in _EXAMPLE.findall(spec))


def engine_alone(text: str, *, raw_html: bool = False, extensions: tuple[str, ...] = USUAL) -> str:
    """What comrak gives, called as its own documentation calls it."""
    chosen, options = comrak.ExtensionOptions(), comrak.RenderOptions()
    for name in extensions:
        setattr(chosen, name, True)
    options.escape, options.unsafe_ = not raw_html, raw_html
    rendered: str = comrak.render_markdown(text, extension_options=chosen, render_options=options)
    return rendered


def test_the_engine_without_our_options_gives_what_the_specification_says() -> None:
    differing = [
        example.text
        for example in examples()
        if engine_alone(example.text, raw_html=True, extensions=()) != example.html
    ]
    assert differing == []


def test_all_652_examples_in_page_files_become_what_the_engine_itself_makes_of_them(tmp_path: Path) -> None:
    facts, as_pages, refused = Facts(PictureFolder(tmp_path)), 0, 0
    for number, example in enumerate(examples(), 1):
        path = tmp_path / f"example-{number}.md"
        path.write_bytes(f"{FRONT}{example.text}".encode())
        page = read_page(path, facts)
        if page.source:
            as_pages += 1
            assert page.source.body == engine_alone(example.text), example.text
        else:
            refused += 1
            assert {fault.field for fault in page.faults} == {"text"}
            assert body_of(path) == engine_alone(example.text), example.text
    # 47 have a heading or a picture that a page's text cannot have, and 2 name a product within a line.
    assert (as_pages, refused) == (603, 49)


def body_of(path: Path) -> str:
    """The body of a page file that a page cannot have, because a heading or a picture stands in it."""
    report = Report(path)
    text = read_text(path, report)
    document = take_apart(text, report) if text is not None else None
    assert document
    return html(document.body, report)


def test_what_differs_from_the_specification_differs_by_the_options_alone() -> None:
    """HTML that is shown, links that are emptied, and what GitHub's extensions read: computed, not listed."""
    ours, plain = Comrak(), Comrak((), raw_html=False)
    changed = [example for example in examples() if ours.render(example.text).html != example.html]
    by_html = [example for example in changed if plain.render(example.text).html != example.html]
    by_extensions = [example for example in changed if example not in by_html]
    assert all(engine_alone(example.text, extensions=()) != example.html for example in by_html)
    assert all(engine_alone(example.text, raw_html=True, extensions=()) == example.html for example in by_extensions)
    assert len(changed) < len(examples()) / 4
