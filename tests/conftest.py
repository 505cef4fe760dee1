"""What holds for every test: no network but this machine, property tests that can be repeated, one browser, one AWS."""

import gc
import os
import shutil
from collections.abc import Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright
from pytest_socket import socket_allow_hosts

# Deadlines off: a busy machine is no defect. In the pipeline every run draws the same examples.
settings.register_profile("laptop", deadline=None, print_blob=True)
settings.register_profile("pipeline", deadline=None, print_blob=True, derandomize=True)
settings.load_profile("pipeline" if os.environ.get("CI") else "laptop")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Before any fixture: connections to other machines raise SocketConnectBlockedError."""
    socket_allow_hosts(["127.0.0.1", "localhost"], allow_unix_socket=True)
    gc.enable()  # a build switches it off for good, and without it thousands of sockets of past tests stay open


BROWSER_FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's own Chromium, one for all tests of a worker: Playwright can be started only once in a process."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert path, "Chromium is missing. On Debian and Ubuntu: apt install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=BROWSER_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an emulator of AWS, one for all tests of a worker. boto3 finds it by itself in every process."""
    from tests.emulator import aws_settings, running_emulator  # noqa: PLC0415 - most tests start faster without
    from tests.living_shop import free_port  # noqa: PLC0415

    emulator = running_emulator(tmp_path_factory.mktemp("aws"), free_port())
    with emulator as address, pytest.MonkeyPatch.context() as environment:
        for name, value in aws_settings(address).items():
            environment.setenv(name, value)
        yield address
