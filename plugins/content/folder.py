"""The files of one folder in the content, each with its report."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from plugins.content.address import report_slug
from plugins.content.fault import START, Fault, Report
from plugins.content.front_matter import Document, read_table, take_apart
from plugins.content.suggestion import did_you_mean
from plugins.content.text_file import read_text
from plugins.content.yaml_nodes import Table


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where content is read from, and what all its files share: the faults found so far, and the currency."""

    root: Path
    faults: list[Fault]
    currency: str = ""

    def report(self, path: Path) -> Report:
        """The report of one file."""
        return Report(path, self.faults, self.currency)

    def documents(self, folder: str) -> Iterator[tuple[Report, Document | None]]:
        """Every Markdown file of a folder by name; without a document when it could not be understood."""
        for path in _visible(self.root / folder):
            report = self.report(path)
            if path.suffix == ".md":
                report_slug(path, report)
                text = read_text(path, report.of("front matter"))
                yield report, None if text is None else take_apart(text, report.of("front matter"))
            else:
                report.of("file name").wrong(
                    START, "is not read; only files ending in .md belong here, move it elsewhere"
                )

    def table(self, name: str) -> tuple[Report, Table | None]:
        """The fields of one of the shop's YAML files."""
        path = self.root / "shop" / name
        report = self.report(path)
        if not path.is_file():
            report.of("file").wrong(START, "the file is missing; the handbook shows what belongs in it")
            return report, None
        text = read_text(path, report.of("file"))
        return report, None if text is None else read_table(text, report.of("file"))

    def report_unknown(self, known: tuple[str, ...]) -> None:
        """Report files in shop/ that nobody reads, for they may be misspelt."""
        for path in _visible(self.root / "shop"):
            if path.name not in known:
                sentence = f"there is no such file in a shop; {did_you_mean(path.name, known)}"
                self.report(path).of("file name").wrong(START, sentence)


def _visible(folder: Path) -> list[Path]:
    """What is in a folder by name, without what editors and systems leave there."""
    files = folder.iterdir() if folder.is_dir() else ()
    return sorted(path for path in files if not path.name.startswith((".", "#")) and not path.name.endswith("~"))
