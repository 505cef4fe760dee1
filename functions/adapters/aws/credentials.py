"""Who we are for AWS: keys from where its own SDKs find them."""

import json
import os
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from functions.adapters.aws.answers import Silent

EARLY = 300  # seconds before keys end, in which new ones are fetched
TIMEOUT = 2  # seconds


@dataclass(frozen=True, slots=True)
class Keys:
    """What a request is signed with. `ends` is when they are of no use any more (Unix seconds); 0: never."""

    access: str
    secret: str
    token: str = ""
    ends: float = 0


class KeyRing(Protocol):
    """Where keys come from."""

    def keys(self) -> Keys:
        """The keys of this moment. Raises Silent when there are none."""
        ...


class Credentials:
    """Keys that are always good for some minutes; they are fetched again when they end."""

    def __init__(self, environ: Mapping[str, str] = os.environ) -> None:
        self._environ = environ
        self._keys: Keys | None = None
        self._lock = threading.Lock()

    def keys(self) -> Keys:
        """The keys of this moment. Raises Silent when there are none."""
        with self._lock:
            keys = self._keys
            if keys is None or 0 < keys.ends < time.time() + EARLY:
                keys = self._keys = _found(self._environ)
            return keys


def _found(environ: Mapping[str, str]) -> Keys:
    """A function has keys in its environment, or where that says, if it was started from a snapshot; a person's
    machine has them in files, or gets them by signing in.
    """
    if environ.get("AWS_ACCESS_KEY_ID"):
        secret, token = environ.get("AWS_SECRET_ACCESS_KEY", ""), environ.get("AWS_SESSION_TOKEN", "")
        return Keys(environ["AWS_ACCESS_KEY_ID"], secret, token)
    if environ.get("AWS_CONTAINER_CREDENTIALS_FULL_URI"):
        return _from_container(environ)
    return _from_files()


def _from_container(environ: Mapping[str, str]) -> Keys:
    """https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html."""
    import urllib.request  # noqa: PLC0415 (most functions have keys at hand)

    address = environ["AWS_CONTAINER_CREDENTIALS_FULL_URI"]
    path = environ.get("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE")
    token = Path(path).read_text(encoding="utf-8") if path else environ.get("AWS_CONTAINER_AUTHORIZATION_TOKEN", "")
    asked = urllib.request.Request(address, headers={"Authorization": token.strip()})  # noqa: S310 (the runtime's own)
    try:
        with urllib.request.urlopen(asked, timeout=TIMEOUT) as answer:  # noqa: S310
            told = json.load(answer)
        return Keys(
            told["AccessKeyId"], told["SecretAccessKey"], told["Token"],
            datetime.fromisoformat(told["Expiration"]).timestamp(),
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Silent("NoCredentials") from error


def region_of_files() -> str:
    """The region that a person's own settings of AWS name; empty without any."""
    from botocore.session import get_session  # noqa: PLC0415 (a function never comes here)

    return str(get_session().get_config_variable("region") or "")


def _from_files() -> Keys:
    """What boto3 would find."""
    from botocore.session import get_session  # noqa: PLC0415 (a function never comes here)

    found = get_session().get_credentials()
    if found is None:
        raise Silent("NoCredentials")
    frozen = found.get_frozen_credentials()
    return Keys(frozen.access_key, frozen.secret_key, frozen.token or "", time.time() + 2 * EARLY)
