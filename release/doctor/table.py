"""The table of orders: whether it can be brought back, and is not lost by a slip."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from release.doctor.finding import Verdict, fault, ok, warning
from release.doctor.look import Check, Look
from release.doctor.setup import SetUp

SUBJECT = "Orders (table)"
EXPIRY = "until"
_TABLE = "In AWS's console, DynamoDB, Tables, {table}, "


@dataclass(frozen=True, slots=True)
class Guards:
    """What guards a table; `expiry` is the field by which things are forgotten by themselves."""

    table: str
    recovery: bool = True
    protected: bool = True
    expiry: str = EXPIRY


def looks(setup: SetUp) -> list[Look[Any]]:
    """The table of a stack."""
    if not setup.stack:
        return []
    return [
        Look(SUBJECT, lambda: _guards(setup.aws("dynamodb"), setup.output("Table")), (
            Check("table.recovery", "Whether orders can be brought back", recovery),
            Check("table.protected", "Whether the table can be deleted by a slip", partial(protected, live=setup.live)),
            Check("table.expiry", "Whether what is over is forgotten by itself", expiry),
        )),
    ]  # fmt: skip


def _guards(dynamodb: Any, table: str) -> Guards:
    backups = dynamodb.describe_continuous_backups(TableName=table)["ContinuousBackupsDescription"]
    recovery_status = backups.get("PointInTimeRecoveryDescription", {}).get("PointInTimeRecoveryStatus")
    described = dynamodb.describe_table(TableName=table)["Table"]
    expires = dynamodb.describe_time_to_live(TableName=table)["TimeToLiveDescription"]
    on = expires.get("TimeToLiveStatus") in {"ENABLED", "ENABLING"}
    return Guards(
        table, recovery_status == "ENABLED", bool(described.get("DeletionProtectionEnabled")),
        expires.get("AttributeName", "") if on else "",
    )  # fmt: skip


def recovery(found: Guards) -> Verdict:
    """Whether the table can be put back as it was at a moment."""
    if found.recovery:
        return ok("Orders can be brought back as they were at any moment of the last 35 days.")
    return fault(
        "Orders cannot be brought back: point-in-time recovery is off.",
        f"{_of(found)}Backups, Point-in-time recovery: turn it on.",
    )


def protected(found: Guards, *, live: bool) -> Verdict:
    """Whether somebody can delete it."""
    if found.protected:
        return ok("The table cannot be deleted by a slip.")
    say = fault if live else warning
    return say(
        "The table can be deleted by a slip.", f"{_of(found)}Additional settings, Deletion protection: turn it on."
    )


def expiry(found: Guards) -> Verdict:
    """Whether it grows for ever."""
    if found.expiry == EXPIRY:
        return ok("What is over is forgotten by itself.")
    said = (
        f"What is over is forgotten by {found.expiry}, and not by {EXPIRY}" if found.expiry else "Nothing is forgotten"
    )
    return warning(
        f"{said}, so tries and notes stay for ever.",
        f"{_of(found)}Additional settings, Time to live: turn it on with {EXPIRY}.",
    )


def _of(found: Guards) -> str:
    return _TABLE.format(table=found.table)
