"""A build after edits makes what a build from nothing makes, byte for byte, whatever was edited."""

import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from plugins.content import ContentFaults
from plugins.output import Output
from tests.golden.building import build_sample
from tests.plugins.editable_shop import ANCHOR, EditableShop

EDITS = int(os.environ.get("EDITS", "60"))  # as many as a test run has time for; EDITS=500 is the whole proof
AT_ONCE = 50  # a round has so many at most; the first ones are short
ROUNDS = max(3, EDITS // 38)
STATES = ["published", "published", "hidden", "draft"]
TEMPLATES = ["home.html", "related.html", "collection.html", "page.html", "404.html", "frame.html"]
PARTS = ["parts/card.html", "parts/header.html", "parts/footer.html", "parts/picture.html", "parts/product_page.html"]
SETTINGS = {
    "tagline": ["Things from the pier", "Other things"],
    "phone": ["+353 20 912 3456", "+353 20 912 0000"],
    "headline": ["From the pier", "By the sea"],
    "quantity": ["20}", "5}"],
    "language": ["en", "de"],
    "hours": ["{mon-fri: 09:00-17:00}", "{sat: 10:00-14:00}"],
}
numbers = st.integers(0, 99)


def made(folder: Path) -> dict[str, bytes]:
    """What a build made, file by file: the output, the release in force with all it names, and the mails' templates."""
    build = folder / "build"
    release = json.loads((build / "release.json").read_text())
    named = [build / "catalogue" / name for name in [release["settings"], release["chrome"], *release["shards"]]]
    paths = [*(folder / "output").rglob("*"), *(build / "templates").rglob("*"), *named, build / "release.json"]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths if path.is_file()}


def built(shop: EditableShop, folder: Path) -> dict[str, bytes] | list[str]:
    """Build a shop into a folder: what was made, or the faults that were found."""
    try:
        build_sample(folder, shop.content, shop.theme)
    except ContentFaults as error:
        return [str(fault) for fault in error.faults]
    return made(folder)


class WarmAndCold(RuleBasedStateMachine):
    """An owner who builds after every second edit and after each mistake, in a folder that is kept and in a new one."""

    edits: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="pouch-"))
        self.shop = EditableShop(self.folder)
        self.last: dict[str, bytes] = {}
        self.steps = 0

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    @initialize()
    def open(self) -> None:
        self.shop.open()

    def product(self, number: int) -> Path:
        """One of the products that are there, but never the first."""
        found = [path for path in self.shop.files("products") if path.stem != ANCHOR]
        return found[number % len(found)]

    def file(self, folder: str, number: int) -> Path:
        found = self.shop.files(folder)
        return found[number % len(found)]

    @rule(number=numbers, price=st.integers(1, 99))
    def edit_a_price(self, number: int, price: int) -> None:
        self.shop.replace(self.product(number), r"(?<=price: )\d+", str(price))

    @rule(number=numbers, stock=st.integers(0, 9))
    def edit_a_stock(self, number: int, stock: int) -> None:
        self.shop.replace(self.product(number), r"(?<=stock: )\d+", str(stock))

    @rule(number=numbers)
    def reduce_a_price(self, number: int) -> None:
        self.shop.reduce(self.product(number))

    @rule(folder=st.sampled_from(["products", "collections", "pages", "journal"]), number=numbers, word=numbers)
    def edit_a_title(self, folder: str, number: int, word: int) -> None:
        self.shop.replace(self.file(folder, number), r"(?<=^title: ).*$", f"Title {word}")

    @rule(folder=st.sampled_from(["products", "collections", "pages", "journal"]), number=numbers, word=numbers)
    def edit_a_text(self, folder: str, number: int, word: int) -> None:
        path = self.file(folder, number)
        path.write_text(f"{path.read_text()}\n\nMore *words* {word}.\n")

    @rule(number=numbers, status=st.sampled_from(STATES))
    def publish_or_hide_a_product(self, number: int, status: str) -> None:
        path = self.product(number)
        if f"{path.stem}" not in (self.shop.content / "shop" / "shop.yaml").read_text():
            self.shop.replace(path, r"(?<=^status: )\w+$", status)

    @rule(number=numbers, file=st.sampled_from(["", "index.html", "old.html"]))
    def name_an_old_address(self, number: int, file: str) -> None:
        self.shop.was_at(self.product(number), file)

    @precondition(lambda self: self.last)
    @rule(number=numbers)
    def end_a_build_and_take_its_edit_back(self, number: int) -> None:
        path = self.product(number)
        good = path.read_bytes()
        self.shop.was_at(path, "ended.html")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Output, "sweep", _end)
            with pytest.raises(KeyboardInterrupt):
                built(self.shop, self.folder / "warm")
        path.write_bytes(good)
        self.last = made(self.folder / "warm")

    @rule(collection=numbers)
    def add_a_product(self, collection: int) -> None:
        self.shop.add_product(collection)

    @rule(number=numbers)
    def rename_a_product(self, number: int) -> None:
        self.shop.rename(self.product(number))

    @precondition(lambda self: len(self.shop.files("products")) > 4)
    @rule(number=numbers)
    def delete_a_product(self, number: int) -> None:
        self.shop.delete_product(self.product(number))

    @rule(number=numbers, home=numbers, second=numbers)
    def move_a_product(self, number: int, home: int, second: int) -> None:
        shelves = dict.fromkeys([self.file("collections", home).stem, self.file("collections", second).stem])
        self.shop.replace(self.product(number), r"(?<=^collections: ).*$", f"[{', '.join(shelves)}]")

    @rule(number=numbers, other=numbers)
    def relate_two_products(self, number: int, other: int) -> None:
        path, goes_with = self.product(number), self.product(other)
        if path != goes_with:
            self.shop.replace(path, r"(?<=^related: ).*$", f"[{goes_with.stem}, {ANCHOR}]")

    @rule()
    def add_a_collection(self) -> None:
        self.shop.write(f"collections/group-{self.shop.count}.md", "title: A new group\nsummary: New.", "All new.\n")
        self.shop.count += 1

    @rule(number=numbers, order=st.integers(0, 5))
    def order_a_collection(self, number: int, order: int) -> None:
        self.shop.replace(self.file("collections", number), r"(?<=^order: )\d+$", str(order))

    @rule(number=numbers, menu=st.sampled_from(["yes", "no"]))
    def show_a_collection_in_the_menu_or_not(self, number: int, menu: str) -> None:
        self.shop.replace(self.file("collections", number), r"(?<=^menu: )\w+$", menu)

    @rule(number=numbers)
    def rename_a_collection(self, number: int) -> None:
        self.shop.rename(self.file("collections", number))

    @precondition(lambda self: len(self.shop.files("collections")) > 1)
    @rule(number=numbers)
    def delete_a_collection(self, number: int) -> None:
        self.shop.delete_collection(self.file("collections", number))

    @rule(menu=st.sampled_from(["header", "footer", "none"]))
    def add_a_page(self, menu: str) -> None:
        self.shop.write(f"pages/page-{self.shop.count}.md", f"title: New\nsummary: New.\nmenu: {menu}", "New.\n")
        self.shop.count += 1

    @rule(number=numbers, menu=st.sampled_from(["header", "footer", "none"]))
    def move_a_page(self, number: int, menu: str) -> None:
        self.shop.replace(self.file("pages", number), r"(?<=^menu: )\w+$", menu)

    @precondition(lambda self: len(self.shop.files("pages")) > 1)
    @rule(number=numbers)
    def delete_a_page(self, number: int) -> None:
        self.file("pages", number).unlink()

    @rule(day=st.integers(1, 28))
    def add_a_post(self, day: int) -> None:
        front = f"title: Day {day}\nsummary: A day.\ndate: 2026-02-{day:02d}"
        self.shop.write(f"journal/post-{self.shop.count}.md", front, "Look:\n\n[[T00-L]]\n")
        self.shop.count += 1

    @precondition(lambda self: len(self.shop.files("journal")) > 1)
    @rule(number=numbers)
    def delete_a_post(self, number: int) -> None:
        self.file("journal", number).unlink()

    @rule(name=st.sampled_from(sorted(SETTINGS)), which=st.integers(0, 1))
    def edit_a_setting(self, name: str, which: int) -> None:
        self.shop.set_shop(name, SETTINGS[name][which])
        if name == "language":
            self.shop.set_shop("locale", ["en_IE", "de_DE"][which])

    @rule(rate=st.integers(3, 9))
    def edit_shipping_and_tax(self, rate: int) -> None:
        self.shop.replace(self.shop.content / "shop" / "shipping.yaml", r"(?<=price: )\d", str(rate))
        self.shop.replace(self.shop.content / "shop" / "tax.yaml", r"(?<=rate: ).*$", f"1{rate}")

    @rule(percent=st.integers(1, 99), number=numbers)
    def edit_a_promotion(self, percent: int, number: int) -> None:
        path = self.shop.content / "shop" / "promotions.yaml"
        self.shop.replace(path, r"(?<=percent: ).*$", str(percent))
        self.shop.replace(path, r"(?<=collections: ).*$", f"[{self.file('collections', number).stem}]")

    @rule(name=st.sampled_from([*TEMPLATES, *PARTS]), word=numbers)
    def edit_a_template(self, name: str, word: int) -> None:
        self.shop.edit_template(name, f"<!-- {word} -->")

    @rule(width=st.integers(1, 9))
    def edit_the_styles(self, width: int) -> None:
        path = self.shop.theme / "static" / "css" / "tokens.css"
        path.write_text(f"{path.read_text()}\n:root {{ --edited: {width}px; }}\n")

    @rule(name=st.sampled_from(["sea", "sky", "sand"]), shade=st.integers(0, 255))
    def paint_a_picture_anew(self, name: str, shade: int) -> None:
        self.shop.paint(name, shade)

    @rule(number=numbers, name=st.sampled_from(["sea", "sky", "sand"]))
    def show_another_picture(self, number: int, name: str) -> None:
        self.shop.replace(self.product(number), r"(?<=file: )\w+\.png", f"{name}.png")

    @rule(number=numbers)
    def unpack_an_older_file(self, number: int) -> None:
        self.shop.save_with_an_old_time(self.product(number))

    @rule(number=numbers)
    def save_without_a_change(self, number: int) -> None:
        self.product(number).touch()

    @rule(folder=st.sampled_from(["products", "collections", "pages"]), number=numbers)
    def make_a_mistake(self, folder: str, number: int) -> None:
        self.shop.spoil(self.file(folder, number))

    @rule(number=numbers)
    def sell_a_sku_twice(self, number: int) -> None:
        self.shop.sell_twice(self.product(number))

    @precondition(lambda self: not self.shop.spoilt)
    @rule(name=st.sampled_from(["shop", "shipping", "tax"]))
    def give_a_settings_file_another_name(self, name: str) -> None:
        self.shop.misname(self.shop.content / "shop" / f"{name}.yaml")

    @invariant()
    def warm_equals_cold(self) -> None:
        type(self).edits += 1
        self.steps += 1
        if self.steps % 2 and self.last and not self.shop.spoilt:
            return
        if self.shop.spoilt:
            self._leaves_the_last_good_output()
            self.shop.mend()
        warm, cold = built(self.shop, self.folder / "warm"), self._cold()
        assert isinstance(cold, dict), cold
        assert _differences(warm, cold) == []
        self.last = cold

    def _leaves_the_last_good_output(self) -> None:
        warm, cold = built(self.shop, self.folder / "warm"), self._cold()
        assert isinstance(cold, list)
        assert warm == cold
        if self.last:
            assert _differences(made(self.folder / "warm"), self.last) == []

    def _cold(self) -> dict[str, bytes] | list[str]:
        """A build into an empty folder. Pictures alone are not encoded again: they are kept by their content."""
        cold = self.folder / "cold"
        shutil.rmtree(cold, ignore_errors=True)
        (cold / "build" / "cache").mkdir(parents=True)
        (self.folder / "pictures").mkdir(exist_ok=True)
        (cold / "build" / "cache" / "pictures").symlink_to(self.folder / "pictures", target_is_directory=True)
        return built(self.shop, cold)


def _end(_output: Output) -> None:
    """What Ctrl-C does."""
    raise KeyboardInterrupt


def _differences(warm: dict[str, bytes] | list[str], cold: dict[str, bytes] | list[str]) -> list[str]:
    """What is not the same, in one line each."""
    if isinstance(warm, list) or isinstance(cold, list):
        return [f"faults: {warm if isinstance(warm, list) else cold}"]
    words = {True: "differs", False: "is missing from one"}
    return [
        f"{name} {words[name in warm and name in cold]}"
        for name in sorted(warm.keys() | cold.keys())
        if warm.get(name) != cold.get(name)
    ]


@pytest.mark.slow
def test_after_many_edits_the_output_is_still_that_of_a_build_from_nothing() -> None:
    run_state_machine_as_test(
        WarmAndCold,
        settings=settings(
            max_examples=ROUNDS,
            stateful_step_count=AT_ONCE,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert WarmAndCold.edits >= EDITS
