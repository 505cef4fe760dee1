"""What has to happen by itself: the reconciler's runs, and news that nobody could deal with."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from release.doctor.finding import Verdict, fault, ok, warning
from release.doctor.look import Check, Look
from release.doctor.setup import SetUp

SUBJECT = "Schedules"
LATE = 45 * 60  # seconds after which a run is missed: three of them
BACK = 6 * 3600  # seconds that are looked back
_BY_HAND = "pouch reconcile does by hand what is due. Then look into the log (CloudWatch, Log groups)"


@dataclass(frozen=True, slots=True)
class Runs:
    """When the reconciler last ran to its end, in seconds before now; None for not in the last six hours."""

    last: int | None


def looks(setup: SetUp) -> list[Look[Any]]:
    """A live shop's runs, which it counts; a sandbox counts none."""
    if not setup.stack:
        return []
    undealt = Look(SUBJECT, partial(_undealt, setup), (
        Check("schedules.undealt", "Whether there is news that nobody could deal with", undealt_with),
    ))  # fmt: skip
    if not setup.live:
        return [undealt]
    return [
        Look(SUBJECT, partial(_runs, setup), (
            Check("schedules.reconciler", "Whether the shop looks after its orders", reconciled),
        )),
        undealt,
    ]  # fmt: skip


def _runs(setup: SetUp) -> Runs:
    assert setup.stack  # noqa: S101 (see looks)
    now = datetime.fromtimestamp(setup.clock(), UTC)
    answer = setup.aws("cloudwatch").get_metric_statistics(
        Namespace=setup.stack().name, MetricName="Runs", Period=300, Statistics=["Sum"],
        StartTime=now - timedelta(seconds=BACK), EndTime=now + timedelta(seconds=60),
    )  # fmt: skip
    moments = [one["Timestamp"] for one in answer["Datapoints"] if one["Sum"]]
    return Runs(int((now - max(moments)).total_seconds()) if moments else None)


def _undealt(setup: SetUp) -> int:
    """How many pieces of news lie among those that failed too often."""
    assert setup.stack  # noqa: S101
    asked = {"StackName": setup.stack().name, "LogicalResourceId": "DeadLetters"}
    found = setup.aws("cloudformation").describe_stack_resource(**asked)["StackResourceDetail"]["PhysicalResourceId"]
    answer = setup.aws("sqs").get_queue_attributes(QueueUrl=found, AttributeNames=["ApproximateNumberOfMessages"])
    return int(answer["Attributes"]["ApproximateNumberOfMessages"])


def reconciled(found: Runs) -> Verdict:
    """Whether it ran lately."""
    if found.last is None:
        return fault(
            "The shop has not looked after its orders for six hours or more.",
            f"{_BY_HAND}; pouch deploy mends the schedule.",
        )
    if found.last > LATE:
        minutes = found.last // 60
        return fault(
            f"The shop has not looked after its orders for {minutes} minutes; it should every 15.", f"{_BY_HAND}."
        )
    return ok("The shop looks after its orders.")


def undealt_with(number: int) -> Verdict:
    """Whether something was given up."""
    if not number:
        return ok("There is no news that nobody could deal with.")
    say = warning if number < 10 else fault  # noqa: PLR2004
    return say(f"{number} piece{'' if number == 1 else 's'} of news could not be dealt with.",
               "pouch audit --stripe says whether something is missing; the queue DeadLetters (AWS's console, SQS) "
               "keeps the news for two weeks.")  # fmt: skip
