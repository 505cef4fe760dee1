"""`python -m plugins.build [pelicanconf.py]`: build the shop, or say what is wrong with its content.

The `pelican` command builds it too; this entry speaks to an owner: faults line by line and no traceback, exit code 1.
With `--stay` it builds once for each line on its standard input (cli/builder.py).
"""

import gc

if __name__ == "__main__":
    gc.disable()  # what is loaded stays to the end: looking through it takes long and finds nothing to free

import logging
import os
import signal
import sys
import time
from pathlib import Path

from pelican import Pelican, signals
from pelican.log import console as pelican_console
from pelican.settings import read_settings

from plugins.content import ContentFaults
from plugins.generator import ShopGenerator
from plugins.looks import NoSuchLook
from plugins.memory import AnotherBuild
from plugins.rendering import ThemeFault
from plugins.search import SearchFailed
from plugins.signals import release_written


def build(settings_file: str) -> ShopGenerator:
    """Run Pelican and give the generator with what it made. Raises ContentFaults; nothing has been written then."""
    made: list[ShopGenerator] = []

    def remember(generators: list[object]) -> None:
        made.extend(generator for generator in generators if isinstance(generator, ShopGenerator))

    signals.all_generators_finalized.connect(remember)
    pelican_console.quiet = True  # it counts articles, and a shop has none
    logging.getLogger("pelican").setLevel(logging.ERROR)
    Pelican(read_settings(settings_file)).run()
    return made[0]


def main(settings_file: str = "pelicanconf.py") -> int:
    """Build, say how it went, and give the exit code: 1 when the content has faults."""
    started = time.perf_counter()
    gc.disable()  # what is read stays as well
    try:
        counts = build(settings_file).counts
    except (ThemeFault, NoSuchLook, SearchFailed, AnotherBuild) as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    except ContentFaults as error:
        for fault in error.faults:
            print(fault, flush=True)  # noqa: T201
        count = len(error.faults)
        print(f"\n{count} {'fault' if count == 1 else 'faults'}; nothing was written.", file=sys.stderr)  # noqa: T201
        return 1
    built = f"{counts.products} products, {counts.collections} collections, {counts.pages} pages"
    print(f"Built {built} in {time.perf_counter() - started:.1f} s.", flush=True)  # noqa: T201
    return 0


def stay(answers: int, settings_file: str = "pelicanconf.py") -> int:
    """Build whenever a line comes in, and write `y` or `n` to the file descriptor `answers`; until no more can come."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for who started this; its end closes the input
    released: list[str] = []

    def tell(release_id: str, build: Path) -> None:  # noqa: ARG001 (so it is called)
        released.append(release_id)
        os.write(answers, b"y")  # the index for the search is made after that, and nobody need wait for it

    release_written.connect(tell)
    for _ in sys.stdin:
        released.clear()
        main(settings_file)
        if not released:
            os.write(answers, b"n")
        gc.collect()
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--stay"]:
        sys.exit(stay(int(sys.argv[2])))
    exit_code = main(*sys.argv[1:2])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(exit_code)  # all is written and closed; Python would take down every object one by one
