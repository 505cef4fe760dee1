"""The function at AWS that sends what is due, told of an order by another one that has no time for mails.

It is told as an event, which nobody waits for: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html. Should
that be lost, the mails stay due, and the reconciler's next round finds them.
"""

import json

from functions.adapters.aws.answers import AwsFailed, Refused
from functions.adapters.aws.channel import Channel
from functions.adapters.aws.channel import connect as connect_to
from functions.adapters.aws.signing import Call
from functions.adapters.lines import CONNECT
from functions.deadline import time_for_others
from functions.shop.errors import BadSetting, MailFailed

READ = 1  # second for an answer, which is no more than that the event is taken (R35)
TRIES = 2  # for a second event does no harm, and a line may have ended while nobody used it


def connect() -> Channel:
    """A channel for the region and with the rights that AWS's own settings say."""
    return connect_to("lambda", "lambda.{region}")


class MailFunction:
    """The function behind an alias, by its ARN: `arn:aws:lambda:eu-central-1:123456789012:function:due:live`.

    Raises BadSetting when it is none.
    """

    def __init__(self, channel: Channel, alias: str) -> None:
        *_, name, qualifier = ["", "", *alias.split(":")]
        if not (name and qualifier):
            raise BadSetting(f"MAIL_FUNCTION is {alias!r}. Write the ARN of an alias of the function that sends mails.")
        self._channel = channel
        self._path, self._query = f"/2015-03-31/functions/{name}/invocations", f"Qualifier={qualifier}"

    def tell(self, order_id: str) -> None:
        """Have the due mails of an order sent in a moment. Raises MailFailed when nobody could be told in time."""
        headers = {"content-type": "application/json", "x-amz-invocation-type": "Event"}
        call = Call("POST", self._path, headers, json.dumps({"order": order_id}).encode(), self._query)
        code = "NoTime"
        for _ in range(TRIES):
            if time_for_others() < CONNECT + READ:
                break
            try:
                self._channel.send(call, read=READ)
            except AwsFailed as error:
                code = error.code
                if isinstance(error, Refused) and not error.passes:
                    break
            else:
                return
        raise MailFailed(f"The function that sends mails could not be told: {code}.")
