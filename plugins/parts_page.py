"""`python -m plugins.parts_page [pelicanconf.py]`: the page of all parts in all their states, for who builds a theme.

It is written to `build/_parts/`, which `make serve` shows at `/_parts/`; nothing of it is ever published. What each
part shows there are the examples at the top of its own file.
"""

import re
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, TemplateError
from markupsafe import Markup
from pelican.settings import read_settings

from plugins.assets import SCRIPT, STYLE, TIMETABLE, Assets, make_assets
from plugins.examples import COLLECTIONS, examples
from plugins.looks import looks_of, sheet_of, tokens_of
from plugins.output import Output
from plugins.parts import Example, Part, UnclearPart, parts_of
from plugins.rendering import Frame, make_environment
from plugins.timetable import timetable_script
from plugins.views import Page

AT = "/_parts/"
SHEET = f"{AT}parts_page.css"
_IMPORT = re.compile(r'@import "([\w-]+\.css)"')
_ID = re.compile(
    r'\b(id|for|aria-labelledby|aria-describedby|aria-controls|popovertarget|list|form|href)="(#?)([^"]+)"'
)
_SEEN_IDS = re.compile(r'\bid="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Shown:
    """An example as the page shows it."""

    state: str
    source: str
    html: Markup
    as_text: bool


def write_parts(theme: Path, build: Path, today: date, look: str = "") -> Path:
    """Write the page of a theme in each of its looks, below `build`; give the file of the look that is in use."""
    shutil.rmtree(build / AT.strip("/"), ignore_errors=True)
    output = Output(build, {})
    for number, colour in enumerate(("#b9c4c9", "#c9c0b1", "#b4bfb0"), 1):
        output.write(f"{AT}picture-{number}.svg", _picture(colour))
    written = {TIMETABLE: timetable_script(examples(today)["shop"], today.isoformat())}
    for name in ["", *looks_of(theme)]:
        assets = make_assets(theme / "static", at=f"{AT}static/", tokens=sheet_of(theme, name), written=written)
        for address, content in assets.contents.items():
            output.write(address, content)
        output.write(SHEET, (theme / "parts_page.css").read_bytes())
        output.write(_address(name), _page(theme, assets, name, today))
    return build / f"{_address(look)}index.html".lstrip("/")


def _address(look: str) -> str:
    return f"{AT}{look}/" if look else AT


def _page(theme: Path, assets: Assets, look: str, today: date) -> str:
    given = examples(today)
    frame = _frame(assets, today)
    environment = make_environment(theme / "templates", given["shop"], site=frame, delivery=given["delivery"])
    card = environment.get_template("parts/card.html").module.card  # type: ignore[attr-defined]
    given |= {"site": frame, "cards": [card(product) for product in given["products"].values()][:4]}
    parts, ids = parts_of(theme / "templates"), set[str]()
    given = _macros(environment, parts) | given
    return environment.get_template("parts_page.html").render(
        parts=[(part, [_shown(environment, part, example, given, ids) for example in part.examples]) for part in parts],
        sheets=[*(assets.address(f"css/{name}") for name in _sheets(theme / "static" / "css")), SHEET],
        scripts=[assets.address(f"js/{name}.js") for name in ("chat", "questions")],
        looks=[(name or "usual", _address(name), name == look) for name in ["", *looks_of(theme)]],
        tokens=tokens_of(sheet_of(theme, look)),
    )


def _macros(environment: Environment, parts: list[Part]) -> dict[str, Any]:
    """Every part, for examples that need another one beside their own."""
    return {part.name: getattr(environment.get_template(f"parts/{part.name}.html").module, part.name) for part in parts}


def _frame(assets: Assets, today: date) -> Frame:
    pages = [
        Page(slug, title, f"About {title.lower()}.", Markup(), f"/{slug}/")
        for slug, title in (("about", "About us"), ("withdrawal", "Withdrawal"), ("product-safety", "Product safety"))
    ]
    return Frame(
        url="https://shop.example",
        collections=COLLECTIONS,
        header_pages=pages[:1],
        footer_pages=pages[1:],
        css=assets.address(STYLE),
        js=assets.address(SCRIPT),
        today=today.isoformat(),
        assets=assets,
    )


def _sheets(folder: Path) -> list[str]:
    """The style sheets that pages name: those that no other sheet draws in."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.css"))}
    drawn_in = {name for text in texts.values() for name in _IMPORT.findall(text)}
    return sorted(texts.keys() - drawn_in, key=lambda name: (f"css/{name}" != STYLE, name))


def _shown(environment: Environment, part: Part, example: Example, given: Mapping[str, Any], ids: set[str]) -> Shown:
    html = _made(environment, part, example, given)
    if not example.as_text:
        html = _apart(html, ids)
    return Shown(example.state, example.source, Markup(html), example.as_text)  # noqa: S704 (a part's own HTML)


def _made(environment: Environment, part: Part, example: Example, given: Mapping[str, Any]) -> str:
    try:
        return environment.from_string(f"{part.usage}{example.source}").render(**given)
    except (TemplateError, TypeError) as error:
        known = ", ".join(sorted(given))
        sentence = f"{part.name}.html: the example {example.source} fails: {error}. Examples may name {known}."
        raise UnclearPart(sentence) from error


def _apart(html: str, ids: set[str]) -> str:
    """The HTML with names of its own for places that other examples on the page have already."""
    taken = ids.intersection(_SEEN_IDS.findall(html))
    suffix = f"-{len(ids)}"

    def renamed(match: re.Match[str]) -> str:
        names = " ".join(name + suffix if name in taken else name for name in match[3].split(" "))
        return f'{match[1]}="{match[2]}{names}"'

    html = _ID.sub(renamed, html)
    ids.update(_SEEN_IDS.findall(html))
    return html


def _picture(colour: str) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 10" width="800" height="1000">'
        f'<path fill="{colour}" d="M0 0h8v10H0z"/><path fill="#fff" fill-opacity=".5" d="M0 7q2-1 4 0t4 0v3H0z"/></svg>'
    )


def main(settings_file: str = "pelicanconf.py") -> None:
    """Write the page and say where it is."""
    settings = read_settings(settings_file)
    build = Path(settings["SHOP_BUILD"])
    file = write_parts(Path(settings["THEME"]), build, datetime.now(UTC).date(), settings.get("THEME_LOOK", ""))
    print(f"Wrote {file}; make serve shows it at {AT}")  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:2])
