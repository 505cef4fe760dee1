"""A channel to one of AWS's services, open from one call to the next, with short time-outs (R35)."""

import json
import os
import time
from collections.abc import Mapping
from typing import Any

from functions.adapters.aws.answers import Answer, Silent, refused
from functions.adapters.aws.credentials import Credentials, KeyRing, region_of_files
from functions.adapters.aws.signing import Call, signed, signed_query
from functions.adapters.lines import LineBroken, Lines
from functions.shop.errors import BadSetting

READ = 3  # seconds
_FAULTS = 400


class Channel:
    """Calls of one service, by any number of threads, over these lines to where it is."""

    def __init__(self, service: str, lines: Lines, *, region: str, credentials: KeyRing) -> None:
        self._service, self._region, self._credentials = service, region, credentials
        self._lines = lines

    @property
    def address(self) -> str:
        """Where it is, such as `https://….amazonaws.com`."""
        return self._lines.address

    @property
    def host(self) -> str:
        """The same without its scheme."""
        return self._lines.host

    def send(self, call: Call, *, read: float = READ) -> Answer:
        """The answer, for which it waits so many seconds. Raises Silent, and Refused when its status is 400 or more."""
        headers = signed(
            call,
            host=self.host,
            service=self._service,
            region=self._region,
            keys=self._credentials.keys(),
            moment=int(time.time()),
        )
        answer = self._answered(call, headers, read)
        if answer.status >= _FAULTS:
            raise refused(answer)
        return answer

    def ask(self, operation: str, request: Mapping[str, Any], version: str) -> dict[str, Any]:
        """What a service says that speaks JSON, such as `DynamoDB_20120810.GetItem` in version `1.0` of it."""
        headers = {"content-type": f"application/x-amz-json-{version}", "x-amz-target": operation}
        return self.send(Call("POST", "/", headers, json.dumps(request).encode())).told

    def address_of(self, path: str, query: Mapping[str, str], *, lasts: int) -> str:
        """An address at which anybody may GET what we may, for so many seconds. Raises Silent without keys."""
        signed_part = signed_query(
            path, query, host=self.host, service=self._service, region=self._region, keys=self._credentials.keys(),
            moment=int(time.time()), lasts=lasts,
        )  # fmt: skip
        return f"{self.address}{path}?{signed_part}"

    def _answered(self, call: Call, headers: Mapping[str, str], read: float) -> Answer:
        try:
            heard = self._lines.ask(call.method, call.address, headers, call.body, wait=read)
        except LineBroken as error:
            raise Silent(error.code) from error
        return Answer(heard.status, heard.headers, heard.body)


def connect(service: str, host: str) -> Channel:
    """A channel with the region, the rights and the address that AWS's own settings say. `host` is where AWS has it,
    with a place for the region. Raises BadSetting without a region.
    """
    region = _region()
    domain = "amazonaws.com.cn" if region.startswith("cn-") else "amazonaws.com"
    address = replaced_address() or f"https://{host.format(region=region)}.{domain}"
    return Channel(service, Lines(address), region=region, credentials=Credentials())


def _region() -> str:
    region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or region_of_files()
    if not region:
        raise BadSetting("AWS_REGION is not set. Write the region of your shop, such as eu-central-1.")
    return region


def replaced_address() -> str:
    """Where tests have AWS; empty for the real one."""
    return os.environ.get("AWS_ENDPOINT_URL", "").rstrip("/")
