"""Delivery of events: signed, in the background, tried again with growing pauses, and as unreliable as wanted."""

import hashlib
import hmac
import http.client
import json
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from .clock import Clock
from .endpoints import subscribed
from .identifiers import new_id
from .store import Json, Store

_AT_ONCE = 4
_REORDER_WINDOW = 0.3
_LONGEST_SLEEP = 60.0


class State(StrEnum):
    PENDING = "pending"
    SENDING = "sending"
    DELIVERED = "delivered"
    FAILED = "failed"
    LOST = "lost"


class Order(StrEnum):
    """In which order waiting deliveries are released."""

    AS_CREATED = "as_created"
    REVERSED = "reversed"
    SHUFFLED = "shuffled"


@dataclass
class Rules:
    """How deliveries misbehave. `delay` is in seconds; `copies` is how often each event is sent in all."""

    hold: bool = False
    delay: float = 0.0
    copies: int = 1
    reorder: bool = False
    lose_next: int = 0
    lose_all: bool = False

    def loses(self) -> bool:
        if self.lose_next > 0:
            self.lose_next -= 1
            return True
        return self.lose_all


@dataclass(frozen=True)
class Patience:
    """`timeout` and the pause after the first failure in seconds; the pause doubles after each one."""

    timeout: float = 5.0
    retry_delay: float = 1.0
    attempts: int = 8

    def pause(self, attempts: int) -> float:
        return float(self.retry_delay * 2 ** (attempts - 1))


class Deliveries:
    """The outbox of events. `start` it, and `stop` it before its store is closed."""

    def __init__(self, store: Store, clock: Clock, patience: Patience | None = None) -> None:
        self.rules = Rules()
        self._store = store
        self._clock = clock
        self._patience = patience or Patience()
        self._wake = threading.Event()
        self._stopping = False
        self._flying: set[str] = set()
        self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="webhook")
        self._thread = threading.Thread(target=self._run, name="webhooks", daemon=True)

    def start(self) -> None:
        self._take_up()
        self._thread.start()

    def stop(self) -> None:
        self._stopping = True
        self._wake.set()
        self._thread.join()
        self._pool.shutdown()

    def schedule(self, event: Json) -> None:
        """Makes a delivery for each endpoint that wants the event, or several, or a lost one."""
        with self._store.transaction():
            endpoints = [e for e in self._store.newest("webhook_endpoint") if subscribed(e, event["type"])]
            for endpoint in endpoints:
                self._add(event, endpoint["id"])
        self._wake.set()

    def send_again(self, event: Json) -> None:
        """One more delivery to each endpoint, whatever the rules lose or copy."""
        with self._store.transaction():
            for endpoint in self._store.newest("webhook_endpoint"):
                self._new(event, endpoint["id"], State.PENDING, time.time())
        self._wake.set()

    def release(self, order: Order = Order.AS_CREATED) -> list[Json]:
        """Delivers all that wait, one after the other, and ends a hold. Returns the deliveries as they ended."""
        waiting = self._claim(float("inf"))
        self.rules.hold = False
        if order is Order.SHUFFLED:
            random.shuffle(waiting)
        elif order is Order.REVERSED:
            waiting.reverse()
        ended = self._deliver_all(waiting)
        self._wake.set()
        return ended

    def idle(self) -> bool:
        """Whether nothing is on its way; what is held or lost does not count."""
        waiting = self._store.next_due("delivery") is not None
        return not self._flying and (self.rules.hold or not waiting)

    def wait_until_idle(self, timeout: float) -> bool:
        """True as soon as nothing is on its way, False after `timeout` seconds."""
        end = time.monotonic() + timeout
        while not self.idle():
            if time.monotonic() > end:
                return False
            time.sleep(0.01)
        return True

    def _add(self, event: Json, endpoint: str) -> None:
        rules = self.rules
        if rules.loses():
            self._new(event, endpoint, State.LOST, None)
            return
        due = time.time() + rules.delay + (_REORDER_WINDOW if rules.reorder else 0)
        for _ in range(rules.copies):
            self._new(event, endpoint, State.PENDING, due)

    def _new(self, event: Json, endpoint: str, state: State, due: float | None) -> None:
        delivery = {
            "id": new_id("dlv"),
            "event": event["id"],
            "type": event["type"],
            "endpoint": endpoint,
            "state": state,
            "attempts": 0,
            "answer": None,
        }
        self._store.add("delivery", delivery, due=due)
        self._count_waiting(event["id"])

    def _count_waiting(self, name: str) -> None:
        open_states = (State.PENDING, State.SENDING)
        waiting = [delivery for delivery in self._store.of_event("delivery", name) if delivery["state"] in open_states]
        event = self._store.get("event", name)
        if event is not None:
            self._store.save(event | {"pending_webhooks": len(waiting)})

    def _take_up(self) -> None:
        """What was on its way when an earlier run ended is sent once more."""
        with self._store.transaction():
            for delivery in self._store.newest("delivery"):
                if delivery["state"] == State.SENDING:
                    self._store.save(delivery | {"state": State.PENDING})
                    self._store.set_due(delivery["id"], time.time())

    def _run(self) -> None:
        while not self._stopping:
            self._wake.clear()
            for batch in [] if self.rules.hold else self._claim_due():
                self._pool.submit(self._deliver_all, batch)
            self._wake.wait(self._until_next())

    def _until_next(self) -> float:
        due = self._store.next_due("delivery")
        if due is None or self.rules.hold:
            return _LONGEST_SLEEP
        return min(max(due - time.time(), 0.0), _LONGEST_SLEEP)

    def _claim_due(self) -> list[list[str]]:
        """Deliveries that may leave at the same time; each inner list keeps its order."""
        due, now = self._store.next_due("delivery"), time.time()
        if due is None or due > now:
            return []
        if self.rules.reorder:
            return [self._claim(now + _REORDER_WINDOW)[::-1]]
        return [[name] for name in self._claim(now)]

    def _deliver_all(self, names: list[str]) -> list[Json]:
        return [self._deliver(name) for name in names]

    def _claim(self, until: float) -> list[str]:
        with self._store.transaction():
            claimed = self._store.due("delivery", until)
            for delivery in claimed:
                self._store.save(delivery | {"state": State.SENDING})
                self._store.set_due(delivery["id"], None)
                self._flying.add(delivery["id"])
        return [delivery["id"] for delivery in claimed]

    def _deliver(self, name: str) -> Json:
        with self._store.transaction():
            delivery = self._store.get("delivery", name) or {}
            event = self._store.get("event", delivery["event"])
            endpoint = self._store.get("webhook_endpoint", delivery["endpoint"])
            secret = self._store.notes(delivery["endpoint"])["secret"] if endpoint else ""
        if event is None or endpoint is None:
            return self._end(delivery, State.FAILED, "the endpoint is gone")
        body = json.dumps(event, indent=2, ensure_ascii=False).encode()
        answer = post(endpoint["url"], body, self._signature(body, secret), self._patience.timeout)
        return self._judge(delivery, answer)

    def _signature(self, body: bytes, secret: str) -> str:
        moment = self._clock.signing_time()
        digest = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
        return f"t={moment},v1={digest}"

    def _judge(self, delivery: Json, answer: str) -> Json:
        attempts = delivery["attempts"] + 1
        tried = delivery | {"attempts": attempts}
        if answer.startswith("2"):
            return self._end(tried, State.DELIVERED, answer)
        if attempts >= self._patience.attempts:
            return self._end(tried, State.FAILED, answer)
        return self._end(tried, State.PENDING, answer, time.time() + self._patience.pause(attempts))

    def _end(self, delivery: Json, state: State, answer: str, due: float | None = None) -> Json:
        with self._store.transaction():
            ended = self._store.save(delivery | {"state": state, "answer": answer})
            self._store.set_due(delivery["id"], due)
            self._count_waiting(delivery["event"])
        self._flying.discard(delivery["id"])
        self._wake.set()
        return ended


def post(url: str, body: bytes, signature: str, timeout: float) -> str:
    """Sends an event; returns the status as text, such as `200`, or what went wrong. Redirects are not followed."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=timeout)
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Stripe-Signature": signature,
        "User-Agent": "Stripe/1.0 (payment stand-in)",
    }
    try:
        connection.request("POST", f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}", body, headers)
        return str(connection.getresponse().status)
    except (OSError, http.client.HTTPException, ValueError) as problem:
        return f"no answer: {problem}"
    finally:
        connection.close()
