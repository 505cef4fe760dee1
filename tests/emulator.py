"""AWS on this machine: `ministack` in a process of its own, which boto3 reaches by HTTP like the real one."""

import importlib.util
import os
import subprocess
import sys
import time
import urllib.request
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import boto3

from functions.adapters.dynamodb import schema
from functions.adapters.dynamodb.store import DynamoStore

PATIENCE = 30  # seconds until it must answer
# The emulator starts functions with the interpreter that runs it, so that one must have nothing but what AWS has there.
_BARE = """
import sys
from runpy import run_module
sys.path.append(sys.argv.pop(1))
run_module("ministack", run_name="__main__", alter_sys=True)
"""


@contextmanager
def running_emulator(
    folder: Path, port: int, *, command: tuple[str, ...] = (sys.executable, "-m", "ministack"), **functions_see: str
) -> Iterator[str]:
    """Its address, for as long as the block lasts. What it writes goes into `folder`. Functions that it runs have
    `functions_see` in their environment, beside what their stack says.
    """
    # Nothing of what surrounds the tests, so that no setting of somebody's own AWS account is at hand.
    surroundings = {"PATH": os.environ["PATH"], "TMPDIR": str(folder), "HOME": str(folder)}
    settings = {"BIND_HOST": "127.0.0.1", "GATEWAY_PORT": str(port), "LOG_LEVEL": "ERROR"}
    with subprocess.Popen(command, cwd=folder, env=surroundings | settings | functions_see) as process:
        try:
            _wait_for(f"http://127.0.0.1:{port}", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()


def bare_interpreter(folder: Path) -> tuple[str, ...]:
    """The command for an emulator whose functions find the standard library and their own package, and nothing else."""
    venv.create(folder, with_pip=False)
    found = importlib.util.find_spec("ministack")
    assert found
    assert found.origin
    return (str(folder / "bin" / "python"), "-c", _BARE, str(Path(found.origin).parents[1]))


def aws_settings(address: str, account: str = "nobody") -> dict[str, str]:
    """What boto3 reads from the environment to work with it. A number of twelve digits is an account of its own."""
    return {
        "AWS_ENDPOINT_URL": address,
        "AWS_REGION": "eu-central-1",
        "AWS_DEFAULT_REGION": "eu-central-1",
        "AWS_ACCESS_KEY_ID": account,
        "AWS_SECRET_ACCESS_KEY": "nothing",
    }


def client() -> Any:
    """boto3's client, one for all tests of an account in an emulator: to make one takes as long as fifty calls."""
    return _client(os.environ["AWS_ENDPOINT_URL"], os.environ["AWS_ACCESS_KEY_ID"])


@cache
def _client(address: str, account: str) -> Any:
    # A session of its own: boto3's common one would go on with this account's keys in tests of another one.
    session = boto3.Session(account, "nothing")
    return session.client("dynamodb", endpoint_url=address)


def open_dynamodb(table: str) -> DynamoStore:
    """The store in a table."""
    return DynamoStore(table)


def new_table() -> str:
    """The name of a table in which nothing is yet, so that no test has to clear up after another."""
    name = f"shop-{uuid4().hex}"
    schema.create(client(), name)
    return name


def _wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    """Until it answers."""
    patience = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(f"{address}/_ministack/ready", timeout=2):
                return
        except OSError:
            assert process.poll() is None, "The emulator has ended by itself."
            assert time.monotonic() < patience, f"The emulator did not answer within {PATIENCE} seconds."
            time.sleep(0.02)
