"""Outbox: sending the messages that wait inside an order, or are a notice of their own.

A message is leased, sent, and then marked, each by a conditional write: two processes never send the same one, and a
crash between sending and marking costs one extra copy at most (R20 to R22). One that cannot be written or sent is tried
again later and stops no other; after three days of that the owner is told.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

from functions.deadline import time_for_others
from functions.log import Event, note
from functions.ports import Clock, Letter, Mail, Store
from functions.service.settlement import known, save
from functions.shop.correspondence import noted_unsent
from functions.shop.decision import Decision
from functions.shop.email import customer_key
from functions.shop.errors import Conflict, MailFailed
from functions.shop.message import MARKETING, TO_OWNER, Message, delayed, is_due, is_stuck, leased, sent
from functions.shop.notice import Notice, alarm
from functions.shop.order import Order

Owed = Order | Notice
WriteLetter = Callable[[Owed, Message], Letter]
ATTEMPTS = 8
PATIENCE = 3  # seconds after which no other mail is begun: who waits, or comes after this order, must not wait for all
SENDING = 3  # seconds that there must be for a mail that is begun, so that it can be sent and marked (R21, R35)


@dataclass(frozen=True, slots=True)
class Posted:
    """How many mails a mail server took, and how many it did not, which stay due."""

    sent: int = 0
    unsent: int = 0


def deliver(order_id: str, *, store: Store, mail: Mail, clock: Clock, write: WriteLetter) -> Posted:
    """Send what is due for one order. What fails stays in the outbox, due again later. Raises UnknownOrder."""
    return Outbox(lambda: known(order_id, store), store, mail, clock, write).empty()


def deliver_notice(notice_id: str, *, store: Store, mail: Mail, clock: Clock, write: WriteLetter) -> Posted:
    """Send a notice if it is due. What fails stays in the outbox, due again later."""
    return Outbox(lambda: store.notice(notice_id), store, mail, clock, write).empty()


@dataclass(frozen=True, slots=True)
class Outbox:
    """The messages of one order, or of one notice, which `read` gives as it is now."""

    read: Callable[[], Owed | None]
    store: Store
    mail: Mail
    clock: Clock
    write: WriteLetter

    def empty(self) -> Posted:
        """Send what is due, as far as there is time; the rest stays due."""
        began, tries = self.clock(), list[bool]()
        for name in [message.name for message in _messages(self.read())]:
            if self.clock() - began >= PATIENCE or time_for_others() < SENDING:
                break
            of, message = self._find(name)
            if of and message and is_due(message, self.clock()):
                tries += self._deal_with(of, message)
        return Posted(tries.count(True), tries.count(False))

    def _deal_with(self, of: Owed, message: Message) -> list[bool]:
        """Send a message, once nobody else can, or take it off because nobody wants it. Whether it went, if tried."""
        if self._unwanted(of, message):
            self._mark(message.name, lambda _, __: None)
        elif self._saved(_with(of, message, leased(message, self.clock()))):
            went = self._sent(of, message)
            self._mark(message.name, sent if went else delayed)
            return [went]
        return []

    def _unwanted(self, of: Owed, message: Message) -> bool:
        """Whether nobody needs it and who would get it wants none, or has had trouble with the order."""
        if message.kind not in MARKETING:
            return False
        troubled = isinstance(of, Order) and bool(of.refunds or of.returns or of.disputes)
        return troubled or self.store.is_silenced(customer_key(message.to))

    def _sent(self, of: Owed, message: Message) -> bool:
        try:
            self.mail.send(self.write(of, message))
        except MailFailed as error:
            note(Event.MAIL_WAITS, error=error, mail=message.kind.value, order=of.id, count=message.attempts + 1)
        except Exception as error:  # whatever is wrong with the words of one mail must not stop the others
            note(Event.MAIL_UNWRITTEN, error=error, mail=message.kind.value, order=of.id, count=message.attempts + 1)
        else:
            return True
        return False

    def _mark(self, name: str, change: Callable[[Message, int], Message | None]) -> None:
        """Note how it went, on top of whatever was written meanwhile."""
        for _ in range(ATTEMPTS):
            of, message = self._find(name)
            if of is None or message is None:
                return  # its customer was forgotten meanwhile
            if self._saved(self._marked(of, message, change(message, self.clock()))):
                return

    def _marked(self, of: Owed, message: Message, changed: Message | None) -> Owed:
        marked = _with(of, message, changed)
        if not changed or not is_stuck(changed) or changed.kind in TO_OWNER:
            return marked
        if isinstance(marked, Order):
            return noted_unsent(marked, changed, self.clock())
        with suppress(Conflict):  # told already
            self.store.save_notice(alarm(marked, "unsent", self.clock()))
        return marked

    def _find(self, name: str) -> tuple[Owed | None, Message | None]:
        of = self.read()
        return of, next((message for message in _messages(of) if message.name == name), None)

    def _saved(self, of: Owed) -> bool:
        """Write the next version; False when somebody else did."""
        try:
            if isinstance(of, Order):
                save(Decision(of), self.store)
            else:
                self.store.save_notice(replace(of, version=of.version + 1))
        except Conflict:
            return False
        return True


def _messages(of: Owed | None) -> tuple[Message, ...]:
    if of is None:
        return ()
    return of.messages if isinstance(of, Order) else (of.message,)


def _with(of: Owed, message: Message, changed: Message | None) -> Owed:
    """The order or notice with a message that has changed, or without it."""
    if isinstance(of, Notice):
        return replace(of, message=changed or message)
    kept = ((changed if one.name == message.name else one) for one in of.messages)
    return replace(of, messages=tuple(one for one in kept if one))
