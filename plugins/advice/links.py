"""Links in texts: those that lead nowhere, to an old address, or say nothing about where they lead."""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

from plugins.advice.addresses import Addresses
from plugins.advice.advice import Advice, Written
from plugins.advice.plain import without_tags
from plugins.content.suggestion import did_you_mean

_LINK = re.compile(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_SAYS_NOTHING = frozenset(("here", "click here", "this", "this link", "link", "this page", "more", "read more"))
_MANY, _ALIKE = 200, 4


def links(source: Written, path: str, known: Addresses, fixed: frozenset[str]) -> Iterator[Advice]:
    """What is doubtful in the links of one text. `path` is its address, `fixed` the ids that the theme gives pages."""
    for target, content in _found(source):
        href = unescape(target)
        words = content if "<" not in content else without_tags(content)
        sentence = ("" if href in known.pages else _address(href, path, known, fixed)) or _words(words)
        if sentence:
            yield Advice(source.path, ("text", href or words), sentence)


def _found(source: Written) -> Iterator[tuple[str, str]]:
    """The address and the content of each link, in the text and in the answers of a page of questions."""
    if "<a " in source.body:
        yield from _LINK.findall(source.body)
    for group in getattr(source, "questions", ()):
        for question in group.items:
            yield from _LINK.findall(question.answer)


def _words(words: str) -> str:
    if not words:
        return "a link without words stands here; write between the [ ] where it leads"
    if words.casefold() in _SAYS_NOTHING:
        return f"the link {words!r} does not say where it leads; write it so that it can be read alone"
    return ""


def _address(href: str, here: str, known: Addresses, fixed: frozenset[str]) -> str:
    """What is wrong with where a link leads; empty when nothing is."""
    parts = urlsplit(href)
    if not href:
        return "a link leads nowhere; write an address between its ( )"
    if parts.scheme == "http":
        return f"{href!r} is not encrypted; write https:// if the site has it"
    if parts.scheme or parts.netloc or href.startswith(("#fn", "#fnref")):
        return _by_mail(href) if parts.scheme == "mailto" else ""
    if parts.path.endswith(".md") and not parts.path.endswith("/index.md"):
        return f"{href!r} is a file, not an address; {_as_address(parts.path)}"
    target = urljoin(here, parts.path)
    return _page(href, target, known) or _place(target, parts.fragment, known, fixed)


def _by_mail(href: str) -> str:
    return "" if "@" in href else f"{href!r} holds no e-mail address; write it like mailto:hello@shop.example"


def _page(href: str, target: str, known: Addresses) -> str:
    if known.exists(target):
        return ""
    if target in known.moved:
        return f"{href!r} is an old address; write {known.moved[target]}"
    if target in known.drafts:
        return f"{href!r} is a draft and has no page yet; publish it, or take the link out"
    if known.exists(f"{target}/"):
        return f"{href!r} has no slash at its end, so that it is loaded twice; write {target}/"
    if not href.startswith("/") and known.exists(f"/{href.strip('./')}/"):
        return f"{href!r} leads to {target} from here; write /{href.strip('./')}/"
    return f"there is no page {target!r}; {_nearest(target, known)}"


def _place(target: str, fragment: str, known: Addresses, fixed: frozenset[str]) -> str:
    if not fragment or fragment in fixed or target not in known.texts or fragment in known.places(target):
        return ""
    places = known.places(target)
    return (
        f"there is no place {fragment!r} on {target}; {did_you_mean(fragment, places) if places else f'write {target}'}"
    )


def _nearest(target: str, known: Addresses) -> str:
    """The address that may be meant. Among thousands, only those that begin or end alike are compared in earnest."""
    names: Iterable[str] = known.pages
    if len(known.pages) > _MANY:
        head, tail = target[: target.rfind("/", 0, -1) + _ALIKE], target[-_ALIKE:]
        names = [name for name in known.pages if name.startswith(head) or name.endswith(tail)][:_MANY]
    return did_you_mean(target, sorted(names))


def _as_address(path: str) -> str:
    folder, _, name = path.removesuffix(".md").rpartition("/")
    if folder.endswith(("products", "journal")):
        return f"write /{folder.rpartition('/')[2]}/{name}/"
    return f"write /{name}/"
