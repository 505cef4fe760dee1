"""Alarms: whether somebody is woken when something breaks, and whether something is broken now."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from release.doctor.finding import Verdict, fault, note, ok, warning
from release.doctor.look import Check, Look
from release.doctor.setup import SetUp

SUBJECT = "Alarms"


@dataclass(frozen=True, slots=True)
class Alarm:
    """An alarm: `OK`, `ALARM`, or `INSUFFICIENT_DATA` before it knows. `heard` is whether it tells somebody."""

    name: str
    state: str
    advice: str = ""
    heard: bool = True


@dataclass(frozen=True, slots=True)
class Listeners:
    """How many addresses get the alarms, and how many have yet to say that they want to."""

    confirmed: int
    pending: int = 0


def looks(setup: SetUp) -> list[Look[Any]]:
    """A live shop's alarms; a sandbox wakes nobody."""
    if not setup.stack:
        return []
    if not setup.live:
        return [Look(SUBJECT, lambda: None, (Check("alarms.there", "", lambda _: ok("A sandbox wakes nobody.")),))]
    return [
        Look(SUBJECT, partial(_alarms, setup), (
            Check("alarms.there", "Whether there are alarms", there),
            Check("alarms.quiet", "Whether an alarm rings", quiet),
        )),
        Look(SUBJECT, partial(_listeners, setup), (Check("alarms.heard", "Whether alarms reach you", heard),)),
    ]  # fmt: skip


def _alarms(setup: SetUp) -> tuple[Alarm, ...]:
    assert setup.stack  # noqa: S101 (see looks)
    pages = setup.aws("cloudwatch").get_paginator("describe_alarms").paginate(AlarmNamePrefix=f"{setup.stack().name}-")
    topic = setup.output("Topic")
    return tuple(
        Alarm(
            one["AlarmName"], one["StateValue"], one.get("AlarmDescription", ""), topic in one.get("AlarmActions", ())
        )
        for page in pages
        for one in page["MetricAlarms"]
    )


def _listeners(setup: SetUp) -> Listeners:
    found = setup.aws("sns").list_subscriptions_by_topic(TopicArn=setup.output("Topic"))["Subscriptions"]
    confirmed = sum(one["SubscriptionArn"].startswith("arn:") for one in found)
    return Listeners(confirmed, len(found) - confirmed)


def there(found: Sequence[Alarm]) -> Verdict:
    """Whether alarms exist and tell somebody."""
    if not found:
        return fault("There are no alarms.", "pouch deploy")
    if silent := [one.name for one in found if not one.heard]:
        return fault(f"{len(silent)} of {len(found)} alarms tell nobody, such as {silent[0]}.", "pouch deploy")
    return ok("There is one alarm." if len(found) == 1 else f"There are {len(found)} alarms.")


def quiet(found: Sequence[Alarm]) -> Verdict | None:
    """Whether all is calm."""
    if not found:
        return None
    ringing = [one for one in found if one.state == "ALARM"]
    if ringing:
        names = ", ".join(one.name for one in ringing)
        return warning(
            f"{'An alarm rings' if len(ringing) == 1 else f'{len(ringing)} alarms ring'}: {names}.", ringing[0].advice
        )
    waiting = sum(one.state == "INSUFFICIENT_DATA" for one in found)
    if waiting:
        return note(f"No alarm rings; {waiting} of {len(found)} have not heard anything yet.")
    return ok("No alarm rings.")


def heard(found: Listeners) -> Verdict:
    """Whether anybody gets them."""
    if found.confirmed:
        return ok(f"Alarms go to {found.confirmed} address{'' if found.confirmed == 1 else 'es'}.")
    if found.pending:
        return fault("Nobody gets the alarms, because Amazon's mail about them was not confirmed.",
                     'Click "Confirm subscription" in the mail from AWS Notifications; look among spam for it. '
                     "After three days it is void: in AWS's console, SNS, Subscriptions, Request "
                     "confirmation.")  # fmt: skip
    return fault("Nobody gets the alarms.", "pouch deploy")
