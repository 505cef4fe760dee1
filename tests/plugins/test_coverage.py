"""The proof that all that is sold can be sent, in a build that remembers: one edit can break it, and mend it."""

import shutil
from pathlib import Path

import pytest

from plugins.content import ContentFaults
from tests.golden.building import HERE, build_sample

pytestmark = pytest.mark.slow
UNWEIGHED = ("poster", "staff-mug")


def replace(path: Path, old: str, new: str) -> None:
    """Edit a file."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def faults(folder: Path) -> list[str]:
    """What a build says."""
    with pytest.raises(ContentFaults) as raised:
        build_sample(folder, folder / "content")
    return [str(fault).split("/content/")[1] for fault in raised.value.faults]


def test_a_warm_build_proves_all_products_though_it_reads_only_one(tmp_path: Path) -> None:
    content = shutil.copytree(HERE / "shop", tmp_path / "content")
    build_sample(tmp_path, content)
    replace(content / "shop/shipping.yaml", "price: 8.90", "by_weight: [{up_to: 45 kg, price: 8.90}]")
    assert faults(tmp_path) == [
        f"products/{slug}.md:1:1: weight: is missing, and what it costs to send it depends on it (shipping.yaml); "
        "write weight: 180 g"
        for slug in UNWEIGHED
    ]
    for slug in UNWEIGHED:
        replace(content / f"products/{slug}.md", "price: ", "weight: 200 g\nprice: ")
    build_sample(tmp_path, content)
    replace(content / "products/card.md", "weight: 10 g", "weight: 9 kg")
    [fault] = faults(tmp_path)
    assert fault == (
        "shop/shipping.yaml:11:9: rates: 54 kg (6 × CARD, packed) to Neighbours has no rate; the heaviest band of "
        "'Neighbours' ends at 45 kg; add a band, or write max_weight: 45 kg in the zone, which shoppers are told"
    )
    replace(content / "products/card.md", "weight: 9 kg", "weight: 10 g")
    build_sample(tmp_path, content)
