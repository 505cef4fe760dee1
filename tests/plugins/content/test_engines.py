"""The Markdown engines on the same texts of an owner."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.content.comrak_engine import Comrak
from plugins.content.engine import Engine
from plugins.content.fault import Report
from plugins.content.markdown import EngineName, MarkdownSettings, html, inline_html
from plugins.content.python_markdown_engine import PythonMarkdown
from tests.plugins.content.test_markdown import ATTACKS, PIECES, inspected

COMRAK, COMRAK_HTML = Comrak(), Comrak(raw_html=True)
PYTHON, PYTHON_HTML = PythonMarkdown(), PythonMarkdown(raw_html=True)
ALL: dict[str, Engine] = {
    "comrak": COMRAK,
    "comrak, html": COMRAK_HTML,
    "python-markdown": PYTHON,
    "python-markdown, html": PYTHON_HTML,
}
engines = pytest.mark.parametrize("engine", ALL.values(), ids=ALL)
with_html = pytest.mark.parametrize("engine", [COMRAK_HTML, PYTHON_HTML], ids=["comrak", "python-markdown"])

TEXTS = {
    "nothing": ("", ""),
    "a paragraph": ("Drawn at the harbour.\nPrinted here.", "<p>Drawn at the harbour.\nPrinted here.</p>\n"),
    "emphasis": (
        "*slowly* **by hand** `310 g`",
        "<p><em>slowly</em> <strong>by hand</strong> <code>310 g</code></p>\n",
    ),
    "a heading": ("## Paper", "<h2>Paper</h2>\n"),
    "a list": ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"),
    "a numbered list": (
        "3. three\n4. four",
        '<ol start="3">\n<li>three</li>\n<li>four</li>\n</ol>\n',
    ),
    "a quotation": ("> Like the sea.", "<blockquote>\n<p>Like the sea.</p>\n</blockquote>\n"),
    "a rule": ("above\n\n---\n\nbelow", "<p>above</p>\n<hr />\n<p>below</p>\n"),
    "a line break": ("one  \ntwo", "<p>one<br />\ntwo</p>\n"),
    "a link": ('[us](/about/ "About")', '<p><a href="/about/" title="About">us</a></p>\n'),
    "a link with an ampersand": ("[A3](/cart?sku=A&n=1)", '<p><a href="/cart?sku=A&amp;n=1">A3</a></p>\n'),
    "a link to mail and telephone": (
        "[mail](mailto:a@b.example) [call](tel:+353209123456)",
        '<p><a href="mailto:a@b.example">mail</a> <a href="tel:+353209123456">call</a></p>\n',
    ),
    "signs": ("Tern & Gale, 5 < 6 > 4, 'a' — ★", "<p>Tern &amp; Gale, 5 &lt; 6 &gt; 4, 'a' — ★</p>\n"),
    "code": ("```\n<b> & # no heading\n```", "<pre><code>&lt;b&gt; &amp; # no heading\n</code></pre>\n"),
    "a table": (
        "| A | B |\n|---|--:|\n| 1 | 2 |",
        (
            '<table>\n<thead>\n<tr>\n<th>A</th>\n<th align="right">B</th>\n</tr>\n</thead>\n'
            '<tbody>\n<tr>\n<td>1</td>\n<td align="right">2</td>\n</tr>\n</tbody>\n</table>\n'
        ),
    ),
}


@engines
@pytest.mark.parametrize(("text", "expected"), TEXTS.values(), ids=TEXTS)
def test_every_engine_makes_the_same_of_an_owners_texts(engine: Engine, text: str, expected: str) -> None:
    assert engine.render(text) == (expected, ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("~~30.00~~ 24.00", "<p><del>30.00</del> 24.00</p>\n"),
        ("https://a.example", '<p><a href="https://a.example">https://a.example</a></p>\n'),
        ("www.a.example", '<p><a href="http://www.a.example">www.a.example</a></p>\n'),
        ("a@b.example", '<p><a href="mailto:a@b.example">a@b.example</a></p>\n'),
        ("- [x] signed", '<ul>\n<li><input type="checkbox" checked="" disabled="" /> signed</li>\n</ul>\n'),
    ],
)
@pytest.mark.parametrize("engine", [COMRAK, COMRAK_HTML])
def test_comrak_knows_githubs_signs(engine: Engine, text: str, expected: str) -> None:
    assert engine.render(text).html == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cotton\n:   Soft.", "<dl>\n<dt>Cotton</dt>\n<dd>Soft.</dd>\n</dl>\n"),
        ("## Paper {#paper}", '<h2 id="paper">Paper</h2>\n'),
        ("310 gsm\n\n*[gsm]: grams", '<p>310 <abbr title="grams">gsm</abbr></p>\n'),
    ],
)
@pytest.mark.parametrize("engine", [PYTHON, PYTHON_HTML])
def test_python_markdown_has_its_usual_extensions(engine: Engine, text: str, expected: str) -> None:
    assert engine.render(text).html == expected


def test_an_engine_has_the_extensions_that_are_named_and_no_others() -> None:
    assert Comrak(("superscript",)).render("m^2^ ~~x~~").html == "<p>m<sup>2</sup> ~~x~~</p>\n"
    assert PythonMarkdown(("smarty",)).render('"a" -- b').html == "<p>&ldquo;a&rdquo; &ndash; b</p>\n"


@engines
def test_footnotes_lead_there_and_back(engine: Engine) -> None:
    rendered = engine.render("Cotton[^1]\n\n[^1]: From Mayo.").html
    assert rendered.count("<a ") == rendered.count("#fn") == 2
    assert "From Mayo." in rendered


@pytest.mark.parametrize("engine", [COMRAK, PYTHON], ids=["comrak", "python-markdown"])
def test_html_is_shown_as_it_was_typed(engine: Engine) -> None:
    assert engine.render("Mind the <b>gap</b>.") == ("<p>Mind the &lt;b&gt;gap&lt;/b&gt;.</p>\n", ())
    assert "<div>" not in engine.render("<div>\n\nx\n\n</div>").html


@with_html
def test_html_stands_where_the_setting_allows_it(engine: Engine) -> None:
    text = '<details open>\n<summary>Paper</summary>\n<p class="note">Cotton<br>rag</p>\n</details>\n'
    expected = '<details open>\n<summary>Paper</summary>\n<p class="note">Cotton<br />rag</p>\n</details>'
    assert engine.render(text).html.rstrip().replace('open=""', "open") == expected
    assert engine.render("H<sub>2</sub>O").html == "<p>H<sub>2</sub>O</p>\n"


@with_html
def test_what_runs_or_loads_something_is_reported_where_it_stands_and_shown_as_typed(engine: Engine) -> None:
    rendered = engine.render('Fine.\n\nText <script src="//evil.example/x.js"></script>\n\n<p onclick="x()">y</p>')
    assert [(found.name, found.at) for found in rendered.unsuitable] == [("script", (3, 6)), ("onclick=", (5, 4))]
    assert "&lt;script" in rendered.html
    assert "onclick" not in rendered.html


@with_html
def test_a_text_cannot_close_what_it_did_not_open_nor_leave_anything_open(engine: Engine) -> None:
    assert "</main>" not in engine.render("a</main></div>").html
    assert engine.render("<div>a <b>c").html.count("</div>") == 1


@engines
@pytest.mark.parametrize("attack", ATTACKS)
def test_no_script_gets_through_any_engine(engine: Engine, attack: str) -> None:
    assert "script" not in inspected(engine.render(attack).html, "div b")


@given(st.lists(st.one_of(st.sampled_from([*PIECES, "<a href=", "<b ", "</", "<!--", "-->"]), st.text(max_size=3))))
def test_no_mixture_of_pieces_gets_through_any_engine(pieces: list[str]) -> None:
    for engine in ALL.values():
        inspected(engine.render("".join(pieces)).html, "b")


@pytest.mark.parametrize("name", EngineName)
@pytest.mark.parametrize("raw_html", [False, True])
def test_headings_of_the_first_rank_and_pictures_are_reported_by_every_engine(name: EngineName, raw_html: bool) -> None:
    report = Report(Path("page.md"))
    text = "Text\n\n# One\n\n## Two\n\n- a ![b](c.jpg)\n\nThree\n=====\n"
    html(text, report, first_line=10, settings=MarkdownSettings(name, None, raw_html))
    heading = "a heading with one # is the title's; begin headings in the text with ##"
    picture = "a picture cannot stand within the text; list it in the fields above"
    assert [(fault.line, fault.column, fault.sentence) for fault in report.faults] == [
        (12, 1, heading),
        (16, 5, picture),
        (18, 1, heading),
    ]


def test_what_is_not_allowed_is_named_in_the_owners_words() -> None:
    report = Report(Path("page.md"))
    html(
        '<iframe src="/x/" style="color: red"></iframe>\n<b style="x">y</b>', report, 4, MarkdownSettings(raw_html=True)
    )
    assert [str(fault) for fault in report.faults] == [
        "page.md:4:1: text: the tag <iframe> cannot stand in a text; delete it",
        "page.md:4:19: text: the attribute style cannot stand in a text; delete it",
        "page.md:5:4: text: the attribute style cannot stand in a text; delete it",
    ]


@pytest.mark.parametrize("name", EngineName)
def test_one_paragraph_stands_without_its_own_tags_with_every_engine(name: EngineName) -> None:
    assert inline_html("Drawn *slowly*.", MarkdownSettings(name)) == "Drawn <em>slowly</em>."
