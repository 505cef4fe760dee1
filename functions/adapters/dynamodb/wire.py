"""Keys and items as DynamoDB's protocol has them. All values are texts or whole numbers."""

import hashlib
from collections.abc import Mapping
from typing import Any

Item = Mapping[str, Any]
_LONGEST = 500  # bytes of a name within a key, of which DynamoDB takes 1,024


def key(kind: str, name: str, sort: str = "") -> dict[str, str]:
    """Where an item is kept. `sort` is the kind itself where there is one item only."""
    return {"pk": f"{kind}#{short(name)}", "sk": sort or kind}


def short(name: str) -> str:
    """A name that fits into a key; one that does not, as somebody may write into an address, stands as its hash."""
    written = name.encode("utf-8", "surrogatepass")
    if len(written) <= _LONGEST and written.decode(errors="replace") == name:
        return name
    return f"sha256:{hashlib.sha256(written).hexdigest()}"


def place(moment: int, name: str) -> str:
    """A sort key by moment, then name; moments are 0 or later."""
    return f"{moment:020d}#{short(name)}"


def packed(item: Item) -> dict[str, dict[str, str]]:
    """An item with the type beside each value, as it is sent."""
    return {name: {"N": str(value)} if isinstance(value, int) else {"S": value} for name, value in item.items()}


def plain(item: Item) -> dict[str, Any]:
    """An item that came, without types."""
    return {name: int(value["N"]) if "N" in value else value["S"] for name, value in item.items()}
