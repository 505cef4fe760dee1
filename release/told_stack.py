"""What a stack of CloudFormation says of itself, read by one function for all who ask."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

_NOT_THERE = frozenset({"REVIEW_IN_PROGRESS", "DELETE_COMPLETE"})  # named, and not made yet or any more
_NEVER_MADE = frozenset({"ROLLBACK_COMPLETE", "CREATE_FAILED", "ROLLBACK_FAILED"})


@dataclass(frozen=True, slots=True)
class Stack:
    """A stack: its parameters and outputs by name, its status as AWS writes it, and AWS's clock when it said so."""

    name: str
    parameters: Mapping[str, str]
    outputs: Mapping[str, str]
    status: str = "CREATE_COMPLETE"
    date: str = ""

    @property
    def live(self) -> bool:
        """Whether real money moves."""
        return self.parameters.get("Kind", "live") == "live"

    @property
    def never_made(self) -> bool:
        """Whether it is only what is left of one that could not be made. It cannot be changed, only made anew."""
        return self.status in _NEVER_MADE


def read_stack(cloudformation: Any, name: str) -> Stack | None:
    """The stack; None when there is none. Raises what boto3 raises when AWS does not say."""
    try:
        answer = cloudformation.describe_stacks(StackName=name)
    except ClientError as error:
        if error.response["Error"]["Code"] == "ValidationError" and "does not exist" in str(error):
            return None
        raise
    found = answer["Stacks"][0]
    if found["StackStatus"] in _NOT_THERE:
        return None
    return Stack(
        name,
        {one["ParameterKey"]: one.get("ParameterValue", "") for one in found.get("Parameters", ())},
        {one["OutputKey"]: one["OutputValue"] for one in found.get("Outputs", ())},
        found["StackStatus"],
        answer["ResponseMetadata"]["HTTPHeaders"].get("date", ""),
    )
