"""Settings that are kept as SecureStrings in AWS's Parameter Store, so that no environment and no file holds them:
https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html.
"""

import random
import time

from functions.adapters.aws.answers import AwsFailed
from functions.adapters.aws.channel import connect
from functions.shop.errors import BadSetting

_NONE = "ParameterNotFound"
ENOUGH = 5  # seconds in which a secret is asked for again; a function has ten to start
PAUSES = (
    0.2,
    0.5,
    1,
    2,
)  # seconds at most before another try: all functions that start share forty calls a second


class Secrets:
    """The settings below a path such as `/pouch/live/`. Each is read by itself, so that a function needs the right to
    its own ones only, and once.
    """

    def __init__(self, path: str) -> None:
        self._path = f"{path.rstrip('/')}/"
        self._ssm = connect("ssm", "ssm.{region}")
        self._read: dict[str, str] = {}

    def read(self, name: str) -> str:
        """One setting. Raises BadSetting, with the parameter's name, when there is none or it cannot be read."""
        if name not in self._read:
            self._read[name] = self._asked(f"{self._path}{name}")
        return self._read[name]

    def _asked(self, parameter: str) -> str:
        try:
            return self._told(parameter)
        except AwsFailed as error:
            what = "is not there. Make it a SecureString" if error.code == _NONE else f"cannot be read ({error.code})"
            raise BadSetting(f"The parameter {parameter} {what}. See docs/settings.md.") from None

    def _told(self, parameter: str) -> str:
        """What the Parameter Store says, after some tries."""
        request, ends = {"Name": parameter, "WithDecryption": True}, time.monotonic() + ENOUGH
        for longest in (*PAUSES, 0):
            try:
                value: str = self._ssm.ask("AmazonSSM.GetParameter", request, "1.1")["Parameter"]["Value"]
            except AwsFailed as error:
                if not longest or not error.passes or time.monotonic() > ends:
                    raise
                time.sleep(random.random() * longest)  # noqa: S311 (nothing is kept secret by it)
            else:
                return value
        raise AssertionError("the last try neither answered nor failed")
