"""Templates in the shop's language: `{{ _("Cart") }}` and `{% trans %}To {{ country }}{% endtrans %}`.

A shop has one language, so its words are put in when a template is compiled: the code is that of a template that was
written in this language, and rendering takes no longer. Syntax and msgids are those of Jinja's own extension
(https://jinja.palletsprojects.com/en/stable/templates/#i18n-extension), whose tools find the words to translate.
"""

import re
from collections.abc import Iterator, Mapping

from jinja2 import nodes
from jinja2.environment import Environment
from jinja2.ext import InternationalizationExtension
from jinja2.lexer import Token, TokenStream

from functions.language.words import Words

_PLACE = re.compile(r"%\((\w+)\)s")
_FORM = "form_beside"
Variables = Mapping[str, nodes.Expr]


def speak(environment: Environment, words: Words) -> None:
    """Let all templates of an environment, which none was taken from yet, say their words in a language."""
    environment.add_extension(Translation)
    environment.extend(words=words)
    environment.filters |= {_FORM: words.form, "within": words.within}


class Translation(InternationalizationExtension):
    """Jinja's extension, but for what it makes of the words."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """`_("Cart")` becomes the text that stands for it."""
        for token in stream:
            if token.test("name:_") and stream.current.type == "lparen":
                next(stream)
                text = stream.expect("string")
                stream.expect("rparen")
                yield Token(text.lineno, "string", self._words.text(text.value))
            else:
                yield token

    @property
    def _words(self) -> Words:
        words: Words = self.environment.words  # type: ignore[attr-defined]  # (see speak)
        return words

    def _make_node(  # type: ignore[override]  # (Jinja takes any node)
        self,
        singular: str,
        plural: str | None,
        context: str | None,
        variables: Variables,
        plural_expr: nodes.Expr | None,
        vars_referenced: bool,
        num_called_num: bool,  # noqa: ARG002 (Jinja hands it over)
    ) -> nodes.Node:
        """`{% trans %}` becomes the text that stands for it, with its variables where that has them."""
        if not vars_referenced:
            singular, plural = singular.replace("%%", "%"), plural and plural.replace("%%", "%")
        if plural is None or plural_expr is None:
            return _output(self._words.text(singular, context), variables)
        return self._chosen(self._words.forms(singular, plural), plural_expr, variables)

    def _chosen(self, forms: Mapping[int, str], number: nodes.Expr, variables: Variables) -> nodes.Node:
        """One of several texts, by a number."""
        last, *others = (_output(text, variables) for text in reversed([*forms.values()]))
        chosen: nodes.Node = last
        for form, output in zip(sorted(forms, reverse=True)[1:], others, strict=True):
            beside = nodes.Filter(number, _FORM, [], [], None, None)
            test = nodes.Compare(beside, [nodes.Operand("eq", nodes.Const(form))])
            chosen = nodes.If(test, [output], [], [chosen])
        return chosen


def _output(text: str, variables: Variables) -> nodes.Output:
    """A text and its variables, as they follow each other."""
    pieces = enumerate(_PLACE.split(text))
    return nodes.Output([variables[each] if at % 2 else _constant(each) for at, each in pieces if each])


def _constant(text: str) -> nodes.TemplateData:
    return nodes.TemplateData(text.replace("%%", "%"))
