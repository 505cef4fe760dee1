"""Mail news: what became of a mail is noted where it belongs, and of a bad end the owner is told. Safe to repeat."""

from contextlib import suppress
from dataclasses import replace

from functions.ports import Clock, MailEvent, Payments, Store
from functions.service.acting import perform
from functions.shop.acts import NoteFate
from functions.shop.code import Codes
from functions.shop.errors import Conflict, UnknownOrder
from functions.shop.message import Fate, Kind
from functions.shop.notice import Notice, alarm


def note(event: MailEvent, *, store: Store, payments: Payments, clock: Clock, codes: Codes) -> None:
    """Write down what became of a mail. News of what nobody knows (another shop's, or forgotten) changes nothing.

    Raises Conflict when too many write at once; whoever brings the news brings it again then.
    """
    if event.order:
        act = NoteFate(event.message, event.fate)
        with suppress(UnknownOrder):
            perform(event.order, act, store=store, payments=payments, clock=clock, codes=codes)
    elif notice := store.notice(event.notice):
        _noted(notice, event.fate, store, clock)


def _noted(notice: Notice, fate: Fate, store: Store, clock: Clock) -> None:
    """A notice with its end. Of a receipt that nobody got the owner is told; news of stock is not worth it."""
    message, now = notice.message, clock()
    if message.fate in {fate, Fate.BOUNCED, Fate.COMPLAINED}:
        return
    if fate is Fate.BOUNCED and message.kind is Kind.WITHDRAWAL:
        with suppress(Conflict):  # told already
            store.save_notice(alarm(notice, "bounced", now))
    ended = replace(message, fate=fate, fate_at=now)
    store.save_notice(replace(notice, version=notice.version + 1, message=ended))
