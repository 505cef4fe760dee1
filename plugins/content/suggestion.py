"""Did you mean: the nearest of the names that exist."""

from collections.abc import Iterable, Set
from difflib import get_close_matches

_FEW = 20


def did_you_mean(text: str, known: Iterable[str]) -> str:
    """`did you mean 'sea-birds'?`, or the names that exist when none is near; capitals make no difference."""
    in_order = sorted(known) if isinstance(known, Set) else known
    names = {name.casefold(): str(name) for name in in_order}
    near = get_close_matches(text.casefold(), names, n=1, cutoff=0.6)
    if near and len(names) > 1:
        return f"did you mean {names[near[0]]!r}?"
    if not names:
        return "there is none yet"
    return f"write {one_of(names.values())}" if len(names) <= _FEW else "look at its spelling"


def one_of(names: Iterable[str]) -> str:
    """`a, b or c`."""
    *most, last = names
    return f"{', '.join(most)} or {last}" if most else last
