"""Assets: one style sheet, small modules, names that change with the content."""

import re
from pathlib import Path

import pytest

from plugins.assets import make_assets


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A theme's static folder with its tokens, two sheets and two modules."""
    static = tmp_path / "static"
    (static / "css").mkdir(parents=True)
    (static / "js").mkdir()
    (static / "css/tokens.css").write_text(":root { --sea: #00f }")
    (static / "css/shop.css").write_text('@layer base;\n@import "base.css" layer(base);\n')
    (static / "css/base.css").write_text("/* a comment */\nbody {\n  margin: 0px;\n}\n")
    (static / "js/shop.js").write_text('import { count } from "./count.js";\n\n// starts it\ncount();\n')
    (static / "js/count.js").write_text("export function count() {\n  return 1; // one\n}\n")
    (static / "logo.svg").write_text("<svg/>")
    return static


def published(folder: Path, name: str) -> tuple[str, str]:
    """The address of an asset, and what is written there."""
    assets = make_assets(folder)
    return assets.address(name), assets.contents[assets.address(name)].decode()


def test_the_style_sheets_become_one_small_file(folder: Path) -> None:
    """One request, no comments, no spaces."""
    address, text = published(folder, "css/shop.css")
    assert re.fullmatch(r"/static/shop\.[0-9a-f]{8}\.css", address)
    assert text == "@layer base{body{margin:0}}"


def test_the_script_of_every_page_holds_its_neighbours(folder: Path) -> None:
    """One request."""
    _, text = published(folder, "js/shop.js")
    assert text == "function count(){return 1;}\ncount();"
    assert [name for name in make_assets(folder).addresses if name.endswith(".js")] == ["js/shop.js"]


def test_a_neighbour_keeps_to_itself_a_name_that_another_module_knows(folder: Path) -> None:
    """As each module does in a browser: `one` is another thing in either, and `open` may be the browser's own."""
    (folder / "js/count.js").write_text("const one = 1;\nexport const count = () => one;\nexport const more = 2;\n")
    (folder / "js/shop.js").write_text('import { count } from "./count.js";\n\nconst one = count();\n')
    _, text = published(folder, "js/shop.js")
    assert (
        text == "const{count}=(()=>{const one=1;const count=()=>one;const more=2;return{count};})();const one=count();"
    )


def test_what_the_build_writes_stands_in_for_the_file_of_its_name(folder: Path) -> None:
    """In the script that holds it; the file itself is not published."""
    (folder / "js/answers.js").write_text('import { table } from "./timetable.js";\ntell(table);\n')
    (folder / "js/timetable.js").write_text("export const table = null;\n")
    assets = make_assets(folder, written={"js/timetable.js": "export const table = 7;\n"})
    assert assets.contents[assets.address("js/answers.js")] == b"const table=7;tell(table);"
    assert "js/timetable.js" not in assets.addresses


def test_a_module_of_few_pages_imports_its_neighbour_under_the_published_name(folder: Path) -> None:
    """Otherwise a browser would look for a file that is not there (R31)."""
    (folder / "js/find.js").write_text('import { count } from "./count.js";\ncount();\n')
    _, entry = published(folder, "js/find.js")
    neighbour, text = published(folder, "js/count.js")
    assert entry == f'import{{count}}from"{neighbour}";count();'
    assert text == "export function count(){return 1;}"


def test_a_neighbour_of_several_modules_stands_in_the_script_once_and_before_them(folder: Path) -> None:
    """Though both import it."""
    (folder / "js/cart.js").write_text('import { count } from "./count.js";\nexport const cart = () => count();\n')
    entry = 'import { cart } from "./cart.js";\nimport { count } from "./count.js";\ncart(count());\n'
    (folder / "js/shop.js").write_text(entry)
    _, text = published(folder, "js/shop.js")
    assert text == "function count(){return 1;}\nconst cart=()=>count();cart(count());"
    assert "import" not in text


def test_other_files_are_published_as_they_are(folder: Path) -> None:
    """Such as a logo."""
    address, text = published(folder, "logo.svg")
    assert re.fullmatch(r"/static/logo\.[0-9a-f]{8}\.svg", address)
    assert text == "<svg/>"


def test_a_change_in_an_imported_sheet_changes_the_address(folder: Path) -> None:
    """So a browser never mixes old style with new pages."""
    before, _ = published(folder, "css/shop.css")
    (folder / "css/base.css").write_text("body { margin: 1px }")
    assert published(folder, "css/shop.css")[0] != before


def test_a_change_in_an_imported_module_changes_the_address_of_the_entry(folder: Path) -> None:
    """The entry names its neighbours, so it changes with them."""
    before, _ = published(folder, "js/shop.js")
    (folder / "js/count.js").write_text("export function count() { return 2 }")
    assert published(folder, "js/shop.js")[0] != before


def test_the_same_content_has_the_same_address_in_every_build(folder: Path) -> None:
    """Browsers keep it for ever."""
    assert published(folder, "css/shop.css") == published(folder, "css/shop.css")


def test_an_asset_that_is_not_there_stops_the_build(folder: Path) -> None:
    """A template that asks for it is wrong."""
    with pytest.raises(KeyError, match=r"missing\.svg"):
        published(folder, "missing.svg")


def test_a_sheet_that_another_one_draws_in_is_no_file_of_its_own(folder: Path) -> None:
    assert sorted(make_assets(folder).addresses) == [
        "css/shop.css", "css/tokens.css", "js/shop.js", "logo.svg",
    ]  # fmt: skip
