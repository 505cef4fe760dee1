"""Looks: style sheets that set nothing but the design tokens, so that one theme can look in several ways.

The usual look is theme/static/css/tokens.css; the others lie in theme/looks/, and `THEME_LOOK` in pelicanconf.py
names the one to use.
"""

import re
from pathlib import Path
from typing import NamedTuple

_DARK = "@media screen and (prefers-color-scheme: dark)"
_TOKEN = re.compile(r"--([\w-]+):\s*([^;]+);")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


class NoSuchLook(Exception):
    """A look that the theme does not have; the message names those it has."""


class Tokens(NamedTuple):
    """The design tokens of a look by name; `dark` holds them all too, as they are on a dark screen."""

    light: dict[str, str]
    dark: dict[str, str]


def looks_of(theme: Path) -> list[str]:
    """The names of a theme's looks besides the usual one."""
    return sorted(path.stem for path in (theme / "looks").glob("*.css"))


def sheet_of(theme: Path, look: str) -> Path:
    """The style sheet with the tokens of a look; `look` is empty for the usual one. Raises NoSuchLook."""
    if not look:
        return theme / "static" / "css" / "tokens.css"
    if look not in looks_of(theme):
        known = ", ".join(looks_of(theme)) or "none"
        raise NoSuchLook(f"THEME_LOOK is {look!r}. There is no theme/looks/{look}.css; the looks there are: {known}.")
    return theme / "looks" / f"{look}.css"


def tokens_of(sheet: Path) -> Tokens:
    """The tokens that a style sheet sets."""
    usual, _, dark = _COMMENT.sub("", sheet.read_text(encoding="utf-8")).partition(_DARK)
    light = dict(_TOKEN.findall(usual))
    return Tokens(light, light | dict(_TOKEN.findall(dark)))
