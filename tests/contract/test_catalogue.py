"""The contract of a Catalogue. A new implementation inherits CatalogueContract and says how a release is published."""

import hashlib
import json
import logging
import shutil
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import boto3
import pytest

from functions.adapters.aws.answers import Silent
from functions.adapters.aws.s3 import bucket
from functions.adapters.file_catalogue import FileCatalogue, FileDownloads, Folder, every_variant
from functions.adapters.kept_release import SHARDS_IN_MEMORY, Drawer, KeptRelease, Shelf
from functions.adapters.s3_catalogue import HANDED_THROUGH, Keys, S3Catalogue, S3Downloads
from functions.ports import Catalogue, Downloads, Elsewhere
from functions.shop.catalogue import Variant
from functions.shop.errors import NoRelease
from functions.shop.settings import Settings
from tests.small_shop import CHROME, POSTCARD, PRINT_A4, SETTINGS, VARIANTS, write_release

pytestmark = pytest.mark.slow


Publish = Callable[..., str]


class Place(Protocol):
    """Where releases are kept, as whoever publishes them sees it."""

    def write(self, build: Path) -> None:
        """Keep the release that a build has left, and let it be in force."""
        ...

    def listed(self) -> dict[str, Any]:
        """The list of the release in force."""
        ...

    def list_instead(self, listed: bytes) -> None:
        """Let this be the list of the release in force."""
        ...

    def keep(self, name: str, content: bytes) -> None:
        """Keep a file under a name."""
        ...

    def lose(self, name: str) -> None:
        """Lose a file."""
        ...


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
    def place(self) -> Place:
        """Where nothing is published yet."""
        raise NotImplementedError

    @pytest.fixture
    def catalogue(self, place: Place, hands: Hands) -> Catalogue:
        """A catalogue over it."""
        raise NotImplementedError

    @pytest.fixture
    def drawer(self, place: Place) -> Drawer:
        """Where its files lie."""
        raise NotImplementedError

    @pytest.fixture
    def publish(self, tmp_path: Path, place: Place) -> Publish:
        """Publishes a release (arguments as of small_shop.write_release) and gives its id."""

        def published(variants: tuple[Variant, ...] = VARIANTS, settings: Settings = SETTINGS, shards: int = 2) -> str:
            release_id = write_release(tmp_path / "built", variants, settings, shards)
            place.write(tmp_path / "built")
            return release_id

        return published

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

    @pytest.mark.parametrize(
        "listed",
        [b"", b"{", b"[]", b"null", b"7", b"{}", b'{"id": "x", "settings": 7, "chrome": 7, "shards": 7}', b"\xff\xfe{"],
    )
    def test_a_list_that_cannot_be_read_leaves_the_release_in_force_and_says_so(
        self,
        catalogue: Catalogue,
        publish: Publish,
        hands: Hands,
        place: Place,
        listed: bytes,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        release_id = publish()
        catalogue.current()
        place.list_instead(listed)
        hands.now += 2
        with caplog.at_level(logging.ERROR):
            assert catalogue.current().id == release_id
        assert "A new release cannot be read, so the shop stays at the one it has" in caplog.text
        assert caplog.records[-1].__dict__["fields"]["release"] == release_id

    @pytest.mark.parametrize("listed", [b"{", b"{}"])
    def test_without_one_before_a_list_that_cannot_be_read_is_no_release(
        self, catalogue: Catalogue, publish: Publish, place: Place, listed: bytes
    ) -> None:
        publish()
        place.list_instead(listed)
        with pytest.raises(NoRelease):
            catalogue.current()

    @pytest.mark.parametrize(
        ("part", "named_instead"),
        [("settings", "0" * 64), ("settings", None), ("chrome", "0" * 64), ("shards", 7)],
    )
    def test_a_release_with_a_missing_file_is_not_taken(
        self, catalogue: Catalogue, publish: Publish, hands: Hands, place: Place, part: str, named_instead: object
    ) -> None:
        old = publish()
        catalogue.current()
        publish((replace(POSTCARD, price=300),), replace(SETTINGS, name="Other Shop"))
        place.list_instead(json.dumps(place.listed() | {part: named_instead}).encode())
        hands.now += 2
        assert catalogue.current().id == old

    def test_a_release_that_was_mended_is_taken(
        self, catalogue: Catalogue, publish: Publish, hands: Hands, place: Place
    ) -> None:
        publish()
        catalogue.current()
        place.list_instead(b"{")
        hands.now += 2
        catalogue.current()
        new = publish((POSTCARD,))
        hands.now += 2
        assert catalogue.current().id == new

    def test_a_damaged_shard_is_refused_instead_of_priced(
        self, catalogue: Catalogue, publish: Publish, place: Place, drawer: Drawer
    ) -> None:
        publish(shards=1)
        [shard] = place.listed()["shards"]
        place.keep(shard, drawer.read(shard).replace(b'"price": 250', b'"price": 1'))
        with pytest.raises(NoRelease, match=rf"^catalogue/{shard} is damaged"):
            catalogue.current().variants(["CARD"])

    @pytest.mark.parametrize("text", ["[]", "{", "7", "null"])
    def test_a_shard_that_holds_no_variants_is_refused(self, place: Place, drawer: Drawer, text: str) -> None:
        name = hashlib.sha256(text.encode()).hexdigest()
        place.keep(name, text.encode())
        with pytest.raises(NoRelease, match=f"^catalogue/{name} holds no variants"):
            Shelf(drawer).shard(name)

    @pytest.mark.parametrize("data", [7, {"sku": "CARD"}])
    def test_a_variant_that_cannot_be_read_is_an_error_and_not_off_sale(
        self, place: Place, drawer: Drawer, data: object
    ) -> None:
        text = json.dumps({"CARD": data})
        name = hashlib.sha256(text.encode()).hexdigest()
        place.keep(name, text.encode())
        with pytest.raises(NoRelease, match=r"^A variant in the catalogue cannot be read"):
            KeptRelease("x", SETTINGS, CHROME, {}, (name,), Shelf(drawer)).variants(["CARD"])

    def test_a_shard_that_was_read_is_kept_in_memory(
        self, catalogue: Catalogue, publish: Publish, place: Place
    ) -> None:
        publish(shards=1)
        release = catalogue.current()
        release.variants(["CARD"])
        for name in place.listed()["shards"]:
            place.lose(name)
        assert release.variants(["CARD", "LAST"])["LAST"].price == 1000

    def test_only_the_shards_of_the_skus_asked_for_are_read(
        self, catalogue: Catalogue, publish: Publish, place: Place, drawer: Drawer
    ) -> None:
        publish(shards=2)
        release = catalogue.current()
        for shard in place.listed()["shards"]:
            if b'"CARD"' not in drawer.read(shard):
                place.lose(shard)
        assert release.variants(["CARD"]) == {"CARD": POSTCARD}

    def test_memory_holds_a_bounded_number_of_shards(self, publish: Publish, place: Place, drawer: Drawer) -> None:
        many = tuple(replace(POSTCARD, sku=f"SKU-{number}") for number in range(400))
        publish(many, shards=100)
        shelf, names = Shelf(drawer), place.listed()["shards"]
        for name in names:
            shelf.shard(name)
        for name in set(names):
            place.lose(name)
        assert sum(len(shelf.shard(name)) for name in names[-SHARDS_IN_MEMORY:]) > 100
        with pytest.raises(NoRelease):
            shelf.shard(names[0])


class Built:
    """The folder that a build leaves."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, build: Path) -> None:
        """Take over another one."""
        shutil.copytree(build, self.folder, dirs_exist_ok=True)

    def listed(self) -> dict[str, Any]:
        """What its list says."""
        listed: dict[str, Any] = json.loads((self.folder / "release.json").read_bytes())
        return listed

    def list_instead(self, listed: bytes) -> None:
        """Another list."""
        (self.folder / "release.json").write_bytes(listed)

    def keep(self, name: str, content: bytes) -> None:
        """A file in it."""
        (self.folder / "catalogue").mkdir(parents=True, exist_ok=True)
        (self.folder / "catalogue" / name).write_bytes(content)

    def lose(self, name: str) -> None:
        """No file in it."""
        (self.folder / "catalogue" / name).unlink()


class TestFileCatalogue(CatalogueContract):
    """Releases in the folder that the build writes."""

    @pytest.fixture
    def place(self, tmp_path: Path) -> Built:
        """A folder that is not there yet."""
        return Built(tmp_path / "build")

    @pytest.fixture
    def catalogue(self, place: Built, hands: Hands) -> FileCatalogue:
        """A catalogue over it."""
        return FileCatalogue(place.folder, hands)

    @pytest.fixture
    def drawer(self, place: Built) -> Folder:
        """The folder of its files."""
        return Folder(place.folder / "catalogue")

    def test_the_error_says_which_file_is_missing_and_what_to_do(self, catalogue: FileCatalogue) -> None:
        with pytest.raises(NoRelease, match=r"^build/release\.json is not there\. Build the shop first: make html$"):
            catalogue.current()

    @pytest.mark.parametrize("named_instead", [["0" * 64], [7]])
    def test_a_release_with_a_missing_shard_is_not_taken(
        self, catalogue: FileCatalogue, publish: Publish, hands: Hands, place: Built, named_instead: object
    ) -> None:
        old = publish()
        catalogue.current()
        publish((replace(POSTCARD, price=300),))
        place.list_instead(json.dumps(place.listed() | {"shards": named_instead}).encode())
        hands.now += 2
        assert catalogue.current().id == old

    def test_every_variant_of_the_release_can_be_listed(self, publish: Publish, place: Built) -> None:
        publish()
        assert sorted(variant.sku for variant in every_variant(place.folder)) == [
            "CARD", "FREE", "LAST", "PRINT-A4", "TO-ORDER",
        ]  # fmt: skip

    def test_listing_every_variant_of_no_release_says_what_to_do(self, place: Built) -> None:
        with pytest.raises(NoRelease, match="make html"):
            every_variant(place.folder)


class Published:
    """A bucket of its own, with the site `main`."""

    def __init__(self) -> None:
        self.name = f"releases-{uuid4().hex}"
        self._s3 = boto3.client("s3")
        self._s3.create_bucket(Bucket=self.name, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})

    def put(self, key: str, content: bytes) -> None:
        """A file in it."""
        self._s3.put_object(Bucket=self.name, Key=key, Body=content)

    def write(self, build: Path) -> None:
        """First what the list names, then the list, then the pointer."""
        for path in (build / "catalogue").iterdir():
            self.keep(path.name, path.read_bytes())
        self.list_instead((build / "release.json").read_bytes())

    def listed(self) -> dict[str, Any]:
        """The list to which the pointer leads."""
        name = json.loads(self._get("main/release.json"))["live"]["catalogue"]
        listed: dict[str, Any] = json.loads(self._get(f"main/catalogue/{name}"))
        return listed

    def list_instead(self, listed: bytes) -> None:
        """Another list, and a pointer to it."""
        name = hashlib.sha256(listed).hexdigest()
        self.keep(name, listed)
        live = {"id": "r-1", "catalogue": name, "made": 1000, "commit": "abc"}
        self.point(json.dumps({"live": live, "publishing": None, "unsure": [], "unpurged": [], "history": []}).encode())

    def point(self, pointer: bytes) -> None:
        """Another pointer."""
        self.put("main/release.json", pointer)

    def keep(self, name: str, content: bytes) -> None:
        """A file of a release."""
        self.put(f"main/catalogue/{name}", content)

    def lose(self, name: str) -> None:
        """No file of a release."""
        self._s3.delete_object(Bucket=self.name, Key=f"main/catalogue/{name}")

    def _get(self, key: str) -> bytes:
        content: bytes = self._s3.get_object(Bucket=self.name, Key=key)["Body"].read()
        return content


class TestS3Catalogue(CatalogueContract):
    """Releases in a bucket of S3."""

    @pytest.fixture
    def place(self, aws: str) -> Published:  # noqa: ARG002 (it runs)
        """A bucket in which nothing is."""
        return Published()

    @pytest.fixture
    def catalogue(self, place: Published, hands: Hands) -> S3Catalogue:
        """A catalogue over it."""
        return S3Catalogue(bucket(place.name), "main", hands)

    @pytest.fixture
    def drawer(self, place: Published) -> Keys:
        """The keys of its files."""
        return Keys(bucket(place.name), "main/catalogue")

    def test_before_anything_is_published_the_error_says_what_to_do(self, catalogue: S3Catalogue) -> None:
        with pytest.raises(NoRelease, match=r"^main/release\.json is not there\. Publish the shop: make publish$"):
            catalogue.current()

    def test_a_publish_that_is_under_way_is_no_release_yet(self, catalogue: S3Catalogue, place: Published) -> None:
        place.point(b'{"live": null, "publishing": {"id": "x"}}')
        with pytest.raises(NoRelease, match=r"^Nothing is published yet\. Publish the shop: make publish$"):
            catalogue.current()

    @pytest.mark.parametrize("pointer", [b"", b"{", b"[]", b"{}", b'{"live": 7}', b'{"live": null}', b"\xff\xfe{"])
    def test_a_pointer_that_cannot_be_read_leaves_the_release_in_force_until_it_is_mended(
        self, catalogue: S3Catalogue, publish: Publish, place: Published, hands: Hands, pointer: bytes
    ) -> None:
        old = publish()
        catalogue.current()
        place.point(pointer)
        hands.now += 2
        assert catalogue.current().id == old
        new = publish((POSTCARD,))
        hands.now += 2
        assert catalogue.current().id == new

    def test_a_list_that_comes_after_its_pointer_is_taken_when_it_is_there(
        self, catalogue: S3Catalogue, publish: Publish, place: Published, hands: Hands, tmp_path: Path
    ) -> None:
        old = publish()
        catalogue.current()
        new = publish((POSTCARD,))
        listed = (tmp_path / "built" / "release.json").read_bytes()
        name = hashlib.sha256(listed).hexdigest()
        place.lose(name)
        hands.now += 2
        assert catalogue.current().id == old
        place.keep(name, listed)
        hands.now += 2
        assert catalogue.current().id == new

    def test_a_shop_stays_open_when_s3_does_not_answer(
        self, catalogue: S3Catalogue, publish: Publish, hands: Hands, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        release_id = publish()
        catalogue.current().variants(["CARD"])
        monkeypatch.setattr("functions.adapters.aws.s3.PATIENCE", 0.1)
        monkeypatch.setattr("functions.adapters.aws.channel.Channel.send", nobody)
        hands.now += 2
        assert catalogue.current().id == release_id
        assert catalogue.current().variants(["CARD"]) == {"CARD": POSTCARD}

    def test_other_sites_have_a_release_of_their_own(self, publish: Publish, place: Published, hands: Hands) -> None:
        publish()
        with pytest.raises(NoRelease, match=r"^a-branch/release\.json is not there"):
            S3Catalogue(bucket(place.name), "a-branch", hands).current()


def nobody(*_: object, **__: object) -> None:
    """S3 when it does not answer."""
    raise Silent("NoAnswer")


class DownloadsContract:
    """What every place for the files that are sold does."""

    @pytest.fixture
    def downloads(self, tmp_path: Path) -> Downloads:
        """A place where one file is kept: `a map`, under 64 times the letter a."""
        raise NotImplementedError

    def test_a_file_is_read_as_it_was_kept(self, downloads: Downloads) -> None:
        file = downloads.open("a" * 64, "map.pdf")
        assert file is not None
        assert not isinstance(file, Elsewhere)
        with file:
            assert file.read() == b"a map"

    @pytest.mark.parametrize("name", ["", "b" * 64, "a" * 63, "../release.json", "A" * 64])
    def test_what_is_not_kept_is_none(self, downloads: Downloads, name: str) -> None:
        assert downloads.open(name, "map.pdf") is None


class TestFileDownloads(DownloadsContract):
    """Files in a folder."""

    @pytest.fixture
    def downloads(self, tmp_path: Path) -> FileDownloads:
        """The folder."""
        (tmp_path / ("a" * 64)).write_bytes(b"a map")
        return FileDownloads(tmp_path)

    def test_a_film_is_handed_through_like_a_map(self, downloads: FileDownloads, tmp_path: Path) -> None:
        """This machine has no limit for an answer."""
        (tmp_path / ("c" * 64)).write_bytes(b"f" * (HANDED_THROUGH + 1))
        file = downloads.open("c" * 64, "film.mp4")
        assert not isinstance(file, Elsewhere)
        assert file
        with file:
            assert len(file.read()) == HANDED_THROUGH + 1
        assert downloads.origin == ""


class TestS3Downloads(DownloadsContract):
    """Files in a bucket."""

    @pytest.fixture
    def place(self, aws: str) -> Published:  # noqa: ARG002 (it runs)
        """The bucket."""
        return Published()

    @pytest.fixture
    def downloads(self, place: Published) -> S3Downloads:
        """What is sold from it."""
        place.put(f"main/files/{'a' * 64}", b"a map")
        return S3Downloads(bucket(place.name), "main")

    def test_when_s3_does_not_answer_the_file_is_not_taken_for_gone(
        self, downloads: S3Downloads, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("functions.adapters.aws.s3.PATIENCE", 0.1)
        monkeypatch.setattr("functions.adapters.aws.channel.Channel.send", nobody)
        with pytest.raises(NoRelease, match=r"^S3 does not answer for main/files/a+: NoAnswer$"):
            downloads.open("a" * 64, "map.pdf")

    def test_what_a_function_can_answer_is_handed_through(self, place: Published) -> None:
        """To the last byte: 4 MB."""
        place.put(f"main/files/{'c' * 64}", b"f" * HANDED_THROUGH)
        file = S3Downloads(bucket(place.name), "main").open("c" * 64, "film.mp4")
        assert not isinstance(file, Elsewhere)
        assert file
        assert len(file.read()) == HANDED_THROUGH == 4_194_304

    def test_what_is_larger_is_had_from_s3_by_an_address_that_is_good_for_that_file_alone(
        self, place: Published, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """For five minutes, and as a file of its name."""
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")  # the one with which the emulator checks addresses
        for letter in "cd":
            place.put(f"main/files/{letter * 64}", b"f" * (HANDED_THROUGH + 1))
        downloads = S3Downloads(bucket(place.name), "main")
        found = downloads.open("c" * 64, "Film – Süd.mp4")
        assert isinstance(found, Elsewhere)
        assert found.address.startswith(f"{downloads.origin}/")
        with urllib.request.urlopen(found.address, timeout=10) as answer:
            assert len(answer.read()) == HANDED_THROUGH + 1
        for other in (found.address.replace("c" * 64, "d" * 64), found.address.replace("Expires=300", "Expires=301")):
            with pytest.raises(urllib.error.HTTPError, match="403"):
                urllib.request.urlopen(other, timeout=10)
        asked = parse_qs(urlsplit(found.address).query)
        told = {name: value for name, [value] in asked.items() if name.startswith("response-")}
        assert told == {
            "response-cache-control": "no-store",
            "response-content-disposition": "attachment; filename*=UTF-8''Film%20%E2%80%93%20S%C3%BCd.mp4",
            "response-content-type": "application/octet-stream",
        }
        assert asked["X-Amz-Expires"] == ["300"]
