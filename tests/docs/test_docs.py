"""The docs name everything that can be typed: commands, settings, and the fields of a product file."""

import re
from pathlib import Path

import click
import pytest

import plugins.content  # noqa: F401 (so that all records are known)
from cli.__main__ import COMMANDS, pouch
from functions.shop.acts import Ask, AskReturn, GiveBack, Ship, Withdraw
from functions.shop.order_facts import order_brief, order_facts
from functions.shop.shipment import Pieces
from plugins.content.fields import Record
from release.doctor.everything import every_look
from release.doctor.network import Names, Web
from release.doctor.setup import SetUp
from release.told_stack import Stack
from tests.shop.living import done, paid

ROOT = Path(__file__).parents[2]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
ORDERS = (ROOT / "docs" / "orders.md").read_text(encoding="utf-8")
PUBLISHING = (ROOT / "docs" / "publishing.md").read_text(encoding="utf-8")
DOCTOR = (ROOT / "docs" / "doctor.md").read_text(encoding="utf-8")
OF_OWNERS = ORDERS + PUBLISHING + DOCTOR
TARGETS = re.search(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)[1].split()  # type: ignore[index]
SOURCES = [
    *(ROOT / "functions" / f"{name}.py" for name in ("configuration", "wiring", "app")),
    *(ROOT / name for name in ("publishconf.py", "pelicanconf.py", "Makefile")),
]
SETTING = re.compile(r'(?:setting\(|(?:os\.|_)environ\.get\(|export )"?([A-Z][A-Z_]+)')


@pytest.mark.parametrize("target", TARGETS)
def test_every_make_target_is_explained_by_make_help_and_in_the_readme(target: str) -> None:
    assert re.search(rf"^{target}:.* ## \S", MAKEFILE, re.MULTILINE)
    assert f"`make {target}`" in README


def settings_read() -> list[str]:
    return sorted({name for path in SOURCES for name in SETTING.findall(path.read_text(encoding="utf-8"))})


def test_the_settings_that_code_reads_are_found_at_all() -> None:
    assert {"SHOP_URL", "STRIPE_SECRET_KEY", "STRIPE_API_BASE", "PORT", "MAIL_FOLDER"} <= set(settings_read())


@pytest.mark.parametrize("name", settings_read())
def test_every_setting_is_documented(name: str) -> None:
    assert f"| `{name}` |" in (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]), ids=lambda path: path.name)
def test_every_link_in_the_docs_leads_somewhere(path: Path) -> None:
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert target.startswith("http") or (path.parent / target).exists(), target


def fields_read() -> list[str]:
    return sorted({name for record in Record.__subclasses__() for name in record.fields})


def test_the_fields_that_the_reader_knows_are_found_at_all() -> None:
    assert {"title", "compare_at", "free_over", "prices", "alt", "featured"} <= set(fields_read())


@pytest.mark.parametrize("name", fields_read())
def test_every_field_an_owner_can_write_is_in_the_handbook(name: str) -> None:
    assert f"`{name}`" in (ROOT / "docs" / "handbook.md").read_text(encoding="utf-8")


def owners_commands() -> dict[str, click.Command]:
    """Each command of an owner by what is typed, those of the Makefile left out."""
    found: dict[str, click.Command] = {}
    with click.Context(pouch) as context:
        for name in set(COMMANDS) - {"check", "serve", "why"}:
            command = pouch.get_command(context, name)
            assert command
            inner = command.commands if isinstance(command, click.Group) else {"": command}
            found |= {f"pouch {name} {each}".strip(): one for each, one in inner.items()}
    return found


@pytest.mark.parametrize("typed", sorted(owners_commands()))
def test_every_command_and_option_of_an_owner_is_documented(typed: str) -> None:
    """Each begins a line of code in docs/orders.md, publishing.md or doctor.md, and each of its options is in one."""
    assert re.search(rf"`{typed}[ `]", OF_OWNERS)
    for option in (text for each in owners_commands()[typed].params for text in each.opts if text.startswith("--")):
        assert re.search(rf"`[^`\n]*{option}\b[^`\n]*`", OF_OWNERS), option


def checks() -> set[str]:
    """The id of every check of the doctor: of a live shop, and of one on this machine with a mail server of its own."""
    here = {"SMTP_HOST": "smtp.example", "STRIPE_SECRET_KEY": "sk_test_1"}
    web = Web(Names("127.0.0.1:9"))
    live = SetUp(lambda: Stack("pouch-live", {}, {}), live=True, environ={}, web=web, clock=lambda: 0)
    local = SetUp(None, live=False, environ=here, web=web, clock=lambda: 0)
    return {check.id for setup in (live, local) for look in every_look(setup) for check in look.checks}


def test_every_check_of_the_doctor_is_documented_and_no_other() -> None:
    """By its id, which programs rely on."""
    table = DOCTOR.split("## What it looks at")[1]
    assert checks() == set(re.findall(r"`([a-z]+\.[a-z.-]+)`(?=[^\n]* \|)", table))


def names_in(value: object) -> set[str]:
    """The name of every field in plain facts."""
    if isinstance(value, dict):
        return set(value) | {name for each in value.values() for name in names_in(each)}
    return {name for each in value for name in names_in(each)} if isinstance(value, list) else set()


def test_every_field_that_programs_get_is_documented() -> None:
    shipped = done(paid(), Ship("DHL", "1"), AskReturn("R-1", (Pieces(0, 1),), "", 14), GiveBack(100, "", 0))
    asked = done(shipped, Ask("Q-1", "When?"), Withdraw("W-1", "Ada Byrne", "ada@example.org"))
    names = names_in(order_facts(asked)) | names_in(order_brief(asked))
    assert {name for name in names if f"`{name}`" not in ORDERS} == set()
