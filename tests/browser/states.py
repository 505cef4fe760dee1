"""A small shop in which products of every kind and in every state of stock are: tests/golden/shop and states/*.md."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.golden.building import HERE as GOLDEN
from tests.golden.building import build_sample
from tests.plugins.old_shop import OldShop

STATES = Path(__file__).parent / "states"


def build_states(folder: Path) -> None:
    """Build it into `folder/output` and `folder/build`. Its tea was dearer until ten days ago, as git can prove."""
    shop = OldShop(folder)
    shutil.copytree(GOLDEN / "shop", shop.content, dirs_exist_ok=True)
    shutil.copytree(STATES, shop.content / "products", dirs_exist_ok=True)
    tea = shop.file("tea").read_text(encoding="utf-8")
    shop.file("tea").write_text(tea.replace("price: 8.00, compare_at: 10.00", "price: 10.00"), encoding="utf-8")
    _commit(shop, days_ago=60)
    shop.file("tea").write_text(tea, encoding="utf-8")
    _commit(shop, days_ago=10)
    build_sample(folder, shop.content)


def _commit(shop: OldShop, days_ago: int) -> None:
    shop.git("add", "-A")
    shop.git("commit", "-q", "-m", "As it is", at=(datetime.now(UTC) - timedelta(days_ago)).isoformat())
