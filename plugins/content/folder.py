"""The files of a content folder: which are read, and which should not be there."""

import os
from pathlib import Path
from typing import NamedTuple

from plugins.content.fault import START, Fault, Report, file_name_fault
from plugins.content.front_matter import read_table
from plugins.content.suggestion import did_you_mean
from plugins.content.text_file import read_text
from plugins.content.yaml_nodes import Table

SOLD_FILES = "files"
"""The folder of what customers download; it is never published."""
SHOP_FILES = ("shop.yaml", "shipping.yaml", "tax.yaml", "promotions.yaml")


class Files(NamedTuple):
    """Every Markdown file by its kind and name, the faults of files that are none of the shop's, and the names of those
    that are sold.

    Paths are texts with slashes: there may be very many, and few are opened.
    """

    products: tuple[str, ...]
    collections: tuple[str, ...]
    pages: tuple[str, ...]
    journal: tuple[str, ...]
    faults: tuple[Fault, ...]
    sold: frozenset[str] = frozenset()


def files_of(root: Path) -> Files:
    """What there is to read below `root`. A missing folder is an empty one."""
    seen = {folder: _visible(root / folder) for folder in ("products", "collections", "pages", "journal")}
    markdown = {folder: tuple([path for path in paths if path.endswith(".md")]) for folder, paths in seen.items()}
    others = [path for paths in seen.values() for path in paths if not path.endswith(".md")]
    unknown = [path for path in map(Path, _visible(root / "shop")) if path.name not in SHOP_FILES]
    sold = frozenset(path.name for path in map(Path, _visible(root / SOLD_FILES)) if path.is_file())
    return Files(**markdown, faults=(*map(_not_read, others), *map(_unknown, unknown)), sold=sold)


def _not_read(path: str) -> Fault:
    return file_name_fault(Path(path), "is not read; only files ending in .md belong here, move it elsewhere")


def _unknown(path: Path) -> Fault:
    return file_name_fault(path, f"there is no such file in a shop; {did_you_mean(path.name, SHOP_FILES)}")


def table_of(report: Report) -> Table | None:
    """The fields of the report's file, one of the shop's; None when there are none, and then the report says why."""
    report = report.of("file")
    if not report.path.is_file():
        return report.wrong(START, "the file is missing; the handbook shows what belongs in it")
    text = read_text(report.path, report)
    return None if text is None else read_table(text, report)


def _visible(folder: Path) -> list[str]:
    """What is in a folder by name, without what editors and systems leave there."""
    names = sorted(os.listdir(folder)) if folder.is_dir() else ()  # noqa: PTH208 (a path for each takes five times as long)
    inside = folder.as_posix()
    return [f"{inside}/{name}" for name in names if name[0] not in ".#" and name[-1] != "~"]
