"""The settings with which the functions of a stack run, for the owner's commands to work on that very shop."""

from collections.abc import Mapping

from release.aws import SessionKeys, client, session
from release.place import asking, stack_there

_FUNCTION = "ReconcileFunction"  # it does all that the owner's commands do: orders, payments, mails
_ALIAS = "live"  # the version that runs, as the template names it


def running_settings(stack: str) -> Mapping[str, str]:
    """What the functions of a stack have in their environment. Raises NoPlace when AWS does not say."""
    with asking(stack):
        found = stack_there(stack)
        told = client("cloudformation").describe_stack_resource(StackName=found.name, LogicalResourceId=_FUNCTION)
        name = told["StackResourceDetail"]["PhysicalResourceId"]
        running = client("lambda").get_function_configuration(FunctionName=name, Qualifier=_ALIAS)
        settings: Mapping[str, str] = running["Environment"]["Variables"]
        return settings


def own_keys() -> Mapping[str, str]:
    """Who we are for AWS, as functions have it in their environment: boto3 knows more ways to log in than they do."""
    here = session()
    keys = SessionKeys(here).keys()
    told = {
        "AWS_ACCESS_KEY_ID": keys.access,
        "AWS_SECRET_ACCESS_KEY": keys.secret,
        "AWS_SESSION_TOKEN": keys.token,
        "AWS_REGION": here.region_name,
    }
    return {name: value for name, value in told.items() if value}
