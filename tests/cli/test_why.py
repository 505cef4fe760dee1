"""`python -m cli why` as an owner runs it."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.why import why
from tests.small_shop import write_release


@pytest.fixture
def build(tmp_path: Path) -> Path:
    """What make html leaves of the small shop."""
    write_release(tmp_path)
    return tmp_path


def run(build: Path, *arguments: str) -> Result:
    return CliRunner().invoke(why, [*arguments, "--build", str(build)])


def test_a_quote_is_explained_line_by_line(build: Path) -> None:
    result = run(build, "CARD:2,PRINT-A4", "IE", "--shipping", "ie-express")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "2 × Postcard (CARD): €2.50 each, €5.00; 10 g each",
        "1 × Print, A4, Oak (PRINT-A4): €24.00 each, €24.00; 180 g each",
        "Parcel: 3 pieces, 200 g",
        "To: Ireland",
        "Zone: Ireland, because it has all of Ireland",
        "ie-standard: €4.50 = €4.50",
        "ie-express (chosen): €9.50 = €9.50",
        "No days are promised",
        "Tax: one rate everywhere; prices contain it",
        "VAT 23%: €7.20 on €31.30 of CARD (standard), PRINT-A4 (standard), with their part of delivery",
        "Total: €38.50",
    ]


def test_without_a_destination_it_goes_to_the_main_market(build: Path) -> None:
    assert "To: Ireland" in run(build, "CARD").stdout.splitlines()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("CARD", "XX"), "Error: The shop does not deliver to 'XX', only to IE, DE, FR, GB."),
        (("CARD:0.5",), "Error: A quantity is a whole number, such as 1 or 2."),
        (("<b>",), "Error: That is not something this shop sells."),
    ],
)
def test_what_makes_no_sense_is_refused(build: Path, arguments: tuple[str, ...], said: str) -> None:
    result = run(build, *arguments)
    assert (result.exit_code, result.stderr.strip()) == (1, said)


def test_without_a_build_it_says_so(tmp_path: Path) -> None:
    assert run(tmp_path, "CARD").exit_code == 1
