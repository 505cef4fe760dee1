"""What goes wrong with a call: what passes, which conditions failed, and what a caller is told."""

from collections.abc import Sequence

from functions.adapters.aws.answers import AwsFailed, Refused, Silent
from functions.adapters.dynamodb.action import Action, AlreadyDone
from functions.shop.errors import StoreUnavailable

_FAILED = "ConditionalCheckFailed"
_REFUSED = "ConditionalCheckFailedException"  # the same of a single change
# As reasons of a cancelled transaction, and as errors of a call.
_PASSING = frozenset(
    "TransactionConflict ThrottlingError ProvisionedThroughputExceeded TransactionInProgressException "
    "TransactionConflictException ProvisionedThroughputExceededException".split()
)


class Cancelled(Exception):
    """Conditions of a transaction do not hold. `codes` are DynamoDB's, one for each action."""

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__(*codes)
        self.codes = codes


def passes(error: AwsFailed) -> bool:
    """Whether the same call may succeed in a moment: nobody answered, too much is asked, somebody is just writing.

    Of a cancelled transaction's reasons the first one counts: what stands behind it may come out otherwise then.
    """
    if not isinstance(error, Refused):
        return isinstance(error, Silent)
    return _code(error) in _PASSING or error.passes


def fault(error: AwsFailed, table: str) -> Exception:
    """What to raise for an error that ends a call. It tells no keys, for they may hold an address (R26)."""
    if not isinstance(error, Refused):
        return StoreUnavailable(f"DynamoDB does not answer for table {table}: {error.code}")
    if _code(error) == _FAILED:
        return Cancelled(_codes(error))
    if _code(error) == _REFUSED:
        return Cancelled([_FAILED])
    return StoreUnavailable(f"DynamoDB does not do what table {table} is asked for: {_code(error)}")


def refusal(actions: Sequence[Action], codes: Sequence[str]) -> Exception:
    """What it means that a transaction was cancelled: the first condition that failed decides.

    When that is something that was done already, all such parts are told at once.
    """
    failed = [action.refusal for action, code in zip(actions, codes, strict=True) if code == _FAILED]
    done = [part for one in failed if isinstance(one, AlreadyDone) for part in one.parts]
    first = next(one for one in failed if one)
    return AlreadyDone(*done) if isinstance(first, AlreadyDone) else first


def _code(error: Refused) -> str:
    """The error's code; of a cancelled transaction the first reason's."""
    return next((code for code in _codes(error) if code != "None"), error.code)


def _codes(error: Refused) -> list[str]:
    return [reason.get("Code", "None") for reason in error.told.get("CancellationReasons", ())]
