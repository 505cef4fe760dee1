"""`pouch` as one word, and as `python -m cli`."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.__main__ import COMMANDS, pouch

ROOT = Path(__file__).parents[2]


def test_every_command_is_listed_with_a_sentence() -> None:
    listed = CliRunner().invoke(pouch, ["--help"]).stdout.partition("Commands:\n")[2].splitlines()
    assert [line.split()[0] for line in listed if line] == list(COMMANDS)
    assert all(line.rstrip().endswith((".", "...")) for line in listed)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("order", "No such command 'order'. Did you mean 'orders'?"),
        ("pakc", "No such command 'pakc'. Did you mean 'pack'?"),
        ("letgo", "No such command 'letgo'. Did you mean 'let-go'?"),
        ("xyzzy", "No such command 'xyzzy'."),
    ],
)
def test_a_command_that_is_misspelt_says_which_one_was_meant(typed: str, said: str) -> None:
    result = CliRunner().invoke(pouch, [typed, "7K3M"], prog_name="pouch")
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (2, f"Error: {said}")
    assert "Try 'pouch --help' for help." in result.stderr


@pytest.mark.slow
def test_the_word_works_from_any_folder_by_a_link(tmp_path: Path) -> None:
    """As `make setup` leaves it: a link in the folder of the environment's programs."""
    programs, commands = tmp_path / ".venv" / "bin", tmp_path / "cli"
    programs.mkdir(parents=True)
    commands.mkdir()
    (programs / "python").write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    (programs / "python").chmod(0o755)
    (commands / "pouch").write_bytes((ROOT / "cli" / "pouch").read_bytes())
    (commands / "pouch").chmod(0o755)
    (programs / "pouch").symlink_to("../../cli/pouch")
    typed, path = [str(programs / "pouch"), "stock", "set"], {"PYTHONPATH": str(ROOT)}
    said = subprocess.run(typed, cwd="/", env=path, capture_output=True, text=True, check=False)
    assert (said.returncode, said.stderr.splitlines()[-1]) == (2, "Error: Missing argument 'SKU'.")
