"""Old files: they go after 30 days, and never what a release of that time, or one that is being published, needs."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from greenlet import getcurrent, greenlet

from release.garbage import clear_away
from release.pointer import DAY, GRACE
from release.rollback import rollback
from tests.release.publishing import NEW, OLD, UNDONE, Killed, World, dying
from tests.release.small_releases import Release, address, shop

SHEET = next(path for path in OLD.pages if path.endswith(".css"))
ONCE = shop({"tern": 24, "gannet": 30, "puffin": 18}, style="red", made=10**9)


def test_files_go_thirty_days_after_the_last_release_that_needed_them() -> None:
    """Not before; and with them what tells of that release."""
    world = World()
    world.publish(OLD)
    old = world.live.id
    world.now += 40 * DAY
    world.publish(NEW)
    world.now += GRACE - DAY
    assert clear_away(world.publisher()) == 0
    assert world.text(SHEET).startswith("p{color:red}")
    world.now += 2 * DAY
    assert clear_away(world.publisher()) > 4
    assert world.pages.get(f"main{SHEET}") is None
    assert world.private.get(f"main/releases/{old}.json") is None
    assert not any(world.private.get(f"main/catalogue/{name}") for name in OLD.manifest.kept)
    assert world.shows(NEW)
    world.settle()


def test_a_page_that_is_no_more_is_forgotten_at_last() -> None:
    """After 30 days of saying so it is left out of releases, and 30 days after the last that had it the file goes."""
    world = World()
    world.publish(OLD)
    world.publish(NEW)
    key = f"main{address('puffin')}index.html"
    world.now += GRACE + DAY
    world.publish(shop({"tern": 23, "gannet": 30, "skua": 40}, style="blue", made=world.now))
    assert f"{address('puffin')}index.html" not in world.live.files
    clear_away(world.publisher())
    assert world.pages.get(key) is not None
    world.now += GRACE + DAY
    clear_away(world.publisher())
    assert world.pages.get(key) is None
    world.settle()


def test_it_is_looked_for_once_a_day_and_a_day_without_any_costs_three_calls() -> None:
    world = World()
    world.publish(OLD)
    world.now += 2 * DAY
    world.calls = 0
    assert clear_away(world.publisher()) == 0
    assert world.calls == 3
    assert clear_away(world.publisher()) == 0
    assert world.calls == 4


def test_who_has_just_published_and_saw_that_it_was_looked_for_asks_nothing() -> None:
    world = World()
    world.publish(OLD)
    world.now += 2 * DAY
    clear_away(world.publisher())
    publisher = world.publisher()
    publisher.publish(NEW.manifest, NEW)
    world.calls = 0
    assert clear_away(publisher) == 0
    assert world.calls == 0


@pytest.mark.parametrize("after", [False, True])
def test_clearing_that_is_killed_at_every_call_is_gone_on_with_the_next_day(after: bool) -> None:
    """Nothing that is needed goes, and in the end all has gone that was to."""
    for fatal in range(1, 80):
        world = World()
        world.publish(OLD)
        world.publish(NEW)
        world.now += GRACE + DAY
        world.calls = 0
        try:
            clear_away(world.publisher(dying(world, fatal, after=after)))
        except Killed:
            assert world.shows(NEW)
            world.settle()
            world.now += DAY
            clear_away(world.publisher())
            assert world.pages.get(f"main{SHEET}") is None
            continue
        return
    pytest.fail("It was never done.")


@pytest.mark.parametrize("seed", range(100))
def test_what_is_published_again_at_the_same_moment_stays(seed: int) -> None:
    """Files that are about to go are needed again by what is published, killed or rolled back while they go."""
    world, dice = World(), random.Random(seed)  # noqa: S311 (a seed has to tell the same story again)
    world.publish(OLD)
    world.publish(NEW)
    world.now += GRACE + dice.choice([-DAY, 0, DAY])
    hub = getcurrent()

    def hook(call: Callable[[], Any]) -> Any:
        hub.switch()
        return world.counted(call)

    tasks = [
        greenlet(lambda: clear_away(world.publisher(hook))),
        greenlet(lambda: publish(world, ONCE, hook, dice)),
    ]
    for _ in range(2_000):
        alive = [task for task in tasks if not task.dead]
        if not alive:
            break
        chosen = dice.choice(alive)
        for _ in range(dice.choice([1, 2, 5, 20])):
            if not chosen.dead:
                world.now += dice.choice([0, 1, 20])
                chosen.switch()
    assert all(task.dead for task in tasks)
    assert world.shows(ONCE)
    world.settle()
    world.now += 2 * DAY
    clear_away(world.publisher())
    assert world.shows(ONCE)
    world.settle()


def publish(world: World, release: Release, hook: Callable[[Callable[[], Any]], Any], dice: random.Random) -> None:
    """Publish, or be killed on the way."""
    left = dice.choice([5, 10, 15, 20, 1_000])

    def doomed(call: Callable[[], Any]) -> Any:
        nonlocal left
        left -= 1
        if left == 0:
            raise Killed
        return hook(call)

    try:
        world.publish(release, doomed)
    except Killed:
        world.publish(release, hook)


def test_a_release_of_the_last_thirty_days_can_be_rolled_back_to_after_clearing() -> None:
    world = World()
    world.publish(OLD)
    world.now += 10 * DAY
    world.publish(NEW)
    world.now += 25 * DAY
    clear_away(world.publisher())
    rollback(world.publisher())
    assert world.shows(UNDONE)


def test_what_goes_is_never_served_as_it_was_before_its_last_version() -> None:
    """The oldest version goes first, so that a kill in between leaves the newest."""
    world, seen = World(), set[str]()
    world.publish(shop({"tern": 25, "gannet": 30}, made=50))
    world.publish(OLD)
    world.publish(NEW)
    for _ in range(2):
        world.now += GRACE + DAY
        world.publish(shop({"tern": 23}, style="blue", made=world.now))

    def hook(call: Callable[[], Any]) -> Any:
        done = call()
        seen.add(world.text(f"{address('puffin')}index.html"))
        return done

    clear_away(world.publisher(hook))
    missing = NEW.pages["/404.html"].decode()
    assert seen == {missing, ""}
