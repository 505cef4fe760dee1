"""What browsers know of the shop's hours."""

from dataclasses import replace

from functions.shop.settings import Closure, Hours
from plugins.timetable import timetable_script
from tests.small_shop import SETTINGS

OPEN = replace(
    SETTINGS,
    time_zone="Europe/Dublin",
    locale="en-IE",
    hours=(Hours("Mon–Fri", "09:00", "17:00", 0, 4), Hours("Sat", "10:00", "14:00", 5, 5)),
    closures=(Closure("2026-12-24", "2027-01-03", "Gone – till “Monday”"), Closure("2026-11-23", "2026-11-23", "Over")),
)


def test_hours_and_closures_to_come_are_one_small_script() -> None:
    assert timetable_script(OPEN, "2026-11-24") == (
        'export const timetable = {"zone": "Europe/Dublin", "locale": "en-IE", '
        '"week": "0-4 09:00-17:00, 5-5 10:00-14:00", '
        '"closed": "2026-12-24 2027-01-03 Gone – till “Monday”"};\n'
    )
