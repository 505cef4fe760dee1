"""Which fields a thing has, said once: a name, how its value is read, and whether it must be there.

    class PageFields(Record):
        title = needed(line)
        order = optional(whole_number, 0)

`PageFields(table, report)` reads them all and reports each missing, unknown or wrong one.
"""

from collections.abc import Callable
from functools import partial
from typing import Generic, NamedTuple, TypeVar, cast, overload

from plugins.content.fault import Mark, Position, Report, position_of
from plugins.content.shape import accepts, shape_of
from plugins.content.suggestion import did_you_mean, nearest
from plugins.content.yaml_nodes import NULL, Entry, Items, Node, Table, Text, is_empty

T = TypeVar("T")
R = TypeVar("R", bound="Record")
Reader = Callable[[Node, Report], T | None]
"""Reads a node. None means that it could not, and that the report says why."""


class Reference(NamedTuple):
    """What a field names, and where; `name` is the value."""

    field: str
    name: str
    line: int
    column: int

    @property
    def at(self) -> Position:
        return Position(self.line, self.column)


def reference(field: str, name: str, mark: Mark) -> Reference:
    """A reference to what is named at a mark."""
    return quick_reference((field, name, mark.line + 1, mark.column + 1))


quick_reference: Callable[[tuple[str, str, int, int]], Reference] = partial(tuple.__new__, Reference)
"""Makes the same as Reference(*named) at a third of the cost."""


class Field(Generic[T]):
    """One field of a Record; on an instance it is the value that was read."""

    def __init__(self, read: Reader[T], blank: T | None, *, is_needed: bool, advice: str = "") -> None:
        self.read, self.blank, self.is_needed, self.advice = read, blank, is_needed, advice
        self.name = self.attribute = ""

    def __set_name__(self, owner: type["Record"], name: str) -> None:
        self.attribute, self.name = name, name.removesuffix("_")  # `from_` reads `from`, which Python keeps for itself
        owner.fields = {**owner.fields, self.name: cast("Field[object]", self)}
        owner.blanks = {**owner.blanks, name: self.blank}
        owner.needed = owner.needed | ({self.name} if self.is_needed else set())

    @overload
    def __get__(self, record: None, owner: type) -> "Field[T]": ...
    @overload
    def __get__(self, record: "Record", owner: type) -> T: ...
    def __get__(self, record: "Record | None", owner: type) -> "Field[T] | T":
        """For the class and for types only: what an instance holds under the same name goes before a field."""
        if record is None:
            return self
        raise AttributeError(self.name)


def needed(read: Reader[T], advice: str = "") -> Field[T]:
    """A field that must be there; `advice` says what to write when it is not."""
    return Field(read, None, is_needed=True, advice=advice)


def optional(read: Reader[T], blank: object) -> Field[T]:
    """A field that may be left out, and then is `blank`, which must be of the reader's type."""
    return Field(read, cast("T", blank), is_needed=False)


def perhaps(read: Reader[T]) -> Field[T | None]:
    """A field that may be left out, and then is None."""
    return Field(read, None, is_needed=False)


class Record:
    """A table read field by field. A needed field that could not be read is None: ask `has` before building on it.

    A list with faulty items keeps the others, so that each of them is checked further in the same run.
    """

    fields: dict[str, Field[object]] = {}  # noqa: RUF012 (each subclass gets its own from __set_name__)
    blanks: dict[str, object] = {}  # noqa: RUF012 (as above)
    needed: frozenset[str] = frozenset()
    meant: frozenset[str] = frozenset()
    """The fields that misspelt ones were meant to be: they are not missing as well."""

    def __init__(self, table: Table, report: Report, start: Position | None = None) -> None:
        self.__dict__ = self.blanks.copy()
        self.start = start or table
        self.report = report
        self.entries: dict[str, Entry] = {}
        self.faulty: frozenset[str] = frozenset()
        self._read(table.value, report)
        if not self.entries.keys() >= self.needed:
            self._report_missing()

    def has(self, *names: str) -> bool:
        """Whether all these fields were written, and without any fault."""
        entries, faulty = self.entries, self.faulty
        for name in names:  # noqa: SIM110 (asked of every product many times, and a generator takes twice as long)
            if name not in entries or name in faulty:
                return False
        return True

    @property
    def at(self) -> Position:
        """Where the table stands."""
        return self.start if isinstance(self.start, Position) else position_of(self.start)

    def wrong_name(self, name: str, sentence: str) -> None:
        """Report a fault at the name of a field."""
        self.report.of(name).wrong(self.key(name), sentence)

    def place(self, name: str) -> Position:
        """Where the value of a field stands; the start of the table when it is missing."""
        return position_of(self.entries[name][1]) if name in self.entries else self.at

    def key(self, name: str) -> Position:
        """Where the name of a field stands; the start of the table when it is missing."""
        return position_of(self.entries[name][0]) if name in self.entries else self.at

    def references(self, name: str) -> tuple["Reference", ...]:
        """The text of a field, or each in its list of texts, with its place; none when the field has a fault."""
        if name not in self.entries or name in self.faulty:
            return ()
        node, value = self.entries[name][1], self.__dict__[name]
        if type(node) is Text:
            return (reference(name, value, node.start_mark),)
        return tuple([reference(name, one, item.start_mark) for one, item in zip(value, node.value, strict=True)])

    def wrong(self, name: str, sentence: str) -> None:
        """Report a fault at the value of a field."""
        self.report.of(name).wrong(self.place(name), sentence)

    def _read(self, table: list[Entry], report: Report) -> None:
        fields, values, entries, faults, outer = self.fields, self.__dict__, self.entries, report.faults, report.field
        for entry in table:
            name, node = entry[0].value, entry[1]
            report.field, field = name, fields.get(name)
            if field is None:
                report.wrong(entry[0], f"there is no such field; {did_you_mean(name, fields)}")
                self.meant |= {nearest(name, fields)}
            elif field.is_needed or not (type(node) is Text and node.value in NULL and is_empty(node)):
                entries[name] = entry  # what is left empty counts as left out
                found_before = len(faults)
                if (value := field.read(node, report)) is not None:
                    values[field.attribute] = value
                if len(faults) != found_before:
                    self.faulty |= {name}
        report.field = outer

    def _report_missing(self) -> None:
        for name in self.needed - self.entries.keys() - self.meant:
            sentence = f"is missing; {self.fields[name].advice or f'write {name}: and its value'}"
            self.report.of(name).wrong(self.at, sentence)


def record(kind: type[R]) -> Reader[R]:
    """A reader of tables with the fields of `kind`."""

    @accepts({"record": kind})
    def read(node: Node, report: Report) -> R | None:
        if isinstance(node, Table):
            return kind(node, report)
        example = ", ".join(f"{name}: ..." for name, field in kind.fields.items() if field.is_needed)
        return report.wrong(node, f"is no set of fields; write {{{example}}}")

    return read


def items(read: Reader[T], example: str) -> Reader[tuple[T, ...]]:
    """A reader of lists with at least one item."""

    @accepts({"type": "array", "minItems": 1, "of": shape_of(read)})
    def read_all(node: Node, report: Report) -> tuple[T, ...] | None:
        if not isinstance(node, Items):
            return report.wrong(node, f"is no list; write {example}")
        if not node.value:
            return report.wrong(node, f"is an empty list; write {example}")
        return tuple([value for item in node.value if (value := read(item, report)) is not None])

    return read_all


def table(read: Reader[T], example: str) -> Reader[dict[str, T]]:
    """A reader of tables with names of the owner's choice."""

    @accepts({"type": "object", "of": shape_of(read)})
    def read_all(node: Node, report: Report) -> dict[str, T] | None:
        if not isinstance(node, Table):
            return report.wrong(node, f"needs names and values; write {example}")
        values: dict[str, T] = {}
        field = report.field
        for name, item in node.value:
            report.field = name.value
            if (value := read(item, report)) is not None:
                values[name.value] = value
        report.field = field
        return values

    return read_all
