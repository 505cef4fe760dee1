"""The looks of the theme: the same tokens in each, enough contrast in each, and nothing of a look outside of them."""

import re
from pathlib import Path

import pytest

from plugins.assets import make_assets
from plugins.looks import NoSuchLook, looks_of, sheet_of, tokens_of

THEME = Path(__file__).parents[2] / "theme"
LOOKS = ["", *looks_of(THEME)]
SHEETS = sorted(path for path in (THEME / "static" / "css").glob("*.css") if path.name != "tokens.css")
TEXT, GROUNDS = ("ink", "soft", "sea", "alarm", "calm"), ("paper", "mat")
PAIRS = [
    *((text, ground, 4.5) for text in TEXT for ground in GROUNDS),
    ("on-sea", "sea", 4.5),
    *(("edge", ground, 3.0) for ground in GROUNDS),
]
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch|lab)a?\(|(?<![\w-])(?:white|black|red|gr[ae]y)(?![\w-])")
LITERAL = {
    "colour": COLOUR,
    "font": re.compile(r"font(?:-family)?:(?! inherit|[^;]*var\(--(?:serif|sans)\))[^;]+"),
    "size of letters": re.compile(r"font-size:(?! (?:var|clamp|max|calc|inherit|[\d.]+(?:em|%)))[^;]+"),
    "corner": re.compile(r"border-radius:(?! var\(| 0| 50%| 50rem| inherit)[^;]+"),
    "time": re.compile(r"(?:animation|transition)[\w-]*:[^;]*\b\d*\.?\d+m?s\b"),
}


def test_there_is_another_look_than_the_usual_one() -> None:
    """It differs in its colours, its letters, its space and its corners."""
    usual, other = (tokens_of(sheet_of(THEME, look)).light for look in ("", "signal"))
    for token in ("paper", "sea", "serif", "display-weight", "gap", "round", "round-button", "round-picture"):
        assert usual[token] != other[token], token


@pytest.mark.parametrize("look", LOOKS)
def test_a_look_sets_every_token_and_nothing_else(look: str) -> None:
    """So that none of the usual one shows through."""
    sheet = sheet_of(THEME, look)
    assert tokens_of(sheet).light.keys() == tokens_of(sheet_of(THEME, "")).light.keys()
    rules = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    declared = re.findall(r"([\w-]+):[^;{}]+;", rules)
    assert [name for name in declared if not name.startswith("--")] == ["color-scheme"]


@pytest.mark.parametrize("screen", ["light", "dark"])
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
@pytest.mark.parametrize("look", LOOKS)
def test_text_stands_out_from_its_ground(look: str, front: str, ground: str, least: float, screen: str) -> None:
    """4.5:1 for text, 3:1 for the edges of controls (WCAG 2.2, 1.4.3 and 1.4.11)."""
    tokens = getattr(tokens_of(sheet_of(THEME, look)), screen)
    assert contrast(tokens[front], tokens[ground]) >= least


@pytest.mark.parametrize(("one", "other", "ratio"), [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48)])
def test_contrast_is_reckoned_as_the_guidelines_have_it(one: str, other: str, ratio: float) -> None:
    """https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio, with the figures of its well-known examples."""
    assert round(contrast(one, other), 2) == ratio
    assert round(contrast(other, one), 2) == ratio


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.stem)
def test_a_style_sheet_takes_everything_of_a_look_from_its_tokens(sheet: Path) -> None:
    """What is found should be a token of theme/static/css/tokens.css, and each token used is there."""
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    for kind, literal in LITERAL.items():
        assert [match[0] for match in literal.finditer(text)] == [], f"a {kind} in {sheet.name}"
    own = set(re.findall(r"(--[\w-]+):", text))
    known = {f"--{name}" for name in tokens_of(sheet_of(THEME, "")).light} | own
    assert set(re.findall(r"var\((--[\w-]+)", text)) - known == set()


def test_templates_hold_no_colour_of_their_own() -> None:
    """Not even in the frame, which tells browsers the ground's; the sign takes the colour of its text."""
    for path in sorted((THEME / "templates").rglob("*.html")):
        if "mail" not in path.parts:
            assert re.findall(r"(?:fill|stroke|content|style)=\"#[0-9a-f]{3,8}\"", path.read_text()) == [], path.name


def test_a_published_style_sheet_is_in_the_chosen_look() -> None:
    """And in no other."""
    assets = make_assets(THEME / "static", tokens=sheet_of(THEME, "signal"))
    text = assets.contents[assets.address("css/shop.css")].decode()
    assert "--sea:#2b2fd9" in text
    assert "#14596a" not in text


def test_a_look_that_is_not_there_is_refused_with_those_that_are() -> None:
    """So a typing error is seen at once."""
    with pytest.raises(NoSuchLook) as refused:
        sheet_of(THEME, "signl")
    assert str(refused.value) == (
        "THEME_LOOK is 'signl'. There is no theme/looks/signl.css; the looks there are: signal."
    )


def contrast(one: str, other: str) -> float:
    """How much two colours differ in brightness, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
