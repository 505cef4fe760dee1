"""Days as they are typed: `2026-12-24`."""

from datetime import date
from typing import Any

import click


class DayType(click.ParamType[str]):
    """A day of the calendar, as ISO 8601 writes it."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The same day, always written in the same way."""
        try:
            return date.fromisoformat(value.strip()).isoformat() if value else ""
        except ValueError:
            self.fail(f"{value!r} is not a day. Write it like 2026-12-24.", param, ctx)


DAY = DayType()
