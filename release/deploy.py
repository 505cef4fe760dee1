"""Deploying: from packages and answers of the owner to a change of a stack that can be looked at, then made."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from release.account import Account, DeployFailed, ready_bucket, upload_code, upload_template
from release.shop_secrets import new_signing_key
from release.stack import Proposal, find_stack, outputs, propose, settings
from release.template import ROOT, TEMPLATE, load_template, template_json

PIPELINE = ROOT / "pipeline.yaml"
PIPELINE_STACK = "pouch-pipeline"
_CODE = "Code"


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the two shops of an account."""

    name: str

    @property
    def live(self) -> bool:
        return self.name == "live"

    @property
    def stack(self) -> str:
        return f"pouch-{self.name}"

    @property
    def secrets(self) -> str:
        """Where its secrets are in the Parameter Store."""
        return f"/pouch/{self.name}/"


LIVE, SANDBOX = Kind("live"), Kind("sandbox")


def find_packages(folder: Path) -> dict[str, Path]:
    """The packages in a folder, by group. Raises DeployFailed when one is missing."""
    wanted = {parameter: _group(parameter) for parameter in code_parameters()}
    found = {group: folder / f"{group}.zip" for group in wanted.values()}
    if missing := [path.name for path in found.values() if not path.is_file()]:
        raise DeployFailed(f"{folder} has no {', '.join(missing)}. Make the packages: pouch package")
    return found


def code_parameters() -> list[str]:
    """The template's parameters that say which package a function runs."""
    return [name for name in load_template()["Parameters"] if name.endswith(_CODE)]


def _group(parameter: str) -> str:
    """`MailEventsCode` as `mail_events`."""
    words = parameter.removesuffix(_CODE)
    return "".join(f"_{sign.lower()}" if sign.isupper() and at else sign.lower() for at, sign in enumerate(words))


def propose_shop(
    account: Account,
    kind: Kind,
    packages: Mapping[str, Path],
    answers: Mapping[str, str],
    *,
    template: str = "",
    pause: float = 2.0,
) -> Proposal | None:
    """What would change in a shop with these packages; None when nothing would. `answers` are the owner's parameters;
    those that they do not name stay as they are. It uploads what AWS needs to say so, which changes nothing yet.
    """
    stack = find_stack(account.cloudformation, kind.stack)
    known = settings(stack)
    ready_bucket(account)
    hashes = upload_code(account, packages)
    given = {"Kind": kind.name, "CodeBucket": account.code_bucket, **answers}
    given |= {name: hashes[_group(name)] for name in code_parameters()}
    if "OriginSecret" not in known:
        given["OriginSecret"] = new_signing_key()
    return propose(
        account.cloudformation,
        kind.stack,
        template_url=upload_template(account, template or template_json()),
        parameters=checked(given, TEMPLATE),
        kept=frozenset(known) & frozenset(load_template()["Parameters"]),
        tags={"pouch": kind.name},
        role=deploy_role(account),
        pause=pause,
    )


def propose_pipeline(account: Account, answers: Mapping[str, str], *, pause: float = 2.0) -> Proposal | None:
    """What would change in who the pipeline may be at AWS."""
    ready_bucket(account)
    return propose(
        account.cloudformation,
        PIPELINE_STACK,
        template_url=upload_template(account, template_json(PIPELINE)),
        parameters=checked(answers, PIPELINE),
        kept=frozenset(settings(find_stack(account.cloudformation, PIPELINE_STACK))),
        tags={"pouch": "pipeline"},
        pause=pause,
    )


def checked(given: Mapping[str, str], template: Path) -> Mapping[str, str]:
    """Parameters that the template knows. Raises DeployFailed for another."""
    known = load_template(template)["Parameters"]
    if unknown := [name for name in given if name not in known]:
        raise DeployFailed(f"{unknown[0]} is nothing that can be set. What can: {', '.join(sorted(known))}")
    return given


def deploy_role(account: Account) -> str:
    """Who CloudFormation is when it changes a shop: the pipeline's role where there is one, else whoever asks."""
    try:
        stack = find_stack(account.cloudformation, PIPELINE_STACK)
    except DeployFailed:
        return ""
    return outputs(stack).get("DeployRole", "") if stack else ""


def told(account: Account, kind: Kind) -> dict[str, Any]:
    """What a stack says of itself once it is there."""
    stack = find_stack(account.cloudformation, kind.stack)
    return outputs(stack) if stack else {}
