"""The story of a seed in a few lines: what concerns the order at which a rule broke, the last of it."""

import re

from tests.simulation.history import History
from tests.simulation.world import START

LINES = 60


def story(history: History, broken: str) -> str:
    """When, who, what; then the rule, and how to see it again."""
    order = re.search(r"ORDR-\d{4}", broken)
    session = {one.id for one in history.stripe.sessions.values() if order and one.order == order[0]}
    names = {order[0], *session} if order else set()
    told = [
        line for line in history.world.story if not names or any(name in " ".join(map(str, line)) for name in names)
    ]
    lines = [f"{at - START:>8} s  {who:<18} {what}" for at, who, what in told[-LINES:]]
    return "\n".join([*lines, broken, f"again: make simulate FIRST={history.seed} SEEDS=1"])
