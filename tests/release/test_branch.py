"""The site of a branch: a name that can stand in an address, another one for each branch."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from release.branch import site_of


@pytest.mark.parametrize(
    ("branch", "site"),
    [
        ("autumn-sale", "autumn-sale"),
        ("feature/Autumn Sale", "feature-autumn-sale-55448b"),
        ("main", "main-0d6e40"),
        ("日本", "cf2abf"),
        ("--remove", "remove-0e1842"),
        ("remove-0e1842", "remove-0e1842-bed3bd"),
        ("x" * 40, "x" * 40),
        ("x" * 41, "x" * 33 + "-316459"),
    ],
)
def test_a_branch_gets_a_site_that_tells_which_it_is(branch: str, site: str) -> None:
    assert site_of(branch) == site


@given(st.text(min_size=1))
def test_a_site_is_always_a_name_that_previews_take_and_never_the_shop_itself(branch: str) -> None:
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]{0,39}", site_of(branch))
    assert site_of(branch) != "main"


@given(st.lists(st.sampled_from(["a/b", "a-b", "A-B", "a--b", "a_b", "-a-b", "main", "Main"]), unique=True, min_size=2))
def test_branches_that_look_alike_do_not_share_a_site(branches: list[str]) -> None:
    assert len({site_of(branch) for branch in branches}) == len(branches)


def test_a_pipeline_can_ask_without_anything_installed() -> None:
    """-S leaves out what pip installed."""
    typed = [sys.executable, "-S", "-m", "release.branch", "feature/x"]
    root = Path(__file__).parents[2]
    answer = subprocess.run(typed, cwd=root, capture_output=True, text=True, timeout=10, check=True)
    assert answer.stdout == f"{site_of('feature/x')}\n"
