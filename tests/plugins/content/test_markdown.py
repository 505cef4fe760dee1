"""Markdown in the owner's texts: what it can do, and what it cannot."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.content.fault import Report
from plugins.content.markdown import html, inline_html

ATTACKS = [
    "<script>alert(1)</script>",
    "Text <script src=//evil.example/x.js></script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<style>body{display:none}</style>",
    "<a href=javascript:alert(1)>x</a>",
    "<!-- <script>alert(1)</script> -->",
    "<div\nonclick=alert(1)>x</div>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](java&Tab;script:alert(1))",
    "[x](java&#10;script:alert(1))",
    "[x](<  javascript:alert(1)>)",
    "[x](\x01javascript:alert(1))",
    "[x](vbscript:msgbox)",
    "[x](file:///etc/passwd)",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](data:image/svg+xml;base64,PHN2Zz4=)",
    '[x](/ "onmouseover=alert(1)")',
    '[x](/ "\\" onmouseover=\\"alert(1)")',
    '[x](/"onmouseover="alert)',
    "[x][1]\n\n[1]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    "![x](javascript:alert(1))",
    '![x"onerror="alert(1)](x.jpg)',
    '```"onclick=alert(1)\n<script>alert(1)</script>\n```',
    "`<script>alert(1)</script>`",
    "| <script> |\n|---|\n| <img src=x onerror=alert(1)> |",
    "[^1]\n\n[^1]: <script>alert(1)</script>",
    "www.evil.example/<script>",
    "## <b onclick=alert(1)>x</b>",
]
SAFE_TAGS = set(
    "p a em strong del code pre br hr h1 h2 h3 h4 h5 h6 ul ol li blockquote table thead tbody tr th td input sup img "
    "section".split()
)
SAFE_ATTRIBUTES = set(
    "href title src alt align type disabled checked class id start aria-label data-footnotes data-footnote-ref "
    "data-footnote-backref data-footnote-backref-idx".split()
)
SAFE_SCHEMES = {"http", "https", "mailto", "xmpp", "ftp", "tel"}


class Inspector(HTMLParser):
    """Reads HTML as a browser does, and stops at whatever could do harm."""

    def __init__(self, more_tags: str = "") -> None:
        super().__init__()
        self.tags: list[str] = []
        self._safe_tags = SAFE_TAGS.union(more_tags.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert tag in self._safe_tags
        assert {name for name, _ in attrs} <= SAFE_ATTRIBUTES
        for name, value in attrs:
            if name in {"href", "src"}:
                assert is_harmless(value or "")

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


def is_harmless(address: str) -> bool:
    """Whether following an address cannot run script. Browsers drop white space and control characters first."""
    bare = "".join(character for character in address if character > " ").casefold()
    scheme = re.match(r"[a-z][a-z0-9+.-]*(?=:)", bare)
    return scheme is None or scheme[0] in SAFE_SCHEMES


def inspected(text: str, more_tags: str = "") -> list[str]:
    inspector = Inspector(more_tags)
    inspector.feed(text)
    inspector.close()
    return inspector.tags


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_script_gets_through(attack: str) -> None:
    assert "script" not in inspected(html(attack, Report(Path("page.md"))))
    assert "script" not in inspected(inline_html(attack))


PIECES = [
    "[x](",
    "<",
    ">",
    "javascript:",
    "data:",
    '"',
    "'",
    "onclick=",
    "script",
    "&#",
    "\n",
    "|",
    "![",
    "](",
    " ",
    "\\",
]


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=30))
def test_no_mixture_of_such_pieces_gets_through(pieces: list[str]) -> None:
    inspected(html("".join(pieces), Report(Path("page.md"))))


def test_the_inspector_finds_what_it_is_there_for() -> None:
    for harm in ("<script>", "<p onclick=x>", '<a href="java\tscript:x">', "<!-- x -->", '<a href="data:text/html,x">'):
        with pytest.raises(AssertionError):
            inspected(harm)


def test_html_is_shown_as_it_was_typed() -> None:
    assert html("Mind the <b>gap</b>.", Report(Path("page.md"))) == "<p>Mind the &lt;b&gt;gap&lt;/b&gt;.</p>\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## Paper", "<h2>Paper</h2>\n"),
        ("*a* **b** ~~c~~ `d`", "<p><em>a</em> <strong>b</strong> <del>c</del> <code>d</code></p>\n"),
        ("[us](/about/)", '<p><a href="/about/">us</a></p>\n'),
        ("[mail](mailto:a@b.example)", '<p><a href="mailto:a@b.example">mail</a></p>\n'),
        ("https://a.example", '<p><a href="https://a.example">https://a.example</a></p>\n'),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"),
        (
            "| A | B |\n|---|--:|\n| 1 | 2 |",
            (
                '<table>\n<thead>\n<tr>\n<th>A</th>\n<th align="right">B</th>\n</tr>\n</thead>\n'
                '<tbody>\n<tr>\n<td>1</td>\n<td align="right">2</td>\n</tr>\n</tbody>\n</table>\n'
            ),
        ),
    ],
)
def test_what_markdown_can_do(text: str, expected: str) -> None:
    assert html(text, Report(Path("page.md"))) == expected


def test_headings_of_the_first_rank_and_pictures_are_reported_where_they_stand() -> None:
    report = Report(Path("page.md"))
    html("Text\n\n# One\n\n## Two\n\n- a ![b](c.jpg)\n\nThree\n=====\n", report, first_line=10)
    assert [(fault.line, fault.column, fault.field) for fault in report.faults] == [
        (12, 1, "text"),
        (16, 5, "text"),
        (18, 1, "text"),
    ]


def test_hashes_and_picture_signs_in_code_are_no_headings_and_pictures() -> None:
    report = Report(Path("page.md"))
    html("```\n# no heading\n![no](picture)\n```\n\n`# <h1>`", report)
    assert report.faults == []


def test_one_paragraph_stands_without_its_own_tags_and_several_keep_them() -> None:
    assert inline_html("Drawn *slowly*.") == "Drawn <em>slowly</em>."
    assert inline_html("One\n\nTwo") == "<p>One</p>\n<p>Two</p>"
