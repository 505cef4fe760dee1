"""The pipelines on GitHub: whole, pinned, and with no more rights than each job needs."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.release.pipelines import FOLDER, JOBS, ROOT, WORKFLOWS, steps, workflow

TOOLS = Path(sys.executable).parent
PINNED = re.compile(r"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
OWN = "uses: ./.github/workflows/"
RIGHTS = {
    "check/check": {"contents": "read"},
    "nightly/audit": {"contents": "read", "id-token": "write"},
    "nightly/issue": {"issues": "write"},
    "preview/comment": {"pull-requests": "write"},
    "preview/preview": {"contents": "read", "id-token": "write"},
    "preview/remove": {"contents": "read", "id-token": "write"},
    "publish/check": {"contents": "read"},
    "publish/publish": {"contents": "read", "id-token": "write"},
    "publish/rollback": {"contents": "read", "id-token": "write"},
}
KNOWN_TO_AWS = sorted(name for name, rights in RIGHTS.items() if "id-token" in rights)


def said_by(*command: str) -> subprocess.CompletedProcess[str]:
    typed = [str(TOOLS / command[0]), *command[1:]]
    return subprocess.run(typed, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


def test_zizmor_finds_nothing_even_when_it_is_pedantic() -> None:
    answer = said_by("zizmor", "--offline", "--pedantic", "--strict-collection", ".github")
    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize("schema", ["vendor.github-workflows", "custom.github-workflows-require-timeout"])
def test_workflows_are_what_github_reads_and_each_job_ends_in_time(schema: str) -> None:
    answer = said_by("check-jsonschema", "--builtin-schema", schema, *map(str, WORKFLOWS))
    assert answer.returncode == 0, answer.stdout


def test_dependabot_is_what_github_reads() -> None:
    answer = said_by("check-jsonschema", "--builtin-schema", "vendor.dependabot", ".github/dependabot.yml")
    assert answer.returncode == 0, answer.stdout


def test_dependabot_looks_after_all_three_kinds_and_lets_versions_age_a_week() -> None:
    updates = workflow(ROOT / ".github" / "dependabot.yml")["updates"]
    kinds = {(one["package-ecosystem"], one["directory"], one["cooldown"]["default-days"]) for one in updates}
    assert kinds == {("pip", "/", "7"), ("npm", "/tests/node", "7"), ("github-actions", "/", "7")}


PIN = re.compile(r"^[a-z0-9]\S*==\S+.*?(?=^\S|\Z)", re.MULTILINE | re.DOTALL)
MOST_READ = 500_000  # bytes of a file that Dependabot looks at


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "requirements-functions.txt"])
def test_dependabot_reads_the_locks_and_every_pin_has_its_hashes(name: str) -> None:
    """It takes files of its folder that end in .txt or .in, and writes new hashes only where there are some."""
    text = (ROOT / name).read_text(encoding="utf-8")
    pins = PIN.findall(text)
    assert len(text) < MOST_READ
    assert len(pins) == text.count("==") - len(re.findall(r";.*==", text)) > 10
    assert [pin for pin in pins if "--hash=sha256:" not in pin] == []


def test_whatever_is_installed_from_a_lock_is_held_against_its_hashes() -> None:
    installs = re.findall(r"pip install .*", (ROOT / "Makefile").read_text(encoding="utf-8"))
    assert len(installs) == 2
    assert all("--require-hashes -r requirements" in one for one in installs)


def test_every_lock_is_one_that_dependabot_reads() -> None:
    written = re.findall(r" -o (\S+)", (ROOT / "Makefile").read_text(encoding="utf-8"))
    assert sorted(written) == ["requirements-dev.txt", "requirements-functions.txt", "requirements.txt"]


def test_the_four_pipelines_are_there() -> None:
    assert [path.stem for path in WORKFLOWS] == ["check", "nightly", "preview", "publish"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_every_action_is_pinned_by_its_commit_and_says_its_version(path: Path) -> None:
    used = [line for line in path.read_text(encoding="utf-8").splitlines() if "uses:" in line]
    assert used
    assert [line for line in used if not PINNED.search(line) and OWN not in line] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_has_no_rights_and_a_job_those_of_the_list(path: Path) -> None:
    """`permissions: {}` at the top, so that a new job has none until somebody gives it some."""
    assert workflow(path)["permissions"] == {}


def test_each_job_has_the_rights_of_the_list_and_no_others() -> None:
    assert {name: job["permissions"] for name, job in JOBS.items()} == RIGHTS


@pytest.mark.parametrize("name", sorted(JOBS))
def test_nothing_from_outside_is_written_into_a_script(name: str) -> None:
    """A branch's name may be a command. It reaches a script as the value of a variable only."""
    assert [step["run"] for step in steps(JOBS[name]) if "${{" in step.get("run", "")] == []


@pytest.mark.parametrize("name", sorted(JOBS))
def test_no_credentials_stay_with_the_files(name: str) -> None:
    checkouts = [step for step in steps(JOBS[name]) if step.get("uses", "").startswith("actions/checkout@")]
    assert all(step["with"]["persist-credentials"] == "false" for step in checkouts)


def test_no_workflow_runs_code_of_a_fork_with_credentials() -> None:
    """`pull_request_target` and `workflow_run` would."""
    triggers = {trigger for path in WORKFLOWS for trigger in workflow(path)["on"]}
    assert triggers == {"pull_request", "push", "schedule", "workflow_call", "workflow_dispatch"}


def test_what_looks_at_pull_requests_knows_no_secret_and_no_role() -> None:
    text = (FOLDER / "check.yaml").read_text(encoding="utf-8")
    assert not re.search(r"secrets\.|vars\.|id-token|github\.token", text)


@pytest.mark.parametrize("name", ["preview/preview", "preview/remove"])
def test_previews_are_for_branches_of_the_repository_itself(name: str) -> None:
    condition = JOBS[name]["if"]
    assert "github.event.pull_request.head.repo.full_name == github.repository" in condition
    assert "github.event.pull_request.user.login != 'dependabot[bot]'" in condition


@pytest.mark.parametrize("name", KNOWN_TO_AWS)
def test_a_job_that_aws_knows_has_an_environment_and_waits_for_its_owner_to_set_it_up(name: str) -> None:
    environments = {"publish": "shop", "preview": "preview", "nightly": "audit"}
    assert JOBS[name]["environment"] == environments[name.partition("/")[0]]
    assert re.search(r"vars\.AWS_(PUBLISH|PREVIEW|AUDIT)_ROLE != ''", JOBS[name]["if"])


@pytest.mark.parametrize("name", KNOWN_TO_AWS)
def test_what_installs_runs_before_there_are_credentials(name: str) -> None:
    order = [step.get("run") or step["uses"].partition("@")[0] for step in steps(JOBS[name])]
    known = order.index("aws-actions/configure-aws-credentials")
    assert not [run for run in order[known:] if re.search(r"\bmake |\bpip ", run)]


def test_the_only_secret_is_a_key_that_reads_and_only_the_audit_has_it() -> None:
    named = {(path.stem, name) for path in WORKFLOWS for name in re.findall(r"secrets\.(\w+)", path.read_text())}
    assert named == {("nightly", "STRIPE_READ_KEY")}


@pytest.mark.parametrize("name", ["publish/publish", "publish/rollback"])
def test_nothing_stops_a_publication_midway(name: str) -> None:
    assert JOBS[name]["concurrency"]["cancel-in-progress"] == "false"
    assert "concurrency" not in workflow(FOLDER / "publish.yaml")


def test_a_push_takes_no_waiting_roll_back_away() -> None:
    """GitHub keeps one run waiting in a group and ends those before it."""
    assert JOBS["publish/rollback"]["concurrency"]["group"] != JOBS["publish/publish"]["concurrency"]["group"]


def test_only_what_was_checked_is_published_and_only_from_main() -> None:
    assert JOBS["publish/publish"]["needs"] == "check"
    assert workflow(FOLDER / "publish.yaml")["on"]["push"]["branches"] == ["main"]
    assert all(
        "github.ref == 'refs/heads/main'" in JOBS[name]["if"] for name in ("publish/publish", "publish/rollback")
    )


def test_publishing_brings_infrastructure_then_release_and_the_same_to_the_sandbox_last() -> None:
    runs = [step["run"] for step in steps(JOBS["publish/publish"]) if ".venv/bin/pouch" in step.get("run", "")]
    assert runs == [
        ".venv/bin/pouch deploy --yes",
        ".venv/bin/pouch publish --yes",
        ".venv/bin/pouch deploy --sandbox --yes",
        ".venv/bin/pouch publish --sandbox --yes",
    ]


def test_who_wants_no_previews_has_no_sandbox() -> None:
    """And whatever is wrong with it comes when the shop is live."""
    last = steps(JOBS["publish/publish"])[-2:]
    assert [step["if"] for step in last] == ["steps.newest.outputs.yes && vars.AWS_PREVIEW_ROLE != ''"] * 2
    assert all(step["run"].split()[2] == "--sandbox" for step in last)


def test_what_writes_on_github_runs_nothing_of_the_repository() -> None:
    """A branch's own code never meets the right to write on pull requests or issues."""
    for name in ("preview/comment", "nightly/issue"):
        assert [step for step in steps(JOBS[name]) if "uses" in step or ".venv" in step["run"]] == []
