"""Mail events: the entry for what SES tells, as a Lambda function behind an SQS queue that EventBridge or SNS fills."""

from collections.abc import Callable, Mapping
from typing import Any

from functions import log
from functions.ports import MailEvent
from functions.shop.errors import ShopError

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
                log.note(log.Event.FATE_UNKNOWN, error=error)
                failed.append({"itemIdentifier": record["messageId"]})
        return {"batchItemFailures": failed}

    return handle
