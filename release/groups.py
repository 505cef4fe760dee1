"""The groups of functions: what each one loads, and what it needs only now and then."""

from collections.abc import Mapping
from dataclasses import dataclass

_MAIL = (
    "functions.web.letters",
    "functions.web.templates",
    "functions.adapters.ses_mail",
    "functions.adapters.smtp_mail",
)
_PAGES = ("functions.web.templates",)
_RECONCILING = ("functions.service.reconcile", "functions.service.daily_audit")
_STRIPE = ("functions.adapters.stripe_payments", "stripe._stripe_client")


@dataclass(frozen=True, slots=True)
class Group:
    """A function on AWS. `later` are modules that it imports only when it needs them, which no start shows; all else is
    found by starting it. `mails` says whether it writes some.
    """

    name: str
    later: tuple[str, ...] = ()
    mails: bool = False

    @property
    def entry(self) -> str:
        """The module that AWS loads."""
        return f"functions.lambda_{self.name}"


GROUPS: Mapping[str, Group] = {
    group.name: group
    for group in (
        Group("cart", _PAGES),
        Group("checkout", (*_STRIPE, *_PAGES)),
        Group("order", (*_STRIPE, *_PAGES)),
        Group("invoice", _PAGES),
        Group("stripe", (*_STRIPE, *_PAGES)),
        Group("bridge", _STRIPE),
        Group("mail_events", _STRIPE),
        Group("reconcile", (*_STRIPE, *_MAIL, *_RECONCILING), mails=True),
    )
}
