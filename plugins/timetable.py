"""The shop's hours and closures as the browser has them, so that a page of any age tells whether somebody answers now.

It is one small script that pages draw in when such a line comes near (theme/static/js/answers.js).
"""

import json

from functions.shop.settings import Settings
from plugins.closures import to_come


def timetable_script(settings: Settings, today: str) -> str:
    """The script for a day (ISO 8601). Weekdays count from Monday, 0; a closure is a line: first day, last day, why."""
    table = {
        "zone": settings.time_zone,
        "locale": settings.locale,
        "week": ", ".join(f"{span.first}-{span.last} {span.opens}-{span.closes}" for span in settings.hours),
        "closed": "\n".join(
            f"{closure.first} {closure.last} {closure.message}" for closure in to_come(settings.closures, today)
        ),
    }
    return f"export const timetable = {json.dumps(table, ensure_ascii=False)};\n"
