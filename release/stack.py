"""A stack of CloudFormation: what would change, the change itself step by step, and why it failed."""

import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from release.account import DeployFailed
from release.told_stack import Stack, read_stack

PAUSE = 2.0  # seconds between two looks
PATIENCE = 5 * 60  # seconds in which AWS has to say what would change
LONGEST = 90 * 60  # seconds that a change may take; most are done in ten minutes
CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]
_SAME = re.compile(r"didn't contain changes|No updates are to be performed", re.IGNORECASE)
_ENDS = ("_COMPLETE", "_FAILED")
STACK = "AWS::CloudFormation::Stack"


@dataclass(frozen=True, slots=True)
class Change:
    """What would happen to one resource. `replaces` when it is made anew and what it holds is lost."""

    action: str
    name: str
    kind: str
    replaces: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change set that can be executed. `new` when the stack would be made."""

    stack: str
    id: str
    changes: tuple[Change, ...]
    new: bool


@dataclass(frozen=True, slots=True)
class Step:
    """What CloudFormation has just done."""

    name: str
    kind: str
    status: str
    reason: str


def find_stack(cloudformation: Any, name: str) -> Stack | None:
    """The stack; None when there is none. Raises DeployFailed when AWS does not say."""
    try:
        return read_stack(cloudformation, name)
    except ClientError as error:
        raise DeployFailed(f"The stack {name} cannot be looked at: {error}") from error


def propose(
    cloudformation: Any,
    name: str,
    *,
    template_url: str,
    parameters: Mapping[str, str],
    kept: frozenset[str],
    tags: Mapping[str, str],
    role: str = "",
    dry_run: bool = False,
    pause: float = PAUSE,
) -> Proposal | None:
    """What would change; None when nothing would. Parameters in `kept` stay as they are. In a `dry_run` nothing of an
    attempt that failed is cleared away for it.

    Raises DeployFailed when the stack cannot be changed now or AWS does not take the change.
    """
    stack = find_stack(cloudformation, name)
    if dry_run and stack and stack.never_made:
        raise DeployFailed(
            f"{name} could not be made the last time, and what is left of that has to go before AWS says what would "
            "change. Without --dry-run it is cleared away, then everything is shown, and you are asked."
        )
    stack = _changeable(cloudformation, name, stack, pause)
    request: dict[str, Any] = {
        "StackName": name,
        "ChangeSetName": f"pouch-{time.time_ns()}",
        "ChangeSetType": "UPDATE" if stack else "CREATE",
        "TemplateURL": template_url,
        "Parameters": [{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()]
        + [{"ParameterKey": key, "UsePreviousValue": True} for key in sorted(kept - set(parameters))],
        "Tags": [{"Key": key, "Value": value} for key, value in tags.items()],
        "Capabilities": CAPABILITIES,
    } | ({"RoleARN": role} if role else {})
    try:
        made = cloudformation.create_change_set(**request)
    except ClientError as error:
        raise DeployFailed(f"AWS does not take the change: {explain(str(error))}") from error
    return _looked_at(cloudformation, name, made["Id"], new=stack is None, pause=pause)


def _changeable(cloudformation: Any, name: str, stack: Stack | None, pause: float) -> Stack | None:
    """The stack if it can be changed; what is left of one that could not be made is cleared away before."""
    status = stack.status if stack else ""
    if status.endswith("_IN_PROGRESS"):
        raise DeployFailed(f"{name} is being changed at this moment ({status}). Try again in some minutes.")
    if stack and stack.never_made:
        cloudformation.delete_stack(StackName=name)
        _wait(lambda: find_stack(cloudformation, name) is None, f"What is left of {name} is not gone yet", pause)
        return None
    if status.endswith("_FAILED"):
        raise DeployFailed(
            f"{name} is stuck ({status}): AWS could not undo a change. In its console, CloudFormation, choose the "
            "stack, then Stack actions, Continue update rollback."
        )
    return stack


def _looked_at(cloudformation: Any, name: str, set_id: str, *, new: bool, pause: float) -> Proposal | None:
    described: dict[str, Any] = {}

    def is_made() -> bool:
        described.update(cloudformation.describe_change_set(StackName=name, ChangeSetName=set_id))
        return described["Status"] in {"CREATE_COMPLETE", "FAILED"}

    _wait(is_made, f"AWS does not say what would change in {name}", pause)
    reason = described.get("StatusReason", "")
    if described["Status"] == "FAILED":
        drop(cloudformation, Proposal(name, set_id, (), new))
        if _SAME.search(reason):
            return None
        raise DeployFailed(f"AWS does not take the change: {explain(reason)}")
    return Proposal(name, set_id, tuple(_changes(cloudformation, name, set_id, described)), new)


def _changes(cloudformation: Any, name: str, set_id: str, page: Mapping[str, Any]) -> Iterator[Change]:
    while True:
        for one in page.get("Changes", ()):
            what = one["ResourceChange"]
            replaces = what.get("Replacement") == "True"
            yield Change(what["Action"], what["LogicalResourceId"], what["ResourceType"], replaces)
        if not page.get("NextToken"):
            return
        token = page["NextToken"]
        page = cloudformation.describe_change_set(StackName=name, ChangeSetName=set_id, NextToken=token)


def drop(cloudformation: Any, proposal: Proposal) -> None:
    """Take a proposal back, and with it a stack that only it has begun."""
    cloudformation.delete_change_set(StackName=proposal.stack, ChangeSetName=proposal.id)
    if proposal.new:
        cloudformation.delete_stack(StackName=proposal.stack)


def execute(cloudformation: Any, proposal: Proposal, pause: float = PAUSE) -> Iterator[Step]:
    """Do it, and give each step as it comes. Raises DeployFailed when it fails, with what failed first and why."""
    seen = set() if proposal.new else {one["EventId"] for one in _events(cloudformation, proposal.stack)}
    cloudformation.execute_change_set(StackName=proposal.stack, ChangeSetName=proposal.id)
    failed: Step | None = None
    ends = time.monotonic() + LONGEST
    while time.monotonic() < ends:
        news = list(_news(cloudformation, proposal.stack, seen))
        yield from news
        failed = failed or next(filter(_is_cause, news), None)
        # Of events of one moment the last one need not come last, so all are looked at before it ends.
        if end := next((step for step in news if _is_end(step, proposal.stack)), None):
            return _end(end, failed)
        time.sleep(pause)
    raise DeployFailed(f"{proposal.stack} takes longer than {LONGEST // 60} minutes. Look at it in AWS's console.")


def _is_end(step: Step, stack: str) -> bool:
    return step.kind == STACK and step.name == stack and step.status.endswith(_ENDS)


def _end(step: Step, failed: Step | None) -> None:
    if step.status in {"CREATE_COMPLETE", "UPDATE_COMPLETE"}:
        return
    cause = failed or step
    raise DeployFailed(
        f"{cause.name} ({cause.kind}) could not be made or changed: {explain(cause.reason)} "
        "AWS has undone the rest; the shop is as it was."
    )


def _is_cause(step: Step) -> bool:
    """Others are cancelled because of it."""
    return step.status.endswith("_FAILED") and "cancelled" not in step.reason and step.kind != STACK


def _news(cloudformation: Any, name: str, seen: set[str]) -> Iterator[Step]:
    """What was not seen yet, the oldest first."""
    for one in reversed([event for event in _events(cloudformation, name) if event["EventId"] not in seen]):
        seen.add(one["EventId"])
        reason = one.get("ResourceStatusReason", "")
        yield Step(one["LogicalResourceId"], one["ResourceType"], one["ResourceStatus"], reason)


def _events(cloudformation: Any, name: str) -> list[dict[str, Any]]:
    """The latest first, as AWS gives them."""
    pages = cloudformation.get_paginator("describe_stack_events").paginate(StackName=name)
    return [event for page in pages for event in page["StackEvents"]]


def _wait(is_done: Callable[[], bool], otherwise: str, pause: float) -> None:
    ends = time.monotonic() + PATIENCE
    while not is_done():
        if time.monotonic() > ends:
            raise DeployFailed(f"{otherwise}. Try again in some minutes.")
        time.sleep(pause)


_ADVICE = (
    (
        r"us-east-1|viewer certificate|SSL certificate|InvalidViewerCertificate",
        "The certificate has to be in N. Virginia (us-east-1), be issued, and name the domain (docs/going-live.md, 3).",
    ),
    (
        r"CNAMEAlreadyExists|CNAMEs you provided",
        "Another distribution of CloudFront has this domain. Take it away there, then try again.",
    ),
    (
        r"must be verified before",
        (
            "AWS wants to know this account first. Write to AWS Support, Account and billing: "
            '"Please verify my account for CloudFront." It takes a day or so.'
        ),
    ),
    (
        r"AWS::SES::EmailIdentity.*already exists|EmailIdentity.*AlreadyExists|already exists.*AWS::SES::EmailIdentity",
        (
            "Amazon SES knows this domain or address already. Delete it there (SES, Identities), or choose another by "
            "--set MailDomain=…, then try again."
        ),
    ),
    (r"already exists", "Something of this name is there already. Delete it if nobody needs it, then try again."),
    (
        r"LimitExceeded|quota|TooMany|exceed(s|ed)? the (maximum|limit)|ConcurrentExecution",
        "A limit of this account is reached. Ask for more in AWS's console, Service Quotas, then try again.",
    ),
    (
        r"AccessDenied|not authorized|UnauthorizedOperation",
        "Whoever you are logged in as may not do this. Log in as the account's owner.",
    ),
    (r"Throttling|Rate exceeded|ServiceUnavailable|InternalFailure", "AWS is busy. Try again in some minutes."),
    (
        r"Event source .* (does not exist|not found)|aws\.partner",
        "Switch EventBridge on at Stripe first (Developers, Event destinations), or leave StripeEventSource empty.",
    ),
)


def explain(reason: str) -> str:
    """A reason of AWS's, and in words what to do about it where we know."""
    advice = next((advice for form, advice in _ADVICE if re.search(form, reason, re.IGNORECASE | re.DOTALL)), "")
    said = reason.strip().rstrip(".")
    return f"{said}. {advice}".strip() if said else "AWS does not say why."
