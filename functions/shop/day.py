"""Days: texts such as `2027-05-12` (ISO 8601), which sort as they follow each other."""

from datetime import date, timedelta


def day_text(day: str) -> str:
    """The day as people write it: `12 May 2027`."""
    found = date.fromisoformat(day)
    return f"{found.day} {found:%B %Y}"


def day_after(day: str) -> str:
    """The next day."""
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
