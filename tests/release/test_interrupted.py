"""Publishing that is killed at every call in turn, and what comes next."""

import pytest

from release.rollback import rollback
from tests.release.publishing import NEW, NEWEST, OLD, UNDONE, Killed, World, dying
from tests.release.small_releases import Release, shop

pytestmark = pytest.mark.slow


LONGEST = 80
"""Calls; no publication here takes so many."""


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize(("target", "then"), [(NEW, NEW), (NEWEST, NEWEST), (NEW, NEWEST), (NEW, UNDONE)])
def test_killed_at_every_call_in_turn_it_can_be_run_again(target: Release, then: Release, after: bool) -> None:
    """With the same, with something newer, or with what was there before; the end is that of a clean publication."""
    for fatal in range(1, LONGEST):
        world = World()
        world.publish(OLD)
        world.calls = 0
        try:
            world.publish(target, dying(world, fatal, after=after))
        except Killed:
            world.now += 5
            world.publish(then)
            assert world.shows(then), fatal
            world.settle()
            again = world.publish(then)
            assert (again.is_new, again.written) == (False, ()), fatal
            continue
        assert fatal > 15
        return
    pytest.fail("It was never done.")


@pytest.mark.parametrize("after", [False, True])
def test_a_first_publication_killed_at_every_call_can_be_run_again(after: bool) -> None:
    """What is in place is not uploaded a second time."""
    for fatal in range(1, LONGEST):
        world = World()
        try:
            world.publish(OLD, dying(world, fatal, after=after))
        except Killed:
            in_place = set(world.pages.files("main/"))
            done = world.publish(OLD)
            assert {f"main{path}" for path in done.written} & in_place == set()
            assert world.shows(OLD)
            world.settle()
            continue
        return
    pytest.fail("It was never done.")


@pytest.mark.parametrize("after", [False, True])
def test_killed_at_every_call_it_can_be_taken_back(after: bool) -> None:
    """Whoever goes back instead of going on gets just that."""
    first = shop({"tern": 25}, made=50)
    for fatal in range(1, LONGEST):
        world = World()
        world.publish(first)
        world.publish(OLD)
        world.calls = 0
        try:
            world.publish(NEW, dying(world, fatal, after=after))
        except Killed:
            rollback(world.publisher(), first.manifest.id)
            assert world.shows(first)
            world.settle()
            continue
        return
    pytest.fail("It was never done.")


@pytest.mark.parametrize("after", [False, True])
def test_a_roll_back_killed_at_every_call_can_be_run_again(after: bool) -> None:
    """To the same release."""
    for fatal in range(1, LONGEST):
        world = World()
        world.publish(OLD)
        world.publish(NEW)
        old = world.pointer.history[1].id
        world.calls = 0
        try:
            rollback(world.publisher(dying(world, fatal, after=after)), old)
        except Killed:
            if world.live.catalogue != OLD.manifest.catalogue:
                rollback(world.publisher(), old)
            world.publish(shop({"tern": 1}, made=5_000))
            world.settle()
            continue
        assert world.shows(OLD)
        return
    pytest.fail("It was never done.")
