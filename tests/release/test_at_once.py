"""Several publishers at once, their calls in any order, with stalls beyond the lease at any call."""

import os
import random
import threading
from collections.abc import Callable, Mapping
from functools import partial
from itertools import count, pairwise
from typing import Any

import pytest
from greenlet import getcurrent, greenlet

from functions.shop.errors import ShopError
from release.lease import TakenOver
from release.ports import Changed, Label
from release.publish import Outcome, Publisher
from release.rollback import rollback
from tests.release.publishing import NEW, NEWEST, OLD, UNDONE, Killed, World
from tests.release.small_releases import Release, shop

INTERLEAVINGS = int(os.environ.get("INTERLEAVINGS", "200"))
Act = Callable[[Publisher], Outcome]


def publishing(release: Release) -> Act:
    return lambda publisher: publisher.publish(release.manifest, release)


def acts_of(seed: int) -> Mapping[str, Act]:
    """Who is at it: an older release, and a newer one, a taken-back change, a roll-back, or two of these."""
    older, newer = publishing(NEW), publishing(NEWEST)
    return (
        {"older": older, "newer": newer},
        {"older": older, "newer": publishing(UNDONE)},
        {"older": older, "back": rollback},
        {"older": older, "newer": newer, "back": rollback},
        {"older": older, "newer": newer, "doomed": publishing(UNDONE)},
    )[seed % 5]


@pytest.mark.parametrize("seed", range(INTERLEAVINGS))
def test_several_at_once_never_set_the_shop_back(seed: int) -> None:
    """R32, and R31 after every single call: at the end all pages are those of the release in force."""
    world, dice = World(), random.Random(seed)  # noqa: S311 (a seed has to tell the same story again)
    world.publish(shop({"tern": 25, "puffin": 18}, made=50))
    world.publish(OLD)
    ended = interleaved(world, dice, acts_of(seed))
    assert {"done", "killed"} & set(ended.values())
    if "killed" in ended.values():
        world.publish(shop({"tern": 1}, made=10**9))
    world.settle()
    news = [(one.by, world.manifest(one.id).made) for one in reversed(world.pointer.history)]
    assert not any(a == "rollback" and b == "publish" and made < 1_000 for (a, _), (b, made) in pairwise(news))
    made = [at for by, at in news if by == "publish"]
    assert made == sorted(made)
    if ended.get("newer") == "done" and "back" not in ended:
        assert world.pointer.live
        assert world.pointer.live.made >= 300


def interleaved(world: World, dice: random.Random, acts: Mapping[str, Act]) -> dict[str, str]:
    """Let all do what they do, a few calls of one, then a few of another. Gives how each of them ended."""
    ended = dict[str, str]()
    tasks = {name: started(world, act, partial(ended.__setitem__, name)) for name, act in acts.items()}
    for _ in range(5_000):
        alive = [name for name, task in tasks.items() if not task.dead]
        if not alive:
            break
        chosen = dice.choice(alive)
        for _ in range(dice.choice([1, 1, 2, 5, 30])):
            if not tasks[chosen].dead:
                world.now += dice.choice([0, 0, 1, 5, 61 if dice.random() < 0.1 else 0])
                doomed = chosen == "doomed" and dice.random() < 0.05
                tasks[chosen].throw(Killed) if doomed else tasks[chosen].switch()
    assert set(ended) == set(acts)
    return ended


def started(world: World, act: Act, end: Callable[[str], None]) -> greenlet:
    """Somebody who does something, and comes back here at each call, where they stall for as long as others please."""
    hub = getcurrent()

    def hook(call: Callable[[], Any]) -> Any:
        hub.switch()
        return world.counted(call)

    def stalled(seconds: float) -> None:
        world.wait(seconds)
        hub.switch()

    def running() -> None:
        publisher = world.publisher(hook)
        publisher.wait = stalled
        try:
            hub.switch()
            act(publisher)
            end("done")
        except ShopError as error:
            end(type(error).__name__)
        except Killed:
            end("killed")

    task = greenlet(running)
    task.switch()
    return task


def test_who_comes_second_waits_and_goes_on() -> None:
    """With a word of why; nobody has to type a command again."""
    world, said = World(), list[str]()
    world.publish(OLD)

    def second(call: Callable[[], Any]) -> Any:
        if world.calls == 30:  # the first is in the middle of it
            world.calls += 1
            publisher = world.publisher()
            publisher.tell = lambda what, *_: said.append(what)
            publisher.wait = stalled
            tasks.append(greenlet(lambda: publisher.publish(NEWEST.manifest, NEWEST)))
            tasks[0].switch()
        return world.counted(call)

    def stalled(seconds: float) -> None:
        world.wait(seconds)
        tasks[0].parent.switch()

    tasks: list[greenlet] = []
    assert world.publish(NEW, second).is_new
    while not tasks[0].dead:
        tasks[0].switch()
    assert said[0] == "Somebody else is publishing; waiting for them"
    assert [world.manifest(one.id).made for one in world.pointer.history] == [300, 200, 100]
    world.settle()


def test_what_was_seen_after_a_refused_write_was_there_while_we_held_the_lease() -> None:
    """Somebody else takes over between the look at a page and the look at the lease; what they wrote stays."""
    world, refused = World(), list[int]()
    world.publish(OLD)
    world.pages.put("main/products/tern/index.html", b"by hand", Label())

    def hook(call: Callable[[], Any]) -> Any:
        if len(refused) == 1 and world.calls == refused[0] + 1:
            refused.append(0)
            world.now += 61
            world.publish(NEWEST)
        try:
            return world.counted(call)
        except Changed:
            refused.append(world.calls)
            raise

    with pytest.raises(TakenOver):
        world.publish(NEW, hook)
    assert len(refused) == 2
    assert world.shows(NEWEST)


def test_files_travel_several_at_a_time() -> None:
    """So many puts are under way at the same moment, or the barrier breaks."""
    world, barrier, turns = World(), threading.Barrier(3), count()
    met = list[int]()

    def hook(call: Callable[[], Any]) -> Any:
        if threading.current_thread() is not threading.main_thread() and next(turns) < 3:
            met.append(barrier.wait(timeout=5))
        return call()

    publisher = world.publisher(hook)
    publisher.at_once = 3
    publisher.publish(OLD.manifest, OLD)
    assert sorted(met) == [0, 1, 2]
    assert world.shows(OLD)
