"""The index of all products: under which letter a title stands, and on which page."""

from plugins.letters import IndexPage, index_pages
from plugins.views import Choice, Crumb


def things(*titles: str) -> list[Crumb]:
    """Products by title."""
    return [Crumb(title, f"/products/{title.casefold()}/") for title in titles]


def on(page: IndexPage) -> dict[str, list[str]]:
    """The titles on a page by letter."""
    return {letter.title: [link.title for link in letter.links] for letter in page.letters}


def test_a_small_shop_has_one_page_in_the_order_of_the_alphabet() -> None:
    """Case and accents do not count, and what begins with no letter comes last."""
    [page] = index_pages(things("tern", "Gull", "Émeu", "Tide", "9 boats", "egret", "“Quoted”"))
    assert on(page) == {
        "E": ["egret", "Émeu"],
        "G": ["Gull"],
        "Q": ["“Quoted”"],
        "T": ["tern", "Tide"],
        "0–9": ["9 boats"],
    }
    assert page.choices[-1] == Choice("0–9", "#0-9", count=1)
    assert page.choices[0] == Choice("E", "#e", count=2)


def test_a_large_shop_has_pages_for_each_letter_and_of_each_letter() -> None:
    many = things(*(f"Thing {number:04}" for number in range(301)), "Gull")
    pages = index_pages(many)
    assert [(page.path, sum(len(letter.links) for letter in page.letters)) for page in pages] == [
        ("/all/", 0),
        ("/all/g/", 1),
        ("/all/t/", 300),
        ("/all/t/2/", 1),
    ]
    assert pages[0].choices == (Choice("G", "/all/g/", count=1), Choice("T", "/all/t/", count=301))
    assert pages[3].choices == (Choice("G", "/all/g/", count=1), Choice("T", "/all/t/", True, 301))
    assert pages[2].pages == (Choice("1", "/all/t/"), Choice("2", "/all/t/2/"))
    assert on(pages[3]) == {"T": ["Thing 0300"]}


def test_a_shop_with_nothing_has_an_empty_index() -> None:
    assert index_pages([]) == [IndexPage("/all/", "", (), ())]
