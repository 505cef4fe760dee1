"""Whether somebody answers now: the module that tells it, in a real browser, at many moments."""

import base64
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

SCRIPT = Path(__file__).parents[2] / "theme" / "static" / "js" / "hours.js"
WORDS = {
    "open": "Open now until {time}",
    "always": "Open now",
    "today": "Closed now, opens at {time}",
    "tomorrow": "Closed now, opens tomorrow {time}",
    "day": "Closed now, opens {day} {time}",
    "date": "Closed now, opens {day} {date}, {time}",
    "away": "Closed until {day} {date}, {time}: {message}",
}
DUBLIN = {"zone": "Europe/Dublin", "locale": "en-IE", "week": "0-4 09:00-17:00, 5-5 10:00-14:00", "closed": ""}
CHRISTMAS = DUBLIN | {"closed": "2026-12-22 2026-12-27 Gone to see family\n2027-01-01 2027-01-01 New Year’s Day\n"}
SILENT = DUBLIN | {"closed": "2026-11-24 2026-11-25 \n"}
NIGHT = DUBLIN | {"week": "4-5 18:00-24:00, 6-6 00:00-02:00"}
ALWAYS = DUBLIN | {"week": "0-6 00:00-24:00"}
BREAK = DUBLIN | {"week": "0-4 09:00-12:30, 0-4 13:30-17:00"}
NEVER = DUBLIN | {"week": ""}
NEW_YORK = DUBLIN | {"zone": "America/New_York"}
GERMAN = DUBLIN | {"locale": "de-DE"}

MOMENTS = [
    # 24 November 2026 is a Tuesday; Dublin is on UTC in winter and an hour ahead in summer.
    (DUBLIN, "2026-11-24T09:00:00Z", "Open now until 17:00"),
    (DUBLIN, "2026-11-24T16:59:59Z", "Open now until 17:00"),
    (DUBLIN, "2026-11-24T17:00:00Z", "Closed now, opens tomorrow 09:00"),
    (DUBLIN, "2026-11-24T08:59:59Z", "Closed now, opens at 09:00"),
    (DUBLIN, "2026-11-24T00:00:00Z", "Closed now, opens at 09:00"),
    (DUBLIN, "2026-11-28T13:59:00Z", "Open now until 14:00"),
    (DUBLIN, "2026-11-28T14:00:00Z", "Closed now, opens Mon 09:00"),
    (DUBLIN, "2026-11-29T12:00:00Z", "Closed now, opens tomorrow 09:00"),
    (GERMAN, "2026-11-28T14:00:00Z", "Closed now, opens Mo 09:00"),
    # In summer nine o'clock in Dublin is eight o'clock UTC.
    (DUBLIN, "2026-07-07T08:00:00Z", "Open now until 17:00"),
    (DUBLIN, "2026-07-07T16:00:00Z", "Closed now, opens tomorrow 09:00"),
    # Clocks go forward on 29 March 2026 and back on 25 October 2026, both Sundays, at one o'clock UTC.
    (DUBLIN, "2026-03-29T00:59:00Z", "Closed now, opens tomorrow 09:00"),
    (DUBLIN, "2026-03-30T08:00:00Z", "Open now until 17:00"),
    (DUBLIN, "2026-03-30T07:59:00Z", "Closed now, opens at 09:00"),
    (DUBLIN, "2026-10-25T23:30:00Z", "Closed now, opens tomorrow 09:00"),
    (DUBLIN, "2026-10-26T08:30:00Z", "Closed now, opens at 09:00"),
    (DUBLIN, "2026-10-26T09:00:00Z", "Open now until 17:00"),
    # Another zone has another day at the same moment.
    (NEW_YORK, "2026-11-24T02:00:00Z", "Closed now, opens tomorrow 09:00"),
    (NEW_YORK, "2026-11-24T14:00:00Z", "Open now until 17:00"),
    (NEW_YORK, "2026-03-09T13:00:00Z", "Open now until 17:00"),
    (NEW_YORK, "2026-03-06T13:30:00Z", "Closed now, opens at 09:00"),
    # Closures: before, in, at the end of, and after them; one that says nothing; two with a working day between.
    (CHRISTMAS, "2026-12-21T16:30:00Z", "Open now until 17:00"),
    (CHRISTMAS, "2026-12-21T17:00:00Z", "Closed now, opens Mon 28 Dec, 09:00"),
    (CHRISTMAS, "2026-12-22T00:00:00Z", "Closed until Mon 28 Dec, 09:00: Gone to see family"),
    (CHRISTMAS, "2026-12-27T23:59:00Z", "Closed until Mon 28 Dec, 09:00: Gone to see family"),
    (CHRISTMAS, "2026-12-28T00:00:00Z", "Closed now, opens at 09:00"),
    (CHRISTMAS, "2026-12-31T18:00:00Z", "Closed now, opens Sat 10:00"),
    (CHRISTMAS, "2027-01-01T12:00:00Z", "Closed until Sat 2 Jan, 10:00: New Year’s Day"),
    (SILENT, "2026-11-24T12:00:00Z", "Closed now, opens Thu 09:00"),
    (SILENT, "2026-11-25T12:00:00Z", "Closed now, opens tomorrow 09:00"),
    # Midnight: the end of a day, a night that runs on into the next one, the turn of the week, and no end at all.
    (NIGHT, "2026-11-27T23:59:00Z", "Open now until 24:00"),
    (NIGHT, "2026-11-28T23:00:00Z", "Open now until 02:00"),
    (NIGHT, "2026-11-29T01:59:00Z", "Open now until 02:00"),
    (NIGHT, "2026-11-29T02:00:00Z", "Closed now, opens Fri 18:00"),
    (ALWAYS, "2026-11-29T03:00:00Z", "Open now"),
    # A break at noon.
    (BREAK, "2026-11-24T12:29:00Z", "Open now until 12:30"),
    (BREAK, "2026-11-24T12:30:00Z", "Closed now, opens at 13:30"),
    (BREAK, "2026-11-24T13:30:00Z", "Open now until 17:00"),
    (BREAK, "2026-11-24T17:00:00Z", "Closed now, opens tomorrow 09:00"),
    (NEVER, "2026-11-24T12:00:00Z", ""),
]  # fmt: skip


@pytest.fixture(scope="module")
def tell(chromium: Browser) -> Iterator[Callable[[str, dict[str, str]], str]]:
    """What the module's sentence says at a moment, of a timetable."""
    page = chromium.new_page()
    module = "data:text/javascript;base64," + base64.b64encode(SCRIPT.read_bytes()).decode()
    page.evaluate("async (module) => { window.hours = await import(module) }", module)
    yield lambda moment, table: str(
        page.evaluate("([moment, table]) => hours.sentence(new Date(moment), table)", [moment, table])
    )
    page.close()


@pytest.mark.parametrize(("table", "moment", "said"), MOMENTS)
def test_it_is_told_by_the_shops_own_clock(
    tell: Callable[[str, dict[str, str]], str], table: dict[str, str], moment: str, said: str
) -> None:
    assert tell(moment, table | WORDS) == said


def test_the_words_are_those_of_the_page(tell: Callable[[str, dict[str, str]], str]) -> None:
    table = GERMAN | {"open": "Jetzt erreichbar bis {time} Uhr"}
    assert tell("2026-11-24T12:00:00Z", table) == "Jetzt erreichbar bis 17:00 Uhr"
