"""`make check-content` as an owner or a pipeline runs it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.check import check
from tests.plugins.content.sample import FILES, MUG, write, write_sample


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """content/ of the small shop, without any fault."""
    monkeypatch.chdir(tmp_path)
    write_sample(Path("content"))
    return Path("content")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(check, arguments)


def test_warnings_alone_do_not_fail(shop: Path) -> None:
    result = run()
    assert result.exit_code == 0
    assert (
        "content/products/mug.md:1:1: warning: dimensions: is missing; "
        "write dimensions: 21 × 29.7 cm, or the sizes in specs:"
    ) in result.stdout.splitlines()


def test_warnings_fail_when_it_is_strict(shop: Path) -> None:
    assert run("--strict").exit_code == 1


def test_the_worst_product_comes_first_with_its_questions(shop: Path) -> None:
    worst = next(line for line in run().stdout.splitlines() if line[:3].strip().isdigit())
    assert "Isobar Mug: What does it look like from another side? How large is it?" in worst


def test_all_faults_are_listed_and_nothing_else(shop: Path) -> None:
    write(shop / "products/mug.md", MUG.replace("16.50", "16,50").replace("sku: MUG", "sku: MUG 1"))
    result = run()
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        (
            "content/products/mug.md:8:6: sku: 'MUG 1' is no SKU; "
            "use only letters and digits, with hyphens between them, like PETREL-A4"
        ),
        "content/products/mug.md:9:8: price: '16,50' is no amount in EUR; write it like 24.00",
    ]
    assert "2 faults. Mend them first" in result.stderr


def test_only_what_concerns_the_named_files_is_shown(shop: Path) -> None:
    result = run("content/products/mug.md", "--format", "json")
    found = json.loads(result.stdout)
    assert {finding["path"] for finding in found["warnings"]} == {"content/products/mug.md"}
    assert [product["path"] for product in found["products"]] == ["content/products/mug.md"]


def test_a_fault_elsewhere_is_not_passed_over(shop: Path) -> None:
    write(shop / "products/print.md", FILES["products/print.md"].replace("24.00", "24,00"))
    result = run("content/products/mug.md")
    assert result.exit_code == 1
    assert "Other files have faults" in result.stdout


def test_github_sees_one_annotation_for_each_fault(shop: Path) -> None:
    write(shop / "products/mug.md", MUG.replace("16.50", "16,50"))
    assert run("--format", "github").stdout == (
        "::error file=content/products/mug.md,line=9,col=8::price: '16,50' is no amount in EUR; write it like 24.00\n"
    )


def test_another_folder_can_be_looked_at(shop: Path) -> None:
    shop.rename("other")
    write(Path("other/products/mug.md"), MUG.replace("16.50", "16,50"))
    assert run("--content", "other").stdout.startswith("other/products/mug.md:9:8: price:")
