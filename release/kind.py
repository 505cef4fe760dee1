"""The two shops of an account: the live one, and the sandbox with test payments in which branches are previewed."""

from collections.abc import Mapping
from dataclasses import dataclass

from release.branch import MAIN


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the two; the name is what the template calls its `Kind`."""

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


def stack_of(environ: Mapping[str, str], site: str = MAIN, *, sandbox: bool = False) -> str:
    """The name of the stack: the live shop's, or the sandbox's, where previews of branches are."""
    return environ.get("POUCH_STACK") or (SANDBOX if sandbox or site != MAIN else LIVE).stack
