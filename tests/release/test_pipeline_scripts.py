"""The scripts in the pipelines, run as GitHub runs them, with stand-ins for `gh` and `aws` that note what is asked."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.release.pipelines import JOBS, ROOT, steps

# It notes its arguments, a line a call, and says $ANSWER to whoever asks for something.
STAND_IN = """#!/bin/bash
printf '%s\\n' "$(basename "$0") ${*//$'\\n'/ }" >> "$NOTES"
case "$*" in *--jq*|*--query*) [ -z "$ANSWER" ] || printf '%s\\n' "$ANSWER" ;; esac
"""
REPOSITORY = {"GITHUB_REPOSITORY": "tern/shop"}


def script(job: str, step: str) -> str:
    (found,) = (one["run"] for one in steps(JOBS[job]) if one["name"] == step)
    return str(found)


def ran(script: str, folder: Path, answer: str = "", *, within: Path = ROOT, **settings: str) -> tuple[list[str], str]:
    """What was asked of the stand-ins, and what the script left as outputs of its step."""
    tools = folder / "tools"
    tools.mkdir()
    for name in ("gh", "aws"):
        (tools / name).write_text(STAND_IN)
        (tools / name).chmod(0o755)
    (tools / "python3").symlink_to(sys.executable)
    notes, outputs = folder / "notes", folder / "outputs"
    notes.touch()
    outputs.touch()
    given = {
        "PATH": f"{tools}:{os.environ['PATH']}",
        "NOTES": str(notes),
        "GITHUB_OUTPUT": str(outputs),
        "ANSWER": answer,
    }
    subprocess.run(
        ["/bin/bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=within, env=given | REPOSITORY | settings, timeout=20, check=True, capture_output=True,
    )  # fmt: skip
    return notes.read_text().splitlines(), outputs.read_text()


@pytest.mark.parametrize("name", sorted(JOBS))
def test_every_script_is_whole(name: str) -> None:
    for step in steps(JOBS[name]):
        checked = subprocess.run(
            ["/bin/bash", "-n", "-c", step.get("run", "")], capture_output=True, text=True, check=False
        )
        assert (checked.returncode, checked.stderr) == (0, "")


def test_the_first_comment_is_made(tmp_path: Path) -> None:
    asked, _ = ran(
        script("preview/comment", "Write the comment, or bring it up to date"), tmp_path, NUMBER="7", COMMENT="Hi"
    )
    assert asked[1:] == ["gh api --silent --method POST repos/tern/shop/issues/7/comments --raw-field body=Hi"]


def test_later_ones_take_its_place(tmp_path: Path) -> None:
    """Whatever the text says, it stays one value."""
    text = '$(touch gone) "; -f x=y'
    writing = script("preview/comment", "Write the comment, or bring it up to date")
    asked, _ = ran(writing, tmp_path, "99", NUMBER="7", COMMENT=text)
    assert asked[1:] == [f"gh api --silent --method PATCH repos/tern/shop/issues/comments/99 --raw-field body={text}"]


@pytest.mark.parametrize(
    ("found", "written"),
    [
        (
            "",
            "gh api --silent --method POST repos/tern/shop/issues --raw-field title=The nightly audit found something",
        ),
        ("12", "gh api --silent --method PATCH repos/tern/shop/issues/12"),
    ],
)
def test_there_is_one_issue_of_the_night(found: str, written: str, tmp_path: Path) -> None:
    telling = script("nightly/issue", "Open the issue, or bring it up to date")
    asked, _ = ran(telling, tmp_path, found, REPORT="R8")
    assert asked[1:] == [f"{written} --raw-field body=R8"]


@pytest.mark.parametrize(("main", "outputs"), [("abc", "yes=true\n"), ("def", "")])
def test_only_the_newest_commit_is_published(main: str, outputs: str, tmp_path: Path) -> None:
    assert ran(script("publish/publish", "Is this still the newest?"), tmp_path, main, GITHUB_SHA="abc")[1] == outputs


def test_removing_a_preview_removes_that_one_and_no_other(tmp_path: Path) -> None:
    asked, _ = ran(script("preview/remove", "Remove the preview"), tmp_path, "bucket", BRANCH="autumn")
    assert [line for line in asked if " rm " in line] == [
        "aws s3 rm s3://bucket/autumn/ --recursive --only-show-errors",
        "aws s3 rm s3://bucket/autumn/ --recursive --only-show-errors",
    ]


def test_a_branch_called_main_never_removes_the_site_main(tmp_path: Path) -> None:
    asked, _ = ran(script("preview/remove", "Remove the preview"), tmp_path, "bucket", BRANCH="main")
    assert not [line for line in asked if "/main/" in line]


def shop_whose_audit_ends_with(code: int, folder: Path) -> Path:
    """A folder with a `pouch` that notes how it was called, writes a finding and ends with this code."""
    pouch = folder / "shop" / ".venv" / "bin" / "pouch"
    pouch.parent.mkdir(parents=True)
    pouch.write_text(f"""#!/bin/bash\necho "pouch $* on $SHOP_TABLE" >> "$NOTES"; echo "[]"; exit {code}\n""")
    pouch.chmod(0o755)
    return folder / "shop"


@pytest.mark.parametrize("code", [0, 1])
def test_a_finding_of_the_audit_is_a_report_and_no_failure(code: int, tmp_path: Path) -> None:
    shop = shop_whose_audit_ends_with(code, tmp_path)
    asked, _ = ran(
        script("nightly/audit", "Do the books agree?"), tmp_path, "orders-1", within=shop, STRIPE_SECRET_KEY=""
    )
    assert asked[1:] == ["pouch audit --json on orders-1"]
    assert (tmp_path / "audit.json").read_text() == "[]\n"


def test_an_audit_that_could_not_look_fails_the_night(tmp_path: Path) -> None:
    """3 means that Stripe or the database did not answer; GitHub then writes to the owner."""
    shop = shop_whose_audit_ends_with(3, tmp_path)
    with pytest.raises(subprocess.CalledProcessError):
        ran(script("nightly/audit", "Do the books agree?"), tmp_path, "orders-1", within=shop, STRIPE_SECRET_KEY="")


def test_stripes_side_is_compared_where_there_is_a_key_that_reads(tmp_path: Path) -> None:
    shop = shop_whose_audit_ends_with(0, tmp_path)
    auditing = script("nightly/audit", "Do the books agree?")
    asked, _ = ran(auditing, tmp_path, "orders-1", within=shop, STRIPE_SECRET_KEY="rk_live_x")
    assert asked[1:] == ["pouch audit --stripe --json on orders-1"]
