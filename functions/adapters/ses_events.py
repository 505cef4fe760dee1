"""What SES tells of a mail: the event as EventBridge or SNS brings it, and what it means for whom it belongs to.

https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
"""

import json
from collections.abc import Mapping
from typing import Any

from functions.adapters.ses_tags import untagged
from functions.ports import MailEvent
from functions.shop.message import Fate

_FATES = {"Delivery": Fate.DELIVERED, "Complaint": Fate.COMPLAINED}


def read_event(record: object) -> MailEvent | None:
    """The news in a record from EventBridge, SQS or SNS, whichever wraps it; None when it is of no concern to us.

    A bounce counts when it is permanent, an address that SES suppresses included; what SES may still deliver later
    (`Transient`, `Undetermined`, a delay) says nothing yet.
    """
    event = _unwrapped(record)
    kind = event.get("eventType") or event.get("notificationType")
    fate = Fate.BOUNCED if _bounced(kind, event) else _FATES.get(str(kind))
    tags = untagged(_table(_table(event.get("mail")).get("tags")))
    if fate is None or not tags:
        return None
    return MailEvent(fate, tags.get("order", ""), tags.get("message", ""), tags.get("notice", ""))


def _bounced(kind: object, event: Mapping[str, Any]) -> bool:
    return kind == "Bounce" and _table(event.get("bounce")).get("bounceType") == "Permanent"


def _unwrapped(record: object) -> Mapping[str, Any]:
    """The event itself: SQS has it as `body`, SNS as `Message`, both as text, and EventBridge as `detail`."""
    for _ in range(4):
        table = _table(record)
        inner = next((table[name] for name in ("body", "Sns", "Message", "detail") if name in table), None)
        if inner is None:
            return table
        record = _parsed(inner) if isinstance(inner, str) else inner
    return {}


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
