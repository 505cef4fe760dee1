"""Sentences for shoppers, which can be said in another language later on.

Whoever knows what is to be said seldom knows the language of the shop: a cart, a stock, an error. So a sentence is its
English text, and keeps what that was made of; `functions.language` says it in the language of the shop, at the edge.
"""

from collections.abc import Iterable


class Sentence(str):
    """An English text, with the `msgid` and the `values` that it was made of.

    Values are texts and numbers for its places in braces, or other sentences, which are put into that language too.
    """

    __slots__ = ("msgid", "values")
    msgid: str
    values: dict[str, object]

    def __new__(cls, msgid: str, /, **values: object) -> "Sentence":
        made = super().__new__(cls, msgid.format_map(values))
        made.msgid, made.values = msgid, values
        return made


def msgid(text: str) -> str:
    """A text as it is; this says to who translates that a sentence will be made of it elsewhere."""
    return text


def joined(sentences: Iterable[str], by: str = " ") -> Sentence:
    """Several sentences as one."""
    parts = {f"part{number}": sentence for number, sentence in enumerate(sentences)}
    return Sentence(by.join(f"{{{name}}}" for name in parts), **parts)


def listed(names: Iterable[str]) -> str:
    """Names as people list them: `Ireland, France and Spain`."""
    *first, last = names
    return Sentence("{names} and {last}", names=", ".join(first), last=last) if first else last
