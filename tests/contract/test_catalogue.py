"""The contract of a Catalogue. A new implementation inherits CatalogueContract and says how a release is published."""

import hashlib
import json
import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from functions.adapters.file_catalogue import SHARDS_IN_MEMORY, FileCatalogue, FileRelease, Shelf, every_variant
from functions.ports import Catalogue
from functions.shop.catalogue import Variant
from functions.shop.errors import NoRelease
from tests.small_shop import CHROME, POSTCARD, PRINT_A4, SETTINGS, VARIANTS, write_release

Publish = Callable[..., str]


class Hands:
    """A clock whose hands are moved by the test."""

    def __init__(self) -> None:
        self.now = 1000

    def __call__(self) -> int:
        """Unix seconds."""
        return self.now


class CatalogueContract:
    """What every Catalogue does. A release is looked for at most every two seconds."""

    @pytest.fixture
    def hands(self) -> Hands:
        """The clock."""
        return Hands()

    @pytest.fixture
    def catalogue(self, tmp_path: Path, hands: Hands) -> Catalogue:
        """A catalogue in which nothing is published yet."""
        raise NotImplementedError

    @pytest.fixture
    def publish(self, tmp_path: Path) -> Publish:
        """Publishes a release (arguments as of small_shop.write_release) and gives its id."""
        raise NotImplementedError

    def test_without_a_release_nothing_can_be_priced(self, catalogue: Catalogue) -> None:
        with pytest.raises(NoRelease):
            catalogue.current()

    def test_a_first_release_is_found_at_once(self, catalogue: Catalogue, publish: Publish) -> None:
        with pytest.raises(NoRelease):
            catalogue.current()
        release_id = publish()
        assert catalogue.current().id == release_id

    def test_a_release_holds_settings_chrome_and_variants(self, catalogue: Catalogue, publish: Publish) -> None:
        publish()
        release = catalogue.current()
        assert release.settings == SETTINGS
        assert release.chrome == CHROME
        assert release.variants(["CARD", "PRINT-A4"]) == {"CARD": POSTCARD, "PRINT-A4": PRINT_A4}

    @pytest.mark.parametrize("shards", [1, 2, 7, 64])
    def test_every_variant_is_found_however_many_shards_there_are(
        self, catalogue: Catalogue, publish: Publish, shards: int
    ) -> None:
        publish(shards=shards)
        skus = [variant.sku for variant in VARIANTS]
        assert catalogue.current().variants(skus) == {variant.sku: variant for variant in VARIANTS}

    def test_what_is_not_on_sale_is_left_out(self, catalogue: Catalogue, publish: Publish) -> None:
        publish()
        release = catalogue.current()
        assert release.variants(["CARD", "NEVER", "card", "", "../release.json"]) == {"CARD": POSTCARD}
        assert release.variants([]) == {}

    def test_a_new_release_is_in_force_two_seconds_later(
        self, catalogue: Catalogue, publish: Publish, hands: Hands
    ) -> None:
        old = publish()
        assert catalogue.current().id == old
        new = publish((replace(POSTCARD, price=300),))
        hands.now += 1
        assert catalogue.current().id == old
        hands.now += 1
        assert catalogue.current().id == new
        assert catalogue.current().variants(["CARD"])["CARD"].price == 300

    def test_a_release_never_changes_so_a_quote_uses_one_version(
        self, catalogue: Catalogue, publish: Publish, hands: Hands
    ) -> None:
        publish()
        old = catalogue.current()
        publish((replace(POSTCARD, price=300),), replace(SETTINGS, name="Other Shop"))
        hands.now += 10
        assert catalogue.current().settings.name == "Other Shop"
        assert old.settings.name == "Small Shop"
        assert old.variants(["CARD", "LAST"])["CARD"].price == 250

    def test_the_same_release_published_again_stays_the_same_object(
        self, catalogue: Catalogue, publish: Publish, hands: Hands
    ) -> None:
        publish()
        before = catalogue.current()
        publish()
        hands.now += 10
        assert catalogue.current() is before

    def test_a_roll_back_is_in_force_like_any_release(
        self, catalogue: Catalogue, publish: Publish, hands: Hands
    ) -> None:
        old = publish()
        publish((replace(POSTCARD, price=300),))
        assert catalogue.current().variants(["CARD"])["CARD"].price == 300
        assert publish() == old
        hands.now += 2
        assert catalogue.current().id == old
        assert catalogue.current().variants(["CARD"])["CARD"].price == 250

    def test_a_clock_that_goes_back_does_not_stop_the_looking(
        self, catalogue: Catalogue, publish: Publish, hands: Hands
    ) -> None:
        publish()
        catalogue.current()
        new = publish((POSTCARD,))
        hands.now -= 3600
        assert catalogue.current().id == new


class TestFileCatalogue(CatalogueContract):
    """Releases in the folder that the build writes."""

    @pytest.fixture
    def build(self, tmp_path: Path) -> Path:
        """The build's folder."""
        return tmp_path / "build"

    @pytest.fixture
    def catalogue(self, build: Path, hands: Hands) -> FileCatalogue:
        """A catalogue over a folder that is not there yet."""
        return FileCatalogue(build, hands)

    @pytest.fixture
    def publish(self, build: Path) -> Publish:
        """Writes a release folder."""

        def write(variants: tuple[Variant, ...] = VARIANTS, settings: object = SETTINGS, shards: int = 2) -> str:
            return write_release(build, variants, settings, shards)  # type: ignore[arg-type]

        return write

    def test_the_error_says_which_file_is_missing_and_what_to_do(self, catalogue: FileCatalogue) -> None:
        with pytest.raises(NoRelease, match=r"^build/release\.json is not there\. Build the shop first: make html$"):
            catalogue.current()

    @pytest.mark.parametrize(
        "pointer",
        [b"", b"{", b"[]", b"null", b"7", b"{}", b'{"id": "x", "settings": 7, "chrome": 7, "shards": 7}', b"\xff\xfe{"],
    )
    def test_a_pointer_that_cannot_be_read_leaves_the_release_in_force_and_says_so(
        self,
        catalogue: FileCatalogue,
        publish: Publish,
        hands: Hands,
        build: Path,
        pointer: bytes,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        release_id = publish()
        catalogue.current()
        (build / "release.json").write_bytes(pointer)
        hands.now += 2
        with caplog.at_level(logging.ERROR):
            assert catalogue.current().id == release_id
        assert "A new release cannot be read, so the shop stays at the one it has" in caplog.text
        assert caplog.records[-1].__dict__["fields"]["release"] == release_id
        with pytest.raises(NoRelease):
            FileCatalogue(build, hands).current()

    @pytest.mark.parametrize(
        ("part", "named_instead"),
        [
            ("settings", "0" * 64),
            ("settings", None),
            ("chrome", "0" * 64),
            ("shards", ["0" * 64]),
            ("shards", [7]),
            ("shards", 7),
        ],
    )
    def test_a_release_with_a_missing_file_is_not_taken(
        self, catalogue: FileCatalogue, publish: Publish, hands: Hands, build: Path, part: str, named_instead: object
    ) -> None:
        old = publish()
        catalogue.current()
        publish((replace(POSTCARD, price=300),), replace(SETTINGS, name="Other Shop"))
        named = json.loads((build / "release.json").read_text())
        (build / "release.json").write_text(json.dumps(named | {part: named_instead}))
        hands.now += 2
        assert catalogue.current().id == old

    def test_a_release_that_was_mended_is_taken(
        self, catalogue: FileCatalogue, publish: Publish, hands: Hands, build: Path
    ) -> None:
        publish()
        catalogue.current()
        (build / "release.json").write_text("{")
        hands.now += 2
        catalogue.current()
        new = publish((POSTCARD,))
        hands.now += 2
        assert catalogue.current().id == new

    def test_a_damaged_shard_is_refused_instead_of_priced(
        self, catalogue: FileCatalogue, publish: Publish, build: Path
    ) -> None:
        publish(shards=1)
        [shard] = json.loads((build / "release.json").read_text())["shards"]
        path = build / "catalogue" / shard
        path.write_text(path.read_text().replace('"price": 250', '"price": 1'))
        with pytest.raises(NoRelease, match=rf"^catalogue/{shard} is damaged"):
            catalogue.current().variants(["CARD"])

    @pytest.mark.parametrize("text", ["[]", "{", "7", "null"])
    def test_a_shard_that_holds_no_variants_is_refused(self, build: Path, text: str) -> None:
        name = hashlib.sha256(text.encode()).hexdigest()
        (build / "catalogue").mkdir(parents=True)
        (build / "catalogue" / name).write_text(text)
        with pytest.raises(NoRelease, match=f"^catalogue/{name} holds no variants"):
            Shelf(build / "catalogue").shard(name)

    @pytest.mark.parametrize("data", [7, {"sku": "CARD"}])
    def test_a_variant_that_cannot_be_read_is_an_error_and_not_off_sale(self, build: Path, data: object) -> None:
        text = json.dumps({"CARD": data})
        name = hashlib.sha256(text.encode()).hexdigest()
        (build / "catalogue").mkdir(parents=True)
        (build / "catalogue" / name).write_text(text)
        with pytest.raises(NoRelease, match=r"^A variant in the catalogue cannot be read"):
            FileRelease("x", SETTINGS, CHROME, {}, (name,), Shelf(build / "catalogue")).variants(["CARD"])

    def test_a_shard_that_was_read_is_kept_in_memory(
        self, catalogue: FileCatalogue, publish: Publish, build: Path
    ) -> None:
        publish(shards=1)
        release = catalogue.current()
        release.variants(["CARD"])
        for path in (build / "catalogue").iterdir():
            path.unlink()
        assert release.variants(["CARD", "LAST"])["LAST"].price == 1000

    def test_only_the_shards_of_the_skus_asked_for_are_read(
        self, catalogue: FileCatalogue, publish: Publish, build: Path
    ) -> None:
        publish(shards=2)
        release = catalogue.current()
        for shard in release.shards:
            if "CARD" not in json.loads((build / "catalogue" / shard).read_text()):
                (build / "catalogue" / shard).unlink()
        assert release.variants(["CARD"]) == {"CARD": POSTCARD}

    def test_memory_holds_a_bounded_number_of_shards(self, publish: Publish, build: Path) -> None:
        many = tuple(replace(POSTCARD, sku=f"SKU-{number}") for number in range(400))
        publish(many, shards=100)
        shelf = Shelf(build / "catalogue")
        names = json.loads((build / "release.json").read_text())["shards"]
        for name in names:
            shelf.shard(name)
        kept = names[-SHARDS_IN_MEMORY:]
        for path in (build / "catalogue").iterdir():
            path.unlink()
        assert sum(len(shelf.shard(name)) for name in kept) > 100
        with pytest.raises(NoRelease):
            shelf.shard(names[0])

    def test_every_variant_of_the_release_can_be_listed(self, publish: Publish, build: Path) -> None:
        publish()
        assert sorted(variant.sku for variant in every_variant(build)) == [
            "CARD", "FREE", "LAST", "PRINT-A4", "TO-ORDER",
        ]  # fmt: skip

    def test_listing_every_variant_of_no_release_says_what_to_do(self, build: Path) -> None:
        with pytest.raises(NoRelease, match="make html"):
            every_variant(build)
