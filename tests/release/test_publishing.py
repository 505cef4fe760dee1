"""Publishing: what is written, in which order, what is refused, and how an edge or a bucket that fails is got over."""

import random
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from release.lease import TakenOver
from release.manifest import is_asset
from release.ports import BucketFailed, Label, PurgeFailed
from release.publish import Publisher, Refused, addresses
from release.rollback import rollback
from release.s3_bucket import S3Bucket
from tests.contract.test_bucket import new_bucket
from tests.release.memory_bucket import MemoryEdge
from tests.release.publishing import NEW, OLD, UNDONE, World
from tests.release.small_releases import Release, address, shop

SHEET = next(path for path in OLD.manifest.files if is_asset(path))


def test_a_first_release_is_put_in_place_and_comes_into_force() -> None:
    """Whoever publishes the same again is told that nothing is new."""
    world = World()
    assert world.publish(OLD).is_new
    world.settle()
    assert world.shows(OLD)
    assert world.pages.label("main/index.html").cache == "public, max-age=0, s-maxage=86400, must-revalidate"
    sheet = next(path for path in OLD.pages if path.endswith(".css"))
    assert world.pages.label(f"main{sheet}") == Label("text/css; charset=utf-8", "public, max-age=31536000, immutable")
    again = world.publish(OLD)
    assert (again.is_new, again.written) == (False, ())


def test_the_next_one_writes_only_what_changed_and_the_edge_forgets_just_that() -> None:
    """As a shopper asks for it, and as it is kept."""
    world = World()
    world.publish(shop({"tern": 24, "puffin": 18}, made=100))
    world.calls = 0
    done = world.publish(shop({"tern": 22, "puffin": 18}, made=150))
    assert done.written == ("/products/tern/index.html",)
    assert world.calls == 10
    assert world.edge.told[-1] == ("/products/tern/", "/products/tern/index.html")


def test_when_many_files_changed_the_edge_forgets_everything_which_is_one_path_for_aws() -> None:
    world = World()
    world.publish(shop({f"print-{at}": 24 for at in range(40)}, made=100))
    world.publish(shop({f"print-{at}": 22 for at in range(40)}, made=150))
    assert world.edge.told == [("/*",), ("/*",)]


def test_an_address_that_is_purged_is_written_as_browsers_write_it() -> None:
    """So that the edge finds it."""
    assert addresses(["/über/index.html", "/feed.xml"]) == ["/%C3%BCber/", "/%C3%BCber/index.html", "/feed.xml"]


def test_an_address_at_which_nothing_is_any_more_says_so() -> None:
    """With the page for what is missing; and it can come back."""
    world = World()
    world.publish(shop({"tern": 22, "puffin": 18}, made=150))
    world.publish(shop({"tern": 22}, made=200))
    assert world.pages.label("main/products/puffin/index.html").notes == {"status": "404"}
    assert world.text("/products/puffin/index.html") == world.text("/404.html")
    world.settle()
    back = shop({"tern": 22, "puffin": 18}, made=300)
    world.publish(back)
    assert world.pages.label("main/products/puffin/index.html").notes == {}
    assert world.shows(back)
    world.settle()


def test_an_old_address_is_kept_with_where_it_leads() -> None:
    """The edge answers it with a redirect."""
    world, release = World(), shop({"tern": 24})
    moved = Release({**release.pages, "/old/index.html": b"moved"}, release.prices, 100, {"/old/index.html": "/new/"})
    world.publish(moved)
    assert world.pages.label("main/old/index.html").notes == {"location": "/new/"}


def test_an_older_build_is_refused_and_changes_nothing() -> None:
    """R32: only a roll-back goes back."""
    world = World()
    world.publish(NEW)
    before = world.pointer
    with pytest.raises(Refused, match="A newer release is live"):
        world.publish(OLD)
    assert world.pointer == before
    assert world.shows(NEW)


def test_who_is_refused_for_an_older_build_sees_that_a_clock_may_be_wrong() -> None:
    """To build again does not help while the live release is of a moment that is still to come."""
    world = World()
    ahead, now = shop({"tern": 22}, made=1_795_939_200), shop({"tern": 21}, made=1_795_935_605)
    world.publish(ahead)
    with pytest.raises(Refused) as refused:
        world.publish(now)
    assert str(refused.value) == (
        f"A newer release is live: {ahead.manifest.id}, of 2026-11-29 08:00:00 UTC; this one is of 2026-11-29 07:00:05 "
        "UTC. Nothing was published. If this one was built later all the same, the clock of one of the two machines is "
        "wrong: set it right, and build again after that moment. Otherwise build again from what is newest, or go back "
        "to an older release: pouch rollback"
    )


def test_the_same_built_again_keeps_what_was_built_between_from_coming_after_it() -> None:
    """Somebody took a change back; whoever still has it built is late."""
    world = World()
    world.publish(OLD)
    assert not world.publish(UNDONE).is_new
    with pytest.raises(Refused, match="A newer release is live"):
        world.publish(NEW)


def test_a_file_that_is_changed_while_it_is_published_is_refused() -> None:
    """Somebody builds meanwhile; what is live stays."""
    world = World()
    world.publish(OLD)
    changed = replace(NEW, pages={**NEW.pages, "/index.html": b"other"})
    with pytest.raises(Refused, match=r"/index\.html was changed while it was being published"):
        world.publisher().publish(NEW.manifest, changed)
    assert world.live.id == OLD.manifest.id
    world.publish(NEW)
    assert world.shows(NEW)


@pytest.mark.parametrize("lost", [False, True])
@pytest.mark.parametrize("seed", range(5))
def test_faults_of_the_bucket_on_the_way_are_got_over_by_trying_again(seed: int, lost: bool) -> None:
    """A tenth of all calls fails with a 503; with `lost` they had taken effect."""
    world, dice = World(), random.Random(seed)  # noqa: S311 (a seed has to tell the same story again)
    world.publish(OLD)

    def hook(call: Callable[[], Any]) -> Any:
        if dice.random() < 0.1:
            if lost:
                world.counted(call)
            raise BucketFailed("503")
        return world.counted(call)

    for _ in range(40):
        try:
            world.publish(NEW, hook)
            break
        except (BucketFailed, TakenOver):
            world.now += 1
    else:
        pytest.fail("It never got through.")
    world.publish(NEW)
    world.settle()
    assert world.shows(NEW)


def test_who_fails_lets_others_go_on_at_once() -> None:
    """They need not wait until the lease ends; only who was killed is waited for."""
    world = World()
    world.publish(OLD)
    numbers = count()

    def hook(call: Callable[[], Any]) -> Any:
        if next(numbers) == 8:
            raise BucketFailed("503")
        return world.counted(call)

    with pytest.raises(BucketFailed):
        world.publish(NEW, hook)
    world.publish(UNDONE)
    assert world.now == 1_000
    assert world.shows(OLD)
    world.settle()


def test_an_edge_that_is_not_told_is_told_by_the_next_publishing() -> None:
    """The release is in force all the same."""
    world = World()
    world.publish(OLD)

    def hook(call: Callable[[], Any]) -> Any:
        told = len(world.edge.told)
        done = world.counted(call)
        if len(world.edge.told) > told:
            world.edge.told.pop()
            raise PurgeFailed("429")
        return done

    done = world.publish(NEW, hook)
    assert (done.purged, world.shows(NEW)) == (False, True)
    assert "/products/tern/index.html" in world.pointer.unpurged
    world.publish(NEW)
    assert "/products/tern/" in world.edge.told[-1]
    world.settle()


def test_the_same_on_s3_and_functions_find_the_release_in_force(aws: str) -> None:
    """Several at a time, over HTTP: a release, the next one, and back."""
    pages, private = new_bucket(), new_bucket()
    edge, runs = MemoryEdge(), count()

    def publisher() -> Publisher:
        return Publisher(pages, private, edge, lambda: 1_000, f"run {next(runs)}", lambda _: None)

    def text(bucket: S3Bucket) -> str:
        found = bucket.get(f"main{address('tern')}index.html")
        return found.content.decode() if found else ""

    publisher().publish(OLD.manifest, OLD)
    publisher().publish(NEW.manifest, NEW)
    assert "tern 22" in text(pages)
    rollback(publisher())
    assert "tern 24" in text(pages)
    assert publisher().pointer().live.catalogue == OLD.manifest.catalogue  # type: ignore[union-attr]


def unwatched(call: Callable[[], Any]) -> Any:
    """A hook without the crawler, who would find what is broken before it is mended."""
    return call()


@pytest.mark.parametrize("path", ["/index.html", "/products/tern/index.html", SHEET])
def test_what_somebody_deleted_by_hand_is_put_back_when_the_same_is_published_again(path: str) -> None:
    world = World()
    world.publish(OLD)
    label = world.pages.label(f"main{path}")
    del world.pages.kept[f"main{path}"]
    again = world.publish(OLD, unwatched)
    assert (again.is_new, again.written) == (True, (path,))
    assert world.pages.label(f"main{path}") == label
    assert path == SHEET or path.removesuffix("index.html") in world.edge.told[-1]
    world.settle()
    assert not world.publish(OLD).is_new


def test_what_somebody_wrote_over_by_hand_is_put_back_too() -> None:
    world = World()
    world.publish(OLD)
    world.pages.put("main/products/tern/index.html", b"mine", Label())
    assert world.publish(OLD).written == ("/products/tern/index.html",)
    world.settle()


def test_what_functions_read_is_put_back_as_well() -> None:
    """Without it nothing can be sold, while every page is there."""
    world = World()
    world.publish(OLD)
    for name in OLD.manifest.kept:
        del world.private.kept[f"main/catalogue/{name}"]
    assert world.publish(OLD).written == ()
    world.settle()


def test_putting_back_is_no_release_more_to_go_back_to() -> None:
    """`pouch rollback` goes to the one before, as if nothing had been put back."""
    world = World()
    world.publish(OLD)
    world.publish(NEW)
    del world.pages.kept["main/products/skua/index.html"]
    world.publish(NEW, unwatched)
    rollback(world.publisher())
    assert world.shows(OLD)
