"""Queues: the entry for news that comes in records of an SQS queue, as a Lambda function that AWS calls with them."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from functions import log
from functions.deadline import answering
from functions.shop.errors import EventRefused, ShopError

T = TypeVar("T")
Handler = Callable[[Mapping[str, Any], object], Mapping[str, Any]]


def handler(read: Callable[[Mapping[str, Any]], T | None], act: Callable[[T], object]) -> Handler:
    """The function that AWS calls with some records of a queue; `read` gives None for what is of no concern.

    Those that cannot be dealt with now come again, alone
    (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html); what is refused does not. All of
    them together have one deadline.
    """

    def handle(event: Mapping[str, Any], _: object) -> Mapping[str, Any]:
        with answering():
            failed = [record["messageId"] for record in event["Records"] if not _done(record, read, act)]
        return {"batchItemFailures": [{"itemIdentifier": name} for name in failed]}

    return handle


def _done(record: Mapping[str, Any], read: Callable[[Mapping[str, Any]], T | None], act: Callable[[T], object]) -> bool:
    try:
        news = read(record)
        if news is not None:
            act(news)
    except EventRefused as error:
        log.note(log.Event.NEWS_REFUSED, error=error)
    except ShopError as error:
        log.note(log.Event.NEWS_WAITS, error=error)
        return False
    except Exception as error:  # whatever is wrong with one record must not bring all others again
        log.note(log.Event.FAILED, error=error)
        return False
    return True
