"""Queues: the entry for news that comes in records of an SQS queue, as a Lambda function that AWS calls with them."""

import logging
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from functions.shop.errors import EventRefused, ShopError

_log = logging.getLogger("pouch")
T = TypeVar("T")
Handler = Callable[[Mapping[str, Any], object], Mapping[str, Any]]


def handler(read: Callable[[Mapping[str, Any]], T | None], act: Callable[[T], object]) -> Handler:
    """The function that AWS calls with some records of a queue; `read` gives None for what is of no concern.

    Those that cannot be dealt with now come again, alone
    (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html); what is refused does not.
    """

    def handle(event: Mapping[str, Any], _: object) -> Mapping[str, Any]:
        failed = [record["messageId"] for record in event["Records"] if not _done(record, read, act)]
        return {"batchItemFailures": [{"itemIdentifier": name} for name in failed]}

    return handle


def _done(record: Mapping[str, Any], read: Callable[[Mapping[str, Any]], T | None], act: Callable[[T], object]) -> bool:
    try:
        news = read(record)
        if news is not None:
            act(news)
    except EventRefused as error:
        _log.warning("News was refused: %s", error)
    except ShopError as error:
        _log.error("News has to be told again: %s", error)
        return False
    return True
