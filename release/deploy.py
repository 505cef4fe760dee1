"""Deploying: from packages and answers of the owner to a change of a stack that can be looked at, then made."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from botocore.exceptions import ClientError

from release.account import Account, DeployFailed, code_of, ready_bucket, upload_code, upload_template
from release.kind import Kind
from release.shop_secrets import new_signing_key
from release.stack import Proposal, find_stack, propose
from release.template import ROOT, TEMPLATE, as_json, load_template, template_json, with_versions

PIPELINE = ROOT / "pipeline.yaml"
PIPELINE_STACK = "pouch-pipeline"
_CODE, SECRET = "Code", "OriginSecret"


def find_packages(folder: Path) -> dict[str, Path]:
    """The packages in a folder, by group. Raises DeployFailed when one is missing."""
    wanted = {parameter: _group(parameter) for parameter in code_parameters()}
    found = {group: folder / f"{group}.zip" for group in wanted.values()}
    if missing := [path.name for path in found.values() if not path.is_file()]:
        raise DeployFailed(f"{folder} has no {', '.join(missing)}. Make the packages: pouch package")
    return found


@cache
def code_parameters() -> tuple[str, ...]:
    """The template's parameters that say which package a function runs."""
    return tuple(name for name in load_template()["Parameters"] if name.endswith(_CODE))


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
    dry_run: bool = False,
    pause: float = 2.0,
) -> Proposal | None:
    """What would change in a shop with these packages; None when nothing would. `answers` are the owner's parameters;
    those that they do not name stay as they are. It uploads what AWS needs to say so, which changes nothing yet.
    """
    stack = find_stack(account.cloudformation, kind.stack)
    known = stack.parameters if stack else {}
    if stack and stack.never_made:  # what the owner said then still holds, but it has to be said again
        answers, known = {name: value for name, value in known.items() if name != SECRET} | {**answers}, {}
    ready_bucket(account)
    hashes = upload_code(account, packages)
    given = {**answers, "Kind": kind.name, "CodeBucket": account.code_bucket}
    given |= {name: hashes[_group(name)] for name in code_parameters()}
    if SECRET not in known:
        given[SECRET] = new_signing_key()
    if (sender := sender_of({**known, **given})) != sender_of(known):
        given["MakesIdentity"] = "no" if is_known_to_ses(account, sender) else "yes"
    return propose(
        account.cloudformation,
        kind.stack,
        template_url=upload_template(account, template or shop_template(given, known)),
        parameters=checked(given, TEMPLATE),
        kept=frozenset(known) & frozenset(load_template()["Parameters"]),
        tags={"pouch": kind.name},
        role=deploy_role(account),
        dry_run=dry_run,
        pause=pause,
    )


def sender_of(parameters: Mapping[str, str]) -> str:
    """The domain or the address that mails come from; empty when there is none yet."""
    return next((found for name in ("MailDomain", "Domain", "Email") if (found := parameters.get(name, ""))), "")


def is_known_to_ses(account: Account, sender: str) -> bool:
    """Whether the account has this identity: by the other stack, or by its owner's own hand. AWS refuses a second."""
    try:
        account.ses.get_email_identity(EmailIdentity=sender)
    except ClientError as error:
        if code_of(error) == "NotFoundException":
            return False
        raise DeployFailed(f"SES does not say whether it knows {sender} ({code_of(error)}).") from error
    return True


def shop_template(given: Mapping[str, str], known: Mapping[str, str]) -> str:
    """The template for these parameters, beside those that the stack has: whatever a function runs with gives it a
    new version. The secret of the CDN is left out of that, for AWS does not tell one that is there.
    """
    template = load_template()
    defaults = {name: str(one.get("Default", "")) for name, one in template["Parameters"].items()}
    values = {name: given.get(name, known.get(name, default)) for name, default in defaults.items()}
    packages = {name: values.pop(name) for name in code_parameters()}
    del values[SECRET]
    return as_json(with_versions(template, packages, values))


def propose_pipeline(
    account: Account, answers: Mapping[str, str], *, dry_run: bool = False, pause: float = 2.0
) -> Proposal | None:
    """What would change in who the pipeline may be at AWS."""
    ready_bucket(account)
    stack = find_stack(account.cloudformation, PIPELINE_STACK)
    return propose(
        account.cloudformation,
        PIPELINE_STACK,
        template_url=upload_template(account, template_json(PIPELINE)),
        parameters=checked(answers, PIPELINE),
        kept=frozenset(stack.parameters if stack else ()),
        tags={"pouch": "pipeline"},
        dry_run=dry_run,
        pause=pause,
    )


def checked(given: Mapping[str, str], template: Path) -> Mapping[str, str]:
    """Parameters that the template knows. Raises DeployFailed for another."""
    known = load_template(template)["Parameters"]
    if unknown := [name for name in given if name not in known]:
        raise DeployFailed(f"{unknown[0]} is nothing that can be set. What can: {', '.join(sorted(known))}")
    return given


def deploy_role(account: Account) -> str:
    """Who CloudFormation is when it changes a shop: the pipeline's role for that where there is one, else who asks."""
    try:
        stack = find_stack(account.cloudformation, PIPELINE_STACK)
    except DeployFailed:
        return ""
    return stack.outputs.get("DeployRole", "") if stack else ""


def told(account: Account, kind: Kind) -> Mapping[str, str]:
    """What a stack says of itself once it is there."""
    stack = find_stack(account.cloudformation, kind.stack)
    return stack.outputs if stack else {}
