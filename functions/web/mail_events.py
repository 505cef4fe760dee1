"""Mail events: the entry for what SES tells, as a Lambda function behind an SQS queue that EventBridge or SNS fills."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from functions.ports import MailEvent
from functions.shop.errors import ShopError

_log = logging.getLogger("pouch")
Handler = Callable[[Mapping[str, Any], object], Mapping[str, Any]]


def handler(read: Callable[[object], MailEvent | None], note: Callable[[MailEvent], None]) -> Handler:
    """The function that AWS calls with some records of the queue. Those that cannot be noted now come again, alone:
    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html.
    """

    def handle(event: Mapping[str, Any], _: object) -> Mapping[str, Any]:
        failed = []
        for record in event["Records"]:
            try:
                if news := read(record):
                    note(news)
            except ShopError as error:
                _log.error("What became of a mail has to be told again: %s", error)
                failed.append({"itemIdentifier": record["messageId"]})
        return {"batchItemFailures": failed}

    return handle
