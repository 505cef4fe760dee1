"""The words of a text are the same, however fast they are found."""

import sys

from hypothesis import example, given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from plugins.words import on_one_line, words_of

LOOSE = st.text(st.sampled_from("ab é\n\t\xa0\u2003\u3000\x1c"))


@given(LOOSE)
def test_words_on_one_line_have_one_blank_between_them(text: str) -> None:
    assert on_one_line(text) == " ".join(text.split())


def test_whatever_parts_words_in_python_parts_them_here() -> None:
    for sign in filter(str.isspace, map(chr, range(sys.maxunicode + 1))):
        assert on_one_line(f" a{sign}b{sign}") == "a b"


@given(st.lists(LOOSE.map(escape) | st.sampled_from(["<p>", "</p>\n", '<a href="/">', "<!-- > -->", "&amp;"])))
@example(["<!--pouch:card A-->", "<p>a &lt;b&gt;</p>"])
def test_the_words_of_html_are_those_between_its_tags(parts: list[str]) -> None:
    html = Markup("".join(parts))  # noqa: S704 (nothing shows it)
    assert words_of(html) == html.striptags()
