"""Did you mean: the nearest of the names that exist."""

from collections.abc import Iterable, Set
from difflib import get_close_matches

_FEW = 20


def did_you_mean(text: str, known: Iterable[str]) -> str:
    """`did you mean 'sea-birds'?`, or the names that exist when none is near; capitals make no difference."""
    names = list(dict.fromkeys(sorted(known) if isinstance(known, Set) else known))
    near = nearest(text, names)
    if near and len(names) > 1:
        return f"did you mean {near!r}?"
    if not names:
        return "there is none yet"
    return f"write {one_of(names)}" if len(names) <= _FEW else "look at its spelling"


def nearest(text: str, known: Iterable[str]) -> str:
    """The name that is spelt most like it, capitals aside; empty when none is near."""
    names = {name.casefold(): str(name) for name in known}
    near = get_close_matches(text.casefold(), names, n=1, cutoff=0.6)
    return names[near[0]] if near else ""


def one_of(names: Iterable[str]) -> str:
    """`a, b or c`."""
    *most, last = names
    return f"{', '.join(most)} or {last}" if most else last
