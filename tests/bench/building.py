"""How long builds take and how much memory they need, beside Hugo and plain Pelican on the same texts."""

from collections.abc import Iterator
from pathlib import Path

from tests.bench import blog, hugo, shop
from tests.bench.process import memory, seconds
from tests.bench.rounds import best, workplace
from tests.bench.shop import WITH_SEARCH, WITHOUT_SEARCH

Row = tuple[str, str]
MEMORY_LIMIT, HUGE_MEMORY_LIMIT = 200, 1_024  # MiB
EDIT_LIMIT = 0.1  # of Hugo's full build, at 10,000 products


def measure(*, quick: bool) -> Iterator[Row]:
    """Rows of what was measured and its figure."""
    yield from _against_hugo(1_000, rounds=1 if quick else 5, cold_limit=1.0)
    if not quick:
        yield from _against_hugo(10_000, rounds=3, cold_limit=0.5)
        yield from _against_pelican(1_000)
        yield from _huge(100_000)


def _against_hugo(size: int, rounds: int, cold_limit: float) -> Iterator[Row]:
    folder = workplace()
    ours, theirs, lean = folder / "shop", folder / "hugo", folder / "lean"
    shop.write_shop(ours, size)
    seconds(shop.command(), ours)  # makes the pictures for all
    hugo.write_site(theirs, size, ours / "output")
    hugo.write_site(lean, size, ours / "output", lean=True)
    things = {"cold": lambda: _cold(ours), "hugo": lambda: _hugo(theirs), "lean": lambda: _hugo(lean)}
    figures = best(things, rounds)
    yield f"{size:,} products, Hugo, pages alone", f"{figures['lean']:.2f} s, {_made(lean / 'public')}"
    yield f"{size:,} products, Hugo, the same files", f"{figures['hugo']:.2f} s, {_made(theirs / 'public')}"
    ratio = _ratio(figures["cold"], figures["hugo"], cold_limit)
    lean_ratio = f"{figures['cold'] / figures['lean']:.2f} of pages alone"
    figure = f"{figures['cold']:.2f} s, {_made(ours / 'output')}; {ratio}; {lean_ratio}"
    yield f"{size:,} products, cold, {WITHOUT_SEARCH}", figure
    edit = best({"edit": lambda: _after_an_edit(ours, size // 2)}, rounds)["edit"]
    ratio = _ratio(edit, figures["hugo"], EDIT_LIMIT)
    yield f"{size:,} products, one edited, in a fresh process, {WITHOUT_SEARCH}", f"{edit:.2f} s; {ratio}"
    yield from with_search(ours, size, rounds)
    yield from _memory(ours, size, MEMORY_LIMIT)


def with_search(folder: Path, size: int, rounds: int) -> Iterator[Row]:
    """What the same costs when shoppers can search, which is how a shop is set up. Hugo has nothing like it."""
    cold = best({"cold": lambda: _cold(folder, search=True)}, rounds)["cold"]
    yield f"{size:,} products, cold, {WITH_SEARCH}", f"{cold:.2f} s"
    edit = best({"edit": lambda: _after_an_edit(folder, size // 2, search=True)}, rounds)["edit"]
    yield f"{size:,} products, one edited, in a fresh process, {WITH_SEARCH}", f"{edit:.2f} s"


def _against_pelican(size: int) -> Iterator[Row]:
    folder = workplace()
    ours, theirs = folder / "shop", folder / "blog"
    shop.write_shop(ours, size)
    blog.write_blog(theirs, size)
    seconds(shop.command(), ours)
    figures = best({"cold": lambda: _cold(ours), "pelican": lambda: _pelican(theirs)}, rounds=3)
    name = f"{size:,} products, cold, {WITHOUT_SEARCH}, against plain Pelican with as many articles"
    yield name, f"{figures['cold'] / figures['pelican']:.2f} of {figures['pelican']:.2f} s"


def _huge(size: int) -> Iterator[Row]:
    ours = workplace()
    shop.write_shop(ours, size)
    figure = f"{seconds(shop.command(), ours):.1f} s, {_made(ours / 'output')}"
    yield f"{size:,} products, cold, {WITHOUT_SEARCH}", figure
    yield from _memory(ours, size, HUGE_MEMORY_LIMIT)


def _memory(folder: Path, size: int, limit: int) -> Iterator[Row]:
    shop.forget(folder)
    needed = memory(shop.command(), folder)
    yield (
        f"{size:,} products, cold, {WITHOUT_SEARCH}, memory of all processes",
        (f"{needed.tree:.0f} MiB of {limit:,} allowed; the largest process alone {needed.largest:.0f} MiB"),
    )


def _cold(folder: Path, *, search: bool = False) -> float:
    shop.forget(folder)
    return seconds(shop.command(search=search), folder)


def _hugo(folder: Path) -> float:
    hugo.forget(folder)
    return seconds(hugo.command(folder), folder)


def _pelican(folder: Path) -> float:
    blog.forget(folder)
    return seconds(blog.command(), folder)


def _after_an_edit(folder: Path, number: int, *, search: bool = False) -> float:
    """One build in a fresh process after a new price, which is checked to be on the page, and in the index if there is
    one: what stands there of each product is in a file that is named by what is in it.
    """
    page, before = shop.product_page(folder, number), shop.search_index(folder)
    price = shop.edit_price(folder, number)
    taken = seconds(shop.command(search=search), folder)
    if price not in page.read_text(encoding="utf-8"):
        raise RuntimeError(f"{page} does not show the new price {price}")
    if search and shop.search_index(folder) == before:
        raise RuntimeError(f"the search index does not know the new price {price}")
    return taken


def _made(folder: Path) -> str:
    """How many files are in a folder, and their bytes."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return f"{len(sizes):,} files, {sum(sizes) / 1_000_000:.1f} MB"


def _ratio(ours: float, theirs: float, limit: float) -> str:
    """Our share of Hugo's full build, and the goal."""
    return f"{ours / theirs:.2f} of Hugo's full build (goal {limit:g})"
