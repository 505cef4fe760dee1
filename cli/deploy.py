"""`pouch deploy`: the shop's infrastructure at AWS, made and kept up to date."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import click
import stripe
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from cli.desk import OwnerCommand, Refused, somebody_is_there, yes_option
from cli.package import fitting_python
from cli.tables import row, screen, table
from cli.words import count
from release import deploy as deploying
from release import shop_secrets
from release.account import Account, this_account
from release.deploy import PIPELINE_STACK
from release.kind import LIVE, SANDBOX, Kind
from release.packages import make_packages
from release.stack import Proposal, Step, drop, execute, find_stack
from release.wheels import unpacked

ROOT = Path(__file__).parents[1]
QUESTIONS = (
    ("Email", "The address for alarms", None),
    ("Domain", "The shop's domain, such as shop.example (empty for none)", ""),
    ("OtherDomain", "Another name that leads to it, such as www.shop.example (empty for none)", ""),
    ("Certificate", "The ARN of the certificate, made in us-east-1 (empty without a domain)", ""),
    ("MonthlyBudget", "Tell you when AWS costs more than this, in US dollars a month (0 for never)", "20"),
)
"""What a first deployment asks: the parameter, the question and what Enter means. Without a domain, no more of it."""
DATA = frozenset({"Table", "PagesBucket", "ReleaseBucket"})
"""What of the template holds a shop's data. Nobody's --yes is meant for losing that."""
OF_DOMAINS = frozenset({"OtherDomain", "Certificate"})


@dataclass(frozen=True)
class Works:
    """What deploying works with: the account, whether somebody is there to answer, how long it waits between looks."""

    account: Callable[[], Account] = this_account
    terminal: bool = field(default_factory=somebody_is_there)
    pause: float = 2.0
    template: str = ""

    def ask(self, question: str, *, yes: bool) -> bool:
        """Whether something may be done."""
        if yes:
            return True
        if not self.terminal:
            raise click.UsageError(f"Nobody is here to answer: {question} Add --yes to do it without being asked.")
        return click.confirm(question, err=True)


pass_works = click.make_pass_decorator(Works, ensure=True)


@click.command(cls=OwnerCommand)
@click.option("--sandbox", is_flag=True, help="The second shop: test payments, and previews of branches.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--packages", type=click.Path(path_type=Path, file_okay=False), help="Packages that are made already.")
@click.option("--set", "sets", metavar="NAME=VALUE", multiple=True, help="A parameter of release/template.yaml.")
@click.option("--pipeline", metavar="OWNER/NAME", help="Let this repository on GitHub publish the shop.")
@click.option("--repository-id", metavar="NUMBER", help="Its number: gh api repos/OWNER/NAME --jq .id")
@click.option("--restart", is_flag=True, help="Start all functions anew, so that they read their secrets again.")
@click.option("--replace-data", is_flag=True, help="Go on with an empty table or bucket where one would be made anew.")
@yes_option
@pass_works
def deploy(
    works: Works,
    sandbox: bool,
    dry_run: bool,
    packages: Path | None,
    sets: tuple[str, ...],
    pipeline: str | None,
    repository_id: str | None,
    restart: bool,
    replace_data: bool,
    yes: bool,
) -> None:
    """Make the shop's place at AWS, or bring it up to date.

    It shows what would change and asks before it does it. What it asks the first time it keeps with the shop.
    """
    account = works.account()
    if pipeline:
        _pipeline(works, account, pipeline, repository_id, dry_run=dry_run, yes=yes)
        return
    kind = SANDBOX if sandbox else LIVE
    answers = _answers(works, account, kind, sets)
    if restart or replace_data or deploying.SECRET in answers:  # the name of a new table, too, is read at a start
        answers["Restarted"] = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    if answers.get("FastStart") == "yes":
        _check_fast_start(account, kind)
    made = deploying.find_packages(packages) if packages else _packed()
    if not dry_run:
        _ready_secrets(works, account, kind)
    proposal = deploying.propose_shop(
        account, kind, made, answers, template=works.template, dry_run=dry_run, pause=works.pause
    )
    if _made(works, account, proposal, dry_run=dry_run, yes=yes, replace_data=replace_data):
        _hear_of_stripe(works, account, kind, yes=yes)
        _say(deploying.told(account, kind), kind)


def _pipeline(works: Works, account: Account, repository: str, number: str | None, *, dry_run: bool, yes: bool) -> None:
    """Let a repository on GitHub be somebody at AWS."""
    if not number:
        raise click.UsageError(
            f"Say the repository's number too: --repository-id, as gh api repos/{repository} prints it."
        )
    answers = {"Repository": repository, "RepositoryId": number}
    proposal = deploying.propose_pipeline(account, answers, dry_run=dry_run, pause=works.pause)
    if _made(works, account, proposal, dry_run=dry_run, yes=yes):
        stack = find_stack(account.cloudformation, PIPELINE_STACK)
        roles = stack.outputs if stack else {}
        for name in ("Publish", "Preview", "Audit"):
            click.echo(f"AWS_{name.upper()}_ROLE = {roles.get(f'{name}Role', '')}")


def _answers(works: Works, account: Account, kind: Kind, sets: tuple[str, ...]) -> dict[str, str]:
    """The owner's parameters: those that were typed, and before the first time those that are asked for."""
    given = dict(map(_pair, sets))
    if find_stack(account.cloudformation, kind.stack):
        return given
    for name, question, default in QUESTIONS:
        if name in given or (name in OF_DOMAINS and not given.get("Domain")):
            continue
        if works.terminal and (kind.live or default is None):
            given[name] = click.prompt(question, default=default, show_default=bool(default), err=True)
        elif default is None:
            raise click.UsageError(f"Nobody is here to answer: {question}? Say it: --set {name}=…")
    return given


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise click.UsageError(f"--set {text} has no value. Write --set NAME=VALUE.")
    return name, value


def _packed() -> dict[str, Path]:
    """Packages of the shop as it is now. What they need of a build is made when there was none yet."""
    if not (ROOT / "build" / "release.json").is_file():
        subprocess.run([sys.executable, "-m", "plugins.build"], cwd=ROOT, check=True)
    wheels = unpacked(ROOT / "requirements-functions.txt", ROOT / "build" / "cache")
    made = make_packages(ROOT, ROOT / "build" / "packages", wheels=wheels, python=fitting_python())
    return {one.group: one.path for one in made}


def _check_fast_start(account: Account, kind: Kind) -> None:
    """Raise a mistake in typing while functions cannot start: AWS starts them once to take the pictures."""
    with suppress(shop_secrets.Unseen):
        if shop_secrets.missing(account.ssm, kind.secrets):
            raise click.UsageError(
                "FastStart has to wait until the shop is there and Stripe knows where its news goes. Leave it out now, "
                "and then: pouch deploy --set FastStart=yes"
            )


def _ready_secrets(works: Works, account: Account, kind: Kind) -> None:
    """Make the secrets that can be made, and ask for Stripe's key. A pipeline may not look, and need not."""
    try:
        missing = shop_secrets.missing(account.ssm, kind.secrets)
    except shop_secrets.Unseen:
        return
    if shop_secrets.STRIPE_KEY in missing:
        key = os.environ.get(shop_secrets.STRIPE_KEY) or _typed_key(works, kind)
        shop_secrets.check_stripe_key(key, live=kind.live)
        shop_secrets.keep(account.ssm, kind.secrets, shop_secrets.STRIPE_KEY, key)
    if shop_secrets.SIGNING in missing:
        shop_secrets.keep(account.ssm, kind.secrets, shop_secrets.SIGNING, shop_secrets.new_signing_key())


def _typed_key(works: Works, kind: Kind) -> str:
    if not works.terminal:
        raise click.UsageError("Nobody is here to answer. Put Stripe's key into the environment: STRIPE_SECRET_KEY")
    example = "sk_live_…" if kind.live else "sk_test_…"
    typed: str = click.prompt(f"Stripe's secret key, {example} (nothing is shown)", hide_input=True, err=True)
    return typed.strip()


def _made(
    works: Works,
    account: Account,
    proposal: Proposal | None,
    *,
    dry_run: bool,
    yes: bool,
    replace_data: bool = False,
) -> bool:
    """Show a change, and make it when it shall be. False when only looking."""
    if proposal is None:
        click.echo("Everything is as it should be; nothing to change.")
        return not dry_run
    _show(proposal)
    try:
        if not (dry_run or replace_data):
            check_data(proposal)
        go = not dry_run and works.ask(_question(proposal), yes=yes)
    except (click.UsageError, Refused):
        drop(account.cloudformation, proposal)
        raise
    if not go:
        drop(account.cloudformation, proposal)
        if dry_run:
            click.echo("Nothing was changed.")
            return False
        raise Refused("Nothing was changed.")
    _watch(execute(account.cloudformation, proposal, works.pause), len(proposal.changes))
    return True


def _show(proposal: Proposal) -> None:
    shown = table("", "what", "kind", keep=("",))
    words = {"Add": "new", "Modify": "changed", "Remove": "deleted"}
    for one in proposal.changes:
        anew = "made anew" if one.replaces else words.get(one.action, one.action.lower())
        style = "bold red" if one.replaces or one.action == "Remove" else ""
        row(shown, anew, one.name, one.kind.removeprefix("AWS::"), style=style)
    screen().print(shown)


def check_data(proposal: Proposal) -> None:
    """Raises Refused when orders, pages or releases would be left behind, whatever was said beforehand by --yes."""
    if left := [name for name in _lost(proposal) if name in DATA]:
        raise Refused(
            f"{' and '.join(left)} would be made anew, and empty: the shop would go on without what is in there. "
            "Nothing was changed. If that is what you want, say so: pouch deploy --replace-data"
        )


def _lost(proposal: Proposal) -> list[str]:
    return [one.name for one in proposal.changes if one.replaces or one.action == "Remove"]


def _question(proposal: Proposal) -> str:
    lost = _lost(proposal)
    warning = f" Made anew or deleted: {', '.join(lost)}." if lost else ""
    return f"{count(len(proposal.changes), 'change')} in {proposal.stack}.{warning} Go on?"


def _watch(steps: Iterable[Step], number: int) -> None:
    """Show what is being done, as it is done. An error of CloudFormation ends it."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"))
    with Progress(*columns, TimeElapsedColumn(), console=screen()) as progress:
        task = progress.add_task("Begins", total=number)
        done: set[str] = set()
        for step in steps:
            if step.status.endswith(("CREATE_COMPLETE", "UPDATE_COMPLETE", "DELETE_COMPLETE")):
                done.add(step.name)
            progress.update(task, completed=min(len(done), number), description=step.name)


def _hear_of_stripe(works: Works, account: Account, kind: Kind, *, yes: bool) -> None:
    """See that Stripe knows where its news goes."""
    try:
        if shop_secrets.WEBHOOK not in shop_secrets.missing(account.ssm, kind.secrets):
            return
    except shop_secrets.Unseen:
        return
    url = f"{deploying.told(account, kind).get('Url', '')}{shop_secrets.WEBHOOK_PATH}"
    if not works.ask(f"Stripe does not know yet where to send its news. Tell it {url}?", yes=yes):
        click.echo("Do it by hand: docs/going-live.md, step 2. Without it payments are noticed up to 30 minutes late.")
        return
    key = shop_secrets.read(account.ssm, kind.secrets, shop_secrets.STRIPE_KEY)
    base = os.environ.get("STRIPE_API_BASE", stripe.DEFAULT_API_BASE)
    secret = shop_secrets.make_endpoint(key, url, base)
    shop_secrets.keep(account.ssm, kind.secrets, shop_secrets.WEBHOOK, secret)


def _say(told: Mapping[str, str], kind: Kind) -> None:
    """Where everything is, and what comes next."""
    shown = table("", "", keep=("",), title=False)
    for name in ("Url", "CdnDomain", "PagesBucket", "ReleaseBucket", "Distribution", "Table", "Topic"):
        row(shown, name, told.get(name, ""))
    screen().print(shown)
    which = "" if kind.live else " --sandbox"
    click.echo(f"Next: pouch publish{which}. What is missing says pouch doctor{which}.")
