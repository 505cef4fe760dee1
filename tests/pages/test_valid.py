"""Every page is valid HTML to the checker of the W3C (Nu Html Checker, npm `vnu-jar`)."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.node_tools import package

_HARMLESS = ("Trailing slash on void elements",)
"""What the checker only remarks upon, in texts made by the Markdown engine."""


def checker() -> list[str]:
    """What starts the checker. Without Java a test is skipped; in the pipeline it fails."""
    jar = package("vnu-jar") / "build" / "dist" / "vnu.jar"
    if shutil.which("java") is None:
        missing = "Java is missing. On Debian and Ubuntu: apt install default-jre-headless"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    return ["java", "-Xmx512m", "-jar", str(jar), "--format", "json", "--exit-zero-always"]


def remarks(pages: dict[str, str], folder: Path) -> list[str]:
    """What the checker says about pages, one remark a line."""
    names = {}
    for number, (name, page) in enumerate(pages.items()):
        path = folder / f"{number}.html"
        path.write_text(page, encoding="utf-8")
        names[path.as_uri().replace("file:///", "file:/")] = name
    done = subprocess.run([*checker(), str(folder)], check=True, capture_output=True, text=True)
    return [
        f"{names[said['url']]}:{said['lastLine']}: {said['message']}"
        for said in json.loads(done.stderr)["messages"]
        if not said["message"].startswith(_HARMLESS)
    ]


@pytest.mark.slow
def test_every_page_is_valid(pages: dict[str, str], tmp_path: Path) -> None:
    assert remarks(pages, tmp_path) == []


@pytest.mark.slow
def test_the_checker_finds_what_it_is_there_for(tmp_path: Path) -> None:
    page = '<!doctype html>\n<html lang="en">\n<head><title>x</title></head>\n<body><ul><p>no</p></ul></body></html>'
    found = remarks({"/broken": page}, tmp_path)
    assert [line.split(" in this context")[0] for line in found] == [
        "/broken:4: Element “p” not allowed as child of element “ul”"
    ]
