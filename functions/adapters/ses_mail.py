"""Mail through Amazon SES, version 2 of its API: https://docs.aws.amazon.com/ses/latest/APIReference-V2/.

Mails go as they would by SMTP, so that all of their headers are ours, but for two that SES writes anew: Message-ID and
Date. What becomes of them it tells as events of the configuration set (see ses_events.py).
"""

from typing import Any, Protocol

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from functions.adapters.envelope import envelop, parse_sender
from functions.adapters.ses_tags import tagged
from functions.deadline import time_for_others
from functions.ports import Clock, Letter, Stream
from functions.shop.errors import MailFailed

CONNECT, READ = 1, 2  # seconds (R35)


class Client(Protocol):
    """What is used of boto3's client. That one is made while it runs and has no types."""

    def send_email(self, **request: Any) -> dict[str, Any]:
        """Hand over one mail."""
        ...


def connect() -> Client:
    """A client for the region and with the rights that AWS's own settings say. It tries once: the outbox repeats."""
    config = Config(connect_timeout=CONNECT, read_timeout=READ, retries={"total_max_attempts": 1})
    client: Client = boto3.client("sesv2", config=config)
    return client


class SesMail:
    """Hands mails to SES. Each stream has its configuration set, so that what people think of one does not touch the
    other; without `marketing_set` both have the same.
    """

    def __init__(
        self, client: Client, *, sender: str, clock: Clock, configuration_set: str, marketing_set: str = ""
    ) -> None:
        self._client, self._sender, self._clock = client, parse_sender(sender), clock
        self._sets = {Stream.ORDERS: configuration_set, Stream.MARKETING: marketing_set or configuration_set}

    def send(self, letter: Letter) -> None:
        """Hand a mail over. Returns when SES accepted it; raises MailFailed when it did not.

        An address that is known not to work SES accepts as well, and tells at once that the mail bounced.
        """
        message = envelop(letter, self._sender, self._clock())
        if time_for_others() < CONNECT + READ:
            raise MailFailed("There is no time left to hand the mail to SES.")
        try:
            self._client.send_email(
                FromEmailAddress=self._sender.addr_spec,
                Destination={"ToAddresses": [str(message["To"])]},
                Content={"Raw": {"Data": message.as_bytes()}},
                ConfigurationSetName=self._sets[letter.stream],
                EmailTags=tagged(letter.tags),
            )
        except (BotoCoreError, ClientError) as error:
            raise MailFailed(f"SES did not take the mail: {_reason(error)}.") from None


def _reason(error: BotoCoreError | ClientError) -> str:
    """What went wrong, without SES's own words: they may quote the recipient (R26)."""
    return str(error.response["Error"]["Code"]) if isinstance(error, ClientError) else type(error).__name__
