"""Downloads: the files in content/files/ that products are, and which of them are missing."""

from collections.abc import Collection, Iterator

from plugins.content.fault import Fault, Report
from plugins.content.reading import Reading
from plugins.content.shape import accepts, text_like
from plugins.content.suggestion import did_you_mean
from plugins.content.values import text
from plugins.content.yaml_nodes import Node

_SIGNS = r"[^/\\\x00-\x1f]+"


@accepts(text_like(_SIGNS, "yes", "no", "map.pdf"))
def file_or_not(node: Node, report: Report) -> bool | str | None:
    """A reader of `yes`, `no` and the name of a file in content/files/."""
    found = text(node, report)
    if found is None:
        return None
    if found in {"yes", "no"}:
        return found == "yes"
    if "." not in found or "/" in found or "\\" in found:
        return report.wrong(node, f"{found!r} is not possible; write yes, no or the name of a file in content/files/")
    return found


def download_faults(products: Collection[Reading[object]], files: Collection[str]) -> Iterator[Fault]:
    """Products that are a file which is not there."""
    for product in products:
        for named in product.references.files:
            if named.name not in files:
                advice = did_you_mean(named.name, files)
                yield product.fault(named, f"there is no {named.name!r} in content/files/; {advice}")
