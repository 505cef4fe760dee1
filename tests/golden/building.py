"""Builds the sample shop through Pelican, as texts that change only when the shop changes.

Pictures count by their names alone, for an encoder's next version writes other bytes; fingerprints and the year are
left out of names and texts, so that a new style sheet is no change on every page.
"""

import json
import re
import shutil
from pathlib import Path
from typing import Any

from pelican import Pelican
from pelican.log import console
from pelican.settings import read_settings

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
EXPECTED = HERE / "expected"
SITE_URL = "https://pier.example"
_FINGERPRINT = re.compile(r"(/(?:static|images)/[\w-]+\.)[0-9a-f]{8}(?=\.)")
_YEAR = re.compile(r"© \d{4}")


def build_sample(folder: Path, content: Path | None = None, theme: Path = ROOT / "theme", **settings: Any) -> None:
    """Build a shop, or a copy of the sample, into `folder/output` and `folder/build`; `settings` are Pelican's.

    The copy has no past in git, so that what is built does not depend on when this repository was changed.
    """
    content = content or shutil.copytree(HERE / "shop", folder / "content", dirs_exist_ok=True)
    here = {"SITEURL": SITE_URL, "SHOP_BUILD": str(folder / "build")}
    paths = {"PATH": str(content), "OUTPUT_PATH": str(folder / "output"), "THEME": str(theme)}
    console.quiet = True  # it counts articles, and a shop has none
    Pelican(read_settings(str(ROOT / "pelicanconf.py"), override=here | paths | settings)).run()


def texts(folder: Path) -> dict[str, str]:
    """What the build made: pages by their path in the output, names of other files, and the release."""
    output = folder / "output"
    paths = {path.relative_to(output).as_posix(): path for path in output.rglob("*") if path.is_file()}
    paths = {name: path for name, path in paths.items() if not name.startswith("search/pagefind/")}
    pages = {name: path.read_text() for name, path in paths.items() if path.suffix in {".html", ".xml", ".txt", ".md"}}
    others = "".join(sorted(_steady(f"/{name}\n") for name in paths if name not in pages))
    found = pages | {"files.txt": others} | _release(folder / "build")
    return {name: _steady(text) for name, text in found.items()}


def golden() -> dict[str, str]:
    """What the build is expected to make."""
    return {path.relative_to(EXPECTED).as_posix(): path.read_text() for path in EXPECTED.rglob("*") if path.is_file()}


def _release(build: Path) -> dict[str, str]:
    named = json.loads((build / "release.json").read_text())
    kept = {name: (build / "catalogue" / name).read_text() for name in [named["settings"], *named["shards"]]}
    shards = [json.loads(kept[name]) for name in named["shards"]]
    return {
        "release/chrome.html": (build / "catalogue" / named["chrome"]).read_text(),
        "release/settings.json": _readable(json.loads(kept[named["settings"]])),
        "release/variants.json": _readable({sku: variant for shard in shards for sku, variant in shard.items()}),
    }


def _readable(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _steady(text: str) -> str:
    return _YEAR.sub("© YEAR", _FINGERPRINT.sub(r"\1FINGERPRINT", text))
