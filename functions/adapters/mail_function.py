"""The function at AWS that sends what is due, told of an order by another one that has no time for mails.

It is told as an event, which nobody waits for: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html. Should
that be lost, the mails stay due, and the reconciler's next round finds them.
"""

import json

from functions.adapters.aws.answers import AwsFailed
from functions.adapters.aws.channel import Channel
from functions.adapters.aws.channel import connect as connect_to
from functions.adapters.aws.signing import Call
from functions.shop.errors import MailFailed

READ = 2  # seconds (R35)


def connect() -> Channel:
    """A channel for the region and with the rights that AWS's own settings say."""
    return connect_to("lambda", "lambda.{region}")


class MailFunction:
    """The function behind an alias, by its ARN: `arn:aws:lambda:eu-central-1:123456789012:function:due:live`."""

    def __init__(self, channel: Channel, alias: str) -> None:
        *_, name, qualifier = alias.split(":")
        self._channel, self._path, self._query = (
            channel,
            f"/2015-03-31/functions/{name}/invocations",
            f"Qualifier={qualifier}",
        )

    def tell(self, order_id: str) -> None:
        """Have the due mails of an order sent in a moment. Raises MailFailed when nobody could be told."""
        headers = {"content-type": "application/json", "x-amz-invocation-type": "Event"}
        call = Call("POST", self._path, headers, json.dumps({"order": order_id}).encode(), self._query)
        try:
            self._channel.send(call, read=READ)
        except AwsFailed as error:
            raise MailFailed(f"The function that sends mails could not be told: {error.code}.") from None
