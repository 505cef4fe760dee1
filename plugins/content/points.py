"""What customers get for what they buy, as promotions.yaml says."""

from functions.shop.points import Points
from plugins.content.fields import Record, needed
from plugins.content.values import amount


class PointsFields(Record):
    """So much back for every so much of goods."""

    per = needed(amount, "write per: and for how much of goods customers get something back, like 1.00")
    worth = needed(amount, "write worth: and how much they get back for that, like 0.05")


def report_points(fields: PointsFields) -> None:
    """Report amounts of which nothing can come. Without a currency no amount is known."""
    if not fields.report.currency or fields.per is None or fields.worth is None:
        return
    if not fields.per:
        fields.wrong("per", "is nothing; write for how much of goods customers get something back, like 1.00")
    elif not fields.worth:
        fields.wrong("worth", "is nothing; write how much customers get back, or delete points:")
    elif fields.worth >= fields.per:
        fields.wrong("worth", "is not below per, so everything would be free in the end; write less, like 0.05")


def points(fields: PointsFields | None) -> Points | None:
    """The rule of a file that has no fault."""
    return Points(fields.per, fields.worth) if fields else None
