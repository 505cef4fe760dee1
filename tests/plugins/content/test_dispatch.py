"""When a shop packs, as its owner writes it."""

from pathlib import Path

import pytest

from functions.shop.promise import Dispatch
from plugins.content.dispatch import DispatchFields, dispatch
from plugins.content.fault import Report
from plugins.content.folder import table_of

NO_WEEK = "names no days of the week; write mon, tue, wed, thu, fri, sat or sun, or a range like mon-sat"


def read(folder: Path, text: str) -> tuple[DispatchFields, list[str]]:
    path = folder / "shipping.yaml"
    path.write_text(text, encoding="utf-8")
    report = Report(path)
    table = table_of(report)
    assert table
    fields = DispatchFields(table, report)
    return fields, [str(fault).removeprefix(str(folder)) for fault in report.faults]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("cut_off: 14:00\npacking_days: mon-fri\n", Dispatch("14:00", (0, 1, 2, 3, 4))),
        ("cut_off: '24:00'\npacking_days: sat\n", Dispatch("24:00", (5,))),
        ("packing_days: Wed, mon-tue, sat, tue\n", Dispatch("24:00", (0, 1, 2, 5))),
        ("cut_off:\n", Dispatch("24:00", (0, 1, 2, 3, 4))),
    ],
)
def test_cut_off_and_packing_days_are_read(tmp_path: Path, written: str, expected: Dispatch) -> None:
    fields, faults = read(tmp_path, written)
    assert faults == []
    assert dispatch(fields) == expected


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("cut_off: 2pm\n", "1:10: cut_off: '2pm' is no time of day; write hours and minutes, like 14:00"),
        ("cut_off: 25:00\n", "1:10: cut_off: '25:00' is no time of day; write hours and minutes, like 14:00"),
        ("packing_days: mon, toe\n", f"1:15: packing_days: 'mon, toe' {NO_WEEK}"),
        ("packing_days: fri-mon\n", f"1:15: packing_days: 'fri-mon' {NO_WEEK}"),
        (
            "packing_days: [mon]\n",
            "1:15: packing_days: is a list, but must be a text; write one text after packing_days:",
        ),
        ("packing_day: mon\n", "1:1: packing_day: there is no such field; did you mean 'packing_days'?"),
    ],
)
def test_what_is_wrong_is_said_where_it_is(tmp_path: Path, written: str, fault: str) -> None:
    _, faults = read(tmp_path, written)
    assert faults == [f"/shipping.yaml:{fault}"]
