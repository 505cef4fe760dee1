"""Mail through Amazon SES, version 2 of its API: https://docs.aws.amazon.com/ses/latest/APIReference-V2/.

Mails go as they would by SMTP, so that all of their headers are ours, but for two that SES writes anew: Message-ID and
Date. What becomes of them it tells as events of the configuration set (see ses_events.py).
"""

import base64
import json

from functions.adapters.aws.answers import AwsFailed
from functions.adapters.aws.channel import Channel
from functions.adapters.aws.channel import connect as connect_to
from functions.adapters.aws.signing import Call
from functions.adapters.envelope import envelop, parse_sender
from functions.adapters.lines import CONNECT
from functions.adapters.ses_tags import tagged
from functions.deadline import time_for_others
from functions.ports import Clock, Letter, Stream
from functions.shop.errors import MailFailed

READ = 2  # seconds (R35)


def connect() -> Channel:
    """A channel for the region and with the rights that AWS's own settings say. It tries once: the outbox repeats."""
    return connect_to("ses", "email.{region}")


class SesMail:
    """Hands mails to SES. Each stream has its configuration set, so that what people think of one does not touch the
    other; without `marketing_set` both have the same.
    """

    def __init__(
        self, ses: Channel, *, sender: str, clock: Clock, configuration_set: str, marketing_set: str = ""
    ) -> None:
        self._ses, self._sender, self._clock = ses, parse_sender(sender), clock
        self._sets = {Stream.ORDERS: configuration_set, Stream.MARKETING: marketing_set or configuration_set}

    def send(self, letter: Letter) -> None:
        """Hand a mail over. Returns when SES accepted it; raises MailFailed when it did not.

        An address that is known not to work SES accepts as well, and tells at once that the mail bounced.
        """
        message = envelop(letter, self._sender, self._clock())
        if time_for_others() < CONNECT + READ:
            raise MailFailed("There is no time left to hand the mail to SES.")
        request = {
            "FromEmailAddress": self._sender.addr_spec,
            "Destination": {"ToAddresses": [str(message["To"])]},
            "Content": {"Raw": {"Data": base64.b64encode(message.as_bytes()).decode()}},
            "ConfigurationSetName": self._sets[letter.stream],
            "EmailTags": tagged(letter.tags),
        }
        headers = {"content-type": "application/json"}
        try:
            self._ses.send(Call("POST", "/v2/email/outbound-emails", headers, json.dumps(request).encode()), read=READ)
        except AwsFailed as error:
            # Without SES's own words: they may quote the recipient (R26).
            raise MailFailed(f"SES did not take the mail: {error.code}.") from None
