"""Reports for other programs, letter by letter."""

import json
import re
from pathlib import Path

from plugins.advice.aspect import Aspect
from plugins.advice.checkup import Checkup, Finding
from plugins.advice.report import as_annotations, as_json
from plugins.advice.score import Score
from plugins.content import Fault

WRONG = Finding(Fault("content/products/mug.md", 9, 8, "price", "'16,50' is no amount in EUR; write it like 24.00"))
DOUBTFUL = Finding(Fault("content/a,b:c.md", 3, 10, "summary", "is 50 % too short"), True, "How heavy is it?")
MUG = Score(Path("content/products/mug.md"), "Mug", 92, (Aspect.WEIGHT,))


def test_json_holds_faults_warnings_and_scores() -> None:
    assert json.loads(as_json(Checkup((WRONG,), (DOUBTFUL,), (MUG,)))) == {
        "faults": [
            {
                "path": "content/products/mug.md",
                "line": 9,
                "column": 8,
                "field": "price",
                "message": "'16,50' is no amount in EUR; write it like 24.00",
            }
        ],
        "warnings": [
            {
                "path": "content/a,b:c.md",
                "line": 3,
                "column": 10,
                "field": "summary",
                "message": "is 50 % too short",
                "question": "How heavy is it?",
            }
        ],
        "products": [
            {"path": "content/products/mug.md", "title": "Mug", "score": 92, "questions": ["How heavy is it?"]}
        ],
    }


def test_a_warning_that_no_shopper_asks_about_has_no_question() -> None:
    found = Checkup(warnings=(Finding(Fault("a.md", 1, 1, "title", "shouts; write it like Mug"), True),))
    assert json.loads(as_json(found))["warnings"][0]["question"] is None


def test_annotations_name_file_line_and_column_and_are_escaped_as_github_wants() -> None:
    assert as_annotations(Checkup((WRONG,), (DOUBTFUL,), (MUG,))).split("\n") == [
        ("::error file=content/products/mug.md,line=9,col=8::price: '16,50' is no amount in EUR; write it like 24.00"),
        "::warning file=content/a%2Cb%3Ac.md,line=3,col=10::summary: is 50 %25 too short",
    ]


def test_a_sentence_with_line_ends_stays_on_one_line() -> None:
    found = Checkup((Finding(Fault("a.md", 1, 1, "title", "first\r\nsecond")),))
    assert as_annotations(found) == "::error file=a.md,line=1,col=1::title: first%0D%0Asecond"


def test_only_what_concerns_the_files_that_were_named_is_left() -> None:
    found = Checkup((WRONG,), (DOUBTFUL,), (MUG,))
    assert found.only([Path("content/products/mug.md")]) == Checkup((WRONG,), (), (MUG,))
    assert found.only([Path("content/products/print.md")]) == Checkup()


def test_a_finding_is_one_line_that_says_whether_it_is_a_warning() -> None:
    assert str(WRONG) == "content/products/mug.md:9:8: price: '16,50' is no amount in EUR; write it like 24.00"
    assert str(DOUBTFUL) == "content/a,b:c.md:3:10: warning: summary: is 50 % too short"


def test_all_aspects_together_are_a_hundred_points_and_each_is_a_question() -> None:
    assert sum(aspect.points for aspect in Aspect) == 100
    assert [
        aspect for aspect in Aspect if not re.fullmatch(r"[A-Z][^?]*\?(?: I cannot see them\.)?", aspect.question)
    ] == []
