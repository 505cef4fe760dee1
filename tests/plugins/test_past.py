"""What git proves about prices and ages of products, told by real repositories with set days."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from plugins import git
from plugins.past import Past, ages, past_key
from plugins.reductions import NO_GIT
from plugins.views import Reduction
from tests.plugins.old_shop import TODAY, OldShop
from tests.small_shop import SETTINGS

pytestmark = pytest.mark.slow


@pytest.fixture
def shop(tmp_path: Path) -> OldShop:
    """A shop whose first commit holds no product."""
    made = OldShop(tmp_path / "shop")
    made.commit("01-01")
    return made


def test_a_reduction_is_proved_by_the_commits_of_its_file(shop: OldShop) -> None:
    shop.commit("01-05", tern="30.00")
    shop.commit("11-20", tern="20.00")
    assert shop.past(shop.source("tern", 2000, 3000)) == Past(
        reductions={"TERN": Reduction(3000, "2026-11-20")},
    )


def test_a_claim_that_is_not_the_lowest_price_is_put_right_and_its_owner_told(shop: OldShop) -> None:
    shop.commit("01-05", tern="30.00")
    shop.commit("11-01", tern="35.00")
    shop.commit("11-20", tern="20.00")
    found = shop.past(shop.source("tern", 2000, 3500))
    assert found.reductions == {"TERN": Reduction(3000, "2026-11-20")}
    [doubt] = found.doubts
    assert str(doubt) == (
        f"{shop.file('tern').as_posix()}: compare_at of TERN: 35.00 is not the lowest price of the 30 days before "
        "2026-11-20; write 30.00, which is what the page shows"
    )


def test_days_are_those_of_the_shops_time_zone(shop: OldShop) -> None:
    """Half past eleven at night in UTC is the next day in an Irish summer."""
    shop.commit("01-05", tern="30.00")
    shop.commit("07-20T23:30", tern="20.00")
    assert shop.outcome("tern", 2000) == Reduction(3000, "2026-07-21")


def test_a_price_that_is_not_committed_begins_today(shop: OldShop) -> None:
    shop.commit("01-05", tern="30.00")
    shop.write("tern", "20.00")
    assert shop.outcome("tern", 2000) == Reduction(3000, TODAY)


def test_a_file_is_followed_through_its_names(shop: OldShop) -> None:
    """Also when one has a letter that is not ASCII, and when the file was changed while it was renamed."""
    shop.write("tern-wéiß", "30.00")
    _edit(shop, "tern-wéiß", "sku: TERN-WÉISS", "sku: TERN")
    shop.commit("01-05")
    shop.git("mv", "content/products/tern-wéiß.md", "content/products/little-tern.md")
    shop.commit("03-01")
    shop.git("mv", "content/products/little-tern.md", "content/products/tern.md")
    _edit(shop, "tern", "30.00", "28.00")
    shop.commit("11-05")
    shop.commit("11-20", tern="20.00")
    kinds = [change.kind for commit in git.commits(_repository(shop), ("products",)) for change in commit.changes]
    assert kinds == ["M", "R", "R", "A"]
    assert shop.outcome("tern", 2000) == Reduction(2800, "2026-11-20")


def test_two_files_that_swapped_their_names_keep_their_pasts(shop: OldShop) -> None:
    """What one cost is no price of the other."""
    shop.write("a", "30.00", "note: the tern and what belongs to it\n")
    shop.write("b", "50.00", "care: quite another text about gulls\n")
    shop.commit("01-05")
    a, b = (shop.file(slug).read_text() for slug in "ab")
    shop.file("a").write_text(b)
    shop.file("b").write_text(a)
    shop.commit("03-01")
    shop.write("a", "40.00")
    _edit(shop, "a", "sku: A", "sku: B")
    shop.commit("11-20")
    source = shop.source("b", 4000)
    assert shop.past(source._replace(path=shop.file("a"))).reductions == {"B": Reduction(5000, "2026-11-20")}


def test_a_product_that_came_with_the_first_commit_may_be_older_than_it(tmp_path: Path) -> None:
    """The shop may have been put under git long after it was opened."""
    shop = OldShop(tmp_path)
    shop.commit("11-01", tern="30.00")
    shop.commit("11-20", tern="20.00")
    assert shop.outcome("tern", 2000) == (
        "is not shown, because the history begins on 2026-11-01, less than 30 days before the price fell on "
        "2026-11-20; delete this line, and reduce prices once they have stood for 30 days"
    )


def test_a_product_that_was_made_later_is_known_from_its_first_day(shop: OldShop) -> None:
    shop.commit("11-01", tern="30.00")
    shop.commit("11-20", tern="20.00")
    assert shop.outcome("tern", 2000) == Reduction(3000, "2026-11-20")


def test_a_file_that_was_moved_in_from_elsewhere_may_have_had_another_price_there(shop: OldShop) -> None:
    (shop.root / "old").mkdir()
    shop.write("tern", "15.00")
    shutil.move(shop.file("tern"), shop.root / "old" / "tern.md")
    shop.commit("10-01")
    shop.git("mv", "old/tern.md", "content/products/tern.md")
    shop.commit("11-05", tern="30.00")
    shop.commit("11-20", tern="20.00")
    assert "the history begins on 2026-11-05" in str(shop.outcome("tern", 2000))
    assert shop.past(shop.source("tern", 2000, None)).added == {}


def test_a_file_that_was_made_while_another_was_deleted_may_be_that_one(shop: OldShop) -> None:
    """Rewritten so much that git sees no renaming."""
    shop.commit("10-01", little="15.00")
    shop.file("little").unlink()
    shop.write("tern", "30.00", "".join(f"line{number}: {number}\n" for number in range(50)))
    shop.commit("11-05")
    shop.commit("11-20", tern="20.00")
    assert "the history begins on 2026-11-05" in str(shop.outcome("tern", 2000))


def test_a_product_that_was_deleted_for_a_while_was_not_for_sale_then(shop: OldShop) -> None:
    shop.commit("01-05", tern="30.00")
    shop.file("tern").unlink()
    shop.commit("09-01")
    shop.commit("11-20", tern="20.00")
    assert "it was not for sale in the 30 days before 2026-11-20" in str(shop.outcome("tern", 2000))


def test_a_draft_was_not_for_sale(shop: OldShop) -> None:
    shop.write("tern", "30.00", "status: draft\n")
    shop.commit("01-05")
    shop.commit("11-20", tern="20.00")
    assert "it was not for sale" in str(shop.outcome("tern", 2000))


@pytest.mark.parametrize(
    "broken",
    ["---\ntitle: [\n---\n", "no front matter", "---\nsku: TERN\nprice: about ten\n---\n", "---\nsku: TERN\n---\n"],
)
def test_a_version_that_cannot_be_read_proves_nothing(shop: OldShop, broken: str) -> None:
    shop.commit("01-05", tern="30.00")
    shop.file("tern").write_text(broken)
    shop.commit("11-10")
    shop.commit("11-11", tern="30.00")
    shop.commit("11-20", tern="20.00")
    assert shop.outcome("tern", 2000) == (
        "is not shown, because nothing readable says what it cost on 2026-11-10; delete this line"
    )


def test_a_version_that_is_no_text_proves_nothing(shop: OldShop) -> None:
    shop.commit("01-05", tern="30.00")
    shop.file("tern").write_bytes(b"\xff\xfe\x00")
    shop.commit("11-10")
    shop.commit("11-20", tern="20.00")
    assert "2026-11-10" in str(shop.outcome("tern", 2000))


def test_windows_line_ends_and_marks_are_understood(shop: OldShop) -> None:
    shop.file("tern").write_bytes(b"\xef\xbb\xbf---\r\nsku: TERN\r\nprice: 30.00\r\n---\r\n")
    shop.commit("01-05")
    shop.commit("11-20", tern="20.00")
    assert shop.outcome("tern", 2000) == Reduction(3000, "2026-11-20")


def test_each_variant_has_a_past_of_its_own(shop: OldShop) -> None:
    text = "---\nvariants:\n  - {{sku: A4, price: {}}}\n  - {{sku: A3, price: 50.00}}\n---\n"
    for day, price in (("01-05", "30.00"), ("11-20", "20.00")):
        shop.file("tern").write_text(text.format(price))
        shop.commit(day)
    source = shop.source("tern", 2000, None)
    variants = (replace(source.variants[0], sku="A4"), replace(source.variants[0], sku="A3", price=5000))
    found = shop.past(source._replace(variants=variants, variant_compare_at={"A4": 3000, "A3": 6000}))
    assert found.reductions == {"A4": Reduction(3000, "2026-11-20")}
    assert [(doubt.sku, doubt.sentence) for doubt in found.doubts] == [
        ("A3", "is not shown, because it has cost the same since 2026-01-05; lower the price, or delete this line")
    ]


def test_what_was_priced_in_another_currency_proves_nothing(shop: OldShop) -> None:
    (shop.content / "shop").mkdir()
    (shop.content / "shop/shop.yaml").write_text("currency: CHF\n")
    shop.commit("01-05", tern="30.00")
    (shop.content / "shop/shop.yaml").write_text("currency: EUR\n")
    shop.commit("11-05")
    shop.commit("11-20", tern="20.00")
    assert "nothing readable says what it cost on 2026-01-05" in str(shop.outcome("tern", 2000))


def test_a_price_counts_from_the_day_on_which_its_branch_was_merged(shop: OldShop) -> None:
    """Before that the shop was published without it; what a branch tried in between was never offered."""
    shop.commit("01-05", tern="30.00")
    shop.git("checkout", "-q", "-b", "sale")
    shop.commit("11-01", tern="5.00")
    shop.commit("11-02", tern="20.00")
    shop.git("checkout", "-q", "main")
    shop.commit("11-03", gull="10.00")
    shop.git("merge", "-q", "--no-edit", "sale", at="2026-11-20T12:00:00+00:00")
    assert shop.outcome("tern", 2000) == Reduction(3000, "2026-11-20")


def test_a_clock_that_went_wrong_does_not_turn_the_history_around(shop: OldShop) -> None:
    """A commit is no older than the one it builds upon."""
    shop.commit("10-01", tern="15.00")
    shop.commit("11-10", tern="30.00")
    shop.commit("01-01", tern="28.00")
    shop.commit("11-20", tern="20.00")
    assert "cost 15.00 in the 30 days before 2026-11-20" in str(shop.outcome("tern", 2000))


def test_a_file_that_was_never_committed_proves_nothing(shop: OldShop) -> None:
    shop.write("tern", "20.00")
    assert shop.outcome("tern", 2000) == (
        "is not shown, because this file was never committed; commit it with each price it has"
    )


def test_a_shop_outside_of_git_proves_nothing_and_says_so(tmp_path: Path) -> None:
    shop = OldShop(tmp_path)
    shop.write("tern", "20.00")
    shutil.rmtree(tmp_path / ".git")
    assert shop.outcome("tern", 2000) == NO_GIT
    assert past_key(shop.content, SETTINGS, TODAY) == f"{TODAY} Europe/Dublin"


def test_a_repository_without_a_commit_is_as_good_as_none(tmp_path: Path) -> None:
    shop = OldShop(tmp_path)
    shop.write("tern", "20.00")
    assert shop.outcome("tern", 2000) == NO_GIT


def test_a_machine_without_git_proves_nothing(shop: OldShop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.commit("01-05", tern="30.00")
    shop.commit("11-20", tern="20.00")
    monkeypatch.setenv("PATH", "")
    assert shop.outcome("tern", 2000) == NO_GIT


def test_the_shop_may_lie_deep_in_a_repository(tmp_path: Path) -> None:
    shop = OldShop(tmp_path, "websites/böök shop/content")
    shop.commit("01-01")
    shop.commit("01-05", tern="30.00")
    shop.commit("11-20", tern="20.00")
    assert shop.outcome("tern", 2000) == Reduction(3000, "2026-11-20")


def test_a_shallow_clone_says_what_to_do(shop: OldShop, tmp_path: Path) -> None:
    """It shows no wrong price."""
    shop.commit("11-10", tern="15.00")
    shop.commit("11-12", tern="30.00")
    shop.commit("11-20", tern="20.00")
    clone = _clone(shop, tmp_path, depth=2)
    assert clone.outcome("tern", 2000) == (
        "is not shown, because this copy of the shop holds only its latest commits; run git fetch --unshallow "
        "(on GitHub: fetch-depth: 0 for actions/checkout)"
    )
    clone.git("fetch", "-q", "--unshallow")
    assert "cost 15.00 in the 30 days before 2026-11-20" in str(clone.outcome("tern", 2000))


def test_a_shallow_clone_that_reaches_back_far_enough_is_as_good_as_a_whole_one(shop: OldShop, tmp_path: Path) -> None:
    shop.commit("01-05", tern="30.00")
    shop.commit("10-01", gull="10.00")
    shop.commit("11-20", tern="20.00")
    assert _clone(shop, tmp_path, depth=2).outcome("tern", 2000) == Reduction(3000, "2026-11-20")


def test_the_day_on_which_a_file_was_made_is_when_a_product_was_added(shop: OldShop) -> None:
    """Under whatever name; unless it is so old that nobody asks, or is gone again."""
    shop.commit("01-05", old="30.00")
    shop.commit("11-01", tern="30.00", gull="10.00", gone="10.00")
    shop.file("gone").unlink()
    shop.commit("11-02")
    shop.git("mv", "content/products/gull.md", "content/products/black-gull.md")
    shop.commit("11-20", tern="20.00", old="20.00")
    assert ages(shop.content, SETTINGS, TODAY) == {"tern": "2026-11-01", "black-gull": "2026-11-01"}


def test_a_product_that_came_with_the_first_commit_is_not_new(tmp_path: Path) -> None:
    """Nor is one in a clone that is cut off there."""
    shop = OldShop(tmp_path / "shop")
    shop.commit("11-01", tern="30.00")
    assert shop.past(shop.source("tern", 3000, None)).added == {}


def test_git_is_not_asked_when_nobody_needs_it(shop: OldShop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(git, "repository", lambda _folder: pytest.fail("git was asked"))
    assert shop.past(shop.source("tern", 3000, None, added="2026-10-31")) == Past()


def test_the_key_changes_with_the_day_the_time_zone_and_each_commit(shop: OldShop) -> None:
    """In another time zone a commit may be of another day, even where today is the same."""
    first = past_key(shop.content, SETTINGS, TODAY)
    assert past_key(shop.content, SETTINGS, TODAY) == first
    assert past_key(shop.content, SETTINGS, "2026-11-25") != first
    assert past_key(shop.content, replace(SETTINGS, time_zone="Pacific/Auckland"), TODAY) != first
    shop.commit("11-20", tern="20.00")
    assert past_key(shop.content, SETTINGS, TODAY) != first


def test_the_key_changes_with_each_older_commit_that_is_fetched(shop: OldShop, tmp_path: Path) -> None:
    """The present commit is the same all the time."""
    shop.commit("11-10", tern="30.00")
    shop.commit("11-20", tern="20.00")
    clone = _clone(shop, tmp_path, depth=1)
    keys = [past_key(clone.content, SETTINGS, TODAY)]
    for deeper in ("--deepen=1", "--unshallow"):
        clone.git("fetch", "-q", deeper)
        keys.append(past_key(clone.content, SETTINGS, TODAY))
    assert len(set(keys)) == 3


def test_what_an_owner_set_up_for_git_changes_nothing(shop: OldShop) -> None:
    shop.commit("01-05", tern="30.00")
    shop.commit("11-20", tern="20.00")
    settings = (
        "diff.renames=false",
        "log.showRoot=false",
        "log.showSignature=true",
        "color.ui=always",
        "diff.relative=true",
    )
    for setting in (*settings, "log.date=relative", "core.quotePath=true", "diff.noprefix=true"):
        shop.git("config", *setting.split("=", 1))
    assert shop.outcome("tern", 2000) == Reduction(3000, "2026-11-20")


def _edit(shop: OldShop, slug: str, old: str, new: str) -> None:
    text = shop.file(slug).read_text(encoding="utf-8")
    assert old in text
    shop.file(slug).write_text(text.replace(old, new), encoding="utf-8")


def _repository(shop: OldShop) -> git.Repository:
    found = git.repository(shop.content)
    assert found
    return found


def _clone(shop: OldShop, folder: Path, depth: int) -> OldShop:
    """A shallow clone of a shop."""
    shop.git("clone", "-q", "--depth", str(depth), shop.root.as_uri(), str(folder / "clone"))
    clone = OldShop.__new__(OldShop)
    clone.root, clone.content = folder / "clone", folder / "clone" / "content"
    return clone
