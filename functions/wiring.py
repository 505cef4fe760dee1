"""Each port with the adapter that the settings ask for, and what stands on ports alone.

Adapters are imported where they are first needed, so that a function loads only what it uses.
"""

import threading
from collections.abc import Callable, Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from functions.configuration import STRIPE_API, Configuration
from functions.log import Event, note
from functions.ports import Catalogue, Clock, Downloads, Letter, Mail, Payments, Store
from functions.shop.code import Codes
from functions.shop.errors import MailFailed
from functions.shop.message import is_due
from functions.web.headers import headers_for
from functions.web.page import Pages
from functions.web.tokens import Tokens

if TYPE_CHECKING:
    from functions.adapters.aws.s3 import Bucket
    from functions.adapters.stripe_events import StripeEvents
    from functions.service.outbox import Posted
    from functions.shop.message import Message
    from functions.shop.notice import Notice
    from functions.shop.order import Order
    from functions.web.letters import Letters

THEME = Path(__file__).parent.parent / "theme" / "templates"


class Later:
    """A port whose adapter is made, and its SDK loaded, when it is first asked for something."""

    def __init__(self, make: Callable[[], object]) -> None:
        self._make = make
        self._lock = threading.Lock()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._made, name)

    @cached_property
    def _made(self) -> object:
        with self._lock:
            return self.__dict__.get("_made") or self._make()


class Wiring(Configuration):
    """The ports of a shop with the settings in `environ`, each made when it is first asked for."""

    def __init__(self, environ: Mapping[str, str], clock: Clock) -> None:
        super().__init__(environ)
        self.clock = clock

    @cached_property
    def _bucket(self) -> "Bucket":
        from functions.adapters.aws.s3 import bucket

        return bucket(self.setting("SHOP_BUCKET"))

    @cached_property
    def catalogue(self) -> Catalogue:
        if self._environ.get("SHOP_BUCKET"):
            from functions.adapters.s3_catalogue import S3Catalogue

            return S3Catalogue(self._bucket, self._site, self.clock)
        from functions.adapters.file_catalogue import FileCatalogue

        return FileCatalogue(self.build, self.clock)

    @cached_property
    def store(self) -> Store:
        if table := self._environ.get("SHOP_TABLE"):
            from functions.adapters.dynamodb.store import DynamoStore

            return DynamoStore(table)
        from functions.adapters.sqlite import SqliteStore

        return SqliteStore(Path(self.setting("SHOP_DATABASE", "var/shop.db")))

    @cached_property
    def payments(self) -> Payments:
        key, base, shop = self.setting("STRIPE_SECRET_KEY"), self.setting("STRIPE_API_BASE", STRIPE_API), self.url

        def make() -> Payments:
            from functions.adapters.stripe_payments import StripePayments

            return StripePayments(key, api_base=base, shop=shop)

        return cast(Payments, Later(make))

    @cached_property
    def mail(self) -> Mail:
        return cast(Mail, Later(self.mailer()))

    def mailer(self) -> Callable[[], Mail]:
        """What makes the adapter of the mail. Settings are read now, so that one that is missing stops the start."""
        if folder := self._environ.get("MAIL_FOLDER"):
            return partial(self._file_mail, Path(folder))
        if configuration_set := self._environ.get("MAIL_SES_CONFIGURATION_SET"):
            return partial(self._ses_mail, configuration_set, self.setting("MAIL_SES_MARKETING_SET", ""))
        host, port = self.setting("SMTP_HOST"), self._number("SMTP_PORT", "587")
        return partial(self._smtp_mail, host, port, self.setting("SMTP_USER", ""), self.setting("SMTP_PASSWORD", ""))

    def _file_mail(self, folder: Path) -> Mail:
        from functions.adapters.file_mail import FileMail

        return FileMail(folder, sender=self._sender(), clock=self.clock)

    def _ses_mail(self, configuration_set: str, marketing_set: str) -> Mail:
        from functions.adapters.ses_mail import SesMail, connect

        return SesMail(
            connect(),
            sender=self._sender(),
            clock=self.clock,
            configuration_set=configuration_set,
            marketing_set=marketing_set,
        )

    def _smtp_mail(self, host: str, port: int, user: str, password: str) -> Mail:
        from functions.adapters.smtp_mail import SmtpMail

        return SmtpMail(host, port, user=user, password=password, sender=self._sender(), clock=self.clock)

    def _sender(self) -> str:
        if sender := self._environ.get("MAIL_FROM"):
            return sender
        settings = self.catalogue.current().settings
        return f"{settings.name} <{settings.email}>"

    @cached_property
    def stripe_events(self) -> "StripeEvents":
        from functions.adapters.stripe_events import StripeEvents

        secrets = self.setting("STRIPE_WEBHOOK_SECRETS").split(",")
        return StripeEvents(secrets, live=self.live, clock=self.clock, shop=self.url)

    @cached_property
    def _downloads(self) -> Downloads:
        if self._environ.get("SHOP_BUCKET"):
            from functions.adapters.s3_catalogue import S3Downloads

            return S3Downloads(self._bucket, self._site)
        from functions.adapters.file_catalogue import FileDownloads

        return FileDownloads(self.build / "files")

    def headers_for(self, path: str) -> dict[str, str]:
        """Security headers of an address, be it a page of a function or a static file."""
        files = self._downloads.origin
        return headers_for(path, self._payment_origin, https=self.https, files_origin=files)

    @cached_property
    def pages(self) -> Pages:
        # The build leaves mail templates with inlined styles beside the release; the rest come from the theme.
        return Pages(self.build / "templates", Path(self.setting("SHOP_THEME", str(THEME))))

    @cached_property
    def tokens(self) -> Tokens:
        return Tokens(self._keys, self.clock)

    @cached_property
    def codes(self) -> Codes:
        return Codes(self._keys)

    @cached_property
    def _keys(self) -> list[str]:
        return self.setting("SHOP_SECRET_KEYS").split(",")

    @cached_property
    def letters(self) -> "Letters":
        from functions.web.letters import Letters

        return Letters(self.pages, self.catalogue, self.tokens, self.codes, self.url)

    def write(self, of: "Order | Notice", message: "Message") -> Letter:
        """The letter for a message. What writes letters is loaded when there is the first one."""
        return self.letters.write(of, message)

    def deliver(self, order_id: str) -> "Posted":
        """Send the mails that are due for an order."""
        from functions.service.outbox import deliver

        return deliver(order_id, store=self.store, mail=self.mail, clock=self.clock, write=self.write)

    @cached_property
    def post(self) -> Callable[["Order"], object]:
        """What has the mails sent that are due for an order: the function that does so at AWS, so that this one need
        not load what writes them, or this one at once. What either lacks stops the start.
        """
        if alias := self._environ.get("MAIL_FUNCTION"):
            from functions.adapters.mail_function import MailFunction, connect

            return partial(self.leave_mails, MailFunction(connect(), alias).tell)
        self.mailer()
        return lambda order: self.deliver(order.id)

    def leave_mails(self, tell: Callable[[str], None], order: "Order") -> None:
        """Leave the mails of an order, if some are due, to whom `tell` tells of it."""
        if not any(is_due(message, self.clock()) for message in order.messages):
            return
        try:
            tell(order.id)
        except MailFailed as error:  # they stay due, and the reconciler finds them
            note(Event.MAILS_WAIT, error=error, order=order.id)
