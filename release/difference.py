"""The difference between two releases as an owner sees it: prices, products and pages. Only what differs is read."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from functions.shop.money import MoneyFormat
from functions.shop.record import from_json
from functions.shop.settings import Settings
from release.manifest import Manifest

Reader = Callable[[str], bytes]
Shard = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Side:
    """A release, and what reads a file of its private side by its SHA-256."""

    manifest: Manifest
    read: Reader


@dataclass(frozen=True, slots=True)
class Price:
    """A variant that costs something else now, in minor units."""

    name: str
    sku: str
    old: int
    new: int


@dataclass(frozen=True, slots=True)
class Difference:
    """What is other than before. `new` and `gone` are titles of products, the SKUs are of variants of products that
    stay, and pages are their paths.
    """

    prices: tuple[Price, ...] = ()
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    new_skus: tuple[str, ...] = ()
    gone_skus: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    other_skus: tuple[str, ...] = ()
    settings: bool = False
    pages: tuple[str, ...] = ()
    new_pages: tuple[str, ...] = ()
    gone_pages: tuple[str, ...] = ()
    files: int = 0
    money: MoneyFormat | None = None


def difference(before: Side | None, after: Side) -> Difference:
    """How two releases differ; without one before, everything is new."""
    old_list, new_list = _listed(before), _listed(after)
    same = {*old_list.get("shards", ())} & {*new_list["shards"]}
    old, new = _variants(before, old_list, same), _variants(after, new_list, same)
    both = sorted(old.keys() & new.keys())
    came, went = _titles(new, old, before.manifest if before else None), _titles(old, new, after.manifest)
    fresh, lost = sorted(new.keys() - old.keys()), sorted(old.keys() - new.keys())
    return Difference(
        prices=tuple(
            Price(_name(new[sku]), sku, old[sku]["price"], new[sku]["price"])
            for sku in both
            if old[sku]["price"] != new[sku]["price"]
        ),
        new=tuple(came.values()),
        gone=tuple(went.values()),
        new_skus=tuple(sku for sku in fresh if new[sku]["product"] not in came),
        gone_skus=tuple(sku for sku in lost if old[sku]["product"] not in went),
        counted=tuple(sku for sku in both if old[sku].get("declared") != new[sku].get("declared")),
        other_skus=tuple(sku for sku in both if _rest(old[sku]) != _rest(new[sku])),
        settings=bool(old_list) and old_list["settings"] != new_list["settings"],
        money=_settings(after, new_list).money,
        **_files(before.manifest if before else None, after.manifest),
    )


def settings_of(side: Side) -> Settings:
    """The shop's settings in a release."""
    return _settings(side, _listed(side))


def _settings(side: Side, listed: Mapping[str, Any]) -> Settings:
    return from_json(Settings, json.loads(side.read(listed["settings"])))


def _listed(side: Side | None) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(side.read(side.manifest.catalogue)) if side else {}
    return found


def _variants(side: Side | None, listed: Mapping[str, Any], same: Iterable[str]) -> dict[str, Mapping[str, Any]]:
    """Those in shards that the other release has not."""
    names = [name for name in listed.get("shards", ()) if name not in same]
    shards: list[Shard] = [json.loads(side.read(name)) for name in names] if side else []
    return {sku: variant for shard in shards for sku, variant in shard.items()}


def _titles(here: Shard, there: Shard, release: Manifest | None) -> dict[str, str]:
    """Products that the other side neither sells in what was read nor has a page for, by their name in addresses."""
    pages = {path for path, file in release.files.items() if not file.gone} if release else set()
    sold = {variant["product"] for variant in there.values()}
    found = {variant["product"]: variant for variant in here.values() if variant["product"] not in sold}
    return {name: one["title"] for name, one in sorted(found.items()) if _page(one["path"]) not in pages}


def _page(address: str) -> str:
    """The file of a product's page; the address of a variant says behind it which one."""
    return f"{address.partition('?')[0].partition('#')[0]}index.html"


def _name(variant: Mapping[str, Any]) -> str:
    return ", ".join((variant["title"], *variant.get("options", ())))


def _rest(variant: Mapping[str, Any]) -> dict[str, Any]:
    return {field: value for field, value in variant.items() if field not in {"price", "declared"}}


def _files(before: Manifest | None, after: Manifest) -> dict[str, Any]:
    old = {path: file for path, file in before.files.items() if not file.gone} if before else {}
    new = {path: file for path, file in after.files.items() if not file.gone}
    changed = sorted(path for path in old.keys() & new.keys() if old[path].sha256 != new[path].sha256)
    fresh, lost = sorted(new.keys() - old.keys()), sorted(old.keys() - new.keys())
    return {
        "pages": tuple(filter(_is_page, changed)),
        "new_pages": tuple(filter(_is_page, fresh)),
        "gone_pages": tuple(filter(_is_page, lost)),
        "files": sum(not _is_page(path) for path in (*changed, *fresh, *lost)),
    }


def _is_page(path: str) -> bool:
    return path.endswith(".html")
