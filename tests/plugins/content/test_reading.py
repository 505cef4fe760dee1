"""Files read one at a time, as other processes do: the same content, and the same faults."""

import pickle
from pathlib import Path

import pytest

from plugins.content import (
    Content,
    ContentFaults,
    Readings,
    content_of,
    files_of,
    load,
    picture_folder,
    read_collection,
    read_page,
    read_post,
    read_product,
    read_shop,
)
from tests.plugins.content.sample import MUG, TODAY, write


def read_apart(root: Path) -> Content:
    """Every file read on its own, and all that is known of it sent through a pipe."""
    (shop, facts), files = pickle.loads(pickle.dumps(read_shop(root, TODAY, picture_folder(root)))), files_of(root)  # noqa: S301
    readings = Readings(
        shop,
        tuple(read_product(path, facts) for path in map(Path, files.products)),
        tuple(read_collection(path, facts) for path in map(Path, files.collections)),
        tuple(read_page(path, facts) for path in map(Path, files.pages)),
        tuple(read_post(path, facts) for path in map(Path, files.journal)),
        files.faults,
    )
    return content_of(pickle.loads(pickle.dumps(readings)))  # noqa: S301


def test_files_read_apart_make_the_same_content(shop: Path) -> None:
    assert read_apart(shop) == load(shop, TODAY)


def test_faults_between_files_are_found_when_they_are_read_apart(shop: Path) -> None:
    write(shop / "products/mug.md", MUG.replace("sku: MUG", "sku: print-a4").replace("home, prints", "home, wall"))
    with pytest.raises(ContentFaults) as raised:
        read_apart(shop)
    assert [str(fault) for fault in raised.value.faults] == [
        "content/products/mug.md:4:21: collections: there is no collection 'wall'; write home or prints",
        (
            "content/products/print.md:12:10: sku: 'PRINT-A4' is already the SKU in content/products/mug.md, line 8; "
            "choose another"
        ),
    ]


def test_a_product_is_read_without_any_other_file(shop: Path) -> None:
    _, facts = read_shop(shop, TODAY, picture_folder(shop))
    for name in ("products/print.md", "collections/prints.md", "shop/shop.yaml"):
        (shop / name).unlink()
    reading = read_product(shop / "products/mug.md", facts)
    assert reading.source is not None
    assert reading.source.title == "Isobar Mug"
    assert [(reference.name, reference.at) for reference in reading.references.collections] == [
        ("home", (4, 15)),
        ("prints", (4, 21)),
    ]
