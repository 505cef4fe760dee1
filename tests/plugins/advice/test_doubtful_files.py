"""Doubtful files, one doubt each: the owner reads the right line, and what would be better."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from plugins.advice.checkup import Checkup, checkup
from tests.plugins.advice.complete_shop import FILES, write_complete
from tests.plugins.content.cases import Case, change, read_cases
from tests.plugins.content.sample import write, write_picture

CASES = read_cases(Path(__file__).with_name("doubtful_files.txt"))
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """content/ of a shop that tells everything."""
    monkeypatch.chdir(tmp_path)
    write_complete(Path("content"))
    write(Path("theme/frame.html"), '<main id="main">')
    return Path("content")


def look(shop: Path) -> Checkup:
    return checkup(shop, Path("theme"), NOW)


def said(found: Checkup) -> list[str]:
    return [str(finding.fault) for finding in found.findings]


def test_a_shop_that_tells_everything_has_no_warning_and_full_scores(shop: Path) -> None:
    found = look(shop)
    assert said(found) == []
    assert [(score.title, score.points) for score in found.scores] == [("Harbour Print", 100), ("Isobar Mug", 100)]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_each_doubt_is_answered_with_its_place_and_what_to_write(case: Case, shop: Path) -> None:
    change(shop, FILES, case)
    assert said(look(shop)) == case.said


def test_the_table_holds_sixty_doubts() -> None:
    assert sum(1 for case in CASES if case.said) >= 60


def test_a_small_picture_is_told_with_its_width(shop: Path) -> None:
    write_picture(shop / "images/mug.jpg", 1200, 1500)
    assert said(look(shop)) == [
        "content/products/mug.md:6:11: file: 'mug.jpg' is 1200 pixels wide; use one of 1600 or more"
    ]


def test_a_picture_that_nothing_names_is_an_orphan(shop: Path) -> None:
    write_picture(shop / "images/forgotten.jpg")
    assert said(look(shop)) == [
        "content/images/forgotten.jpg:1:1: picture: nothing shows it; name it in images: of a product, or delete it"
    ]


def test_the_eighth_entry_of_the_menu_is_told(shop: Path) -> None:
    for number in range(1, 7):
        text = FILES["pages/about.md"].replace("About", f"Page {number}").replace("Two people on", f"The {number}. on")
        write(shop / f"pages/page-{number}.md", text.replace("order: 1", f"order: {number + 1}"))
    assert said(look(shop)) == [
        "content/pages/page-5.md:2:8: title: is entry 8 of the menu, which nobody reads beyond 7; write menu: footer",
        "content/pages/page-6.md:2:8: title: is entry 9 of the menu, which nobody reads beyond 7; write menu: footer",
    ]


def test_a_score_is_what_is_left_of_a_hundred_points_and_asks_what_weighs_most_first(shop: Path) -> None:
    text = FILES["products/mug.md"].replace("care: Dishwasher safe.\n", "").replace("dimensions: 9 cm high\n", "")
    write(shop / "products/mug.md", text)
    worst = look(shop).scores[0]
    assert (worst.title, worst.points) == ("Isobar Mug", 80)
    assert worst.questions == ("How large is it?", "How do I look after it?")


POST = """\
---
title: First snow
summary: What the harbour looks like with an inch of snow on the boats.
date: 2026-11-20
---
It lay until noon. See the [mug](/products/mgu/).

[[MUG]]
"""
QUESTIONS = """\
---
title: Questions
summary: What people ask us, and what we answer them on the telephone.
menu: footer
layout: questions
---
### Where are you?

On the quay; see [the place](/about/#quay) or [the post](/journal/first-snow/).
"""


def test_links_in_posts_and_in_answers_are_followed(shop: Path) -> None:
    write(shop / "journal/first-snow.md", POST)
    write(shop / "pages/questions.md", QUESTIONS)
    assert said(look(shop)) == [
        "content/journal/first-snow.md:6:34: text: there is no page '/products/mgu/'; did you mean '/products/mug/'?",
        "content/pages/questions.md:9:30: text: there is no place 'quay' on /about/; write /about/",
    ]


def test_a_post_from_tomorrow_is_told(shop: Path) -> None:
    write(shop / "journal/first-snow.md", POST.replace("2026-11-20", "2026-11-25").replace("mgu", "mug"))
    assert said(look(shop)) == [
        (
            "content/journal/first-snow.md:4:7: date: 2026-11-25 has not come yet, and the post is shown already; "
            "write the day it is from"
        )
    ]
