"""Rounds of several things by turns, so that a busy moment of the machine meets all of them alike."""

from collections.abc import Callable, Mapping


def best(things: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """The best figure of each: what else runs on the machine only ever adds time."""
    figures: dict[str, list[float]] = {name: [] for name in things}
    for _ in range(rounds):
        for name, measure in things.items():
            figures[name].append(measure())
    return {name: min(found) for name, found in figures.items()}
