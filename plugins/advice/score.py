"""Scores: how complete a product is, from 0 to 100, and what a shopper would still ask."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from plugins.advice.advice import Advice
from plugins.advice.aspect import Aspect
from plugins.content import ProductSource, Status

FULL = 100


@dataclass(frozen=True, slots=True)
class Score:
    """A product, its points of 100, and what it does not tell, the weightiest first."""

    path: Path
    title: str
    points: int
    missing: tuple[Aspect, ...]

    @property
    def questions(self) -> tuple[str, ...]:
        """What a shopper would still ask."""
        return tuple(aspect.question for aspect in self.missing)


def scores(products: Iterable[ProductSource], advice: Iterable[Advice]) -> tuple[Score, ...]:
    """The score of each product that shoppers can see, the worst first."""
    untold: dict[Path, set[Aspect]] = defaultdict(set)
    for piece in advice:
        if piece.aspect:
            untold[piece.path].add(piece.aspect)
    shown = (product for product in products if product.status is not Status.DRAFT)
    found = (_score(product, untold.get(product.path, set())) for product in shown)
    return tuple(sorted(found, key=lambda score: (score.points, score.title)))


def _score(product: ProductSource, untold: set[Aspect]) -> Score:
    missing = tuple(aspect for aspect in Aspect if aspect in untold)
    return Score(product.path, product.title, FULL - sum(aspect.points for aspect in missing), missing)
