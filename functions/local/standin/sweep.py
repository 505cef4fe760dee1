"""What happens by itself as time passes: open sessions expire, delayed payments settle."""

import threading

from . import payments, sessions
from .account import Account

_PAUSE = 0.5


def sweep(account: Account) -> None:
    """Does all that is due by the clock, now."""
    now = account.clock.now()
    with account.store.transaction():
        for session in account.store.due(sessions.KIND, now):
            sessions.end(account, session)
        for payment in account.store.due("payment_intent", now):
            payments.settle(account, payment["id"])


class Sweeper:
    """Sweeps in the background, so that a shop that asks for nothing still hears of it."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sweeper", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopped.wait(_PAUSE):
            sweep(self._account)
