"""The template as one stack has it: conditions decided and texts put together, without AWS."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from release.template import load_template

TEMPLATE = load_template()
REGION, ACCOUNT = "eu-central-1", "123456789012"
LIVE = {
    "Kind": "live",
    "Email": "owner@shop.example",
    "Domain": "shop.example",
    "OtherDomain": "www.shop.example",
    "Certificate": f"arn:aws:acm:us-east-1:{ACCOUNT}:certificate/12345678-1234-1234-1234-123456789012",
    "OriginSecret": "s" * 43,
    "CodeBucket": "pouch-code",
    "AWS::StackName": "pouch-live",
    "AWS::Region": REGION,
    "AWS::AccountId": ACCOUNT,
    "AWS::Partition": "aws",
    "AWS::URLSuffix": "amazonaws.com",
}
SANDBOX = LIVE | {
    "Kind": "sandbox",
    "Domain": "",
    "OtherDomain": "",
    "Certificate": "",
    "AWS::StackName": "pouch-sandbox",
}
BRIDGED = LIVE | {"StripeEventSource": "aws.partner/stripe.com/ed_test_1"}
NOTHING = object()
_NAME = re.compile(r"\$\{([^}]+)\}")


class Stack:
    """A stack with these parameters. What AWS would name stands as `<Resource.Attribute>`."""

    def __init__(self, parameters: Mapping[str, str]) -> None:
        defaults = {name: str(one["Default"]) for name, one in TEMPLATE["Parameters"].items() if "Default" in one}
        self._parameters = {**defaults, **parameters}
        self.resources: dict[str, Any] = {
            name: self.resolved(one)
            for name, one in TEMPLATE["Resources"].items()
            if "Condition" not in one or self._holds(one["Condition"])
        }

    def properties(self, name: str) -> dict[str, Any]:
        """What one resource is like."""
        found: dict[str, Any] = self.resources[name]["Properties"]
        return found

    def of_type(self, kind: str) -> dict[str, dict[str, Any]]:
        """The properties of all resources of a type, by name."""
        return {name: one["Properties"] for name, one in self.resources.items() if one["Type"] == kind}

    def resolved(self, value: Any) -> Any:
        """A value without functions of CloudFormation."""
        if isinstance(value, list):
            return [one for one in map(self.resolved, value) if one is not NOTHING]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            [(name, argument)] = value.items()
            if name == "Ref" or name.startswith("Fn::"):
                return self._called(name, argument)
        pairs = ((name, self.resolved(one)) for name, one in value.items())
        return {name: one for name, one in pairs if one is not NOTHING}

    def _called(self, name: str, argument: Any) -> Any:
        if name == "Ref":
            return NOTHING if argument == "AWS::NoValue" else self._parameters.get(argument, f"<{argument}>")
        if name == "Fn::GetAtt":
            return f"<{'.'.join(argument)}>"
        if name == "Fn::If":
            condition, yes, no = argument
            return self.resolved(yes if self._holds(condition) else no)
        if name == "Fn::Join":
            return argument[0].join(self.resolved(argument[1]))
        assert name == "Fn::Sub", name
        text, more = (argument, {}) if isinstance(argument, str) else argument
        return _NAME.sub(lambda found: self._named(found[1], more), text)

    def _named(self, name: str, more: Mapping[str, Any]) -> str:
        return str(self.resolved(more[name])) if name in more else str(self._parameters.get(name, f"<{name}>"))

    def _holds(self, condition: Any) -> bool:
        if isinstance(condition, str):
            return self._holds(TEMPLATE["Conditions"][condition])
        [(name, argument)] = condition.items()
        if name == "Condition":
            return self._holds(argument)
        if name == "Fn::Not":
            return not self._holds(argument[0])
        if name == "Fn::Equals":
            one, other = map(self.resolved, argument)
            return str(one) == str(other)
        return {"Fn::And": all, "Fn::Or": any}[name](map(self._holds, argument))


def statements(stack: Stack) -> Iterator[tuple[str, dict[str, Any]]]:
    """All statements of roles and policies of a stack, each with the resource that it stands in."""
    for name, one in stack.resources.items():
        properties = one["Properties"]
        documents = [policy["PolicyDocument"] for policy in properties.get("Policies", ())]
        documents += [properties[key] for key in ("PolicyDocument", "AssumeRolePolicyDocument") if key in properties]
        for document in documents:
            yield from ((name, statement) for statement in document["Statement"])


def as_list(value: Any) -> list[Any]:
    """One or several, as policies have it."""
    return value if isinstance(value, list) else [value]
