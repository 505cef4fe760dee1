"""The code of templates gives what Jinja's own code gives: the same texts, the same errors in the same lines."""

import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, pass_context
from jinja2.compiler import CodeGenerator
from jinja2.runtime import Context
from markupsafe import Markup

from functions.language import ENGLISH
from plugins.template_code import CompiledTemplates, QuickCode

PARTS = """{% macro plain(a, b="b & b", c=none) %}<p>{{ a }}{{ b }}{{ c }}</p>{% endmacro %}
{% macro around(a) %}<div>{{ a }}{{ caller("<i>") }}</div>{% endmacro %}
{% macro many(a) %}{{ a }}{% for x in varargs %}|{{ x }}{% endfor %}{{ kwargs }}{% endmacro %}
{% macro wrong(a) %}

{{ a.nothing }}{% endmacro %}
{% set said = "a < b" %}{% set value = 3 %}"""
USE = '{% from "parts.html" import plain, around, many, wrong, said %}'
DEEP = """{% macro deep(x) %}{% for y in x %}
{% set value, kind, owner = y.title, 1, 2 %}{{ value }}{{ kind }}{{ owner }}
{% endfor %}{% endmacro %}"""


@dataclass(frozen=True, slots=True)
class Thing:
    """A value with attributes of all kinds."""

    title: str = "Tern & <b>gull</b>"
    count: int = 3

    @property
    def body(self) -> Markup:
        return Markup("<p>Said</p>")

    @property
    def lies(self) -> str:
        raise AttributeError("no such thing inside")

    def shout(self, word: str = "'hi'") -> str:
        return word.upper()


class Letter(str):
    """A text that is not plainly one."""


class Html:
    """What knows itself as HTML."""

    def __html__(self) -> str:
        return "<hr>"


@pass_context
def seen(context: Context, name: str) -> str:
    """A function that wants to know where it is called."""
    return f"{name}: {context.get(name, 'none')}"


GIVEN: Mapping[str, Any] = {
    "thing": Thing(),
    "table": {"title": "<from a table>", "items": "not the method", "n": {"deep": ["a", "<b>"]}},
    "things": [Thing(title="1"), Thing(title="2"), Thing(title="<3>")],
    "odd": [None, True, 1, 2.5, -0.0, b"<x>", Letter("<l>"), Html(), Markup("<m>"), [1, "<"], ("a",), {"<": ">"}],
    "seen": seen,
    "plus": lambda *args: Markup("<br>").join(args),
}
TEXTS = [
    "{{ thing.title }}{{ thing.body }}{{ thing.count }}",
    "{{ table.title }}|{{ table['title'] }}|{{ table.n.deep[1] }}|{{ table.items }}",
    "{{ thing['title'] }}{{ things[0].title }}{{ things[-1]['title'] }}",
    "{{ table.n['deep'][:1] }}{{ 'abc'[1] }}{{ range(3) | list }}",
    "{% for x in odd %}{{ x }},{% endfor %}",
    "{{ none }}{{ true }}{{ 1 + 2 }}{{ 1.5 }}{{ '<' }}{{ '<' ~ thing.body }}",
    "{{ '<' | safe }}{{ '<' | e }}{{ [thing.title] }}",
    "{{ thing.shout() }}{{ thing.shout(word='<a>') }}{{ thing.shout(*['b']) }}{{ 'x'.upper() }}",
    "{{ thing.title | lower }}{{ things | map(attribute='title') | join('<') }}{{ things | length }}{{ 'a' | indent }}",
    "{{ thing.title if thing.count else thing.none }}{{ '' if thing.none is defined else 'undefined' }}",
    "{{ nothing is defined }}{{ nothing | default('<d>') }}{{ thing.nothing | default('<d>') }}",
    "{% for x in things %}{{ loop.index }}{{ loop.first }}{{ loop.last }}{% else %}none{% endfor %}",
    "{% for x in things %}{% for y in x.title %}{{ loop.index0 }}{{ y }}{% endfor %}{{ loop.index }}{% endfor %}",
    "{% for x in things if x.title != '2' %}{{ x.title }}{{ loop.length }}{% endfor %}",
    "{% for x in [] %}{{ x.title }}{% else %}{{ thing.title }}{% endfor %}",
    "{% for x in [[1, [2]], [3]] recursive %}{{ loop(x) if x is iterable else x }},{% endfor %}",
    "{% set a = thing.title %}{{ a }}{% set b %}{{ thing.title }}<hr>{% endset %}{{ b }}",
    "{% set c | upper %}x<{{ thing.title }}{% endset %}{{ c }}",
    "{% set ns = namespace(n=0) %}{% for x in things %}{% set ns.n = ns.n + x.count %}{% endfor %}{{ ns.n }}",
    "{% with a = thing.title, b = 2 %}{{ a }}{{ b }}{% endwith %}{% filter upper %}a{{ thing.title }}{% endfilter %}",
    "{% autoescape false %}{{ thing.title }}{{ thing.body }}{% endautoescape %}",
    "{% autoescape thing.count == 3 %}{{ thing.title }}{% endautoescape %}",
    "{% if thing.count == 3 and thing.title %}a{% elif thing.none %}b{% else %}c{% endif %}",
    "{% macro own(a, b=a) %}{{ a }}{{ b }}{% endmacro %}{{ own('<') }}{{ own('<', 2) }}{{ own(b=1, a=thing.body) }}",
    USE + "{{ plain(1) }}{{ plain('<', '>') }}{{ plain(1, 2, 3) }}{{ plain(thing.body, c=thing.title) }}",
    USE + "{{ plain(*[1, 2]) }}{{ plain(**{'a': '<'}) }}{{ many(1, '<', 3, k='>') }}{{ many(1) }}{{ said }}",
    USE + "{{ plain(plain('<'), thing.title) }}{{ plain('<') | length }}{{ plain('<') ~ '<' }}{{ [plain('<')] }}",
    USE + "{% set a = plain('<') %}{{ a }}{% if plain('<') == a %}{{ a | upper }}{% endif %}",
    USE + "{% call(i) around('<') %}{{ plain(i) }}{% endcall %}{% call(x) around(thing.title) %}{{ x }}{% endcall %}",
    USE + "{% for plain in ['<'] %}{{ plain }}{% endfor %}{{ plain('<') }}",
    USE + "{% macro m(plain) %}{{ plain('<', thing.title) }}{% endmacro %}{{ m(plus) }}{{ m(plain) }}",
    USE + "{% macro m(x) %}{{ plain(x) }}{% endmacro %}{{ m('<') }}{% set plain = plus %}{{ plain('<', 'a') }}",
    USE + "{% autoescape false %}{{ plain('<') }}{% endautoescape %}{% block a %}{{ plain is defined }}{% endblock %}",
    "{% macro m(x) %}{{ plain(x) }}{% endmacro %}" + USE + "{{ m('<') }}",
    "{% if thing.count %}" + USE + "{% endif %}{{ plain('<') }}",
    "{% from 'parts.html' import plain as p with context %}{{ p('<') }}",
    "{% import 'parts.html' as parts %}{{ parts.plain('<') }}{{ parts.said }}",
    "{% block a %}" + USE + "{{ plain(thing.title) }}{{ self.b() }}{% endblock %}{% block b scoped %}<{% endblock %}",
    "{% extends 'base.html' %}{% block main %}{{ super() }}{{ thing.title }}{% endblock %}",
    "{% include 'part.html' %}{% include 'none.html' ignore missing %}",
    "{% include ['none.html', 'part.html'] without context %}",
    "{% set x = '<' %}{{ seen('x') }}{{ plus('<', 'a') }}",
    "{% for x in things[:1] %}{% set y = 1 %}{{ seen('y') }}{% endfor %}",
    DEEP + "{{ deep(things) }}",
]
ERRORS = [
    "a\n{{ nothing }}",
    "a\n\n{{ thing.nothing }}",
    "{{ thing.count }}\n{{ thing.lies }}",
    "{{ thing.title }}{{\nthing.nothing.more }}",
    "{{ table.nothing }}",
    "{% if thing.title %}\n{% for x in things %}\n{{ x.title }}{{ x.tittle }}{% endfor %}{% endif %}",
    "\n{% if thing.nothing %}{% endif %}",
    "\n{% set a = thing.nothing %}\n{{ a }}",
    "\n{{ none.title }}",
    USE + "\n{{ plain() }}",
    USE + "\n{{ plain('<') }}\n{{ plain(1, 2, 3, 4) }}",
    USE + "\n{{ plain(d=1) }}",
    USE + "\n{{ wrong(thing) }}",
    USE + "\n{{ around(1) }}",
    USE + "\n{{ said('<') }}",
    "{% from 'parts.html' import nowhere %}\n{{ nowhere }}",
    "{% from 'parts.html' import nowhere %}\n\n{{ nowhere(1) }}",
    "{% macro m(x) %}\n{{ plain(x) }}{% endmacro %}{{ m('<') }}\n" + USE,
    "{% block a %}\n{{ plain(1) }}{% endblock %}" + USE,
    "{% set a = 1 %}\n{% set a.b = 2 %}",
    "a\n{{ 'x' | unknown }}",
    "a\n{% bogus %}",
    "{% include 'none.html' %}",
    "a\n{{ 1 / 0 }}",
]
OTHERS = {
    "parts.html": PARTS,
    "base.html": "<main>{% block main %}{{ thing.title }}{% endblock %}</main>",
    "part.html": "{% set x = seen('x') %}<{{ x }}>",
}


def outcome(template: str, generator: type[CodeGenerator]) -> tuple[Any, ...]:
    """The text, or the error with its lines."""
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, loader=DictLoader({**OTHERS, "t.html": template})
    )
    environment.code_generator_class = generator
    environment.globals |= {"seen": seen}
    try:
        return type(text := environment.get_template("t.html").render(GIVEN)), text
    except Exception as error:
        return type(error), str(error), list(_lines(error))


def _lines(error: Exception) -> Iterator[tuple[str, int | None]]:
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename in ("<template>", "t.html") or not frame.filename.endswith(".py"):
            yield frame.filename, frame.lineno


@pytest.mark.parametrize("template", TEXTS)
def test_a_text_is_the_same(template: str) -> None:
    """Whatever stands in a template, it says the same."""
    theirs = outcome(template, CodeGenerator)
    assert theirs[0] is str
    assert outcome(template, QuickCode) == theirs


@pytest.mark.parametrize("template", ERRORS)
def test_an_error_is_the_same_and_has_the_same_lines(template: str) -> None:
    """And a mistake in it is told in the same words."""
    theirs = outcome(template, CodeGenerator)
    assert issubclass(theirs[0], Exception)
    assert outcome(template, QuickCode) == theirs


def test_compiled_templates_are_made_anew_with_other_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was compiled is as good as what compiled it."""
    compiled = CompiledTemplates(str(tmp_path), ENGLISH)
    before = compiled.get_source_checksum("{{ a }}")
    assert compiled.get_source_checksum("{{ a }}") == before
    assert compiled.get_source_checksum("{{ b }}") != before
    monkeypatch.setattr("plugins.template_code._own_code", lambda: b"other code")
    assert compiled.get_source_checksum("{{ a }}") != before


def test_a_theme_that_moves_leaves_no_second_copy(tmp_path: Path) -> None:
    """The folder of compiled templates would grow with every path to it; and faults would name files of the old one."""
    first, moved = (CompiledTemplates(str(tmp_path / name), ENGLISH) for name in ("first", "moved"))
    assert first.get_cache_key("page.html", "/first/page.html") == moved.get_cache_key("page.html", "/moved/page.html")
    assert first.get_source_checksum("{{ a }}") != moved.get_source_checksum("{{ a }}")
