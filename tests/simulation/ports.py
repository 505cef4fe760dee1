"""The store and the mail server of a simulation: what the shop calls, with everything that can go wrong."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from greenlet import getcurrent, greenlet

from functions.ports import Letter, Page
from functions.shop.decision import StockChange
from functions.shop.errors import Conflict, MailFailed, StoreUnavailable
from functions.shop.order import Order
from tests.simulation.memory_store import MemoryStore
from tests.simulation.world import World

WRITES = frozenset({"save", "save_notice", "add_stock"})
READS = frozenset(
    "awaited balance counted entries is_customer is_silenced last_number notice order orders stock uses "
    "waiting_for_stock".split()
)
"""The calls that change nothing."""


class SimulatedStore:
    """ports.Store over a store in memory: writes may be refused, throttled, or done without an answer; lists may be
    stale.
    """

    def __init__(
        self,
        world: World,
        memory: MemoryStore,
        saved: Callable[[Order | None, Order, Sequence[StockChange]], None],
        counted: Callable[[str, int], None],
        done: Callable[[str], None],
    ) -> None:
        self._world, self.memory, self._saved, self._counted, self._done = world, memory, saved, counted, done
        self._earlier: dict[str, Page] = {}

    def __getattr__(self, name: str) -> Callable[..., Any]:
        act = getattr(self.memory, name)

        def call(*arguments: Any, **named: Any) -> Any:
            label = f"store: {name} {arguments[0] if arguments and isinstance(arguments[0], str) else ''}"
            if name not in READS:
                self._done(label)
            effect = partial(act, *arguments, **named)
            return self._world.call(label.strip(), effect, self._failure, reads=name not in WRITES)

        return call

    def save(self, order: Order, stock: Sequence[StockChange] = (), **named: Any) -> None:
        """Write an order, and let the rules look at the step."""

        def write() -> None:
            before = self.memory.order(order.id)
            self.memory.save(order, stock, **named)
            self._saved(before, order, stock)

        if self._world.chance(self._world.odds.before):
            self._world.trouble("store")
            raise Conflict("somebody else's transaction was under way")
        self._world.call(f"store: save {order.id} v{order.version} {order.state}", write, self._failure)

    def add_stock(self, sku: str, by: int) -> None:
        """Count pieces, which the rules take down in the same moment."""

        self._done(f"{by} more of {sku}")

        def add() -> None:
            self.memory.add_stock(sku, by)
            self._counted(sku, by)

        self._world.call(f"store: {by} more of {sku}", add, self._failure)

    def listed(self, name: str, **named: Any) -> Page:
        """A list, perhaps as it was a while ago."""
        found = self._world.call(
            f"store: list {name}", partial(self.memory.listed, name, **named), self._failure, reads=True
        )
        earlier = self._earlier.get(name, found)
        self._earlier[name] = found
        return earlier if self._world.odds.before and self._world.chance(0.1) else found

    @staticmethod
    def _failure() -> Exception:
        return StoreUnavailable("the store does not answer")


@dataclass
class SimulatedMail:
    """ports.Mail: it counts what it accepts, and the copies that a lost answer or the end of a process explains."""

    world: World
    noted: Callable[[str], bool]
    looked_at: Callable[[Letter], None]
    accepted: Counter[str] = field(default_factory=Counter)
    explained: Counter[str] = field(default_factory=Counter)
    to: dict[str, set[str]] = field(default_factory=dict)
    taken: list[Letter] = field(default_factory=list)
    _by: dict[str, greenlet] = field(default_factory=dict)

    def send(self, letter: Letter) -> None:
        """Take a letter, refuse it, or take it and not be heard."""
        name = _name(letter)
        before = self.accepted[name]
        try:
            self.world.call(f"mail: {name}", lambda: self._take(letter), lambda: MailFailed(f"{letter.to}: no answer"))
        except MailFailed:
            self.explained[name] += self.accepted[name] - before
            raise

    def _take(self, letter: Letter) -> None:
        name = _name(letter)
        earlier = self._by.get(name)
        if earlier is not None and earlier.dead and not self.noted(name):
            self.explained[name] += 1  # whoever sent it ended before it could be noted
        self.looked_at(letter)
        self.accepted[name] += 1
        self.to.setdefault(name, set()).add(letter.to)
        self.taken.append(letter)
        self._by[name] = getcurrent()


def _name(letter: Letter) -> str:
    """Which message of which order it is, or which notice: what it is tagged with."""
    return ".".join(letter.tags.values())
