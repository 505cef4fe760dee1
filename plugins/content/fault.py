"""Faults in the content: where, what is wrong, and what to write instead."""

from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar, runtime_checkable

from functions.shop.errors import ShopError

T = TypeVar("T")


class Position(NamedTuple):
    """A place in a file, counted from 1 as editors do."""

    line: int
    column: int


START = Position(1, 1)


class Mark(Protocol):
    """A place as the YAML parser counts it, from 0. A file has hundreds, and few are ever looked at."""

    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


@runtime_checkable
class Marked(Protocol):
    """Anything the YAML parser made."""

    start_mark: Mark


class Placed(Protocol):
    """Anything else that knows where in its file it stands."""

    @property
    def at(self) -> Position: ...


def position_of(thing: Marked) -> Position:
    """Where something in YAML stands, as editors count it."""
    mark = thing.start_mark
    return Position(mark.line + 1, mark.column + 1)


class Fault(NamedTuple):
    """One mistake; as text `path:line:column: field: what is wrong; what to write`."""

    path: str
    line: int
    column: int
    field: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.field}: {self.sentence}"


def file_name_fault(path: Path, sentence: str) -> Fault:
    """A fault of a file as a whole."""
    return Fault(path.as_posix(), *START, "file name", sentence)


class ContentFaults(ShopError, ValueError):
    """The content cannot be built. `faults` holds every mistake of every file, by path, line and column."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


class Report:
    """Where the checks of one file write down what they find, and which field they are looking at.

    `currency` is the one that prices are read in; empty while it is not known.
    """

    __slots__ = ("currency", "faults", "field", "fields", "path")

    def __init__(self, path: Path, faults: list[Fault] | None = None, currency: str = "", field: str = "") -> None:
        self.path, self.currency, self.field = path, currency, field
        self.faults: list[Fault] = [] if faults is None else faults
        self.fields: dict[str, Report] = {}

    def of(self, name: str) -> "Report":
        """The same report, for another field; there is one for each, however often it is asked for."""
        report = self.fields.get(name)
        if report is None:
            report = Report(self.path, self.faults, self.currency, name)
            report.fields = self.fields
            self.fields[name] = report
        return report

    def wrong(self, place: Placed | Marked | Position, sentence: str) -> T | None:
        """Write a fault down. Gives None, so that a reader can report and give up in one line."""
        line, column = _position(place)
        self.faults.append(Fault(self.path.as_posix(), line, column, self.field, sentence))
        return None


def _position(place: Placed | Marked | Position) -> Position:
    if isinstance(place, Position):
        return place
    return position_of(place) if isinstance(place, Marked) else place.at
