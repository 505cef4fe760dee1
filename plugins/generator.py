"""The generator: Pelican's hook in which the shop is built."""

import os
from pathlib import Path

from pelican.generators import Generator

from plugins.memory import Memory
from plugins.product_maker import KINDS
from plugins.progress import BuildProgress
from plugins.shop_build import Counts, ShopBuild
from plugins.spool import spool


class ShopGenerator(Generator):  # type: ignore[misc]
    """Builds all there is of a shop. Raises ContentFaults and ThemeFault; nothing has been written then."""

    counts: Counts

    def generate_output(self, _writer: object) -> None:
        """Called by Pelican; its own writer knows articles only."""
        build = Path(self.settings["SHOP_BUILD"])
        memory = Memory(build / "cache" / "build.db", KINDS)
        try:
            with spool(build / "cache" / "spool") as waiting, BuildProgress() as progress:
                root = Path(os.path.relpath(self.path))  # faults name files as an owner sees them
                self.counts = ShopBuild(self.settings, root, memory, waiting, progress).run()
        finally:
            memory.close()
