"""Every command that docs and pipelines tell somebody to type exists, with the options that they name."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from cli.__main__ import COMMANDS, pouch

ROOT = Path(__file__).parents[2]
READ = [ROOT / "README.md", *sorted(ROOT.glob("docs/*.md")), *sorted(ROOT.glob(".github/workflows/*.yaml"))]
HISTORY = {"decisions.md"}
CODE = re.compile(r"```sh\n(.*?)```|`([^`\n]+)`", re.DOTALL)
TYPED = re.compile(r"(?<![\w/-])(?<!<!-- )(?:\.venv/bin/)?pouch ([a-z][a-z-]*)([^\n#|;&]*)")
OPTION = re.compile(r"(?<!\S)(--[a-z][a-z-]*)")
TARGET = re.compile(r"\bmake ([a-z][a-z-]*)")


def code_of(path: Path) -> Iterator[str]:
    """What stands in code: all of a pipeline, blocks and spans of a page."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".yaml":
        yield re.sub(r"^\s*#.*$", "", text, flags=re.MULTILINE)
    else:
        yield from ("".join(found) for found in CODE.findall(text))


def typed() -> set[tuple[str, str]]:
    """Each command with the rest of its line."""
    pages = (path for path in READ if path.name not in HISTORY)
    return {(name, rest.strip()) for path in pages for code in code_of(path) for name, rest in TYPED.findall(code)}


def options_of(command: click.Command) -> set[str]:
    """Those of a command, and of its subcommands."""
    own = {text for each in command.params for text in (*each.opts, *each.secondary_opts)} | {"--help"}
    below = command.commands.values() if isinstance(command, click.Group) else ()
    return own.union(*map(options_of, below))


def test_commands_are_found_at_all() -> None:
    assert {("audit", "--stripe"), ("reconcile", ""), ("export", "--json --output orders.jsonl")} <= typed()


@pytest.mark.parametrize("name", sorted({name for name, _ in typed()}))
def test_every_command_that_is_named_exists(name: str) -> None:
    assert name in COMMANDS


@pytest.mark.parametrize("name", sorted({name for name, _ in typed()} & set(COMMANDS)))
def test_every_option_that_is_named_exists(name: str) -> None:
    with click.Context(pouch) as context:
        command = pouch.get_command(context, name)
    assert command
    named = {option for each, rest in typed() if each == name for option in OPTION.findall(rest)}
    assert named - options_of(command) == set()


@pytest.mark.parametrize("path", READ, ids=lambda path: path.name)
def test_every_make_target_that_is_named_exists(path: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    named = {name for code in code_of(path) for name in TARGET.findall(code)}
    assert path.name in HISTORY or named - targets == set()


@pytest.mark.parametrize("path", READ, ids=lambda path: path.name)
def test_every_setting_that_is_named_is_documented(path: Path) -> None:
    """Those of the shop; STRIPE_READ_KEY and such are the pipeline's, and stand in docs/going-live.md."""
    documented = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    named = {name for code in code_of(path) for name in re.findall(r"\b(?:SHOP|MAIL|SMTP)_[A-Z_]+\b", code)}
    assert path.name in HISTORY or {name for name in named if f"| `{name}` |" not in documented} == set()


def test_who_lets_a_repository_in_is_told_to_name_its_number() -> None:
    """`pouch deploy` refuses without it."""
    named = [rest for name, rest in typed() if name == "deploy" and "--pipeline" in rest]
    assert named
    assert [rest for rest in named if "--repository-id NUMBER" not in rest] == []


def test_every_variable_of_the_pipelines_is_explained() -> None:
    explained = (ROOT / "docs" / "going-live.md").read_text(encoding="utf-8")
    workflows = "".join(path.read_text(encoding="utf-8") for path in READ if path.suffix == ".yaml")
    assert {name for name in re.findall(r"(?:vars|secrets)\.(\w+)", workflows) if f"`{name}`" not in explained} == set()


def test_the_columns_of_what_it_costs_add_up() -> None:
    text = (ROOT / "docs" / "costs.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| [A-Z][^|]* \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$", text, re.MULTILINE)
    (sums,) = re.findall(
        r"^\| \*\*In all\*\* \| \*\*([\d.]+)\*\* \| \*\*([\d.]+)\*\* \| \*\*([\d.]+)\*\* \|$", text, re.MULTILINE
    )
    cents = [sum(round(float(row[column]) * 100) for row in rows) for column in range(3)]
    assert cents == [round(float(one) * 100) for one in sums]
    assert cents == [92, 105, 2386]


def test_the_costs_count_the_metrics_of_the_template() -> None:
    template = (ROOT / "release" / "template.yaml").read_text(encoding="utf-8")
    costs = (ROOT / "docs" / "costs.md").read_text(encoding="utf-8")
    assert f" {template.count('Type: AWS::Logs::MetricFilter')} metrics, " in costs


def test_the_first_limit_is_as_the_template_sets_it() -> None:
    """Whoever changes it there reckons anew what it is in orders."""
    template = (ROOT / "release" / "template.yaml").read_text(encoding="utf-8")
    ((rate, burst),) = re.findall(r"ThrottlingRateLimit: (\d+), ThrottlingBurstLimit: (\d+)", template)
    growing = (ROOT / "docs" / "growing.md").read_text(encoding="utf-8")
    assert f"own throttle** | {rate} requests a second, {burst} at once |" in growing
