"""Parts of countries, by their postcodes or regions."""

from functions.shop.area import Area
from plugins.content.country import country
from plugins.content.fault import Report
from plugins.content.fields import Record, items, needed, optional, table
from plugins.content.values import line
from plugins.content.yaml_nodes import Node


def postcodes(node: Node, report: Report) -> str | None:
    """A reader of the beginning of postcodes, such as `BT` or `35`."""
    written = line(node, report)
    return written and written.upper().replace(" ", "")


class AreaFields(Record):
    """A part of one country."""

    country = needed(country, "write country: and its code, like ES")
    postcodes = optional(items(postcodes, '["35", "38"]'), ())
    regions = optional(table(line, "{AK: Alaska, HI: Hawaii}"), {})

    @property
    def area(self) -> Area:
        """The area of fields that have no fault."""
        return Area(self.country, (*self.regions,), self.postcodes)


def report_area(fields: AreaFields) -> None:
    """Report a part that is none."""
    if "postcodes" not in fields.entries and "regions" not in fields.entries:
        sentence = "is missing; write postcodes: and how they begin, or regions: and their codes with their names"
        fields.wrong("postcodes", sentence)
