"""A shop with a past: a real git repository in a folder, whose commits are made on set days."""

import os
import subprocess
from pathlib import Path

from functions.shop.catalogue import Variant
from plugins.content import ProductSource
from plugins.past import Past, look_back
from tests.plugins.sample_site import product_source
from tests.small_shop import SETTINGS

TODAY = "2026-11-24"
NOBODY = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "Orla",
    "GIT_AUTHOR_EMAIL": "orla@shop.example",
    "GIT_COMMITTER_NAME": "Orla",
    "GIT_COMMITTER_EMAIL": "orla@shop.example",
}


class OldShop:
    """`content` lies in `root`, which is the repository, or below it."""

    def __init__(self, root: Path, content: str = "content") -> None:
        self.root, self.content = root, root / content
        (self.content / "products").mkdir(parents=True)
        self.git("init", "-q", "-b", "main")
        (root / "README").write_text("A shop.")

    def git(self, *arguments: str, at: str = "2026-01-01T12:00:00+00:00") -> str:
        """Run git in the repository, as if on that day."""
        dates = {"GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at}
        ran = subprocess.run(
            ["git", *arguments],  # noqa: S607 (whichever git is there)
            cwd=self.root,
            env=os.environ | NOBODY | dates,
            check=True,
            capture_output=True,
        )
        return ran.stdout.decode()

    def commit(self, day: str, **prices: str) -> None:
        """Commit product files with these prices on a day of 2026 such as `11-20`, at noon or as `11-20T23:30`."""
        for slug, price in prices.items():
            self.write(slug, price)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", day, at=f"2026-{day}{'' if 'T' in day else 'T12:00'}:00+00:00")

    def write(self, slug: str, price: str, more: str = "") -> None:
        """A product file; its SKU is its name in capitals."""
        text = f"---\ntitle: {slug}\nsku: {slug.upper()}\nprice: {price}\n{more}---\n\nA text about {slug}.\n"
        self.file(slug).write_text(text, encoding="utf-8")

    def file(self, slug: str) -> Path:
        """Where a product is written."""
        return self.content / "products" / f"{slug}.md"

    def source(self, slug: str, price: int, claimed: int | None = 9900, added: str = "") -> ProductSource:
        """A product as the build reads it: its price in cents, and the price before that its owner claims."""
        variant = Variant(slug.upper(), slug, slug, price, f"/products/{slug}/")
        plain = product_source(slug, variants=(variant,), compare_at=claimed, added=added)
        return plain._replace(path=self.file(slug))

    def past(self, *sources: ProductSource, today: str = TODAY) -> Past:
        """What git says about these products."""
        return look_back(sources, self.content, SETTINGS, today)

    def outcome(self, slug: str, price: int, claimed: int = 9900) -> object:
        """The reduction that is proved for a product, or the sentence for its owner."""
        found = self.past(self.source(slug, price, claimed))
        return found.reductions.get(slug.upper()) or found.doubts[0].sentence
