"""The counts of a release are taken over once, by whichever runs of the reconciler see it first."""

from dataclasses import dataclass, replace

from functions.ports import Stock
from functions.service.stocking import declare_new
from functions.shop.catalogue import Variant
from tests.service.conftest import SmallRelease, Till
from tests.small_shop import VARIANTS

LAST = next(variant for variant in VARIANTS if variant.sku == "LAST")


@dataclass(frozen=True)
class Counted(SmallRelease):
    """A release that sells one thing, of which its file says so many."""

    count: int = 1

    def every_variant(self) -> tuple[Variant, ...]:
        return (replace(LAST, declared=self.count),)


def on_hand(till: Till) -> Stock:
    return till.store.stock(["LAST"])["LAST"]


def seen(till: Till, release: Counted, runs: int = 1) -> int:
    """What is on hand after so many runs with a release."""
    for _ in range(runs):
        declare_new(release, till.store, till.clock())
    return on_hand(till).on_hand


def test_a_new_release_brings_its_counts(till: Till) -> None:
    assert seen(till, Counted(id="A", count=7)) == 7
    assert seen(till, Counted(id="B", count=9)) == 9


def test_what_was_counted_by_hand_since_stays(till: Till) -> None:
    """However often the same release is seen."""
    seen(till, Counted(id="A", count=7))
    till.store.set_stock("LAST", 4)
    assert seen(till, Counted(id="A", count=7), runs=5) == 4


def test_a_release_that_comes_back_declares_nothing(till: Till) -> None:
    """After a roll-back, the counts of the newer one hold: they are what was counted last."""
    seen(till, Counted(id="A", count=7), runs=3)
    seen(till, Counted(id="B", count=9), runs=3)
    assert seen(till, Counted(id="A", count=7)) == 9
